/**
 * The oracle's own arithmetic: exact fractions, rounding, dates, codes. Deliberately not the kernel's, so that a mistake there shows
 * as a difference between engine and oracle.
 */

/** An exact fraction; `d` is positive. Not reduced: the oracle's numbers stay small. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const zero: Fraction = { n: 0n, d: 1n };

export function whole(value: number): Fraction {
  return { n: BigInt(value), d: 1n };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** a / b for a positive b. */
export function over(a: Fraction, b: Fraction): Fraction {
  if (b.n <= 0n) throw new RangeError('division by what is not positive');
  return { n: a.n * b.d, d: a.d * b.n };
}

export function isLess(a: Fraction, b: Fraction): boolean {
  return a.n * b.d < b.n * a.d;
}

/** "3/2", "0.25" or "2" read digit by digit. Undefined for other texts. */
export function parseNumber(text: string): Fraction | undefined {
  const [left = '', right, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const value = parseDecimal(left);
  if (right === undefined || value === undefined) return value;
  const divisor = parseDecimal(right);
  return divisor === undefined || divisor.n === 0n ? undefined : over(value, divisor);
}

function parseDecimal(text: string): Fraction | undefined {
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const [units = '', decimals = ''] = text.split('.');
  return { n: BigInt(units + decimals), d: 10n ** BigInt(decimals.length) };
}

/** Credits as JSON carries them, in whole thousandths. */
export function milli(credits: number): number {
  return Math.round(credits * 1000);
}

/** A fraction rounded to a multiple of `step`, down or half up. */
export function roundToMultiple(value: Fraction, step: number, mode: 'down' | 'halfUp'): number {
  const inSteps = over(value, whole(step));
  const shifted = mode === 'down' ? inSteps : plus(inSteps, { n: 1n, d: 2n });
  return Number(shifted.n / shifted.d) * step;
}

/** Upper case, no blanks, compatibility forms folded: how two codes are compared. */
export function plainCode(code: string): string {
  return [...code.normalize('NFKC').toUpperCase()].filter((character) => character.trim() !== '').join('');
}

/** Subject (what stands before the last blank, else before the first digit) and level (first digit, then zeros) of a code. */
export function subjectAndLevel(code: string): { readonly subject: string; readonly level: number | undefined } {
  const words = code.normalize('NFKC').trim().split(/\s+/);
  const number = words.length > 1 ? (words.at(-1) ?? '') : code.normalize('NFKC').trim();
  const firstDigit = number.search(/[0-9]/);
  const subject = words.length > 1 ? words.slice(0, -1).join('') : firstDigit < 0 ? number : number.slice(0, firstDigit);
  if (firstDigit < 0) return { subject: plainCode(subject), level: undefined };
  let length = 0;
  while (/[0-9]/.test(number.charAt(firstDigit + length))) length += 1;
  return { subject: plainCode(subject), level: Number(number.charAt(firstDigit)) * 10 ** (length - 1) };
}

/** Whether a pattern (`#` one digit, `*` any rest) matches a whole code, both compared as codes are. */
export function matchesPattern(pattern: string, code: string): boolean {
  const matches = (p: string, c: string): boolean => {
    const head = p.charAt(0);
    if (head === '') return c === '';
    if (head === '*') return matches(p.slice(1), c) || (c !== '' && matches(p, c.slice(1)));
    if (c === '') return false;
    const same = head === '#' ? /[0-9]/.test(c.charAt(0)) : head === c.charAt(0);
    return same && matches(p.slice(1), c.slice(1));
  };
  return matches(plainCode(pattern), plainCode(code));
}

/** The day a duration (P5Y, P18M, P2W, P10D, or several of these) before a date: years and months first, at most to the month's last day. */
export function before(date: string, duration: string): string {
  const part = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(duration)?.[1] ?? 0);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const months = year * 12 + month - 1 - part('Y') * 12 - part('M');
  const lastDay = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  const start = Date.UTC(Math.floor(months / 12), months % 12, Math.min(day, lastDay));
  return new Date(start - (part('W') * 7 + part('D')) * 86_400_000).toISOString().slice(0, 10);
}

export function within(period: { readonly from?: string; readonly until?: string }, date: string): boolean {
  if (period.from !== undefined && date < period.from) return false;
  return period.until === undefined || date <= period.until;
}

/** Negative, zero or positive by UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The element at an index that exists. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element ${String(index)}`);
  return value;
}
