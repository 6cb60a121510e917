import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { patternToRegExp } from '../../kernel/index.js';
import { codesOf, intersectPatterns } from './pattern-overlap.js';

const pattern = fc.array(fc.constantFrom('A', 'B', '1', '2', '#', '*'), { minLength: 1, maxLength: 6 }).map((tokens) => tokens.join(''));

/** All texts over a small alphabet up to a length. */
function textsUpTo(length: number): readonly string[] {
  if (length === 0) return [''];
  const shorter = textsUpTo(length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => ['A', 'B', '1', '2'].map((letter) => text + letter))])];
}

const texts = textsUpTo(5);

describe('intersectPatterns', () => {
  it.each<[string, string, string | undefined]>([
    ['CMPT 1##', 'cmpt *', 'CMPT1##'],
    ['CMPT 1##', 'CMPT #2#', 'CMPT12#'],
    ['CMPT 1##', 'CMPT 2##', undefined],
    ['CMPT 1##', 'CMPT 1#', undefined],
    ['MATH 101', 'MATH ###', 'MATH101'],
    ['*A', 'B*', 'B*A'],
    ['*', '*', '*'],
    ['##', '*', '##'],
    ['#', 'A', undefined],
  ])('%s and %s', (one, other, expected) => {
    expect(intersectPatterns(one, other)).toBe(expected);
  });

  it('finds a code whenever there is one, and only then', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [a, b] = [patternToRegExp(one), patternToRegExp(other)];
        const both = intersectPatterns(one, other);
        const shared = texts.filter((text) => a.test(text) && b.test(text));
        if (both === undefined) expect(shared).toEqual([]);
        else {
          const [code = ''] = codesOf(both, 1);
          expect([a.test(code.replace(' ', '')), b.test(code.replace(' ', ''))]).toEqual([true, true]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('codesOf', () => {
  it.each<[string, readonly string[]]>([
    ['CMPT ###', ['CMPT 100', 'CMPT 101', 'CMPT 102']],
    ['CMPT 1##', ['CMPT 100', 'CMPT 101', 'CMPT 102']],
    ['MATH 101', ['MATH 101']],
    ['MATH 101*', ['MATH 101', 'MATH 101B', 'MATH 101C']],
    ['CMPT *', ['CMPT 101', 'CMPT 102', 'CMPT 103']],
    ['*', ['101', '102', '103']],
    ['CMPT 1#*', ['CMPT 10', 'CMPT 11', 'CMPT 12']],
  ])('of %s', (text, expected) => {
    expect([...codesOf(text, 3)]).toEqual(expected);
  });

  it('end where a pattern has no more, unless it has a rest', () => {
    expect([...codesOf('A #', 50)]).toHaveLength(9);
    expect([...codesOf('A #*', 12)].slice(8)).toEqual(['A 9', 'A 9J', 'A 9K', 'A 9L']);
    expect([...codesOf('A #*', 60)].at(-1)).toBe('A 9BH');
  });

  it('match their pattern', () => {
    fc.assert(
      fc.property(pattern, (text) => {
        const expression = patternToRegExp(text);
        for (const code of codesOf(text, 40)) expect(expression.test(code.replaceAll(' ', ''))).toBe(true);
      }),
    );
  });
});
