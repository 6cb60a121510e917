import type { DataSource } from 'typeorm';
import type { Config } from './config.js';
import { createOwnerDataSource, createServiceDataSource, migrate, refuseMightyRole, type Schema } from './database.js';
import { startEmbeddedPostgres } from './embedded-postgres/index.js';
import type { Lifetime } from './lifetime.js';
import { createServiceLogin } from './service-login.js';

/** A server to work with: the one that is configured, or one of our own. */
export interface DatabaseServer {
  /** For the owner of the schema, who migrates. */
  readonly ownerUrl: string;
  /** For the service, once the schema is there. */
  serviceUrl(): Promise<string>;
  /** Where the data lie, when the server is our own. */
  readonly directory?: string;
  stop(): Promise<void>;
}

/** Connections beyond the pool's: migrations, the health check, a look from outside. */
const spareConnections = 20;

/** The server of DATABASE_URL; without one, a PostgreSQL of our own, whose data outlives a power cut. */
export async function databaseServer(config: Config): Promise<DatabaseServer> {
  const { databaseUrl, databaseMigrationUrl } = config;
  if (databaseUrl !== undefined) {
    return { ownerUrl: databaseMigrationUrl ?? databaseUrl, serviceUrl: () => Promise.resolve(databaseUrl), stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres({
    directory: config.dataDirectory,
    durable: true,
    connections: config.databasePoolSize + spareConnections,
  });
  return {
    ownerUrl: server.url,
    serviceUrl: () => createServiceLogin(server.url),
    directory: server.directory,
    stop: () => server.stop(),
  };
}

/** The service's data source, connected, on a schema that is up to date, and where the data lie when the server is our own; until the process ends. */
export async function openDatabase(
  config: Config,
  schema: Schema,
  lifetime: Lifetime,
): Promise<{ readonly dataSource: DataSource; readonly directory?: string }> {
  const server = await databaseServer(config);
  lifetime.onEnd(() => server.stop());
  const owner = createOwnerDataSource(server.ownerUrl, schema);
  try {
    await migrate(server.ownerUrl, owner);
  } finally {
    if (owner.isInitialized) await owner.destroy();
  }
  const dataSource = await createServiceDataSource(await server.serviceUrl(), config.databasePoolSize, schema).initialize();
  lifetime.onEnd(() => dataSource.destroy());
  await refuseMightyRole(dataSource);
  const { directory } = server;
  return directory === undefined ? { dataSource } : { dataSource, directory };
}
