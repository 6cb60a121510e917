import type { Thousandths } from '../../kernel/index.js';
import type { CompiledAtLeast, CompiledSource } from './compile.js';

/**
 * The sets of a source (docs/evaluation.md §2): `course` – each eligible completion; `any` – the sets of each part; `all` – unions of
 * one set of each part, pairwise disjoint; `atLeast` – unions of pairwise disjoint sets of its parts, any number of each, that hold
 * enough courses and credits. Only the outermost families are reduced to subset-minimal sets: an inner `atLeast` may need more than a
 * minimal set of its part.
 */

/** What a source may take: per course source (by `leaf`) the eligible completions as ascending indices; credits by index. */
export interface Stock {
  readonly eligible: readonly (readonly number[])[];
  readonly credits: readonly Thousandths[];
}

/** Sets as ascending lists of indices, themselves in ascending order. */
export interface FoundSets {
  readonly sets: readonly (readonly number[])[];
  /** False when some sets may be missing: there were more than the limit, or the search was too long. Those found are minimal all the same. */
  readonly complete: boolean;
}

/** The most steps that one search takes (choices of a completion or of a set of a part): milliseconds. */
export const maximumSearchSteps = 100_000;

/** The subset-minimal sets of a source, at most `limit` of them. */
export function minimalSets(source: CompiledSource, stock: Stock, limit: number): FoundSets {
  if (source.single) {
    const all = singles(source, stock);
    return { sets: all.slice(0, limit).map((index) => [index]), complete: all.length <= limit };
  }
  const search = new SetSearch(stock, { steps: maximumSearchSteps, exhausted: false });
  const { sets, complete } = search.collect([source], limit, false);
  if (findsOnlyMinimal(source)) return { sets: sets.sort(compareSets), complete };
  const minimal = complete ? withoutSupersets(sets) : sets.filter((set) => isMinimal(source, stock, set));
  return { sets: minimal.sort(compareSets), complete };
}

/** Whether a source has a set at all. Not `complete` when the search was too long to tell; then nothing was found. */
export function hasSet(source: CompiledSource, stock: Stock): { readonly found: boolean; readonly complete: boolean } {
  const budget = { steps: maximumSearchSteps, exhausted: false };
  const found = new SetSearch(stock, budget).findsOne(source);
  return { found, complete: found || !budget.exhausted };
}

