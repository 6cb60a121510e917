import { operatorUsage, registerOperator } from './access/index.js';
import { createApp, schema } from './app.js';
import { Problem } from './kernel/index.js';
import { readConfig } from './platform/config.js';
import { run } from './platform/lifetime.js';
import { createLogger } from './platform/log.js';
import { openDatabase } from './platform/open-database.js';

/** `npm run operator -- <name>` registers the machine that everything begins with: it records institutions and the people who administer them. */
await run(async (lifetime) => {
  const config = readConfig(process.env);
  const { dataSource } = await openDatabase(config, schema, lifetime);
  const app = await createApp({ config, dataSource, logger: createLogger('fatal') });
  lifetime.onEnd(() => app.close());
  await app.init();

  try {
    const registered = await registerOperator(app, process.argv.slice(2));
    if (registered === undefined) {
      console.error(operatorUsage);
      process.exitCode = 2;
    } else {
      console.log(JSON.stringify({ clientId: registered.client.id, clientSecret: registered.secret }, undefined, 2));
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.detail);
    process.exitCode = 1;
  }
  await lifetime.end();
});
