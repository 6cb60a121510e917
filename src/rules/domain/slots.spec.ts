import { describe, expect, it } from '@jest/globals';
import { all, any, code } from '../../../test/support/example-rules.js';
import type { Source } from './rule.js';
import { maximumTerms, termsOf } from './slots.js';

/** The ways of a source as lists of labels, with credits where they are demanded. */
function ways(source: Source): readonly string[] {
  return termsOf(source, '').terms.map((term) =>
    term
      .map(
        ({ source: { select }, credits }) =>
          (select.kind === 'code' ? select.code : select.kind) + (credits === 0 ? '' : `:${String(credits)}`),
      )
      .join('+'),
  );
}

const [a, b, c] = [code('A'), code('B'), code('C')];
const pattern: Source = { kind: 'course', select: { kind: 'pattern', pattern: 'X#' } };

describe('the ways to satisfy a source', () => {
  it.each<[string, Source, readonly string[]]>([
    ['a course', code('A', { minimumCredits: 2 }), ['A:2000']],
    ['all', all(a, any(b, c)), ['A+B', 'A+C']],
    ['any, fewest first', any(all(a, b), c), ['C', 'A+B']],
    ['n of', { kind: 'atLeast', courses: 2, of: [a, b, c] }, ['A+B', 'A+C', 'B+C']],
    ['n of a pattern', { kind: 'atLeast', courses: 2, of: [pattern] }, ['pattern+pattern']],
    ['n of a code that is named twice', { kind: 'atLeast', courses: 2, of: [a, a, b] }, ['A+A', 'A+A', 'A+B', 'A+A', 'A+B']],
    ['n of parts that take several', { kind: 'atLeast', courses: 2, of: [all(a, b), c] }, ['A+B']],
  ])('%s', (_, source, expected) => {
    expect(ways(source)).toEqual(expected);
  });

  it('spread a sum of credits evenly', () => {
    expect(ways({ kind: 'atLeast', credits: 10, of: [a, b, c] })).toEqual([
      'A:10000',
      'B:10000',
      'C:10000',
      'A:5000+B:5000',
      'A:5000+C:5000',
      'B:5000+C:5000',
      'A:3334+B:3334+C:3334',
    ]);
  });

  it('say where each completion is asked for', () => {
    expect(termsOf(any(all(a, b), c), '/source').terms.map((term) => term.map(({ at }) => at))).toEqual([
      ['/source/of/1'],
      ['/source/of/0/of/0', '/source/of/0/of/1'],
    ]);
  });

  it('are bounded, and say so', () => {
    const many = Array.from({ length: 40 }, (_, index) => code(`A ${String(index)}`));
    expect(termsOf({ kind: 'atLeast', courses: 2, of: many }, '')).toMatchObject({ complete: true, terms: { length: 780 } });
    expect(termsOf({ kind: 'atLeast', courses: 20, of: many }, '')).toMatchObject({ complete: false, terms: { length: maximumTerms } });
    expect(termsOf({ kind: 'atLeast', courses: 30, of: many }, '')).toEqual({ complete: false, terms: [] });
    expect(termsOf({ kind: 'atLeast', courses: 23, of: many.slice(0, 24) }, '')).toMatchObject({ complete: true, terms: { length: 24 } });
    expect(termsOf(all(any(...many), any(...many)), '')).toMatchObject({ complete: false, terms: { length: maximumTerms } });
    expect(termsOf(all(...many), '')).toEqual({ complete: false, terms: [] });
  });
});
