import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response as Answer } from 'supertest';
import { createLogger } from '../src/platform/log.js';
import { startTestApp, type TestApp } from './support/app.js';
import { probe } from './support/probe.js';

let service: TestApp;
let logged = '';

const log = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    logged += chunk.toString();
    done();
  },
});

beforeAll(async () => {
  service = await startTestApp({
    more: probe,
    environment: { BODY_LIMIT: '200000' },
    logger: createLogger('info', log),
  });
});
afterAll(() => service.close());

/** Sends bytes as they are, where a client library would correct them. */
function post(path: string, body: string | Uint8Array, contentType = 'application/json'): Promise<Response> {
  return fetch(service.url + path, { method: 'POST', body, headers: { 'content-type': contentType } });
}

async function problemOf(answer: Response): Promise<{ status: number; code: unknown; errors: unknown }> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const body: unknown = await answer.json();
  expect(body).toMatchObject({ type: expect.stringMatching(/^\/problems\//), title: expect.any(String), detail: expect.any(String) });
  const { code, status, errors } = body as { code: unknown; status: unknown; errors: unknown };
  expect(status).toBe(answer.status);
  return { status: answer.status, code, errors };
}

describe('a problem', () => {
  it('tells type, title, status, sentence, code and path, and nothing of what the query said', async () => {
    const answer = await service.request
      .delete('/probe/refusals?name=Zhang')
      .expect(409)
      .expect('content-type', /^application\/problem\+json/);
    expect(answer.body).toEqual({
      type: '/problems/conflict',
      title: 'Conflict',
      status: 409,
      detail: 'The agreement is in force already.',
      code: 'conflict',
      instance: '/probe/refusals',
    });
  });

  it.each([
    ['fr-CH, en;q=0.5', 'Conflit'],
    ['de, zh-Hant;q=0.4, en;q=0.3', '冲突'],
    ['*', 'Conflict'],
  ])('has its title in the language of %s', async (languages, title) => {
    const answer = await service.request.delete('/probe/refusals').set('Accept-Language', languages);
    expect(answer.body).toMatchObject({ title });
  });

  it('keeps a defect to the log', async () => {
    const answer = await service.request.delete('/probe/defects').set('X-Request-Id', 'defect-1').expect(500);
    expect(answer.text).not.toMatch(/secret|TypeError|at /);
    expect(logged).toMatch(/"requestId":"defect-1".*secret of the implementation|secret of the implementation.*"requestId":"defect-1"/);
  });

  it.each([
    ['malformed JSON', '{"name": ', 400, 'malformed'],
    ['JSON with a comment', '{"name": "a"} // x', 400, 'malformed'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400, 'malformed'],
    ['a body over the limit', JSON.stringify({ name: 'x'.repeat(200_001) }), 413, 'tooLarge'],
    ['a text with NUL', '{"name": "a\\u0000b"}', 422, 'validationFailed'],
    ['half a surrogate pair', '{"name": "\\ud83d"}', 422, 'validationFailed'],
    ['a body that is no object', '"name"', 422, 'validationFailed'],
    ['a list for an object', '[]', 422, 'validationFailed'],
    ['null', 'null', 422, 'validationFailed'],
    ['nothing', '', 422, 'validationFailed'],
    ['100,000 levels', '['.repeat(90_000) + ']'.repeat(90_000), 422, 'validationFailed'],
    ['100,000 levels in a field', `{"name": "a", "tree": ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`, 422, 'validationFailed'],
    ['a name that every object has', '{"name": "a", "hasOwnProperty": 1}', 422, 'validationFailed'],
    ['a prototype', '{"name": "a", "__proto__": {"note": "x"}}', 422, 'validationFailed'],
    ['a constructor in a nested form', '{"name": "a", "single": {"constructor": 1}}', 422, 'validationFailed'],
  ])('answers %s', async (_what, body, status, code) => {
    expect(await problemOf(await post('/probe/forms', body))).toMatchObject({ status, code });
  });

  it.each([
    ['text/plain', 415],
    ['application/json; charset=latin1', 415],
    ['application/json; charset=UTF-8', 201],
    ['nonsense', 415],
  ])('holds a body to its media type: %s', async (contentType, status) => {
    expect((await post('/probe/forms', '{"name": "a"}', contentType)).status).toBe(status);
  });

  it.each([
    ['text/html', 406],
    ['application/json;q=0, text/*', 406],
    ['text/html, */*;q=0.1', 200],
    ['application/*', 200],
    ['', 200],
  ])('answers what Accept asks for: %s', async (accept, status) => {
    await service.request.get('/probe/languages').set('Accept', accept).expect(status);
  });

  it.each(['/nowhere', '/v1', '/probe/things/not-a-uuid', '/probe/numbers/0', '/probe/numbers/1e3', `/probe/things/${'a'.repeat(5000)}`])(
    'answers 404 for %s',
    async (path) => {
      const answer = await service.request.get(path).expect(404);
      expect(answer.body).toMatchObject({ code: 'notFound' });
    },
  );

  it('answers 404 for an unknown path whatever the body, and 400 for a path that is none', async () => {
    expect(await problemOf(await post('/nowhere', 'x', 'text/plain'))).toMatchObject({ status: 404 });
    expect(await problemOf(await fetch(`${service.url}/%zz`))).toMatchObject({ status: 400, code: 'malformed' });
  });

  it.each([
    ['GET /v1/courses/线性?q=代数 HTTP/1.1\r\nhost: localhost\r\n\r\n', 400, '/v1/courses/%E7%BA%BF%E6%80%A7', /percent-encoded/],
    [`GET /v1 HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, '/v1', /longer than/],
    ['hello\r\n\r\n', 400, '/', /no HTTP request/],
  ])('answers what it cannot even read: %j', async (sent, status, instance, detail) => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} `));
    expect(head).toMatch(/^content-type: application\/problem\+json; charset=utf-8$/m);
    expect(JSON.parse(body)).toMatchObject({ status, instance, code: 'malformed', detail: expect.stringMatching(detail) });
  });
});

describe('a form', () => {
  async function errorsOf(form: unknown): Promise<unknown> {
    return (await problemOf(await post('/probe/forms', JSON.stringify(form)))).errors;
  }

  it('names every invalid field at once by its pointer', async () => {
    const errors = await errorsOf({ note: null, surprise: 1, single: [], several: [{ amount: 1.5 }, null, { amount: 1, 'a/b': 2 }, 7] });
    expect(errors).toEqual(
      expect.arrayContaining([
        { pointer: '/surprise', detail: 'is not a known field' },
        { pointer: '/note', detail: 'note must be a string' },
        { pointer: '/single', detail: 'must be an object' },
        { pointer: '/several', detail: 'several must contain no more than 3 elements' },
        { pointer: '/several/0/amount', detail: 'amount must be an integer number' },
        { pointer: '/several/2/a~1b', detail: 'is not a known field' },
      ]),
    );
    expect(errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer: '/name' })]));
  });

  it.each([
    [{ kind: 'root' }, '/tree/kind'],
    [{}, '/tree/kind'],
    [null, '/tree'],
    [[], '/tree'],
    [{ kind: 'leaf' }, '/tree/value'],
    [{ kind: 'leaf', value: 1, colour: 'red' }, '/tree/colour'],
    [{ kind: 'branch', of: [null] }, '/tree/of/0'],
    [
      {
        kind: 'branch',
        of: [
          { kind: 'leaf', value: 1 },
          { kind: 'branch', of: [{ kind: 'leaf', value: 'x' }] },
        ],
      },
      '/tree/of/1/of/0/value',
    ],
  ])('points into a recursive shape: %j', async (tree, pointer) => {
    expect(await errorsOf({ name: 'a', tree })).toEqual([{ pointer, detail: expect.any(String) }]);
  });

  it('takes sixteen objects inside one another, and not seventeen', async () => {
    const nested = (depth: number): unknown => (depth === 1 ? { kind: 'leaf', value: 1 } : { kind: 'branch', of: [nested(depth - 1)] });
    expect((await post('/probe/forms', JSON.stringify({ name: 'a', tree: nested(16) }))).status).toBe(201);
    expect(await errorsOf({ name: 'a', tree: nested(17) })).toEqual([
      { pointer: '/tree', detail: expect.stringContaining('16 objects deep') },
    ]);
  });

  it('takes fifty objects, and not fifty-one', async () => {
    const wide = (leaves: number): unknown => ({ kind: 'branch', of: Array.from({ length: leaves }, () => ({ kind: 'leaf', value: 1 })) });
    expect((await post('/probe/shapes', JSON.stringify(wide(51)))).status).toBe(201);
    expect((await post('/probe/forms', JSON.stringify({ name: 'a', tree: wide(49) }))).status).toBe(201);
    expect(await errorsOf({ name: 'a', tree: wide(50) })).toHaveLength(1);
  });

  it('holds a whole body to a shape', async () => {
    expect(await problemOf(await post('/probe/shapes', '{"kind": "leaf", "value": "x"}'))).toEqual({
      status: 422,
      code: 'validationFailed',
      errors: [{ pointer: '/value', detail: 'must be integer' }],
    });
  });

  it('refuses a parameter that is not known, even one that every object has', async () => {
    await service.request.get('/probe/pages?limti=3').expect(422);
    await service.request.get('/probe/pages?hasOwnProperty=3').expect(422);
    await service.request.get('/probe/pages?limit=3&limit=4').expect(422);
  });
});

