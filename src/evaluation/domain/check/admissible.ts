import type { Agreement } from './facts.js';
import { findSet, reach } from './sets.js';
import { inPlay, isSatisfiedOn, learnedAt, meetsHeld, type Context, type RuleInPlay } from './rules-in-play.js';
import { compareExactness, type ReadRule } from './terms.js';
import type { ViolationCode } from './violation.js';

/** A rule on a set of completions (ascending positions) on which it is satisfied. */
export interface Candidate {
  readonly rule: RuleInPlay;
  readonly set: readonly number[];
}

/** Why an application is inadmissible, and the rule that makes it so. */
export interface Bar {
  readonly code: ViolationCode & ('refused' | 'lessExact' | 'outranked' | 'annex');
  readonly by: ReadRule;
}

/** The rules of an agreement that might have a set with this completion in it. */
function rulesThatMightTake(context: Context, { read }: Agreement, position: number): readonly ReadRule[] {
  const code = context.facts.learned[position]?.code ?? '';
  return [...(read.byCode.get(code) ?? []), ...read.broad];
}

/** What makes an application inadmissible whatever else is taken: §3.1, 3.2 and 3.4. Each clause is named once. */
export function barsOf(context: Context, candidate: Candidate): readonly Bar[] {
  const bars: Bar[] = [];
  const { agreement } = candidate.rule;
  for (const other of rivalsOf(context, candidate)) {
    if (other.refusal && refuses(context, candidate, inPlay(context, agreement, other))) bars.push({ code: 'refused', by: other });
    if (agreement.revision.terms.precedence === 'mostSpecific' && isMoreExact(context, other, candidate))
      bars.push({ code: 'lessExact', by: other });
  }
  const annex = annexRuleOn(context, candidate);
  if (annex !== undefined) bars.push({ code: 'annex', by: annex });
  return bars;
}

/** Other rules of the agreement whose sets may be as large as this one. */
function rivalsOf(context: Context, { rule: { agreement, read }, set }: Candidate): readonly ReadRule[] {
  return rulesThatMightTake(context, agreement, set[0] ?? -1).filter((other) => other !== read && other.size.most >= set.length);
}

/** A refusal satisfied on this set or a larger one, unless the credit rule is more exact on this set; `programmes` plays no part. */
function refuses(context: Context, { rule, set }: Candidate, refusal: RuleInPlay): boolean {
  if (refusal.barred !== undefined) return false;
  if (compareExactness(rule.read, refusal.read, learnedAt(context.facts, set)) < 0) return false;
  return hasSatisfiedSet(context, refusal, set, { isFree: () => true, accept: () => true, uniform: true });
}

function isMoreExact(context: Context, other: ReadRule, { rule: { agreement, read }, set }: Candidate): boolean {
  const order = compareExactness(other, read, learnedAt(context.facts, set));
  const restricted = ({ rule }: ReadRule): boolean => rule.conditions?.programmes?.only !== undefined;
  const moreExact = order < 0 || (order === 0 && restricted(other) && !restricted(read));
  return moreExact && isSatisfiedOn(context, inPlay(context, agreement, other), set);
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
