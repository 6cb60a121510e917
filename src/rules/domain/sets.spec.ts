import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileSource } from './compile.js';
import type { Source } from './rule.js';
import { compareSets, hasSet, minimalSets, type FoundSets, type Stock } from './sets.js';

/** Sources over codes of one letter; the completions are letters too, those of `held`, each of so many credits. */

const code = (text: string): Source => ({ kind: 'course', select: { kind: 'code', code: text } });
const all = (...of: readonly Source[]): Source => ({ kind: 'all', of });
const any = (...of: readonly Source[]): Source => ({ kind: 'any', of });
const atLeast = (demand: { readonly courses?: number; readonly credits?: number }, ...of: readonly Source[]): Source => ({
  kind: 'atLeast',
  ...demand,
  of,
});
const [A, B, C, D] = [code('A'), code('B'), code('C'), code('D')];
/** Any of the letters. */
const one = (letters: string): Source => any(...[...letters].map(code));

function stockOf(source: Source, held: string, credits: readonly number[]): Stock {
  const eligible = compileSource(source).leaves.map(({ selector }) =>
    [...held].flatMap((letter, index) => (selector.label === letter ? [index] : [])),
  );
  return { eligible, credits: [...held].map((_, index) => (credits[index] ?? 3) * 1000) };
}

function find(source: Source, held: string, credits: readonly number[] = [], limit = 1_000): FoundSets {
  return minimalSets(compileSource(source).root, stockOf(source, held, credits), limit);
}

/** The sets as words: "AB" is the set of A and B. */
function setsOf(source: Source, held: string, credits: readonly number[] = []): readonly string[] {
  const { sets, complete } = find(source, held, credits);
  expect(complete).toBe(true);
  return sets.map((set) => set.map((index) => held[index]).join(''));
}

describe('the sets of a source', () => {
  const cases: readonly [sentence: string, source: Source, held: string, credits: readonly number[], sets: readonly string[]][] = [
    ['course: each single one', A, 'AAB', [], ['A', 'A']],
    ['any: the sets of each part', any(A, all(B, C)), 'ABC', [], ['A', 'BC']],
    ['any: one completion that two parts take is one set', any(A, A, B), 'AB', [], ['A', 'B']],
    ['all: unions of one set of each part', all(one('AB'), C), 'ABC', [], ['AC', 'BC']],
    ['all: every part takes completions of its own', all(A, A), 'A', [], []],
    ['all: the same code twice takes two completions', all(A, A), 'AA', [], ['AA']],
    ['all: part sets that overlap give way to others', all(one('AB'), A), 'AB', [], ['AB']],
    ['all: nothing without one of its parts', all(A, B), 'A', [], []],
    ['atLeast: so many courses', atLeast({ courses: 2 }, one('ABC')), 'ABC', [], ['AB', 'AC', 'BC']],
    [
      'atLeast: so many credits, and no more completions than that takes',
      atLeast({ credits: 6 }, one('ABC')),
      'ABC',
      [6, 3, 3],
      ['A', 'BC'],
    ],
    ['atLeast: courses and credits both', atLeast({ courses: 2, credits: 9 }, one('ABC')), 'ABC', [6, 3, 3], ['AB', 'AC']],
    ['atLeast: too few', atLeast({ courses: 3 }, one('ABC')), 'AB', [], []],
    ['atLeast: a completion without credits is in no set for credits alone', atLeast({ credits: 3 }, one('AB')), 'AB', [0, 3], ['B']],
    ['atLeast: a part may contribute several sets', atLeast({ courses: 4 }, all(one('AB'), one('CD'))), 'ABCD', [], ['ABCD']],
    ['atLeast: a set of several completions counts them all', atLeast({ courses: 2 }, all(A, B), C), 'ABC', [], ['AB']],
    [
      'atLeast: its parts give more than their minimal sets',
      atLeast({ credits: 9 }, all(A, atLeast({ courses: 1 }, B, C))),
      'ABC',
      [],
      ['ABC'],
    ],
    ['atLeast: a larger set of a part where the smaller is too small', atLeast({ courses: 2 }, any(A, all(A, B))), 'AB', [], ['AB']],
    ['of all these the subset-minimal', any(all(A, B), A, all(B, C)), 'ABC', [], ['A', 'BC']],
    ['nothing is asked for: the empty set alone', any(atLeast({}, A), B), 'AB', [], ['']],
    ['nothing to choose from: no set', any(), 'A', [], []],
  ];

  it.each(cases)('%s', (_, source, held, credits, sets) => {
    expect(setsOf(source, held, credits)).toEqual(sets);
  });

  it('there are at most `limit` of, each minimal all the same, and said to be incomplete', () => {
    const twelve = 'ABCDEFGHIJKL';
    const singles = find(one(twelve), twelve, [], 3);
    expect(singles).toEqual({ sets: [[0], [1], [2]], complete: false });
    const four = find(atLeast({ courses: 4 }, one(twelve)), twelve, [], 100); // of 495
    expect(four.complete).toBe(false);
    expect(four.sets).toHaveLength(100);
    // all(any of 12, A) finds {A, B} … first; the set {A} of the second part of `any` makes them larger than needed.
    const mixed = find(any(all(one(twelve), A), A), twelve, [], 5);
    expect(mixed).toEqual({ sets: [], complete: false });
    expect(find(any(all(one(twelve), A), A), twelve, [], 100)).toEqual({ sets: [[0]], complete: true });
  });

  it('are not searched for longer than the number of steps allows', () => {
    const held = 'AAAAAAAA';
    const nine = all(...Array.from({ length: 9 }, () => A));
    const stock = stockOf(nine, held, []);
    // Eight completions for nine parts: 8! orders to try, some 110,000 steps.
    expect(hasSet(compileSource(nine).root, stock)).toEqual({ found: false, complete: false });
    expect(find(nine, held)).toEqual({ sets: [], complete: false });
  });

  it('are incomplete where an atLeast has too many sets of its parts to combine', () => {
    const seventy = 'A'.repeat(70);
    const { sets, complete } = find(atLeast({ courses: 2 }, all(A, A)), seventy, [], 10_000); // 70 · 69 / 2 = 2,415 pairs
    expect(complete).toBe(false);
    expect(sets).toHaveLength(2_000);
  });
});

