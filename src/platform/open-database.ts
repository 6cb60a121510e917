import type { DataSource } from 'typeorm';
import type { Config } from './config.js';
import { createDataSource, migrate, type Schema } from './database.js';
import { startEmbeddedPostgres } from './embedded-postgres/index.js';

/** A server to work with: the one that is configured, or one of our own. */
export interface DatabaseServer {
  readonly url: string;
  /** Where the data lie, when the server is our own. */
  readonly directory?: string;
  stop(): Promise<void>;
}

/** Connections beyond the pool's: migrations, the health check, a look from outside. */
const spareConnections = 20;

/** The server of DATABASE_URL; without one, a PostgreSQL of our own, whose data outlives a power cut. */
export async function databaseServer(config: Config): Promise<DatabaseServer> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: () => Promise.resolve() };
  return startEmbeddedPostgres({
    directory: config.dataDirectory,
    durable: true,
    connections: config.databasePoolSize + spareConnections,
  });
}

/** A connected data source whose schema is up to date. */
export async function openDatabase(url: string, config: Config, schema: Schema): Promise<DataSource> {
  const dataSource = createDataSource(url, config.databasePoolSize, schema);
  await migrate(url, dataSource);
  return dataSource;
}
