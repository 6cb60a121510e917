import type { ApplicationResult } from '../result.js';
import { barsOf, outrankedBy, type Candidate } from './admissible.js';
import type { Learned } from './facts.js';
import { Exhausted } from './pool.js';
import { inPlay, learnedAt, meetsHeld, type Context, type RuleInPlay } from './rules-in-play.js';
import { isSet } from './sets.js';
import type { ReadAward } from './terms.js';
import { keyOf } from './values.js';
import type { Report } from './violation.js';

/** A stated application whose agreement, rule, completions and option exist. */
export interface Taken extends Candidate {
  readonly stated: ApplicationResult;
  readonly path: string;
  readonly learned: readonly Learned[];
  /** The awards of the rule, of the option taken. */
  readonly awards: readonly ReadAward[];
  /** It rests on a choice that nobody has made. */
  readonly provisional: boolean;
}

/** Runs a question that may need more steps than there are; answers undefined then, and says so. */
export function decide<Answer>(report: Report, path: string, question: () => Answer): Answer | undefined {
  try {
    return question();
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    report('undecided', 'too many sets of completions to look at', path);
    return undefined;
  }
}

/** Reads what an application names; undefined, with a violation, when something of it does not exist. */
export function takenOf(context: Context, stated: ApplicationResult, path: string, report: Report): Taken | undefined {
  const rule = ruleOf(context, stated, path, report);
  const set = setOf(context, stated, path, report);
  const choice = rule === undefined ? undefined : optionOf(context, stated, rule, path, report);
  if (rule === undefined || set === undefined || choice === undefined) return undefined;
  return { stated, path, rule, set, learned: learnedAt(context.facts, set), ...choice };
}

function ruleOf(context: Context, stated: ApplicationResult, path: string, report: Report): RuleInPlay | undefined {
  const agreement = context.facts.agreements.get(stated.agreement);
  const read = agreement?.read.rules.get(stated.rule);
  if (agreement === undefined || read === undefined || agreement.revision.revision !== stated.revision) {
    report('unknownRule', `rule ${stated.rule} of revision ${String(stated.revision)} of ${stated.agreement} is not in the input`, path);
    return undefined;
  }
  const rule = inPlay(context, agreement, read);
  if (rule.barred === 'unknownRule') report('unknownRule', `rule ${stated.rule} is for another institution`, path);
  if (!read.refusal) return rule;
  report('unknownRule', `rule ${stated.rule} gives no credit`, path);
  return undefined;
}

function setOf({ facts }: Context, { completions }: ApplicationResult, path: string, report: Report): readonly number[] | undefined {
  const set = completions.flatMap((id) => facts.positions.get(id) ?? []);
  if (set.length < completions.length || set.length === 0) {
    report('unknownCompletion', `${completions.join(', ')}: not all in the input`, `${path}/completions`);
    return undefined;
  }
  const sorted = [...new Set(set)].sort((a, b) => a - b);
  if (sorted.some((position, index) => position !== set[index]) || sorted.length < set.length) {
    report('order', `${completions.join(', ')} is not sorted`, `${path}/completions`);
  }
  return sorted;
}

function optionOf(
  { facts }: Context,
  { agreement, rule, choice }: ApplicationResult,
  { read }: RuleInPlay,
  path: string,
  report: Report,
): Pick<Taken, 'awards' | 'provisional'> | undefined {
  const { outcome } = read.rule;
  const chosen = outcome.kind === 'choice' && outcome.by !== 'best' ? facts.choices.get(keyOf(agreement, rule)) : undefined;
  const fits =
    outcome.kind === 'choice'
      ? choice?.made === (chosen !== undefined) && (chosen === undefined || choice.option === Math.min(...chosen))
      : choice === undefined;
  if (!fits) report('choice', `the option of rule ${rule} is not the one chosen, or is misstated`, `${path}/choice`);
  const awards = read.options[choice?.option ?? 0];
  if (awards === undefined) {
    report('choice', `rule ${rule} has no such option`, `${path}/choice`);
    return undefined;
  }
  return { awards, provisional: outcome.kind === 'choice' && outcome.by !== 'best' && chosen === undefined };
}

/** §1 to §3 for everything taken. */
export function checkApplications(context: Context, taken: readonly Taken[], report: Report): void {
  const sets = taken.map(({ set }) => set);
  const consumed = new Set<number>();
  for (const one of taken) {
    if (one.set.some((position) => consumed.has(position))) report('consumedTwice', 'another application consumes this too', one.path);
    for (const position of one.set) consumed.add(position);
    decide(report, one.path, () => {
      checkSatisfied(context, one, report);
      checkAdmissible(context, one, sets, report);
    });
  }
}

function checkSatisfied(context: Context, { rule, set, stated, path }: Taken, report: Report): void {
  if (rule.barred === 'dates') report('dates', `rule ${stated.rule} is not valid on the governing date`, path);
  if (rule.barred === 'programmes') report('programmes', `rule ${stated.rule} is not for this programme`, path);
  if (!isSet(rule.read.source, rule.pool, set, context.steps)) {
    report('notASet', `${stated.completions.join(', ')} is no smallest set of eligible completions of rule ${stated.rule}`, path);
  }
  if (!meetsHeld(context, rule, set)) report('heldCondition', `what rule ${stated.rule} looks at besides is not so`, path);
}

function checkAdmissible(context: Context, taken: Taken, sets: readonly (readonly number[])[], report: Report): void {
  for (const { code, by } of barsOf(context, taken)) report(code, `rule ${taken.stated.rule} gives way to rule ${by.rule.id}`, taken.path);
  const by = outrankedBy(context, taken, sets);
  if (by !== undefined) report('outranked', `rule ${taken.stated.rule} gives way to rule ${by.rule.id} on a larger set`, taken.path);
}
