import type { Completion, EvaluationInput, HomeCourse, RevisionInForce } from '../../../src/evaluation/domain/index.js';
import type { Grade, GradingScale } from '../../../src/kernel/index.js';
import type { CourseSource, Rule, Selector, Source } from '../../../src/rules/domain/index.js';
import { at, before, compareText, isLess, matchesPattern, milli, plainCode, subjectAndLevel, within } from './arithmetic.js';
import type { Fraction } from './arithmetic.js';
import { gradeOn, positionOf } from './grading.js';

/** §1 and §2 of docs/evaluation.md, word for word. Sets of completions are bit masks over the completions sorted by id. */

/** The input with what its lists mean by themselves: sorted, grouped, looked up. */
export interface World {
  readonly input: EvaluationInput;
  /** Sorted by id: bit i of a set stands for element i. */
  readonly completions: readonly Completion[];
  /** Home courses that are done, in a what-if also those under way; sorted by id. */
  readonly home: readonly HomeCourse[];
  readonly counts: readonly boolean[];
  /** Of its attempts the best (or the only one). */
  readonly representative: readonly boolean[];
  /** Not kept out by the programme's policy or a failed verification. */
  readonly allowed: readonly boolean[];
}

export function worldOf(input: EvaluationInput): World {
  const completions = [...input.completions].sort((a, b) => compareText(a.id, b.id));
  const home = input.homeRecord.filter((course) => course.status === 'done' || input.whatIf).sort((a, b) => compareText(a.id, b.id));
  const counts = completions.map((c) => c.outcome === 'achieved' || (input.whatIf && c.outcome !== 'failed'));
  const representative = completions.map((completion) => {
    const attempts = completions.filter((other, j) => at(counts, j) && sameCourse(completion, other));
    return completion.repeatable || bestAttempt(input.gradingScales, attempts) === completion;
  });
  return { input, completions, home, counts, representative, allowed: completions.map((c) => policyAllows(input, c)) };
}

function sameCourse(a: Completion, b: Completion): boolean {
  return !a.repeatable && !b.repeatable && a.provider === b.provider && plainCode(a.code) === plainCode(b.code);
}

/** §1: best grade where all compare on one scale, then latest date, then smallest id. `attempts` are sorted by id. */
function bestAttempt(scales: readonly GradingScale[], attempts: readonly Completion[]): Completion | undefined {
  const names = new Set(attempts.flatMap((attempt) => (attempt.grade === undefined ? [] : [attempt.grade.scale])));
  const positions = attempts.map((attempt) => (attempt.grade === undefined ? undefined : positionOf(scales, attempt.grade)));
  const comparable = names.size <= 1 && attempts.every((attempt, i) => attempt.grade === undefined || positions[i] !== undefined);
  const better = (i: number, j: number): boolean => {
    const [a, b] = comparable ? [positions[i], positions[j]] : [undefined, undefined];
    if (a !== undefined && b !== undefined && isLess(b, a)) return true;
    if (a !== undefined && b !== undefined && isLess(a, b)) return false;
    if ((a === undefined) !== (b === undefined)) return a !== undefined;
    return (at(attempts, i).completedOn ?? '') > (at(attempts, j).completedOn ?? '');
  };
  return attempts.reduce<{ best: Completion | undefined; index: number }>(
    (found, attempt, i) => (found.best === undefined || better(i, found.index) ? { best: attempt, index: i } : found),
    { best: undefined, index: -1 },
  ).best;
}

function policyAllows(input: EvaluationInput, completion: Completion): boolean {
  const { minimumGrades = [], maximumAge } = input.programme.policy;
  const waived = (clause: string): boolean =>
    input.exceptions.some((e) => e.kind === 'policyWaived' && e.completion === completion.id && e.clause === clause);
  if (completion.evidence.verification === 'failed') return false;
  if (maximumAge !== undefined && !waived('maximumAge')) {
    if (completion.completedOn === undefined || completion.completedOn < before(input.requestDate, maximumAge)) return false;
  }
  const { grade } = completion;
  if (grade === undefined || waived('minimumGrade')) return true;
  return minimumGrades.every((minimum) => {
    if (minimum.scale !== grade.scale) return true;
    const [has, needs] = [positionOf(input.gradingScales, grade), positionOf(input.gradingScales, minimum)];
    return has === undefined || needs === undefined || !isLess(has, needs);
  });
}

function redeemed(input: EvaluationInput, revision: RevisionInForce, completion: Completion): boolean {
  return input.redemptions.some((entry) => {
    if (entry.completion !== completion.id) return false;
    if (revision.terms.redemption === 'once') return true;
    if (entry.institution !== input.programme.institution) return false;
    return revision.terms.redemption === 'oncePerInstitution' || entry.programme === input.programme.code;
  });
}

