import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsUrl, Matches } from 'class-validator';
import { IsOneLine, MayBeAbsent, NestedList } from '../../../platform/index.js';
import { staffRoles } from '../../domain/index.js';
import { type Authentication, authentications, type StaffRole } from '../domain/index.js';

/** A JSON Pointer to something inside the claims (RFC 6901, section 3). */
const pointerPattern = /^(\/([^~/]|~[01])+)+$/;
const pointerMessage = { message: 'must be a JSON Pointer into the claims such as /realm_access/roles' };
/** A scope token (RFC 6749, section 3.3). */
const scopePattern = /^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/;
const schemePattern = /^[a-z][a-z0-9-]{0,39}$/;

/** Who has this value in this claim has this role. */
export class RoleMappingForm {
  /**
   * Where the claim lies among the claims of the ID token and of userinfo, as a JSON Pointer; it holds one text or a list of texts.
   * @example "/eduperson_entitlement"
   */
  @IsOneLine(200)
  @Matches(pointerPattern, pointerMessage)
  claim!: string;

  /**
   * The value, compared character by character.
   * @example "urn:example:credit-recognition:registrar"
   */
  @IsOneLine(500)
  value!: string;

  /** The role at this institution. */
  @ApiProperty({ enum: staffRoles })
  @IsIn(staffRoles, { message: `must be one of ${staffRoles.join(', ')}` })
  role!: StaffRole;
}

/** A claim that identifies students. */
export class IdentifierClaimForm {
  /**
   * Where the claim lies, as a JSON Pointer; it holds one text.
   * @example "/student_number"
   */
  @IsOneLine(200)
  @Matches(pointerPattern, pointerMessage)
  claim!: string;

  /**
   * The scheme under which learners have this institution's identifiers of that kind.
   * @example "student-number"
   */
  @ApiProperty({ pattern: schemePattern.source })
  @Matches(schemePattern, { message: 'must be a short name in lower case such as student-number or esi' })
  scheme!: string;
}

/** An OpenID provider where people of the institution log in. What it claims counts at this institution alone. */
export class IdentityProviderForm {
  /** Tells several providers of the institution apart for those who log in. */
  @ApiPropertyOptional()
  @MayBeAbsent()
  @IsOneLine(100)
  label?: string;

  /**
   * The issuer, exactly as the provider writes it in its discovery document and its ID tokens. It must be reachable over HTTPS on the public Internet.
   * @example "https://login.example.edu"
   */
  @ApiProperty({ format: 'uri' })
  @IsOneLine(500)
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false, allow_query_components: false, allow_fragments: false },
    { message: 'must be the URL of an issuer, without query and fragment' },
  )
  issuer!: string;

  /** What the provider calls this service: the `client_id` that was registered there, with `redirectUri` as its redirect URI. */
  @IsOneLine(255)
  clientId!: string;

  /**
   * How the service shows the provider that it is itself: `privateKeyJwt` signs with a key of `/oauth/jwks`, `none` is for public clients. PKCE is used
   * with both, and no secret with either.
   */
  @ApiProperty({ enum: authentications })
  @IsIn(authentications, { message: `must be one of ${authentications.join(', ')}` })
  authentication!: Authentication;

  /**
   * The scopes to ask for beside `openid`.
   * @example ["profile"]
   */
  @ApiPropertyOptional({ type: 'string', isArray: true, maxItems: 20, uniqueItems: true })
  @MayBeAbsent()
  @IsArray()
  @ArrayUnique({ message: 'must not name a scope twice' })
  @ArrayMaxSize(20)
  @Matches(scopePattern, { each: true, message: 'must be scopes without blanks and quotes' })
  scopes: string[] = [];

  /** Which values of which claims mean which roles. */
  @ApiPropertyOptional()
  @MayBeAbsent()
  @NestedList(() => RoleMappingForm, 100)
  roleMappings: RoleMappingForm[] = [];

  /** Which claims identify students. */
  @ApiPropertyOptional()
  @MayBeAbsent()
  @NestedList(() => IdentifierClaimForm, 10)
  identifierClaims: IdentifierClaimForm[] = [];
}
