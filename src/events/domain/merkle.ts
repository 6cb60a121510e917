import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** A SHA-256 digest: 32 bytes. */
export type Hash = Uint8Array;

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A perfect subtree: of the leaves from `index`·2^`level` on, 2^`level`. It never changes once its leaves are there, so it is what a log stores. */
export interface NodeAddress {
  readonly level: number;
  readonly index: number;
}

/** A perfect subtree with its hash. */
export interface TreeNode extends NodeAddress {
  readonly hash: Hash;
}

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** The hash of a leaf (RFC 6962, section 2.1): the prefix keeps an entry from passing for a node. */
export function leafHash(entry: Uint8Array): Hash {
  return sha256(concatBytes(leafPrefix, entry));
}

/** The hash of an inner node (RFC 6962, section 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(concatBytes(nodePrefix, left, right));
}

/** The largest power of two that is at most a size of 1 or more. Multiplies, because bit operations end at 32 bits. */
function largestPowerWithin(size: number): number {
  let power = 1;
  while (power * 2 <= size) power *= 2;
  return power;
}

/** Where the tree of so many leaves, 2 or more, parts: the largest power of two smaller than their number (RFC 6962, section 2.1). */
function splitOf(size: number): number {
  return largestPowerWithin(size - 1);
}

/**
 * The perfect subtrees that a range of leaves is made of, from left to right: at most one per level. The range is one that occurs in a tree, so its
 * start is a multiple of every power of two within its length.
 */
export function coverOf({ start, end }: LeafRange): readonly NodeAddress[] {
  const cover: NodeAddress[] = [];
  for (let next = start; next < end;) {
    const width = largestPowerWithin(end - next);
    cover.push({ level: Math.log2(width), index: next / width });
    next += width;
  }
  return cover;
}

/** The hash of a range out of the hashes of its {@link coverOf}: smaller subtrees join from the right. Of none, the hash of the empty tree. */
export function foldCover(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) return sha256(new Uint8Array());
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** A tree that grows at its end, known by the perfect subtrees that cover it. */
export class GrowingTree {
  private constructor(
    private leaves: number,
    private readonly cover: TreeNode[],
  ) {}

  static empty(): GrowingTree {
    return new GrowingTree(0, []);
  }

  /** The tree of so many leaves, out of the hashes of its cover. */
  static of(size: number, hashes: readonly Hash[]): GrowingTree {
    const addresses = coverOf({ start: 0, end: size });
    if (addresses.length !== hashes.length) throw new Error(`a tree of ${String(size)} leaves has ${String(addresses.length)} subtrees`);
    return new GrowingTree(size, zip(addresses, hashes));
  }

  get size(): number {
    return this.leaves;
  }

  get root(): Hash {
    return foldCover(this.cover.map(({ hash }) => hash));
  }

  /** Adds a leaf; answers the perfect subtrees that it completes, itself among them, lower ones first. */
  append(hash: Hash): readonly TreeNode[] {
    let node: TreeNode = { level: 0, index: this.leaves, hash };
    const completed = [node];
    for (let left = this.cover.at(-1); left?.level === node.level; left = this.cover.at(-1)) {
      this.cover.pop();
      node = { level: node.level + 1, index: left.index / 2, hash: nodeHash(left.hash, node.hash) };
      completed.push(node);
    }
    this.cover.push(node);
    this.leaves += 1;
    return completed;
  }
}

function zip(addresses: readonly NodeAddress[], hashes: readonly Hash[]): TreeNode[] {
  return addresses.flatMap((address, index) => {
    const hash = hashes[index];
    return hash === undefined ? [] : [{ ...address, hash }];
  });
}

/** The ranges whose hashes prove that a leaf is in the tree of so many leaves, from the leaf upwards: PATH(m, D[n]) of RFC 6962, section 2.1.1. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/**
 * The ranges whose hashes prove that the tree of `from` leaves, 1 or more, is the beginning of the tree of `to` leaves:
 * PROOF(m, D[n]) of RFC 6962, section 2.1.2. None when they are the same tree.
 */
export function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  const ranges: LeafRange[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // Whoever has the root of the older tree need not be told it.
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}