export function courseSources(source: Source): readonly CourseSource[] {
  return source.kind === 'course' ? [source] : source.of.flatMap(courseSources);
}

function usable(world: World, revision: RevisionInForce, rule: Rule, i: number): boolean {
  const completion = at(world.completions, i);
  if (!at(world.counts, i) || !at(world.allowed, i) || redeemed(world.input, revision, completion)) return false;
  if (at(world.representative, i)) return true;
  const named = courseSources(rule.source).filter(
    ({ select }) => select.kind === 'code' && plainCode(select.code) === plainCode(completion.code),
  );
  return named.length >= 2;
}

/** Whether a selector matches a completion (or a home course, which has neither platform nor field). */
export function selects(select: Selector, course: Pick<Completion, 'provider' | 'platform' | 'code' | 'isced' | 'eqfLevel'>): boolean {
  if (select.provider !== undefined && select.provider !== course.provider) return false;
  if (select.platform !== undefined && select.platform !== course.platform) return false;
  if (select.kind === 'code') return plainCode(select.code) === plainCode(course.code);
  if (select.kind === 'pattern') return matchesPattern(select.pattern, course.code);
  if (select.kind === 'field') {
    if (course.isced?.startsWith(select.isced) !== true) return false;
    return select.minimumEqf === undefined || (course.eqfLevel !== undefined && course.eqfLevel >= select.minimumEqf);
  }
  const { subject, level } = subjectAndLevel(course.code);
  return subject === plainCode(select.subject) && (select.level === undefined || select.level === level);
}

/** The source's demands on grade and credits. */
function meetsDemands(world: World, revision: RevisionInForce, source: CourseSource, completion: Completion): boolean {
  if (source.minimumCredits !== undefined && milli(completion.credits) < milli(source.minimumCredits)) return false;
  const waived = world.input.exceptions.some(
    (e) => e.kind === 'conditionWaived' && e.completion === completion.id && e.condition === 'minimumGrade',
  );
  const compared = (demand: Grade, holds: (has: Fraction, demanded: Fraction) => boolean): boolean => {
    const grade = completion.grade === undefined ? undefined : gradeOn(world.input.gradingScales, revision, completion.grade, demand.scale);
    if (grade === undefined) return false;
    const [has, demanded] = [positionOf(world.input.gradingScales, grade), positionOf(world.input.gradingScales, demand)];
    return has !== undefined && demanded !== undefined && holds(has, demanded);
  };
  if (source.minimumGrade !== undefined && !waived && !compared(source.minimumGrade, (has, least) => !isLess(has, least))) return false;
  return source.maximumGrade === undefined || compared(source.maximumGrade, (has, most) => !isLess(most, has));
}

function fromMatches(revision: RevisionInForce, rule: Rule, completion: Completion): boolean {
  const places = [completion.provider, completion.platform];
  if (rule.from !== 'anyMember') return places.includes(rule.from);
  return revision.terms.parties.some((party) => places.includes(party));
}

/** The rule's conditions on each completion of its own. */
function meetsConditions(world: World, rule: Rule, completion: Completion): boolean {
  const { input } = world;
  const waived = (condition: string): boolean =>
    input.exceptions.some((e) => e.kind === 'conditionWaived' && e.completion === completion.id && e.condition === condition);
  const { evidence, completedWithin } = rule.conditions ?? {};
  if (evidence !== undefined && !waived('evidence')) {
    const { identityVerified, proctored, verification } = completion.evidence;
    if (evidence.identityVerified === true && !identityVerified) return false;
    if (evidence.proctored === true && !proctored) return false;
    if (evidence.verifiedTranscript === true && verification !== 'verified' && verification !== 'attested') return false;
    if (evidence.minimumHours !== undefined && (completion.hours === undefined || completion.hours < evidence.minimumHours)) return false;
  }
  if (completedWithin !== undefined && !waived('completedWithin')) {
    const date = completedWithin.before === 'request' ? input.requestDate : input.admissionDate;
    if (date === undefined || completion.completedOn === undefined) return false;
    if (completion.completedOn < before(date, completedWithin.duration)) return false;
  }
  if ((rule.governedBy === 'completion' || rule.governedBy === 'enrolment') && !waived('dates')) {
    const date = rule.governedBy === 'completion' ? completion.completedOn : completion.enrolledOn;
    if (date === undefined || !within(rule.validity, date)) return false;
  }
  return true;
}

