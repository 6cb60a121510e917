import type { RevisionInForce } from '../../../src/evaluation/domain/index.js';
import type { Grade, GradingScale } from '../../../src/kernel/index.js';
import { isLess, parseNumber, plus, times, zero } from './arithmetic.js';
import type { Fraction } from './arithmetic.js';

/** Grades: how they compare on one scale, and how they read on another (docs/evaluation.md §2 and §4). */

/** Where a grade stands on its scale: greater is better. Undefined when it is not on the scale. */
export function positionOf(scales: readonly GradingScale[], grade: Grade): Fraction | undefined {
  const scale = scales.find((candidate) => candidate.id === grade.scale);
  if (scale === undefined) return undefined;
  const index = scale.grades.findIndex((listed) => listed.value === grade.value);
  if (scale.numeric === undefined) return index < 0 ? undefined : { n: BigInt(index), d: 1n };
  const mark = parseNumber(grade.value) ?? parseNumber(scale.grades[index]?.points ?? '');
  const [lowest, highest] = [parseNumber(scale.numeric.lowest) ?? zero, parseNumber(scale.numeric.highest) ?? zero];
  if (mark === undefined || isLess(mark, lowest) || isLess(highest, mark)) return undefined;
  return scale.numeric.descending === true ? { n: -mark.n, d: mark.d } : mark;
}

/** A grade read on another scale: itself on its own, else by the agreement's table. */
export function gradeOn(scales: readonly GradingScale[], revision: RevisionInForce, grade: Grade, scale: string): Grade | undefined {
  if (grade.scale === scale) return grade;
  const table = revision.terms.gradeTables.find((candidate) => candidate.from === grade.scale && candidate.to === scale);
  if (table === undefined) return undefined;
  if (table.method === 'distribution') {
    const value = byDistribution(intervals(scales, grade.scale), intervals(scales, scale), grade.value, table.choose);
    return value === undefined ? undefined : { scale, value };
  }
  const pair = table.pairs.find((candidate) => candidate.from === grade.value);
  return pair === undefined ? undefined : { scale, value: pair.to };
}

interface Interval {
  readonly value: string;
  readonly from: Fraction;
  readonly to: Fraction;
}

/** The shares of a scale's grades laid one after another on [0, 1], best grade first; the shares are taken to sum to 1. */
function intervals(scales: readonly GradingScale[], id: string): readonly Interval[] {
  const scale = scales.find((candidate) => candidate.id === id);
  const shares = (scale?.distribution ?? []).map(({ value, share }) => {
    return { value, share: parseNumber(share) ?? zero, position: positionOf(scales, { scale: id, value }) ?? zero };
  });
  shares.sort((a, b) => (isLess(b.position, a.position) ? -1 : 1));
  let reached = zero;
  return shares.map(({ value, share }) => {
    const from = reached;
    reached = plus(reached, share);
    return { value, from, to: reached };
  });
}

function byDistribution(
  sending: readonly Interval[],
  receiving: readonly Interval[],
  value: string,
  choose: 'minimum' | 'mean' | 'maximum',
): string | undefined {
  const own = sending.find((interval) => interval.value === value);
  if (own === undefined || !isLess(own.from, own.to)) return undefined;
  if (choose === 'mean') {
    const middle = times(plus(own.from, own.to), { n: 1n, d: 2n });
    return receiving.find(({ from, to }) => isLess(from, to) && !isLess(middle, from) && !isLess(to, middle))?.value;
  }
  const overlapping = receiving.filter(({ from, to }) => isLess(from, to) && isLess(from, own.to) && isLess(own.from, to));
  return (choose === 'maximum' ? overlapping.at(0) : overlapping.at(-1))?.value;
}
