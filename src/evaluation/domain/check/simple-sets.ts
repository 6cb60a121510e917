import { at, type Thousandths } from '../../../kernel/index.js';
import { spend, sumOf, type Pool, type Steps, type Visit } from './pool.js';
import type { One } from './terms.js';

/** The two frequent shapes of a source whose parts take one completion each. Both visit sets that hold all of `including`. */

/**
 * Sets with a completion for each part: those whose items can be matched to the parts. An item is added while a matching remains; as
 * what can be matched can be completed if anything can, the search runs into few dead ends.
 */
export function visitEach(
  parts: readonly One[],
  pool: Pool,
  { including, free }: { readonly including: readonly number[]; readonly free: readonly boolean[] },
  visit: Visit,
  steps: Steps,
): boolean {
  const fitting = parts.map((part) => pool.fitting(part));
  const items = [...new Set(fitting.flat())].filter((item) => free[item] && !including.includes(item)).sort((a, b) => a - b);
  if (matched(fitting, [...including, ...items]) < parts.length) return false;
  const extend = (set: readonly number[], from: number): boolean => {
    spend(steps);
    if (matched(fitting, set) < set.length) return false;
    if (set.length === parts.length) return visit(set);
    for (let index = from; index <= items.length - (parts.length - set.length); index += 1) {
      if (extend([...set, ...items.slice(index, index + 1)], index + 1)) return true;
    }
    return false;
  };
  return extend(including, 0);
}

/** How many of the items can be matched to parts that take them, one each (augmenting paths). */
function matched(fitting: readonly (readonly number[])[], items: readonly number[]): number {
  const holders = new Map<number, number>();
  const place = (item: number, tried: Set<number>): boolean =>
    fitting.some((taken, part) => {
      if (tried.has(part) || !taken.includes(item)) return false;
      tried.add(part);
      const holder = holders.get(part);
      if (holder !== undefined && !place(holder, tried)) return false;
      holders.set(part, item);
      return true;
    });
  return items.filter((item) => place(item, new Set())).length;
}

/**
 * Sets of a number of courses or credits: what is included, and then one item after the other, more credits first. With `minimal` a
 * set is not extended once it is enough. Whether a way on ends in a set depends on the number, the credits and what is left alone
 * when every set is as good as another (`uniform`), so a dead end is then not entered twice.
 */
export function visitCount(
  node: { readonly courses: number; readonly credits: Thousandths; readonly of: One },
  pool: Pool,
  { including, free, uniform }: { readonly including: readonly number[]; readonly free: readonly boolean[]; readonly uniform: boolean },
  minimal: boolean,
  visit: Visit,
  steps: Steps,
): boolean {
  const fitting = pool.fitting(node.of);
  if (!including.every((item) => fitting.includes(item))) return false;
  const items = fitting.filter((item) => free[item] && !including.includes(item)).sort((a, b) => pool.creditsOf(b) - pool.creditsOf(a));
  const left = new Array<Thousandths>(items.length + 1).fill(0);
  for (let index = items.length - 1; index >= 0; index -= 1) left[index] = at(left, index + 1) + sumOf(items.slice(index, index + 1), pool);
  const dead = new Set<string>();
  const extend = (set: readonly number[], credits: Thousandths, from: number): boolean => {
    spend(steps);
    const enough = set.length >= node.courses && credits >= node.credits;
    if (enough && visit(set)) return true;
    if (enough && minimal) return false;
    for (let index = from; index < items.length; index += 1) {
      if (set.length + items.length - index < node.courses || credits + at(left, index) < node.credits) return false;
      const key = `${String(set.length)}:${String(credits)}:${String(index)}`;
      if (uniform && dead.has(key)) continue;
      const added = items.slice(index, index + 1);
      if (extend([...set, ...added], credits + sumOf(added, pool), index + 1)) return true;
      dead.add(key);
    }
    return false;
  };
  return extend(including, sumOf(including, pool), 0);
}
