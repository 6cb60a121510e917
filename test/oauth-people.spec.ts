import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  type Configuration,
  getDPoPHandle,
  None,
  randomDPoPKeyPair,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client';
import { demoPassword, seedDemoAccounts } from '../src/access/accounts/index.js';
import { docsClientId } from '../src/access/index.js';
import type { ClientRegistration } from '../src/access/clients/domain/index.js';
import { LearnersService } from '../src/learners/index.js';
import { asService, serviceScope } from '../src/platform/index.js';
import { createLogger } from '../src/platform/log.js';
import { discovered, errorOf, newKeys, type OAuthApp, publicUrl, signing, startOAuthApp } from './support/oauth.js';
import { type Stop, Visitor } from './support/visitor.js';

let test: OAuthApp;
let institution: string;
let learner: string;
beforeAll(async () => {
  test = await startOAuthApp({ environment: { SEED_DEMO: 'true' } });
  [institution] = test.institutions;
  await asService('test', async () => {
    learner = (await test.app.get(LearnersService).create({ identifiers: [] })).id;
    await seedDemoAccounts(test.app, { institution, learners: [{ name: 'Ayşe Yılmaz', learner }] });
  });
});
afterAll(() => test.close());

const back = 'https://portal.example/back';

/** A program that people use, as it was registered. */
async function program(owner: string, registration: Partial<ClientRegistration> = {}): Promise<Configuration> {
  const form: Partial<ClientRegistration> = { name: 'Portal', kind: 'web', roles: [], redirectUris: [back], ...registration };
  const { client, secret } = await test.register(owner, form);
  const authentication: ClientAuth = secret === undefined ? None() : ClientSecretBasic(secret);
  return discovered(test, client.id, authentication);
}

/** An authorisation request that a program has begun. */
interface Begun {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
}

async function begin(config: Configuration, scope: string, more: Readonly<Record<string, string>> = {}): Promise<Begun> {
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const challenge = await calculatePKCECodeChallenge(verifier);
  const parameters = { redirect_uri: back, scope, state, code_challenge: challenge, code_challenge_method: 'S256', ...more };
  return { url: buildAuthorizationUrl(config, parameters), verifier, state };
}

/** A person's browser: what is not the service's is somebody's program. */
const newVisitor = (app = test) => new Visitor((url, request) => (url.origin === publicUrl ? app.fetch(url, request) : undefined));

/** Somebody logs in on the page that is shown. */
function logIn(visitor: Visitor, page: Stop, userName: string): Promise<Stop> {
  expect(page.text).toContain('<form');
  return visitor.send(page, page.url.pathname, { userName, password: demoPassword });
}

/** Somebody logs in to a program, and consents where they are asked; answers where the browser was sent. */
async function arrive(visitor: Visitor, { url }: Begun, userName: string): Promise<Stop> {
  const shown = await logIn(visitor, await visitor.go(url), userName);
  return shown.status === 0 ? shown : visitor.send(shown, `${shown.url.pathname}/consent`, { decision: 'allow' });
}

const redeem = (config: Configuration, begun: Begun, arrived: Stop) =>
  authorizationCodeGrant(config, arrived.url, { pkceCodeVerifier: begun.verifier, expectedState: begun.state });

const claimsOf = (token: string | undefined) => decodeJwt(String(token));

