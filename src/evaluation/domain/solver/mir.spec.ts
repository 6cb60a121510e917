import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, programOf, randomPrograms, rowOf, valueAt } from '../../../../test/support/random-programs.js';
import { Budget } from './budget.js';
import { findRoundings } from './mir.js';
import { Program, stages, valueOf } from './program.js';
import { Simplex } from './simplex.js';
import { inOneGo } from './steps.js';
import { vertexOf } from './vertex.js';

describe('mixed-integer roundings', () => {
  it('hold for every whole point inside the bounds, and cut the vertex off', () => {
    let found = 0;
    fc.assert(
      fc.property(randomPrograms, fc.array(fc.tuple(fc.nat(5), fc.nat(1)), { maxLength: 2 }), (instance, raised) => {
        const program = programOf(instance);
        const simplex = new Simplex(program.upper, program.rows, new Budget(1e7));
        const lower = instance.uppers.map(() => 0);
        for (const [pick, least] of raised) lower[pick % lower.length] = least;
        instance.uppers.forEach((upper, column) => {
          simplex.setBounds(column, lower[column] ?? 0, upper);
        });
        simplex.setObjective(rowOf(instance.objectives[0] ?? []));
        fc.pre(inOneGo(simplex.dual()).outcome === 'optimal');
        const vertex = vertexOf(simplex, program.upper.length);
        const points = feasiblePoints(instance, lower);
        for (const { cut, violation } of findRoundings(program.rows, simplex, vertex, new Budget(1e7))) {
          found += 1;
          expect(violation).toBeGreaterThan(0);
          expect(valueOf(cut, vertex)).toBeGreaterThan(cut.bound);
          for (const point of points) expect(valueAt(cut, point)).toBeLessThanOrEqual(cut.bound);
        }
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('say what an amount below a cap and behind switches comes to', () => {
    // Two awards of 3, of which 4 count: 3a + 3b ≥ x, x ≤ 4. Where x is 4, a and b are both taken: x ≤ 2 + (a + b) cuts (⅔, ⅔, 4) off.
    const program = new Program();
    const [a, b] = [program.addColumn(1, stages.grant), program.addColumn(1, stages.grant)];
    const amount = program.addColumn(6, stages.consequence);
    program.addRow([[amount, 1], [a, -3], [b, -3]], 0); // prettier-ignore
    program.addRow([[amount, 1]], 4); // prettier-ignore
    const vertex = new Float64Array([2 / 3, 2 / 3, 4]);
    const box = { lower: new Float64Array(3), upper: new Float64Array([1, 1, 4]) };
    const cuts = findRoundings(program.rows, box, vertex, new Budget(1e7)).map(({ cut }) => cut);
    expect(cuts.length).toBeGreaterThan(0);
    for (const cut of cuts) {
      expect(valueOf(cut, vertex)).toBeGreaterThan(cut.bound);
      for (const point of [[0, 0, 0], [1, 0, 3], [0, 1, 3], [1, 1, 4]]) expect(valueAt(cut, point)).toBeLessThanOrEqual(cut.bound); // prettier-ignore
    }
  });

  it('are none where the numbers are too large to be exact', () => {
    const row = rowOf([2 ** 33, 2 ** 34 + 1], 2 ** 34);
    const box = { lower: new Float64Array(2), upper: new Float64Array([3, 3]) };
    expect(findRoundings([row], box, new Float64Array([2, 0]), new Budget(1e7))).toEqual([]);
    expect(findRoundings([row], box, new Float64Array([0, 2 ** 34 / (2 ** 34 + 1)]), new Budget(1e7))).toEqual([]);
  });
});
