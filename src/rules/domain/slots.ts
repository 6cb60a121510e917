import { normaliseCode, thousandths, type Thousandths } from '../../kernel/index.js';
import type { AtLeastSource, CourseSource, Source } from './rule.js';
import { courseSourcesOf } from './walk.js';

/** One completion that a source takes: the course source that takes it, where that stands, and the credits it must have here. */
export interface Slot {
  readonly source: CourseSource;
  /** JSON Pointer. */
  readonly at: string;
  readonly credits: Thousandths;
}

/** One way to satisfy a source: completions, each in a slot of its own. */
export type Term = readonly Slot[];

export interface Terms {
  /** Fewest slots first. */
  readonly terms: readonly Term[];
  /** False when there are more than the limit, or one with more slots than {@link maximumSlots}. */
  readonly complete: boolean;
}

/** The most ways of one source that are looked at. "4 of 12" has 495. */
export const maximumTerms = 1_000;

/** The most completions of one way that is looked at. */
export const maximumSlots = 24;

/** The ways to satisfy a source; where credits are to be summed, with the sum spread evenly over the completions. */
export function termsOf(source: Source, at: string): Terms {
  const expansion = new Expansion(codesNamedTwice(source, at));
  const terms = expansion.of(source, at);
  return { terms: [...terms].sort((a, b) => a.length - b.length), complete: expansion.complete };
}

class Expansion {
  complete = true;

  /** `repeatable`: the codes, in normal form, of which every attempt is usable. */
  constructor(private readonly repeatable: ReadonlySet<string>) {}

  of(source: Source, at: string): readonly Term[] {
    if (source.kind === 'course') return [[{ source, at, credits: thousandths(source.minimumCredits ?? 0) }]];
    const parts = source.of.map((part, index) => this.of(part, `${at}/of/${String(index)}`));
    switch (source.kind) {
      case 'any':
        return this.#bounded(parts.flat());
      case 'all':
        return parts.reduce<readonly Term[]>((sofar, part) => this.#products(sofar, part), [[]]);
      case 'atLeast':
        return this.#combinations(source, parts.flat());
    }
  }

  #products(left: readonly Term[], right: readonly Term[]): readonly Term[] {
    const products: Term[] = [];
    for (const a of left) {
      for (const b of right) {
        if (products.length > maximumTerms) break;
        products.push([...a, ...b]);
      }
    }
    return this.#bounded(products);
  }

  /** Unions of ways of the parts until enough is reached; a way is taken as often as there can be other completions for it. */
  #combinations({ courses = 1, credits }: AtLeastSource, pool: readonly Term[]): readonly Term[] {
    const found: Term[] = [];
    const toCome = this.#slotsFrom(pool);
    const extend = (term: Term, from: number): void => {
      const enough = term.length >= courses;
      if (enough) found.push(credits === undefined ? term : withSum(term, thousandths(credits)));
      if ((enough && credits === undefined) || term.length >= maximumSlots) return;
      for (const [index, piece] of pool.entries()) {
        if (index < from || term.length + (toCome[index] ?? 0) < courses) continue;
        if (found.length > maximumTerms) return;
        extend([...term, ...piece], this.#isTakenOnce(piece) ? index + 1 : index);
      }
    };
    if (courses <= maximumSlots) extend([], 0);
    else this.complete = false;
    return this.#bounded(found);
  }

  /** How many slots each way and those after it can fill. */
  #slotsFrom(pool: readonly Term[]): readonly number[] {
    let slots = 0;
    return pool
      .map((piece) => (this.#isTakenOnce(piece) ? piece.length : Infinity))
      .reverse()
      .map((length) => (slots += length))
      .reverse();
  }

  #isTakenOnce(term: Term): boolean {
    return term.some(({ source: { select } }) => select.kind === 'code' && !this.repeatable.has(normaliseCode(select.code)));
  }

  #bounded(terms: readonly Term[]): readonly Term[] {
    const short = terms.filter((term) => term.length <= maximumSlots);
    if (short.length < terms.length || short.length > maximumTerms) this.complete = false;
    return short.slice(0, maximumTerms);
  }
}

/** A code named twice means attempts at one course (docs/evaluation.md §1). */
function codesNamedTwice(source: Source, at: string): ReadonlySet<string> {
  const codes = courseSourcesOf(source, at).flatMap(({ source: { select } }) =>
    select.kind === 'code' ? [normaliseCode(select.code)] : [],
  );
  return new Set(codes.filter((code, index) => codes.indexOf(code) !== index));
}

/** Spreads a sum of credits over the slots, rounded up to a thousandth. */
function withSum(term: Term, sum: Thousandths): Term {
  const share = Math.ceil(sum / term.length);
  return term.map((slot) => ({ ...slot, credits: Math.max(slot.credits, share) }));
}
