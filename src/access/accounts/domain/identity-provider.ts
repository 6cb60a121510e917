import type { StaffRole } from './account.js';

/** How the service shows an identity provider that it is itself: signed with its own key (RFC 7523), or not at all, and PKCE (RFC 7636) alone binds the code. */
export const authentications = ['privateKeyJwt', 'none'] as const;
export type Authentication = (typeof authentications)[number];

/** Who has a value among the values of a claim has a role. */
export interface RoleMapping {
  /** JSON Pointer (RFC 6901) into the claims: `/realm_access/roles`. */
  readonly claim: string;
  readonly value: string;
  readonly role: StaffRole;
}

/** A claim whose text identifies a student at the institution. */
export interface IdentifierClaim {
  /** JSON Pointer (RFC 6901) into the claims: `/student_number`. */
  readonly claim: string;
  /** The scheme of the learner's identifier: `student-number`. */
  readonly scheme: string;
}

/** What an institution says of an OpenID provider where its people log in. What that provider claims counts at this institution and nowhere else. */
export interface IdentityProviderDetails {
  /** What people choose by where an institution has several; the institution's name where there is none. */
  readonly label?: string;
  /** The issuer, exactly as its discovery document and its ID tokens write it (OpenID Connect Core 1.0, section 2). */
  readonly issuer: string;
  /** What the provider calls this service. */
  readonly clientId: string;
  readonly authentication: Authentication;
  /** The scopes asked for beside `openid`. */
  readonly scopes: readonly string[];
  readonly roleMappings: readonly RoleMapping[];
  readonly identifierClaims: readonly IdentifierClaim[];
}

export interface IdentityProvider extends IdentityProviderDetails {
  readonly id: string;
  readonly institution: string;
  /** Counts the changes. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** The claims of an ID token and of the answer of the userinfo endpoint. */
export type Claims = Readonly<Record<string, unknown>>;

/** The roles that claims mean, in the order of the mappings; each once. */
export function mappedRoles(mappings: readonly RoleMapping[], claims: Claims): readonly StaffRole[] {
  const roles = mappings.filter(({ claim, value }) => textsAt(claims, claim).includes(value)).map(({ role }) => role);
  return [...new Set(roles)];
}

/** What claims identify a student by. A claim with several values identifies nobody. */
export function claimedIdentifiers(
  identifierClaims: readonly IdentifierClaim[],
  claims: Claims,
): { readonly scheme: string; readonly value: string }[] {
  return identifierClaims.flatMap(({ claim, scheme }) => {
    const [value, another] = textsAt(claims, claim);
    return value === undefined || another !== undefined ? [] : [{ scheme, value }];
  });
}

/** What a person is called by claims (OpenID Connect Core 1.0, section 5.1); their subject where nothing is said. */
export function claimedName(claims: Claims, subject: string): string {
  const names = [claims['name'], claims['preferred_username'], subject];
  const name = names.find((candidate) => typeof candidate === 'string' && candidate.trim() !== '');
  return oneLine(String(name));
}

/** At most 200 characters in one line, as display names are. */
function oneLine(text: string): string {
  return [...text.replaceAll(/\p{Cc}+/gu, ' ').trim()].slice(0, 200).join('').trim();
}

/** The texts that a pointer leads to: one, or those of a list. */
function textsAt(claims: Claims, pointer: string): string[] {
  let here: unknown = claims;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    here = typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? Reflect.get(here, key) : undefined;
  }
  const values: readonly unknown[] = Array.isArray(here) ? here : [here];
  return values.flatMap((value) => (typeof value === 'string' ? [value] : []));
}
