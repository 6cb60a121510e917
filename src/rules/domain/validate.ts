import { FieldChecks, isWithinShape, type Grade } from '../../kernel/index.js';
import { ruleLimits } from './schema.js';
import {
  anyMember,
  type AtLeastSource,
  type Award,
  type Conditions,
  type CourseSource,
  type Outcome,
  type Party,
  type Rule,
  type Selector,
  type Source,
  type Statement,
} from './rule.js';

/**
 * What is wrong with a rule whose shape is right: everything at once, as far as it can be told from the rule and the parties of its
 * agreement. Never hangs, not even on a rule that contains itself.
 */
export function checkRule(checks: FieldChecks, at: string, rule: Rule, parties: ReadonlySet<string>): void {
  if (!isWithinShape(rule, ruleLimits)) {
    checks.report(
      at,
      `must not be nested more than ${String(ruleLimits.depth)} objects deep or hold more than ${String(ruleLimits.nodes)} objects`,
    );
    return;
  }
  checks.text(`${at}/id`, rule.id);
  checkParty(checks, `${at}/from`, rule.from, parties);
  checkParty(checks, `${at}/to`, rule.to, parties);
  checkSource(checks, `${at}/source`, rule.source);
  checkOutcome(checks, `${at}/outcome`, rule.outcome);
  if (rule.conditions !== undefined) checkConditions(checks, `${at}/conditions`, rule.conditions);
  checks.period(`${at}/validity`, rule.validity);
  checks.localisedText(`${at}/note`, rule.note);
}

function checkParty(checks: FieldChecks, at: string, party: Party, parties: ReadonlySet<string>): void {
  if (party !== anyMember && !parties.has(party)) checks.report(at, 'must be a party of the agreement, or anyMember');
}

function checkSource(checks: FieldChecks, at: string, source: Source): void {
  if (source.kind === 'course') {
    checkCourse(checks, at, source);
    return;
  }
  checks.nonEmpty(`${at}/of`, source.of);
  if (source.kind === 'atLeast') checkAtLeast(checks, at, source);
  for (const [index, part] of source.of.entries()) checkSource(checks, `${at}/of/${String(index)}`, part);
}

function checkCourse(checks: FieldChecks, at: string, source: CourseSource): void {
  checkSelector(checks, `${at}/select`, source.select);
  checkGrade(checks, `${at}/minimumGrade`, source.minimumGrade);
  checkGrade(checks, `${at}/maximumGrade`, source.maximumGrade);
  checks.credits(`${at}/minimumCredits`, source.minimumCredits);
}

function checkGrade(checks: FieldChecks, at: string, grade: Grade | undefined): void {
  checks.text(`${at}/scale`, grade?.scale);
  checks.text(`${at}/value`, grade?.value);
}

function checkAtLeast(checks: FieldChecks, at: string, { courses, credits, of }: AtLeastSource): void {
  if (courses === undefined && credits === undefined) checks.report(at, 'must say at least how many courses or credits');
  checks.count(`${at}/courses`, courses, 1);
  checks.credits(`${at}/credits`, credits, true);
  const most = of.reduce((sum, part) => sum + mostCourses(part), 0);
  if (courses !== undefined && courses > most && of.length > 0) {
    checks.report(
      `${at}/courses`,
      `must be at most ${String(most)}: the parts name no more courses (name a code as often as it may be taken)`,
    );
  }
}

/** How many completions a source can take: a code names one course, any other selector any number of them. */
function mostCourses(source: Source): number {
  if (source.kind === 'course') return source.select.kind === 'code' ? 1 : Infinity;
  const most = source.of.map(mostCourses);
  return source.kind === 'any' ? Math.max(0, ...most) : most.reduce((sum, count) => sum + count, 0);
}

