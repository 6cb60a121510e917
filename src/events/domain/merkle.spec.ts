import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {
  consistencyRanges,
  coverOf,
  foldCover,
  GrowingTree,
  type Hash,
  inclusionRanges,
  leafHash,
  type LeafRange,
  nodeHash,
} from './merkle.js';
import { provesConsistency, provesInclusion } from './proofs.js';

/** The reference vectors of Certificate Transparency (cpp/merkletree/merkle_tree_test.cc of google/certificate-transparency). */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const inclusionVectors = [
  { leaf: 1, size: 1, path: [] },
  {
    leaf: 1,
    size: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    leaf: 6,
    size: 8,
    path: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { leaf: 3, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    leaf: 2,
    size: 5,
    path: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];
const consistencyVectors = [
  { from: 1, to: 1, path: [] },
  {
    from: 1,
    to: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    from: 6,
    to: 8,
    path: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    path: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

const leaves = inputs.map((input) => leafHash(hexToBytes(input)));

/** MTH of RFC 6962, section 2.1, word for word. */
function naiveRoot(hashes: readonly Hash[]): Hash {
  const [only] = hashes;
  if (only === undefined) return foldCover([]);
  if (hashes.length === 1) return only;
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return nodeHash(naiveRoot(hashes.slice(0, split)), naiveRoot(hashes.slice(split)));
}

/** Everything that a log of these leaves would store, and what it makes of a range. */
function logOf(hashes: readonly Hash[]): { readonly tree: GrowingTree; readonly rangeHash: (range: LeafRange) => Hash } {
  const tree = GrowingTree.empty();
  const stored = new Map<string, Hash>();
  for (const leaf of hashes) for (const { level, index, hash } of tree.append(leaf)) stored.set(`${String(level)}/${String(index)}`, hash);
  const nodeAt = (level: number, index: number): Hash => {
    const hash = stored.get(`${String(level)}/${String(index)}`);
    if (hash === undefined) throw new Error(`no node ${String(level)}/${String(index)} is stored`);
    return hash;
  };
  return { tree, rangeHash: (range) => foldCover(coverOf(range).map(({ level, index }) => nodeAt(level, index))) };
}

const hex = (hashes: readonly Hash[]): string[] => hashes.map(bytesToHex);

describe('the tree of RFC 6962', () => {
  it.each(roots.map((root, size) => ({ size, root })))('has the reference root of $size leaves', ({ size, root }) => {
    expect(bytesToHex(logOf(leaves.slice(0, size)).tree.root)).toBe(root);
  });

  it.each(inclusionVectors)('has the reference path of leaf $leaf of $size', ({ leaf, size, path }) => {
    const ranges = inclusionRanges(leaf - 1, size);
    expect(hex(ranges.map(logOf(leaves.slice(0, size)).rangeHash))).toEqual(path);
    const proof = { leaf: leaves[leaf - 1] ?? new Uint8Array(), index: leaf - 1, size, path: path.map(hexToBytes) };
    expect(provesInclusion(proof, hexToBytes(roots[size] ?? ''))).toBe(true);
  });

  it.each(consistencyVectors)('has the reference proof from $from to $to leaves', ({ from, to, path }) => {
    expect(hex(consistencyRanges(from, to).map(logOf(leaves.slice(0, to)).rangeHash))).toEqual(path);
    const state = (size: number) => ({ size, root: hexToBytes(roots[size] ?? '') });
    expect(provesConsistency(state(from), state(to), path.map(hexToBytes))).toBe(true);
  });
});

const hashes = fc
  .array(fc.uint8Array({ minLength: 0, maxLength: 8 }), { minLength: 1, maxLength: 70 })
  .map((entries) => entries.map(leafHash));

/** A tree with two places in it, 0 up to its size. */
const treeWithPlaces = hashes.chain((all) => fc.tuple(fc.constant(all), fc.nat(all.length - 1), fc.nat(all.length - 1)));

describe('any tree', () => {
  it('has the root of the naive tree at every size, also when it is taken up from what is stored', () => {
    fc.assert(
      fc.property(treeWithPlaces, ([all, place]) => {
        const { tree, rangeHash } = logOf(all.slice(0, place));
        expect(tree.root).toEqual(naiveRoot(all.slice(0, place)));
        const again = GrowingTree.of(
          place,
          coverOf({ start: 0, end: place }).map(({ level, index }) =>
            rangeHash({ start: index * 2 ** level, end: (index + 1) * 2 ** level }),
          ),
        );
        for (const leaf of all.slice(place)) again.append(leaf);
        expect(again.size).toBe(all.length);
        expect(again.root).toEqual(naiveRoot(all));
      }),
    );
  });

  it('proves each leaf, and none by a proof that was touched', () => {
    fc.assert(
      fc.property(treeWithPlaces, fc.nat(), ([all, index, other], touched) => {
        const size = all.length;
        const root = naiveRoot(all);
        const ranges = inclusionRanges(index, size);
        const path = ranges.map(logOf(all).rangeHash);
        expect(hex(path)).toEqual(hex(ranges.map(({ start, end }) => naiveRoot(all.slice(start, end)))));
        const proof = { leaf: all[index] ?? new Uint8Array(), index, size, path };
        expect(provesInclusion(proof, root)).toBe(true);
        expect(provesInclusion({ ...proof, path: touch(path, touched) }, root)).toBe(false);
        expect(provesInclusion({ ...proof, index: size + other }, root)).toBe(false);
        expect(provesInclusion({ ...proof, leaf: root }, root)).toBe(size === 1);
        if (bytesToHex(all[other] ?? root) !== bytesToHex(proof.leaf)) {
          expect(provesInclusion({ ...proof, index: other }, root)).toBe(false);
        }
      }),
    );
  });

  it('proves every beginning of itself, and none by a proof that was touched', () => {
    fc.assert(
      fc.property(treeWithPlaces, fc.nat(), ([all, one, other], touched) => {
        const [from, to] = [Math.min(one, other) + 1, Math.max(one, other) + 1];
        const state = (size: number) => ({ size, root: naiveRoot(all.slice(0, size)) });
        const path = consistencyRanges(from, to).map(logOf(all).rangeHash);
        expect(provesConsistency(state(from), state(to), path)).toBe(true);
        expect(provesConsistency(state(from), state(to), touch(path, touched))).toBe(false);
        expect(provesConsistency({ size: from, root: leafHash(state(from).root) }, state(to), path)).toBe(false);
        expect(provesConsistency(state(from), { size: to, root: leafHash(state(to).root) }, path)).toBe(false);
        expect(provesConsistency({ size: 0, root: foldCover([]) }, state(to), path)).toBe(false);
        expect(provesConsistency({ ...state(from), size: to + 1 }, state(to), path)).toBe(false);
      }),
    );
  });
});

/** A path with one hash changed, left out or put in more. */
function touch(path: readonly Hash[], touched: number): readonly Hash[] {
  const place = touched % (path.length + 1);
  const more = leafHash(Uint8Array.of(1, 2, 3));
  if (place === path.length || touched % 3 === 0) return path.toSpliced(place, 0, more);
  return touched % 3 === 1 ? path.toSpliced(place, 1) : path.toSpliced(place, 1, more);
}
