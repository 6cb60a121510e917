import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, programOf, randomPrograms, rowOf, valueAt } from '../../../../test/support/random-programs.js';
import { Budget } from './budget.js';
import { findCuts } from './cuts.js';
import { valueOf, type Program, type Row } from './program.js';
import { Simplex } from './simplex.js';
import { inOneGo } from './steps.js';
import { vertexOf } from './vertex.js';

interface AtVertex {
  readonly cuts: readonly Row[];
  readonly vertex: Float64Array;
}

function cutsAtOptimum(program: Program, objective: Row): AtVertex {
  const budget = new Budget(1e9);
  const simplex = new Simplex(program.upper, program.rows, budget);
  simplex.setObjective(objective);
  inOneGo(simplex.primal());
  const vertex = vertexOf(simplex, program.upper.length);
  return { cuts: findCuts(simplex, program.rows, vertex, budget), vertex };
}

describe('cuts', () => {
  it('hold for every whole point, and cut the vertex off', () => {
    let found = 0;
    fc.assert(
      fc.property(randomPrograms, (instance) => {
        const { cuts, vertex } = cutsAtOptimum(programOf(instance), rowOf(instance.objectives[0] ?? []));
        const points = feasiblePoints(instance);
        found += cuts.length;
        for (const cut of cuts) {
          expect(valueOf(cut, vertex)).toBeGreaterThan(cut.bound);
          for (const point of points) expect(valueAt(cut, point)).toBeLessThanOrEqual(cut.bound);
        }
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('find the odd cycle: of three that exclude one another pairwise one at most', () => {
    const pairs = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]; // prettier-ignore
    const program = programOf({ uppers: [1, 1, 1], rows: pairs.map((coefficients) => ({ coefficients, bound: 1 })) });
    const { cuts, vertex } = cutsAtOptimum(program, rowOf([1, 1, 1]));
    expect([...vertex]).toEqual([0.5, 0.5, 0.5]);
    const together = cuts.find(({ columns }) => columns.length === 3);
    expect(together).toMatchObject({ coefficients: new Float64Array([1, 1, 1]), bound: 1 });
    expect(new Set(cuts.map((cut) => JSON.stringify(cut))).size).toBe(cuts.length);
  });

  it('round up at an upper bound and pay for it', () => {
    // 3x + 2y ≤ 4, x and y at most 1: vertex (2/3, 1). A third of the row, y rounded up at its bound 1: x + y ≤ ⌊(4 + 1 × 1) / 3⌋ = 1.
    const program = programOf({ uppers: [1, 1], rows: [{ coefficients: [3, 2], bound: 4 }] });
    const { cuts, vertex } = cutsAtOptimum(program, rowOf([2, 1.5]));
    expect(vertex[0]).toBeCloseTo(2 / 3);
    const [cut] = cuts;
    const [x = NaN, y = NaN] = [...(cut?.coefficients ?? [])];
    // Of the four whole points only (1, 1) is cut off.
    expect([0, x, y].every((value) => value <= (cut?.bound ?? NaN))).toBe(true);
    expect(x + y).toBeGreaterThan(cut?.bound ?? NaN);
  });

  it('are none at a whole vertex', () => {
    const program = programOf({ uppers: [1, 1], rows: [{ coefficients: [1, 1], bound: 1 }] });
    expect(cutsAtOptimum(program, rowOf([1, 1])).cuts).toEqual([]);
  });

  it('come from a single row too, where its multiplier is no small fraction', () => {
    const program = programOf({ uppers: [1], rows: [{ coefficients: [97], bound: 30 }] });
    expect(cutsAtOptimum(program, rowOf([1])).cuts).toEqual([rowOf([1], 0)]);
  });
});