describe('a list', () => {
  it('is read to its end by following the links, each row once', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/probe/pages?limit=50';
    for (let pages = 1; path !== undefined; pages += 1) {
      expect(pages).toBeLessThanOrEqual(3);
      const answer: Answer = await service.request.get(path).expect(200);
      const { items, nextCursor } = answer.body as { items: string[]; nextCursor: string | null };
      seen.push(...items);
      const link: string | undefined = answer.get('Link')?.toString();
      expect(link === undefined).toBe(nextCursor === null);
      path = /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1];
    }
    expect(seen).toHaveLength(125);
    expect(new Set(seen).size).toBe(125);
  });

  it('has 50 rows unless told, and 200 at most', async () => {
    const answer = await service.request.get('/probe/pages').expect(200);
    expect((answer.body as { items: unknown[] }).items).toHaveLength(50);
    await service.request.get('/probe/pages?limit=200').expect(200);
    for (const limit of ['201', '0', '-1', '1.5', 'x', '']) await service.request.get(`/probe/pages?limit=${limit}`).expect(422);
  });

  it('refuses a cursor that is none, or another list’s', async () => {
    const page: Answer = await service.request.get('/probe/pages').expect(200);
    const { nextCursor } = page.body as { nextCursor: string };
    for (const cursor of ['x', '%00', 'bnVsbA', Buffer.from('["probes",1]').toString('base64url')]) {
      const answer = await service.request.get(`/probe/pages?cursor=${cursor}`).expect(422);
      expect(answer.body).toMatchObject({ errors: [{ pointer: 'cursor' }] });
    }
    await service.request.get(`/probe/other-pages?cursor=${nextCursor}`).expect(422);
  });
});