describe('a stock', () => {
  it('that does not know a course source or a completion gives nothing', () => {
    const source = compileSource(atLeast({ credits: 3 }, A, B));
    expect(minimalSets(source.root, { eligible: [], credits: [] }, 10)).toEqual({ sets: [], complete: true });
    expect(minimalSets(source.root, { eligible: [[0], [1]], credits: [3000] }, 10)).toEqual({ sets: [[0]], complete: true });
  });
});

describe('compareSets', () => {
  it('orders lists of numbers as a dictionary does words', () => {
    const sets = [[], [0], [0, 1], [0, 2], [1], [1, 0]];
    expect([...sets].reverse().sort(compareSets)).toEqual(sets);
    expect(compareSets([1, 2], [1, 2])).toBe(0);
  });
});

describe('hasSet', () => {
  it('tells whether there is a set', () => {
    const has = (source: Source, held: string): boolean => hasSet(compileSource(source).root, stockOf(source, held, [])).found;
    expect([has(all(A, B), 'AB'), has(all(A, B), 'A'), has(D, 'D')]).toEqual([true, false, true]);
  });
});

describe('against the definition', () => {
  /** Whether a set of completions, as a bit mask, is a set of the source: every way to part it is tried. */
  function isSet(source: Source, mask: number, held: string, credits: readonly number[]): boolean {
    switch (source.kind) {
      case 'course':
        return [...held].some((letter, index) => mask === 1 << index && source.select.kind === 'code' && source.select.code === letter);
      case 'any':
        return source.of.some((part) => isSet(part, mask, held, credits));
      case 'all': {
        const [first, ...others] = source.of;
        if (first === undefined) return mask === 0;
        return submasks(mask).some((sub) => isSet(first, sub, held, credits) && isSet(all(...others), mask & ~sub, held, credits));
      }
      case 'atLeast': {
        const members = [...held].flatMap((_, index) => ((mask & (1 << index)) === 0 ? [] : [index]));
        const sum = members.reduce((total, index) => total + (credits[index] ?? 3), 0);
        return members.length >= (source.courses ?? 0) && sum >= (source.credits ?? 0) && isUnion(source.of, mask, held, credits);
      }
    }
  }

  function isUnion(parts: readonly Source[], mask: number, held: string, credits: readonly number[]): boolean {
    if (mask === 0) return true;
    const lowest = mask & -mask;
    return submasks(mask).some(
      (sub) => (sub & lowest) !== 0 && parts.some((part) => isSet(part, sub, held, credits)) && isUnion(parts, mask & ~sub, held, credits),
    );
  }

  function submasks(mask: number): readonly number[] {
    const found = [mask];
    for (let sub = mask; sub !== 0;) {
      sub = (sub - 1) & mask;
      found.push(sub);
    }
    return found;
  }

  const sources = fc.letrec<{ source: Source; node: Source; leaf: Source }>((tie) => ({
    leaf: fc.constantFrom(A, B, C, D, one('AB'), one('BCD')),
    node: fc.oneof(
      fc.array(tie('source'), { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
      fc.array(tie('source'), { minLength: 1, maxLength: 3 }).map((of) => any(...of)),
      fc
        .tuple(
          fc.array(tie('source'), { minLength: 1, maxLength: 3 }),
          fc.integer({ min: 1, max: 4 }),
          fc.constantFrom(undefined, 3, 7.5, 9),
        )
        .map(([of, courses, credits]) =>
          atLeast({ ...(credits === undefined || courses % 2 === 0 ? { courses } : {}), ...(credits !== undefined && { credits }) }, ...of),
        ),
    ),
    source: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('node')),
  })).source;
  const letters = fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 7 }).map((list) => list.join(''));
  const amounts = fc.array(fc.constantFrom(0, 1.5, 3, 4, 6), { minLength: 7, maxLength: 7 });

  it('the sets are the subset-minimal of all subsets that are sets of the source, whatever the source', () => {
    fc.assert(
      fc.property(sources, letters, amounts, (source, held, credits) => {
        const masks = submasks((1 << held.length) - 1).filter((mask) => isSet(source, mask, held, credits));
        const minimal = masks.filter((mask) => !masks.some((other) => other !== mask && (other & mask) === other));
        const { sets, complete } = find(source, held, credits);
        expect(complete).toBe(true);
        expect(sets.map((set) => set.reduce((mask, index) => mask | (1 << index), 0)).sort((a, b) => a - b)).toEqual(
          minimal.sort((a, b) => a - b),
        );
        expect(hasSet(compileSource(source).root, stockOf(source, held, credits))).toEqual({ found: masks.length > 0, complete: true });
      }),
      { numRuns: 1_000 },
    );
  });
});
