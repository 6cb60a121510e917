import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, programOf, randomPrograms, rowOf } from '../../../../test/support/random-programs.js';
import { findCuts } from './cuts.js';
import { valueOf, type Program, type Row } from './program.js';
import { Tableau } from './tableau.js';

interface AtVertex {
  readonly cuts: readonly Row[];
  readonly vertex: readonly number[];
}

function cutsAtOptimum(program: Program, objective: Row): AtVertex {
  const tableau = new Tableau(program, 1e9);
  tableau.setObjective(objective);
  tableau.primal();
  const vertex = program.upper.map((_, column) => tableau.valueOf(column));
  return { cuts: findCuts(tableau, program.rows, program.upper.length, vertex), vertex };
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
          for (const point of points) expect(valueOf(cut, point)).toBeLessThanOrEqual(cut.bound);
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
    expect(vertex).toEqual([0.5, 0.5, 0.5]);
    expect(cuts).toContainEqual({ columns: [0, 1, 2], coefficients: [1, 1, 1], bound: 1 });
    expect(new Set(cuts.map((cut) => JSON.stringify(cut))).size).toBe(cuts.length);
  });

  it('round up at an upper bound and pay for it', () => {
    // max x + y, 3x + 2y ≤ 4, x ≤ 1, y ≤ 1: vertex (2/3, 1). Whole points: (0, 0), (1, 0), (0, 1): x + y ≤ 1.
    const program = programOf({ uppers: [1, 1], rows: [{ coefficients: [3, 2], bound: 4 }] });
    const { cuts } = cutsAtOptimum(program, rowOf([2, 1.5]));
    expect(cuts).toEqual([{ columns: [0, 1], coefficients: [1, 1], bound: 1 }]);
  });

  it('are none at a whole vertex, nor from multipliers that are no small fractions', () => {
    const whole = programOf({ uppers: [1, 1], rows: [{ coefficients: [1, 1], bound: 1 }] });
    expect(cutsAtOptimum(whole, rowOf([1, 1])).cuts).toEqual([]);
    const prime = programOf({ uppers: [1], rows: [{ coefficients: [97], bound: 30 }] });
    expect(cutsAtOptimum(prime, rowOf([1])).cuts).toEqual([]);
  });
});
