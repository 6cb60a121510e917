import { largestSet, minimalSets, type Stock } from '../../rules/domain/index.js';
import { HeldConditions, programmeObstacle } from './conditions.js';
import type { RuleMatch, Scene } from './matching.js';
import type { Reason } from './reasons.js';

/** A rule on one of its sets. */
export interface RuleOnSet {
  readonly match: RuleMatch;
  /** Ascending indices of completions. */
  readonly set: readonly number[];
  /** The same for the same set. */
  readonly key: string;
}

/** Where a rule is satisfied, and why it is not on the rest of its sets, or on none. */
export interface Satisfaction {
  readonly match: RuleMatch;
  /** What the sets of the rule are made of: its eligible completions. */
  readonly stock: Stock;
  /** Set when the governing date or the programme rules out every set; then none were looked for. */
  readonly obstacle: Reason | undefined;
  readonly satisfied: readonly RuleOnSet[];
  readonly failed: readonly { readonly set: readonly number[]; readonly reason: Reason }[];
  /** False when sets may be missing, or a condition could not be told. */
  readonly complete: boolean;
}

/** What an evaluation looks for, at most. */
export interface SetLimits {
  /** Sets of one rule. */
  readonly perRule: number;
  /** Sets of all rules, each as often as there are ways to take the rule: see `waysToTake`. */
  readonly inAll: number;
  /** For how long sets are looked for: see `SearchWork`. */
  readonly steps: number;
  /** Under `mostSpecific`: applications, times the larger sets that they give way to. Each of these is a row of the model, with up to as many terms as there are applications. */
  readonly givingWay: number;
  /** What becomes of an evaluation that has more: it is cut short, and says so, or it is refused by `TooManySets`. */
  readonly beyond: 'cutShort' | 'refused';
}

/** The options of a choice; any other rule is taken in one way. */
export function waysToTake({ compiled: { rule } }: RuleMatch): number {
  return rule.outcome.kind === 'choice' ? rule.outcome.options.length : 1;
}

/** Thrown where an evaluation would take more sets than its caller wants to spend time on. */
export class TooManySets extends Error {
  override readonly name = 'TooManySets';
}

/** The sets on which a rule is satisfied (docs/evaluation.md §2), at most `limit` of them. */
export function satisfaction(match: RuleMatch, scene: Scene, limit: number): Satisfaction {
  const stock = { eligible: eligibleByLeaf(match), credits: scene.credits };
  const obstacle = programmeObstacle(match, scene.input);
  if (obstacle !== undefined) return { match, stock, obstacle, satisfied: [], failed: [], complete: true };
  const { sets, complete } = minimalSets(match.compiled.source.root, stock, limit, scene.work);
  const onSets = sets.flatMap((set): RuleOnSet | [] => (set.length > 0 ? { match, set, key: set.join() } : []));
  const { alsoHolds, doesNotHold } = match.compiled;
  if (alsoHolds === undefined && doesNotHold === undefined) return { match, stock, obstacle, satisfied: onSets, failed: [], complete };
  const conditions = new HeldConditions(match, scene);
  const satisfied: RuleOnSet[] = [];
  const failed: { set: readonly number[]; reason: Reason }[] = [];
  for (const onSet of onSets) {
    const reason = conditions.obstacle(onSet.set);
    if (reason === undefined) satisfied.push(onSet);
    else failed.push({ set: onSet.set, reason });
  }
  return { match, stock, obstacle, satisfied, failed, complete: complete && conditions.complete };
}

/** A rule of which some sets were not looked for: on what else it is satisfied can only be asked set by set. */
export interface CutShort {
  readonly match: RuleMatch;
  /** The completions that its sets are made of. */
  readonly eligible: ReadonlySet<number>;
  /** Completions of its largest possible set. */
  readonly largest: number;
  /** True also where it could not be told. */
  readonly isSatisfiedOn: (set: readonly number[]) => boolean;
}

export function cutShort({ match, stock }: Satisfaction, scene: Scene): CutShort {
  const { source, alsoHolds, doesNotHold } = match.compiled;
  const isSet = (set: readonly number[]): boolean => {
    const eligible = stock.eligible.map((indices) => indices.filter((index) => set.includes(index)));
    const { sets, complete } = minimalSets(source.root, { ...stock, eligible }, 1);
    const [first] = sets;
    return first === undefined ? !complete : first.length === set.length;
  };
  const isHeld = (set: readonly number[]): boolean => {
    if (alsoHolds === undefined && doesNotHold === undefined) return true;
    const conditions = new HeldConditions(match, scene);
    return conditions.obstacle(set) === undefined || !conditions.complete;
  };
  const largest = largestSet(source.root);
  return { match, eligible: new Set(stock.eligible.flat()), largest, isSatisfiedOn: (set) => isSet(set) && isHeld(set) };
}

function eligibleByLeaf({ compiled, mentions }: RuleMatch): readonly (readonly number[])[] {
  const eligible = compiled.source.leaves.map((): number[] => []);
  for (const { held, leaves } of mentions) for (const leaf of leaves) eligible[leaf]?.push(held.index);
  return eligible;
}
