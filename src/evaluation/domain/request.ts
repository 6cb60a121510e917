import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { CalendarDate, CreditSystem, Grade, GradingScale, LocalisedText, Period } from '../../kernel/index.js';
import type { Requirement, TransferPolicy } from '../../programmes/domain/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { Choice, Completion, Evidence, Exception, HomeCourse, Redemption } from './input.js';

/** What a caller asks: to evaluate what the service keeps, or everything said in the body itself. */
export type EvaluationRequest = StoredEvaluationRequest | InlineEvaluationRequest;

interface Wishes {
  /** The day on which the rules in force are looked up; the request date unless stated. */
  readonly policyDate?: CalendarDate;
  /** The day of the student's request; today unless stated. */
  readonly requestDate?: CalendarDate;
  readonly choices?: readonly Choice[];
  readonly exceptions?: readonly Exception[];
  /** Count courses in progress and planned as if achieved. */
  readonly whatIf?: boolean;
  /** `interactive`: below 50 ms; `thorough`: some two seconds in a worker, for a decision. */
  readonly effort?: 'interactive' | 'thorough';
  /** Look for the smallest change that would earn more, for each completion without use. */
  readonly suggestions?: boolean;
}

/** Completions of a learner on record, a programme on record, and the agreements in force between their institutions. */
export interface StoredEvaluationRequest extends Wishes {
  readonly kind: 'stored';
  readonly learner: string;
  readonly programme: string;
  /** Which transcripts count; all of the learner's unless stated. */
  readonly transcripts?: readonly string[];
}

/** Everything in one self-contained body. Nothing is stored. Shipped credit systems and grading scales may be named without being given. */
export interface InlineEvaluationRequest extends Wishes {
  readonly kind: 'inline';
  readonly institutions: readonly InlineInstitution[];
  readonly creditSystems?: readonly CreditSystem[];
  readonly gradingScales?: readonly GradingScale[];
  readonly courses?: readonly InlineCourse[];
  readonly agreements?: readonly InlineAgreement[];
  /** Rules without an agreement around them: as if all institutions had agreed on them. */
  readonly rules?: readonly Rule[];
  readonly programme: InlineProgramme;
  readonly admissionDate?: CalendarDate;
  readonly completions: readonly InlineCompletion[];
  readonly homeRecord?: readonly InlineHomeCourse[];
  readonly redemptions?: readonly Redemption[];
}

export interface InlineInstitution {
  readonly id: string;
  readonly names?: LocalisedText;
  readonly creditSystem?: string;
  readonly gradingScale?: string;
}

/** A dated edition. */
export interface InlineCourse {
  readonly provider: string;
  readonly platform?: string;
  readonly code: string;
  readonly titles?: LocalisedText;
  readonly credits: number;
  /** The provider's own unless stated. */
  readonly creditSystem?: string;
  readonly hours?: number;
  readonly weeks?: number;
  readonly eqfLevel?: number;
  readonly isced?: string;
  readonly mooc?: boolean;
  readonly repeatable?: boolean;
  readonly validity?: Period;
}

export interface InlineAgreement {
  readonly id: string;
  readonly revision?: number;
  readonly attestedBy?: string;
  readonly terms: AgreementTerms;
}

export interface InlineProgramme {
  readonly institution: string;
  readonly code: string;
  readonly catalogueYear: number;
  readonly title?: LocalisedText;
  /** The institution's own unless stated. */
  readonly creditSystem?: string;
  readonly totalCredits: number;
  readonly requirements: Requirement;
  readonly policy?: TransferPolicy;
}

/** What is not stated comes from the course edition. */
export interface InlineCompletion {
  readonly id: string;
  readonly provider: string;
  readonly platform?: string;
  readonly code: string;
  readonly credits?: number;
  readonly creditSystem?: string;
  readonly hours?: number;
  readonly weeks?: number;
  readonly grade?: Grade;
  /** `achieved` unless stated. */
  readonly outcome?: Completion['outcome'];
  readonly completedOn?: CalendarDate;
  readonly enrolledOn?: CalendarDate;
  readonly evidence?: Partial<Evidence>;
  readonly mooc?: boolean;
}

export interface InlineHomeCourse {
  readonly id: string;
  readonly code: string;
  readonly credits: number;
  /** `done` unless stated. */
  readonly status?: HomeCourse['status'];
  readonly passFail?: boolean;
  readonly attributes?: readonly string[];
}
