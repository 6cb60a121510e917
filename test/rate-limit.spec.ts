import { randomUUID } from 'node:crypto';
import { get, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../src/access/domain/roles.js';
import { type OAuthApp, startOAuthApp, tokenFor } from './support/oauth.js';

/** What the service answers at most, to whom on the web, and what it says to browsers. */

const origin = 'https://portal.example';

let test: OAuthApp;
beforeAll(async () => {
  test = await startOAuthApp({
    environment: { RATE_LIMIT: '5', RATE_LIMIT_ANONYMOUS: '3', BODY_LIMIT: '2000', CORS_ORIGINS: `${origin}, https://other.example` },
  });
});
afterAll(() => test.close());

type Headers = Readonly<Record<string, string>>;

const ask = (path: string, headers: Headers = {}, rest: RequestInit = {}): Promise<Response> =>
  fetch(test.url + path, { headers, ...rest });

async function headersOf(client: string, role: Role = 'registrar'): Promise<Headers> {
  const token = await tokenFor(test, { roles: [role], institution: test.institutions[0] }, { client_id: client });
  return { authorization: `Bearer ${token}` };
}

/** What an answer says about the limit. */
const limitsOf = ({ status, headers }: Response): object => ({
  status,
  policy: headers.get('ratelimit-policy'),
  limit: headers.get('ratelimit')?.replace(/t=([1-9]|[1-5]\d|60)$/, 't=seconds'),
});

async function expectRefusal(answer: Response, most: number): Promise<void> {
  expect(answer.status).toBe(429);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(answer.headers.get('ratelimit')).toBe(`"${most === 5 ? 'client' : 'address'}";r=0;t=${String(seconds)}`);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(await answer.json()).toMatchObject({
    status: 429,
    code: 'rateLimited',
    detail: `At most ${String(most)} requests a minute are answered. Wait ${String(seconds)} seconds.`,
  });
}

describe('a client', () => {
  it('is told with every answer how much is left, is refused what is too much, and holds up nobody else', async () => {
    const client = randomUUID();
    const [headers, others] = [await headersOf(client), await headersOf(randomUUID())];
    for (let left = 4; left >= 0; left -= 1) {
      const answer = await ask('/v1/learners', headers);
      expect(limitsOf(answer)).toEqual({ status: 200, policy: '"client";q=5;w=60', limit: `"client";r=${String(left)};t=seconds` });
    }
    await expectRefusal(await ask('/v1/learners', headers), 5);
    expect((await ask('/v1/learners', others)).status).toBe(200);
    // The limit is the client's, whoever uses it.
    await expectRefusal(await ask('/v1/learners', await headersOf(client, 'auditor')), 5);
  });

  it('has answers counted that refuse something, too', async () => {
    const headers = await headersOf(randomUUID(), 'auditor');
    const answers = [];
    for (const path of ['/v1/learners', '/v1/courses/nothing', '/v1/courses?limit=0', '/v1/learners', '/v1/courses']) {
      answers.push((await ask(path, headers)).status);
    }
    expect(answers).toEqual([403, 404, 422, 403, 200]);
    await expectRefusal(await ask('/v1/courses', headers), 5);
  });

  it('may send what it has left at once', async () => {
    const headers = await headersOf(randomUUID());
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('/v1/learners', headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 200),
      ...Array.from({ length: 7 }, () => 429),
    ]);
  });
});

