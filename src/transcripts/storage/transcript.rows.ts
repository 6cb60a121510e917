import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Thousandths } from '../../kernel/index.js';
import type { CompletionOutcome, MatchedBy, Verification } from '../domain/index.js';

@Entity('transcripts')
@Check('transcripts_verification_check', `verification IN ('verified', 'attested', 'unverified', 'failed')`)
@Check('transcripts_verification_reason_check', `verification <> 'failed' OR verification_reason IS NOT NULL`)
@Check('transcripts_document_digest_check', `document_digest = 'sha-256:' || encode(sha256(document), 'hex')`)
export class TranscriptRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @ForeignKey('institutions')
  @Column('uuid')
  issuerId!: string;

  @Column('date')
  issuedOn!: string;

  /** The bytes as they were handed in. */
  @Column('bytea')
  document!: Buffer;

  @Column('text')
  documentMediaType!: string;

  @Column('text')
  documentDigest!: string;

  @Column('text')
  verification!: Verification;

  @Column('text', { nullable: true })
  verificationReason!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  /** The institution that handed it in; none where the student or the service did. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;

  /** The institutions that see it; `refreshReaders` says which. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}

/** One achievement of a learner, whatever number of transcripts state it. */
@Entity('completions')
@Unique(['learnerId', 'providerId', 'normalisedCode', 'attempt'])
@Unique(['learnerId', 'providerId', 'certificateId'])
@Check('completions_attempt_check', 'attempt BETWEEN 1 AND 99')
@Check('completions_matched_by_check', `matched_by IN ('catalogue', 'registrar')`)
@Check('completions_match_check', '(course_id IS NULL) = (matched_by IS NULL)')
export class CompletionRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('institutions')
  @Column('uuid')
  providerId!: string;

  /** {@link normaliseCode} of the code. */
  @Column('text')
  normalisedCode!: string;

  @Column('integer')
  attempt!: number;

  @Column('text', { nullable: true })
  certificateId!: string | null;

  @Index()
  @ForeignKey('courses')
  @Column('uuid', { nullable: true })
  courseId!: string | null;

  @Column('text', { nullable: true })
  matchedBy!: MatchedBy | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  /** The institutions that see it; `refreshReaders` says which. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}

/** What one transcript states of one achievement. */
@Entity('completion_statements')
@ForeignKey('transcripts', ['learnerId', 'transcriptId'], ['learnerId', 'id'])
@ForeignKey('completions', ['learnerId', 'completionId'], ['learnerId', 'id'])
@Unique('completion_statements_completion_key', ['learnerId', 'transcriptId', 'completionId'])
@Index(['learnerId', 'completionId'])
@Check('completion_statements_position_check', 'position >= 0')
@Check('completion_statements_credits_check', 'credits BETWEEN 0 AND 100000000')
@Check('completion_statements_outcome_check', `outcome IN ('achieved', 'failed', 'inProgress', 'planned')`)
@Check('completion_statements_hours_check', 'hours >= 0')
@Check('completion_statements_weeks_check', 'weeks >= 0')
@Check('completion_statements_credits_system_check', '(credits IS NULL) = (credit_system IS NULL)')
@Check('completion_statements_grade_check', '(grading_scale IS NULL) = (grade IS NULL)')
@Check('completion_statements_dates_check', 'completed_on >= enrolled_on')
export class CompletionStatementRow {
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  transcriptId!: string;

  /** Of the row in the transcript, from 0. */
  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  completionId!: string;

  @ForeignKey('institutions')
  @Column('uuid', { nullable: true })
  platformId!: string | null;

  @Column('text')
  code!: string;

  @Column('text', { nullable: true })
  title!: string | null;

  @Column('integer', { nullable: true })
  credits!: Thousandths | null;

  @ForeignKey('credit_systems')
  @Column('text', { nullable: true })
  creditSystem!: string | null;

  @ForeignKey('grading_scales')
  @Column('text', { nullable: true })
  gradingScale!: string | null;

  @Column('text', { nullable: true })
  grade!: string | null;

  @Column('text')
  outcome!: CompletionOutcome;

  @Column('date', { nullable: true })
  enrolledOn!: string | null;

  @Column('date', { nullable: true })
  completedOn!: string | null;

  /** A decimal as text, as PostgreSQL writes it. */
  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  hours!: string | null;

  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  weeks!: string | null;

  @Column('boolean')
  identityVerified!: boolean;

  @Column('boolean')
  proctored!: boolean;

  /** The institutions that see it: those that see the transcript. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}

/** Which learner an achievement belongs to, by the digest of its certificate. */
@Entity('achievement_claims')
@Check('achievement_claims_digest_check', `digest ~ '^sha-256:[0-9a-f]{64}$'`)
export class AchievementClaimRow {
  @PrimaryColumn('text')
  digest!: string;

  /** No foreign key: the learner's rows may lie on another node. */
  @Column('uuid')
  learnerId!: string;
}
