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
 * nothing admissible does, S can never be taken and is left out, which may leave others without a breaker. (Of two larger sets one within the
 * other neither follows from the other: the smaller may be broken by what lies within the larger, the larger by what misses the smaller.)
 */
export function withoutUnbreakable(admissible: readonly Admissible[]): {
  readonly kept: readonly Admissible[];
  readonly dropped: readonly Outranked[];
} {
  const dropped: Outranked[] = [];
  let kept = admissible;
  for (;;) {
    const byCompletion = admissibleByCompletion(kept);
    const unbreakable = kept.flatMap(({ onSet, largerSets }) => {
      const by = largerSets.find((larger) => !isBreakable(larger.set, onSet.set, byCompletion));
      return by === undefined ? [] : [{ onSet, by }];
    });
    if (unbreakable.length === 0) return { kept, dropped };
    dropped.push(...unbreakable);
    const gone = new Set(unbreakable.map(({ onSet }) => onSet));
    kept = kept.filter(({ onSet }) => !gone.has(onSet));
  }
}

/** What is admissible, by each of its completions; nothing when there is no larger set to break. */
function admissibleByCompletion(admissible: readonly Admissible[]): ReadonlyMap<number, readonly RuleOnSet[]> {
  const byCompletion = new Map<number, RuleOnSet[]>();
  if (admissible.every(({ largerSets }) => largerSets.length === 0)) return byCompletion;
  for (const { onSet } of admissible) {
    for (const index of onSet.set) valueAt(byCompletion, index, (): RuleOnSet[] => []).push(onSet);
  }
  return byCompletion;
}

function isBreakable(larger: readonly number[], own: readonly number[], byCompletion: ReadonlyMap<number, readonly RuleOnSet[]>): boolean {
  const breaks = ({ set }: RuleOnSet): boolean => !set.some((index) => own.includes(index)) && set.some((index) => !larger.includes(index));
  return larger.some((index) => !own.includes(index) && byCompletion.get(index)?.some(breaks) === true);
}
