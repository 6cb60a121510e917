import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Authentication, IdentifierClaim, RoleMapping } from '../domain/index.js';

@Entity('identity_providers')
@Check('identity_providers_authentication_check', `authentication IN ('privateKeyJwt', 'none')`)
@Unique(['institutionId', 'issuer'])
export class IdentityProviderRow {
  @ForeignKey('institutions')
  @PrimaryColumn('uuid')
  institutionId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { nullable: true })
  label!: string | null;

  @Column('text')
  issuer!: string;

  @Column('text')
  clientId!: string;

  @Column('text')
  authentication!: Authentication;

  @Column('text', { array: true })
  scopes!: readonly string[];

  @Column('jsonb')
  roleMappings!: readonly RoleMapping[];

  @Column('jsonb')
  identifierClaims!: readonly IdentifierClaim[];

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}
