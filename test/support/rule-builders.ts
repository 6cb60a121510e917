import type { CreditSystem, Grade, GradingScale } from '../../src/kernel/index.js';
import {
  anyMember,
  type AllSource,
  type AnySource,
  type Award,
  type CourseSource,
  type Outcome,
  type RefusalReason,
  type Rule,
  type Source,
} from '../../src/rules/domain/index.js';
import type { AgreementTerms } from '../../src/agreements/domain/index.js';

/** Short ways to write rules and agreements in tests, with the institutions, credit systems and scales that the examples name. */

/** Institution ids used by the examples. */
export const institutions = {
  langara: 'langara',
  ubc: 'ubcv',
  victoria: 'uvic',
  simonFraser: 'sfu',
  vancouverCommunityCollege: 'vcc',
  trinityWestern: 'twu',
  peoples: 'uopeople',
  coursera: 'coursera',
  tsinghua: 'tsinghua',
  xuetangx: 'xuetangx',
  lanzhou: 'lzu',
  lisbon: 'ulisboa',
  ghent: 'ugent',
  aarhus: 'au',
} as const;

/** Credit systems used by the examples. UBC and Langara count alike; a UVic unit is two semester credits. */
export const creditSystems: readonly CreditSystem[] = [
  {
    id: 'us-semester',
    name: 'Semester credits',
    creditsPerYear: 30,
    hoursPerCredit: { minimum: 45, maximum: 45 },
    source: '30 credits a year',
  },
  { id: 'uvic-unit', name: 'UVic units', creditsPerYear: 15, source: '1.5 units for a course of 3 semester credits' },
  { id: 'ects', name: 'ECTS', creditsPerYear: 60, hoursPerCredit: { minimum: 25, maximum: 30 }, source: 'ECTS Users’ Guide 2015' },
  { id: 'cn-credit', name: '学分', hoursPerCredit: { minimum: 16, maximum: 16 }, source: '16 class hours a credit' },
];

const letters = ['F', 'P', 'D', 'C-', 'C', 'C+', 'B-', 'B', 'B+', 'A-', 'A', 'A+'];

/** Grading scales used by the examples. */
export const gradingScales: readonly GradingScale[] = [
  {
    id: 'langara-letter',
    name: 'Langara letter grades',
    grades: letters.map((value) => ({ value })),
    passMark: 'P',
    source: 'Langara College calendar',
  },
  {
    id: 'cn-hundred',
    name: '百分制',
    grades: [],
    numeric: { lowest: '0', highest: '100' },
    passMark: '60',
    source: 'the hundred-mark scale of Chinese universities',
  },
];

/** A letter grade at Langara. */
export const letterGrade = (value: string): Grade => ({ scale: 'langara-letter', value });

/** A source that takes one course by its code. */
export const code = (text: string, rest: Omit<CourseSource, 'kind' | 'select'> = {}): CourseSource => ({
  kind: 'course',
  select: { kind: 'code', code: text },
  ...rest,
});
/** All of these. */
export const all = (...of: Source[]): AllSource => ({ kind: 'all', of });
/** Any one of these. */
export const any = (...of: Source[]): AnySource => ({ kind: 'any', of });

/** Credit for a named course, without a grade. */
export const course = (text: string, credits: number, rest: Partial<Award> = {}): Award => ({
  target: { kind: 'course', code: text },
  credits: { kind: 'fixed', credits },
  grade: { kind: 'none' },
  effect: 'credit',
  ...rest,
});
/** Unassigned credit, labelled as the receiving institution writes it. */
export const elective = (subject: string, level: number, label: string, credits: number): Award => ({
  ...course('', credits),
  target: { kind: 'elective', subject, level, label: { en: label } },
});
/** An exemption from a named course, with 0 credits. */
export const exempt = (text: string): Award => course(text, 0, { effect: 'exemption' });

export const credit = (...awards: Award[]): Outcome => ({ kind: 'credit', awards });
export const noCredit = (reason: RefusalReason = 'other'): Outcome => ({ kind: 'noCredit', reason });

/** A rule from Langara to UBC, valid without end, held against the date of completion, unless said otherwise. */
export const rule = (id: string, source: Source, outcome: Outcome, rest: Partial<Rule> = {}): Rule => ({
  id,
  from: institutions.langara,
  to: institutions.ubc,
  source,
  outcome,
  validity: {},
  governedBy: 'completion',
  ...rest,
});

/** An agreement that holds these rules between whoever they name, the most specific rule winning, unless said otherwise. */
export const agreement = (rules: readonly Rule[], rest: Partial<AgreementTerms> = {}): AgreementTerms => ({
  parties: [...new Set(rules.flatMap(({ from, to }) => [from, to]))].filter((party) => party !== anyMember),
  period: { from: '1995-05-01' },
  precedence: 'mostSpecific',
  rules,
  statements: [],
  limits: [],
  conversions: [],
  gradeTables: [],
  redemption: 'oncePerProgramme',
  ...rest,
});