describe('a person', () => {
  it('logs in to a program of their institution, which gets a token for what they may do', async () => {
    const config = await program(institution);
    const begun = await begin(config, 'openid learners:read agreements:write');
    const visitor = newVisitor();
    const tokens = await redeem(config, begun, await logIn(visitor, await visitor.go(begun.url), 'registrar'));
    // A registrar writes no agreements.
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 600, scope: 'learners:read' });
    const { sub, ...claims } = claimsOf(tokens.access_token);
    expect(claims).toMatchObject({ aud: `${publicUrl}/v1`, roles: ['registrar'], institution, scope: 'learners:read' });
    expect(tokens.claims()).toMatchObject({ sub, aud: config.clientMetadata().client_id });
    const authorization = `Bearer ${tokens.access_token}`;
    await test.request.get('/v1/learners').set('authorization', authorization).expect(200);
    await test.request.post('/v1/learners').set('authorization', authorization).send({ identifiers: [] }).expect(403);
  });

  it('need not log in again for another program while the browser is open', async () => {
    const visitor = newVisitor();
    const first = await program(institution);
    const begun = await begin(first, 'openid learners:read');
    await redeem(first, begun, await arrive(visitor, begun, 'registrar'));
    const second = await program(institution);
    const again = await begin(second, 'openid learners:read');
    expect((await redeem(second, again, await visitor.go(again.url))).scope).toBe('learners:read');
    const asked = await visitor.go((await begin(second, 'openid', { prompt: 'login' })).url);
    expect(asked.text).toContain('name="password"');
  });

  it('who studies is asked whether a program may act for them', async () => {
    const config = await program(institution);
    const visitor = newVisitor();
    const begun = await begin(config, 'transcripts:read courses:write');
    const question = await logIn(visitor, await visitor.go(begun.url), 'ayse');
    expect(question.text).toContain('transcripts:read');
    // Students change no courses, so nobody asks them for that.
    expect(question.text).not.toContain('courses:write');
    const tokens = await redeem(config, begun, await visitor.send(question, `${question.url.pathname}/consent`, { decision: 'allow' }));
    expect(claimsOf(tokens.access_token)).toMatchObject({ roles: ['student'], learner, scope: 'transcripts:read' });
    await test.request.get('/v1/learners/me/transcripts').set('authorization', `Bearer ${tokens.access_token}`).expect(200);

    const other = newVisitor();
    const refusing = await begin(config, 'transcripts:read');
    const page = await logIn(other, await other.go(refusing.url), 'ayse');
    const sent = await other.send(page, `${page.url.pathname}/consent`, { decision: 'deny' });
    expect(sent.url.searchParams.get('error')).toBe('access_denied');
  });

  it('who works elsewhere cannot use the program', async () => {
    const config = await program(test.institutions[1]);
    const visitor = newVisitor();
    const sent = await logIn(visitor, await visitor.go((await begin(config, 'learners:read')).url), 'registrar');
    expect(sent.url.href).toContain('https://portal.example/back?error=access_denied');
  });

  it('uses the service’s own pages without being asked', async () => {
    const config = await program(serviceScope, { kind: 'browser', authentication: 'none' });
    const begun = await begin(config, 'transcripts:read');
    const visitor = newVisitor();
    const tokens = await redeem(config, begun, await logIn(visitor, await visitor.go(begun.url), 'ayse'));
    expect(tokens.scope).toBe('transcripts:read');
  });

  it('logs in through the documentation', async () => {
    const config = await discovered(test, docsClientId, None());
    const begun = await begin(config, 'transcripts:read', { redirect_uri: `${publicUrl}/docs/oauth2-redirect.html` });
    const visitor = newVisitor();
    const arrived = await logIn(visitor, await visitor.go(begun.url), 'ayse');
    expect(arrived.url.pathname).toBe('/docs/oauth2-redirect.html');
    expect((await redeem(config, begun, arrived)).scope).toBe('transcripts:read');
  });

  it('is asked every time by a native app, which anybody could pretend to be', async () => {
    const redirectUris = ['org.example.app:/back'];
    const config = await program(institution, { kind: 'native', authentication: 'none', redirectUris });
    const visitor = newVisitor();
    const more = { redirect_uri: 'org.example.app:/back' };
    const begun = await begin(config, 'learners:read', more);
    await redeem(config, begun, await arrive(visitor, begun, 'registrar'));
    const again = await visitor.go((await begin(config, 'learners:read', more)).url);
    expect(again.text).toContain('learners:read');
    expect(again.url.pathname).toMatch(/^\/login\//);
  });

  it('logs out', async () => {
    const config = await program(institution);
    const visitor = newVisitor();
    const begun = await begin(config, 'openid learners:read');
    const tokens = await redeem(config, begun, await arrive(visitor, begun, 'registrar'));
    const page = await visitor.go(buildEndSessionUrl(config, { id_token_hint: String(tokens.id_token) }));
    const xsrf = /name="xsrf" value="(\w+)"/.exec(page.text)?.[1] ?? '';
    const done = await visitor.send(page, '/oauth/session/end/confirm', { xsrf, logout: 'yes' });
    expect(done.text).toContain('You can close this page.');
    const again = await visitor.go((await begin(config, 'openid learners:read')).url);
    expect(again.text).toContain('name="password"');
    expect(await errorOf(refreshTokenGrant(config, String(tokens.refresh_token)))).toBe('invalid_grant');
  });
});

