import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, randomPrograms, rowOf, valueAt } from '../../../../test/support/random-programs.js';
import { dualBound, floorToUnit, holdsAtLower, holdsAtUpper, type Box } from './bound.js';

const scale = 2 ** 20;

function boxUpTo(upper: readonly number[]): Box {
  return { lower: new Float64Array(upper.length), upper: Float64Array.from(upper) };
}

const multipliers = fc.array(fc.oneof(fc.double({ min: -1, max: 4, noNaN: true }), fc.constantFrom(0, 0.5, 1, 1 / 3)), {
  minLength: 6,
  maxLength: 6,
});

describe('a dual bound', () => {
  it('is one, whatever the multipliers', () => {
    fc.assert(
      fc.property(randomPrograms, multipliers, fc.integer({ min: 1, max: 4 }), (instance, weights, unit) => {
        const rows = instance.rows.map(({ coefficients, bound }) => rowOf(coefficients, bound));
        const objective = rowOf((instance.objectives[0] ?? []).map((coefficient) => coefficient * unit));
        const lower = instance.uppers.map((_, column) => column % 2);
        const box = { lower: Float64Array.from(lower), upper: Float64Array.from(instance.uppers) };
        const bound = dualBound(objective, rows, (row) => weights[row] ?? 0, box, instance.uppers.length);
        const points = feasiblePoints(instance, lower);
        fc.pre(points.length > 0);
        const best = Math.max(...points.map((point) => valueAt(objective, point)));
        expect(bound).toBeDefined();
        if (bound === undefined) return;
        expect(bound.scaled / scale).toBeGreaterThanOrEqual(best);
        expect(floorToUnit(bound, unit)).toBeGreaterThanOrEqual(best);
        expect(floorToUnit(bound, unit) % unit).toBeCloseTo(0);
        for (let floor = best - 3; floor <= best + 1; floor += 1) {
          for (const point of points.filter((candidate) => valueAt(objective, candidate) >= floor)) {
            point.forEach((value, column) => {
              if (holdsAtLower(bound, column, floor)) expect(value).toBe(lower[column]);
              if (holdsAtUpper(bound, column, floor)) expect(value).toBe(instance.uppers[column]);
            });
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('shows that nothing is feasible when it is negative for no objective', () => {
    // x + y ≤ 1 and −x − y ≤ −2: their sum says 0 ≤ −1.
    const rows = [rowOf([1, 1], 1), rowOf([-1, -1], -2)];
    expect(dualBound(undefined, rows, () => 1, boxUpTo([5, 5]), 2)?.scaled).toBe(-scale);
  });

  it('is exact where the multipliers are', () => {
    // max 3x + 2y with 2x + y ≤ 3, x and y at most 2: (½, 2) is 5.5, with multipliers 1.5 and 0.5 of y ≤ 2.
    const bound = dualBound(rowOf([3, 2]), [rowOf([2, 1], 3)], () => 1.5, boxUpTo([2, 2]), 2);
    expect(bound?.scaled).toBe(5.5 * scale);
    expect(bound && [...bound.profits]).toEqual([0, 0.5 * scale]);
    expect(bound && [floorToUnit(bound, 1), floorToUnit(bound, 2), floorToUnit(bound, 11)]).toEqual([5, 4, 0]);
  });

  it('does not exist beyond the whole numbers that a double holds', () => {
    const huge = rowOf([2 ** 40]);
    expect(dualBound(huge, [], () => 0, boxUpTo([1]), 1)).toBeUndefined();
    expect(dualBound(rowOf([1]), [rowOf([1], 2 ** 40)], () => 1, boxUpTo([1]), 1)).toBeUndefined();
  });

  it('is rounded down to multiples below 0 too', () => {
    expect(floorToUnit({ scaled: -0.5 * scale, profits: new Float64Array() }, 1)).toBe(-1);
    expect(floorToUnit({ scaled: -3 * scale, profits: new Float64Array() }, 3)).toBe(-3);
  });
});
