/**
 * How exactly a rule takes a set of completions: per completion the rank of the most exact selector that matches it (see
 * `selectorRank`), least exact first. Comparable between rules on one and the same set only.
 */
export type Exactness = readonly number[];

/** The exactness of these ranks, one per completion of the set. */
export function exactnessOf(ranks: readonly number[]): Exactness {
  return [...ranks].sort((a, b) => b - a);
}

/** Negative when `a` is more exact than `b`; throws a RangeError when they are of sets of different size, between which there is no order. */
export function compareExactness(a: Exactness, b: Exactness): number {
  if (a.length !== b.length) throw new RangeError('exactness compares on one set only');
  for (const [index, rank] of a.entries()) {
    const other = b[index];
    if (other !== undefined && rank !== other) return rank - other;
  }
  return 0;
}
