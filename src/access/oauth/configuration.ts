import type { AccessToken, Client, ClientCredentials, Configuration, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { serviceScope } from '../../platform/index.js';
import type { ClaimsOfAccounts } from '../accounts/account-claims.js';
import { ArtifactAdapter, ClientAdapter, type FindClient } from './adapter.js';
import type { Addresses } from './addresses.js';
import { grantFor, scopesFor, termsOf } from './grants.js';
import { type Keys, signingAlgorithm } from './key-ring.js';
import { errors, interactionPolicy } from './oidc-provider.js';
import { lifetimes, sessionSeconds } from './lifetimes.js';
import { logInPath } from './log-in-path.js';
import { errorPage, logOutPage, loggedOutPage } from './pages.js';
import { termNames } from './registered-clients.js';
import type { ArtifactStore } from './storage/artifact.store.js';

/** What a client may sign with: assertions and proofs. `EdDSA` is Ed25519 by its older name (RFC 8037; RFC 9864). */
const clientAlgorithms = ['ES256', 'EdDSA', 'Ed25519'] as const;

/** What the configuration is made of. */
export interface ConfigurationParts {
  readonly addresses: Addresses;
  readonly keys: Keys;
  readonly store: ArtifactStore;
  readonly findClient: FindClient;
  readonly accounts: ClaimsOfAccounts;
}

/** The authorisation server: which grants, which tokens, for whom. */
export function configurationOf(parts: ConfigurationParts): Configuration {
  const { keys, store, findClient, accounts } = parts;
  return {
    adapter: (model: string) => (model === 'Client' ? new ClientAdapter(findClient) : new ArtifactAdapter(model, store)),
    jwks: { keys: keys.signing.map(({ jwk }) => jwk) },
    cookies: { keys: [...keys.cookies] },
    scopes: ['openid'],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    enabledJWA: {
      idTokenSigningAlgValues: [signingAlgorithm],
      clientAuthSigningAlgValues: clientAlgorithms,
      dPoPSigningAlgValues: clientAlgorithms,
    },
    extraClientMetadata: { properties: termNames },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    ttl: ttl(),
    features: features(parts),
    interactions: { policy: policy(), url: (_ctx, { uid }) => logInPath(uid) },
    loadExistingGrant: ({ oidc }) => grantFor(oidc, parts.addresses.resource, accounts),
    findAccount: async (_ctx, accountId) => {
      const claims = await accounts.claimsOf(accountId);
      return claims && { accountId, claims: () => ({ sub: accountId }) };
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    extraTokenClaims: (ctx, token) => claimsOfToken(ctx, token, accounts),
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => {
      refuseLongAssertion(claims);
    },
    clientBasedCORS: (_ctx, origin, client) => client.redirectUris?.some((uri) => new URL(uri).origin === origin) === true,
    renderError: errorPage,
  };
}

function ttl(): NonNullable<Configuration['ttl']> {
  const { accessToken, refreshToken, authorizationCode, idToken, interaction, grant } = lifetimes;
  return {
    AccessToken: accessToken,
    ClientCredentials: accessToken,
    RefreshToken: refreshToken,
    AuthorizationCode: authorizationCode,
    IdToken: idToken,
    Interaction: interaction,
    Session: (_ctx, { loginTs }) => sessionSeconds(loginTs, Math.floor(Date.now() / 1000)),
    Grant: grant,
  };
}

function features({ addresses, accounts }: ConfigurationParts): NonNullable<Configuration['features']> {
  const { resource } = addresses;
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    introspection: { enabled: false },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: { enabled: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    rpInitiatedLogout: { enabled: true, logoutSource: logOutPage, postLogoutSuccessSource: loggedOutPage },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: async (ctx, indicator, client): Promise<ResourceServer> => {
        if (indicator !== resource) throw new errors.InvalidTarget();
        return {
          scope: (await scopesFor(ctx.oidc, client, accounts)).join(' '),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetimes.accessToken,
          jwt: { sign: { alg: signingAlgorithm } },
        };
      },
    },
  };
}

/** Whoever has an account no longer must log in with another, whatever their browser remembers. */
function policy(): ReturnType<typeof interactionPolicy.base> {
  const prompts = interactionPolicy.base();
  const hasNoAccount = ({ oidc }: KoaContextWithOIDC) => oidc.session?.accountId !== undefined && oidc.account === undefined;
  const check = new interactionPolicy.Check('no_account', 'the account cannot be used any more', 'login_required', hasNoAccount);
  prompts.get('login')?.checks.add(check);
  return prompts;
}

/** The claims of an access token beside those of RFC 9068: for whom its bearer acts, and as what. */
async function claimsOfToken(
  { oidc }: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
  accounts: ClaimsOfAccounts,
): Promise<Record<string, unknown>> {
  if (token.kind === 'ClientCredentials') {
    if (token.scope === undefined) throw new errors.InvalidScope('ask for one or more of the scopes that the client may have', '');
    return claimsOfMachine(oidc.client);
  }
  const claims = await accounts.claimsOf(token.accountId);
  if (claims === undefined) throw new errors.InvalidGrant('the account cannot be used any more');
  return { ...claims };
}

function claimsOfMachine(client: Client | undefined): Record<string, unknown> {
  if (client === undefined) throw new Error('a token for no client');
  const { institution, roles } = termsOf(client);
  return institution === serviceScope ? { roles } : { roles, institution };
}

function refuseLongAssertion({ exp }: Readonly<Record<string, unknown>>): void {
  const longest = Date.now() / 1000 + lifetimes.assertion;
  if (typeof exp !== 'number' || exp > longest) throw new errors.InvalidClientAuth('exp must lie within the next hour');
}
