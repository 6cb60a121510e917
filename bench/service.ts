import type { AccessTable } from '../src/access/index.js';
import { type Config, readConfig } from '../src/platform/config.js';
import { createOwnerDataSource, createServiceDataSource } from '../src/platform/database.js';
import { createLogger } from '../src/platform/log.js';
import { createApp, schema } from '../src/app.js';
import { startTestServer } from '../test/support/test-server.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { trust } from '../test/support/trust.js';
import { bare } from './bare.js';

/** The service with the bench's own handlers beside the real ones, on an embedded PostgreSQL of its own; loopback only. */
export interface BenchService {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly dataSource: DataSource;
  /** Starts the service once more without any control of access; stop it before this one. */
  openUp(access: AccessTable): Promise<OpenService>;
  stop(): Promise<void>;
}

/** A service that lets anybody in. */
export interface OpenService {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startBenchService(): Promise<BenchService> {
  const server = await startTestServer();
  const database = new URL(server.url);
  database.pathname = server.template;
  const config = readConfig({ DATABASE_URL: database.href, RATE_LIMIT: '10000000', RATE_LIMIT_ANONYMOUS: '10000000' });
  const dataSource = await createServiceDataSource(database.href, config.databasePoolSize, schema).initialize();
  const app = await createApp({ config, dataSource, logger: createLogger('silent'), more: bare });
  trust(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  const openUp = (access: AccessTable): Promise<OpenService> => startOpenService(config, database.href, access);
  const stop = async (): Promise<void> => {
    await app.close();
    await dataSource.destroy();
    await server.stop();
  };
  return { url: await app.getUrl(), app, dataSource, openUp, stop };
}

/** The same on the same database as somebody for whom no row-level security holds, where anybody may call some operations. */
async function startOpenService(config: Config, databaseUrl: string, access: AccessTable): Promise<OpenService> {
  const dataSource = await createOwnerDataSource(databaseUrl, schema, config.databasePoolSize).initialize();
  const app = await createApp({ config, dataSource, logger: createLogger('silent'), more: { modules: [], access } });
  await app.listen(0, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await app.close();
    await dataSource.destroy();
  };
  return { url: await app.getUrl(), stop };
}
