import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import { createOwnerDataSource, migrate } from '../../src/platform/database.js';
import { endOrphan } from '../../src/platform/embedded-postgres/cluster.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.js';
import { identityOf } from '../../src/platform/embedded-postgres/processes.js';

/** The server of a run of tests. */
export interface TestServer {
  readonly url: string;
  /** The name of a migrated database to make copies of. */
  readonly template: string;
  stop(): Promise<void>;
}

const prefix = 'credit-recognition-test-';

/** A run that was killed leaves its server running and its data behind. */
async function clearUpAfterKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (identityOf(Number(name.slice(prefix.length))) !== undefined) continue;
    const directory = join(tmpdir(), name);
    await endOrphan({ directory: join(directory, 'postgres'), binaries: '', user: undefined, durable: false });
    rmSync(directory, { recursive: true, force: true });
  }
}

/** TEST_DATABASE_URL names a server whose user may create databases; without it, one is started for this run. */
async function server(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  await clearUpAfterKilledRuns();
  const directory = join(tmpdir(), `${prefix}${String(process.pid)}`);
  // Each worker holds a pool or two; 200 is far more than they use together.
  const postgres = await startEmbeddedPostgres({ directory, durable: false, connections: 200 });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

export async function startTestServer(): Promise<TestServer> {
  const { url, stop } = await server();
  const template = `template_${String(process.pid)}`;
  await command(url, `CREATE DATABASE ${template}`);
  const templateUrl = new URL(url);
  templateUrl.pathname = template;
  const dataSource = createOwnerDataSource(templateUrl.href, { rows: [], migrations });
  await migrate(templateUrl.href, dataSource);
  await dataSource.destroy();
  return {
    url,
    template,
    stop: async () => {
      await command(url, `DROP DATABASE ${template} WITH (FORCE)`);
      await stop();
    },
  };
}