describe('an authorisation request', () => {
  it('may be pushed beforehand', async () => {
    const keys = await newKeys('ES256');
    const { client } = await test.register(institution, {
      name: 'Portal',
      kind: 'web',
      roles: [],
      redirectUris: [back],
      authentication: 'privateKeyJwt',
      keys: [keys.publicKey],
    });
    const config = await discovered(test, client.id, signing(keys));
    const begun = await begin(config, 'learners:read');
    const url = await buildAuthorizationUrlWithPAR(config, begun.url.searchParams);
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const tokens = await redeem(config, begun, await arrive(newVisitor(), { ...begun, url }, 'registrar'));
    expect(tokens.scope).toBe('learners:read');
  });

  it('without PKCE, or with the plain method, goes nowhere', async () => {
    const config = await program(institution);
    for (const change of [{ code_challenge: '' }, { code_challenge_method: 'plain' }]) {
      const { url } = await begin(config, 'learners:read', change);
      expect((await newVisitor().go(url)).url.searchParams.get('error')).toBe('invalid_request');
    }
  });

  it('to an address that was not registered is answered to the person alone', async () => {
    const config = await program(institution);
    const { url } = await begin(config, 'learners:read', { redirect_uri: 'https://evil.example/back' });
    const page = await newVisitor().go(url);
    expect(page.status).toBe(400);
    expect(page.text).toContain('invalid_redirect_uri');
    expect(page.text).not.toContain('evil.example');
  });
});

describe('a code', () => {
  it('is worth nothing without its verifier, to another program, or the second time', async () => {
    const config = await program(institution);
    const other = await program(institution);
    const tries: readonly (readonly [Configuration, (begun: Begun) => Begun])[] = [
      [config, (begun) => ({ ...begun, verifier: randomPKCECodeVerifier() })],
      [other, (begun) => begun],
    ];
    for (const [thief, change] of tries) {
      const begun = await begin(config, 'learners:read');
      const arrived = await arrive(newVisitor(), begun, 'registrar');
      expect(await errorOf(redeem(thief, change(begun), arrived))).toBe('invalid_grant');
    }
    const begun = await begin(config, 'learners:read');
    const arrived = await arrive(newVisitor(), begun, 'registrar');
    const tokens = await redeem(config, begun, arrived);
    expect(await errorOf(redeem(config, begun, arrived))).toBe('invalid_grant');
    // Whoever used it first loses what they got.
    expect(await errorOf(refreshTokenGrant(config, String(tokens.refresh_token)))).toBe('invalid_grant');
  });

  it('gives one token where it is used many times together', async () => {
    const config = await program(institution);
    const begun = await begin(config, 'learners:read');
    const arrived = await arrive(newVisitor(), begun, 'registrar');
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => redeem(config, begun, arrived)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });
});

