import { createHash, createHmac, type webcrypto } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { fetchProtectedResource, randomDPoPKeyPair } from 'openid-client';
import type { Response as Answer } from 'supertest';
import { KeyRing } from '../src/access/oauth/key-ring.js';
import { at } from '../src/kernel/index.js';
import { boundToken, machineToken, type OAuthApp, publicUrl, secretOf, startOAuthApp } from './support/oauth.js';

let test: OAuthApp;
let token: string;
let key: JWK;
beforeAll(async () => {
  test = await startOAuthApp();
  const { id, auth } = await secretOf(test, test.institutions[0]);
  token = (await machineToken(test, id, auth)).access_token;
  key = at(test.app.get(KeyRing).keys.signing, 0).jwk;
});
afterAll(() => test.close());

const path = '/v1/learners';
const metadata = `resource_metadata="${publicUrl}/.well-known/oauth-protected-resource/v1"`;
const algs = 'algs="ES256 EdDSA Ed25519"';

/** Asks for learners with these headers. */
const ask = (headers: Readonly<Record<string, string>>): Promise<Answer> => test.request.get(path).set(headers).then();

/** Signs claims as the authorisation server does, unless told otherwise. */
async function signed(claims: JWTPayload, header: Readonly<Record<string, string>> = {}, signer: JWK = key): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(key.kid), ...header })
    .sign(await importJWK(signer, 'ES256'));
}

