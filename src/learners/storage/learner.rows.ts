import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Proof } from '../domain/index.js';

@Entity('learners')
export class LearnerRow {
  @PrimaryColumn('uuid')
  learnerId!: string;

  @Column('text', { nullable: true })
  displayName!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  /** The institution that recorded the learner; none where the service did. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;

  /** The institutions that answer for what is said of the learner; see `refreshReaders`. */
  @Column('uuid', { array: true })
  stewards!: readonly string[];

  /** The institutions that see the learner; see `refreshReaders`. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}

@Entity('learner_identifiers')
@Unique(['learnerId', 'institutionId', 'scheme', 'value'])
@Check('learner_identifiers_scheme_check', `scheme ~ '^[a-z][a-z0-9-]{0,39}$'`)
@Check('learner_identifiers_proof_check', `proof IN ('logIn', 'issuer', 'registrar')`)
export class LearnerIdentifierRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @ForeignKey('institutions')
  @Column('uuid')
  institutionId!: string;

  @Column('text')
  scheme!: string;

  @Index()
  @Column('text')
  value!: string;

  @Column('text')
  proof!: Proof;

  /** Those of the learner. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}

/** Which learner an identifier belongs to, by the digest of the identifier. */
@Entity('identifier_claims')
@Check('identifier_claims_digest_check', `digest ~ '^sha-256:[0-9a-f]{64}$'`)
export class IdentifierClaimRow {
  @PrimaryColumn('text')
  digest!: string;

  /** No foreign key: the learner's rows may lie on another node. */
  @Column('uuid')
  learnerId!: string;
}
