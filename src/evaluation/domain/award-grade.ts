import {
  add,
  compareRational,
  divide,
  formatRational,
  multiply,
  parseRational,
  rankOf,
  rational,
  roundToStep,
  type Grade,
  type GradingScale,
  type Rational,
  type Thousandths,
} from '../../kernel/index.js';
import type { GradeTable } from '../../agreements/domain/index.js';
import type { GradeBook } from './grades.js';
import type { GradeResult } from './result.js';

/** What the grade of an award is made of: a completion's grade, if it has one, and its credits as the weight. */
export interface GradedCredits {
  readonly grade: Grade | undefined;
  readonly credits: Thousandths;
}

interface ConvertedGrade {
  readonly grade: Grade;
  readonly credits: Thousandths;
}

/**
 * The grade of an award on the receiving scale, from the completions of its application in the order of their ids, or why there is none
 * (docs/evaluation.md §4).
 */
export function gradeOfAward(
  completions: readonly GradedCredits[],
  combine: 'lowest' | 'creditWeightedMean',
  receivingScale: string | undefined,
  tables: readonly GradeTable[],
  book: GradeBook,
): GradeResult {
  const converted: ConvertedGrade[] = [];
  let untold = false;
  for (const { grade, credits } of completions) {
    if (grade === undefined) return { kind: 'notConvertible', reason: 'noGrade' };
    const result = receivingScale === undefined ? undefined : book.convert(grade, receivingScale, tables);
    if (result === undefined) untold = true;
    else converted.push({ grade: result, credits });
  }
  const scale = receivingScale === undefined ? undefined : book.scale(receivingScale);
  if (untold || scale === undefined) return { kind: 'notConvertible', reason: 'noTable' };
  return combine === 'lowest' ? lowest(converted, scale, book) : creditWeightedMean(converted, scale);
}

function lowest(converted: readonly ConvertedGrade[], scale: GradingScale, book: GradeBook): GradeResult {
  const worst = converted.map(({ grade }) => grade).reduce((least, grade) => ((book.compare(grade, least) ?? 0) < 0 ? grade : least));
  return { kind: 'converted', scale: scale.id, value: worst.value };
}

function creditWeightedMean(converted: readonly ConvertedGrade[], scale: GradingScale): GradeResult {
  const unweighted = converted.every(({ credits }) => credits === 0);
  const marks: string[] = [];
  let sum = rational(0);
  let weights = rational(0);
  for (const { grade, credits } of converted) {
    const text = pointsText(scale, grade.value);
    const points = parseRational(text ?? '');
    if (text === undefined || points === undefined) return { kind: 'notConvertible', reason: 'noPoints' };
    const weight = rational(unweighted ? 1 : credits);
    sum = add(sum, multiply(points, weight));
    weights = add(weights, weight);
    marks.push(text);
  }
  const mean = divide(sum, weights);
  return { kind: 'converted', scale: scale.id, value: statedGrade(scale, mean, marks), mean: formatRational(mean) };
}

/** The points of a grade: those listed with it, or on a numeric scale the mark itself. */
function pointsText(scale: GradingScale, value: string): string | undefined {
  const listed = scale.grades.find((grade) => grade.value === value)?.points;
  return listed ?? (scale.numeric === undefined ? undefined : value);
}

/**
 * A mean of points as a grade. On a numeric scale every decimal is a grade: the mean, half up, with as many decimals as the most precise
 * of the marks. On a scale of listed grades, and where the mark would leave the scale: the listed grade whose points are nearest, of
 * two as near that with more points.
 */
function statedGrade(scale: GradingScale, mean: Rational, marks: readonly string[]): string {
  const mark = scale.numeric === undefined ? undefined : roundedMark(mean, marks);
  if (mark !== undefined && rankOf(scale, mark) !== undefined) return mark;
  const listed = scale.grades.flatMap(({ value }) => {
    const points = parseRational(pointsText(scale, value) ?? '');
    return points === undefined ? [] : [{ value, points, distance: distance(points, mean) }];
  });
  return listed.reduce((nearest, grade) => {
    const order = compareRational(grade.distance, nearest.distance) || compareRational(nearest.points, grade.points);
    return order < 0 ? grade : nearest;
  }).value;
}

function roundedMark(mean: Rational, marks: readonly string[]): string {
  const decimals = Math.max(...marks.map((mark) => mark.split('.')[1]?.length ?? 0));
  const unit = rational(10n ** BigInt(decimals));
  const digits = String(roundToStep(multiply(mean, unit), 1n, 'halfUp')).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function distance(a: Rational, b: Rational): Rational {
  const difference = add(a, { numerator: -b.numerator, denominator: b.denominator });
  return difference.numerator < 0n ? { numerator: -difference.numerator, denominator: difference.denominator } : difference;
}
