/** Exact fractions. Conversion factors, means and shares are rationals; binary floating point never touches credits or grades. */
export interface Rational {
  readonly numerator: bigint;
  /** Always positive; numerator and denominator have no common divisor. */
  readonly denominator: bigint;
}

export type RoundingMode = 'down' | 'halfUp';

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Throws a RangeError when the denominator is zero. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  if (d === 0n) throw new RangeError('a fraction needs a denominator other than zero');
  const divisor = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { numerator: n / divisor, denominator: d / divisor };
}

/** Reads "3/2", "1.5" or "2". Undefined for anything else, a zero denominator included. */
export function parseRational(text: string): Rational | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,9})|\/(\d{1,12}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', decimals, denominator] = match;
  if (decimals !== undefined) return rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  if (denominator === undefined) return rational(BigInt(whole));
  return BigInt(denominator) === 0n ? undefined : rational(BigInt(whole), BigInt(denominator));
}

/** "3/2", or "2" when whole: the inverse of parseRational. */
export function formatRational(value: Rational): string {
  return value.denominator === 1n ? String(value.numerator) : `${String(value.numerator)}/${String(value.denominator)}`;
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Throws a RangeError when the divisor is zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compareRational(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The multiple of `step` (a positive integer) nearest to a non-negative value, downwards or half upwards. */
export function roundToStep(value: Rational, step: bigint, mode: RoundingMode): bigint {
  const divisor = value.denominator * step;
  const extra = mode === 'halfUp' ? divisor : 0n;
  return ((2n * value.numerator + extra) / (2n * divisor)) * step;
}
