import type { Thousandths } from '../../kernel/index.js';
import type { CompiledAtLeast, CompiledSource } from './compile.js';
import { creditsOfSet, eligibleFor, type Stock } from './sets.js';

/** What a source still lacks, the eligible completions being used first: an explanation, and not always the only way to complete it. */
export interface Shortfall {
  /** Labels of the selectors that may bring what is missing. */
  readonly missing: readonly string[];
  /** How many completions are missing at least; with `credits` alone missing, 0. */
  readonly courses: number;
  /** Credits missing for an `atLeast`. */
  readonly credits: Thousandths;
}

interface Filling extends Shortfall {
  readonly used: readonly number[];
}

/** What a source lacks for a set that holds `wanted`, an eligible completion. Nothing is missing when a set can be filled without it too. */
export function shortfallOf(source: CompiledSource, stock: Stock, wanted?: number): Shortfall {
  const { missing, courses, credits } = fill(source, stock, new Set(), wanted);
  return { missing, courses, credits };
}

function fill(source: CompiledSource, stock: Stock, taken: ReadonlySet<number>, wanted: number | undefined): Filling {
  switch (source.kind) {
    case 'course': {
      const free = eligibleFor(source, stock).filter((index) => !taken.has(index));
      const used = free.find((index) => index === wanted) ?? free[0];
      return used === undefined
        ? { used: [], missing: [source.selector.label], courses: 1, credits: 0 }
        : { used: [used], missing: [], courses: 0, credits: 0 };
    }
    case 'any': {
      const [first = complete, ...others] = source.of.map((part) => fill(part, stock, taken, wanted));
      return others.reduce((best, next) => closer(best, next, wanted), first);
    }
    case 'all':
      return source.of.reduce((done: Filling, part) => join(done, fill(part, stock, new Set([...taken, ...done.used]), wanted)), complete);
    case 'atLeast':
      return fillAtLeast(source, stock, taken, wanted);
  }
}

const complete: Filling = { used: [], missing: [], courses: 0, credits: 0 };

function join(a: Filling, b: Filling): Filling {
  return {
    used: [...a.used, ...b.used],
    missing: [...new Set([...a.missing, ...b.missing])],
    courses: a.courses + b.courses,
    credits: a.credits + b.credits,
  };
}

/** The part that uses the wanted completion, then the one that lacks least, then the first. */
function closer(a: Filling, b: Filling, wanted: number | undefined): Filling {
  const uses = (filling: Filling): boolean => wanted !== undefined && filling.used.includes(wanted);
  if (uses(a) !== uses(b)) return uses(a) ? a : b;
  return (a.courses - b.courses || a.credits - b.credits) <= 0 ? a : b;
}

/**
 * Uses completions that its parts can take, however often, until it has enough; parts that are incomplete by themselves name what could be added. A course
 * that is used already is named only where no other could be added: hardly any course can be taken again for credit.
 */
function fillAtLeast(source: CompiledAtLeast, stock: Stock, taken: ReadonlySet<number>, wanted: number | undefined): Filling {
  let filling = complete;
  const [lacking, again]: [string[], string[]] = [[], []];
  const lack = (): Pick<Shortfall, 'courses' | 'credits'> => ({
    courses: Math.max(0, source.courses - filling.used.length),
    credits: Math.max(0, source.credits - creditsOfSet(filling.used, stock)),
  });
  for (const part of source.of) {
    const isOneCourse = part.kind === 'course' && part.selector.kind === 'code';
    for (let times = 0; ; times += 1) {
      const { courses, credits } = lack();
      if (courses === 0 && credits === 0) return filling;
      const next = fill(part, stock, new Set([...taken, ...filling.used]), wanted);
      if (next.missing.length > 0 || next.used.length === 0) {
        (isOneCourse && times > 0 ? again : lacking).push(...next.missing);
        break;
      }
      filling = join(filling, next);
    }
  }
  return { used: filling.used, missing: [...new Set(lacking.length > 0 ? lacking : again)], ...lack() };
}
