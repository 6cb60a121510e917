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

/** What came of checking a transcript; a failed check says why. */
export interface VerificationResult {
  readonly verification: Verification;
  readonly reason?: string;
}

/** One row of a transcript, as its issuer states it. Institutions are ids. */
export interface StatedCompletion {
  /** Who teaches and answers for the course. */
  readonly provider: string;
  /** Where it runs, if elsewhere. */
  readonly platform?: string;
  readonly code: string;
  readonly title?: string;
  /** Absent where the transcript names none: those of the catalogue edition then count. */
  readonly credits?: Thousandths;
  /** Absent: the home credit system of the provider. */
  readonly creditSystem?: string;
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

/** A row of a transcript together with the completion it turned out to state. */
export interface PlacedStatement {
  readonly completion: string;
  readonly stated: StatedCompletion;
}

/** Who found the catalogue edition of a completion. */
export type MatchedBy = 'catalogue' | 'registrar';

/** One achievement of a learner, as the statement says that governs where transcripts differ. */
export interface CompletionRecord {
  readonly id: string;
  /** Attempt and certificate are those of the achievement, whichever transcript told them. */
  readonly stated: StatedCompletion & { readonly attempt: number };
  /** The transcript that is followed, and what came of checking it. */
  readonly transcript: string;
  readonly verification: Verification;
  readonly match?: { readonly course: string; readonly by: MatchedBy };
  /** As the transcript states them, else those of the catalogue edition. */
  readonly credits?: CompletionCredits;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

export interface CompletionCredits {
  readonly amount: Thousandths;
  readonly creditSystem: string;
  readonly source: 'transcript' | 'course';
}

/** A document by which an issuer states what a learner achieved. */
export interface TranscriptDetails extends VerificationResult {
  /** Id of the institution. */
  readonly issuer: string;
  readonly issuedOn: CalendarDate;
}

export interface Transcript extends TranscriptDetails {
  readonly id: string;
  readonly document: DocumentDescription;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** A transcript with its rows. */
export interface ReadTranscript extends Transcript {
  readonly statements: readonly PlacedStatement[];
}

/** The bytes that were handed in, without the bytes. */
export interface DocumentDescription {
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** `sha-256:<hex>` */
  readonly digest: string;
}
