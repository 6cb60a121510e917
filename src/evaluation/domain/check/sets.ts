import type { Thousandths } from '../../../kernel/index.js';
import { flagsOf, sumOf, type Pool, type Steps, type Visit, spend } from './pool.js';
import { visitCount, visitEach } from './simple-sets.js';
import type { Node } from './terms.js';

/** The sets of a source (§2), by search over its definition; ascending where they are handed out. */

/** Which sets are looked for. */
export interface Wanted {
  /** In every set; none of them twice. */
  readonly including: readonly number[];
  /** Items that may be used are true; `including` among them. */
  readonly free: readonly boolean[];
  readonly accept: (set: readonly number[]) => boolean;
  /** True when `accept` says the same of every set: then equal dead ends are entered once. */
  readonly uniform: boolean;
}

/** The first subset-minimal set of a source that is wanted, or undefined when there is none. */
export function findSet(node: Node, pool: Pool, wanted: Wanted, steps: Steps): readonly number[] | undefined {
  let found: readonly number[] | undefined;
  // Parts that take the same make the same set in many ways; whether it is minimal is the costly question.
  const seen = new Set<string>();
  const visit: Visit = (set) => {
    const sorted = [...set].sort((a, b) => a - b);
    const key = sorted.join();
    if (seen.has(key)) return false;
    seen.add(key);
    if (!isMinimal(node, pool, sorted, steps) || !wanted.accept(sorted)) return false;
    found = sorted;
    return true;
  };
  search(node, pool, wanted, visit, steps);
  return found;
}

/** Visits at least the subset-minimal sets that include what is wanted. */
function search(node: Node, pool: Pool, wanted: Wanted, visit: Visit, steps: Steps): boolean {
  const { including, free } = wanted;
  switch (node.kind) {
    case 'any':
      // Whether a part's set is minimal depends on the other parts too, so equal dead ends of a part are not equal here.
      return node.of.some((part) => search(part, pool, { ...wanted, uniform: false }, visit, steps));
    case 'each':
      return visitEach(node.parts, pool, wanted, visit, steps);
    case 'count':
      return visitCount(node, pool, wanted, true, visit, steps);
    default: {
      const items = reach(node, pool);
      if (!including.every((item) => items.includes(item))) return false;
      const covering: Visit = (set) => including.every((item) => set.includes(item)) && visit(set);
      return visitSets(node, pool, [...free], true, covering, steps);
    }
  }
}

/** Whether a source has a set within the free items. */
export function hasSet(node: Node, pool: Pool, free: readonly boolean[], steps: Steps): boolean {
  return visitSets(node, pool, [...free], true, () => true, steps);
}

/** Whether a list of items, ascending, is a subset-minimal set of the source. */
export function isSet(node: Node, pool: Pool, set: readonly number[], steps: Steps): boolean {
  const wanted = { including: set, free: flagsOf(pool.size, set), accept: () => true, uniform: true };
  return findSet(node, pool, wanted, steps) !== undefined;
}

/** Every item that may be part of a set, ascending. */
export function reach(node: Node, pool: Pool): readonly number[] {
  switch (node.kind) {
    case 'one':
      return pool.fitting(node);
    case 'count':
      return pool.fitting(node.of);
    default: {
      const parts: readonly Node[] = node.kind === 'each' ? node.parts : node.of;
      return [...new Set(parts.flatMap((part) => reach(part, pool)))].sort((a, b) => a - b);
    }
  }
}

/** Whether no proper subset of a set is a set. */
function isMinimal(node: Node, pool: Pool, set: readonly number[], steps: Steps): boolean {
  if (node.kind === 'one' || node.kind === 'each') return true;
  if (node.kind === 'count') {
    const total = sumOf(set, pool);
    return !set.some((item) => set.length - 1 >= node.courses && total - pool.creditsOf(item) >= node.credits);
  }
  const free = flagsOf(pool.size, set);
  return !set.some((item) => {
    free[item] = false;
    const smaller = hasSet(node, pool, free, steps);
    free[item] = true;
    return smaller;
  });
}

/**
 * Every set within the free items; with `minimal`, at least every subset-minimal one. Inside an `atLeast` larger sets are needed too: they may
 * reach what smaller ones do not. Answers true when the visit stopped it. `free` is as before afterwards.
 */
function visitSets(node: Node, pool: Pool, free: boolean[], minimal: boolean, visit: Visit, steps: Steps): boolean {
  switch (node.kind) {
    case 'one':
      return pool.fitting(node).some((item) => {
        spend(steps);
        return free[item] === true && visit([item]);
      });
    case 'any':
      return node.of.some((part) => visitSets(part, pool, free, minimal, visit, steps));
    case 'each':
      return visitEach(node.parts, pool, { including: [], free }, visit, steps);
    case 'count':
      return visitCount(node, pool, { including: [], free, uniform: false }, minimal, visit, steps);
    case 'all':
      // A part that has no set at all is seen before the others are gone through.
      return node.of.every((part) => hasSet(part, pool, free, steps)) && visitAll(node.of, pool, free, minimal, [], visit, steps);
    case 'atLeast':
      return visitAtLeast(node, pool, free, minimal, visit, steps);
  }
}

/** Unions of one set of each part, pairwise disjoint. */
function visitAll(
  parts: readonly Node[],
  pool: Pool,
  free: boolean[],
  minimal: boolean,
  union: readonly number[],
  visit: Visit,
  steps: Steps,
): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return visit(union);
  const next: Visit = (set) => without(free, set, () => visitAll(rest, pool, free, minimal, [...union, ...set], visit, steps));
  return visitSets(part, pool, free, minimal, next, steps);
}

/** Runs with the items taken out of the free ones. A union is handed on while its items are taken already: whoever took them gives them back. */
function without(free: boolean[], items: readonly number[], run: () => boolean): boolean {
  const taken = items.filter((item) => free[item] === true);
  for (const item of taken) free[item] = false;
  const stopped = run();
  for (const item of taken) free[item] = true;
  return stopped;
}

/**
 * Unions of pairwise disjoint sets of the parts that hold enough courses and credits. The sets of a union are taken in the order of
 * their first items, so that no order of the same sets comes twice; what leads to the same union at the same place is entered once, and
 * nothing is entered that all free items together would not make enough.
 */
function visitAtLeast(
  node: { readonly courses: number; readonly credits: Thousandths; readonly of: readonly Node[] },
  pool: Pool,
  free: boolean[],
  minimal: boolean,
  visit: Visit,
  steps: Steps,
): boolean {
  const items = [...new Set(node.of.flatMap((part) => reach(part, pool)))];
  const isEnough = (set: readonly number[]): boolean => set.length >= node.courses && sumOf(set, pool) >= node.credits;
  const entered = new Set<string>();
  const extend = (union: readonly number[], after: number): boolean => {
    const enough = isEnough(union);
    if (enough && visit(union)) return true;
    if ((enough && minimal) || !isEnough([...union, ...items.filter((item) => free[item])])) return false;
    const next: Visit = (set) => {
      const first = Math.min(...set);
      if (first <= after) return false;
      const larger = [...union, ...set];
      const key = `${larger.toSorted((a, b) => a - b).join()}:${String(first)}`;
      if (entered.has(key)) return false;
      entered.add(key);
      return without(free, set, () => extend(larger, first));
    };
    return node.of.some((part) => visitSets(part, pool, free, false, next, steps));
  };
  return extend([], -1);
}
