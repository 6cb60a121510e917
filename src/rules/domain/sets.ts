import type { Thousandths } from '../../kernel/index.js';
import type { CompiledAtLeast, CompiledCourse, CompiledSource } from './compile.js';

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

/** The eligible completions of a course source; a source that the stock does not know takes none. */
export function eligibleFor(source: CompiledCourse, stock: Stock): readonly number[] {
  return stock.eligible[source.leaf] ?? [];
}

/** The credits of a set; what the stock does not know carries none. */
export function creditsOfSet(set: readonly number[], stock: Stock): Thousandths {
  return set.reduce((sum, index) => sum + (stock.credits[index] ?? 0), 0);
}

/** Sets as ascending lists of indices, themselves in ascending order. */
export interface FoundSets {
  readonly sets: readonly (readonly number[])[];
  /** False when some sets may be missing: there were more than the limit, or the search was too long. Those found are minimal all the same. */
  readonly complete: boolean;
}

/** Work that is left for searches, in steps: completions, or sets of a part, that were considered. A step takes some 0.1 µs. */
export interface SearchWork {
  steps: number;
}

/** The most steps that one search takes. */
export const maximumSearchSteps = 100_000;

/** The subset-minimal sets of a source, at most `limit` of them, for no more than the work that is left; what was done is taken off it. */
export function minimalSets(
  source: CompiledSource,
  stock: Stock,
  limit: number,
  work: SearchWork = { steps: maximumSearchSteps },
): FoundSets {
  if (source.single) {
    const all = singles(source, stock);
    return { sets: all.slice(0, limit).map((index) => [index]), complete: all.length <= limit };
  }
  if (!mayHaveSets(source, stock)) return { sets: [], complete: true };
  const { sets, complete } = searching(stock, work, (search) => search.collect([source], limit, false));
  if (findsOnlyMinimal(source)) return { sets: sets.sort(compareSets), complete };
  const minimal = complete ? withoutSupersets(sets) : sets.filter((set) => isMinimal(source, stock, set, work));
  return { sets: minimal.sort(compareSets), complete };
}

/** Whether a source has a set at all. Not `complete` when the search was too long to tell; then nothing was found. */
export function hasSet(
  source: CompiledSource,
  stock: Stock,
  work: SearchWork = { steps: maximumSearchSteps },
): { readonly found: boolean; readonly complete: boolean } {
  return searching(stock, work, (search, budget) => {
    const found = search.findsOne(source);
    return { found, complete: found || !budget.exhausted };
  });
}

function searching<T>(stock: Stock, work: SearchWork, search: (search: SetSearch, budget: Budget) => T): T {
  const given = Math.min(maximumSearchSteps, work.steps);
  const budget = { steps: given, exhausted: false };
  const result = search(new SetSearch(stock, budget), budget);
  work.steps -= given - Math.max(0, budget.steps);
  return result;
}

/** Lists of numbers in dictionary order. */
export function compareSets(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (value !== other) return value - other;
  }
  return a.length - b.length;
}

/** The most completions that a set of a source can hold. */
export function largestSet(source: CompiledSource): number {
  switch (source.kind) {
    case 'course':
      return 1;
    case 'any':
      return Math.max(...source.of.map(largestSet));
    case 'all':
      return source.of.reduce((sum, part) => sum + largestSet(part), 0);
    case 'atLeast':
      return source.credits === 0 && source.of.every(({ single }) => single) ? source.courses : Infinity;
  }
}

/** Every completion that a source of single completions takes, ascending. */
function singles(source: CompiledSource, stock: Stock): readonly number[] {
  if (source.kind === 'course') return eligibleFor(source, stock);
  return [...new Set(source.of.flatMap((part) => singles(part, stock)))].sort((a, b) => a - b);
}

/** False when a part that every set needs takes no completion at all, as most rules find: a search is spared. */
function mayHaveSets(source: CompiledSource, stock: Stock): boolean {
  switch (source.kind) {
    case 'course':
      return eligibleFor(source, stock).length > 0;
    case 'any':
      return source.of.some((part) => mayHaveSets(part, stock));
    case 'all':
      return source.of.every((part) => mayHaveSets(part, stock));
    case 'atLeast':
      return true;
  }
}

/** Whether the search meets no set that contains another: see `#combine`. */
function findsOnlyMinimal(source: CompiledSource): boolean {
  return source.kind === 'atLeast' && source.of.every((part) => part.single);
}

