import { dateBefore, thousandths, type Thousandths } from '../../kernel/index.js';
import type { RedemptionPolicy } from '../../agreements/domain/index.js';
import { selectable, type SelectableCourse } from '../../rules/domain/index.js';
import type { GradeBook } from './grades.js';
import type { Completion, EvaluationInput, Exception, Redemption } from './input.js';
import { gradeTooLow, type Reason } from './reasons.js';
import { valueAt } from './value-at.js';

/** What a person waived for one completion. */
export type Waiver =
  | Extract<Exception, { readonly kind: 'conditionWaived' }>['condition']
  | `policy.${Extract<Exception, { readonly kind: 'policyWaived' }>['clause']}`;

/** A completion of the input with what holds of it whatever the rules say (docs/evaluation.md §1). */
export interface Held {
  /** Position in the list of all completions by id. */
  readonly index: number;
  readonly completion: Completion;
  readonly course: SelectableCourse;
  readonly credits: Thousandths;
  /** Achieved, or in a what-if under way or planned. */
  readonly counts: boolean;
  /** Why no rule may use it. */
  readonly settled: Reason | undefined;
  /** The id of the attempt at the same course that stands for this one; usable one by one only by a rule that names the course twice. */
  readonly betterAttempt: string | undefined;
  readonly redemptions: readonly Redemption[];
  readonly waived: ReadonlySet<Waiver>;
}

/** The completions of an input, by id. */
export function heldCompletions(input: EvaluationInput, book: GradeBook): readonly Held[] {
  const completions = [...input.completions].sort((a, b) => (a.id < b.id ? -1 : 1));
  const counting = completions.filter((completion) => outcomeVerdict(completion, input.whatIf) === undefined);
  const better = betterAttempts(counting, book);
  const waivers = waiversOf(input.exceptions);
  const redemptions = redemptionsOf(input.redemptions);
  const policy = policyOf(input);
  return completions.map((completion, index) => {
    const waived = waivers.get(completion.id) ?? nothingWaived;
    const ruledOut = outcomeVerdict(completion, input.whatIf);
    return {
      index,
      completion,
      course: selectable(completion),
      credits: thousandths(completion.credits),
      counts: ruledOut === undefined,
      settled: ruledOut ?? policyVerdict(completion, waived, policy, book),
      betterAttempt: better.get(completion.id),
      redemptions: redemptions.get(completion.id) ?? [],
      waived,
    };
  });
}

/** The redemption that forbids the use of a completion under an agreement with this policy. */
export function forbiddingRedemption(held: Held, policy: RedemptionPolicy, institution: string, programme: string): Redemption | undefined {
  return held.redemptions.find(
    (redemption) =>
      policy === 'once' ||
      (redemption.institution === institution && (policy === 'oncePerInstitution' || redemption.programme === programme)),
  );
}

const nothingWaived: ReadonlySet<Waiver> = new Set();

/** Why a completion does not count. */
function outcomeVerdict({ outcome }: Completion, whatIf: boolean): Reason<'failed' | 'inProgress'> | undefined {
  if (outcome === 'failed') return { status: 'failed', parameters: { outcome } };
  return outcome === 'achieved' || whatIf ? undefined : { status: 'inProgress', parameters: { outcome } };
}

/** Of several attempts at one course that is not repeatable: from the id of each other attempt to the id of the best. */
function betterAttempts(completions: readonly Completion[], book: GradeBook): ReadonlyMap<string, string> {
  const courses = new Map<string, Completion[]>();
  for (const completion of completions) {
    if (completion.repeatable) continue;
    const key = `${completion.provider}\u0000${selectable(completion).code}`;
    valueAt(courses, key, (): Completion[] => []).push(completion);
  }
  const better = new Map<string, string>();
  for (const attempts of courses.values()) {
    if (attempts.length < 2) continue;
    const best = bestAttempt(attempts, book);
    for (const { id } of attempts) if (id !== best.id) better.set(id, best.id);
  }
  return better;
}

