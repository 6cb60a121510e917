import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { AccountKind, AccountState, StaffRole } from '../domain/index.js';

const kindCheck = `CASE kind
  WHEN 'unassigned' THEN institution_id IS NOT NULL AND learner_id IS NULL
  WHEN 'staff' THEN institution_id IS NOT NULL AND learner_id IS NULL
  WHEN 'student' THEN learner_id IS NOT NULL
  WHEN 'operator' THEN institution_id IS NULL AND learner_id IS NULL
  ELSE FALSE END`;

const logInCheck = `CASE
  WHEN user_name IS NULL THEN issuer IS NOT NULL AND subject IS NOT NULL AND password_hash IS NULL
  ELSE issuer IS NULL AND subject IS NULL AND password_hash IS NOT NULL END`;

@Entity('accounts')
@Check('accounts_kind_check', kindCheck)
@Check('accounts_roles_check', `kind = 'staff' OR cardinality(granted_roles) + cardinality(claimed_roles) = 0`)
@Check('accounts_log_in_check', logInCheck)
@Check('accounts_state_check', `state IN ('active', 'deactivated')`)
@Unique(['institutionId', 'issuer', 'subject', 'kind'])
@Unique(['userName'])
export class AccountRow {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('institutions')
  @Column('uuid', { nullable: true })
  institutionId!: string | null;

  @Column('text')
  kind!: AccountKind;

  /** No foreign key: the learner's rows may lie on another node. */
  @Column('uuid', { nullable: true })
  learnerId!: string | null;

  @Column('text', { array: true })
  grantedRoles!: readonly StaffRole[];

  @Column('text', { array: true })
  claimedRoles!: readonly StaffRole[];

  @Column('text')
  displayName!: string;

  @Column('text', { nullable: true })
  issuer!: string | null;

  @Column('text', { nullable: true })
  subject!: string | null;

  /** Of accounts of the demonstration, and of no others. */
  @Column('text', { nullable: true })
  userName!: string | null;

  @Column('text', { nullable: true })
  passwordHash!: string | null;

  @Column('text')
  state!: AccountState;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}
