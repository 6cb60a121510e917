import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Completion, EvaluationInput, EvaluationResult, HomeCourse, RevisionInForce } from '../../src/evaluation/domain/index.js';
import type { Requirement, TransferPolicy } from '../../src/programmes/domain/index.js';
import type { Rule, Source } from '../../src/rules/domain/index.js';
import { judged } from './judged.js';
import { agreement, completion, course, elective, input, needsElectives, programme, requires, rule } from './oracle/builders.js';

/**
 * Small cases: university A's courses earn credit at university H, whose programme takes 30 credits of anything unless a test says otherwise.
 * The request is of 2026-03-01, the admission of 2024-09-01; every course was completed on 2025-01-15 and carries 3 credits.
 */

export const a = completion('a', 'MA 101', 3);
export const b = completion('b', 'MA 102', 3);
export const c = completion('c', 'PH 202', 3);
export const forA = course('MA 101');
export const forB = course('MA 102');
export const forC = course('PH 202');

/** A rule that gives so many credits of subject X. */
export function gives(id: string, source: Source, credits: number, rest: Partial<Rule> = {}): Rule {
  return rule(id, source, [elective('X', credits)], rest);
}

/** A course taken at university H. */
export function home(id: string, code: string, credits: number, rest: Partial<HomeCourse> = {}): HomeCourse {
  return { id, code, credits, status: 'done', passFail: false, attributes: [], ...rest };
}

/** What a test says beyond completions and rules. */
export interface Setting {
  readonly terms?: Partial<AgreementTerms>;
  readonly policy?: TransferPolicy;
  /** The parts of the programme. */
  readonly of?: readonly Requirement[];
  readonly rest?: Partial<EvaluationInput>;
  /** Credits of receiving courses that agreement `g` knows. */
  readonly known?: RevisionInForce['receivingCourses'];
  /** Agreements beside `g`. */
  readonly besides?: readonly RevisionInForce[];
}

export function inputOf(completions: readonly Completion[], rules: readonly Rule[], setting: Setting = {}): EvaluationInput {
  const { terms, policy, of = [needsElectives('e', 30)], rest, known, besides = [] } = setting;
  return input(completions, [agreement('g', rules, terms, known), ...besides], programme(requires(...of), policy), rest);
}

/** The judged answer. */
export function asked(completions: readonly Completion[], rules: readonly Rule[], setting?: Setting): EvaluationResult {
  return judged(inputOf(completions, rules, setting));
}

/** `rule: completions` of what is taken. */
export function taken(completions: readonly Completion[], rules: readonly Rule[], setting?: Setting): readonly string[] {
  return asked(completions, rules, setting).applications.map(({ rule: id, completions: ids }) => `${id}: ${ids.join('+')}`);
}

export const mostSpecific: Setting = { terms: { precedence: 'mostSpecific' } };
