import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, compareRational, divide, formatRational, multiply, parseRational, rational, roundToStep } from './rational.js';

const fractions = fc
  .tuple(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), fc.bigInt({ min: 1n, max: 1_000_000n }))
  .map(([numerator, denominator]) => rational(numerator, denominator));

describe('exact fractions', () => {
  it('are kept in lowest terms, the denominator positive', () => {
    expect(rational(6, 4)).toEqual({ numerator: 3n, denominator: 2n });
    expect(rational(3, -6)).toEqual({ numerator: -1n, denominator: 2n });
    expect(rational(-4)).toEqual({ numerator: -4n, denominator: 1n });
    expect(rational(0, -7)).toEqual({ numerator: 0n, denominator: 1n });
    expect(() => rational(1, 0)).toThrow(RangeError);
  });

  it.each([
    ['3/2', '3/2'],
    ['6/4', '3/2'],
    ['1.5', '3/2'],
    ['0.125', '1/8'],
    ['2', '2'],
    ['007', '7'],
    ['0/5', '0'],
  ])('%s is read as %s', (text, expected) => {
    const value = parseRational(text);
    expect(value && formatRational(value)).toBe(expected);
  });

  it.each(['', 'x', '-1', '1/0', '1.5/2', '1.', '.5', '1e3', '1 000', '1,5', '1234567890123', '0.1234567890'])('%j is none', (text) => {
    expect(parseRational(text)).toBeUndefined();
  });

  it('are written and read again', () => {
    fc.assert(
      fc.property(fractions, (value) => {
        fc.pre(value.numerator >= 0n);
        expect(parseRational(formatRational(value))).toEqual(value);
      }),
    );
  });

  it('add, multiply, divide and compare as fractions do', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), multiply(b, rational(-1)))).toEqual(a);
        if (b.numerator !== 0n) expect(divide(multiply(a, b), b)).toEqual(a);
        else expect(() => divide(a, b)).toThrow(RangeError);
        const difference = add(a, multiply(b, rational(-1))).numerator;
        expect(Math.sign(compareRational(a, b))).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
    );
  });

  it.each([
    ['20/3', 1, 'down', 6],
    ['20/3', 1, 'halfUp', 7],
    ['13/2', 1, 'halfUp', 7],
    ['13/2', 1, 'down', 6],
    ['25', 10, 'halfUp', 30],
    ['25', 10, 'down', 20],
    ['24.9', 10, 'halfUp', 20],
    ['0', 5, 'halfUp', 0],
  ] as const)('%s to a multiple of %d, %s, is %d', (text, step, mode, expected) => {
    expect(Number(roundToStep(parseRational(text) ?? rational(-1), BigInt(step), mode))).toBe(expected);
  });
});
