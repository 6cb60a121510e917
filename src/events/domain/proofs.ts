import { type Hash, nodeHash } from './merkle.js';

/** Whether two hashes are the same; they are public, so it need not take the same time always. */
function isSame(one: Hash | undefined, other: Hash): boolean {
  return one?.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); undefined when it has too many hashes or too few for that place. */
function rootOfInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | undefined {
  if (index >= size) return undefined;
  let [node, last, root] = [index, size - 1, leaf];
  for (const hash of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      root = nodeHash(hash, root);
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      root = nodeHash(root, hash);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}

/** A leaf's hash and place in a tree of so many leaves, and the hashes that lead to the root. */
export interface InclusionProof {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Hash[];
}

/** Whether a proof shows that a leaf is in the tree with this root (RFC 9162, section 2.1.3.2, whose tree is that of RFC 6962). */
export function provesInclusion({ leaf, index, size, path }: InclusionProof, root: Hash): boolean {
  return isSame(rootOfInclusion(leaf, index, size, path), root);
}

/** A tree by its number of leaves and its root. */
export interface TreeState {
  readonly size: number;
  readonly root: Hash;
}

/** Whether a proof shows that an older tree of 1 or more leaves is the beginning of a newer one (RFC 9162, section 2.1.4.2). */
export function provesConsistency(from: TreeState, to: TreeState, path: readonly Hash[]): boolean {
  if (from.size < 1 || from.size > to.size) return false;
  if (from.size === to.size) return path.length === 0 && isSame(from.root, to.root);
  let [node, last] = [from.size - 1, to.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  // An older tree that is one perfect subtree of the newer is where the proof starts, and is left out of it.
  const [first, ...rest] = node === 0 ? [from.root, ...path] : path;
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [older, newer] = [nodeHash(hash, older), nodeHash(hash, newer)];
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      newer = nodeHash(newer, hash);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(older, from.root) && isSame(newer, to.root);
}
