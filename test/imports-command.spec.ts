import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandOf, type ImportReport } from '../src/imports/index.js';
import { projectRoot } from '../src/platform/project-root.js';
import { assistFileOf } from './support/assist-file.js';
import { line, section } from './support/assist-import.js';
import { freshDatabase, type TestDatabase } from './support/database.js';

/** `npm run import` as a process of its own, from the sources. */

/** Each start compiles the sources. */
const patienceMilliseconds = 120_000;

let database: TestDatabase;
let directory = '';
beforeAll(async () => {
  database = await freshDatabase();
  directory = mkdtempSync(join(tmpdir(), 'credit-recognition-import-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await database.drop();
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function written(name: string, content: string): string {
  const file = join(directory, name);
  writeFileSync(file, content);
  return file;
}

async function importCommand(...args: readonly string[]): Promise<Ended> {
  const hooks = join(projectRoot, 'test', 'support', 'register-typescript.mjs');
  const child = spawn(process.execPath, ['--import', hooks, join(projectRoot, 'src', 'import.ts'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output, errors };
}

describe('npm run import', () => {
  it(
    'imports a file and prints the report',
    async () => {
      const file = written('physics.json', assistFileOf({ sections: [section(line('PHYS 2A', ['PHYSCS 8']))] }));
      const { code, output, errors } = await importCommand('assist', file);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      const report = JSON.parse(output) as ImportReport;
      expect(report).toMatchObject({ format: 'assist', kept: true, errorCount: 0 });
      expect(report.resources.map(({ resource, change }) => [resource, change])).toEqual([
        ['agreements', 'created'],
        ['programmes', 'created'],
      ]);
    },
    patienceMilliseconds,
  );

  it(
    'fails where a row was not taken, after keeping the others',
    async () => {
      const row = { kind: 'university', names: { en: 'One' }, country: 'FR', identifiers: [{ scheme: 'ror', value: 'one' }] };
      const file = written('institutions.ndjson', `${JSON.stringify(row)}\n{}\n`);
      const { code, output } = await importCommand('institutions', file, '--dry-run');
      expect(code).toBe(1);
      expect(JSON.parse(output)).toMatchObject({
        dryRun: true,
        kept: false,
        counts: [{ resource: 'institutions', created: 1, refused: 1 }],
      });
    },
    patienceMilliseconds,
  );

  it(
    'says in sentences what is wrong with a file',
    async () => {
      const { code, output, errors } = await importCommand('assist', written('no.json', '{"isSuccessful":true}'));
      expect({ code, output }).toEqual({ code: 1, output: '' });
      expect(errors).toMatch(/^The file is not an ASSIST agreement by major\.\n\/result is missing/);
    },
    patienceMilliseconds,
  );

  const id = '01900000-0000-7000-8000-00000000ABCD';

  it('reads its arguments', () => {
    expect(commandOf(['courses', 'a/b.csv', '--atomic'])).toEqual({
      kind: 'import',
      format: 'courses',
      file: 'a/b.csv',
      options: { dryRun: false, atomic: true, source: 'b.csv', isAttested: false },
    });
    expect(commandOf(['rules', 'r.jsonl', '--agreement', id, '--attested-by', id, '--source', 'Annex B', '--dry-run'])).toMatchObject({
      options: { dryRun: true, source: 'Annex B', agreement: id.toLowerCase(), attestedBy: id.toLowerCase() },
    });
    expect(commandOf(['uopeople', 't.json', '--receiving', id])).toMatchObject({ options: { receiving: id.toLowerCase() } });
  });

  it.each([
    [[], 'Say what to import.'],
    [['spreadsheet', 'a.csv'], '"spreadsheet" is no format.'],
    [['courses'], 'Name one file.'],
    [['courses', 'a.csv', 'b.csv'], 'Name one file.'],
    [['rules', 'a.csv'], 'Say by --agreement into which agreement the rules go.'],
    [['rules', 'a.csv', '--agreement', 'seven'], '--agreement must be an id.'],
    [['uopeople', 'a.json'], 'Say by --receiving whose certificates these are.'],
  ])('asks for what is missing: %j', (args, detail) => {
    expect(commandOf(args)).toEqual({ kind: 'unclear', detail });
  });

  it('knows no other options', () => {
    expect(commandOf(['courses', 'a.csv', '--fast'])).toMatchObject({ kind: 'unclear' });
  });
});
