import type { Client, Grant, KoaContextWithOIDC } from 'oidc-provider';
import { serviceScope } from '../../platform/index.js';
import type { ClaimsOfAccounts } from '../accounts/account-claims.js';
import type { AccountClaims } from '../accounts/domain/index.js';
import { type ClientKind, clientKinds } from '../clients/domain/index.js';
import { accessScopes, isRole, scopesOfRoles } from '../domain/index.js';
import { errors } from './oidc-provider.js';
import type { ClientTerms } from './registered-clients.js';

type OIDCContext = KoaContextWithOIDC['oidc'];

function isClientKind(value: unknown): value is ClientKind {
  return clientKinds.some((kind) => kind === value);
}

/** What was registered of a client beside what OAuth has words for. */
export function termsOf(client: Client): ClientTerms {
  const { institution, kind, roles } = client;
  if (typeof institution !== 'string' || !isClientKind(kind) || !Array.isArray(roles)) throw new Error('a client without its terms');
  return { institution, kind, roles: roles.filter((role: unknown) => typeof role === 'string' && isRole(role)) };
}

/** The scopes that a client can get here: those of its roles, or of the roles of who has logged in, as soon as that is known. */
export async function scopesFor({ session }: OIDCContext, client: Client, accounts: ClaimsOfAccounts): Promise<readonly string[]> {
  const { kind, roles } = termsOf(client);
  if (kind === 'machine') return scopesOfRoles(roles);
  const claims = session?.accountId === undefined ? undefined : await accounts.claimsOf(session.accountId);
  return claims === undefined ? accessScopes : scopesOfRoles(claims.roles);
}

/** Where people go on without being asked: the service's own pages, and the programs of the institution that they work for. */
function isTrusted(institution: string, claims: AccountClaims): boolean {
  return institution === serviceScope || institution === claims.institution;
}

/**
 * What somebody who has logged in allows a client. Where they need not be asked, that is all they may do out of what it asks for; else what they have
 * consented to. Anybody can pretend to be a native app, so there they are asked every time (RFC 8252, section 8.6).
 */
export async function grantFor(oidc: OIDCContext, resource: string, accounts: ClaimsOfAccounts): Promise<Grant | undefined> {
  const { client, session, account, provider, result, requestParamScopes } = oidc;
  if (client === undefined || session === undefined || account === undefined) return undefined;
  const { accountId } = account;
  const claims = await accounts.claimsOf(accountId);
  if (claims === undefined) return undefined;
  const { institution, kind } = termsOf(client);
  const isOwn = isTrusted(institution, claims);
  // Whoever runs a program can read what it reads.
  if (claims.institution !== undefined && !isOwn)
    throw new errors.AccessDenied('this account belongs to another institution than the client');
  const consented = result?.consent?.grantId;
  const known = consented ?? (kind === 'native' ? undefined : session.grantIdFor(client.clientId));
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  const before = found?.accountId === accountId ? found : undefined;
  if (consented !== undefined || !isOwn || kind === 'native') return before;
  const grant = before ?? new provider.Grant({ accountId, clientId: client.clientId });
  const allowed = new Set(scopesOfRoles(claims.roles));
  if (requestParamScopes.has('openid')) grant.addOIDCScope('openid');
  grant.addResourceScope(
    resource,
    [...requestParamScopes].filter((scope) => allowed.has(scope)),
  );
  await grant.save();
  return grant;
}
