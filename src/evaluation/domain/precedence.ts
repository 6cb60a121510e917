import { compareExactness, exactnessOf, type Exactness } from '../../rules/domain/index.js';
import type { Candidates } from './candidate.js';
import type { CompiledRevision } from './compiled-revision.js';
import type { RuleMatch } from './matching.js';
import { waysToTake, type CutShort, type RuleOnSet } from './satisfied.js';
import { withoutUnbreakable, type Admissible, type Outranked } from './larger-sets.js';
import { valueAt } from './value-at.js';
import { outcomeText } from './worth.js';

export interface Verdicts {
  readonly admissible: readonly Admissible[];
  readonly outranked: readonly Outranked[];
  readonly conflicts: Candidates['conflicts'];
  /** False when rules were left out because too many larger sets go before them. */
  readonly complete: boolean;
}

/** The rules of one revision that are satisfied, on their sets. */
export interface SatisfiedRules {
  readonly revision: CompiledRevision;
  /** By rule id, then by set. */
  readonly satisfied: readonly RuleOnSet[];
  /** Those that may be satisfied on more sets. Whatever such a rule might go before is left out: better too little credit than what a rule forbids. */
  readonly cutShort: readonly CutShort[];
}

/** Decides which credit rules may be taken where (docs/evaluation.md §3), revisions being in the order of their agreements. `givingWay`: see `SetLimits`. */
export function decidePrecedence(all: readonly SatisfiedRules[], givingWay: number): Verdicts {
  const applications = all.flatMap(({ satisfied }) => satisfied).reduce((sum, { match }) => sum + waysToTake(match), 0);
  let rowsLeft = givingWay / Math.max(1, applications);
  const admissible: Admissible[] = [];
  const outranked: Outranked[] = [];
  const conflicts: Candidates['conflicts'][number][] = [];
  const annexes = all.filter(({ revision }) => revision.revision.terms.annexTo !== undefined);
  for (const rules of all) {
    const { revision, satisfied } = rules;
    if (satisfied.length === 0) continue;
    const inForce = new SatisfiedSets(rules, claimedByAnnexes(revision, annexes));
    const free: RuleOnSet[] = [];
    for (const onSet of satisfied) {
      if (isRefusal(onSet.match)) continue;
      const by = inForce.outranking(onSet);
      if (by === undefined) free.push(onSet);
      else outranked.push({ onSet, by });
    }
    for (const onSet of free) {
      const largerSets = inForce.largerSets(onSet, rowsLeft);
      rowsLeft -= largerSets.length * waysToTake(onSet.match);
      const [by] = largerSets;
      if (rowsLeft >= 0 || by === undefined) admissible.push({ onSet, largerSets });
      else outranked.push({ onSet, by });
    }
    if (inForce.areShared) conflicts.push(...conflictsAmong(revision, free));
  }
  const { kept, dropped } = withoutUnbreakable(admissible);
  return { admissible: kept, outranked: [...outranked, ...dropped], conflicts, complete: rowsLeft >= 0 };
}

/** Whether a rule gives no credit by itself: it refuses, or leaves it to a person. */
export function isRefusal({ compiled }: RuleMatch): boolean {
  const { kind } = compiled.rule.outcome;
  return kind === 'noCredit' || kind === 'individualAssessment';
}

/** The completions that rules of an annex to this revision's agreement are satisfied on, each with the first of these rules. */
function claimedByAnnexes({ revision }: CompiledRevision, annexes: readonly SatisfiedRules[]): ReadonlyMap<number, RuleOnSet> {
  const claimed = new Map<number, RuleOnSet>();
  for (const other of annexes) {
    if (other.revision.revision.terms.annexTo !== revision.agreement) continue;
    const possible = other.cutShort.flatMap(({ match, eligible }) => [...eligible].map((index) => onSetOf(match, [index])));
    for (const onSet of [...other.satisfied, ...possible])
      for (const index of onSet.set) if (!claimed.has(index)) claimed.set(index, onSet);
  }
  return claimed;
}

const noSets = (): RuleOnSet[] => [];
const none: readonly RuleOnSet[] = [];

/** Where the rules of one agreement are satisfied, looked up by set and by what contains a set. */
class SatisfiedSets {
  readonly #mostSpecific: boolean;
  readonly #refusing: boolean;
  readonly #cutShort: readonly CutShort[];
  /** Whether several rules are satisfied on one set. */
  readonly areShared: boolean;
  readonly #annexes: ReadonlyMap<number, RuleOnSet>;
  readonly #firstOnSet = new Map<string, FirstOnSet>();
  /** Only sets of several completions: no other contains another. */
  readonly #byCompletion = new Map<number | undefined, RuleOnSet[]>();

