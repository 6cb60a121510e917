import { describe, expect, it } from '@jest/globals';
import { isWithinShape } from './shape.js';

const limits = { depth: 3, nodes: 5 };

describe('isWithinShape', () => {
  it.each<[string, unknown, boolean]>([
    ['what is no object', 'text', true],
    ['nothing', null, true],
    ['objects to the depth', { a: { b: { c: 1 } } }, true],
    ['objects below the depth', { a: { b: { c: {} } } }, false],
    ['lists between objects', { a: [{ b: [{ c: [1, 2] }] }] }, true],
    ['lists in lists, which count', { a: [[[[]]]] }, false],
    ['as many objects as may be', { a: [{}, {}, {}, {}] }, true],
    ['one object too many', { a: [{}, {}, {}, {}, {}] }, false],
    ['long lists of what is no object', { a: Array.from({ length: 1000 }, () => 1) }, true],
  ])('%s', (_, value, expected) => {
    expect(isWithinShape(value, limits)).toBe(expected);
  });

  it('stands objects and lists that hold themselves', () => {
    const object: Record<string, unknown> = {};
    Object.assign(object, { a: object, b: object });
    const list: unknown[] = [];
    list.push(list, list);
    expect([object, list].map((value) => isWithinShape(value, { depth: 1_000_000, nodes: 2000 }))).toEqual([false, false]);
  });
});
