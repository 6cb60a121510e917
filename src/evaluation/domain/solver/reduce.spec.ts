import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, programOf, randomPrograms, rowOf, valueAt, type RandomProgram } from '../../../../test/support/random-programs.js';
import type { Problem } from './incumbent.js';
import { reduce } from './reduce.js';

function problemOf(instance: RandomProgram, lower: readonly number[], upper: readonly number[]): Problem {
  const program = programOf(instance);
  const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  return { program, rows: program.rows, box, objective: rowOf(instance.objectives[0] ?? []), unit: 1 };
}

describe('a reduced problem', () => {
  it('has the same points, each of the same value', () => {
    const boxes = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(randomPrograms, boxes, (instance, cuts) => {
        const lower = instance.uppers.map((upper, column) => Math.min(upper, cuts[column]?.[0] ?? 0));
        const upper = instance.uppers.map((most, column) => Math.max(lower[column] ?? 0, most - (cuts[column]?.[1] ?? 0)));
        const points = feasiblePoints({ uppers: upper, rows: instance.rows }, lower);
        const reduced = reduce(problemOf(instance, lower, upper));
        if (reduced === undefined) {
          expect(points).toEqual([]);
          return;
        }
        const { problem, base, expand } = reduced;
        const rows = problem.rows.map(({ columns, coefficients, bound }) => {
          const dense = problem.program.upper.map((_, column) => coefficients[columns.indexOf(column)] ?? 0);
          return { coefficients: dense, bound };
        });
        const left = feasiblePoints({ uppers: problem.program.upper, rows });
        const whole = left.map((point) => [...expand(Float64Array.from(point))]);
        expect(new Set(whole.map(String))).toEqual(new Set(points.map(String)));
        left.forEach((point, index) => {
          expect(valueAt(problem.objective, point) + base).toBe(valueAt(rowOf(instance.objectives[0] ?? []), whole[index] ?? []));
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out what the rows force', () => {
    // 3x + 2y ≤ 4 with x at least 1: y is 0, and nothing is open.
    const instance = { uppers: [2, 2], rows: [{ coefficients: [3, 2], bound: 4 }], objectives: [[5, 1]] };
    const reduced = reduce(problemOf(instance, [1, 0], [2, 2]));
    expect(reduced?.problem.program.upper).toEqual([]);
    expect(reduced?.base).toBe(5);
    expect(reduced?.expand(new Float64Array())).toEqual(new Float64Array([1, 0]));
    expect(reduce(problemOf(instance, [1, 1], [2, 2]))).toBeUndefined();
  });
});
