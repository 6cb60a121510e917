import { describe, expect, it } from '@jest/globals';
import { Budget } from './budget.js';
import { inOneGo, type Steps } from './steps.js';

describe('a budget', () => {
  it('is spent once more than its limit is, and then nothing is left', () => {
    const budget = new Budget(10);
    budget.spent += 10;
    expect([budget.isSpent, budget.left]).toEqual([false, 0]);
    budget.spent += 1;
    expect([budget.isSpent, budget.left]).toEqual([true, 0]);
  });

  it('asks for a pause once for every million units', () => {
    const budget = new Budget(1e9);
    const asked = [999_999, 1, 0, 600_000, 400_000].map((work) => {
      budget.spent += work;
      return budget.pauses();
    });
    expect(asked).toEqual([false, true, false, false, true]);
  });
});

describe('steps', () => {
  it('are done in one go, whatever the pauses', () => {
    let done = 0;
    function* steps(): Steps<string> {
      for (; done < 3; done += 1) yield;
      return 'done';
    }
    expect(inOneGo(steps())).toBe('done');
    expect(done).toBe(3);
  });
});
