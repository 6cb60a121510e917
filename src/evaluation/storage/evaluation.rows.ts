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
  @Column('text')
  input!: string;

  /** JSON of the outcome: text, so that it is read as it was written. */
  @Column('text')
  outcome!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
