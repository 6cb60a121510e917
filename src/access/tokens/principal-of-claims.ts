import { isInstitutionRole, type Principal } from '../domain/index.js';

/** The claims of an access token of ours that say who sends it. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** Who a token speaks of; undefined when it says nothing that anybody could be. */
export function principalOfClaims(claims: TokenClaims): Principal | undefined {
  const { sub: subject, client_id: client, scope, roles, institution, learner } = claims;
  if (typeof subject !== 'string' || typeof client !== 'string' || !isTexts(roles)) return undefined;
  const scopes = new Set(typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []);
  const holder = { subject, client, scopes };
  if (roles.includes('operator')) return { kind: 'operator', ...holder };
  if (roles.includes('student')) return typeof learner === 'string' ? { kind: 'student', learner, ...holder } : undefined;
  const institutionRoles = new Set(roles.filter(isInstitutionRole));
  if (typeof institution !== 'string' || institutionRoles.size === 0) return undefined;
  return { kind: 'member', institution, roles: institutionRoles, ...holder };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
