import { expect } from '@jest/globals';
import { validateTerms } from '../../src/agreements/domain/index.js';
import {
  type AwardResult,
  check,
  evaluate,
  type EvaluationInput,
  type EvaluationResult,
  type Fill,
  type Objective,
  type RequirementResult,
  type RuleOutcome,
  workBudgets,
} from '../../src/evaluation/domain/index.js';
import { validateProgramme } from '../../src/programmes/domain/index.js';
import { oracle } from './oracle/oracle.js';

/**
 * What the engine answers, after everybody has been asked: terms and programme are valid, every level is proven, the checker accepts, and the
 * brute-force oracle has the same objective.
 */
export function judged(input: EvaluationInput): EvaluationResult {
  const result = accepted(input);
  expect(oracle(input).objective).toEqual(result.objective);
  return result;
}

/** The same without the oracle, for inputs that are too large for it. */
export function accepted(input: EvaluationInput): EvaluationResult {
  for (const { agreement, terms } of input.agreements) expect(validateTerms(terms, agreement)).toEqual([]);
  expect(validateProgramme(input.programme)).toEqual([]);
  const result = evaluate(input, { workBudget: workBudgets.thorough });
  expect(result).toMatchObject({ optimal: true, provenLevels: 6 });
  expect(check(input, result)).toEqual([]);
  return result;
}

/** The first five levels of the objective as a row: remaining, completed, recognised, consumed, loss. */
export function levelsOf({ objective }: { readonly objective: Objective }): readonly number[] {
  const { remainingStudy, requirementsCompleted, recognisedCredits, completionsConsumed, loss } = objective;
  return [remainingStudy, requirementsCompleted, recognisedCredits, completionsConsumed, loss];
}

/** `rule: completions → target counted, …`; an award not granted is in brackets. */
export function applied({ applications }: EvaluationResult): readonly string[] {
  return applications.map(({ rule, completions, awards }) => `${rule}: ${completions.join('+')} → ${awards.map(nameOf).join(', ')}`);
}

function nameOf({ target, granted, counted, effect }: AwardResult): string {
  const name = target.kind === 'course' ? target.code : (target.label?.['en'] ?? target.subject ?? 'elective');
  const text = `${name} ${effect === 'credit' ? String(counted) : effect}`;
  return granted ? text : `(${text})`;
}

/** Per rule or home course what it fills: `rule: requirement credits`, a surplus with a plus. */
export function filled({ applications, homeCourses }: EvaluationResult): readonly string[] {
  const awards = applications.flatMap(({ rule, awards: own }) => own.map(({ fills }) => ({ name: rule, fills })));
  const home = homeCourses.map(({ homeCourse, fills }) => ({ name: homeCourse, fills }));
  return [...awards, ...home].flatMap(({ name, fills }) => (fills.length === 0 ? [] : [`${name}: ${fills.map(placeOf).join(', ')}`]));
}

function placeOf({ requirement, credits, surplus }: Fill): string {
  return `${surplus ? '+' : ''}${requirement} ${String(credits)}`;
}

/** The status of each completion, by id. */
export function statuses({ completions }: EvaluationResult): Readonly<Record<string, string>> {
  return Object.fromEntries(completions.map(({ completion, status }) => [completion, status]));
}

/** What a completion's status rests on: the rule, if it is one, and the parameters of the sentence. */
export function becauseOf({ completions }: EvaluationResult, id: string): Partial<RuleOutcome> {
  const found = completions.find(({ completion }) => completion === id);
  return found?.because ?? {};
}

/** The requirement's result. */
export function stateOf({ requirements }: EvaluationResult, id: string): Partial<RequirementResult> {
  return requirements.find(({ requirement }) => requirement === id) ?? {};
}

/** The ids of the requirements of which this holds, sorted. */
export function requirementsThatAre({ requirements }: EvaluationResult, what: 'complete' | 'completeAsOffered'): readonly string[] {
  return requirements.filter((state) => state[what]).map(({ requirement }) => requirement);
}
