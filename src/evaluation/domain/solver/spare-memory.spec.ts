import { describe, expect, it } from '@jest/globals';
import { giveBack, zeros } from './spare-memory.js';

describe('spare memory', () => {
  it('is given out again, cleared, to one at a time', () => {
    const first = zeros(100_000).fill(7);
    giveBack(first);
    const second = zeros(90_000);
    expect(second.buffer).toBe(first.buffer);
    expect(second).toHaveLength(90_000);
    expect(second.every((entry) => entry === 0)).toBe(true);
    expect(zeros(90_000).buffer).not.toBe(first.buffer);
    giveBack(second);
    expect(zeros(100_000).buffer).toBe(first.buffer);
  });

  it('is not kept where it is small or very large, nor in place of more', () => {
    for (const length of [1000, 2 ** 23 + 1]) {
      const memory = zeros(length);
      giveBack(memory);
      expect(zeros(length).buffer).not.toBe(memory.buffer);
    }
    const [less, more] = [new Float64Array(70_000), new Float64Array(80_000)];
    giveBack(more);
    giveBack(less);
    expect(zeros(70_000).buffer).toBe(more.buffer);
  });
});
