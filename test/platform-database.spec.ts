import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { schema } from '../src/app.js';
import { explainConstraints } from '../src/platform/constraints.js';
import { createOwnerDataSource, DatabaseError, migrate, migrateUndo, preparedQuery, transaction } from '../src/platform/database.js';
import { emptyDatabase, freshDatabase, type TestDatabase } from './support/database.js';

describe('the migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await emptyDatabase();
    dataSource = createOwnerDataSource(database.url, schema);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  /** Everything of the schema that a migration can make, as text. */
  async function shape(): Promise<unknown> {
    const columns = `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> 'migrations' ORDER BY 1, 2`;
    const constraints = `SELECT conrelid::regclass::text AS table_name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('public.migrations'), 0) ORDER BY 1, 2`;
    const indexes = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1`;
    const extensions = 'SELECT extname FROM pg_extension ORDER BY 1';
    return Promise.all([columns, constraints, indexes, extensions].map((sql) => dataSource.query<unknown[]>(sql)));
  }

  it('go up, all the way down, and up again to the same schema', async () => {
    await dataSource.initialize();
    const before = await shape();
    expect(await migrate(database.url, dataSource)).toHaveLength(migrations.length);
    const first = await shape();
    for (let left = migrations.length; left > 0; left -= 1) await migrateUndo(database.url, dataSource);
    expect(await shape()).toEqual(before);
    await migrate(database.url, dataSource);
    expect(await shape()).toEqual(first);
    expect(await migrate(database.url, dataSource)).toEqual([]);
  });

  it('make everything that the entities ask for', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    // What only the database knows (checks, indexes over expressions, keys into other modules) is no business of an entity.
    const asked = upQueries.map(({ query }) => query).filter((query) => !/^(DROP INDEX|ALTER TABLE \S+ DROP CONSTRAINT)/.test(query));
    expect(asked).toEqual([]);
  });

  it('wait for one another where processes start together', async () => {
    const together = await emptyDatabase();
    const sources = [1, 2, 3].map(() => createOwnerDataSource(together.url, schema));
    const ran = await Promise.all(sources.map((source) => migrate(together.url, source)));
    expect(ran.map((names) => names.length).sort((one, other) => one - other)).toEqual([0, 0, migrations.length]);
    for (const source of sources) await source.destroy();
    await together.drop();
  });

  it('refuse a database that is not in UTF-8', async () => {
    const source = createOwnerDataSource(database.url, schema);
    await dataSource.query(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const url = new URL(database.url);
    url.pathname = 'latin';
    await expect(migrate(url.href, source)).rejects.toThrow(DatabaseError);
    await dataSource.query('DROP DATABASE latin');
  });
});

describe('the database', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createOwnerDataSource(database.url, { rows: [], migrations: [] }).initialize();
    await dataSource.query(`
      CREATE TABLE things (
        id int PRIMARY KEY, day date, note varchar(5), parent int REFERENCES things, data jsonb,
        CONSTRAINT things_id_check CHECK (id > 0),
        CONSTRAINT things_day_excl EXCLUDE USING gist (day WITH =)
      )`);
    explainConstraints({ things_pkey: 'There is such a thing already.', things_day_excl: 'Only one thing a day.' });
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it.each([
    ['INSERT INTO things (id) VALUES (1), (1)', 'conflict', 'There is such a thing already.'],
    [`INSERT INTO things (id, day) VALUES (1, '2026-01-01'), (2, '2026-01-01')`, 'conflict', 'Only one thing a day.'],
    [
      'INSERT INTO things (id, parent) VALUES (1, 99)',
      'ruleViolated',
      'This refers to something that does not exist, or something else still refers to it.',
    ],
    ['INSERT INTO things (id) VALUES (0)', 'ruleViolated', 'A value is outside what is allowed.'],
    [`INSERT INTO things (id, note) VALUES (1, 'too long')`, 'validationFailed', undefined],
    [`INSERT INTO things (id, day) VALUES (1, '2026-02-30')`, 'validationFailed', undefined],
    [`INSERT INTO things (id, data) VALUES (1, '"\\u0000"')`, 'validationFailed', undefined],
    ['INSERT INTO things (id) VALUES (99999999999)', 'validationFailed', undefined],
    ['SELECT pg_terminate_backend(pg_backend_pid())', 'unavailable', undefined],
  ])('says in words what it refuses: %s', async (sql, code, detail) => {
    const refused = transaction(dataSource, (manager) => manager.query(sql));
    await expect(refused).rejects.toMatchObject({ name: 'Problem', code, ...(detail === undefined ? {} : { detail }) });
  });

  it('leaves a defect what it is', async () => {
    await expect(transaction(dataSource, (manager) => manager.query('SELECT nonsense'))).rejects.toMatchObject({
      name: 'QueryFailedError',
    });
  });

  it('tries again what PostgreSQL ended in favour of another transaction', async () => {
    await dataSource.query('INSERT INTO things (id) VALUES (11), (12)');
    let tries = 0;
    const lockBoth = (first: number, second: number): Promise<void> =>
      transaction(dataSource, async (manager) => {
        tries += 1;
        await manager.query('UPDATE things SET note = $2 WHERE id = $1', [first, String(tries)]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await manager.query('UPDATE things SET note = $2 WHERE id = $1', [second, String(tries)]);
      });
    await Promise.all([lockBoth(11, 12), lockBoth(12, 11)]);
    // Each transaction once, and again whichever lost; the two may meet a second time.
    expect(tries).toBeGreaterThanOrEqual(3);
  });

  it('reads by prepared statements, inside a transaction and outside', async () => {
    const read = 'SELECT id, day FROM things WHERE id = $1';
    await transaction(dataSource, async (manager) => {
      await manager.query(`INSERT INTO things (id, day) VALUES (21, '2026-03-29')`);
      expect(await preparedQuery(manager, read, [21])).toEqual([{ id: 21, day: '2026-03-29' }]);
      expect(await preparedQuery(dataSource, read, [21])).toEqual([]);
    });
    expect(await preparedQuery(dataSource, read, [21])).toEqual([{ id: 21, day: '2026-03-29' }]);
  });
});
