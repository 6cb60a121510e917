import { schema } from './app.js';
import { LogKeys } from './events/index.js';
import { readConfig } from './platform/config.js';
import { run } from './platform/lifetime.js';
import { openDatabase } from './platform/open-database.js';

const usage = `npm run rotate-log-key

Makes a new key that the heads and exports of the audit logs are signed with from now on, and prints its public part. It takes no arguments.`;

/** `npm run rotate-log-key` replaces the key of the audit logs. Processes that run sign with the new one from their next round on. */
await run(async (lifetime) => {
  if (process.argv.length > 2) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const config = readConfig(process.env);
  const { dataSource } = await openDatabase(config, schema, lifetime);
  console.log(JSON.stringify(await new LogKeys(dataSource, config).rotate(), undefined, 2));
  await lifetime.end();
});
