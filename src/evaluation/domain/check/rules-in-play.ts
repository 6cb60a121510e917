import { at, compareRational, contains, dateBefore, type GradingScale, type Thousandths } from '../../../kernel/index.js';
import { anyMember, type Rule } from '../../../rules/domain/index.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { EvaluationInput } from '../input.js';
import { rankOn, takesPart, type Agreement, type Facts, type Home, type Learned } from './facts.js';
import { convertGrade } from './grade-tables.js';
import { flagsOf, type Pool, type Steps } from './pool.js';
import { hasSet, isSet } from './sets.js';
import type { ViolationCode } from './violation.js';
import { inScope, type Leaf, type Node, type One, type ReadRule } from './terms.js';

/** A rule of an agreement against the completions of the input (§2). */
export interface RuleInPlay {
  readonly agreement: Agreement;
  readonly read: ReadRule;
  /** Of the conditions that hold whatever the set: the one that fails. */
  readonly barred: 'unknownRule' | 'dates' | 'programmes' | undefined;
  /** Its eligible completions. */
  readonly pool: Pool;
  /** What `alsoHolds` and `doesNotHold` look at: completions by position, then the home record. */
  readonly held: Pool;
  /** What bars it on the sets that were looked at, by their positions. */
  readonly bars: Map<string, readonly Bar[]>;
}

/** Why an application is inadmissible whatever else is taken (§3), and the rule that makes it so. */
export interface Bar {
  readonly code: ViolationCode & ('refused' | 'lessExact' | 'annex');
  readonly by: ReadRule;
}

export interface Context {
  readonly facts: Facts;
  readonly steps: Steps;
  readonly rules: Map<ReadRule, RuleInPlay>;
}

export function inPlay({ facts, rules }: Context, agreement: Agreement, read: ReadRule): RuleInPlay {
  const before = rules.get(read);
  if (before !== undefined) return before;
  const made = {
    agreement,
    read,
    barred: barredBy(read, agreement, facts.input),
    pool: eligiblePool(facts, agreement, read),
    held: heldPool(facts, agreement, read),
    bars: new Map<string, readonly Bar[]>(),
  };
  rules.set(read, made);
  return made;
}

function barredBy(read: ReadRule, { parties }: Agreement, input: EvaluationInput): RuleInPlay['barred'] {
  const { governedBy, validity, conditions } = read.rule;
  const { code, institution } = input.programme;
  if (!takesPart(read, parties, institution)) return 'unknownRule';
  if (governedBy === 'request' && !contains(validity, input.requestDate)) return 'dates';
  if (governedBy === 'admission' && (input.admissionDate === undefined || !contains(validity, input.admissionDate))) return 'dates';
  const { only, except } = conditions?.programmes ?? {};
  return only?.includes(code) === false || except?.includes(code) === true ? 'programmes' : undefined;
}

/** The completion at a position; undefined for a position of the home record. */
export function learnedAt(facts: Facts, set: readonly number[]): readonly Learned[] {
  return set.map((position) => at(facts.learned, position));
}

/** A pool whose parts are answered once. */
function pooled(size: number, creditsOf: (item: number) => Thousandths, fittingLeaf: (leaf: Leaf) => readonly number[]): Pool {
  const known = new Map<One, readonly number[]>();
  const find = ({ leaves }: One): readonly number[] => {
    const [first, ...others] = leaves.map(fittingLeaf);
    return first !== undefined && others.length === 0 ? first : [...new Set([first ?? [], ...others].flat())].sort((a, b) => a - b);
  };
  const fitting = (part: One): readonly number[] => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const found = find(part);
    known.set(part, found);
    return found;
  };
  return { size, creditsOf, fitting };
}

/** Positions of completions that may match a leaf: those of its code, or all that count. */
function candidates(facts: Facts, { select }: Leaf): readonly number[] {
  return select.code === undefined ? facts.counting : (facts.byCode.get(select.code) ?? []);
}

/** False where a part that every set needs matches nothing that is held: so with most rules, and nothing else need be asked of them. */
export function mightFire(node: Node, facts: Facts): boolean {
  switch (node.kind) {
    case 'one':
      return node.leaves.some((leaf) => candidates(facts, leaf).length > 0);
    case 'each':
      return node.parts.every((part) => mightFire(part, facts));
    case 'all':
      return node.of.every((part) => mightFire(part, facts));
    case 'count':
      return mightFire(node.of, facts);
    default:
      return node.of.some((part) => mightFire(part, facts));
  }
}

function eligiblePool(facts: Facts, agreement: Agreement, read: ReadRule): Pool {
  const { learned, scales, input } = facts;
  const { terms } = agreement.revision;
  const usable = new Map<Learned, boolean>();
  const isUsable = (one: Learned): boolean => {
    const before = usable.get(one);
    if (before !== undefined) return before;
    const now = isUsableBy(one, agreement, read) && meetsConditions(one, read.rule, input);
    usable.set(one, now);
    return now;
  };
  const takes = (leaf: Leaf, position: number): boolean => {
    const one = learned[position];
    return (
      one !== undefined &&
      inScope(leaf.select, one) &&
      leaf.select.matches(one) &&
      one.credits >= leaf.minimumCredits &&
      isUsable(one) &&
      meetsGrades(one, leaf, terms, scales)
    );
  };
  return pooled(
    learned.length,
    (item) => at(learned, item).credits,
    (leaf) => candidates(facts, leaf).filter((position) => takes(leaf, position)),
  );
}

