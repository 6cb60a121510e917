import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, itemsOf, recordInstitution } from './support/catalogue.js';
import { countsOf, csv, importFile, lines, ndjson, type ReportRead } from './support/imports.js';

/** Imports as streams: any size in little memory, and nothing of what is no file of its format or breaks off. */

let app: TestApp;
let provider = '';
beforeAll(async () => {
  app = await startTestApp();
  provider = (await recordInstitution(app.request)).id;
});
afterAll(() => app.close());

async function count(table: string): Promise<number> {
  const [row] = await app.dataSource.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count ?? 0;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use by objects and buffers, without what could be thrown away. */
function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Looks at the memory in use until it is told to stop, for at most a fifth of the time; the answer is the most that it saw. */
function watchMemory(): () => number {
  let most = 0;
  let next: NodeJS.Timeout | undefined;
  const look = (): void => {
    const start = performance.now();
    most = Math.max(most, bytesInUse());
    next = setTimeout(look, Math.max(250, 4 * (performance.now() - start)));
  };
  look();
  return () => {
    clearTimeout(next);
    return most;
  };
}

/** Sends pieces over plain HTTP, as a client does that does not know the size. */
async function sendPieces(path: string, contentType: string, pieces: Iterable<string>): Promise<ReportRead> {
  const request = sendRequest(`${app.url}/v1/imports/${path}`, { method: 'POST', headers: { 'content-type': contentType } });
  const answered = once(request, 'response') as Promise<[AsyncIterable<Buffer>]>;
  for (const piece of pieces) if (!request.write(piece)) await once(request, 'drain');
  request.end();
  const [response] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString()) as ReportRead;
}

describe('a large file', () => {
  it('of 30 MiB takes little memory', async () => {
    // Long texts that no search looks at make the rows large, so that few of them are 30 MiB.
    const outcome = { en: 'x'.repeat(3900), zh: '学'.repeat(1000) };
    const rows = 1600;
    let sent = 0;
    function* pieces(): Generator<string> {
      for (let row = 0; row < rows; row += 1) {
        const piece = lines(courseForm(provider, { code: `BIG ${String(row)}`, learningOutcomes: [outcome, outcome, outcome] }));
        sent += Buffer.byteLength(piece);
        yield piece;
      }
    }
    const before = bytesInUse();
    const stopWatching = watchMemory();
    const report = await sendPieces('courses', ndjson, pieces()).finally(stopWatching);
    const most = stopWatching();
    expect(sent).toBeGreaterThan(30 * 1024 * 1024);
    expect(countsOf(report, 'courses')).toEqual({ created: rows });
    expect(most - before).toBeLessThan(16 * 1024 * 1024);
    expect(await count('import_rows')).toBe(0);
  }, 120_000);

  it('with more errors than a report lists counts them all', async () => {
    const report = await importFile(app.request, 'courses', ndjson, '{}\n'.repeat(1500));
    expect(countsOf(report, 'courses')).toEqual({ refused: 1500 });
    expect(report.errors).toHaveLength(1000);
    expect(report.errorCount).toBeGreaterThan(1500);
  });
});

it('many imports at once do not wait for one another, however few connections there are', async () => {
  const send = (index: number): Promise<ReportRead> =>
    importFile(app.request, 'courses?dryRun=true', ndjson, lines(courseForm(provider, { code: `PARALLEL ${String(index)}` })));
  // The pool of a test has five connections.
  const reports = await Promise.all(Array.from({ length: 12 }, (_, index) => send(index)));
  expect(reports.map((report) => countsOf(report, 'courses'))).toEqual(reports.map(() => ({ created: 1 })));
});

