import type { AccessRule } from './access-table.js';
import type { Principal } from './principal.js';
import type { Role } from './roles.js';

/** Whether somebody may call an operation. What they see and change through it is the business of row-level security. */
export type Decision =
  | { readonly kind: 'allowed' }
  /** No token, and one is needed. */
  | { readonly kind: 'tokenMissing' }
  /** The token does not grant the scope (RFC 6750, section 3.1: `insufficient_scope`). */
  | { readonly kind: 'scopeMissing'; readonly scope: string }
  | { readonly kind: 'roleMissing'; readonly roles: readonly Role[] }
  /** Another institution's: answered as if there were no such thing. */
  | { readonly kind: 'foreign' };

/** Deny unless allowed. */
export function decide(rule: AccessRule, principal: Principal, pathInstitution: string | undefined): Decision {
  const { scope, roles } = rule;
  if (roles === undefined) return { kind: 'allowed' };
  if (principal.kind === 'anonymous') return { kind: 'tokenMissing' };
  if (!rolesOf(principal).some((role) => roles.includes(role))) return { kind: 'roleMissing', roles };
  if (scope !== undefined && !principal.scopes.has(scope)) return { kind: 'scopeMissing', scope };
  const isForeign = pathInstitution !== undefined && principal.kind === 'member' && pathInstitution !== principal.institution;
  return isForeign ? { kind: 'foreign' } : { kind: 'allowed' };
}

function rolesOf(principal: Exclude<Principal, { kind: 'anonymous' }>): readonly Role[] {
  return principal.kind === 'member' ? [...principal.roles] : [principal.kind];
}
