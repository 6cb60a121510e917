import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { creditsAsRational, fromThousandths, maximumCredits, splitByLargestRemainder, thousandths, toThousandths } from './credits.js';
import { rational } from './rational.js';

describe('amounts of credit', () => {
  it.each([
    [0, 0],
    [1.5, 1500],
    [3.333, 3333],
    [0.001, 1],
    [1.005, 1005],
    [maximumCredits, 100_000_000],
    [3.3333, undefined],
    [0.1 + 0.2, undefined],
    [-0.5, undefined],
    [maximumCredits + 1, undefined],
    [NaN, undefined],
    [Infinity, undefined],
  ])('%s as JSON carries it is %s thousandths', (credits, expected) => {
    expect(toThousandths(credits)).toBe(expected);
  });

  it('of a checked form are read, others are a defect of the caller', () => {
    expect(thousandths(1.5)).toBe(1500);
    expect(() => thousandths(1.0001)).toThrow(RangeError);
  });

  it('are written as they were read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maximumCredits * 1000 }), (amount) => {
        expect(toThousandths(fromThousandths(amount))).toBe(amount);
        expect(thousandths(Number(JSON.parse(JSON.stringify(fromThousandths(amount)))))).toBe(amount);
      }),
    );
  });

  it('are exact fractions', () => {
    expect(creditsAsRational(1500)).toEqual(rational(3, 2));
  });
});

describe('a split by largest remainder', () => {
  it.each<[number, readonly number[], number, readonly number[]]>([
    [6500, [1, 3], 500, [1500, 5000]], // 13 steps: 3.25 and 9.75
    [6500, [1, 1], 500, [3500, 3000]], // 6.5 each: the earlier has the odd step
    [4250, [1, 1], 500, [2250, 2000]], // what is less than a step goes with the first
    [10, [1, 1, 1], 1, [4, 3, 3]],
    [10, [0, 0], 1, [5, 5]],
    [10, [0, 2], 1, [0, 10]],
    [0, [1, 2], 1, [0, 0]],
    [7, [5], 2, [7]],
    [7, [], 1, []],
  ])('of %d over %j in steps of %d is %j', (amount, weights, step, shares) => {
    expect(splitByLargestRemainder(amount, weights, step)).toEqual(shares);
  });

  it('sums to the amount, and no share is a step or more off its due', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), weights, fc.constantFrom(1, 250, 500), (amount, given, step) => {
        const shares = splitByLargestRemainder(amount, given, step);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
        const total = given.reduce((sum, weight) => sum + weight, 0);
        const whole = amount - (amount % step);
        shares.forEach((share, index) => {
          const due = (whole * (total === 0 ? 1 : (given[index] ?? 0))) / (total === 0 ? given.length : total);
          expect(Math.abs(share - (index === 0 ? amount % step : 0) - due)).toBeLessThan(step + 1e-6);
        });
      }),
    );
  });
});
