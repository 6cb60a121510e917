import type { CalendarDate, CreditSystem, Grade, GradingScale } from '../../kernel/index.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { Programme } from '../../programmes/domain/index.js';

/**
 * Everything an evaluation depends on. Pure data: no clock, no look-ups; the same input gives the same bytes for ever.
 * Credits are numbers with at most three decimals. The order of the lists never matters.
 */
export interface EvaluationInput {
  /** Of each agreement the one revision in force on this day counts; `agreements` holds just those. */
  readonly policyDate: CalendarDate;
  readonly requestDate: CalendarDate;
  readonly admissionDate?: CalendarDate;
  readonly programme: Programme;
  readonly agreements: readonly RevisionInForce[];
  readonly completions: readonly Completion[];
  readonly homeRecord: readonly HomeCourse[];
  readonly redemptions: readonly Redemption[];
  readonly choices: readonly Choice[];
  readonly exceptions: readonly Exception[];
  readonly creditSystems: readonly CreditSystem[];
  readonly gradingScales: readonly GradingScale[];
  /** The scale on which the receiving institution states grades: the target of grade conversion. */
  readonly receivingScale?: string;
  /** A what-if counts completions in progress and planned as if achieved, and home courses under way as done, and says so. */
  readonly whatIf: boolean;
}

export interface RevisionInForce {
  readonly agreement: string;
  readonly revision: number;
  /** Digest of the terms. The input digest covers the revision through it. */
  readonly digest: string;
  /** Set while the revision rests on one party's word and the others have not confirmed it. */
  readonly attestedBy?: string;
  readonly terms: AgreementTerms;
  /** Own credits of receiving courses that the rules award, in the receiving system: the weights when converted credit is split. */
  readonly receivingCourses: readonly { readonly code: string; readonly credits: number }[];
}

/** One course that a learner completed elsewhere, with what the catalogue knows of its edition filled in. */
export interface Completion {
  readonly id: string;
  readonly provider: string;
  readonly platform?: string;
  readonly code: string;
  /** The catalogue edition it was matched to. */
  readonly course?: string;
  /** ISCED-F 2013 code of the edition. */
  readonly isced?: string;
  /** EQF level of the edition, 1–8. */
  readonly eqfLevel?: number;
  readonly credits: number;
  readonly creditSystem: string;
  /** Learner workload in hours, and duration in weeks, where stated. */
  readonly hours?: number;
  readonly weeks?: number;
  readonly grade?: Grade;
  readonly outcome: 'achieved' | 'failed' | 'inProgress' | 'planned';
  readonly completedOn?: CalendarDate;
  readonly enrolledOn?: CalendarDate;
  readonly evidence: Evidence;
  /** Taught as an open online course. */
  readonly mooc: boolean;
  /** Attempts at a repeatable course are completions of their own. */
  readonly repeatable: boolean;
}

export interface Evidence {
  readonly identityVerified: boolean;
  readonly proctored: boolean;
  /** Of the transcript that states it. */
  readonly verification: 'verified' | 'attested' | 'unverified' | 'failed';
}

/** A course taken at the receiving institution. It takes part in the allocation as an award of itself, and is never awarded again. */
export interface HomeCourse {
  readonly id: string;
  readonly code: string;
  readonly credits: number;
  readonly status: 'done' | 'underWay';
  /** Taken without a grade. */
  readonly passFail: boolean;
  readonly attributes: readonly string[];
}

/** A completion already used for credit. */
export interface Redemption {
  readonly completion: string;
  readonly institution: string;
  readonly programme: string;
}

/** The option (0-based) that was chosen where a rule leaves a choice; for one set of completions, or wherever the rule applies. */
export interface Choice {
  readonly agreement: string;
  readonly rule: string;
  readonly option: number;
}

/** What a person has granted, against the letter of the rules. */
export type Exception = { readonly reason: string } & (
  | { readonly kind: 'requirementWaived'; readonly requirement: string }
  /** The programme's minimum grade, maximum age or electives-only clause does not hold for this completion. */
  | { readonly kind: 'policyWaived'; readonly completion: string; readonly clause: 'minimumGrade' | 'maximumAge' | 'electivesOnly' }
  /** A condition of rules does not hold against this completion. */
  | {
      readonly kind: 'conditionWaived';
      readonly completion: string;
      readonly condition: 'dates' | 'completedWithin' | 'evidence' | 'minimumGrade';
    }
);
