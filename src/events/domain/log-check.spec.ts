import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../kernel/index.js';
import { digestBytes, digestText } from './digests.js';
import type { HeadLine, LeafLine, UnsealedLine } from './export-lines.js';
import { LogCheck } from './log-check.js';
import { GrowingTree, leafHash } from './merkle.js';

const institution = 'i';

function entryOf(id: string, log = institution) {
  const entry = { id, institution: log, action: 'course.changed' };
  return { digest: digestOf(entry), entry };
}

function leaf(index: number, id = `e${String(index)}`, log = institution): LeafLine {
  return { kind: 'leaf', index, ...entryOf(id, log) };
}

function unsealed(id: string): UnsealedLine {
  return { kind: 'unsealed', ...entryOf(id) };
}

/** The head that belongs after these leaves. */
function head(leaves: readonly LeafLine[], rest: Partial<HeadLine> = {}): HeadLine {
  const tree = GrowingTree.empty();
  for (const { digest } of leaves) tree.append(leafHash(digestBytes(digest) ?? new Uint8Array()));
  const { size, root } = tree;
  return { kind: 'head', size, root: digestText(root), at: '2026-01-01T00:00:00.000Z', signature: '', ...rest };
}

/** What a check of these lines says, line by line, and of the end. */
function faultsOf(...lines: readonly (LeafLine | HeadLine | UnsealedLine)[]): readonly (readonly string[])[] {
  const check = new LogCheck(institution);
  const faults = lines.map((line) => {
    switch (line.kind) {
      case 'leaf':
        return check.leaf(line);
      case 'head':
        return check.head(line);
      case 'unsealed':
        return check.unsealedEntry(line);
    }
  });
  return [...faults, check.end()];
}

describe('the check of a log', () => {
  it('finds nothing in a log as it was sealed, whatever the order of ids from batch to batch', () => {
    const leaves = [leaf(0, 'e5'), leaf(1, 'e6'), leaf(2, 'e1')];
    const lines = [...leaves.slice(0, 2), head(leaves.slice(0, 2)), ...leaves.slice(2), head(leaves), unsealed('e0'), unsealed('e7')];
    expect(faultsOf(...lines).flat()).toEqual([]);
    expect(faultsOf()).toEqual([[]]);
  });

  it.each([
    ['another digest', { ...leaf(0), digest: digestOf('x') }, 'has another digest than its entry'],
    ['no digest', { ...leaf(0), digest: 'x' }, 'has another digest than its entry'],
    ['another log', leaf(0, 'e0', 'j'), 'is an entry of another log'],
    ['a gap', leaf(1), 'has the index 1: the entry 0 is missing'],
  ])('finds %s', (_, line, fault) => {
    expect(faultsOf(line, head([line]))[0]).toEqual([fault]);
  });

  it('finds what is there twice, and what is out of order', () => {
    const [first, second] = [leaf(0), leaf(1)];
    expect(faultsOf(first, head([first]), leaf(1, 'e0'))[2]).toEqual(['is the entry e0 a second time']);
    expect(faultsOf(first, head([first]), leaf(0, 'e9'))[2]).toEqual(['has the index 0, which was there before']);
    expect(faultsOf(leaf(0, 'e2'), leaf(1, 'e1'))[1]).toEqual(['is out of order: entries of one batch stand in the order of their ids']);
    expect(faultsOf(first, head([first]), unsealed('e0'))[2]).toEqual(['is the entry e0 a second time']);
    expect(faultsOf(unsealed('e9'), first)[1]).toEqual(['is a sealed entry after entries that are not sealed']);
    expect(faultsOf(first, second, unsealed('e9'), head([first, second]))[3]).toEqual(['is a head after entries that are not sealed']);
  });

  it('finds heads of something else', () => {
    const leaves = [leaf(0), leaf(1)];
    const root = head(leaves).root;
    expect(faultsOf(...leaves, head(leaves, { root: digestOf('x') }))[2]).toEqual([
      `has another root than the entries before it, which have ${root}`,
    ]);
    expect(faultsOf(...leaves, head(leaves, { size: 3 }))[2]).toEqual(['is the head of 3 entries, but stands after 2']);
    expect(faultsOf(...leaves, head(leaves), head(leaves))[3]).toEqual(['seals nothing that an earlier head has not sealed']);
    const third = leaf(2);
    expect(faultsOf(...leaves, head(leaves), third, head([...leaves, third], { at: '2025-12-31T00:00:00.000Z' }))[4]).toEqual([
      'is dated before an earlier head',
    ]);
    expect(faultsOf(...leaves, head(leaves), third).at(-1)).toEqual(['ends after 3 sealed entries, but no head seals more than 2']);
  });
});
