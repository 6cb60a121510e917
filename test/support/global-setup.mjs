import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);

/** One PostgreSQL for a whole run of tests, with a migrated database in it that each test file gets a copy of. */
export default async function setUp() {
  const { startTestServer } = await import('./test-server.ts');
  const server = await startTestServer();
  // Workers are forked after this and inherit the environment.
  process.env.TEST_DATABASE_URL = server.url;
  process.env.TEST_TEMPLATE = server.template;
  globalThis.stopTestServer = server.stop;
}
