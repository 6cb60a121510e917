import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClientAuth, ClientSecretBasic } from 'openid-client';
import type { Response as Answer } from 'supertest';
import { registerOperator } from '../src/access/index.js';
import { serviceScope } from '../src/platform/index.js';
import { itemsOf, pointersOf } from './support/catalogue.js';
import { errorOf, machineToken, newKeys, type OAuthApp, signing, startOAuthApp, tokenFor } from './support/oauth.js';

let test: OAuthApp;
let administrator: string;
let stranger: string;
let operator: string;
let clients: string;
beforeAll(async () => {
  test = await startOAuthApp();
  const [first, second] = test.institutions;
  administrator = await tokenFor(test, { roles: ['administrator'], institution: first });
  stranger = await tokenFor(test, { roles: ['administrator'], institution: second });
  operator = await tokenFor(test, { roles: ['operator'] });
  clients = `/v1/institutions/${first}/clients`;
});
afterAll(() => test.close());

type Method = 'get' | 'post' | 'put';

/** What a command has done, which did something. */
async function present<Done>(done: Promise<Done> | undefined): Promise<Done> {
  if (done === undefined) throw new Error('the command did nothing');
  return done;
}

interface Registered {
  readonly id: string;
  readonly secret?: string;
}

/** Sends a request with a token; `version` goes into If-Match. */
function send(method: Method, path: string, body?: object, token = administrator, version = '*'): Promise<Answer> {
  const request = test.request[method](path).set('authorization', `Bearer ${token}`);
  if (method !== 'get') void request.set('if-match', version === '*' ? '*' : `"${version}"`);
  return (body === undefined ? request : request.send(body)).then();
}

const machine = { name: 'Registry of METU', kind: 'machine', roles: ['registrar_system'], authentication: 'clientSecret' };
const portal = { name: 'Portal', kind: 'web', redirectUris: ['https://portal.example/back'], authentication: 'clientSecret' };

async function registered(form: object = machine): Promise<Registered> {
  const answer = await send('post', clients, form);
  expect(answer.status).toBe(201);
  return answer.body as Registered;
}