/** Attempts in order of id: best grade where all stated grades compare, then latest date, then smallest id. */
function bestAttempt(attempts: readonly Completion[], book: GradeBook): Completion {
  const grades = attempts.flatMap(({ grade }) => (grade === undefined ? [] : [grade]));
  const [first] = grades;
  const comparable = first === undefined || grades.every((grade) => book.compare(grade, first) !== undefined);
  return attempts.reduce((best, next) => {
    const byGrade = comparable ? compareGrades(best, next, book) : undefined;
    if (byGrade !== undefined && byGrade !== 0) return byGrade < 0 ? next : best;
    return (best.completedOn ?? '') < (next.completedOn ?? '') ? next : best;
  });
}

/** Of two grades on one scale; none is worst. */
function compareGrades(a: Completion, b: Completion, book: GradeBook): number | undefined {
  if (a.grade === undefined || b.grade === undefined) return Number(a.grade !== undefined) - Number(b.grade !== undefined);
  return book.compare(a.grade, b.grade);
}

interface UsePolicy {
  readonly minimumGrades: readonly { readonly scale: string; readonly value: string }[];
  readonly maximumAge: { readonly duration: string; readonly earliest: string } | undefined;
}

function policyOf({ programme, requestDate }: EvaluationInput): UsePolicy {
  const { minimumGrades = [], maximumAge } = programme.policy;
  return {
    minimumGrades,
    maximumAge: maximumAge === undefined ? undefined : { duration: maximumAge, earliest: dateBefore(requestDate, maximumAge) },
  };
}

/** Why the programme, or its transcript, makes a completion unusable; the first reason in the order of statuses. */
function policyVerdict(
  { evidence, grade, completedOn }: Completion,
  waived: ReadonlySet<Waiver>,
  { minimumGrades, maximumAge }: UsePolicy,
  book: GradeBook,
): Reason | undefined {
  if (evidence.verification === 'failed') {
    return { status: 'evidenceMissing', parameters: { evidence: ['verifiedTranscript'], verification: 'failed' } };
  }
  if (grade !== undefined && !waived.has('policy.minimumGrade')) {
    const minimum = minimumGrades.find((demanded) => (book.compare(grade, demanded) ?? 0) < 0);
    if (minimum !== undefined) {
      const { status, parameters } = gradeTooLow(minimum, grade, true);
      return { status, parameters: { ...parameters, policy: true } };
    }
  }
  if (maximumAge === undefined || waived.has('policy.maximumAge')) return undefined;
  const { duration, earliest } = maximumAge;
  if (completedOn === undefined) return { status: 'dateMissing', parameters: { which: 'completion', policy: true } };
  if (completedOn >= earliest) return undefined;
  return { status: 'tooOld', parameters: { date: completedOn, earliest, duration, before: 'request', policy: true } };
}

function waiversOf(exceptions: readonly Exception[]): ReadonlyMap<string, Set<Waiver>> {
  const waivers = new Map<string, Set<Waiver>>();
  for (const exception of exceptions) {
    if (exception.kind === 'requirementWaived') continue;
    const waiver: Waiver = exception.kind === 'policyWaived' ? `policy.${exception.clause}` : exception.condition;
    valueAt(waivers, exception.completion, () => new Set<Waiver>()).add(waiver);
  }
  return waivers;
}

/** By completion; those of one completion in an order of their own. */
function redemptionsOf(redemptions: readonly Redemption[]): ReadonlyMap<string, readonly Redemption[]> {
  const byCompletion = new Map<string, Redemption[]>();
  for (const redemption of redemptions) {
    valueAt(byCompletion, redemption.completion, (): Redemption[] => []).push(redemption);
  }
  const key = ({ institution, programme }: Redemption): string => `${institution}\u0000${programme}`;
  for (const known of byCompletion.values()) known.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return byCompletion;
}
