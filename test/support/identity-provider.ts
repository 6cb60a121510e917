import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type Adapter, type AdapterPayload, type ClientMetadata, type KoaContextWithOIDC, Provider } from 'oidc-provider';

/** An institution's own OpenID provider: another server of another maker's kind, as far as the service knows. */
export interface TestIdentityProvider {
  readonly issuer: string;
  /** Who is known there, by subject, with what is said about them. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>;
  /** Who sits before the browser: whoever is sent there is logged in as this person, or refuses. */
  person: string | undefined;
  close(): Promise<void>;
}

/** The claims that the provider gives out. */
const claims = ['sub', 'name', 'realm_access', 'entitlement', 'student_number', 'hd'];

/** Everybody has consented long ago. */
async function grantFor({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({
    ...(oidc.client === undefined ? {} : { clientId: oidc.client.clientId }),
    ...(oidc.account === undefined ? {} : { accountId: oidc.account.accountId }),
  });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

/** Keeps what the provider issues, and its clients: written into its configuration they would be cloned into another realm than the tests'. */
function adapterOf(clients: readonly ClientMetadata[]): (model: string) => Adapter {
  const kept = new Map<string, AdapterPayload>();
  return (model) => ({
    upsert: (id, payload) => {
      kept.set(`${model} ${id}`, payload);
      return Promise.resolve(undefined);
    },
    find: (id) => Promise.resolve(model === 'Client' ? clients.find((client) => client.client_id === id) : kept.get(`${model} ${id}`)),
    findByUid: (uid) => Promise.resolve([...kept.values()].find((payload) => payload.uid === uid)),
    findByUserCode: () => Promise.resolve(undefined),
    consume: (id) => {
      Object.assign(kept.get(`${model} ${id}`) ?? {}, { consumed: true });
      return Promise.resolve(undefined);
    },
    destroy: (id) => {
      kept.delete(`${model} ${id}`);
      return Promise.resolve(undefined);
    },
    revokeByGrantId: () => Promise.resolve(undefined),
  });
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'ES256', kid: 'theirs' };
}

/** Starts a provider that knows the service as `credits`, by its keys, and as `public`, without. */
export async function startIdentityProvider(
  redirectUris: readonly string[],
  serviceKeys: { readonly keys: JWK[] },
): Promise<TestIdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const people: TestIdentityProvider['people'] = new Map();
  const idp: TestIdentityProvider = {
    issuer,
    people,
    person: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  const client = {
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    redirect_uris: [...redirectUris],
    id_token_signed_response_alg: 'ES256' as const,
  };
  const provider = new Provider(issuer, {
    adapter: adapterOf([
      { ...client, client_id: 'credits', token_endpoint_auth_method: 'private_key_jwt', jwks: serviceKeys },
      { ...client, client_id: 'public', token_endpoint_auth_method: 'none' },
    ]),
    jwks: { keys: [await newKey()] },
    cookies: { keys: ['a key of theirs'] },
    claims: { openid: claims },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people.get(accountId) }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: grantFor,
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
  const handle = provider.callback();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url?.startsWith('/interaction/') !== true) return handle(request, response);
    const result = idp.person === undefined ? { error: 'access_denied' } : { login: { accountId: idp.person } };
    await provider.interactionFinished(request, response, result);
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  });
  return idp;
}