/** Minimal by definition: without any one of its completions there is no set left. */
function isMinimal(source: CompiledSource, { eligible, credits }: Stock, set: readonly number[], work: SearchWork): boolean {
  const members = new Set(set);
  const own = eligible.map((indices) => indices.filter((index) => members.has(index)));
  return set.every((left) => {
    const { found, complete } = hasSet(
      source,
      { eligible: own.map((indices) => indices.filter((index) => index !== left)), credits },
      work,
    );
    return complete && !found;
  });
}

/** Keeps the sets that contain no other: smaller sets are looked up by their first completion. */
function withoutSupersets(sets: readonly (readonly number[])[]): (readonly number[])[] {
  if (new Set(sets.map((set) => set.length)).size < 2) return [...sets];
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

/** What an `atLeast` combines: sets of its parts, each with what it and those after it hold, as an upper bound of what can be added. */
interface Pool {
  readonly courses: number;
  readonly credits: Thousandths;
  readonly first: PoolSet | undefined;
}

interface PoolSet {
  readonly set: readonly number[];
  readonly credits: Thousandths;
  readonly coursesToCome: number;
  readonly creditsToCome: Thousandths;
  readonly next: PoolSet | undefined;
}

/** The most sets of its parts that one `atLeast` combines. */
const maximumPoolSets = 2_000;

/** A search by backtracking. `visit` calls `emit` once for each way to fill a source, with the completions on the stack; true stops it. */
class SetSearch {
  readonly #stock: Stock;
  readonly #budget: Budget;
  /** By index. */
  readonly #taken: boolean[] = [];
  readonly #stack: number[] = [];
  readonly #pools = new Map<CompiledAtLeast, Pool>();

  constructor(stock: Stock, budget: Budget) {
    this.#stock = stock;
    this.#budget = budget;
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
        return this.#anyOf(eligibleFor(source, this.#stock), emit);
      case 'any':
        return source.of.some((part) => this.#visit(part, whole, emit));
      case 'all':
        return this.#allOf(source.of, 0, whole, emit);
      case 'atLeast': {
        const pool = this.#poolOf(source);
        return this.#combine(pool, pool.first, 0, 0, whole, emit);
      }
    }
  }

  #anyOf(indices: readonly number[], emit: () => boolean): boolean {
    for (const index of indices) {
      if (this.#spend()) return true;
      if (this.#taken[index] === true) continue;
      this.#take(index);
      const stop = emit();
      this.#taken[index] = false;
      this.#stack.length -= 1;
      if (stop) return true;
    }
    return false;
  }

  #allOf(parts: readonly CompiledSource[], at: number, whole: boolean, emit: () => boolean): boolean {
    const part = parts[at];
    return part === undefined ? emit() : this.#visit(part, whole, () => this.#allOf(parts, at + 1, whole, emit));
  }

  /**
   * Adds sets of the pool from one on. A union that holds enough is complete: more of it would not be minimal, so only `whole` goes on.
   * Nor is it tried to add where too little is left to come.
   */
  #combine(pool: Pool, from: PoolSet | undefined, courses: number, credits: Thousandths, whole: boolean, emit: () => boolean): boolean {
    if (courses >= pool.courses && credits >= pool.credits) {
      if (emit()) return true;
      if (!whole) return false;
    }
    for (let item = from; item !== undefined; item = item.next) {
      if (courses + item.coursesToCome < pool.courses || credits + item.creditsToCome < pool.credits) return false;
      if (this.#spend()) return true;
      if (item.set.some((index) => this.#taken[index])) continue;
      for (const index of item.set) this.#take(index);
      const stop = this.#combine(pool, item.next, courses + item.set.length, credits + item.credits, whole, emit);
      for (const index of item.set) this.#taken[index] = false;
      this.#stack.length -= item.set.length;
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
    const sized = sets.map((set) => ({ set, credits: creditsOfSet(set, this.#stock) }));
    sized.sort((a, b) => b.credits - a.credits || compareSets(a.set, b.set));
    const first = sized.reduceRight<PoolSet | undefined>(
      (next, { set, credits }) => ({
        set,
        credits,
        coursesToCome: set.length + (next === undefined ? 0 : next.coursesToCome),
        creditsToCome: credits + (next === undefined ? 0 : next.creditsToCome),
        next,
      }),
      undefined,
    );
    const pool = { courses: source.courses, credits: source.credits, first };
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
    this.#taken[index] = true;
    this.#stack.push(index);
  }
}
