import type { RedemptionPolicy } from '../../agreements/domain/index.js';
import type { CalendarDate, Grade } from '../../kernel/index.js';
import type { EvidenceDemand, GoverningDate, RefusalReason } from '../../rules/domain/index.js';

/** In this order: of several reasons the first that applies is told. */
export const completionStatuses = [
  'used',
  'alreadyRedeemed',
  'refusedByRule',
  'needsAssessment',
  'choiceOpen',
  'evidenceMissing',
  'gradeTooLow',
  'outsideDates',
  'dateMissing',
  'tooOld',
  'programmeExcluded',
  'incompleteSet',
  'limitReached',
  'capReached',
  'outranked',
  'notNeeded',
  'notEvaluated',
  'unmatched',
  'failed',
  'inProgress',
] as const;
export type CompletionStatus = (typeof completionStatuses)[number];

/** Caps of a programme that may be used up. */
export const programmeCaps = [
  'maximumTransferredCredits',
  'residencyCredits',
  'maximumMoocCredits',
  'passFail',
  'requirementTransfer',
] as const;
export type ProgrammeCap = (typeof programmeCaps)[number];

/**
 * What a reason rests on, by status: the one table from which sentences, openapi.yaml and the smallest change that would earn more are made. Keys are
 * stable. Lists of completions hold their ids; credits are in the completion's own system, hours those of the learner's workload.
 */
export interface ReasonParameters {
  /** A rule takes it. */
  readonly used: NoParameters;
  /** Where it has earned credit already, and the agreement's policy that does not let it count again. */
  readonly alreadyRedeemed: { readonly redemption: RedemptionPolicy; readonly institution: string; readonly programme: string };
  /** The rule itself refuses. */
  readonly refusedByRule: { readonly reason: RefusalReason };
  /** The rule itself sends it to a person. */
  readonly needsAssessment: NoParameters;
  readonly choiceOpen: {
    /** Who is to choose. */
    readonly by: 'student' | 'registrar' | 'best';
    /** The option that could be taken while nobody has chosen; absent where the one chosen does not exist. */
    readonly option?: number;
  };
  readonly evidenceMissing: {
    /** What is demanded and not there. */
    readonly evidence: readonly (keyof EvidenceDemand)[];
    /** Demanded, where the hours are too few. */
    readonly minimumHours?: number;
    /** Stated, where they are. */
    readonly hours?: number;
    /** The transcript failed verification: no rule may use it. */
    readonly verification?: 'failed';
  };
  readonly gradeTooLow: StatedGrade & {
    /** The grade demanded, on its scale. */
    readonly scale: string;
    readonly minimum: string;
    /** False when the stated grade does not compare with it, or there is none. */
    readonly comparable: boolean;
    readonly policy?: true;
  };
  readonly outsideDates: {
    /** Which date, and the date. */
    readonly governedBy: GoverningDate;
    readonly date: CalendarDate;
    /** The rule's validity. */
    readonly from?: CalendarDate;
    readonly until?: CalendarDate;
  };
  readonly dateMissing: { readonly which: GoverningDate; readonly policy?: true };
  readonly tooOld: {
    /** Of completion. */
    readonly date: CalendarDate;
    /** The first day that would do. */
    readonly earliest: CalendarDate;
    /** Counted back from which day. */
    readonly duration: string;
    readonly before: 'request' | 'admission';
    readonly policy?: true;
  };
  /** The programme's code, and which ones the rule is for. */
  readonly programmeExcluded: { readonly programme: string; readonly only?: readonly string[]; readonly except?: readonly string[] };
  readonly incompleteSet: {
    /** Labels of the selectors that may bring what is missing ("MATH 1283", "CMPT 1##", "ISCED 061 EQF 6"); no course that is held. */
    readonly missing: readonly string[];
    /** How many courses are missing at least, those held but not accepted included; 0 when only credits are. */
    readonly missingCourses: number;
    readonly missingCredits?: number;
    /** Completions of courses that are missing: held, but not accepted as they are. */
    readonly unsuitable?: readonly string[];
    /** The missing courses need only be held. */
    readonly condition?: 'alsoHolds';
  };
  /** The agreement's limit that is reached, by id. */
  readonly limitReached: { readonly limit: string };
  /** The programme's cap that is used up; where a requirement has it, which. */
  readonly capReached: { readonly cap: ProgrammeCap; readonly requirement?: string };
  /** By a rule, or a better attempt. */
  readonly outranked: {
    readonly byAgreement?: string;
    /** The rule that goes first; absent where only the set it is satisfied on is known. */
    readonly byRule?: string;
    /** The set it is satisfied on. */
    readonly byCompletions?: readonly string[];
    /** The attempt at the same course that is used. */
    readonly betterAttempt?: string;
  };
  /** With nothing said the rule has what it needs without this completion, or the best allocation does without the rule. */
  readonly notNeeded: {
    /** Normalised codes of receiving courses that it would award, and that are awarded or on the home record. */
    readonly alreadyAwarded?: readonly string[];
    /** Completions of its set that other rules take. */
    readonly usedElsewhere?: readonly string[];
    /** The rule that gives the same for the same completions and stands for this one. */
    readonly sameAsAgreement?: string;
    readonly sameAsRule?: string;
  };
  /** No rule speaks of this case: with nothing said of this course, else not of its grade, its credits, or what else is held. */
  readonly notEvaluated: StatedGrade & {
    /** The highest grade of the rule's band, on its scale. */
    readonly scale?: string;
    readonly maximum?: string;
    readonly comparable?: boolean;
    /** Demanded and stated. */
    readonly minimumCredits?: number;
    readonly credits?: number;
    readonly condition?: 'doesNotHold';
    /** Labels of the selectors that find what must not be held. */
    readonly held?: readonly string[];
  };
  /** No rule speaks of it, and the catalogue does not know the course. */
  readonly unmatched: NoParameters;
  readonly failed: { readonly outcome: 'failed' };
  readonly inProgress: { readonly outcome: 'inProgress' | 'planned' };
}

export type NoParameters = Readonly<Record<string, never>>;

/** A grade as stated; absent when there is none. */
interface StatedGrade {
  readonly gradeScale?: string;
  readonly grade?: string;
}

/** Why a rule, or the programme whatever the rules say, does not take a completion. */
export type Reason<Status extends CompletionStatus = CompletionStatus> = {
  [Each in Status]: { readonly status: Each; readonly parameters: ReasonParameters[Each] };
}[Status];

/** The reason that comes first in the order of statuses; of equal ones the first given. */
export function firstReason(a: Reason | undefined, b: Reason | undefined): Reason | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareReasons(a, b) <= 0 ? a : b;
}

/** Negative when `a` comes before `b` in the order of statuses. */
export function compareReasons(a: Pick<Reason, 'status'>, b: Pick<Reason, 'status'>): number {
  return a.status === b.status ? 0 : completionStatuses.indexOf(a.status) - completionStatuses.indexOf(b.status);
}

/** A grade that is below the one demanded, or does not compare with it. */
export function gradeTooLow(minimum: Grade, stated: Grade | undefined, comparable: boolean): Reason<'gradeTooLow'> {
  return { status: 'gradeTooLow', parameters: { scale: minimum.scale, minimum: minimum.value, ...statedGrade(stated), comparable } };
}

/** The parameters of a grade as stated, where there is one. */
export function statedGrade(stated: Grade | undefined): StatedGrade {
  return stated === undefined ? {} : { gradeScale: stated.scale, grade: stated.value };
}
