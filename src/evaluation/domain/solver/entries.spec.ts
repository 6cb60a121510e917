import { describe, expect, it } from '@jest/globals';
import { indexAt, joinedIndices, joinedNumbers, numberAt } from './entries.js';

describe('typed lists', () => {
  it('are read where there is something, and missed loudly elsewhere', () => {
    expect(numberAt(new Float64Array([0.5, 2]), 1)).toBe(2);
    expect(indexAt(new Int32Array([3, 4]), 0)).toBe(3);
    expect(() => numberAt(new Float64Array([0.5, 2]), 2)).toThrow(new RangeError('nothing at 2 of 2'));
    expect(() => indexAt(new Int32Array(), -1)).toThrow(new RangeError('nothing at -1 of 0'));
  });

  it('are joined, one after the other', () => {
    expect(joinedNumbers(new Float64Array([1.5]), new Float64Array([2, 3]))).toEqual(new Float64Array([1.5, 2, 3]));
    expect(joinedIndices(new Int32Array([1]), new Int32Array())).toEqual(new Int32Array([1]));
  });
});
