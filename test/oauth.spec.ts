import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  type ClientAuth,
  clientCredentialsGrant,
  ClientSecretBasic,
  ClientSecretPost,
  getDPoPHandle,
  None,
  randomDPoPKeyPair,
} from 'openid-client';
import supertest from 'supertest';
import { demoClientId, demoSecret, seedDemoClients } from '../src/access/index.js';
import { asService } from '../src/platform/index.js';
import {
  discovered,
  errorOf,
  machineToken,
  newAssertion,
  newKeys,
  type OAuthApp,
  publicUrl,
  secretOf,
  signing,
  startOAuthApp,
} from './support/oauth.js';

let test: OAuthApp;
let institution: string;
beforeAll(async () => {
  test = await startOAuthApp();
  [institution] = test.institutions;
});
afterAll(() => test.close());

describe('the authorisation server', () => {
  it('publishes where it is, what it takes, and its keys without their private part', async () => {
    const metadata = (await (await test.fetch(`${publicUrl}/oauth/.well-known/openid-configuration`)).json()) as object;
    expect(metadata).toMatchObject({
      issuer: `${publicUrl}/oauth`,
      authorization_endpoint: `${publicUrl}/oauth/auth`,
      token_endpoint: `${publicUrl}/oauth/token`,
      pushed_authorization_request_endpoint: `${publicUrl}/oauth/request`,
      jwks_uri: `${publicUrl}/oauth/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'],
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519'],
      dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
    expect(metadata).not.toHaveProperty('registration_endpoint');
    // RFC 8414: the same under the well-known path of the origin.
    expect(await (await test.fetch(`${publicUrl}/.well-known/oauth-authorization-server/oauth`)).json()).toEqual(metadata);
    const { keys } = (await (await test.fetch(`${publicUrl}/oauth/jwks`)).json()) as { keys: object[] };
    expect(keys).toEqual([
      { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String), x: expect.any(String), y: expect.any(String) },
    ]);
    // RFC 9728.
    expect(await (await test.fetch(`${publicUrl}/.well-known/oauth-protected-resource/v1`)).json()).toMatchObject({
      resource: `${publicUrl}/v1`,
      authorization_servers: [`${publicUrl}/oauth`],
    });
  });

  it('is where its configuration says, whatever a caller says', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const answer = await supertest(test.url).get('/oauth/.well-known/openid-configuration').set(headers).expect(200);
    expect(JSON.stringify(answer.body)).not.toContain('evil.example');
  });
});

describe('a machine', () => {
  it.each(['Ed25519', 'ES256'] as const)(
    'gets a token for its institution and no scope beyond its roles, signing with %s',
    async (algorithm) => {
      const keys = await newKeys(algorithm);
      const { client } = await test.register(institution, { authentication: 'privateKeyJwt', keys: [keys.publicKey] });
      const token = await machineToken(test, client.id, signing(keys), 'courses:write institutions:write');
      expect(token).toMatchObject({ token_type: 'bearer', expires_in: 600, scope: 'courses:write' });
      expect(decodeProtectedHeader(token.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
      const { iat = 0, ...claims } = decodeJwt(token.access_token);
      expect(claims).toEqual({
        iss: `${publicUrl}/oauth`,
        aud: `${publicUrl}/v1`,
        sub: client.id,
        client_id: client.id,
        scope: 'courses:write',
        roles: ['registrar_system'],
        institution,
        exp: iat + 600,
        jti: expect.any(String),
      });
    },
  );

  it.each([
    ['in the header', ClientSecretBasic],
    ['in the body', ClientSecretPost],
  ])('gets a token by a secret %s when it is registered so', async (_where, send) => {
    const { client, secret } = await test.register(institution, { authentication: 'clientSecret' });
    expect((await machineToken(test, client.id, send(secret))).expires_in).toBe(600);
    expect(await errorOf(machineToken(test, client.id, send(`${String(secret)}x`)))).toBe('invalid_client');
  });

  it('does not get one by what it is not registered with', async () => {
    const keys = await newKeys('ES256');
    const signer = await test.register(institution, { authentication: 'privateKeyJwt', keys: [keys.publicKey] });
    const { client } = await test.register(institution, { authentication: 'clientSecret' });
    const wrong: readonly (readonly [string, ClientAuth])[] = [
      [signer.client.id, ClientSecretBasic('anything')],
      [signer.client.id, ClientSecretPost('anything')],
      [signer.client.id, None()],
      [signer.client.id, signing(await newKeys('ES256'))],
      [client.id, signing(keys)],
      [client.id, None()],
      ['0190d7a0-0000-7000-8000-000000000000', ClientSecretBasic('anything')],
      ['no-such-client', ClientSecretBasic('anything')],
    ];
    for (const [id, authentication] of wrong) expect(await errorOf(machineToken(test, id, authentication))).toBe('invalid_client');
  });

  it('cannot use one assertion twice, not even at the same moment', async () => {
    const keys = await newKeys('Ed25519');
    const { client } = await test.register(institution, { authentication: 'privateKeyJwt', keys: [keys.publicKey] });
    const bodies: string[] = [];
    const config = await discovered(test, client.id, signing(keys), (body) => bodies.push(body));
    await clientCredentialsGrant(config, { scope: 'learners:read' });
    const send = async (body: string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return (await test.fetch(`${publicUrl}/oauth/token`, { method: 'POST', headers, body })).status;
    };
    const [used = ''] = bodies;
    expect(await send(used)).toBe(401);
    const fresh = await newAssertion(client.id, keys);
    const statuses = await Promise.all(Array.from({ length: 8 }, () => send(fresh)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400 || status === 401)).toHaveLength(7);
  });

  it('gets a token bound to its key where it shows one', async () => {
    const { client, secret } = await test.register(institution, { authentication: 'clientSecret' });
    const config = await discovered(test, client.id, ClientSecretBasic(secret));
    const keys = await randomDPoPKeyPair('Ed25519');
    const token = await clientCredentialsGrant(config, { scope: 'learners:read' }, { DPoP: getDPoPHandle(config, keys) });
    expect(token.token_type).toBe('dpop');
    expect(decodeJwt(token.access_token)['cnf']).toEqual({ jkt: expect.any(String) });
  });

  it('must say for what it wants a token', async () => {
    const authentication = await secretOf(test, institution);
    expect(await errorOf(machineToken(test, authentication.id, authentication.auth, ''))).toBe('invalid_scope');
    expect(await errorOf(machineToken(test, authentication.id, authentication.auth, 'institutions:write'))).toBe('invalid_scope');
    const config = await discovered(test, authentication.id, authentication.auth);
    const elsewhere = { scope: 'learners:read', resource: 'https://elsewhere.example/v1' };
    expect(await errorOf(clientCredentialsGrant(config, elsewhere))).toBe('invalid_target');
  });

  it('gets no token any more once it is revoked', async () => {
    const { id, auth } = await secretOf(test, institution);
    await machineToken(test, id, auth);
    await test.revoke(institution, id);
    expect(await errorOf(machineToken(test, id, auth))).toBe('invalid_client');
  });
});

describe('a new signing key', () => {
  it('signs from now on, while tokens of the old one stay valid', async () => {
    const { id, auth } = await secretOf(test, institution);
    const before = await machineToken(test, id, auth);
    await test.rotateKeys();
    const after = await machineToken(test, id, auth);
    const [oldKey, newKey] = [before, after].map((token) => decodeProtectedHeader(token.access_token).kid);
    expect(newKey).not.toBe(oldKey);
    for (const token of [before, after]) {
      await test.request.get('/v1/learners?identifier=nobody').set('authorization', `Bearer ${token.access_token}`).expect(200);
    }
    const { keys } = (await (await test.fetch(`${publicUrl}/oauth/jwks`)).json()) as { keys: { kid: string }[] };
    expect(keys.map(({ kid }) => kid)).toEqual([newKey, oldKey]);
  });
});

describe('the clients of the demonstration', () => {
  const seeded = async (environment: Readonly<Record<string, string>>): Promise<OAuthApp> => {
    const app = await startOAuthApp({ environment });
    const metu = { key: 'metu', name: 'METU', id: app.institutions[0] };
    // Every start does so.
    for (let start = 0; start < 2; start += 1) await asService('test', () => seedDemoClients(app.app, [metu]));
    return app;
  };
  const cases = [
    ['metu', 'registrar_system', 'learners:read'],
    ['metu', 'mooc_platform', 'imports:write'],
    ['service', 'operator', 'institutions:write'],
  ] as const;

  it('are one for each role of machines, and get tokens with the public secret', async () => {
    const app = await seeded({ SEED_DEMO: 'true' });
    for (const [owner, role, scope] of cases) {
      const token = await machineToken(app, demoClientId(owner, role), ClientSecretBasic(demoSecret), scope);
      expect(decodeJwt(token.access_token)).toMatchObject({ roles: [role], scope });
      expect('institution' in decodeJwt(token.access_token)).toBe(owner === 'metu');
    }
    await app.close();
  });

  it('open nothing where the demonstration is off', async () => {
    const app = await seeded({ SEED_DEMO: 'false' });
    for (const [owner, role, scope] of cases) {
      expect(await errorOf(machineToken(app, demoClientId(owner, role), ClientSecretBasic(demoSecret), scope))).toBe('invalid_client');
    }
    await app.close();
  });
});
