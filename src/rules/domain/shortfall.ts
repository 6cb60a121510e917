import type { Thousandths } from '../../kernel/index.js';
import type { CompiledAtLeast, CompiledCourse, CompiledSource } from './compile.js';
import { creditsOfSet, eligibleFor, type Stock } from './sets.js';

/** What a source still lacks, the eligible completions being used first: an explanation, and not always the only way to complete it. */
export interface Shortfall {
  /** The course sources that may bring what is missing, in reading order; a course that is used already only where the source names it again. */
  readonly missing: readonly CompiledCourse[];
  /** How many completions are missing at least; with `credits` alone missing, 0. */
  readonly courses: number;
  /** Credits missing for an `atLeast`. */
  readonly credits: Thousandths;
}

interface Filling extends Shortfall {
  readonly used: readonly number[];
}

/** What fills a source: eligible completions that are not taken yet, the wanted one first. */
interface Search {
  readonly stock: Stock;
  readonly wanted: number | undefined;
  readonly taken: ReadonlySet<number>;
  /** Whether the source was filled before: hardly any course can be taken again for credit. */
  readonly again: boolean;
}

/** What a source lacks for a set that holds `wanted`, an eligible completion. Nothing is missing when a set can be filled without it too. */
export function shortfallOf(source: CompiledSource, stock: Stock, wanted?: number): Shortfall {
  const { missing, courses, credits } = fill(source, { stock, wanted, taken: new Set(), again: false });
  return { missing: distinct(missing), courses, credits };
}

function fill(source: CompiledSource, search: Search): Filling {
  switch (source.kind) {
    case 'course':
      return fillCourse(source, search);
    case 'any': {
      const [first = complete, ...others] = partsOf(source).map((part) => fill(part, search));
      return others.reduce((best, next) => closer(best, next, search.wanted), first);
    }
    case 'all':
      return fillAll(partsOf(source), search);
    case 'atLeast':
      return fillAtLeast(source, search);
  }
}

function fillCourse(source: CompiledCourse, { stock, wanted, taken, again }: Search): Filling {
  const eligible = eligibleFor(source, stock);
  let used: number | undefined;
  for (const index of eligible) if (!taken.has(index) && (used === undefined || index === wanted)) used = index;
  if (used !== undefined) return { used: [used], missing: [], courses: 0, credits: 0 };
  const isUsedUp = again && source.selector.kind === 'code' && eligible.length > 0;
  return { used: [], missing: isUsedUp ? [] : [source], courses: 1, credits: 0 };
}

interface OrderedPart {
  readonly part: CompiledSource;
  readonly breadth: number;
  readonly key: string;
}

const ordered = new WeakMap<CompiledSource, readonly CompiledSource[]>();

/**
 * The parts in an order of their own, found once: what lacks must not depend on the order in which a rule lists them. The narrowest come first: what takes
 * anything leaves to the others what only they can take.
 */
function partsOf(source: Exclude<CompiledSource, CompiledCourse>): readonly CompiledSource[] {
  const known = ordered.get(source);
  if (known !== undefined) return known;
  const parts = source.of
    .map((part): OrderedPart => ({ part, breadth: breadthOf(part), key: keyOf(part) }))
    .sort((a, b) => a.breadth - b.breadth || (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ part }) => part);
  ordered.set(source, parts);
  return parts;
}

/** How much there is to choose from, in codes; what is no code is wider than any list of codes. */
function breadthOf(source: CompiledSource): number {
  if (source.kind === 'course') return 1 + source.selector.rank;
  const breadths = source.of.map(breadthOf);
  return source.kind === 'all' ? Math.max(0, ...breadths) : breadths.reduce((sum, breadth) => sum + breadth, 0);
}

/** The same for sources that take the same. */
function keyOf(source: CompiledSource): string {
  if (source.kind !== 'course') {
    const demand = source.kind === 'atLeast' ? [source.courses, source.credits] : [];
    return JSON.stringify([source.kind, ...demand, ...source.of.map(keyOf).sort()]);
  }
  const { selector, minimumGrade, maximumGrade, minimumCredits } = source;
  const { provider = '', platform = '', label } = selector;
  const grades = [minimumGrade, maximumGrade].flatMap((grade) => [grade?.scale ?? '', grade?.value ?? '']);
  return JSON.stringify([selector.kind, selector.kind === 'code' ? selector.code : label, provider, platform, ...grades, minimumCredits]);
}

