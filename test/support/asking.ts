import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Completion, EvaluationInput } from '../../src/evaluation/domain/index.js';
import { digestOf } from '../../src/kernel/index.js';
import type { Programme, Requirement } from '../../src/programmes/domain/index.js';
import { creditSystems, gradingScales, institutions } from './example-rules.js';
import { judged } from './judged.js';

/** Students who ask for credit under one of the example agreements. */

/** A course passed at Langara College in April 2024; its id is its code without the blank. */
export function held(text: string, credits = 3, rest: Partial<Completion> = {}): Completion {
  return {
    id: text.replace(' ', ''),
    provider: institutions.langara,
    code: text,
    credits,
    creditSystem: 'us-semester',
    completedOn: '2024-04-20',
    outcome: 'achieved',
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc: false,
    repeatable: false,
    ...rest,
  };
}

export const thirtyElectives: readonly Requirement[] = [{ id: 'electives', kind: 'freeElectives', credits: 30 }];

/** Where a test says more of a student than what is held. */
export interface Student {
  readonly programme?: Partial<Programme>;
  readonly of?: readonly Requirement[];
  readonly rest?: Partial<EvaluationInput>;
}

/** A student who asks on 1 June 2024 for a degree of the agreement's receiver that takes 30 credits of anything, unless said otherwise. */
export function asking(terms: AgreementTerms, completions: readonly Completion[], { programme, of = thirtyElectives, rest }: Student = {}) {
  const own: Programme = {
    id: 'p',
    institution: institutions.ubc,
    code: 'BSC',
    catalogueYear: 2024,
    title: { en: 'A degree' },
    creditSystem: 'us-semester',
    totalCredits: 120,
    requirements: { id: 'degree', kind: 'all', of },
    policy: {},
    ...programme,
  };
  return judged({
    policyDate: '2024-06-01',
    requestDate: '2024-06-01',
    programme: own,
    agreements: [{ agreement: 'g', revision: 1, digest: digestOf(terms), terms, receivingCourses: [] }],
    completions,
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems,
    gradingScales,
    whatIf: false,
    ...rest,
  });
}

/** The option of a rule of the agreement that somebody chose. */
export const choosing = (id: string, option: number): Partial<EvaluationInput> => ({ choices: [{ agreement: 'g', rule: id, option }] });
