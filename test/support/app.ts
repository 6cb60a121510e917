import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest, { type Test } from 'supertest';
import type { DataSource } from 'typeorm';
import { createApp, type MoreParts, schema } from '../../src/app.js';
import type { Clock } from '../../src/platform/clock.js';
import { readConfig } from '../../src/platform/config.js';
import { createOwnerDataSource, createServiceDataSource } from '../../src/platform/database.js';
import { createLogger, type Logger } from '../../src/platform/log.js';

import { holdToContract } from './contract.js';
import { freshDatabase } from './database.js';
import { trust } from './trust.js';

/** Sends requests to the app under test; every answer is held against openapi.yaml. */
export interface TestClient {
  get(path: string): Test;
  post(path: string): Test;
  put(path: string): Test;
  patch(path: string): Test;
  delete(path: string): Test;
}

/** The real app on a database of its own, listening on a free port. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly request: TestClient;
  /** The database as its owner sees it: all of it, whoever the app acts for. */
  readonly dataSource: DataSource;
  /** `http://127.0.0.1:…`, for a test that speaks HTTP by itself. */
  readonly url: string;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** A clock that stands still. */
  readonly clock?: Clock;
  /** Modules of the test beside the real ones; their answers are not in openapi.yaml, so nothing is held against it. */
  readonly more?: MoreParts;
  /** More of the configuration, as environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether requests without a token are answered as if the service itself had sent them; true unless a test is about access. */
  readonly isTrusting?: boolean;
  /** Where the log goes; nowhere unless a test reads it. */
  readonly logger?: Logger;
}

type Method = keyof TestClient;

function clientOf(url: string, isHeld: boolean): TestClient {
  const send =
    (method: Method) =>
    (path: string): Test => {
      const test = supertest(url)[method](path);
      if (!isHeld) return test;
      return test.expect((answer) => {
        holdToContract(method, path, answer);
      });
    };
  return { get: send('get'), post: send('post'), put: send('put'), patch: send('patch'), delete: send('delete') };
}

/** Starts the app as the service does. Close it in `afterAll`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { clock, more, environment, isTrusting = true, logger = createLogger('silent') } = options;
  const database = await freshDatabase();
  const config = readConfig({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '5', ...environment });
  const owned = await createOwnerDataSource(database.url, schema).initialize();
  const dataSource = await createServiceDataSource(database.url, config.databasePoolSize, schema).initialize();
  const app = await createApp({ config, dataSource, logger, ...(clock && { clock }), ...(more && { more }) });
  if (isTrusting) trust(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const close = async (): Promise<void> => {
    await app.close();
    await dataSource.destroy();
    await owned.destroy();
    await database.drop();
  };
  return { app, request: clientOf(url, more === undefined), dataSource: owned, url, close };
}