describe('whoever shows no valid token', () => {
  /** Every test is another address: the service counts what Node says of the connection. */
  let address: string;
  let number = 1;
  beforeEach(() => {
    number += 1;
    address = `127.0.0.${String(number)}`;
  });

  /** Asks from an address. */
  const from = (path: string, headers: Headers = {}): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> =>
    new Promise((resolve, reject) => {
      get(test.url + path, { headers, localAddress: address, agent: false }, (answer) => {
        text(answer).then((body) => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        }, reject);
      }).on('error', reject);
    });

  it('is counted by address', async () => {
    for (let left = 2; left >= 0; left -= 1) {
      const { status, headers } = await from('/v1/institutions');
      expect([status, headers['ratelimit-policy']]).toEqual([200, '"address";q=3;w=60']);
      expect(headers['ratelimit']).toMatch(new RegExp(`^"address";r=${String(left)};t=`));
    }
    const refused = await from('/v1/institutions');
    expect([refused.status, refused.headers['content-type']]).toEqual([429, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'rateLimited' });
    address = '127.0.0.99';
    expect((await from('/v1/institutions')).status).toBe(200);
  });

  it('is counted with a bad token, and with none where one is needed', async () => {
    const bad = { authorization: 'Bearer nonsense' };
    expect((await from('/v1/learners', bad)).status).toBe(401);
    expect((await from('/v1/learners')).status).toBe(401);
    expect((await from('/v1/institutions', bad)).headers['ratelimit']).toMatch(/^"address";r=0;t=/);
    expect((await from('/v1/learners', bad)).status).toBe(429);
    expect((await from('/v1/institutions')).status).toBe(429);
    // Whoever has a valid token is somebody else, from the same address too.
    expect((await from('/v1/learners', await headersOf(randomUUID()))).status).toBe(200);
  });

  it('is not believed to be at another address', async () => {
    const elsewhere = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' };
    for (let left = 3; left > 0; left -= 1) await from('/v1/institutions', elsewhere);
    expect((await from('/v1/institutions', { 'x-forwarded-for': '203.0.113.8' })).status).toBe(429);
  });

  it('is counted on paths that lead nowhere', async () => {
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await from('/v1/nothing', { authorization: 'Bearer nonsense' })).status);
    expect(statuses).toEqual([404, 404, 404, 429]);
  });
});

describe('behind a proxy that is trusted', () => {
  let behind: OAuthApp;
  beforeAll(async () => {
    behind = await startOAuthApp({ environment: { RATE_LIMIT_ANONYMOUS: '2', TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => behind.close());

  it('those are counted for whom it asks, the addresses of one IPv6 subnet as one', async () => {
    const statuses = [];
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1', '203.0.113.7']) {
      statuses.push((await fetch(`${behind.url}/v1/institutions`, { headers: { 'x-forwarded-for': address } })).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200, 200]);
  });
});

describe('a page of another origin', () => {
  const preflight = (path: string, from: string, method = 'PUT'): Promise<Response> =>
    ask(
      path,
      { origin: from, 'access-control-request-method': method, 'access-control-request-headers': 'authorization,if-match,idempotency-key' },
      { method: 'OPTIONS' },
    );
  const corsOf = ({ headers }: Response): object => Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

  it('may call the API where it is configured', async () => {
    const answer = await preflight('/v1/courses/x', origin);
    expect(answer.status).toBe(204);
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization,if-match,idempotency-key',
      'access-control-expose-headers': 'ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id',
      'access-control-max-age': '600',
    });
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each(['https://evil.example', 'https://portal.example.evil.example', 'http://portal.example', 'null'])(
    'is not let in as %s',
    async (from) => {
      expect(corsOf(await preflight('/v1/courses/x', from))).not.toHaveProperty('access-control-allow-origin');
      expect(corsOf(await ask('/v1/courses', { origin: from }))).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it('reads answers and refusals, and takes no cookies along', async () => {
    for (const headers of [{ ...(await headersOf(randomUUID())) }, {}]) {
      const answer = await ask('/v1/learners', { ...headers, origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('what is sent', () => {
  const send = (body: string, headers: Headers): Promise<Response> =>
    ask('/v1/courses', { 'content-type': 'application/json', ...headers }, { method: 'POST', body });

  it('is as long as is allowed', async () => {
    const headers = await headersOf(randomUUID(), 'catalogue_editor');
    const just = JSON.stringify({ code: 'x'.repeat(2000 - '{"code":""}'.length) });
    expect((await send(just, headers)).status).toBe(422);
    const answer = await send(`${just} `, headers);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'tooLarge' });
  });

  it('is not looked at before it is known whether the one who sends it may', async () => {
    const headers = await headersOf(randomUUID(), 'auditor');
    const answers = [await send('{"code":', headers), await send('x'.repeat(100_000), headers)];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers.map((answer) => answer.headers.get('ratelimit')?.split(';')[1])).toEqual(['r=4', 'r=3']);
  });
});

describe('unless configured otherwise', () => {
  let plain: OAuthApp;
  beforeAll(async () => {
    plain = await startOAuthApp();
  });
  afterAll(() => plain.close());

  it('no page of another origin may call the API', async () => {
    const headers = { origin, 'access-control-request-method': 'GET' };
    const answers = [
      await fetch(`${plain.url}/v1/courses`, { headers }),
      await fetch(`${plain.url}/v1/courses`, { method: 'OPTIONS', headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    for (const answer of answers) expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('a browser is told to do nothing with answers but read them', async () => {
    for (const path of ['/v1/courses', '/v1/learners', '/nothing']) {
      const { headers } = await fetch(plain.url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });
});
