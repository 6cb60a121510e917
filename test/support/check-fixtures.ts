import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import { check, type ViolationCode } from '../../src/evaluation/domain/check/index.js';
import type {
  ApplicationResult,
  AwardResult,
  Completion,
  EvaluationInput,
  EvaluationResult,
  Fill,
  HomeCourse,
  HomeCourseResult,
  RevisionInForce,
} from '../../src/evaluation/domain/index.js';
import type { GradingScale } from '../../src/kernel/index.js';
import type { Programme, Requirement, TransferPolicy } from '../../src/programmes/domain/index.js';
import type { Award, Rule } from '../../src/rules/domain/index.js';
import { agreement, creditSystems, institutions } from './rule-builders.js';

/** Short ways to write what the checker looks at: completions of Langara, recognised by UBC, and results stated by hand. */

const scale = (id: string, grades: GradingScale['grades'], rest: Partial<GradingScale> = {}): GradingScale => ({
  id,
  name: id,
  grades,
  passMark: '',
  source: 'made up',
  ...rest,
});

/** `letters` with points, `words` without, `marks` from 0 to 100, `ranks` where 1 is best. */
export const scales: readonly GradingScale[] = [
  scale(
    'letters',
    [
      { value: 'F', points: '0' },
      { value: 'C', points: '2' },
      { value: 'B', points: '3' },
      { value: 'A', points: '4' },
    ],
    {
      distribution: [
        { value: 'A', share: '0.2' },
        { value: 'B', share: '0.3' },
        { value: 'C', share: '0.5' },
      ],
    },
  ),
  scale('words', [{ value: 'fair' }, { value: 'good' }, { value: 'excellent' }], {
    distribution: [
      { value: 'fair', share: '0.5' },
      { value: 'good', share: '0.4' },
      { value: 'excellent', share: '0.1' },
    ],
  }),
  scale('marks', [], { numeric: { lowest: '0', highest: '100' } }),
  scale('ranks', [], { numeric: { lowest: '1', highest: '5', descending: true } }),
];

/** A course of 3 credits at Langara, completed on 2024-05-01 with a verified transcript. */
export const completion = (id: string, code: string, rest: Partial<Completion> = {}): Completion => ({
  id,
  provider: institutions.langara,
  code,
  credits: 3,
  creditSystem: 'us-semester',
  outcome: 'achieved',
  completedOn: '2024-05-01',
  evidence: { identityVerified: true, proctored: true, verification: 'verified' },
  mooc: false,
  repeatable: false,
  ...rest,
});

export const homeCourse = (id: string, code: string, rest: Partial<HomeCourse> = {}): HomeCourse => ({
  id,
  code,
  credits: 3,
  status: 'done',
  passFail: false,
  attributes: [],
  ...rest,
});

/** Revision 1 of an agreement that leaves it to the objective unless said otherwise. */
export const revision = (
  id: string,
  rules: readonly Rule[],
  terms: Partial<AgreementTerms> = {},
  rest: Partial<RevisionInForce> = {},
): RevisionInForce => ({
  agreement: id,
  revision: 1,
  digest: `sha-256:${id}`,
  terms: agreement(rules, { precedence: 'bestForStudent', parties: [institutions.langara, institutions.ubc], ...terms }),
  receivingCourses: [],
  ...rest,
});

export const requires = (...of: Requirement[]): Requirement => ({ id: 'root', kind: 'all', of });
export const electives = (id: string, credits: number, rest: Partial<Pick<Requirement, 'sharesWith' | 'transfer'>> = {}): Requirement => ({
  id,
  kind: 'freeElectives',
  credits,
  ...rest,
});
export const named = (
  id: string,
  code: string,
  credits = 3,
  rest: Partial<Pick<Requirement, 'sharesWith' | 'transfer'>> = {},
): Requirement => ({ id, kind: 'course', codes: [code], credits, ...rest });
export const ofSubject = (
  id: string,
  subject: string,
  credits: number,
  rest: Partial<Pick<Requirement, 'sharesWith' | 'transfer'>> = {},
): Requirement => ({ id, kind: 'credits', credits, from: [{ kind: 'subject', subject }], ...rest });

