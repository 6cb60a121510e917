import { normaliseCode } from '../../kernel/index.js';
import type { PreparedRule } from './clash.js';
import { patternPrefix } from './match.js';
import type { Slot, Term } from './slots.js';

/** A rule with one way to satisfy it. */
export interface Place {
  readonly rule: PreparedRule;
  readonly term: Term;
  /** Per slot, what the codes begin with that it takes, in normal form. */
  readonly prefixes: readonly string[];
}

/** A cheap look at two places: false only when some slot of the one takes no course that any slot of the other takes. */
export function mayMeet(one: Place, other: Place): boolean {
  return one.prefixes.every((prefix) => other.prefixes.some((second) => prefix.startsWith(second) || second.startsWith(prefix)));
}

/**
 * Rules by what they may take: ways that name codes alone by these codes, all others ("loose") by how many completions they take. Two ways can
 * take the same completions only when they take as many, and by codes only the same ones.
 */
export class Places {
  readonly #byCodes = new Map<string, Place[]>();
  readonly #loose = new Map<number, Place[]>();
  readonly #named = new Map<number, Place[]>();
  readonly #sizes = new Set<number>();

  constructor(rules: readonly PreparedRule[]) {
    for (const rule of rules) for (const term of rule.terms.terms) this.#add({ rule, term, prefixes: term.map(prefixOf) });
  }

  /** The rules that may take the completions of this way by selectors of the same kind. */
  asExactAs(term: Term): readonly PreparedRule[] {
    const key = codesKey(term);
    const places = key === undefined ? this.#loose.get(term.length) : this.#byCodes.get(key);
    return [...new Set((places ?? []).map(({ rule }) => rule))];
  }

  /** Every pair of places that may take the same completions, those of fewest completions first. */
  *pairs(): Generator<readonly [Place, Place]> {
    for (const size of [...this.#sizes].sort((a, b) => a - b)) {
      for (const places of this.#byCodes.values()) if (places[0]?.term.length === size) yield* pairsOf(places);
      const loose = this.#loose.get(size) ?? [];
      yield* pairsOf(loose);
      for (const one of loose) for (const other of this.#named.get(size) ?? []) yield [one, other];
    }
  }

  #add(place: Place): void {
    const size = place.term.length;
    const key = codesKey(place.term);
    this.#sizes.add(size);
    push(key === undefined ? this.#loose : this.#named, size, place);
    if (key !== undefined) push(this.#byCodes, key, place);
  }
}

function* pairsOf(places: readonly Place[]): Generator<readonly [Place, Place]> {
  for (const [index, one] of places.entries()) {
    for (let other = index + 1; other < places.length; other++) {
      const second = places[other];
      if (second !== undefined) yield [one, second];
    }
  }
}

function prefixOf({ source: { select } }: Slot): string {
  switch (select.kind) {
    case 'code':
      return normaliseCode(select.code);
    case 'pattern':
      return patternPrefix(select.pattern);
    case 'subject':
      return normaliseCode(select.subject);
    case 'field':
      return '';
  }
}

/** The codes of a way that names codes alone. No code holds the separator: normal form has no blanks. */
function codesKey(term: Term): string | undefined {
  const codes = term.flatMap(({ source: { select } }) => (select.kind === 'code' ? [normaliseCode(select.code)] : []));
  return codes.length === term.length ? codes.sort().join(' ') : undefined;
}

function push<K>(map: Map<K, Place[]>, key: K, place: Place): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [place]);
  else list.push(place);
}
