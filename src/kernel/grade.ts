import { parseRational, type Rational } from './rational.js';

/** A grade as stated: a value on a named scale. It is never lost, whatever it is converted to. */
export interface Grade {
  readonly scale: string;
  readonly value: string;
}

/** A grading scale is data: its grades from lowest to highest, which of them pass, and a numeric value where the scale has one. */
export interface GradingScale {
  readonly id: string;
  readonly name: string;
  /** Lowest first. `points` is a decimal such as "3.7" (grade points or the mark itself). */
  readonly grades: readonly { readonly value: string; readonly points?: string }[];
  /** The lowest passing grade: one of `grades`. On a numeric scale, the lowest passing mark. */
  readonly passMark: string;
  /** A numeric scale takes any decimal from lowest to highest besides the listed grades; `descending` when a smaller number is better. */
  readonly numeric?: { readonly lowest: string; readonly highest: string; readonly descending?: boolean };
  /** Share of passing students per grade, a decimal in [0, 1], as in an ECTS grading table; used for conversion by distribution. */
  readonly distribution?: readonly { readonly value: string; readonly share: string }[];
  /** Where the scale comes from: a standard, a page, a rule book. */
  readonly source: string;
}

/**
 * The position of a grade on its scale, comparable with any other position of the same scale: greater is better. Undefined when
 * the value is not on the scale.
 */
export function rankOf(scale: GradingScale, value: string): Rational | undefined {
  if (scale.numeric !== undefined) {
    const [mark, lowest, highest] = [parseRational(value), parseRational(scale.numeric.lowest), parseRational(scale.numeric.highest)];
    if (mark !== undefined && lowest !== undefined && highest !== undefined) {
      const inRange =
        mark.numerator * lowest.denominator >= lowest.numerator * mark.denominator &&
        mark.numerator * highest.denominator <= highest.numerator * mark.denominator;
      if (!inRange) return undefined;
      return scale.numeric.descending === true ? { numerator: -mark.numerator, denominator: mark.denominator } : mark;
    }
  }
  const index = scale.grades.findIndex((grade) => grade.value === value);
  if (index < 0) return undefined;
  if (scale.numeric === undefined) return { numerator: BigInt(index), denominator: 1n };
  const points = parseRational(scale.grades[index]?.points ?? '');
  if (points === undefined) return undefined;
  return scale.numeric.descending === true ? { numerator: -points.numerator, denominator: points.denominator } : points;
}
