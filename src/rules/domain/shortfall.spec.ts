import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { all, any, code } from '../../../test/support/example-rules.js';
import { compileSource } from './compile.js';
import type { Source } from './rule.js';
import { shortfallOf } from './shortfall.js';

const [A, B, C, D] = [code('A'), code('B'), code('C'), code('D')];
const pattern: Source = { kind: 'course', select: { kind: 'pattern', pattern: 'A*' } };
const atLeast = (demand: { readonly courses?: number; readonly credits?: number }, ...of: Source[]): Source => ({
  kind: 'atLeast',
  ...demand,
  of,
});

interface Lack {
  readonly missing: readonly string[];
  readonly courses: number;
  readonly credits: number;
}

/** What the source lacks when these letters are held, three credits each, for a set with the wanted one. */
function lacking(source: Source, held: string, wanted?: string): Lack {
  const eligible = compileSource(source).leaves.map(({ selector }) =>
    [...held].flatMap((letter, index) => (selector.label.startsWith(letter) ? [index] : [])),
  );
  const { missing, ...rest } = shortfallOf(
    compileSource(source).root,
    { eligible, credits: [...held].map(() => 3000) },
    wanted === undefined ? undefined : held.indexOf(wanted),
  );
  return { missing: missing.map(({ selector }) => selector.label), ...rest };
}

const nothing: Lack = { missing: [], courses: 0, credits: 0 };
const missing = (courses: number, ...labels: string[]): Lack => ({ missing: labels, courses, credits: 0 });

describe('what a source lacks', () => {
  const cases: readonly [sentence: string, source: Source, held: string, wanted: string, shortfall: Lack][] = [
    ['the other parts of an all', all(A, B, C), 'A', 'A', missing(2, 'B', 'C')],
    ['the second attempt where a code is named twice', all(A, A), 'A', 'A', missing(1, 'A')],
    ['nothing when all is held', all(A, B), 'AB', 'B', nothing],
    ['of an any the part that uses the completion', any(all(A, B, C), D), 'A', 'A', missing(2, 'B', 'C')],
    ['of an any in which nothing is held the part that lacks least', all(A, any(all(B, C), D)), 'A', 'A', missing(1, 'D')],
    ['so many more of an atLeast, by what could bring them', atLeast({ courses: 3 }, A, B, C, D), 'AB', 'A', missing(1, 'C', 'D')],
    ['credits of an atLeast', atLeast({ credits: 9 }, A, B, C), 'AB', 'A', { missing: ['C'], courses: 0, credits: 3000 }],
    ['no course that is held', atLeast({ credits: 9 }, A, B), 'AB', 'A', { missing: [], courses: 0, credits: 3000 }],
    ['both of an atLeast', atLeast({ courses: 3, credits: 9 }, A, B), 'AB', 'A', { missing: [], courses: 1, credits: 3000 }],
    [
      'of an any that is filled by what is held the other part',
      atLeast({ credits: 6 }, any(A, B)),
      'A',
      'A',
      { missing: ['B'], courses: 0, credits: 3000 },
    ],
    ['more of what selects many courses', atLeast({ courses: 2 }, pattern), 'A', 'A', missing(1, 'A*')],
    ['of a part that is begun the rest of it', atLeast({ courses: 2 }, all(A, B, C)), 'A', 'A', missing(2, 'B', 'C')],
    ['an atLeast that holds enough lacks nothing', all(atLeast({ courses: 1 }, A, B), C), 'A', 'A', missing(1, 'C')],
    ['an atLeast of nothing lacks nothing', all(atLeast({}, atLeast({}, A)), C), 'A', 'A', missing(1, 'C')],
    ['the parts of an atLeast that are sets of several', atLeast({ courses: 4 }, all(A, B), all(C, D)), 'ABC', 'A', missing(1, 'D')],
    ['nothing of an any without parts', any(), 'A', 'A', nothing],
    ['what is held goes to the part that can do with nothing else', all(any(A, B), A, C), 'AB', 'A', missing(1, 'C')],
    ['nor does a pattern take what a code wants', all(pattern, A), 'A', 'A', missing(1, 'A*')],
    ['a completion of an atLeast counts once', atLeast({ courses: 3 }, all(A, B), A), 'A', 'A', missing(2, 'B')],
  ];

  it.each(cases)('%s', (_, source, held, wanted, shortfall) => {
    expect(lacking(source, held, wanted)).toEqual(shortfall);
  });

  it('without a completion in mind: the part that lacks least, the first of equal ones', () => {
    expect(lacking(any(all(A, B), C, D), '')).toEqual(missing(1, 'C'));
    expect(lacking(any(atLeast({ credits: 6 }, A), atLeast({ credits: 3 }, B)), '')).toEqual({ missing: ['B'], courses: 0, credits: 3000 });
  });

  it('the same in whatever order its parts are listed', () => {
    fc.assert(
      fc.property(sources, fc.constantFrom('A', 'AB', 'AC', 'AAB', 'ABCD'), fc.constantFrom('A', undefined), (source, held, wanted) => {
        const inAnyOrder = (lack: Lack): Lack => ({ ...lack, missing: [...new Set(lack.missing)].sort() });
        expect(inAnyOrder(lacking(reversed(source), held, wanted))).toEqual(inAnyOrder(lacking(source, held, wanted)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is told of each of two thousand completions that are too few', () => {
    const { root, leaves } = compileSource(atLeast({ courses: 2_005 }, pattern));
    const held = Array.from({ length: 2_000 }, (_, index) => index);
    const stock = { eligible: leaves.map(() => held), credits: held.map(() => 3000) };
    // One look at all others for each is four million steps; a look at all others for each of the others takes minutes.
    for (const wanted of held) expect(shortfallOf(root, stock, wanted).courses).toBe(5);
  });
});

const { source: sources } = fc.letrec<{ source: Source; parts: Source[] }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(A, B, C, D, pattern),
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: tie('parts') }),
    fc.record({ kind: fc.constant('atLeast' as const), courses: fc.integer({ min: 1, max: 4 }), of: tie('parts') }),
    fc.record({ kind: fc.constant('atLeast' as const), credits: fc.constantFrom(3, 6, 10), of: tie('parts') }),
  ),
  parts: fc.array(tie('source'), { minLength: 1, maxLength: 3 }),
}));

function reversed(source: Source): Source {
  return source.kind === 'course' ? source : { ...source, of: source.of.map(reversed).reverse() };
}
