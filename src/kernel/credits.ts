import { rational, type Rational } from './rational.js';

/** An amount of credit in integer thousandths of its credit system's unit; JSON carries it as a number with at most three decimals. */
export type Thousandths = number;

/** The largest amount of credit the service takes anywhere, in units: 100,000. */
export const maximumCredits = 100_000;

/**
 * Reads credits as JSON carries them into integer thousandths, exactly. Undefined when the number is negative, above
 * {@link maximumCredits}, or has more than three decimals.
 */
export function toThousandths(credits: number): Thousandths | undefined {
  if (!Number.isFinite(credits) || credits < 0 || credits > maximumCredits) return undefined;
  const thousandths = Math.round(credits * 1000);
  return thousandths / 1000 === credits ? thousandths : undefined;
}

/** Credits whose form has been checked where they entered; throws a RangeError otherwise. */
export function thousandths(credits: number): Thousandths {
  const value = toThousandths(credits);
  if (value === undefined) throw new RangeError(`${String(credits)} is not an amount of credit: 0 to 100,000 with at most three decimals`);
  return value;
}

/** The number JSON carries: thousandths / 1000, the nearest double of a decimal with at most three places. */
export function fromThousandths(value: Thousandths): number {
  return value / 1000;
}

export function creditsAsRational(value: Thousandths): Rational {
  return rational(value, 1000);
}

/**
 * Splits a whole amount over weights by largest remainder (Hamilton): every share is a multiple of `step` except that the last
 * remainder, smaller than a step, goes with the first share in order. Ties of remainders go to the earlier share. All weights
 * zero: equal weights. The shares always sum to the amount.
 */
export function splitByLargestRemainder(amount: Thousandths, weights: readonly number[], step: Thousandths): Thousandths[] {
  if (weights.length === 0) return [];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = total === 0 ? weights.map(() => 1n) : weights.map(BigInt);
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  const units = BigInt(Math.floor(amount / step));
  const shares = parts.map((part) => Number((units * part) / whole));
  const remainders = parts.map((part, index) => ({ index, rest: (units * part) % whole }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  let left = Number(units) - shares.reduce((sum, share) => sum + share, 0);
  for (const { index } of remainders) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares.map((share, index) => share * step + (index === 0 ? amount % step : 0));
}
