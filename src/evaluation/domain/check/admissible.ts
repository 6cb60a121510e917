import { at } from '../../../kernel/index.js';
import type { Agreement } from './facts.js';
import { findSet, reach } from './sets.js';
import { inPlay, isSatisfiedOn, learnedAt, meetsHeld, type Bar, type Context, type RuleInPlay } from './rules-in-play.js';
import { compareExactness, exactness, type ReadRule } from './terms.js';

/** A rule on a set of completions (ascending positions) on which it is satisfied. */
export interface Candidate {
  readonly rule: RuleInPlay;
  readonly set: readonly number[];
}

/** The rules of an agreement that might have a set with this completion in it. */
function rulesThatMightTake(context: Context, { read }: Agreement, position: number): readonly ReadRule[] {
  const named = read.byCode.get(at(context.facts.learned, position).code) ?? [];
  return read.broad.length === 0 ? named : [...named, ...read.broad];
}

/** What makes an application inadmissible whatever else is taken: §3.1, 3.2 and 3.4. */
export function barsOf(context: Context, candidate: Candidate): readonly Bar[] {
  const { bars } = candidate.rule;
  const key = candidate.set.join();
  const before = bars.get(key);
  if (before !== undefined) return before;
  const found = findBars(context, candidate);
  bars.set(key, found);
  return found;
}

function findBars(context: Context, candidate: Candidate): readonly Bar[] {
  const bars: Bar[] = [];
  const { rule, set } = candidate;
  const { precedence } = rule.agreement.revision.terms;
  const rivals = rivalsOf(context, candidate);
  const learned = rivals.length === 0 ? [] : learnedAt(context.facts, set);
  const own = exactness(rule.read, learned);
  for (const other of rivals) {
    const order = compareExactness(own, exactness(other, learned));
    if (other.refusal && order >= 0 && refuses(context, inPlay(context, rule.agreement, other), set))
      bars.push({ code: 'refused', by: other });
    const ahead = precedence === 'mostSpecific' && (order > 0 || (order === 0 && isRestricted(other) && !isRestricted(rule.read)));
    if (ahead && isSatisfiedOn(context, inPlay(context, rule.agreement, other), set)) bars.push({ code: 'lessExact', by: other });
  }
  const annex = annexRuleOn(context, candidate);
  if (annex !== undefined) bars.push({ code: 'annex', by: annex });
  return bars;
}

function isRestricted({ rule }: ReadRule): boolean {
  return rule.conditions?.programmes?.only !== undefined;
}

/** Other rules of the agreement whose sets may be as large as this one. */
function rivalsOf(context: Context, { rule: { agreement, read }, set }: Candidate): readonly ReadRule[] {
  return rulesThatMightTake(context, agreement, set[0] ?? -1).filter((other) => other !== read && other.size.most >= set.length);
}

/** A refusal that is satisfied on this set or a larger one; `programmes` plays no part in what is more exact (§3.1). */
function refuses(context: Context, refusal: RuleInPlay, set: readonly number[]): boolean {
  return refusal.barred === undefined && hasSatisfiedSet(context, refusal, set, { isFree: () => true, accept: () => true, uniform: true });
}

/** A rule of an annex that is satisfied on a set which meets this one. */
function annexRuleOn(context: Context, { rule: { agreement }, set }: Candidate): ReadRule | undefined {
  for (const annex of context.facts.annexesOf.get(agreement.revision.agreement) ?? []) {
    for (const position of set) {
      const found = rulesThatMightTake(context, annex, position).find((other) => {
        const rule = inPlay(context, annex, other);
        return (
          rule.barred === undefined && hasSatisfiedSet(context, rule, [position], { isFree: () => true, accept: () => true, uniform: true })
        );
      });
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Whether a rule is satisfied on a set that includes some completions. */
function hasSatisfiedSet(
  context: Context,
  rule: RuleInPlay,
  including: readonly number[],
  wanted: {
    readonly isFree: (position: number) => boolean;
    readonly accept: (set: readonly number[]) => boolean;
    readonly uniform: boolean;
  },
): boolean {
  const { pool, read } = rule;
  const uniform = wanted.uniform && read.alsoHolds === undefined && read.doesNotHold === undefined;
  const free = context.facts.learned.map(({ position }) => wanted.isFree(position));
  const accept = (set: readonly number[]): boolean => wanted.accept(set) && meetsHeld(context, rule, set);
  return findSet(read.source, pool, { including, free, accept, uniform }, context.steps) !== undefined;
}

/**
 * Under `mostSpecific`, a rule that is satisfied on a larger set which no application taken breaks (§3.3). `taken` are the sets of
 * everything taken, this application's among them.
 */
export function outrankedBy(context: Context, candidate: Candidate, taken: readonly (readonly number[])[]): ReadRule | undefined {
  const { rule, set } = candidate;
  if (rule.agreement.revision.terms.precedence !== 'mostSpecific') return undefined;
  return rivalsOf(context, candidate).find((other) => {
    if (other.size.most <= set.length) return false;
    const rival = inPlay(context, rule.agreement, other);
    return rival.barred === undefined && hasUnbrokenSet(context, rival, set, taken);
  });
}

function hasUnbrokenSet(context: Context, rival: RuleInPlay, set: readonly number[], taken: readonly (readonly number[])[]): boolean {
  const items = new Set(reach(rival.read.source, rival.pool));
  if (!set.every((position) => items.has(position))) return false;
  // An application that takes something the rival cannot have breaks every larger set that it meets.
  const inside = taken.filter((other) => other.every((position) => items.has(position)));
  const outside = new Set(taken.filter((other) => !inside.includes(other)).flat());
  const breaks = (other: readonly number[], larger: readonly number[]): boolean =>
    other.some((position) => larger.includes(position)) &&
    !(other.length < larger.length && other.every((position) => larger.includes(position)));
  return hasSatisfiedSet(context, rival, set, {
    isFree: (position) => !outside.has(position),
    accept: (larger) => larger.length > set.length && !inside.some((other) => breaks(other, larger)),
    uniform: inside.every((other) => other === set || other.length === 1),
  });
}