/** Usable by this rule (§1), and from where the rule wants it (§2). */
function isUsableBy(one: Learned, { revision, parties }: Agreement, { rule, repeated }: ReadRule): boolean {
  if (!one.usable || !(one.representative || repeated.has(one.code)) || !isFrom(one, rule, parties)) return false;
  switch (revision.terms.redemption) {
    case 'oncePerProgramme':
      return !one.redeemed.inProgramme;
    case 'oncePerInstitution':
      return !one.redeemed.inInstitution;
    case 'once':
      return !one.redeemed.anywhere;
  }
}

function isFrom({ completion: { provider, platform } }: Learned, { from }: Rule, parties: ReadonlySet<string>): boolean {
  if (from === anyMember) return parties.has(provider) || (platform !== undefined && parties.has(platform));
  return provider === from || platform === from;
}

/** The rule's conditions on each completion. */
function meetsConditions({ completion, waived }: Learned, { conditions, governedBy, validity }: Rule, input: EvaluationInput): boolean {
  const { completedOn, enrolledOn, evidence, hours } = completion;
  const demand = conditions?.evidence;
  if (demand !== undefined && !waived.has('evidence')) {
    if (demand.identityVerified === true && !evidence.identityVerified) return false;
    if (demand.proctored === true && !evidence.proctored) return false;
    if (demand.verifiedTranscript === true && evidence.verification !== 'verified' && evidence.verification !== 'attested') return false;
    if (demand.minimumHours !== undefined && (hours === undefined || hours < demand.minimumHours)) return false;
  }
  const within = conditions?.completedWithin;
  if (within !== undefined && !waived.has('completedWithin')) {
    const until = within.before === 'request' ? input.requestDate : input.admissionDate;
    if (until === undefined || completedOn === undefined || completedOn < dateBefore(until, within.duration)) return false;
  }
  if ((governedBy !== 'completion' && governedBy !== 'enrolment') || waived.has('dates')) return true;
  const governing = governedBy === 'completion' ? completedOn : enrolledOn;
  return governing !== undefined && contains(validity, governing);
}

function meetsGrades(
  { completion: { grade }, waived }: Learned,
  { minimumGrade, maximumGrade }: Leaf,
  terms: AgreementTerms,
  scales: ReadonlyMap<string, GradingScale>,
): boolean {
  const compared = (wanted: { readonly scale: string; readonly value: string }): number | undefined => {
    const value = grade === undefined ? undefined : convertGrade(grade, wanted.scale, terms, scales);
    const [reached, limit] = [
      value === undefined ? undefined : rankOn(scales, wanted.scale, value),
      rankOn(scales, wanted.scale, wanted.value),
    ];
    return reached === undefined || limit === undefined ? undefined : compareRational(reached, limit);
  };
  if (minimumGrade !== undefined && !waived.has('minimumGrade') && (compared(minimumGrade) ?? -1) < 0) return false;
  return maximumGrade === undefined || (compared(maximumGrade) ?? 1) <= 0;
}

/** A selector on the receiving institution looks at the home record; one that names nobody means the rule's `from` (§2). */
function heldPool(facts: Facts, agreement: Agreement, { rule }: ReadRule): Pool {
  const { learned, home, scales, input } = facts;
  const { parties, revision } = agreement;
  const { institution } = input.programme;
  const holds = (leaf: Leaf, position: number): boolean => {
    const one = learned[position];
    if (one === undefined || !leaf.select.matches(one) || one.credits < leaf.minimumCredits) return false;
    const { provider, platform } = leaf.select.selector;
    const scoped = provider === undefined && platform === undefined ? isFrom(one, rule, parties) : inScope(leaf.select, one);
    return scoped && meetsGrades(one, leaf, revision.terms, scales);
  };
  const holdsAtHome = ({ select, minimumCredits }: Leaf, course: Home): boolean =>
    course.counts && select.selector.platform === undefined && select.matches(course) && course.credits >= minimumCredits;
  return pooled(
    learned.length + home.length,
    (item) => (learned[item] ?? home[item - learned.length])?.credits ?? 0,
    (leaf) =>
      leaf.select.selector.provider === institution
        ? home.flatMap((course, index) => (holdsAtHome(leaf, course) ? [learned.length + index] : []))
        : candidates(facts, leaf).filter((position) => holds(leaf, position)),
  );
}

/** `alsoHolds` has a set, and `doesNotHold` has none, among what is not in the set itself. */
export function meetsHeld({ steps }: Context, { read, held }: RuleInPlay, set: readonly number[]): boolean {
  const { alsoHolds, doesNotHold } = read;
  if (alsoHolds === undefined && doesNotHold === undefined) return true;
  const free = flagsOf(held.size, []).map((_, item) => !set.includes(item));
  const has = (node: Node): boolean => hasSet(node, held, free, steps);
  return (alsoHolds === undefined || has(alsoHolds)) && (doesNotHold === undefined || !has(doesNotHold));
}

export function isSatisfiedOn(context: Context, rule: RuleInPlay, set: readonly number[]): boolean {
  const { least, most } = rule.read.size;
  if (rule.barred !== undefined || set.length < least || set.length > most) return false;
  return isSet(rule.read.source, rule.pool, set, context.steps) && meetsHeld(context, rule, set);
}
