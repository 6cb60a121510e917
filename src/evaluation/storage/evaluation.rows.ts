import type { EvaluationOutcome } from '../domain/index.js';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('evaluations')
@Check('evaluations_input_digest_check', `input_digest ~ '^sha-256:[0-9a-f]{64}$'`)
export class EvaluationRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @ForeignKey('programmes')
  @Column('uuid')
  programmeId!: string;

  @Column('text')
  inputDigest!: string;

  @Column('text')
  engineVersion!: string;

  /** Canonical JSON of the input, revisions by agreement, number and digest. */
  @Column('json')
  input!: object;

  /** Kept as it was written (json, not jsonb), so that it answers the same bytes for ever. */
  @Column('json')
  outcome!: EvaluationOutcome;

  @Column('timestamptz')
  createdAt!: Date;

  /** The institutions that see it: the one that asked for it. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}