describe('a version', () => {
  const path = '/probe/things/0190c0de-0000-7000-8000-000000000001';

  it('is told by a strong ETag, and not sent again to whoever has it', async () => {
    await service.request.get(path).expect(200).expect('etag', '"7"');
    await service.request.get(path).set('If-None-Match', '"7"').expect(304, '');
    await service.request.get(path).set('If-None-Match', 'W/"7"').expect(304, '');
    await service.request.get(path).set('If-None-Match', '"6"').expect(200);
  });

  it.each([
    [undefined, 428],
    ['"6"', 412],
    ['W/"7"', 412],
    ['"6", "7"', 200],
    ['*', 200],
  ])('must be quoted by a change: %s', async (ifMatch, status) => {
    const change = service.request.put(path);
    const answer = await (ifMatch === undefined ? change : change.set('If-Match', ifMatch)).expect(status);
    if (status === 200) expect(answer.headers).toMatchObject({ etag: '"8"' });
  });
});

describe('the server', () => {
  it('sends back the id of a request, and makes one where there is none or a harmful one', async () => {
    await service.request.get('/probe/languages').set('X-Request-Id', 'portal:42').expect('x-request-id', 'portal:42');
    for (const id of ['', 'a b', 'x'.repeat(129)]) {
      await service.request
        .get('/probe/languages')
        .set('X-Request-Id', id)
        .expect('x-request-id', /^[0-9a-f-]{36}$/);
    }
  });

  it('logs one line per answer with its id and path, and no query', async () => {
    await service.request.get('/probe/languages?name=Zhang').set('X-Request-Id', 'logged-1');
    const lines = logged.split('\n').filter((line) => line.includes('logged-1'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'logged-1', method: 'GET', path: '/probe/languages', msg: 'answered' });
    expect(logged).not.toContain('Zhang');
  });

  it('reads a stream of any length', async () => {
    const answer = await post('/probe/streams', 'a,b\n'.repeat(100_000), 'text/csv');
    expect(await answer.json()).toEqual({ bytes: 400_000 });
    expect((await post('/probe/streams', '{}')).status).toBe(415);
  });

  it('orders the languages of the reader', async () => {
    await service.request
      .get('/probe/languages')
      .set('Accept-Language', 'en;q=0.2, zh-Hans-CN, fr;q=0.9, x;q=1, de;q=0')
      .expect(200, ['zh-Hans-CN', 'fr', 'en']);
  });

  it('sends security headers with every answer', async () => {
    for (const path of ['/probe/languages', '/nowhere', '/docs/']) {
      await service.request
        .get(path)
        .expect('x-content-type-options', 'nosniff')
        .expect('x-frame-options', 'DENY')
        .expect('content-security-policy', /default-src '(none|self)'.*frame-ancestors 'none'/)
        .expect('x-request-id', /.+/);
    }
  });
});