/** The BSC of UBC, 120 semester credits. */
export const programme = (requirements: Requirement, policy: TransferPolicy = {}): Programme => ({
  id: 'bsc',
  institution: institutions.ubc,
  code: 'BSC',
  catalogueYear: 2025,
  title: { en: 'Bachelor of Science' },
  creditSystem: 'us-semester',
  totalCredits: 120,
  requirements,
  policy,
});

/** Requested on 2025-01-01, admitted on 2024-09-01. */
export const input = (
  completions: readonly Completion[],
  agreements: readonly RevisionInForce[],
  rest: Partial<EvaluationInput> = {},
): EvaluationInput => ({
  policyDate: '2025-01-01',
  requestDate: '2025-01-01',
  admissionDate: '2024-09-01',
  programme: programme(electives('root', 30)),
  agreements,
  completions,
  homeRecord: [],
  redemptions: [],
  choices: [],
  exceptions: [],
  creditSystems,
  gradingScales: scales,
  receivingScale: 'letters',
  whatIf: false,
  ...rest,
});

/** A granted award as a result states it, counting all it has. */
export const granted = (award: Award, fills: readonly Fill[] = [], rest: Partial<AwardResult> = {}): AwardResult => {
  const credits = award.credits.kind === 'fixed' && award.effect === 'credit' ? award.credits.credits : 0;
  const { target, effect, attributes = [] } = award;
  return { target, effect, granted: true, credits, counted: credits, attributes, mooc: false, fills, ...rest };
};

export const fill = (requirement: string, credits: number, surplus = false): Fill => ({ requirement, credits, surplus });

/** A rule applied under the agreement `a`, without awards unless they are given. */
export const applied = (rule: string, completions: readonly string[], rest: Partial<ApplicationResult> = {}): ApplicationResult => ({
  agreement: 'a',
  revision: 1,
  rule,
  completions,
  conversions: [],
  convertedCredits: 0,
  awards: [],
  loss: 0,
  ...rest,
});

export const atHome = (id: string, counted: number, fills: readonly Fill[] = []): HomeCourseResult => ({ homeCourse: id, counted, fills });

/** A result of nothing, to be filled in by hand. */
export const result = (rest: Partial<EvaluationResult> = {}): EvaluationResult => ({
  engineVersion: '1.0.0',
  inputDigest: 'sha-256:none',
  optimal: true,
  provenLevels: 6,
  work: { spent: 1, budget: 1000 },
  objective: { remainingStudy: 0, requirementsCompleted: 0, recognisedCredits: 0, completionsConsumed: 0, loss: 0 },
  provisional: false,
  whatIf: false,
  attested: [],
  applications: [],
  homeCourses: [],
  requirements: [],
  totals: { recognised: 0, unplaced: 0, capped: 0, wasted: 0 },
  binding: [],
  completions: [],
  conflicts: [],
  ...rest,
});

/** Which of the asked codes a result is rejected with, sorted, each once. */
export function rejections(given: EvaluationInput, stated: EvaluationResult, asked: readonly ViolationCode[]): readonly ViolationCode[] {
  const found = new Set(check(given, stated).map(({ code }) => code));
  return asked.filter((code) => found.has(code)).sort();
}

/** A copy with the value at a JSON Pointer replaced, or taken out where `to` is undefined. */
export function edited<Value extends object>(value: Value, pointer: string, to: unknown): Value {
  const copy = structuredClone(value);
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  let at: object = copy;
  for (const key of keys) {
    const next: unknown = Reflect.get(at, key);
    if (typeof next !== 'object' || next === null) throw new RangeError(`${pointer} leads nowhere`);
    at = next;
  }
  if (to === undefined) Reflect.deleteProperty(at, last);
  else Reflect.set(at, last, to);
  return copy;
}

/** The JSON Pointers to everything inside a value. */
export function pointersOf(value: unknown, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return at === '' ? [] : [at];
  const below = Object.entries(value).flatMap(([key, inner]) => pointersOf(inner, `${at}/${key}`));
  return at === '' ? below : [at, ...below];
}