describe('a refresh token', () => {
  const started = async (config: Configuration, userName = 'registrar') => {
    const begun = await begin(config, 'learners:read learners:write');
    return redeem(config, begun, await arrive(newVisitor(), begun, userName));
  };

  it('is good once, and gives the next one', async () => {
    const config = await program(institution, { kind: 'browser', authentication: 'none' });
    const first = await started(config);
    const second = await refreshTokenGrant(config, String(first.refresh_token), { scope: 'learners:read' });
    expect(second.scope).toBe('learners:read');
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const third = await refreshTokenGrant(config, String(second.refresh_token));
    expect(claimsOf(third.access_token)).toMatchObject({ roles: ['registrar'], institution });
  });

  it('that is used again ends everything that came of it', async () => {
    const config = await program(institution);
    const first = await started(config);
    const second = await refreshTokenGrant(config, String(first.refresh_token));
    expect(await errorOf(refreshTokenGrant(config, String(first.refresh_token)))).toBe('invalid_grant');
    expect(await errorOf(refreshTokenGrant(config, String(second.refresh_token)))).toBe('invalid_grant');
  });

  it('gives one answer where it is used many times together', async () => {
    const config = await program(institution);
    const { refresh_token: token } = await started(config);
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => refreshTokenGrant(config, String(token))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  it('is bound to the key of a program that can keep no secret', async () => {
    const config = await program(institution, { kind: 'browser', authentication: 'none' });
    const DPoP = getDPoPHandle(config, await randomDPoPKeyPair('ES256'));
    const begun = await begin(config, 'learners:read');
    const arrived = await arrive(newVisitor(), begun, 'registrar');
    const checks = { pkceCodeVerifier: begun.verifier, expectedState: begun.state };
    const tokens = await authorizationCodeGrant(config, arrived.url, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    const thief = getDPoPHandle(config, await randomDPoPKeyPair('ES256'));
    expect(await errorOf(refreshTokenGrant(config, String(tokens.refresh_token), undefined, { DPoP: thief }))).toBe('invalid_grant');
    const next = await refreshTokenGrant(config, String(tokens.refresh_token), undefined, { DPoP });
    expect(claimsOf(next.access_token)['cnf']).toEqual(claimsOf(tokens.access_token)['cnf']);
  });

  it('can be given back', async () => {
    const config = await program(institution);
    const tokens = await started(config);
    await tokenRevocation(config, String(tokens.refresh_token));
    expect(await errorOf(refreshTokenGrant(config, String(tokens.refresh_token)))).toBe('invalid_grant');
  });

  it('gives nothing any more when the program is revoked', async () => {
    const config = await program(institution);
    const tokens = await started(config);
    await test.revoke(institution, config.clientMetadata().client_id);
    expect(await errorOf(refreshTokenGrant(config, String(tokens.refresh_token)))).toBe('invalid_client');
  });

  it('survives new keys, as the session does', async () => {
    const config = await program(institution);
    const visitor = newVisitor();
    const begun = await begin(config, 'learners:read');
    const tokens = await redeem(config, begun, await arrive(visitor, begun, 'registrar'));
    await test.rotateKeys();
    await refreshTokenGrant(config, String(tokens.refresh_token));
    const again = await begin(config, 'learners:read');
    expect((await redeem(config, again, await visitor.go(again.url))).scope).toBe('learners:read');
  });
});

describe('the log', () => {
  it('holds no secret, token, code or name', async () => {
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
    const app = await startOAuthApp({ environment: { SEED_DEMO: 'true' }, logger });
    await asService('test', () => seedDemoAccounts(app.app, { institution: app.institutions[0], learners: [] }));
    const { client, secret = '' } = await app.register(app.institutions[0], {
      name: 'Portal',
      kind: 'web',
      roles: [],
      redirectUris: [back],
    });
    const config = await discovered(app, client.id, ClientSecretBasic(secret));
    const begun = await begin(config, 'openid learners:read');
    const visitor = newVisitor(app);
    const arrived = await logIn(visitor, await visitor.go(begun.url), 'registrar');
    const tokens = await redeem(config, begun, arrived);
    await app.request.get('/v1/learners').set('authorization', `Bearer ${tokens.access_token}`).expect(200);
    await app.request.get('/v1/learners').set('authorization', `Bearer ${tokens.access_token}x`).expect(401);
    const wrong = await discovered(app, client.id, ClientSecretBasic('a-wrong-secret'));
    expect(await errorOf(refreshTokenGrant(wrong, String(tokens.refresh_token)))).toBe('invalid_client');
    await app.close();
    const log = lines.join('');
    expect(log).toContain('/oauth/token');
    const code = arrived.url.searchParams.get('code') ?? 'none';
    const unsaid = [
      secret,
      'a-wrong-secret',
      demoPassword,
      code,
      tokens.access_token,
      tokens.refresh_token,
      tokens.id_token,
      begun.verifier,
      'registrar',
    ];
    for (const text of unsaid) expect(log).not.toContain(text);
  });
});
