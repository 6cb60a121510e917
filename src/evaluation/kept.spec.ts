import { describe, expect, it } from '@jest/globals';
import { Kept } from './kept.js';

const loading = (log: string[]) => (missing: readonly string[]) => {
  log.push(missing.join(' '));
  return Promise.resolve(new Map(missing.filter((key) => key !== 'none').map((key) => [key, key.toUpperCase()])));
};

describe('what is kept', () => {
  it('is loaded once, and answered in the order of the keys', async () => {
    const log: string[] = [];
    const kept = new Kept<string>();
    expect(await kept.all(['b', 'a'], loading(log))).toEqual(['B', 'A']);
    expect(await kept.all(['a', 'c', 'b'], loading(log))).toEqual(['A', 'C', 'B']);
    expect(await kept.all(['a', 'b'], loading(log))).toEqual(['A', 'B']);
    expect(log).toEqual(['b a', 'c']);
    expect(kept.get('a')).toBe('A');
  });

  it('is not there where there is nothing, and is looked for again', async () => {
    const log: string[] = [];
    const kept = new Kept<string>();
    expect(await kept.all(['none', 'a'], loading(log))).toEqual(['A']);
    expect(await kept.all(['none', 'a'], loading(log))).toEqual(['A']);
    expect(log).toEqual(['none a', 'none']);
    expect(kept.get('none')).toBeUndefined();
  });

  it('is bounded: the least recently used goes first, and more than fits are answered all the same', async () => {
    const kept = new Kept<string>(2);
    const log: string[] = [];
    await kept.all(['a', 'b'], loading(log));
    kept.get('a');
    kept.keep('c', 'C');
    expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['A', undefined, 'C']);
    expect(await kept.all(['d', 'e', 'f', 'a'], loading(log))).toEqual(['D', 'E', 'F', 'A']);
    expect([kept.get('f'), kept.get('a'), kept.get('d')]).toEqual(['F', 'A', undefined]);
  });
});
