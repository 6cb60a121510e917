import { contains, dateBefore, type Grade } from '../../kernel/index.js';
import type { GradeTable } from '../../agreements/domain/index.js';
import type { CompiledCourse, CompiledRule, EvidenceDemand } from '../../rules/domain/index.js';
import type { CompiledRevision } from './compiled-revision.js';
import type { GradeBook } from './grades.js';
import type { Completion, EvaluationInput } from './input.js';
import { firstReason, gradeTooLow, statedGrade, type Reason } from './reasons.js';
import { forbiddingRedemption, type Held } from './usable.js';

/** What eligibility depends on beside the rule and the completion. */
export interface Setting {
  readonly input: EvaluationInput;
  readonly book: GradeBook;
}

/**
 * Why a completion that `from` and a selector match is not eligible for any course source of the rule, whichever it is (docs/evaluation.md §2); the
 * first reason in the order of statuses.
 */
export function ruleObstacle(
  held: Held,
  { rule, codesNamedTwice }: CompiledRule,
  revision: CompiledRevision,
  setting: Setting,
): Reason | undefined {
  const redeemed = redemptionObstacle(held, revision, setting.input);
  if (redeemed !== undefined || held.settled !== undefined) return redeemed ?? held.settled;
  const { completion, waived } = held;
  const evidence = rule.conditions?.evidence;
  const completedWithin = rule.conditions?.completedWithin;
  let first: Reason | undefined;
  if (evidence !== undefined && !waived.has('evidence')) first = evidenceObstacle(evidence, completion);
  if (!waived.has('dates')) first = firstReason(first, validityObstacle(rule, completion));
  if (completedWithin !== undefined && !waived.has('completedWithin')) {
    first = firstReason(first, ageObstacle(completedWithin, completion, setting.input));
  }
  if (held.betterAttempt !== undefined && !codesNamedTwice.has(held.course.code)) {
    first = firstReason(first, { status: 'outranked', parameters: { betterAttempt: held.betterAttempt } });
  }
  return first;
}

/** Why a completion is not eligible for this course source by its grade or its credits. */
export function leafObstacle(held: Held, leaf: CompiledCourse, tables: readonly GradeTable[], book: GradeBook): Reason | undefined {
  const { minimumGrade, maximumGrade, minimumCredits } = leaf;
  const { grade } = held.completion;
  if (minimumGrade !== undefined && !held.waived.has('minimumGrade')) {
    const order = compareWith(grade, minimumGrade, tables, book);
    if (order === undefined || order < 0) return gradeTooLow(minimumGrade, grade, order !== undefined);
  }
  if (maximumGrade !== undefined) {
    const order = compareWith(grade, maximumGrade, tables, book);
    if (order === undefined || order > 0) {
      const { scale, value } = maximumGrade;
      return { status: 'notEvaluated', parameters: { scale, maximum: value, ...statedGrade(grade), comparable: order !== undefined } };
    }
  }
  if (held.credits >= minimumCredits) return undefined;
  return { status: 'notEvaluated', parameters: { minimumCredits: minimumCredits / 1000, credits: held.completion.credits } };
}

/** A grade against one demanded, on the scale of the latter. Undefined without a grade, or where no table leads to that scale. */
function compareWith(grade: Grade | undefined, demanded: Grade, tables: readonly GradeTable[], book: GradeBook): number | undefined {
  const converted = grade === undefined ? undefined : book.convert(grade, demanded.scale, tables);
  return converted === undefined ? undefined : book.compare(converted, demanded);
}

function redemptionObstacle(held: Held, { revision }: CompiledRevision, { programme }: EvaluationInput): Reason | undefined {
  if (held.redemptions.length === 0) return undefined;
  const { redemption } = revision.terms;
  const forbidding = forbiddingRedemption(held, redemption, programme.institution, programme.code);
  if (forbidding === undefined) return undefined;
  return { status: 'alreadyRedeemed', parameters: { redemption, institution: forbidding.institution, programme: forbidding.programme } };
}

function evidenceObstacle(demand: EvidenceDemand, { evidence, hours }: Completion): Reason | undefined {
  const missing: (keyof EvidenceDemand)[] = [];
  if (demand.identityVerified === true && !evidence.identityVerified) missing.push('identityVerified');
  if (demand.proctored === true && !evidence.proctored) missing.push('proctored');
  const verified = evidence.verification === 'verified' || evidence.verification === 'attested';
  if (demand.verifiedTranscript === true && !verified) missing.push('verifiedTranscript');
  const { minimumHours } = demand;
  const tooShort = minimumHours !== undefined && (hours === undefined || hours < minimumHours);
  if (tooShort) missing.push('minimumHours');
  if (missing.length === 0) return undefined;
  return {
    status: 'evidenceMissing',
    parameters: { evidence: missing, ...(tooShort && { minimumHours, ...(hours !== undefined && { hours }) }) },
  };
}

function validityObstacle({ governedBy, validity }: CompiledRule['rule'], completion: Completion): Reason | undefined {
  switch (governedBy) {
    case 'completion':
      return periodObstacle(governedBy, validity, completion.completedOn);
    case 'enrolment':
      return periodObstacle(governedBy, validity, completion.enrolledOn);
    case 'request':
    case 'admission':
      return undefined;
  }
}

/** Why a date does not lie within a rule's validity. */
export function periodObstacle(
  governedBy: CompiledRule['rule']['governedBy'],
  validity: CompiledRule['rule']['validity'],
  date: string | undefined,
): Reason | undefined {
  if (date === undefined) return { status: 'dateMissing', parameters: { which: governedBy } };
  return contains(validity, date) ? undefined : { status: 'outsideDates', parameters: { governedBy, date, ...validity } };
}

function ageObstacle(
  { duration, before }: { readonly duration: string; readonly before: 'request' | 'admission' },
  { completedOn }: Completion,
  { requestDate, admissionDate }: EvaluationInput,
): Reason | undefined {
  const reference = before === 'request' ? requestDate : admissionDate;
  if (reference === undefined) return { status: 'dateMissing', parameters: { which: 'admission' } };
  if (completedOn === undefined) return { status: 'dateMissing', parameters: { which: 'completion' } };
  const earliest = dateBefore(reference, duration);
  return completedOn >= earliest ? undefined : { status: 'tooOld', parameters: { date: completedOn, earliest, duration, before } };
}
