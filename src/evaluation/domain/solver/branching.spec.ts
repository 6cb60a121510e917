import { describe, expect, it } from '@jest/globals';
import { BranchingCosts } from './branching.js';

describe('what branching costs', () => {
  it('is taken for 1 a step each way at first', () => {
    // (1 × ½) × (1 × ½), and (1 × ¼) × (1 × ¾).
    const costs = new BranchingCosts(2);
    expect(costs.score(0, 0.5)).toBeCloseTo(0.25);
    expect(costs.score(1, 0.25)).toBeCloseTo(0.1875);
  });

  it('is learnt for each column and each way; what is not known is taken for average', () => {
    const costs = new BranchingCosts(2);
    costs.learn({ column: 0, up: true, distance: 0.5, objective: 10 }, 8); // 2 lost over half a step: 4 a step
    // Up, column 0: the 4 it cost and the average 4 over two; column 1: the average 4. Down: nothing is known, 1.
    expect(costs.score(0, 0.5)).toBeCloseTo(0.5 * 1 * (0.5 * 4));
    expect(costs.score(1, 0.5)).toBeCloseTo(0.5 * 1 * (0.5 * 4));
    costs.learn({ column: 0, up: true, distance: 0.25, objective: 8 }, 6); // 8 a step; the average is 6
    expect(costs.score(0, 0.5)).toBeCloseTo(0.5 * 1 * (0.5 * ((4 + 8 + 6) / 3)));
    expect(costs.score(1, 0.5)).toBeCloseTo(0.5 * 1 * (0.5 * 6));
  });

  it('does not fall to nothing where one way is free', () => {
    const costs = new BranchingCosts(1);
    costs.learn({ column: 0, up: false, distance: 0.5, objective: 5 }, 5);
    costs.learn({ column: 0, up: true, distance: 0.5, objective: 5 }, 6); // noise: nothing is gained by branching
    expect(costs.score(0, 0.5)).toBeCloseTo(0.5 * 0.5 * 0.5 * 0.5);
    const large = new BranchingCosts(1);
    for (let time = 0; time < 20_000; time += 1) large.learn({ column: 0, up: false, distance: 1, objective: time === 0 ? 1 : 0 }, 0);
    expect(large.score(0, 0.5)).toBeCloseTo(1e-4 * 0.5);
  });
});
