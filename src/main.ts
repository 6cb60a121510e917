import { createApp, schema } from './app.js';
import { seedDemo, welcome } from './demo/index.js';
import { Sealer } from './events/index.js';
import { type Config, readConfig } from './platform/config.js';
import { freePort } from './platform/free-port.js';
import { run } from './platform/lifetime.js';
import { createLogger } from './platform/log.js';
import { openDatabase } from './platform/open-database.js';

/** Port 0 is any free one. It is chosen before anything else, because the tokens of the service name its address as their issuer. */
async function withPort(config: Config): Promise<Config> {
  if (config.port !== 0) return config;
  const port = await freePort(config.host);
  return { ...config, port, publicUrl: config.publicUrl.replace(/:0$/, `:${String(port)}`) };
}

await run(async (lifetime) => {
  const config = await withPort(readConfig(process.env));
  const logger = createLogger(config.logLevel);

  const { dataSource, directory } = await openDatabase(config, schema, lifetime);

  const app = await createApp({ config, dataSource, logger });
  lifetime.onEnd(() => app.close());
  await app.init();
  const students = config.seedDemo ? await seedDemo(app) : [];
  app.get(Sealer).start();
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  if (config.seedDemo) console.log(welcome({ url, data: directory ?? 'on the server of DATABASE_URL', students }));
  logger.info({ url, docs: `${url}/docs` }, 'ready');
});
