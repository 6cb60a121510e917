import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Somebody else than the learner has read, or changed, what is the learner's. */
@Entity('access_log')
export class AccessLogRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  accessedAt!: Date;

  /** No foreign key: what was logged stays logged. */
  @Column('uuid', { nullable: true })
  institutionId!: string | null;

  /** `sub` of the access token. */
  @Column('text')
  subject!: string;

  @Column('text', { nullable: true })
  clientId!: string | null;

  /** `METHOD /path` as openapi.yaml writes it. */
  @Column('text')
  operation!: string;

  /** The path that was called. */
  @Column('text')
  resource!: string;

  @Column('text', { nullable: true })
  requestId!: string | null;
}
