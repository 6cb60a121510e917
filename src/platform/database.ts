import pg from 'pg';
import { DataSource, type EntityManager, type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import { mayBeRepeated, problemOfDatabaseError } from './constraints.js';
import { PostgresNaming } from './naming.js';

/** A row class (`@Entity`) of a module. */
export type RowClass = EntityTarget<ObjectLiteral> & (new () => ObjectLiteral);

/** A migration: its name ends in the number that orders it, as TypeORM wants it. */
export type MigrationClass = new () => MigrationInterface;

/** What the modules bring to the database; composed in `app.ts`. */
export interface Schema {
  readonly rows: readonly RowClass[];
  readonly migrations: readonly MigrationClass[];
}

/** The oldest server whose SQL we use: 15 brought MERGE and UNIQUE NULLS NOT DISTINCT. */
const oldestVersion = 15;

/** The database cannot be used; the message is a sentence for the operator. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** A calendar date stays the text it is: a JavaScript Date would move it by the time zone of this machine. */
function typeParser(...[oid, format]: Parameters<typeof pg.types.getTypeParser>): ReturnType<typeof pg.types.getTypeParser> {
  return oid === pg.types.builtins.DATE ? (text: string) => text : pg.types.getTypeParser(oid, format);
}

/** A data source that is not connected yet. */
export function createDataSource(url: string, poolSize: number, schema: Schema): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: [...schema.rows],
    migrations: [...schema.migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new PostgresNaming(),
    // Extensions are made by a migration, where they can be seen and undone.
    installExtensions: false,
    logging: false,
    applicationName: 'credit-recognition',
    // A server that is out of reach answers 503 after this time instead of keeping the caller waiting.
    connectTimeoutMS: 10_000,
    extra: { types: { getTypeParser: typeParser }, options: '-c TimeZone=UTC' },
  });
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding`,
  );
  const server = rows[0];
  if (server === undefined || server.version < oldestVersion) {
    throw new DatabaseError(
      `DATABASE_URL leads to PostgreSQL ${String(server?.version)}, but this service needs PostgreSQL ${String(oldestVersion)} or newer.`,
    );
  }
  if (server.encoding !== 'UTF8')
    throw new DatabaseError(`The database of DATABASE_URL has the encoding ${server.encoding}, but must have UTF8.`);
}

/** Says what is wrong with a server in a sentence, without the password that the URL may hold. */
async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof AggregateError ? String(error.errors[0]) : error instanceof Error ? error.message : String(error);
    throw new DatabaseError(`The database of DATABASE_URL cannot be reached: ${reason}`);
  }
  return client;
}

/** The letters "migratio" as a number: processes that start together migrate one after another. */
const migrationLock = '7883946363647715695';

/** Runs work while this process alone may change the schema. The lock has a connection of its own, so it needs none of the pool. */
async function alone<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const client = await connect(url);
  try {
    await checkServer(client);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await work();
  } finally {
    // The lock goes with its connection.
    await client.end();
  }
}

/** Connects a data source and brings its schema up to date; returns the names of the migrations it ran. */
export function migrate(url: string, dataSource: DataSource): Promise<string[]> {
  return alone(url, async () => {
    if (!dataSource.isInitialized) await dataSource.initialize();
    return (await dataSource.runMigrations()).map((migration) => migration.name);
  });
}

/** Undoes the last migration. */
export function migrateUndo(url: string, dataSource: DataSource): Promise<void> {
  return alone(url, async () => {
    if (!dataSource.isInitialized) await dataSource.initialize();
    await dataSource.undoLastMigration();
  });
}

/** How often a transaction that PostgreSQL ended because of a deadlock or a serialisation failure is tried in all. */
const attempts = 3;

/**
 * One command, one transaction. A refusal by a constraint is thrown as the Problem it means. The work runs again when PostgreSQL ended it in favour of
 * another transaction, so whatever it does outside the database must bear repetition.
 */
export async function transaction<Result>(dataSource: DataSource, work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (mayBeRepeated(error) && attempt < attempts) continue;
      throw problemOfDatabaseError(error) ?? error;
    }
  }
}

/** The driver's pool or one of its connections: both take a named statement. */
interface StatementRunner {
  query<Row>(statement: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: Row[] }>;
}

function isStatementRunner(candidate: unknown): candidate is StatementRunner {
  return typeof candidate === 'object' && candidate !== null && 'query' in candidate && typeof candidate.query === 'function';
}

async function runnerOf(source: DataSource | EntityManager): Promise<StatementRunner> {
  const inTransaction = source instanceof DataSource ? undefined : source.queryRunner;
  const dataSource = source instanceof DataSource ? source : source.dataSource;
  const driver: object = dataSource.driver;
  const runner: unknown = inTransaction === undefined ? ('master' in driver ? driver.master : undefined) : await inTransaction.connect();
  if (!isStatementRunner(runner)) throw new Error('the data source is not connected to PostgreSQL');
  return runner;
}

/**
 * A hot read: a named statement that each connection parses and plans once, and no entity in between. One name means one text for ever. Given a
 * manager it reads inside that manager's transaction.
 */
export async function preparedQuery<Row>(
  source: DataSource | EntityManager,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const runner = await runnerOf(source);
  return (await runner.query<Row>({ name, text, values })).rows;
}
