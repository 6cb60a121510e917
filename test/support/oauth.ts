import { generateKeyPairSync, randomUUID, type webcrypto } from 'node:crypto';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import {
  type ClientAuth,
  clientCredentialsGrant,
  type Configuration,
  ClientSecretBasic,
  customFetch,
  discovery,
  type DPoPHandle,
  getDPoPHandle,
  PrivateKeyJwt,
  randomDPoPKeyPair,
  ResponseBodyError,
  type TokenEndpointResponse,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { AccountClaims } from '../../src/access/accounts/domain/index.js';
import { ClientsService, type ClientWithSecret } from '../../src/access/clients/clients.service.js';
import type { ClientKey, ClientRegistration } from '../../src/access/clients/domain/index.js';
import { scopesOfRoles } from '../../src/access/domain/index.js';
import { KeyRing } from '../../src/access/oauth/key-ring.js';
import { InstitutionsService } from '../../src/institutions/index.js';
import { at } from '../../src/kernel/index.js';
import { asService, ExpectedVersion } from '../../src/platform/index.js';
import { startTestApp, type TestApp, type TestAppOptions } from './app.js';

/** Where callers believe to reach the app: behind something that ends TLS, as in production. */
export const publicUrl = 'https://credits.example';

/** The app with an authorisation server that is reached at its issuer. */
export interface OAuthApp extends TestApp {
  /** Two institutions. */
  readonly institutions: readonly [string, string];
  /** Reaches the app by its public addresses. */
  readonly fetch: (url: string | URL, options?: RequestInit) => Promise<Response>;
  register(institution: string, registration: Partial<ClientRegistration>): Promise<ClientWithSecret>;
  revoke(institution: string, client: string): Promise<void>;
  rotateKeys(): Promise<void>;
}

async function recordInstitution(app: TestApp, name: string): Promise<string> {
  const details = { kind: 'university' as const, names: { en: name }, country: 'TR', identifiers: [], members: [] };
  const institution = await asService('test', () => app.app.get(InstitutionsService).create(details));
  return institution.id;
}

/** Starts the app where nobody is trusted, with two institutions. */
export async function startOAuthApp(options: TestAppOptions = {}): Promise<OAuthApp> {
  const environment = { PUBLIC_URL: publicUrl, DEMO_ON_PUBLIC_ADDRESS: 'yes', ...options.environment };
  const test = await startTestApp({ isTrusting: false, ...options, environment });
  const institutions = [await recordInstitution(test, 'First'), await recordInstitution(test, 'Second')] as const;
  const machine: ClientRegistration = {
    name: 'Registry',
    kind: 'machine',
    roles: ['registrar_system'],
    redirectUris: [],
    authentication: 'clientSecret',
  };
  const register = (institution: string, registration: Partial<ClientRegistration>) =>
    asService('test', () => test.app.get(ClientsService).register(institution, { ...machine, ...registration }));
  const clients = test.app.get(ClientsService);
  const revoke = (institution: string, id: string) =>
    asService('test', async () => {
      await clients.revoke(institution, id, ExpectedVersion.of('*'));
    });
  const rotateKeys = () => asService('test', () => test.app.get(KeyRing).rotate());
  const reach: OAuthApp['fetch'] = (url, request) => fetch(String(url).replace(publicUrl, test.url), request);
  return { ...test, institutions, fetch: reach, register, revoke, rotateKeys };
}

/** A pair of keys: the public one for the registration, the private one to sign with. */
export interface TestKeys {
  readonly publicKey: ClientKey;
  readonly privateKey: webcrypto.CryptoKey;
}

/** Makes a pair of keys for an algorithm. */
export async function newKeys(algorithm: 'Ed25519' | 'ES256'): Promise<TestKeys> {
  const pair = algorithm === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' });
  const name = algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const privateKey = await crypto.subtle.importKey('jwk', pair.privateKey.export({ format: 'jwk' }), name, false, ['sign']);
  return { publicKey: { kty, crv, x, ...(y === undefined ? {} : { y }), kid: algorithm } as ClientKey, privateKey };
}

/** The authorisation server as a foreign client discovers it; `watch` sees every body that is sent. */
export function discovered(
  app: OAuthApp,
  clientId: string,
  authentication: ClientAuth,
  watch: (body: string) => void = () => undefined,
): Promise<Configuration> {
  return discovery(new URL(`${publicUrl}/oauth`), clientId, {}, authentication, {
    [customFetch]: (url, { body, ...options }) => {
      if (body === null || body === undefined) return app.fetch(url, options);
      if (body instanceof URLSearchParams) watch(body.toString());
      return app.fetch(url, { ...options, body });
    },
  });
}

/** Signs with a key. */
export function signing({ privateKey, publicKey: { kid = '' } }: TestKeys): ClientAuth {
  return PrivateKeyJwt({ key: privateKey, kid });
}

/** A client that authenticates by a secret. */
export async function secretOf(app: OAuthApp, institution: string): Promise<{ readonly id: string; readonly auth: ClientAuth }> {
  const { client, secret } = await app.register(institution, { authentication: 'clientSecret' });
  return { id: client.id, auth: ClientSecretBasic(secret) };
}

/** Gets a token by client credentials. */
export async function machineToken(
  app: OAuthApp,
  clientId: string,
  authentication: ClientAuth,
  scope = 'courses:write learners:read learners:write',
): Promise<TokenEndpointResponse> {
  return clientCredentialsGrant(await discovered(app, clientId, authentication), { scope });
}

/** A token of somebody with these claims and every scope of their roles, as the authorisation server would have signed it unless told otherwise. */
export async function tokenFor({ app }: OAuthApp, claims: AccountClaims, changed: JWTPayload = {}): Promise<string> {
  const { jwk, id: kid } = at(app.get(KeyRing).keys.signing, 0);
  const scope = scopesOfRoles(claims.roles).join(' ');
  const identity = { iss: `${publicUrl}/oauth`, aud: `${publicUrl}/v1`, sub: randomUUID(), client_id: randomUUID(), jti: randomUUID() };
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claims, ...identity, scope, iat: now, exp: now + 600, ...changed })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
    .sign(await importJWK(jwk, 'ES256'));
}

/** A token that is bound to a key, and what is needed to use it. */
export interface BoundToken {
  readonly config: Configuration;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly handle: DPoPHandle;
  readonly token: string;
}

/** Gets a token that is bound to a new key. */
export async function boundToken(app: OAuthApp, institution: string): Promise<BoundToken> {
  const { id, auth } = await secretOf(app, institution);
  const config = await discovered(app, id, auth);
  const keys = await randomDPoPKeyPair('ES256', { extractable: true });
  const handle = getDPoPHandle(config, keys);
  const { access_token: token } = await clientCredentialsGrant(config, { scope: 'learners:read' }, { DPoP: handle });
  return { config, keys, handle, token };
}

/** The body of a request for a token with an assertion that was never sent. */
export async function newAssertion(clientId: string, { privateKey, publicKey: { kid = '' } }: TestKeys): Promise<string> {
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${publicUrl}/oauth`)
    .setIssuedAt()
    .setExpirationTime('1 minute')
    .sign(privateKey);
  return new URLSearchParams({
    grant_type: 'client_credentials',
    scope: 'learners:read',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }).toString();
}

/** The error code that the authorisation server answers with. */
export async function errorOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ResponseBodyError) return error.error;
    if (error instanceof WWWAuthenticateChallengeError) return String(error.cause[0]?.parameters.error);
    throw error;
  }
  throw new Error('it was not refused');
}
