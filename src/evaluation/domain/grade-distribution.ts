import { add, compareRational, divide, parseRational, rankOf, rational, type GradingScale, type Rational } from '../../kernel/index.js';

/** A passing grade with the part of all passing students that it stands for, counted from the best: 0 ≤ above < below ≤ 1. */
interface Band {
  readonly value: string;
  readonly rank: Rational;
  readonly above: Rational;
  readonly below: Rational;
}

const zero = rational(0);

const known = new WeakMap<GradingScale, readonly Band[]>();

/** The grades of a scale that have a share, best first, as consecutive bands; shares count in proportion to their sum. */
function bandsOf(scale: GradingScale): readonly Band[] {
  const cached = known.get(scale);
  if (cached !== undefined) return cached;
  const graded = (scale.distribution ?? []).flatMap(({ value, share }) => {
    const [rank, part] = [rankOf(scale, value), parseRational(share)];
    return rank === undefined || part === undefined || part.numerator === 0n ? [] : [{ value, rank, part }];
  });
  graded.sort((a, b) => compareRational(b.rank, a.rank));
  const total = graded.reduce((sum, { part }) => add(sum, part), zero);
  let above = zero;
  const bands = graded.map(({ value, rank, part }) => {
    const band = { value, rank, above, below: add(above, divide(part, total)) };
    above = band.below;
    return band;
  });
  known.set(scale, bands);
  return bands;
}

/**
 * Converts a grade by the overlap of two distributions, as ECTS grading tables are used: of the receiving grades whose band overlaps that of the
 * sending grade, the worst (`minimum`), the best (`maximum`), or the one that holds the middle of the sending band (`mean`; on a border
 * the better). Undefined when the grade has no share in its distribution, or the receiving scale has none.
 */
export function convertByDistribution(
  value: string,
  from: GradingScale,
  to: GradingScale,
  choose: 'minimum' | 'mean' | 'maximum',
): string | undefined {
  const rank = rankOf(from, value);
  const sent = rank === undefined ? undefined : bandsOf(from).find((band) => compareRational(band.rank, rank) === 0);
  if (sent === undefined) return undefined;
  const overlapping = bandsOf(to).filter(
    ({ above, below }) => compareRational(above, sent.below) < 0 && compareRational(sent.above, below) < 0,
  );
  switch (choose) {
    case 'minimum':
      return overlapping.at(-1)?.value;
    case 'maximum':
      return overlapping[0]?.value;
    case 'mean': {
      const middle = divide(add(sent.above, sent.below), rational(2));
      return overlapping.find(({ below }) => compareRational(middle, below) <= 0)?.value;
    }
  }
}
