import { describe, expect, it } from '@jest/globals';
import { programOf, rowOf } from '../../../../test/support/random-programs.js';
import { Incumbent, type Problem } from './incumbent.js';

/** The most of 2x + y with x + y ≤ 2, x at most 1 and y from 0 to 2. */
function problem(): Problem {
  const program = programOf({ uppers: [1, 2], rows: [{ coefficients: [1, 1], bound: 2 }] });
  const box = { lower: new Float64Array(2), upper: new Float64Array([1, 2]) };
  return { program, rows: program.rows, box, objective: rowOf([2, 1]), unit: 1 };
}

describe('the best point', () => {
  it('is replaced by one that is better and keeps to bounds and rows', () => {
    const incumbent = new Incumbent(problem(), new Float64Array([0, 1]));
    expect(incumbent.value).toBe(1);
    for (const point of [[1, 2], [2, 0], [1, -1], [0, 1]]) incumbent.offer(new Float64Array(point)); // prettier-ignore
    expect([incumbent.value, incumbent.point]).toEqual([1, new Float64Array([0, 1])]);
    incumbent.offer(new Float64Array([1, 1]));
    expect([incumbent.value, incumbent.point]).toEqual([3, new Float64Array([1, 1])]);
  });

  it('is none until one is better than what is known already', () => {
    const incumbent = new Incumbent(problem(), undefined, 2);
    incumbent.offer(new Float64Array([1, 0]));
    expect([incumbent.value, incumbent.point]).toEqual([2, undefined]);
    incumbent.offer(new Float64Array([1, 1]));
    expect(incumbent.value).toBe(3);
  });
});