/** Lists of numbers in dictionary order. */
export function compareSets(a: readonly number[], b: readonly number[]): number {
  const common = Math.min(a.length, b.length);
  for (let at = 0; at < common; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Every completion that a source of single completions takes, ascending. */
function singles(source: CompiledSource, stock: Stock): readonly number[] {
  if (source.kind === 'course') return stock.eligible[source.leaf] ?? [];
  return [...new Set(source.of.flatMap((part) => singles(part, stock)))].sort((a, b) => a - b);
}

/** Whether the search meets no set that contains another: see `#combine`. */
function findsOnlyMinimal(source: CompiledSource): boolean {
  return source.kind === 'atLeast' && source.of.every((part) => part.single);
}

/** Minimal by definition: without any one of its completions there is no set left. */
function isMinimal(source: CompiledSource, { eligible, credits }: Stock, set: readonly number[]): boolean {
  const members = new Set(set);
  const own = eligible.map((indices) => indices.filter((index) => members.has(index)));
  return set.every((left) => !hasSet(source, { eligible: own.map((indices) => indices.filter((index) => index !== left)), credits }).found);
}

/** Keeps the sets that contain no other: smaller sets are looked up by their first completion. */
function withoutSupersets(sets: readonly (readonly number[])[]): (readonly number[])[] {
  if (sets.every((set) => set.length === sets[0]?.length)) return [...sets];
  const kept: (readonly number[])[] = [];
  const byFirst = new Map<number | undefined, (readonly number[])[]>();
  for (const set of [...sets].sort((a, b) => a.length - b.length)) {
    const members = new Set(set);
    const contains = (smaller: readonly number[]): boolean => smaller.every((index) => members.has(index));
    if ([undefined, ...set].some((first) => byFirst.get(first)?.some(contains) === true)) continue;
    kept.push(set);
    const first = set[0];
    const others = byFirst.get(first);
    if (others === undefined) byFirst.set(first, [set]);
    else others.push(set);
  }
  return kept;
}

/** Work left to a search and the searches inside it. */
interface Budget {
  steps: number;
  exhausted: boolean;
}

/** What an `atLeast` combines: sets of its parts, with what is still to come from each position on, as an upper bound. */
interface Pool {
  readonly courses: number;
  readonly credits: Thousandths;
  readonly sets: readonly (readonly number[])[];
  readonly creditsOf: readonly Thousandths[];
  readonly coursesFrom: readonly number[];
  readonly creditsFrom: readonly Thousandths[];
}

/** A search by backtracking. `visit` calls `emit` once for each way to fill a source, with the completions on the stack; true stops it. */
class SetSearch {
  readonly #stock: Stock;
  readonly #budget: Budget;
  readonly #taken: Uint8Array;
  readonly #stack: number[] = [];
  readonly #pools = new Map<CompiledAtLeast, Pool>();

  constructor(stock: Stock, budget: Budget) {
    this.#stock = stock;
    this.#budget = budget;
    this.#taken = new Uint8Array(stock.credits.length);
  }

  /** The distinct sets of these sources, at most `limit`; with `whole` every set, otherwise at least the minimal ones. */
  collect(sources: readonly CompiledSource[], limit: number, whole: boolean): { sets: (readonly number[])[]; complete: boolean } {
    const found = new Map<string, readonly number[]>();
    const emit = (): boolean => {
      const set = [...this.#stack].sort((a, b) => a - b);
      const key = set.join();
      if (found.has(key)) return false;
      if (found.size === limit) return true;
      found.set(key, set);
      return false;
    };
    const stopped = sources.some((source) => this.#visit(source, whole, emit));
    return { sets: [...found.values()], complete: !stopped && !this.#budget.exhausted };
  }

  /** Whether a source has a set; false also when the budget is spent before one is found. */
  findsOne(source: CompiledSource): boolean {
    let found = false;
    this.#visit(source, false, () => {
      found = true;
      return true;
    });
    return found;
  }

  #visit(source: CompiledSource, whole: boolean, emit: () => boolean): boolean {
    switch (source.kind) {
      case 'course':
        return this.#anyOf(this.#stock.eligible[source.leaf] ?? [], emit);
      case 'any':
        return source.of.some((part) => this.#visit(part, whole, emit));
      case 'all':
        return this.#allOf(source.of, 0, whole, emit);
      case 'atLeast':
        return this.#combine(this.#poolOf(source), 0, 0, 0, whole, emit);
    }
  }

  #anyOf(indices: readonly number[], emit: () => boolean): boolean {
    for (const index of indices) {
      if (this.#taken[index] === 1) continue;
      if (this.#spend()) return true;
      this.#take(index);
      const stop = emit();
      this.#untake(1);
      if (stop) return true;
    }
    return false;
  }

  #allOf(parts: readonly CompiledSource[], at: number, whole: boolean, emit: () => boolean): boolean {
    const part = parts[at];
    return part === undefined ? emit() : this.#visit(part, whole, () => this.#allOf(parts, at + 1, whole, emit));
  }

  /**
   * Adds sets of the pool from a position on. A union that holds enough is complete: more of it would not be minimal, so only `whole`
   * goes on. Positions from which too little is left to come are not tried.
   */
  #combine(pool: Pool, from: number, courses: number, credits: Thousandths, whole: boolean, emit: () => boolean): boolean {
    if (courses >= pool.courses && credits >= pool.credits) {
      if (emit()) return true;
      if (!whole) return false;
    }
    for (let at = from; at < pool.sets.length; at++) {
      if (courses + (pool.coursesFrom[at] ?? 0) < pool.courses || credits + (pool.creditsFrom[at] ?? 0) < pool.credits) return false;
      const set = pool.sets[at] ?? [];
      if (set.some((index) => this.#taken[index] === 1)) continue;
      if (this.#spend()) return true;
      for (const index of set) this.#take(index);
      const stop = this.#combine(pool, at + 1, courses + set.length, credits + (pool.creditsOf[at] ?? 0), whole, emit);
      this.#untake(set.length);
      if (stop) return true;
    }
    return false;
  }

  /** The distinct sets of the parts, those with most credits first: of single completions every union found is then minimal. */
  #poolOf(source: CompiledAtLeast): Pool {
    const known = this.#pools.get(source);
    if (known !== undefined) return known;
    const search = new SetSearch(this.#stock, this.#budget);
    const { sets, complete } = search.collect(source.of, maximumPoolSets, true);
    if (!complete) this.#budget.exhausted = true;
    const sum = (set: readonly number[]): Thousandths => set.reduce((total, index) => total + (this.#stock.credits[index] ?? 0), 0);
    const ordered = sets.map((set) => ({ set, credits: sum(set) })).sort((a, b) => b.credits - a.credits || compareSets(a.set, b.set));
    const creditsOf = ordered.map(({ credits }) => credits);
    const pool: Pool = {
      courses: source.courses,
      credits: source.credits,
      sets: ordered.map(({ set }) => set),
      creditsOf,
      coursesFrom: sumsFromTheEnd(ordered.map(({ set }) => set.length)),
      creditsFrom: sumsFromTheEnd(creditsOf),
    };
    this.#pools.set(source, pool);
    return pool;
  }

  /** True when the budget is spent. */
  #spend(): boolean {
    this.#budget.steps -= 1;
    if (this.#budget.steps >= 0) return false;
    this.#budget.exhausted = true;
    return true;
  }

  #take(index: number): void {
    this.#taken[index] = 1;
    this.#stack.push(index);
  }

  #untake(count: number): void {
    for (let left = count; left > 0; left--) {
      const index = this.#stack.pop();
      if (index !== undefined) this.#taken[index] = 0;
    }
  }
}

/** The most sets of its parts that one `atLeast` combines. */
const maximumPoolSets = 2_000;

function sumsFromTheEnd(values: readonly number[]): number[] {
  const sums = [...values];
  for (let at = sums.length - 2; at >= 0; at--) sums[at] = (sums[at] ?? 0) + (sums[at + 1] ?? 0);
  return sums;
}
