import { describe, expect, it } from '@jest/globals';
import type { Pool } from './pool.js';
import { findSet, isSet } from './sets.js';
import type { Node, One } from './terms.js';

/** Parts by the items that fit them; every item has two credits. */
class Parts {
  private readonly fits = new Map<One, readonly number[]>();

  readonly pool: Pool = { size: 4, fitting: (part) => this.fits.get(part) ?? [], creditsOf: () => 2 };

  one(...items: readonly number[]): One {
    const part: One = { kind: 'one', leaves: [] };
    this.fits.set(part, items);
    return part;
  }
}

/** Every set that is handed out as minimal. */
function setsOf(node: Node, pool: Pool): readonly (readonly number[])[] {
  const sets: (readonly number[])[] = [];
  const accept = (set: readonly number[]): boolean => {
    sets.push(set);
    return false;
  };
  findSet(node, pool, { including: [], free: [true, true, true, true], accept, uniform: false }, { left: 10_000 });
  return sets;
}

describe('the sets of a source', () => {
  it('hold each completion once, where an atLeast stands in an all', () => {
    const parts = new Parts();
    // Six credits are three items, for which 2 and both of 0 and 3 are needed; 1 is left for the other part.
    const source: Node = {
      kind: 'all',
      of: [
        {
          kind: 'atLeast',
          courses: 0,
          credits: 6,
          of: [parts.one(2), { kind: 'count', courses: 1, credits: 0, of: parts.one(0, 3) }],
        },
        parts.one(0, 1),
      ],
    };
    expect(setsOf(source, parts.pool)).toEqual([[0, 1, 2, 3]]);
    expect(isSet(source, parts.pool, [0, 1, 2, 3], { left: 10_000 })).toBe(true);
  });

  it('are asked once whether they are minimal, in however many ways their parts make them', () => {
    const parts = new Parts();
    const source: Node = {
      kind: 'atLeast',
      courses: 0,
      credits: 8,
      of: [{ kind: 'count', courses: 1, credits: 0, of: parts.one(0, 1, 2, 3) }, parts.one(0, 1, 2, 3), parts.one(0, 1, 2, 3)],
    };
    // Eight credits are all four items.
    expect(setsOf(source, parts.pool)).toEqual([[0, 1, 2, 3]]);
  });
});
