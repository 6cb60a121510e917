import { describe, expect, it } from '@jest/globals';
import type { FieldError } from '../../kernel/index.js';
import { Place, readJson } from './index.js';

function rootOf(document: unknown): { root: Place; errors: FieldError[] } {
  const errors: FieldError[] = [];
  return { root: Place.root(document, errors), errors };
}

describe('a JSON file', () => {
  it('is read from text or from UTF-8 bytes, with or without a byte order mark', () => {
    expect(readJson('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(readJson(new TextEncoder().encode('\uFEFF["中"]'))).toEqual({ ok: true, value: ['中'] });
  });

  it('that is none gives one error at the root', () => {
    expect(readJson(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({ ok: false, errors: [{ pointer: '', detail: 'is not UTF-8 text' }] });
    expect(readJson('{"a":')).toMatchObject({ ok: false, errors: [{ pointer: '' }] });
  });
});

describe('a place in a document', () => {
  it('reads what stands there', () => {
    const { root, errors } = rootOf({ text: 'x', number: 2.5, whole: 3, flag: true, list: [1, 2], 'a/b~c': 'y' });
    expect(root.at('text').text()).toBe('x');
    expect(root.at('number').number()).toBe(2.5);
    expect(root.at('whole').integer()).toBe(3);
    expect(root.at('flag').boolean()).toBe(true);
    expect(
      root
        .at('list')
        .items()
        .map((item) => item.integer()),
    ).toEqual([1, 2]);
    expect(root.at('text').oneOf(['w', 'x'])).toBe('x');
    expect(root.at('a/b~c').pointer).toBe('/a~1b~0c');
    expect(root.names()).toEqual(['text', 'number', 'whole', 'flag', 'list', 'a/b~c']);
    expect(root.textIn('text')).toBe('x');
    expect(root.textIn('number')).toBeUndefined();
    expect(root.optional('flag')?.json()).toBe('true');
    expect(root.optional('absent')).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('says what is wrong and where, and reads something empty', () => {
    const { root, errors } = rootOf({
      number: 'x',
      whole: 2.5,
      flag: null,
      list: {},
      text: [],
      deep: 'a text that is longer than forty characters is not shown',
    });
    expect(root.at('number').number()).toBe(0);
    expect(root.at('whole').integer()).toBe(0);
    expect(root.at('flag').boolean()).toBe(false);
    expect(root.at('list').items()).toEqual([]);
    expect(root.at('text').text()).toBe('');
    expect(root.at('absent').text()).toBe('');
    expect(root.at('number').oneOf(['a', 'b'])).toBe('a');
    expect(root.at('whole').at('below').at('further').text()).toBe('');
    expect(root.at('text').names()).toEqual([]);
    expect(root.at('deep').integer()).toBe(0);
    expect(root.at('list').boolean()).toBe(false);
    expect(errors).toEqual([
      { pointer: '/number', detail: 'must be a number, not "x"' },
      { pointer: '/whole', detail: 'must be a whole number' },
      { pointer: '/flag', detail: 'must be true or false, not null' },
      { pointer: '/list', detail: 'must be a list, not an object' },
      { pointer: '/text', detail: 'must be a text, not a list' },
      { pointer: '/absent', detail: 'is missing' },
      { pointer: '/number', detail: 'must be one of a, b, not "x"' },
      { pointer: '/whole', detail: 'must be an object, not 2.5' },
      { pointer: '/text', detail: 'must be an object, not a list' },
      { pointer: '/deep', detail: 'must be a number, not a text' },
      { pointer: '/list', detail: 'must be true or false, not an object' },
    ]);
  });

  it('never reads what an object has by inheritance', () => {
    const { root, errors } = rootOf({});
    expect(root.at('toString').text()).toBe('');
    expect(root.textIn('constructor')).toBeUndefined();
    expect(errors).toEqual([{ pointer: '/toString', detail: 'is missing' }]);
  });

  it('takes no text with characters that no database takes', () => {
    const { root, errors } = rootOf({ nul: 'a\0', half: '\ud800', names: { 'a\0': 1 } });
    expect([root.at('nul').text(), root.at('half').text(), root.at('names').names(), root.textIn('nul')]).toEqual(['', '', [], undefined]);
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/nul', '/half', '/names']);
  });

  it('goes on into a text that holds JSON, or stays where the value stands openly', () => {
    const { root, errors } = rootOf({ inside: '{"a":[{"b":7}]}', openly: { b: 8 }, broken: '{' });
    expect(root.at('inside').embedded().at('a').items()[0]?.at('b').integer()).toBe(7);
    expect(root.at('openly').embedded().at('b').integer()).toBe(8);
    expect(root.at('inside').embedded().at('a').items()[0]?.at('c').pointer).toBe('/inside/a/0/c');
    expect(root.at('broken').embedded().at('b').integer()).toBe(0);
    expect(errors).toEqual([{ pointer: '/broken', detail: 'must be a text that holds JSON' }]);
  });

  it('notes no more than a hundred errors', () => {
    const { root, errors } = rootOf(Array.from({ length: 300 }, () => 'x'));
    for (const item of root.items()) item.integer();
    expect(errors).toHaveLength(100);
  });
});
