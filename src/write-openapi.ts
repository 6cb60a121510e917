import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createPreview, description, schema } from './app.js';
import { readConfig } from './platform/config.js';
import { createServiceDataSource } from './platform/database.js';
import { openApiFile } from './platform/documents.controller.js';
import { describeApi, openApiText } from './platform/openapi.js';

/** `npm run openapi` writes openapi.yaml from the code; `npm run openapi:check` fails when the file says something else. No database is touched. */
const config = readConfig({});
const app = await createPreview({ config, dataSource: createServiceDataSource('postgres://localhost', config.databasePoolSize, schema) });
const text = openApiText(describeApi(app, description));

if (!process.argv.includes('--check')) {
  writeFileSync(openApiFile, text);
} else if (!existsSync(openApiFile) || readFileSync(openApiFile, 'utf8') !== text) {
  console.error('openapi.yaml differs from the code: run "npm run openapi" and commit the result.');
  process.exitCode = 1;
}