describe('an administrator', () => {
  it('registers a client, whose secret is shown this once and kept as a digest', async () => {
    const created = await send('post', clients, machine);
    expect(created.status).toBe(201);
    expect(created.headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store' });
    const { id, secret } = created.body as Registered;
    expect(created.body).toMatchObject({ ...machine, redirectUris: [], version: 1 });
    expect(secret).toMatch(/^[\w-]{43}$/);
    const read = await send('get', `${clients}/${id}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual({ ...(created.body as object), secret: undefined });
    const [row] = await test.dataSource.query<[{ all: string }]>('SELECT oauth_clients::text AS "all" FROM oauth_clients WHERE id = $1', [
      id,
    ]);
    expect(row.all).toContain('sha-256:');
    expect(row.all).not.toContain(secret);
    expect((await machineToken(test, id, ClientSecretBasic(secret))).expires_in).toBe(600);
  });

  it('lists clients page by page', async () => {
    const { id } = await registered(portal);
    const first = await send('get', `${clients}?limit=1`);
    const { nextCursor } = first.body as { nextCursor: string };
    const rest = await send('get', `${clients}?cursor=${nextCursor}`);
    const ids = [...itemsOf<Registered>(first), ...itemsOf<Registered>(rest)].map((client) => client.id);
    expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.stringify(rest.body)).not.toContain('ecretDigest');
  });

  it('changes a client on its present version only', async () => {
    const { id } = await registered(portal);
    const change = { name: 'New portal', redirectUris: ['https://portal.example/back', 'http://localhost:8080/back'] };
    expect((await send('put', `${clients}/${id}`, change, administrator, '2')).status).toBe(412);
    const changed = await send('put', `${clients}/${id}`, change, administrator, '1');
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...change, kind: 'web', version: 2 });
    expect(pointersOf(await send('put', `${clients}/${id}`, { name: 'X', roles: ['mooc_platform'] }))).toEqual(['/redirectUris', '/roles']);
  });

  it('replaces a secret, and the old one opens nothing', async () => {
    const { id, secret } = await registered();
    const answer = await send('post', `${clients}/${id}/secret`, undefined, administrator, '1');
    expect(answer.status).toBe(200);
    const renewed = answer.body as Registered;
    expect(renewed.secret).toMatch(/^[\w-]{43}$/);
    expect(await errorOf(machineToken(test, id, ClientSecretBasic(secret)))).toBe('invalid_client');
    await machineToken(test, id, ClientSecretBasic(renewed.secret));
    expect((await send('post', `${clients}/${id}/secret`, undefined, administrator, '1')).status).toBe(412);
  });

  it('replaces keys without an interruption', async () => {
    const [old, next] = [await newKeys('ES256'), await newKeys('Ed25519')];
    const form = { ...machine, authentication: 'privateKeyJwt', keys: [old.publicKey] };
    const { id, secret } = await registered(form);
    expect(secret).toBeUndefined();
    expect((await send('put', `${clients}/${id}/keys`, { keys: [old.publicKey, next.publicKey] }, administrator, '1')).status).toBe(200);
    for (const keys of [old, next]) await machineToken(test, id, signing(keys));
    expect((await send('put', `${clients}/${id}/keys`, { keys: [next.publicKey] }, administrator, '2')).status).toBe(200);
    expect(await errorOf(machineToken(test, id, signing(old)))).toBe('invalid_client');
    expect((await send('post', `${clients}/${id}/secret`)).status).toBe(409);
  });

  it('revokes a client for good', async () => {
    const { id, secret } = await registered();
    const revoked = await send('post', `${clients}/${id}/revocation`, undefined, administrator, '1');
    expect(revoked.status).toBe(200);
    expect(revoked.body).toMatchObject({ revokedAt: expect.any(String), version: 2 });
    expect(await errorOf(machineToken(test, id, ClientSecretBasic(secret)))).toBe('invalid_client');
    for (const [method, path, body] of [
      ['post', 'revocation', undefined],
      ['post', 'secret', undefined],
      ['put', 'keys', { keys: [(await newKeys('ES256')).publicKey] }],
    ] as const) {
      expect((await send(method, `${clients}/${id}/${path}`, body)).status).toBe(409);
    }
  });

  it('leaves a line in the journal of the institution for each of it', async () => {
    const { id } = await registered();
    await send('post', `${clients}/${id}/secret`);
    await send('post', `${clients}/${id}/revocation`);
    const lines = await test.dataSource.query<{ action: string; institution: string }[]>(
      `SELECT action, institution_id AS institution FROM journal_entries WHERE resource_id = $1 ORDER BY id`,
      [id],
    );
    const [institution] = test.institutions;
    expect(lines).toEqual(['client.registered', 'client.renewed', 'client.revoked'].map((action) => ({ action, institution })));
  });
});

describe('a client', () => {
  const key = async () => (await newKeys('ES256')).publicKey;
  const cases: readonly (readonly [string, () => object | Promise<object>, readonly string[]])[] = [
    [
      'of no kind',
      () => ({ name: ' ', kind: 'robot', authentication: 'password', color: 'red' }),
      ['/authentication', '/color', '/kind', '/name'],
    ],
    ['a machine with a role of people', () => ({ ...machine, roles: ['administrator'] }), ['/roles']],
    ['a machine without a role', () => ({ ...machine, roles: [] }), ['/roles']],
    ['a machine that people log in to', () => ({ ...machine, redirectUris: ['https://portal.example'] }), ['/redirectUris']],
    ['a machine without any proof', () => ({ ...machine, authentication: 'none' }), ['/authentication']],
    ['keys that are missing', () => ({ ...machine, authentication: 'privateKeyJwt' }), ['/keys']],
    ['keys beside a secret', async () => ({ ...machine, keys: [await key()] }), ['/keys']],
    ['a private key', async () => ({ ...machine, authentication: 'privateKeyJwt', keys: [{ ...(await key()), d: 'x' }] }), ['/keys/0/d']],
    [
      'a key off its curve',
      async () => ({ ...machine, authentication: 'privateKeyJwt', keys: [{ ...(await key()), y: 'A'.repeat(43) }] }),
      ['/keys/0'],
    ],
    [
      'two keys of one name',
      async () => ({ ...machine, authentication: 'privateKeyJwt', keys: [await key(), await key()] }),
      ['/keys/1/kid'],
    ],
    ['an RSA key', () => ({ ...machine, authentication: 'privateKeyJwt', keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }] }), ['/keys/0/kty']],
    ['a portal without an address', () => ({ ...portal, redirectUris: [] }), ['/redirectUris']],
    ['a portal with a role', () => ({ ...portal, roles: ['registrar_system'] }), ['/roles']],
    [
      'addresses where a code could be read by others',
      () => ({
        ...portal,
        redirectUris: ['http://portal.example', 'https://portal.example/#a', 'org.example:/x', 'no address', 'https://a:b@c.example'],
      }),
      ['/redirectUris/0', '/redirectUris/1', '/redirectUris/2', '/redirectUris/3', '/redirectUris/4'],
    ],
    ['an app with a secret', () => ({ ...portal, kind: 'browser' }), ['/authentication']],
    [
      'a native app whose addresses others could claim',
      () => ({ ...portal, kind: 'native', authentication: 'none', redirectUris: ['app:/x', 'javascript:alert(1)', 'https://localhost/x'] }),
      ['/redirectUris/0', '/redirectUris/1', '/redirectUris/2'],
    ],
  ];
  it.each(cases)('is refused: %s', async (_what, form, pointers) => {
    const answer = await send('post', clients, await form());
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual(pointers);
  });

  it('may be a native app with a scheme of its own, or an address on the own machine', async () => {
    const redirectUris = ['org.example.app:/back', 'http://127.0.0.1/back', 'https://app.example/back'];
    await registered({ ...portal, kind: 'native', authentication: 'none', redirectUris });
  });
});

describe('clients', () => {
  it('belong to one institution: others see what they see of nothing', async () => {
    const { id } = await registered();
    const nowhere = '0190d7a0-0000-7000-8000-000000000000';
    for (const [method, path, body] of [
      ['get', `${clients}/${id}`, undefined],
      ['get', clients, undefined],
      ['post', clients, machine],
      ['put', `${clients}/${id}`, { name: 'X', roles: ['mooc_platform'] }],
      ['post', `${clients}/${id}/revocation`, undefined],
    ] as const) {
      const foreign = await send(method, path, body, stranger);
      expect(foreign.status).toBe(404);
      const nonexistent = await send(method, path.replace(test.institutions[0], nowhere), body, stranger);
      expect({ ...(foreign.body as object), instance: '' }).toEqual({ ...(nonexistent.body as object), instance: '' });
    }
    // Nor are they found under another institution.
    expect((await send('get', `/v1/institutions/${test.institutions[1]}/clients/${id}`, undefined, stranger)).status).toBe(404);
    expect((await send('get', `/v1/institutions/${test.institutions[1]}/clients/${id}`, undefined, operator)).status).toBe(404);
  });

  it('are the business of administrators and of the operator', async () => {
    const registrar = await tokenFor(test, { roles: ['registrar'], institution: test.institutions[0] });
    expect((await send('get', clients, undefined, registrar)).status).toBe(403);
    expect((await test.request.get(clients)).status).toBe(401);
    expect((await send('post', clients, machine, operator)).status).toBe(201);
    expect((await send('post', '/v1/institutions/0190d7a0-0000-7000-8000-000000000000/clients', machine, operator)).status).toBe(404);
  });

  it('are hidden from other scopes by the database too', async () => {
    const [first, second] = test.institutions;
    await registered();
    const seen = (scope: string | undefined) =>
      test.dataSource.transaction(async (manager) => {
        await manager.query('SET LOCAL ROLE credit_recognition_service');
        if (scope !== undefined) await manager.query(`SET LOCAL app.scope = '${scope}'`);
        const rows = await manager.query<{ owner: string }[]>('SELECT DISTINCT institution_id AS owner FROM oauth_clients');
        return rows.map(({ owner }) => owner);
      });
    expect(await seen(first)).toEqual([first]);
    expect(await seen(second)).toEqual([]);
    expect(await seen(undefined)).toEqual([]);
    for (const table of ['oauth_artifacts', 'oauth_keys']) {
      const rows = await test.dataSource.transaction(async (manager) => {
        await manager.query('SET LOCAL ROLE credit_recognition_service');
        await manager.query(`SET LOCAL app.scope = '${first}'`);
        return manager.query<object[]>(`SELECT * FROM ${table}`);
      });
      expect(rows).toEqual([]);
    }
  });
});

describe('the first operator', () => {
  const institution = { kind: 'university', names: { en: 'New' }, country: 'TR' };
  const isOperator = async (id: string, authentication: ClientAuth): Promise<void> => {
    const { access_token: token } = await machineToken(test, id, authentication, 'institutions:write clients:write');
    expect((await send('post', '/v1/institutions', institution, token)).status).toBe(201);
  };

  it('is a machine that the command registers, by a secret or by its key', async () => {
    const { client, secret } = await present(registerOperator(test.app, ['Operations']));
    await isOperator(client.id, ClientSecretBasic(secret));
    const keys = await newKeys('ES256');
    const file = join(await mkdtemp(join(tmpdir(), 'operator-')), 'key.json');
    await writeFile(file, JSON.stringify(keys.publicKey));
    const signer = await present(registerOperator(test.app, ['Operations', file]));
    expect(signer.secret).toBeUndefined();
    await isOperator(signer.client.id, signing(keys));
    await writeFile(file, JSON.stringify({ ...keys.publicKey, d: 'private' }));
    await expect(registerOperator(test.app, ['Operations', file])).rejects.toThrow('holds no public key');
  });

  it('asks for help where the command line says nothing that can be done', () => {
    for (const words of [[], [' '], ['a', 'b', 'c']]) expect(registerOperator(test.app, words)).toBeUndefined();
  });

  it('sees and revokes the machines of the service, and registers none over the API', async () => {
    const own = `/v1/institutions/${serviceScope}/clients`;
    const { client } = await present(registerOperator(test.app, ['Operations']));
    expect((await send('get', `${own}/${client.id}`, undefined, operator)).body).toMatchObject({ roles: ['operator'] });
    expect((await send('get', `${own}/${client.id}`)).status).toBe(404);
    expect((await send('post', `${own}/${client.id}/revocation`, undefined, operator)).status).toBe(200);
    expect(pointersOf(await send('post', own, machine, operator))).toEqual(['/kind']);
    expect((await send('post', own, portal, operator)).status).toBe(201);
  });
});

describe('the signing keys', () => {
  it('are listed and rotated by the operator alone', async () => {
    const before = itemsOf<Registered>(await send('get', '/v1/signing-keys', undefined, operator));
    const rotated = await send('post', '/v1/signing-keys', undefined, operator);
    expect(rotated.status).toBe(201);
    const after = itemsOf<Registered & { expiresAt?: string }>(rotated);
    expect(after[0]).not.toHaveProperty('expiresAt');
    expect(after[1]).toMatchObject({ id: before[0]?.id, expiresAt: expect.any(String) });
    expect(JSON.stringify(rotated.body)).not.toContain('"d"');
    for (const [method, token] of [
      ['get', administrator],
      ['post', administrator],
    ] as const) {
      expect((await send(method, '/v1/signing-keys', undefined, token)).status).toBe(403);
    }
  });
});
