import { createApp, schema } from './app.js';
import { seedDemo, welcome } from './demo/index.js';
import { Sealer } from './events/index.js';
import { readConfig } from './platform/config.js';
import { run } from './platform/lifetime.js';
import { createLogger } from './platform/log.js';
import { databaseServer, openDatabase } from './platform/open-database.js';

await run(async (lifetime) => {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);

  const server = await databaseServer(config);
  lifetime.onEnd(() => server.stop());
  const dataSource = await openDatabase(server, config, schema);
  lifetime.onEnd(() => dataSource.destroy());

  const app = await createApp({ config, dataSource, logger });
  lifetime.onEnd(() => app.close());
  await app.init();
  const students = config.seedDemo ? await seedDemo(app) : [];
  app.get(Sealer).start();
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  if (config.seedDemo) console.log(welcome({ url, data: server.directory ?? 'on the server of DATABASE_URL', students }));
  logger.info({ url, docs: `${url}/docs` }, 'ready');
});
