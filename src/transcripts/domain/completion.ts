import type { CalendarDate, Grade, Thousandths } from '../../kernel/index.js';

/** What became of a course: `inProgress` and `planned` count in a what-if only. */
export const completionOutcomes = ['achieved', 'failed', 'inProgress', 'planned'] as const;
export type CompletionOutcome = (typeof completionOutcomes)[number];

/**
 * How far a transcript can be trusted. `verified`: signed by a key the issuer controls; `attested`: handed in by the issuing institution itself;
 * `unverified`: handed in by the student; `failed`: checked and found wrong.
 */
export const verifications = ['verified', 'attested', 'unverified', 'failed'] as const;
export type Verification = (typeof verifications)[number];

/** One row of a transcript, as its issuer states it. Institutions are ids. */
export interface StatedCompletion {
  /** Who teaches and answers for the course. */
  readonly provider: string;
  /** Where it runs, if elsewhere. */
  readonly platform?: string;
  readonly code: string;
  readonly title?: string;
  /** Absent where the transcript names none: those of the catalogue edition then count. */
  readonly credits?: { readonly amount: Thousandths; readonly creditSystem: string };
  readonly grade?: Grade;
  readonly outcome: CompletionOutcome;
  readonly completedOn?: CalendarDate;
  readonly enrolledOn?: CalendarDate;
  readonly certificateId?: string;
  /** Counts the attempts at one course from 1; absent means the first. */
  readonly attempt?: number;
  /** Learner workload in hours, and duration in weeks. */
  readonly hours?: number;
  readonly weeks?: number;
  readonly evidence: StatedEvidence;
}

/** What is known of how the achievement was assessed. */
export interface StatedEvidence {
  readonly identityVerified: boolean;
  readonly proctored: boolean;
}
