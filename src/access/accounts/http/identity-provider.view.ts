import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, type Versioned } from '../../../platform/index.js';
import { staffRoles } from '../../domain/index.js';
import {
  type Authentication,
  authentications,
  type IdentifierClaim,
  type IdentityProvider,
  type RoleMapping,
  type StaffRole,
} from '../domain/index.js';

/** Who has this value in this claim has this role. */
export class RoleMappingView implements RoleMapping {
  /** Where the claim lies, as a JSON Pointer. */
  claim!: string;

  value!: string;

  @ApiProperty({ enum: staffRoles })
  role!: StaffRole;
}

/** A claim that identifies students. */
export class IdentifierClaimView implements IdentifierClaim {
  /** Where the claim lies, as a JSON Pointer. */
  claim!: string;

  scheme!: string;
}

/** An OpenID provider where people of an institution log in. */
export class IdentityProviderView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  label?: string;

  issuer!: string;

  clientId!: string;

  @ApiProperty({ enum: authentications })
  authentication!: Authentication;

  @ApiProperty({ type: 'string', isArray: true })
  scopes!: readonly string[];

  @ApiProperty({ type: RoleMappingView, isArray: true })
  roleMappings!: readonly RoleMappingView[];

  @ApiProperty({ type: IdentifierClaimView, isArray: true })
  identifierClaims!: readonly IdentifierClaimView[];

  /** The redirect URI to register at the provider. */
  @ApiProperty({ format: 'uri' })
  redirectUri!: string;

  /** Counts the changes. */
  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function identityProviderView(
  { institution: _institution, ...provider }: IdentityProvider,
  redirectUri: string,
): IdentityProviderView {
  return asView(IdentityProviderView, { ...provider, redirectUri });
}

export class IdentityProviderPage extends PageOf(IdentityProviderView) {}