const complete: Filling = { used: [], missing: [], courses: 0, credits: 0 };

/** Each part takes completions of its own. */
function fillAll(parts: readonly CompiledSource[], search: Search): Filling {
  const taken = new Set(search.taken);
  const own = { ...search, taken };
  const used: number[] = [];
  const missing: CompiledCourse[] = [];
  let [courses, credits] = [0, 0];
  for (const part of parts) {
    const filling = fill(part, own);
    for (const index of filling.used) taken.add(index);
    used.push(...filling.used);
    missing.push(...filling.missing);
    courses += filling.courses;
    credits += filling.credits;
  }
  return { used, missing, courses, credits };
}

function distinct(sources: readonly CompiledCourse[]): readonly CompiledCourse[] {
  return sources.length < 2 ? sources : [...new Set(sources)].sort((a, b) => a.leaf - b.leaf);
}

/** The part that uses the wanted completion, then the one that lacks least, then one that can name what it lacks, then the first. */
function closer(a: Filling, b: Filling, wanted: number | undefined): Filling {
  const uses = ({ used }: Filling): number => Number(wanted !== undefined && used.includes(wanted));
  const names = ({ missing }: Filling): number => Math.min(1, missing.length);
  const order = uses(b) - uses(a) || a.courses - b.courses || a.credits - b.credits || names(b) - names(a);
  return order <= 0 ? a : b;
}

/**
 * Uses completions that its parts can take, however often, until it has enough; then what the part holds that is nearest to being complete. All parts that
 * are incomplete name what could be added.
 */
function fillAtLeast(source: CompiledAtLeast, search: Search): Filling {
  const gathered = new Gathered(source, search);
  const open: Filling[] = [];
  for (const part of partsOf(source)) {
    let again = search.again;
    for (;;) {
      if (part.kind === 'course') again = gathered.takeAll(part) || again;
      if (gathered.isEnough) return { ...complete, used: gathered.used };
      const next = fill(part, { ...search, taken: gathered.taken, again });
      if (next.courses > 0 || next.credits > 0 || next.used.length === 0) {
        open.push(next);
        break;
      }
      gathered.take(next.used);
      again = true;
    }
  }
  const begun = open.filter((part) => part.used.length > 0);
  const nearest = begun.reduce((best, next) => closer(best, next, search.wanted), begun[0] ?? complete);
  gathered.take(nearest.used);
  return {
    used: gathered.used,
    missing: open.flatMap(({ missing }) => missing),
    courses: Math.max(gathered.lack.courses, nearest.courses),
    credits: Math.max(gathered.lack.credits, nearest.credits),
  };
}

/** What an `atLeast` has of the completions that are not taken yet. */
class Gathered {
  readonly used: number[] = [];
  readonly taken: Set<number>;
  private credits: Thousandths = 0;

  constructor(
    private readonly source: CompiledAtLeast,
    private readonly search: Search,
  ) {
    this.taken = new Set(search.taken);
  }

  get lack(): Pick<Shortfall, 'courses' | 'credits'> {
    const { courses, credits } = this.source;
    return { courses: Math.max(0, courses - this.used.length), credits: Math.max(0, credits - this.credits) };
  }

  get isEnough(): boolean {
    return this.used.length >= this.source.courses && this.credits >= this.source.credits;
  }

  take(indices: readonly number[]): void {
    for (const index of indices) {
      if (this.taken.has(index)) continue;
      this.taken.add(index);
      this.used.push(index);
      this.credits += creditsOfSet([index], this.search.stock);
    }
  }

  /** Takes what a course takes, the wanted one first, until it is enough; answers whether it took any. In one go: there may be thousands. */
  takeAll(course: CompiledCourse): boolean {
    const before = this.used.length;
    const { stock, wanted } = this.search;
    const eligible = eligibleFor(course, stock);
    if (wanted !== undefined && !this.isEnough && eligible.includes(wanted)) this.take([wanted]);
    for (const index of eligible) {
      if (this.isEnough) break;
      this.take([index]);
    }
    return this.used.length > before;
  }
}
