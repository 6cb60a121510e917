import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one test file alone. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the tests with "npm run jest"`);
  return value;
}

async function command(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: environment('TEST_DATABASE_URL') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function create(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await command(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(environment('TEST_DATABASE_URL'));
  url.pathname = name;
  return { url: url.href, drop: () => command(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A migrated database with nothing in it, copied from the one this run has made. */
export function freshDatabase(): Promise<TestDatabase> {
  return create(environment('TEST_TEMPLATE'));
}

/** A database without even a schema, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<TestDatabase> {
  return create('template0');
}