const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What an unsigned token would be, or one that is signed with our public key as if it were a secret. */
function forged(alg: 'none' | 'HS256'): string {
  const { d, ...publicKey } = key;
  const input = `${text({ alg, typ: 'at+jwt', kid: key.kid })}.${text(decodeJwt(token))}`;
  const secret = Buffer.from(JSON.stringify(publicKey));
  return `${input}.${alg === 'none' ? '' : createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** The claims of a valid token but one. */
function without(claim: string): JWTPayload {
  return Object.fromEntries(Object.entries(decodeJwt(token)).filter(([name]) => name !== claim));
}

async function foreignKey(): Promise<JWK> {
  return exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
}

describe('a token', () => {
  it('opens what its scopes and roles allow', async () => {
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await ask({ authorization: `bearer ${token}` })).status).toBe(200);
  });

  const now = Math.floor(Date.now() / 1000);
  const badTokens: readonly (readonly [string, () => string | Promise<string>])[] = [
    ['is no JWT', () => 'nonsense'],
    ['is empty in its parts', () => '..'],
    ['is another kind of JWT', () => signed(decodeJwt(token), { typ: 'JWT' })],
    ['is for another audience', () => signed({ ...decodeJwt(token), aud: 'https://elsewhere.example' })],
    ['comes from another issuer', () => signed({ ...decodeJwt(token), iss: 'https://elsewhere.example/oauth' })],
    ['has expired', () => signed({ ...decodeJwt(token), exp: now - 60 })],
    ['is not valid yet', () => signed({ ...decodeJwt(token), nbf: now + 600 })],
    ['has no expiry', () => signed(without('exp'))],
    ['has no client', () => signed(without('client_id'))],
    ['names nobody that anybody could be', () => signed({ ...decodeJwt(token), roles: [] })],
    ['names staff of no institution', () => signed(without('institution'))],
    ['is signed with another key', async () => signed(decodeJwt(token), {}, await foreignKey())],
    ['is signed with a key that nobody knows', async () => signed(decodeJwt(token), { kid: 'unknown' }, await foreignKey())],
    ['is not signed', () => forged('none')],
    ['is signed with our public key as a secret', () => forged('HS256')],
    ['has been tampered with', () => token.replace(/\.[^.]+\./, `.${text({ ...decodeJwt(token), roles: ['operator'] })}.`)],
  ];
  it.each(badTokens)('that %s is refused', async (_what, make) => {
    const answer = await ask({ authorization: `Bearer ${await make()}` });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toMatch(
      new RegExp(
        `^Bearer error="invalid_token", error_description="[^"]+", ${metadata}, DPoP error="invalid_token", error_description="[^"]+", ${algs}, ${metadata}$`,
      ),
    );
  });

  it('is asked for where there is none', async () => {
    const challenge = `Bearer ${metadata}, DPoP ${algs}, ${metadata}`;
    for (const headers of [{}, { authorization: 'Basic YTpi' }]) {
      const answer = await ask(headers);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe(challenge);
    }
  });

  it.each(['Bearer', 'Bearer ', 'Bearer one two', 'DPoP'])('is asked for when the header is "%s"', async (authorization) => {
    const answer = await ask({ authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('is refused although no token is needed', async () => {
    await test.request.get('/v1/institutions').set('authorization', 'Bearer nonsense').expect(401);
    await test.request.get('/v1/institutions').expect(200);
  });

  it('without the scope says which one is missing', async () => {
    const answer = await ask({ authorization: `Bearer ${await signed({ ...decodeJwt(token), scope: 'courses:write' })}` });
    expect(answer.status).toBe(403);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="insufficient_scope", scope="learners:read", /);
  });

  it('that was verified once is verified no more, and expires all the same', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2;
    const authorization = `Bearer ${await signed({ ...decodeJwt(token), exp })}`;
    expect((await ask({ authorization })).status).toBe(200);
    expect((await ask({ authorization })).status).toBe(200);
    // Clocks of several machines may differ by five seconds.
    await new Promise((resolve) => setTimeout(resolve, 7100));
    expect((await ask({ authorization })).status).toBe(401);
  });
});

describe('a token bound to a key', () => {
  it('opens with a proof for each request', async () => {
    const { config, handle, token: bound } = await boundToken(test, test.institutions[0]);
    for (const url of [`${publicUrl}${path}`, `${publicUrl}${path}?limit=1`]) {
      const answer = await fetchProtectedResource(config, bound, new URL(url), 'GET', undefined, undefined, { DPoP: handle });
      expect(answer.status).toBe(200);
    }
  });

  /** A proof as RFC 9449, section 4.2, wants it, unless told otherwise. */
  async function proof(
    keys: webcrypto.CryptoKeyPair,
    bound: string,
    changed: JWTPayload = {},
    header: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const ath = createHash('sha256').update(bound).digest('base64url');
    const claims = {
      jti: String(Math.random()),
      htm: 'GET',
      htu: `${publicUrl}${path}`,
      ath,
      iat: Math.floor(Date.now() / 1000),
      ...changed,
    };
    const jwk = await exportJWK(keys.publicKey);
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }).sign(keys.privateKey);
  }

  it('opens once with one proof, also where many send it together', async () => {
    const { keys, token: bound } = await boundToken(test, test.institutions[0]);
    const headers = { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound) };
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
    expect(answers.find(({ status }) => status === 401)?.headers['www-authenticate']).toContain('DPoP error="invalid_dpop_proof"');
  });

  it('opens nothing with a proof that is missing, of another key, for something else, or old', async () => {
    const { keys, token: bound } = await boundToken(test, test.institutions[0]);
    const others = await randomDPoPKeyPair('ES256', { extractable: true });
    const now = Math.floor(Date.now() / 1000);
    const bad: readonly Readonly<Record<string, string>>[] = [
      { authorization: `Bearer ${bound}` },
      { authorization: `DPoP ${bound}` },
      { authorization: `Bearer ${bound}`, dpop: await proof(keys, bound) },
      { authorization: `DPoP ${token}`, dpop: await proof(keys, token) },
      { authorization: `DPoP ${bound}`, dpop: 'nonsense' },
      { authorization: `DPoP ${bound}`, dpop: await proof(others, bound) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, { htm: 'POST' }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, { htu: `${publicUrl}/v1/courses` }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, { htu: `https://elsewhere.example${path}` }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, { ath: 'another' }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, { iat: now - 400 }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, { iat: now + 400 }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, {}, { typ: 'JWT' }) },
      { authorization: `DPoP ${bound}`, dpop: await proof(keys, bound, {}, { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }) },
    ];
    for (const [index, headers] of bad.entries()) {
      const answer = await ask(headers);
      expect([index, answer.status]).toEqual([index, 401]);
      expect(answer.headers['www-authenticate']).toMatch(/DPoP error="(invalid_token|invalid_dpop_proof)"/);
    }
    expect((await ask({ authorization: `DPoP ${bound}`, dpop: await proof(keys, bound) })).status).toBe(200);
  });
});
