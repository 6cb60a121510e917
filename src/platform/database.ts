import { createHash } from 'node:crypto';
import pg from 'pg';
import { DataSource, type EntityManager, type EntityTarget, type MigrationInterface, type ObjectLiteral, type QueryRunner } from 'typeorm';
import { mayBeRepeated, problemOfDatabaseError } from './constraints.js';
import { PostgresNaming } from './naming.js';
import { currentCaller, type EnclosingTransaction, requestContext, serviceScope } from './request-context.js';

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

/** The role that the service acts as. It owns nothing, so row-level security holds for it; a migration makes it. */
export const serviceRole = 'credit_recognition_service';

/** A data source of the service, not connected yet: whatever user connects acts as the {@link serviceRole}. */
export function createServiceDataSource(url: string, poolSize: number, schema: Schema): DataSource {
  return dataSourceOf(url, poolSize, schema, `-c TimeZone=UTC -c role=${serviceRole}`);
}

/** A data source of the schema's owner, for migrations, not connected yet. */
export function createOwnerDataSource(url: string, schema: Schema, poolSize = 2): DataSource {
  return dataSourceOf(url, poolSize, schema, '-c TimeZone=UTC');
}

function dataSourceOf(url: string, poolSize: number, schema: Schema, options: string): DataSource {
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
    // Statements that do not wait for one another (the scope and what is read in it) go out together.
    extra: { types: { getTypeParser: typeParser }, options, pipeline: true },
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

/** Row-level security does not hold for everybody: a service that it did not hold for must not start. */
export async function refuseMightyRole(dataSource: DataSource): Promise<void> {
  const [role] = await dataSource.query<{ name: string; isMighty: boolean }[]>(
    `SELECT rolname AS name, rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = role.oid) AS "isMighty"
     FROM pg_roles role WHERE rolname = current_user`,
  );
  if (role?.isMighty === false) return;
  throw new DatabaseError(`The role ${role?.name ?? serviceRole} must be no superuser, have no BYPASSRLS, and own nothing.`);
}

/**
 * The statement that shows a transaction the rows of one learner or institution and no others; without a scope none. SET takes no parameters, and
 * set_config would not reach the nodes of a distributed engine.
 */
function showing(scope: string | undefined): string {
  return `SET LOCAL app.scope = ${pg.escapeLiteral(scope ?? '')}`;
}

/** How often a transaction that PostgreSQL ended because of a deadlock or a serialisation failure is tried in all. */
const attempts = 3;

/**
 * One command, one transaction, in which the rows of the caller are seen; part of the transaction that encloses the request where there is one. A
 * refusal by a constraint is thrown as the Problem it means. The work runs again when PostgreSQL ended it in favour of another transaction, so whatever
 * it does outside the database must bear repetition.
 */
export async function transaction<Result>(dataSource: DataSource, work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
  const enclosing = requestContext.getStore()?.enclosing;
  if (enclosing !== undefined) return within(enclosing, work);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(async (manager) => {
        const shown = show(await connectionOf(manager));
        const [result] = await Promise.all([work(manager), shown]);
        return result;
      });
    } catch (error) {
      if (mayBeRepeated(error) && attempt < attempts) continue;
      throw problemOfDatabaseError(error) ?? error;
    }
  }
}

/** Shows a transaction what its caller sees. The statement is on its way when this returns, before whatever is sent after it. */
function show(connection: Connection): Promise<unknown> {
  const scope = currentCaller()?.scope;
  return scope === undefined ? Promise.resolve() : connection.query(showing(scope));
}

/**
 * A read of the rows that the caller sees; the work changes nothing and begins no transaction of its own. What is read does not wait for the transaction
 * to begin, nor the caller for it to end, so it takes one round trip as if there were none.
 */
export async function reading<Result>(dataSource: DataSource, work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
  const enclosing = requestContext.getStore()?.enclosing;
  if (enclosing !== undefined) return within(enclosing, work);
  const runner = dataSource.createQueryRunner();
  try {
    const connection = await connectionOf(runner.manager);
    const { stream } = connection.connection;
    stream.cork();
    const begun = [connection.query('BEGIN READ ONLY'), show(connection)];
    // What the work sends first goes out in the same packet: by the next tick it has been sent.
    process.nextTick(() => {
      stream.uncork();
    });
    const [result] = await Promise.all([work(runner.manager), ...begun]);
    void end(runner, 'COMMIT');
    return result;
  } catch (error) {
    await end(runner, 'ROLLBACK');
    throw problemOfDatabaseError(error) ?? error;
  }
}

/** Gives the connection back when it is out of the transaction; one that has broken off meanwhile is the pool's to replace. */
async function end(runner: QueryRunner, statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
  await runner.query(statement).catch(() => undefined);
  await runner.release();
}

/**
 * A part of the enclosing transaction that can be taken back by itself. Work of another scope has its own while it lasts; where it fails, the scope is
 * taken back with it.
 */