  constructor({ revision: { revision }, satisfied, cutShort }: SatisfiedRules, annexes: ReadonlyMap<number, RuleOnSet>) {
    this.#mostSpecific = revision.terms.precedence === 'mostSpecific';
    this.#cutShort = cutShort;
    this.#refusing = satisfied.some(({ match }) => isRefusal(match));
    this.#annexes = annexes;
    if (this.#mostSpecific || this.#refusing) this.#index(satisfied);
    this.areShared = new Set(satisfied.map(({ key }) => key)).size < satisfied.length;
  }

  #index(satisfied: readonly RuleOnSet[]): void {
    for (const onSet of satisfied) {
      this.#firstOnSet.set(onSet.key, goingFirst(onSet, this.#firstOnSet.get(onSet.key)));
      if (onSet.set.length > 1) for (const index of onSet.set) valueAt(this.#byCompletion, index, noSets).push(onSet);
    }
  }

  /** The first that makes a credit rule inadmissible on a set: a refusal, a more exact rule, or an annex. */
  outranking(onSet: RuleOnSet): RuleOnSet | undefined {
    const refusing = this.#refusing ? this.#refusal(onSet) : undefined;
    if (refusing !== undefined) return refusing;
    const first = this.#mostSpecific ? this.#firstOnSet.get(onSet.key)?.rule : undefined;
    if (first !== undefined && isMoreExact(first, onSet)) return first;
    const claimed = this.#annexes.size === 0 ? undefined : onSet.set.find((index) => this.#annexes.has(index));
    if (claimed !== undefined) return this.#annexes.get(claimed);
    const possible = this.#cutShort.find((rule) => this.#mayOutrank(rule, onSet));
    return possible && onSetOf(possible.match, onSet.set);
  }

  /** Whether a rule might go first on a set that was not looked for: on the same one, or on one that contains it. */
  #mayOutrank({ match, eligible, largest, isSatisfiedOn }: CutShort, onSet: RuleOnSet): boolean {
    const { set } = onSet;
    const refuses = isRefusal(match);
    if (match === onSet.match || !(refuses || this.#mostSpecific)) return false;
    if (!set.every((index) => eligible.has(index))) return false;
    const isLargerPossible = largest > set.length;
    if (refuses && compareOn(set, onSet.match, match) >= 0) return isLargerPossible || isSatisfiedOn(set);
    if (!this.#mostSpecific) return false;
    return isLargerPossible || (isMoreExact(onSetOf(match, set), onSet) && isSatisfiedOn(set));
  }

  /** The most exact rule that refuses on a set, or else the first on one that contains it, where the rule in question is not more exact. */
  #refusal(onSet: RuleOnSet): RuleOnSet | undefined {
    const refuses = (other: RuleOnSet): boolean => isRefusal(other.match) && compareOn(onSet.set, onSet.match, other.match) >= 0;
    const first = this.#firstOnSet.get(onSet.key)?.refusal;
    if (first !== undefined && refuses(first)) return first;
    for (const other of this.#containing(onSet)) if (refuses(other)) return other;
    return undefined;
  }

  /** Under `mostSpecific`: the larger sets on which other rules are satisfied, each once; no more than one beyond the limit. */
  largerSets(onSet: RuleOnSet, limit: number): readonly RuleOnSet[] {
    if (!this.#mostSpecific) return none;
    const bySet = new Map<string, RuleOnSet>();
    for (const other of this.#containing(onSet)) {
      if (other.match !== onSet.match && !bySet.has(other.key)) bySet.set(other.key, other);
      if (bySet.size > limit) break;
    }
    return [...bySet.values()];
  }

  *#containing({ set }: RuleOnSet): Iterable<RuleOnSet> {
    const [first, ...others] = set;
    for (const other of this.#byCompletion.get(first) ?? none)
      if (other.set.length > set.length && others.every((index) => other.set.includes(index))) yield other;
  }
}

/** The most exact of the rules on one set, and of those that refuse: who goes before any other there is decided by these, without comparing every two. */
interface FirstOnSet {
  readonly rule: RuleOnSet;
  readonly refusal: RuleOnSet | undefined;
}

function goingFirst(onSet: RuleOnSet, before: FirstOnSet | undefined): FirstOnSet {
  const firstOf = (known: RuleOnSet | undefined): RuleOnSet => (known === undefined || isMoreExact(onSet, known) ? onSet : known);
  return { rule: firstOf(before?.rule), refusal: isRefusal(onSet.match) ? firstOf(before?.refusal) : before?.refusal };
}

function onSetOf(match: RuleMatch, set: readonly number[]): RuleOnSet {
  return { match, set, key: set.join() };
}

/** Which of two rules that mention all of these completions takes them more exactly: negative when the first does. */
function compareOn(set: readonly number[], a: RuleMatch, b: RuleMatch): number {
  return compareExactness(exactnessOn(set, a), exactnessOn(set, b));
}

const ranksOf = new WeakMap<RuleMatch, ReadonlyMap<number, number>>();

/** A rule is compared on each of its sets: the ranks of its completions are looked up, not looked for. */
function exactnessOn(set: readonly number[], match: RuleMatch): Exactness {
  const ranks = ranksOf.get(match) ?? new Map(match.mentions.map(({ held, rank }) => [held.index, rank]));
  ranksOf.set(match, ranks);
  return exactnessOf(set.flatMap((index) => ranks.get(index) ?? []));
}

/** Of two rules on the same set: by exactness, then the one that is restricted to programmes. */
function isMoreExact(a: RuleOnSet, b: RuleOnSet): boolean {
  if (a.match === b.match) return false;
  const order = compareOn(a.set, a.match, b.match);
  return order < 0 || (order === 0 && a.match.compiled.only !== undefined && b.match.compiled.only === undefined);
}

/** Rules that are free on a set and not all of one outcome; the same rules once, with the first set they share. */
function conflictsAmong({ revision }: CompiledRevision, free: readonly RuleOnSet[]): Candidates['conflicts'] {
  const bySet = new Map<string, RuleOnSet[]>();
  for (const onSet of free) valueAt(bySet, onSet.key, noSets).push(onSet);
  const conflicts = new Map<string, Candidates['conflicts'][number]>();
  for (const onSets of bySet.values()) {
    const [first] = onSets;
    if (first === undefined || new Set(onSets.map(({ match }) => outcomeText(match.compiled))).size === 1) continue;
    const rules = onSets.map(({ match }) => match.compiled.rule.id);
    const key = rules.join('\u0000');
    if (!conflicts.has(key)) conflicts.set(key, { agreement: revision.agreement, rules, set: first.set });
  }
  return [...conflicts.values()];
}
