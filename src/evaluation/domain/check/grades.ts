import {
  add,
  compareRational,
  divide,
  formatRational,
  multiply,
  parseRational,
  rational,
  roundToStep,
  type GradingScale,
  type Rational,
  type Thousandths,
} from '../../../kernel/index.js';
import type { Award } from '../../../rules/domain/index.js';
import type { GradeResult } from '../result.js';
import { rankOn, type Agreement, type Facts, type Learned } from './facts.js';
import { convertGrade } from './grade-tables.js';

type Reason = (GradeResult & { readonly kind: 'notConvertible' })['reason'];

/** What may be stated as the grade of an award: one of these values, or one of these reasons why there is none. */
export type ExpectedGrade =
  | { readonly kind: 'converted'; readonly values: readonly string[]; readonly mean?: string }
  | { readonly kind: 'notConvertible'; readonly reasons: readonly Reason[] };

interface SentGrade {
  readonly value: string;
  readonly rank: Rational;
  readonly credits: Thousandths;
}

/** The grade of an award over a set of completions (§4); a rule that converts grades asks for it. */
export function expectedGrade(set: readonly Learned[], award: Award, agreement: Agreement, facts: Facts): ExpectedGrade {
  const scale = facts.input.receivingScale === undefined ? undefined : facts.scales.get(facts.input.receivingScale);
  const grades: SentGrade[] = [];
  const reasons: Reason[] = [];
  for (const { completion, credits } of set) {
    const grade = completion.grade;
    const value =
      grade === undefined || scale === undefined ? undefined : convertGrade(grade, scale.id, agreement.revision.terms, facts.scales);
    const rank = value === undefined || scale === undefined ? undefined : rankOn(facts.scales, scale.id, value);
    if (value === undefined || rank === undefined) reasons.push(grade === undefined ? 'noGrade' : 'noTable');
    else grades.push({ value, rank, credits });
  }
  if (reasons.length > 0 || scale === undefined) return { kind: 'notConvertible', reasons };
  if (award.grade.kind === 'converted' && award.grade.combine === 'creditWeightedMean') return meanOf(grades, scale);
  const lowest = grades.map(({ rank }) => rank).reduce((low, rank) => (compareRational(rank, low) < 0 ? rank : low));
  return { kind: 'converted', values: grades.filter(({ rank }) => compareRational(rank, lowest) === 0).map(({ value }) => value) };
}

/** The points of a grade as a decimal text: those listed, or on a numeric scale the value itself. */
function pointsOf(scale: GradingScale, value: string): string | undefined {
  const listed = scale.grades.find((grade) => grade.value === value)?.points;
  return listed ?? (scale.numeric === undefined ? undefined : value);
}

function meanOf(grades: readonly SentGrade[], scale: GradingScale): ExpectedGrade {
  const points = grades.map(({ value }) => pointsOf(scale, value));
  const equal = grades.every(({ credits }) => credits === 0);
  let [sum, weights] = [rational(0), rational(0)];
  for (const [index, { credits }] of grades.entries()) {
    const [value, weight] = [parseRational(points[index] ?? ''), rational(equal ? 1 : credits)];
    if (value === undefined) return { kind: 'notConvertible', reasons: ['noPoints'] };
    sum = add(sum, multiply(value, weight));
    weights = add(weights, weight);
  }
  const mean = divide(sum, weights);
  const value = scale.numeric === undefined ? nearestGrade(scale, mean) : rounded(mean, Math.max(...points.map(decimalsOf)));
  return { kind: 'converted', values: [value], mean: formatRational(mean) };
}

function decimalsOf(points: string | undefined): number {
  return points?.split('.')[1]?.length ?? 0;
}

/** On a numeric scale every decimal is a grade: the mean, half up, with as many decimals as the most precise grade has. */
function rounded(mean: Rational, decimals: number): string {
  const digits = String(roundToStep(multiply(mean, rational(10n ** BigInt(decimals))), 1n, 'halfUp')).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The listed grade whose points are nearest; of two equally near the one with more points. There is one: every grade sent has points. */
function nearestGrade(scale: GradingScale, mean: Rational): string {
  const listed = scale.grades.flatMap(({ value, points }) => {
    const known = parseRational(points ?? '');
    return known === undefined ? [] : [{ value, points: known, distance: distanceOf(known, mean) }];
  });
  const nearest = listed.reduce((best, grade) => {
    const order = compareRational(grade.distance, best.distance);
    return order < 0 || (order === 0 && compareRational(grade.points, best.points) > 0) ? grade : best;
  });
  return nearest.value;
}

function distanceOf(a: Rational, b: Rational): Rational {
  const difference = add(a, { ...b, numerator: -b.numerator });
  return difference.numerator < 0n ? { ...difference, numerator: -difference.numerator } : difference;
}

/** Whether a stated grade is what is expected. */
export function isExpected(stated: GradeResult | undefined, expected: ExpectedGrade, scale: string | undefined): boolean {
  if (stated === undefined) return false;
  if (stated.kind === 'notConvertible') return expected.kind === 'notConvertible' && expected.reasons.includes(stated.reason);
  return expected.kind === 'converted' && stated.scale === scale && expected.values.includes(stated.value) && stated.mean === expected.mean;
}
