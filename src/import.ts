import { createApp, schema } from './app.js';
import { commandOf, runImport, usage } from './imports/index.js';
import { Problem } from './kernel/index.js';
import { readConfig } from './platform/config.js';
import { run } from './platform/lifetime.js';
import { createLogger } from './platform/log.js';
import { openDatabase } from './platform/open-database.js';
import { asService } from './platform/request-context.js';

/** `npm run import -- <format> <file>` imports a file without the service, and prints the report. It fails where anything was not taken. */
await run(async (lifetime) => {
  const command = commandOf(process.argv.slice(2));
  if (command.kind === 'unclear') {
    console.error(`${command.detail}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const config = readConfig(process.env);
  const { dataSource } = await openDatabase(config, schema, lifetime);
  const app = await createApp({ config, dataSource, logger: createLogger('fatal') });
  lifetime.onEnd(() => app.close());
  await app.init();

  try {
    const report = await asService('import command', () => runImport(app, command));
    console.log(JSON.stringify(report, undefined, 2));
    if (report.errorCount > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error([error.detail, ...error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim())].join('\n'));
    process.exitCode = 1;
  }
  await lifetime.end();
});
