import { describe, expect, it } from '@jest/globals';
import { at } from './at.js';

describe('the element at an index', () => {
  it('is that of a list', () => {
    expect(at(['a', 'b'], 1)).toBe('b');
    expect(at(new Float64Array([0, 2.5]), 0)).toBe(0);
  });

  it.each([-1, 2, 0.5, NaN])('is missed loudly at %p of two', (index) => {
    expect(() => at(['a', 'b'], index)).toThrow(new RangeError(`nothing at ${String(index)} of 2`));
  });
});
