import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, recordInstitution } from './support/catalogue.js';
import { Clock } from '../src/platform/clock.js';

/** A clock that the test turns. */
class TurnedClock extends Clock {
  private offset = 0;

  override now(): Date {
    return new Date(super.now().getTime() + this.offset);
  }

  turn(milliseconds: number): void {
    this.offset += milliseconds;
  }
}

const clock = new TurnedClock();
let test: TestApp;
let provider: string;
let nextKey = 0;
let nextCode = 0;

beforeAll(async () => {
  test = await startTestApp({ clock });
  provider = (await recordInstitution(test.request, { homeCreditSystem: 'ects' })).id;
});
afterAll(() => test.close());

const newKey = (): string => `key-${String((nextKey += 1))}`;
const newForm = (): object => courseForm(provider, { code: `NEW ${String((nextCode += 1))}` });

interface Answer {
  readonly status: number;
  readonly body: { readonly id?: string; readonly code?: string };
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

const post = (key: string, form: object, path = '/v1/courses'): Promise<Answer> =>
  test.request
    .post(path)
    .set('idempotency-key', key)
    .send(form)
    .then((answer): Answer => answer);

async function coursesOnRecord(): Promise<number> {
  const [row] = await test.dataSource.query<{ count: number }[]>('SELECT count(*)::int AS count FROM courses');
  return row?.count ?? Number.NaN;
}

describe('a request that is repeated with its Idempotency-Key', () => {
  it('has one effect and the same answer to the byte', async () => {
    const [key, form] = [newKey(), newForm()];
    const before = await coursesOnRecord();
    const first = await post(key, form);
    const second = await post(key, form);
    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, text: first.text });
    expect(second.headers['etag']).toBe(first.headers['etag']);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(await coursesOnRecord()).toBe(before + 1);
  });

  it('has one effect when a hundred arrive at once', async () => {
    const [key, form] = [newKey(), newForm()];
    const before = await coursesOnRecord();
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(key, form)));
    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await coursesOnRecord()).toBe(before + 1);
  });

  it('does not starve others: sixty keys at once on five connections', async () => {
    const before = await coursesOnRecord();
    const answers = await Promise.all(Array.from({ length: 60 }, () => post(newKey(), newForm())));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 60 }, () => 201));
    expect(await coursesOnRecord()).toBe(before + 60);
  });

  it('is refused with another body or path, and has no effect', async () => {
    const [key, form] = [newKey(), newForm()];
    await post(key, form);
    const before = await coursesOnRecord();
    expect(await post(key, newForm())).toMatchObject({ status: 422, body: { code: 'idempotencyKeyReused' } });
    expect(await post(key, form, '/v1/offerings')).toMatchObject({ status: 422, body: { code: 'idempotencyKeyReused' } });
    expect(await coursesOnRecord()).toBe(before);
  });

  it('may be right the second time: a refusal keeps nothing', async () => {
    const key = newKey();
    expect((await post(key, { ...newForm(), credits: -1 })).status).toBe(422);
    expect((await post(key, newForm())).status).toBe(201);
  });

  it('has an effect again after a day', async () => {
    const key = newKey();
    const first = await post(key, newForm());
    clock.turn(25 * 60 * 60 * 1000);
    const second = await post(key, newForm());
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('is refused where the key is no key', async () => {
    expect(await post('two words', newForm())).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect((await post('x'.repeat(256), newForm())).status).toBe(400);
  });

  it('holds for files that are streamed too', async () => {
    const key = newKey();
    const row = courseForm(provider, { code: 'STREAMED 1' });
    const send = (text: string): Promise<Answer> =>
      test.request
        .post('/v1/imports/courses')
        .set('content-type', 'application/x-ndjson')
        .set('idempotency-key', key)
        .send(text)
        .then((answer): Answer => answer);
    const first = await send(`${JSON.stringify(row)}\n`);
    expect(first.status).toBe(200);
    expect(first.text).toContain('"created":1');
    // Sent anew it would be reported as unchanged.
    expect((await send(`${JSON.stringify(row)}\n`)).text).toBe(first.text);
    expect(await send(`${JSON.stringify({ ...row, credits: 4 })}\n`)).toMatchObject({
      status: 422,
      body: { code: 'idempotencyKeyReused' },
    });
  });
});

/** A step of a caller who repeats, mixes up and hurries. */
interface Step {
  readonly key: number;
  readonly form: number;
}

it('random sequences, some steps at once: as many effects as keys that were used, each with its first body', async () => {
  const step = fc.record({ key: fc.nat(3), form: fc.nat(2) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (rounds) => {
      const keys = Array.from({ length: 4 }, newKey);
      const forms = Array.from({ length: 3 }, newForm);
      const before = await coursesOnRecord();
      const formOf = new Map<number, number>();
      const taken = new Set<number>();
      for (const round of rounds) {
        const answers = await Promise.all(
          round.map(async (one) => ({ ...one, ...(await post(keys[one.key] ?? '', forms[one.form] ?? {})) })),
        );
        for (const answer of answers) remember(answer, formOf, taken);
        for (const answer of answers) expectAnswer(answer, formOf);
      }
      expect(await coursesOnRecord()).toBe(before + taken.size);
    }),
    { numRuns: 25 },
  );

  /** A form that is on record by another key is a conflict: an edition of the same course. */
  function remember({ key, form, status }: Step & Answer, formOf: Map<number, number>, taken: Set<number>): void {
    if (status !== 201) return;
    expect(formOf.get(key) ?? form).toBe(form);
    formOf.set(key, form);
    taken.add(form);
  }

  function expectAnswer({ key, form, status }: Step & Answer, formOf: ReadonlyMap<number, number>): void {
    const first = formOf.get(key);
    if (first === undefined) expect(status).toBe(409);
    else if (first === form) expect(status).toBe(201);
    // Before its key was used for another form it may have met the course of a third.
    else expect([409, 422]).toContain(status);
  }
});

it('concurrent edits lose none: each that is answered with 200 has moved the version by one', async () => {
  const created = await post(newKey(), newForm());
  const path = `/v1/courses/${String(created.body.id)}`;
  const course = (await test.request.get(path)).body as { version: number; code: string };
  const edit = (title: string, etag: string): Promise<Answer> =>
    test.request
      .put(path)
      .set('if-match', etag)
      .send(courseForm(provider, { code: course.code, titles: { en: title } }))
      .then((answer): Answer => answer);
  let etag = `"${String(course.version)}"`;
  let kept = 0;
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => edit(`Edit ${String(round)} ${String(index)}`, etag)));
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(answers.length - done.length);
    // All of them quote the same version, so one of them wins.
    expect(done).toHaveLength(1);
    kept += done.length;
    etag = done[0]?.headers['etag'] ?? '';
  }
  expect(((await test.request.get(path)).body as { version: number }).version).toBe(course.version + kept);
});
