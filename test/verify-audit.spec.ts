import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JSONWebKeySet } from 'jose';
import { DataSource } from 'typeorm';
import { runVerification } from '../src/events/verify-command.js';
import { digestOf } from '../src/kernel/index.js';
import { newId } from '../src/platform/index.js';
import { projectRoot } from '../src/platform/project-root.js';
import type { ConsistencyProofView, InclusionProofView } from '../src/events/http/audit.view.js';
import { startTestApp, type TestApp } from './support/app.js';
import { checked, exported, newLog, type Plain, publishedKeys } from './support/audit-log.js';
import { carryOut, courseChange, memberOf } from './support/journal.js';
import { type Forger, newForger, tamperings } from './support/tamperings.js';

let test: TestApp;
/** The service's own connections. */
let dataSource: DataSource;
beforeAll(async () => {
  test = await startTestApp();
  dataSource = test.app.get(DataSource);
});
afterAll(() => test.close());

describe('npm run verify-audit', () => {
  let directory: string;
  let text: Buffer;
  let keys: JSONWebKeySet;
  let forger: Forger;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'audit-'));
    const { institution, path } = await newLog(test, 1, 5, 2, 9);
    await carryOut(dataSource, memberOf(institution), [courseChange(), courseChange()]);
    text = await exported(test, path);
    keys = await publishedKeys(test, path);
    forger = await newForger(keys.keys[0]?.kid ?? '');
  });
  afterAll(() => rm(directory, { recursive: true }));

  /** The command without its process. */
  async function run(...args: readonly string[]): Promise<{ code: number; output: string }> {
    const lines: string[] = [];
    const code = await runVerification(args, (line) => lines.push(line));
    return { code, output: lines.join('\n') };
  }

  async function file(name: string, content: string | Buffer): Promise<string> {
    const path = join(directory, name);
    await writeFile(path, content);
    return path;
  }

  it('runs without the service and exits with 1 when something is wrong', async () => {
    const touched = await file('touched.ndjson', text.toString().replace('course.changed', 'course.deleted'));
    const hooks = join(projectRoot, 'test', 'support', 'register-typescript.mjs');
    const child = spawn(process.execPath, ['--import', hooks, join(projectRoot, 'src', 'verify-audit.ts'), touched], {
      env: { PATH: process.env['PATH'] ?? '' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(output).toContain('line 2 has another digest than its entry');
  });

  it('finds nothing wrong with an export, and says whose keys it took', async () => {
    const [log, key] = [await file('log.ndjson', text), await file('keys.json', JSON.stringify(keys))];
    const pinned = await run(log, '--key', key);
    expect(pinned).toEqual({ code: 0, output: expect.stringContaining('17 sealed entries under 4 heads') });
    expect(pinned.output).toContain('2 entries were not sealed yet');
    expect(pinned.output).toContain('Nothing is wrong.');
    expect(await run(log)).toEqual({ code: 0, output: expect.stringContaining('pin them with --key') });
    const foreign = await run(log, '--key', await file('foreign.json', JSON.stringify(forger.keys)));
    // Four heads and the end.
    expect(foreign).toEqual({ code: 1, output: expect.stringContaining('5 things are wrong.') });
    expect(await run(join(directory, 'none'))).toMatchObject({ code: 1 });
    expect(await run(log, '--key', log)).toMatchObject({ code: 1 });
  });

  it('checks proofs as they were answered', async () => {
    const { ids, path } = await newLog(test, 3, 4);
    const key = await file('keys.json', JSON.stringify(keys));
    const inclusion: Plain<InclusionProofView> = (await test.request.get(`${path}/entries/${ids[1] ?? ''}/inclusion-proof`).expect(200))
      .body as InclusionProofView;
    const consistency: Plain<ConsistencyProofView> = (await test.request.get(`${path}/consistency-proof?from=3`).expect(200))
      .body as ConsistencyProofView;
    const proven = async (proof: object) => run('--proof', await file('proof.json', JSON.stringify(proof)), '--key', key);
    expect(await proven(inclusion)).toEqual({ code: 0, output: 'Nothing is wrong.' });
    expect(await proven(consistency)).toEqual({ code: 0, output: 'Nothing is wrong.' });
    const [entry, other] = [{ ...inclusion.entry, subject: 'somebody else' }, newId()];
    const signed = { code: 1, output: expect.stringContaining('is signed for something else than it says.') };
    expect((await proven({ ...inclusion, entry })).output).toContain('The digest is not that of the entry.');
    expect((await proven({ ...inclusion, entry, digest: digestOf(entry) })).output).toContain('does not lead to the root');
    expect((await proven({ ...inclusion, index: 2 })).output).toContain('does not lead to the root');
    expect(await proven({ ...inclusion, head: { ...inclusion.head, institution: other } })).toEqual(signed);
    expect((await proven({ ...consistency, path: consistency.path.slice(1) })).output).toContain('does not show');
    expect(await proven({ ...consistency, from: { ...consistency.from, size: 2 } })).toEqual(signed);
    expect((await proven({ ...consistency, to: { ...consistency.to, institution: other } })).output).toContain('two logs');
    expect(await proven({ path: [] })).toMatchObject({ code: 1, output: expect.stringContaining('no inclusion proof') });
  });

  it.each([[[]], [['--proof', 'x']], [['x', '--proof', 'y', '--key', 'z']], [['x', 'y']], [['--keys', 'x']]])(
    'shows how it is used when it is asked unclearly: %j',
    async (args) => {
      expect(await run(...args)).toMatchObject({ code: 2, output: expect.stringContaining('npm run verify-audit') });
    },
  );

  it('says so when the database was changed behind the back of the log', async () => {
    const { institution, ids, path } = await newLog(test, 3);
    const [, second] = ids;
    await test.dataSource.query(`UPDATE journal_entries SET subject = 'somebody else' WHERE id = '${second ?? ''}'`);
    const { findings } = await checked(await exported(test, path), keys);
    expect(findings).toEqual([{ line: 3, detail: 'has another digest than its entry' }]);
    await test.dataSource.query(`DELETE FROM journal_entries WHERE institution_id = '${institution}' AND id = '${second ?? ''}'`);
    const missing = (await checked(await exported(test, path), keys)).findings;
    expect(missing[0]).toEqual({ line: 3, detail: 'has the index 2: the entry 1 is missing' });
  });

  const seed = Number(process.env['FC_SEED'] ?? Date.now() % 0x7fff_ffff);

  it(`detects 1,000 random tamperings (FC_SEED=${String(seed)})`, async () => {
    expect((await checked(text, keys)).findings).toEqual([]);
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(tamperings, async (tamper) => {
        const touched = await tamper(text, forger);
        fc.pre(!touched.equals(text));
        tried += 1;
        expect((await checked(touched, keys)).findings).not.toEqual([]);
      }),
      { seed, numRuns: 1000 },
    );
    expect(tried).toBeGreaterThanOrEqual(1000);
  }, 120_000);
});
