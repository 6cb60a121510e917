import { readConfig } from '../src/platform/config.js';
import { createServiceDataSource } from '../src/platform/database.js';
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
  stop(): Promise<void>;
}

export async function startBenchService(): Promise<BenchService> {
  const server = await startTestServer();
  const database = new URL(server.url);
  database.pathname = server.template;
  const config = readConfig({ DATABASE_URL: database.href });
  const dataSource = await createServiceDataSource(database.href, config.databasePoolSize, schema).initialize();
  const app = await createApp({ config, dataSource, logger: createLogger('silent'), more: bare });
  trust(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await app.close();
    await dataSource.destroy();
    await server.stop();
  };
  return { url: await app.getUrl(), app, dataSource, stop };
}
