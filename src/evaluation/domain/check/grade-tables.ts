import {
  add,
  compareRational,
  divide,
  parseRational,
  rankOf,
  rational,
  type Grade,
  type GradingScale,
  type Rational,
} from '../../../kernel/index.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';

/**
 * A grade of one scale on another, by the first of the agreement's tables that has it; undefined when none does. Values of one scale
 * are one grade when their ranks are equal ("28" and "28.0").
 */
export function convertGrade(
  grade: Grade,
  to: string,
  { gradeTables }: AgreementTerms,
  scales: ReadonlyMap<string, GradingScale>,
): string | undefined {
  if (grade.scale === to) return grade.value;
  const [sending, receiving] = [scales.get(grade.scale), scales.get(to)];
  for (const table of gradeTables) {
    if (table.from !== grade.scale || table.to !== to) continue;
    const converted =
      table.method === 'pairs'
        ? table.pairs.find(({ from }) => isSameGrade(sending, from, grade.value))?.to
        : byDistribution(grade.value, sending, receiving, table.choose);
    if (converted !== undefined) return converted;
  }
  return undefined;
}

function isSameGrade(scale: GradingScale | undefined, a: string, b: string): boolean {
  if (a === b || scale === undefined) return a === b;
  const [left, right] = [rankOf(scale, a), rankOf(scale, b)];
  return left !== undefined && right !== undefined && compareRational(left, right) === 0;
}

/** A grade's share of the passing students, as an interval of the students ranked best first. */
interface Band {
  readonly value: string;
  readonly from: Rational;
  readonly until: Rational;
}

/**
 * The receiving grades whose bands overlap that of the sending grade: the lowest, the highest, or the one in which the middle of the
 * sending band lies (on a border the better).
 */
function byDistribution(
  value: string,
  sending: GradingScale | undefined,
  receiving: GradingScale | undefined,
  choose: 'minimum' | 'mean' | 'maximum',
): string | undefined {
  const band = bandsOf(sending).find((candidate) => isSameGrade(sending, candidate.value, value));
  if (band === undefined) return undefined;
  const overlapping = bandsOf(receiving).filter(
    ({ from, until }) => compareRational(from, band.until) < 0 && compareRational(band.from, until) < 0,
  );
  if (choose === 'maximum') return overlapping[0]?.value;
  if (choose === 'minimum') return overlapping.at(-1)?.value;
  const middle = divide(add(band.from, band.until), rational(2));
  return overlapping.find(({ until }) => compareRational(middle, until) <= 0)?.value;
}

/** The bands of a scale's distribution, best first, stretched or shrunk to a whole. Grades without share or off the scale have none. */
function bandsOf(scale: GradingScale | undefined): readonly Band[] {
  if (scale === undefined) return [];
  const zero = rational(0);
  const shares = (scale.distribution ?? []).flatMap(({ value, share }) => {
    const [rank, size] = [rankOf(scale, value), parseRational(share)];
    return rank === undefined || size === undefined || size.numerator === 0n ? [] : [{ value, rank, size }];
  });
  shares.sort((a, b) => compareRational(b.rank, a.rank));
  const whole = shares.reduce((sum, { size }) => add(sum, size), zero);
  let from = zero;
  return shares.map(({ value, size }) => {
    const band = { value, from, until: add(from, divide(size, whole)) };
    from = band.until;
    return band;
  });
}
