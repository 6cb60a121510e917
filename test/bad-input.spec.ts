import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementForm } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm } from './support/catalogue.js';
import { postEndlessly } from './support/endless.js';
import { completeRequest } from './support/inline-evaluation.js';
import { oddText } from './support/odd.js';
import { operations, type Operation } from './support/operations.js';
import { recordStudent, recordWorld, worldTerms, type Student, type World } from './support/recognition.js';
import { rowCounts } from './support/rows.js';
import { completionForm, programmeForm, transcriptForm } from './support/students.js';

/** What an attacker, or a broken client, may send: each is answered by a problem, none by a 5xx, and nothing of it is kept. */

let test: TestApp;
let world: World;
let student: Student;
beforeAll(async () => {
  test = await startTestApp();
  world = await recordWorld(test.request);
  student = await recordStudent(test.request, world);
  // The key of the audit log is made when it is first asked for.
  await test.request.get(`/v1/institutions/${world.lisbon}/audit/keys`);
});
afterAll(() => test.close());

type Body = string | Uint8Array<ArrayBuffer>;

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

async function send({ method, path }: Pick<Operation, 'method' | 'path'>, body?: Body, type = 'application/json'): Promise<Answer> {
  const answer = await fetch(test.url + path, {
    method: method.toUpperCase(),
    headers: { 'if-match': '*', ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, type: answer.headers.get('content-type')?.split(';')[0], text: await answer.text() };
}

/** Why an answer is none that a caller could live with; undefined when it is one. */
function faultOf({ status, type, text }: Answer, refused: boolean): string | undefined {
  if (status >= 500) return `${String(status)} ${text}`;
  if (refused && status < 400) return `${String(status)}: accepted`;
  if (status < 400) return undefined;
  if (type !== 'application/problem+json') return `${String(status)} ${type ?? 'nothing'}`;
  return /node_modules|at \w+ \(|SELECT |INSERT |syntax error|ECONN/.test(text) ? `tells too much: ${text}` : undefined;
}

const jsonOperations = operations().filter(({ bodies }) => bodies.includes('application/json'));

describe.each<[string, Body, readonly number[]]>([
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), [400]],
  ['a text cut off in the middle of a character', Buffer.from('{"title": "清').subarray(0, -1), [400]],
  ['UTF-16', Buffer.from('{"title": {}}', 'utf16le'), [400]],
  ['half a document', '{"title": ', [400]],
  ['a NUL character', '{"title": "a\\u0000b", "names": {"en": "\\u0000"}}', [422]],
  ['a NUL byte', '{"title": "a\u0000b"}', [400]],
  ['half a surrogate pair', '{"title": "\\ud83d"}', [422]],
  ['numbers beyond all bounds', '{"credits": 1e400, "totalCredits": -1e400, "kind": 1e999}', [422]],
  ['100,000 lists in one another', '['.repeat(100_000) + ']'.repeat(100_000), [422]],
  ['100,000 objects in one another', `${'{"of":'.repeat(100_000)}1${'}'.repeat(100_000)}`, [422]],
  ['null', 'null', [422]],
  ['a list', '[]', [422]],
  ['names that every object has', '{"__proto__": {"admin": true}, "constructor": 1}', [422]],
])('%s', (_, body, statuses) => {
  it('is refused by every operation, and nothing is kept', async () => {
    const before = await rowCounts(test.dataSource);
    const faults: string[] = [];
    for (const operation of jsonOperations) {
      const answer = await send(operation, body);
      const fault = faultOf(answer, true) ?? (statuses.includes(answer.status) ? undefined : `${String(answer.status)} ${answer.text}`);
      if (fault !== undefined) faults.push(`${operation.method} ${operation.path}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(await rowCounts(test.dataSource)).toEqual(before);
  });
});

/** Operations with no place for nonsense: neither in their path, nor in a query or a body. */
const takesNothing = new Set(
  operations('')
    .filter(({ method, path, query, bodies }) => method !== 'get' && !/\/(\/|$)/.test(path) && query.length === 0 && bodies.length === 0)
    .map(({ method, path }) => `${method} ${path}`),
);

describe('a path or a query of nonsense', () => {
  it.each(['x', '%00', '%F0%28%8C%28', '0', '-1', '1e9', '9'.repeat(400), "';--", '..%2f..'])(
    '%s is refused by every operation',
    async (odd) => {
      const before = await rowCounts(test.dataSource);
      const faults: string[] = [];
      for (const operation of operations(odd).filter(({ method, path }) => !takesNothing.has(`${method} ${path}`))) {
        const query = operation.query.map((name) => `${name}=${odd}`).join('&');
        for (const path of [operation.path, `${operation.path}?${query}`]) {
          const fault = faultOf(
            await send({ method: operation.method, path }, operation.method === 'get' ? undefined : '{"surprise": 1}'),
            false,
          );
          if (fault !== undefined) faults.push(`${operation.method} ${path}: ${fault}`);
        }
      }
      expect(faults).toEqual([]);
      expect(await rowCounts(test.dataSource)).toEqual(before);
    },
  );
});

describe('100 MB', () => {
  it.each(['/v1/evaluations', '/v1/agreements', '/v1/institutions'])('are refused by %s before they are all read', async (path) => {
    const before = await rowCounts(test.dataSource);
    for (const announced of [true, false]) {
      const { status, sent } = await postEndlessly(test.url, path, announced);
      expect(status).toBe(413);
      expect(sent).toBeLessThan(50);
    }
    expect(await rowCounts(test.dataSource)).toEqual(before);
    await test.request.get('/health/live').expect(200);
  });
});

describe('one odd value in a body that is right otherwise', () => {
  const runs = Number(process.env['FC_RUNS'] ?? 10_000) / 50;

  /** The forms, by what they are sent to. */
  const forms = (): readonly [path: string, form: unknown][] => [
    ['/v1/evaluations', completeRequest()],
    [
      '/v1/evaluations',
      {
        kind: 'stored',
        learner: student.learner,
        programme: world.programme,
        choices: [{ agreement: world.agreement, rule: 'mathematics', option: 1 }],
      },
    ],
    [
      '/v1/agreements',
      agreementForm(
        worldTerms(world, { gradeTables: [{ from: 'us-letter', to: 'ects', method: 'pairs', pairs: [{ from: 'A', to: 'A' }] }] }),
      ),
    ],
    ['/v1/programmes', programmeForm(world.lisbon, { code: 'ODD' })],
    ['/v1/courses', courseForm(world.tsinghua, { code: 'ODD 1' })],
    [
      `/v1/learners/${student.learner}/transcripts`,
      transcriptForm(world.tsinghua, { completions: [completionForm(world.tsinghua, { code: 'ODD 1', attempt: 2, hours: 3 })] }),
    ],
  ];

  it.each([0, 1, 2, 3, 4, 5])('is refused, or does no harm (%#)', async (index) => {
    const [path, form] = forms()[index] ?? ['', {}];
    await fc.assert(
      fc.asyncProperty(oddText(form), async (body) => {
        const before = await rowCounts(test.dataSource);
        const answer = await send({ method: 'post', path }, body);
        expect(faultOf(answer, false)).toBeUndefined();
        if (answer.status >= 400) expect(await rowCounts(test.dataSource)).toEqual(before);
      }),
      { numRuns: runs },
    );
  });
});