describe('a transfer that breaks off', () => {
  it('leaves nothing behind', async () => {
    const before = await count('courses');
    const request = sendRequest(`${app.url}/v1/imports/courses`, { method: 'POST', headers: { 'content-type': ndjson } });
    request.on('error', () => undefined);
    for (let row = 0; row < 1200; row += 1) request.write(lines(courseForm(provider, { code: `CUT ${String(row)}` })));
    while ((await count('import_rows')) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    request.destroy();
    while ((await count('import_rows')) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await count('courses')).toBe(before);
    expect(itemsOf(await app.request.get('/v1/courses?code=CUT%200'))).toEqual([]);
  });

  it('of a process that was killed is cleared up by a later import', async () => {
    const old = '01900000-0000-7000-8000-000000000000';
    await app.dataSource.query(`INSERT INTO import_rows VALUES ($1, 'k', 1, '{}', 2)`, [old]);
    await importFile(app.request, 'courses', ndjson, '');
    expect(await count('import_rows')).toBe(0);
  });
});

describe('what is no file of its format', () => {
  const send = (path: string, contentType: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
    app.request.post(`/v1/imports/${path}`).set('content-type', contentType).set(headers).send(body);

  it.each([
    ['in UTF-16', 'courses', csv, Buffer.from('provider,code\nx,y\n', 'utf16le')],
    ['in Latin-1', 'institutions', csv, Buffer.from('kind,names.en,Universit\xe9\n', 'latin1')],
    ['with columns that nobody knows', 'courses', csv, 'provider,code,colour\nx,y,red\n'],
    ['with a column twice', 'courses', csv, 'code,code\nx,y\n'],
    ['that is not NDJSON', 'institutions', ndjson, 'kind,names.en\nuniversity,X\n'],
    ['with one line that never ends', 'institutions', ndjson, 'x'.repeat(2 * 1024 * 1024)],
  ])('is refused: a file %s', async (_, path, contentType, body) => {
    const answer = await send(path, contentType, body).expect(422);
    expect(answer.body).toMatchObject({ code: 'validationFailed', detail: `Not one row of the file can be read as ${path}.` });
    expect((answer.body as { errors: { detail: string }[] }).errors[0]?.detail).toMatch(/^line 1 /);
  });

  it('is told from single bad lines, which are reported', async () => {
    const good = lines(courseForm(provider, { code: 'GOOD 1' }));
    const file = Buffer.concat([
      Buffer.from(good),
      Buffer.from([0x22, 0xff, 0x0a]),
      Buffer.from('{"code":"\0"}\n'),
      Buffer.from(`{"code":"${'x'.repeat(1_100_000)}"}\n`),
      Buffer.from(`${'['.repeat(5000)}\n`),
      Buffer.from(`{"titles":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}\n`),
      Buffer.from('{"constructor":{"prototype":1},"__proto__":{"x":1}}\n'),
    ]);
    const report = await send('courses', ndjson, file).expect(200);
    const { errors } = report.body as ReportRead;
    expect(countsOf(report.body as ReportRead, 'courses')).toEqual({ created: 1, refused: 6 });
    expect(errors.map(({ line, code }) => [line, code])).toEqual([
      [2, 'encoding'],
      [3, 'nul'],
      [4, 'tooLong'],
      [5, 'malformed'],
      [6, 'invalid'],
      [7, 'invalid'],
      [7, 'invalid'],
    ]);
  });

  it('is refused by its type, its encoding or for having no body', async () => {
    await send('courses', 'application/json', '{}').expect(415);
    await send('courses', 'text/csv; charset=utf-16', 'code\n').expect(415);
    await send('courses', csv, gzipSync('code\n'), { 'content-encoding': 'gzip' }).expect(415);
    await send('assist', 'application/json', '{}', { 'content-encoding': 'br' }).expect(415);
    await app.request.post('/v1/imports/courses').expect(400);
    await send('spreadsheets', csv, 'code\n').expect(404);
    await send('courses?dryRun=maybe', ndjson, '').expect(422);
  });

  it('may be empty', async () => {
    expect(await importFile(app.request, 'courses', csv, 'provider,code\n')).toMatchObject({ counts: [], errorCount: 0 });
  });
});
