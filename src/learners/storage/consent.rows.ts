import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ConsentEnd } from '../domain/index.js';

/** A student agrees that an institution reads transcripts. */
@Entity('consents')
@Check('consents_ended_by_check', `ended_by IN ('withdrawal', 'expiry')`)
@Check('consents_end_check', '(ended_at IS NULL) = (ended_by IS NULL) AND ended_at >= given_at')
@Index('consents_until_idx', ['until'], { where: 'ended_at IS NULL' })
export class ConsentRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @ForeignKey('institutions')
  @Column('uuid')
  institutionId!: string;

  /** All transcripts of the learner, or those of {@link ConsentTranscriptRow}. */
  @Column('boolean')
  coversAll!: boolean;

  @Column('text', { nullable: true })
  purpose!: string | null;

  @Column('date', { nullable: true })
  until!: string | null;

  @Column('timestamptz')
  givenAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('text', { nullable: true })
  endedBy!: ConsentEnd | null;
}

/** A transcript that a consent is about. */
@Entity('consent_transcripts')
@ForeignKey('consents', ['learnerId', 'consentId'], ['learnerId', 'id'], { name: 'consent_transcripts_consent_fkey' })
@ForeignKey('transcripts', ['learnerId', 'transcriptId'], ['learnerId', 'id'], { name: 'consent_transcripts_transcript_fkey' })
@Index('consent_transcripts_transcript_idx', ['learnerId', 'transcriptId'])
export class ConsentTranscriptRow {
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  consentId!: string;

  @PrimaryColumn('uuid')
  transcriptId!: string;

  /** That of the consent. */
  @Column('uuid')
  institutionId!: string;
}