/** All sets of a source, as bit masks, given which elements each `course` source takes. Not yet cut down to the minimal ones. */
function setsOf(source: Source, elements: (course: CourseSource) => readonly number[], creditsOf: (mask: number) => number): Set<number> {
  if (source.kind === 'course') return new Set(elements(source).map((i) => 1 << i));
  const parts = source.of.map((part) => setsOf(part, elements, creditsOf));
  if (source.kind === 'any') return new Set(parts.flatMap((part) => [...part]));
  if (source.kind === 'all') {
    return parts.reduce(
      (unions, part) => new Set([...unions].flatMap((u) => [...part].filter((m) => (u & m) === 0).map((m) => u | m))),
      new Set([0]),
    );
  }
  const unions = new Set([0]);
  const pieces = parts.flatMap((part) => [...part]);
  for (const union of unions) for (const piece of pieces) if ((union & piece) === 0) unions.add(union | piece);
  const [courses, credits] = [source.courses ?? 0, milli(source.credits ?? 0)];
  return new Set([...unions].filter((mask) => sizeOf(mask) >= courses && creditsOf(mask) >= credits));
}

export function sizeOf(mask: number): number {
  let size = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}

export function membersOf(mask: number): readonly number[] {
  return Array.from({ length: 31 }, (_, i) => i).filter((i) => (mask & (1 << i)) !== 0);
}

/** The rule's sets: the subset-minimal among all sets of its source over what is eligible. */
export function ruleSets(world: World, revision: RevisionInForce, rule: Rule): readonly number[] {
  const takes = (course: CourseSource): readonly number[] =>
    world.completions.flatMap((completion, i) =>
      usable(world, revision, rule, i) &&
      fromMatches(revision, rule, completion) &&
      selects(course.select, completion) &&
      meetsDemands(world, revision, course, completion) &&
      meetsConditions(world, rule, completion)
        ? [i]
        : [],
    );
  const credits = (mask: number): number => membersOf(mask).reduce((sum, i) => sum + milli(at(world.completions, i).credits), 0);
  const all = [...setsOf(rule.source, takes, credits)];
  return all.filter((set) => !all.some((other) => other !== set && (other & set) === other)).sort((a, b) => a - b);
}

/** For alsoHolds and doesNotHold: all sets of a source among what counts; the home record stands behind the completions. */
function lookedAtSets(world: World, revision: RevisionInForce, rule: Rule, source: Source): readonly number[] {
  const receiving = world.input.programme.institution;
  const looks = ({ select, ...demands }: CourseSource): readonly number[] => {
    if (select.provider === receiving) {
      const fits = (course: HomeCourse): boolean =>
        selects(select, { provider: receiving, code: course.code }) && milli(course.credits) >= milli(demands.minimumCredits ?? 0);
      return world.home.flatMap((course, i) => (fits(course) ? [world.completions.length + i] : []));
    }
    const anywhere = select.provider !== undefined || select.platform !== undefined;
    return world.completions.flatMap((completion, i) =>
      at(world.counts, i) &&
      (anywhere || fromMatches(revision, rule, completion)) &&
      selects(select, completion) &&
      meetsDemands(world, revision, { select, ...demands }, completion)
        ? [i]
        : [],
    );
  };
  const all = [...world.completions, ...world.home];
  const credits = (mask: number): number => membersOf(mask).reduce((sum, i) => sum + milli(at(all, i).credits), 0);
  return [...setsOf(source, looks, credits)];
}

/** The sets on which a rule is satisfied. */
export function satisfiedOn(world: World, revision: RevisionInForce, rule: Rule): readonly number[] {
  const { input } = world;
  const { programmes, alsoHolds, doesNotHold } = rule.conditions ?? {};
  if (rule.governedBy === 'request' && !within(rule.validity, input.requestDate)) return [];
  if (rule.governedBy === 'admission' && (input.admissionDate === undefined || !within(rule.validity, input.admissionDate))) return [];
  if (programmes?.only?.includes(input.programme.code) === false) return [];
  if (programmes?.except?.includes(input.programme.code) === true) return [];
  const held = alsoHolds === undefined ? [0] : lookedAtSets(world, revision, rule, alsoHolds);
  const forbidden = doesNotHold === undefined ? [] : lookedAtSets(world, revision, rule, doesNotHold);
  return ruleSets(world, revision, rule).filter(
    (set) => held.some((other) => (other & set) === 0) && !forbidden.some((other) => (other & set) === 0),
  );
}

/** Rules that take part: those to the programme's institution, or to any member while it is a party. */
export function takesPart(input: EvaluationInput, revision: RevisionInForce, rule: Rule): boolean {
  const { institution } = input.programme;
  return rule.to === institution || (rule.to === 'anyMember' && revision.terms.parties.includes(institution));
}
