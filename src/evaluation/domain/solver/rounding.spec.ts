import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { programOf, randomPrograms, valueAt } from '../../../../test/support/random-programs.js';
import { Program, stages } from './program.js';
import { Rounding } from './rounding.js';

function rounded(program: Program, vertex: readonly number[], lower: readonly number[], upper: readonly number[]): number[] {
  const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  return [...new Rounding(program).round(Float64Array.from(vertex), box)];
}

describe('rounding a vertex', () => {
  it('makes a whole point within rows and bounds where no row forces anything up', () => {
    const packings = randomPrograms.map((instance) => ({
      ...instance,
      rows: instance.rows.map(({ coefficients, bound }) => ({ coefficients: coefficients.map((value) => Math.max(0, value)), bound })),
    }));
    fc.assert(
      fc.property(packings, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), (instance, shares) => {
        const program = programOf(instance);
        const vertex = instance.uppers.map((upper, column) => upper * (shares[column] ?? 0));
        const point = rounded(program, vertex, instance.uppers.map(() => 0), instance.uppers); // prettier-ignore
        point.forEach((value, column) => {
          expect(Number.isInteger(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(instance.uppers[column] ?? 0);
        });
        for (const row of program.rows) expect(valueAt(row, point)).toBeLessThanOrEqual(row.bound);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes decisions that stand highest first, of equal ones the first', () => {
    const program = programOf({ uppers: [1, 1, 1], rows: [{ coefficients: [1, 1, 1], bound: 1 }] });
    expect(rounded(program, [0.2, 0.5, 0.3], [0, 0, 0], [1, 1, 1])).toEqual([0, 1, 0]);
    expect(rounded(program, [0.3, 0.3, 0.3], [0, 0, 0], [1, 1, 1])).toEqual([1, 0, 0]);
  });

  it('keeps to bounds narrower than the programme’s own', () => {
    const program = programOf({ uppers: [1, 2], rows: [{ coefficients: [1, 1], bound: 2 }] });
    expect(rounded(program, [0, 2], [1, 0], [1, 2])).toEqual([1, 1]);
    expect(rounded(program, [0, 2], [0, 0], [0, 1])).toEqual([0, 1]);
  });

  it('gives amounts as much as in the vertex first, then as much as they may', () => {
    const program = new Program();
    const [first, second] = [program.addColumn(5, stages.consequence), program.addColumn(5, stages.consequence)];
    program.addRow([[first, 1], [second, 1]], 6); // prettier-ignore
    expect(rounded(program, [1.5, 3], [0, 0], [5, 5])).toEqual([3, 3]); // 2 and 3, and the 1 that is left to the first
  });

  it('amounts follow the decisions that allow them', () => {
    const program = new Program();
    const taken = program.addColumn(1, stages.application);
    const amount = program.addColumn(5, stages.consequence);
    program.addRow([[amount, 1], [taken, -5]], 0); // prettier-ignore
    expect(rounded(program, [0.4, 2], [0, 0], [1, 5])).toEqual([1, 5]);
    expect(rounded(program, [0.4, 2], [0, 0], [0, 5])).toEqual([0, 0]);
  });

  it('raises a burden until the rows that ask for it hold, and no further', () => {
    const program = new Program();
    const taken = program.addColumn(1, stages.application);
    const counted = program.addColumn(3, stages.consequence);
    const loss = program.addColumn(9, stages.burden);
    program.addRow([[taken, 5], [counted, -1], [loss, -1]], 0); // prettier-ignore
    program.addRow([[counted, 1]], 2);
    // 5 brought in, 2 counted: 3 are lost.
    expect(rounded(program, [1, 2, 3], [0, 0, 0], [1, 3, 9])).toEqual([1, 2, 3]);
    expect(rounded(program, [0, 0, 0], [0, 0, 0], [0, 3, 9])).toEqual([0, 2, 0]);
  });
});