/** What is wrong with a selector, wherever it stands. */
export function checkSelector(checks: FieldChecks, at: string, select: Selector): void {
  checks.text(`${at}/provider`, select.provider);
  checks.text(`${at}/platform`, select.platform);
  switch (select.kind) {
    case 'code':
      checks.code(`${at}/code`, select.code);
      break;
    case 'pattern':
      checks.code(`${at}/pattern`, select.pattern);
      break;
    case 'subject':
      checks.code(`${at}/subject`, select.subject);
      checks.level(`${at}/level`, select.level);
      break;
    case 'field':
      if (!/^\d{2,4}$/.test(select.isced)) checks.report(`${at}/isced`, 'must be an ISCED-F 2013 code of two to four digits');
      checkEqfLevel(checks, `${at}/minimumEqf`, select.minimumEqf);
      break;
  }
}

function checkEqfLevel(checks: FieldChecks, at: string, level: number | undefined): void {
  if (level !== undefined && ![1, 2, 3, 4, 5, 6, 7, 8].includes(level)) checks.report(at, 'must be an EQF level from 1 to 8');
}

function checkOutcome(checks: FieldChecks, at: string, outcome: Outcome): void {
  if (outcome.kind === 'credit') checkAwards(checks, `${at}/awards`, outcome.awards);
  if (outcome.kind !== 'choice') return;
  checks.nonEmpty(`${at}/options`, outcome.options);
  for (const [index, awards] of outcome.options.entries()) checkAwards(checks, `${at}/options/${String(index)}`, awards);
}

function checkAwards(checks: FieldChecks, at: string, awards: readonly Award[]): void {
  checks.nonEmpty(at, awards);
  for (const [index, award] of awards.entries()) checkAward(checks, `${at}/${String(index)}`, award);
  const courses = awards.flatMap(({ target }, index) => (target.kind === 'course' ? [{ code: target.code, index }] : []));
  checks.uniqueCodes(
    courses.map(({ code }) => code),
    (index) => `${at}/${String(courses[index]?.index)}/target/code`,
    'must not be awarded twice: a receiving course is awarded once',
  );
}

function checkAward(checks: FieldChecks, at: string, { target, credits, effect, attributes }: Award): void {
  if (target.kind === 'course') checks.code(`${at}/target/code`, target.code);
  else {
    checks.code(`${at}/target/subject`, target.subject);
    checks.level(`${at}/target/level`, target.level);
    checks.localisedText(`${at}/target/label`, target.label);
  }
  if (credits.kind === 'fixed') checks.credits(`${at}/credits/credits`, credits.credits);
  else checks.credits(`${at}/credits/maximum`, credits.maximum);
  if (effect !== 'credit') {
    if (target.kind !== 'course') checks.report(`${at}/target`, `must be a named course: nothing else can have the effect ${effect}`);
    if (credits.kind !== 'fixed' || credits.credits !== 0)
      checks.report(`${at}/credits`, `must be fixed at 0 where the effect is ${effect}`);
  }
  for (const [index, attribute] of (attributes ?? []).entries()) checks.text(`${at}/attributes/${String(index)}`, attribute);
}

function checkConditions(checks: FieldChecks, at: string, conditions: Conditions): void {
  const { programmes, alsoHolds, doesNotHold, completedWithin, evidence } = conditions;
  for (const which of ['only', 'except'] as const) {
    const codes = programmes?.[which];
    checks.nonEmpty(`${at}/programmes/${which}`, codes);
    for (const [index, code] of (codes ?? []).entries()) checks.code(`${at}/programmes/${which}/${String(index)}`, code);
  }
  if (alsoHolds !== undefined) checkSource(checks, `${at}/alsoHolds`, alsoHolds);
  if (doesNotHold !== undefined) checkSource(checks, `${at}/doesNotHold`, doesNotHold);
  checks.duration(`${at}/completedWithin/duration`, completedWithin?.duration);
  checks.amount(`${at}/evidence/minimumHours`, evidence?.minimumHours, ruleLimits.hours);
}

/** What is wrong with a statement about a receiving course. */
export function checkStatement(checks: FieldChecks, at: string, { target, reason }: Statement): void {
  checks.code(`${at}/target`, target);
  checks.localisedText(`${at}/reason`, reason);
}
