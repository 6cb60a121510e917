import type { ConflictResult, EvaluationResult } from '../result.js';
import { barsOf } from './admissible.js';
import { decide } from './applications.js';
import type { Agreement } from './facts.js';
import { flagsOf } from './pool.js';
import { findSet, hasSet, reach } from './sets.js';
import { inPlay, isSatisfiedOn, meetsHeld, mightFire, type Context, type RuleInPlay } from './rules-in-play.js';
import { areDistinct, isAscending, isSame, keyOf } from './values.js';
import type { ReadRule } from './terms.js';
import type { Report } from './violation.js';

/**
 * §3, conflicts: rules of one agreement that give credit, satisfied on the same set, admissible whatever else is taken, not all of the same
 * outcome. What is stated is one, and every two rules that conflict are stated together, on one of their sets.
 */
export function checkConflicts(context: Context, result: EvaluationResult, report: Report): void {
  const { conflicts: stated } = result;
  if (!areDistinct(stated.map(({ agreement, rules, completions }) => keyOf(agreement, ...rules, '', ...completions))))
    report('order', 'a conflict is stated twice', '/conflicts');
  for (const [index, conflict] of stated.entries()) {
    const path = `/conflicts/${String(index)}`;
    if (decide(report, path, () => isConflict(context, conflict)) === false) report('conflict', 'these rules do not conflict', path);
  }
  if (!sawEverySet(result)) return;
  for (const [id, agreement] of context.facts.agreements) {
    const isStated = statedTogether(stated.filter((conflict) => conflict.agreement === id));
    decide(report, '/conflicts', () => {
      for (const [a, b] of conflictingPairs(context, agreement, isStated)) {
        report('conflict', `rules ${a.rule.id} and ${b.rule.id} of ${id} conflict`, '/conflicts');
      }
    });
  }
}

/** Whether two rules are stated in one conflict; each rule leads to its own conflicts, which are few. */
function statedTogether(stated: readonly ConflictResult[]): (a: ReadRule, b: ReadRule) => boolean {
  const partners = new Map<string, ReadonlySet<string>[]>();
  for (const { rules } of stated) {
    const together = new Set(rules);
    for (const rule of together) partners.set(rule, [...(partners.get(rule) ?? []), together]);
  }
  return (a, b) => partners.get(a.rule.id)?.some((together) => together.has(b.rule.id)) === true;
}

/** A result that was cut short by the number of sets claims nothing, not even a bound (§7); one whose work was spent states a bound. */
function sawEverySet({ provenLevels, bound }: EvaluationResult): boolean {
  return provenLevels > 0 || bound !== undefined;
}

function isConflict(context: Context, { agreement: id, rules, completions }: ConflictResult): boolean {
  const agreement = context.facts.agreements.get(id);
  const set = completions.flatMap((completion) => context.facts.positions.get(completion) ?? []);
  const reads = rules.flatMap((rule) => agreement?.read.rules.get(rule) ?? []);
  if (agreement === undefined || set.length < completions.length || set.length === 0 || reads.length < rules.length || reads.length < 2)
    return false;
  if (!isAscending(completions) || !areDistinct(rules)) return false;
  const inPlays = reads.map((read) => inPlay(context, agreement, read));
  return (
    inPlays.every((rule) => isAdmissibleOn(context, rule, set) && isSatisfiedOn(context, rule, set)) &&
    reads.some(({ rule }) => !isSame(rule.outcome, reads[0]?.rule.outcome))
  );
}

/** Gives credit, and is not barred by a refusal, a more exact rule or an annex. */
function isAdmissibleOn(context: Context, rule: RuleInPlay, set: readonly number[]): boolean {
  return !rule.read.refusal && barsOf(context, { rule, set }).length === 0;
}

/** Pairs of an agreement's rules that conflict on some set; those that are stated need not be looked into. */
function conflictingPairs(
  context: Context,
  agreement: Agreement,
  isStated: (a: ReadRule, b: ReadRule) => boolean,
): readonly (readonly [ReadRule, ReadRule])[] {
  const firing = firingRules(context, agreement);
  const pairs: (readonly [ReadRule, ReadRule])[] = [];
  for (const [index, a] of firing.entries()) {
    for (const b of firing.slice(index + 1))
      if (!isStated(a.rule.read, b.rule.read) && conflict(context, a, b)) pairs.push([a.rule.read, b.rule.read]);
  }
  return pairs;
}

/** A rule that gives credit and has a set, with everything eligible for it. */
interface FiringRule {
  readonly rule: RuleInPlay;
  readonly eligible: readonly number[];
}

function firingRules(context: Context, agreement: Agreement): readonly FiringRule[] {
  const { facts, steps } = context;
  const named = [...facts.byCode.keys()].flatMap((code) => agreement.read.byCode.get(code) ?? []);
  const all = facts.learned.map(() => true);
  return [...new Set([...named, ...agreement.read.broad])].flatMap((read) => {
    if (read.refusal || !mightFire(read.source, facts)) return [];
    const rule = inPlay(context, agreement, read);
    if (rule.barred !== undefined || !hasSet(read.source, rule.pool, all, steps)) return [];
    return [{ rule, eligible: reach(read.source, rule.pool) }];
  });
}

/** Whether two rules conflict on a set; sizes and completions tell most pairs apart. */
function conflict(context: Context, a: FiringRule, b: FiringRule): boolean {
  const [left, right] = [a.rule.read, b.rule.read];
  if (left.size.most < right.size.least || right.size.most < left.size.least) return false;
  const shared = a.eligible.filter((position) => b.eligible.includes(position));
  if (shared.length < Math.max(left.size.least, right.size.least) || isSame(left.rule.outcome, right.rule.outcome)) return false;
  const accept = (set: readonly number[]): boolean =>
    isSatisfiedOn(context, b.rule, set) &&
    meetsHeld(context, a.rule, set) &&
    isAdmissibleOn(context, a.rule, set) &&
    isAdmissibleOn(context, b.rule, set);
  const wanted = { including: [], free: flagsOf(context.facts.learned.length, shared), accept, uniform: false };
  return findSet(left.source, a.rule.pool, wanted, context.steps) !== undefined;
}
