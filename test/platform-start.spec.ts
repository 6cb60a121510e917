import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { identityOf, waitForExit } from '../src/platform/embedded-postgres/processes.js';
import { endService, killLeftovers, refusedStart, startService } from './support/service-process.js';

/** Each start compiles the sources, and makes or recovers a cluster. */
const patienceMilliseconds = 120_000;

afterEach(killLeftovers, patienceMilliseconds);

describe('the service with a PostgreSQL of its own', () => {
  let directory: string;
  let environment: Record<string, string>;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'credit-recognition-start-'));
    // Others must be able to enter it, or root's PostgreSQL is sent elsewhere.
    chmodSync(directory, 0o755);
    environment = { DATA_DIRECTORY: join(directory, 'data') };
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const cluster = (...names: string[]): string => join(directory, 'data', 'postgres', ...names);

  function postmaster(): { pid: number; port: string } {
    const lines = readFileSync(cluster('data', 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: lines[3] ?? '' };
  }

  async function inDatabase(sql: string): Promise<unknown[]> {
    const password = readFileSync(cluster('password'), 'utf8').trim();
    const client = new pg.Client(`postgres://credit_recognition:${password}@127.0.0.1:${postmaster().port}/credit_recognition`);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it(
    'keeps its data durable and to itself, and stops with its database on SIGTERM',
    async () => {
      const service = await startService(environment);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      expect(statSync(cluster('password')).mode & 0o777).toBe(0o600);
      const names = ['listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'unix_socket_directories', 'server_encoding'];
      expect(await inDatabase(`SELECT name, setting FROM pg_settings WHERE name IN ('${names.join("','")}') ORDER BY name`)).toEqual([
        { name: 'fsync', setting: 'on' },
        { name: 'full_page_writes', setting: 'on' },
        { name: 'listen_addresses', setting: '127.0.0.1' },
        { name: 'server_encoding', setting: 'UTF8' },
        { name: 'synchronous_commit', setting: 'on' },
        { name: 'unix_socket_directories', setting: '' },
      ]);
      await inDatabase('CREATE TABLE kept (id int)');

      const { pid } = postmaster();
      expect(await endService(service, 'SIGTERM')).toBe(0);
      expect(identityOf(pid)).toBeUndefined();
      expect(existsSync(cluster('data', 'postmaster.pid'))).toBe(false);
    },
    patienceMilliseconds,
  );

  it(
    'finds everything again after it was killed, and after its database was killed too; stops on SIGINT',
    async () => {
      const first = await startService(environment);
      const orphan = postmaster().pid;
      await inDatabase('INSERT INTO kept VALUES (1)');
      await endService(first, 'SIGKILL');
      expect(identityOf(orphan)).toBeDefined();

      const second = await startService(environment);
      expect(identityOf(orphan)).toBeUndefined();
      const { pid } = postmaster();
      await inDatabase('INSERT INTO kept VALUES (2)');
      await endService(second, 'SIGKILL');
      process.kill(pid, 'SIGKILL');
      await waitForExit(pid, 10_000);

      const third = await startService(environment);
      expect(await inDatabase('SELECT id FROM kept ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await endService(third, 'SIGINT')).toBe(0);
    },
    patienceMilliseconds,
  );

  it(
    'refuses a data folder that another process uses, and leaves that process alone',
    async () => {
      const service = await startService(environment);
      const { code, output } = await refusedStart(environment);
      expect(output).toMatch(/^The data folder is in use by process \d+ .*\n$/);
      expect(code).toBe(1);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      await endService(service, 'SIGTERM');
    },
    patienceMilliseconds,
  );
});

describe('a start that cannot succeed', () => {
  it.each([
    [{ PORT: 'http' }, 'PORT is "http", but must be a whole number from 0 to 65535.\n'],
    [
      { DATABASE_URL: 'postgres://user:secret@127.0.0.1:1/nothing' },
      'The database of DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:1\n',
    ],
  ])(
    'says why in a sentence: %j',
    async (environment, sentence) => {
      expect(await refusedStart(environment)).toEqual({ code: 1, output: sentence });
    },
    patienceMilliseconds,
  );
});
