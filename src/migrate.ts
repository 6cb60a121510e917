import { schema } from './app.js';
import { readConfig } from './platform/config.js';
import { createOwnerDataSource, migrate, migrateUndo } from './platform/database.js';
import { run } from './platform/lifetime.js';
import { databaseServer } from './platform/open-database.js';

/** `npm run migrate` brings the database up to date; `npm run migrate:undo` takes the last migration back. */
await run(async (lifetime) => {
  const config = readConfig(process.env);
  const server = await databaseServer(config);
  lifetime.onEnd(() => server.stop());
  const dataSource = createOwnerDataSource(server.ownerUrl, schema);
  lifetime.onEnd(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });

  if (process.argv.includes('--undo')) await migrateUndo(server.ownerUrl, dataSource);
  else for (const name of await migrate(server.ownerUrl, dataSource)) console.log(`ran ${name}`);
  await lifetime.end();
});
