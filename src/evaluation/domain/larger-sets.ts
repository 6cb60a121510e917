import type { RuleOnSet } from './satisfied.js';
import { valueAt } from './value-at.js';

/** A credit rule on a set that no rule outranks, as far as that does not depend on what else is taken. */
export interface Admissible {
  readonly onSet: RuleOnSet;
  /** The larger sets of other rules that must be broken if it is taken. */
  readonly largerSets: readonly RuleOnSet[];
}

/** A credit rule on a set that can never be taken, and who outranks it. */
export interface Outranked {
  readonly onSet: RuleOnSet;
  readonly by: RuleOnSet;
}

/**
 * Under `mostSpecific` a rule taken on S wants every larger set T of another rule broken: some completion of T consumed by what is taken on a set
 * that is no proper subset of T (docs/evaluation.md §3.3). What breaks T beside S is disjoint from S, meets T and reaches out of it. Where
 * nothing admissible does, S can never be taken and is left out, which may leave others without a breaker; and a T whose breakers include
 * all those of another T of the same S is broken whenever that one is.
 */
export function withoutUnbreakable(admissible: readonly Admissible[]): {
  readonly kept: readonly Admissible[];
  readonly dropped: readonly Outranked[];
} {
  const dropped: Outranked[] = [];
  let kept = admissible;
  for (;;) {
    const breakers = new Breakers(kept);
    const unbreakable = kept.flatMap(({ onSet, largerSets }) => {
      const by = largerSets.find((larger) => breakers.of(onSet, larger).length === 0);
      return by === undefined ? [] : [{ onSet, by }];
    });
    if (unbreakable.length === 0) return { kept: kept.map((one) => withoutImplied(one, breakers)), dropped };
    dropped.push(...unbreakable);
    const gone = new Set(unbreakable.map(({ onSet }) => onSet));
    kept = kept.filter(({ onSet }) => !gone.has(onSet));
  }
}

/** What could break a larger set, among what is admissible. */
class Breakers {
  readonly #byCompletion = new Map<number, RuleOnSet[]>();

  constructor(admissible: readonly Admissible[]) {
    if (admissible.every(({ largerSets }) => largerSets.length === 0)) return;
    for (const { onSet } of admissible) {
      for (const index of onSet.set) {
        valueAt(this.#byCompletion, index, (): RuleOnSet[] => []).push(onSet);
      }
    }
  }

  of({ set }: RuleOnSet, larger: RuleOnSet): readonly RuleOnSet[] {
    const [own, all] = [new Set(set), new Set(larger.set)];
    const breaking = larger.set
      .filter((index) => !own.has(index))
      .flatMap((index) => this.#byCompletion.get(index) ?? [])
      .filter((other) => other.set.every((index) => !own.has(index)) && other.set.some((index) => !all.has(index)));
    return [...new Set(breaking)];
  }
}

function withoutImplied({ onSet, largerSets }: Admissible, breakers: Breakers): Admissible {
  if (largerSets.length < 2) return { onSet, largerSets };
  const sets = largerSets.map((larger) => new Set(breakers.of(onSet, larger)));
  const implied = (set: ReadonlySet<RuleOnSet>, at: number): boolean =>
    sets.some((other, position) => {
      if (position === at || other.size > set.size || (other.size === set.size && position > at)) return false;
      return [...other].every((breaker) => set.has(breaker));
    });
  return { onSet, largerSets: largerSets.filter((_, at) => !implied(sets[at] ?? new Set(), at)) };
}
