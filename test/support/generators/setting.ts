import type { CreditSystem, GradingScale } from '../../../src/kernel/index.js';
import type { Completion } from '../../../src/evaluation/domain/index.js';
import type { Dice } from './dice.js';

/** The little world in which random instances play, and which features an instance has. */

export const receiving = 'uni-h';
export const senders = ['uni-a', 'uni-b'] as const;
export const platform = 'mooc-p';
export const programmeCode = 'BSC-X';

/** Spellings of one code differ now and then; levels 0 to 200. */
export const sendingCodes = ['MA 101', 'MA 102', 'MA 201', 'PH 101', 'PH 202', 'CS 7', 'ma 150'] as const;
export const receivingCodes = ['X 100', 'X 101', 'X 200', 'Y 100', 'Y 210'] as const;
export const attributes = ['Q', 'Lab'] as const;
export const iscedCodes = ['0541', '0533', '061'] as const;

export const requestDate = '2026-03-01';
/** Some lie exactly on the bounds that durations and validities of the instances have. */
export const dates = ['2021-03-01', '2021-02-28', '2023-03-01', '2023-02-28', '2024-06-30', '2025-01-15', '2026-02-28'] as const;

export const creditSystems: readonly CreditSystem[] = [
  { id: 'H', name: 'receiving', creditsPerYear: 60, hoursPerCredit: { minimum: 25, maximum: 30 }, source: 'test' },
  { id: 'S', name: 'half as many a year', creditsPerYear: 30, hoursPerCredit: { minimum: 45, maximum: 45 }, source: 'test' },
  { id: 'W', name: 'workload only', hoursPerCredit: { minimum: 15, maximum: 18 }, source: 'test' },
  { id: 'N', name: 'nothing known', source: 'test' },
];

export const gradingScales: readonly GradingScale[] = [
  {
    id: 'letters',
    name: 'letters',
    grades: [
      { value: 'F', points: '0' },
      { value: 'D', points: '1' },
      { value: 'C', points: '2' },
      { value: 'B', points: '3' },
      { value: 'A' },
    ],
    passMark: 'D',
    distribution: [
      { value: 'A', share: '0.2' },
      { value: 'B', share: '0.3' },
      { value: 'C', share: '0.3' },
      { value: 'D', share: '0.2' },
    ],
    source: 'test',
  },
  {
    id: 'marks',
    name: 'marks out of ten, the smaller the better',
    grades: [
      { value: '1', points: '1' },
      { value: '2', points: '2' },
      { value: '3', points: '3' },
      { value: '5', points: '5' },
    ],
    passMark: '3',
    numeric: { lowest: '1', highest: '5', descending: true },
    distribution: [
      { value: '3', share: '0.5' },
      { value: '2', share: '0.3' },
      { value: '1', share: '0.2' },
    ],
    source: 'test',
  },
];

export const gradeValues = { letters: ['F', 'D', 'C', 'B', 'A'], marks: ['1', '2', '3', '5'] } as const;

const features = [
  'choice', 'negatives', 'exemptions', 'nestedSources', 'twice', 'vagueSelectors', 'gradeDemands', 'gradeTables', 'creditDemands',
  'conditionsHeld', 'conditionsNotHeld', 'dates', 'completedWithin', 'evidence', 'programmes', 'mostSpecific', 'annex', 'anyMember',
  'limits', 'conversions', 'rounding', 'convertedAwards', 'repeats', 'repeatable', 'redemptions', 'failures', 'home', 'whatIf', 'transferredCap',
  'moocCap', 'passFail', 'electivesOnly', 'moocWithoutGrade', 'surplus', 'minimumGrades', 'maximumAge', 'nodeCaps', 'sharing', 'nestedTree',
  'exceptions', 'ties', 'attributes',
] as const; // prettier-ignore

export type Feature = (typeof features)[number];

/** What holds for a whole instance while it is drawn. */
export interface Setting {
  readonly dice: Dice;
  readonly on: ReadonlySet<Feature>;
  /** Thousandths of a credit that all amounts of the instance are multiples of. */
  readonly unit: number;
}

/** A few features each: instances of a handful, of some, and of many. */
export function drawSetting(dice: Dice): Setting {
  const density = dice.pick([0.06, 0.12, 0.12, 0.25]);
  const on = new Set(features.filter((feature) => dice.chance(rare.has(feature) ? 2 * density : density)));
  for (const [feature, others] of companions) {
    if (on.has(feature) && dice.chance(0.8)) for (const other of dice.some(others, 1, 2)) on.add(other);
  }
  return { dice, on, unit: drawUnit(dice, on) };
}

/** Features that seldom make a difference where they are. */
const rare: ReadonlySet<Feature> = new Set<Feature>(['exceptions', 'surplus', 'nodeCaps', 'rounding']);

/** Features that show only together with one of some others. */
const companions: readonly (readonly [Feature, readonly Feature[]])[] = [
  ['exceptions', ['minimumGrades', 'maximumAge', 'electivesOnly', 'dates', 'completedWithin', 'evidence', 'gradeDemands']],
  ['rounding', ['conversions']],
  ['conversions', ['convertedAwards']],
  ['twice', ['repeats']],
  ['mostSpecific', ['vagueSelectors', 'programmes']],
  ['conditionsHeld', ['home', 'repeats', 'failures']],
];

/**
 * Where amounts are a matter of choice and do not form a flow, or conversion would make the common divisor tiny, credits are a few thousandths:
 * the oracle then looks at every possible amount.
 */
function drawUnit(dice: Dice, on: ReadonlySet<Feature>): number {
  const chosen: readonly Feature[] = ['transferredCap', 'moocCap', 'passFail', 'surplus', 'nodeCaps'];
  const crossing: readonly Feature[] = ['passFail', 'sharing', 'conversions', 'home'];
  const small = chosen.some((feature) => on.has(feature)) && crossing.some((feature) => on.has(feature));
  return small ? 1 : dice.pick([1, 500, 1_000, 1_500]);
}

/** So many units, in credits. */
export function credits({ unit }: Setting, units: number): number {
  return (units * unit) / 1_000;
}

/** Mostly one of the learner's own courses, so that rules have something to match. */
export function drawSendingCode({ dice, on }: Setting, completions: readonly Completion[]): string {
  const code = completions.length > 0 && dice.chance(0.93) ? dice.pick(completions).code : dice.pick(sendingCodes);
  return on.has('ties') || dice.chance(0.8) ? code : code.toLowerCase().replace(' ', '');
}
