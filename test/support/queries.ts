import type { DataSource } from 'typeorm';

type Query = (this: unknown, ...parameters: unknown[]) => unknown;

interface Connection {
  readonly prototype: { query: Query };
}

/** The driver's class of connections; every statement goes through its `query`. */
function connectionOf(dataSource: DataSource): Connection {
  const driver: object = dataSource.driver;
  const pool: unknown = 'master' in driver ? driver.master : undefined;
  const connection: unknown = typeof pool === 'object' && pool !== null && 'Client' in pool ? pool.Client : undefined;
  if (!isConnection(connection)) throw new Error('the data source is not connected by a pool of pg');
  return connection;
}

function isConnection(value: unknown): value is Connection {
  return typeof value === 'function' && 'query' in (value.prototype as object);
}

/** Begins, ends or scopes a transaction; it goes out in the same round trip as a query. */
function isControl(statement: unknown): boolean {
  return typeof statement === 'string' && /^(BEGIN|START TRANSACTION|SET LOCAL|COMMIT)\b/.test(statement);
}

/** How many queries all connections together send while something is done, what controls their transactions not counted. */
export async function countQueries(dataSource: DataSource, work: () => Promise<unknown>): Promise<number> {
  const { prototype } = connectionOf(dataSource);
  const { query } = prototype;
  let count = 0;
  prototype.query = function (...parameters) {
    if (!isControl(parameters[0])) count += 1;
    return query.apply(this, parameters);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return count;
}