async function within<Result>(enclosing: EnclosingTransaction, work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
  const scope = currentCaller()?.scope;
  try {
    return await enclosing.manager.transaction(async (manager) => {
      if (scope === enclosing.scope) return work(manager);
      await manager.query(showing(scope));
      const result = await work(manager);
      await manager.query(showing(enclosing.scope));
      return result;
    });
  } catch (error) {
    throw problemOfDatabaseError(error) ?? error;
  }
}

/**
 * Work inside the caller's transaction, in which every row is seen and written; afterwards the transaction shows the caller's again. It is for what must
 * be known or kept whoever has recorded it, once it is decided among the caller's own rows that the caller may do this.
 */
export async function seeingAll<Result>(manager: EntityManager, work: () => Promise<Result>): Promise<Result> {
  const caller = currentCaller();
  if (caller?.scope === serviceScope) return work();
  await manager.query(showing(serviceScope));
  const mighty = { subject: 'nobody', ...caller, scope: serviceScope };
  const inside = { ...requestContext.getStore(), caller: mighty, enclosing: { manager, scope: serviceScope } };
  try {
    const result = await requestContext.run(inside, work);
    await manager.query(showing(caller?.scope));
    return result;
  } catch (error) {
    // A transaction that PostgreSQL has given up takes no statement any more, and shows nothing either.
    await manager.query(showing(caller?.scope)).catch(() => undefined);
    throw error;
  }
}

/** What reads the tables that everybody may read: the transaction that encloses the request where there is one, else any connection. */
export function managerOf(dataSource: DataSource): EntityManager {
  return requestContext.getStore()?.enclosing?.manager ?? dataSource.manager;
}

/** A statement by its text, or by a name for which each connection keeps its plan. */
type Statement = string | { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** A connection of the driver. */
interface Connection {
  query<Row>(statement: Statement): Promise<{ rows: Row[] }>;
  /** Where the protocol's messages are written. */
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

interface Pool {
  connect(): Promise<Connection & { release(isBroken: boolean): void }>;
}

function isConnection(candidate: unknown): candidate is Connection {
  return typeof candidate === 'object' && candidate !== null && 'query' in candidate && typeof candidate.query === 'function';
}

function isPool(candidate: unknown): candidate is Pool {
  return typeof candidate === 'object' && candidate !== null && 'connect' in candidate && typeof candidate.connect === 'function';
}

async function connectionOf(manager: EntityManager): Promise<Connection> {
  const connection: unknown = await manager.queryRunner?.connect();
  if (!isConnection(connection)) throw new Error('the manager has no connection of its own');
  return connection;
}

/** Statements that do not wait for one another: the pipeline takes them all in one round trip, and in one packet, since every write wakes the server. */
async function inOneRoundTrip<Row>(
  connection: Connection,
  before: readonly string[],
  statement: Statement,
  after: readonly string[],
): Promise<Row[]> {
  const { stream } = connection.connection;
  const send = (text: string): Promise<unknown> => connection.query(text);
  stream.cork();
  const prelude = before.map(send);
  const answer = connection.query<Row>(statement);
  const sent = Promise.all([answer, ...prelude, ...after.map(send)]);
  stream.uncork();
  const [{ rows }] = await sent;
  return rows;
}

async function onPooledConnection<Row>({ driver }: DataSource, statement: Statement): Promise<Row[]> {
  const pool: unknown = 'master' in driver ? driver.master : undefined;
  if (!isPool(pool)) throw new Error('the data source is not connected to PostgreSQL');
  const scope = currentCaller()?.scope;
  const connection = await pool.connect();
  try {
    const rows = await inOneRoundTrip<Row>(
      connection,
      scope === undefined ? [] : ['BEGIN', showing(scope)],
      statement,
      scope === undefined ? [] : ['COMMIT'],
    );
    connection.release(false);
    return rows;
  } catch (error) {
    // Whatever state it is in, nobody else gets it.
    connection.release(true);
    throw error;
  }
}

const names = new Map<string, string>();

/** A name for a statement's text: its digest. */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
  names.set(text, known);
  return known;
}

/**
 * A hot statement, which each connection parses and plans once – under row-level security planning is the dearest part of a small read – and no entity in
 * between. Every text is kept for ever, so there must be few of them: values go into parameters. Given a manager it runs inside that manager's transaction,
 * else inside the one that encloses the request, else by itself in the scope of the caller.
 */
export async function preparedQuery<Row>(source: DataSource | EntityManager, text: string, values: readonly unknown[]): Promise<Row[]> {
  const statement = { name: nameOf(text), text, values };
  if (!(source instanceof DataSource) && source.queryRunner !== undefined) {
    return inOneRoundTrip(await connectionOf(source), [], statement, []);
  }
  const enclosing = requestContext.getStore()?.enclosing;
  if (enclosing === undefined) return onPooledConnection(source instanceof DataSource ? source : source.dataSource, statement);
  const scope = currentCaller()?.scope;
  const isSame = scope === enclosing.scope;
  const connection = await connectionOf(enclosing.manager);
  return inOneRoundTrip(connection, isSame ? [] : [showing(scope)], statement, isSame ? [] : [showing(enclosing.scope)]);
}
