import { it } from '@jest/globals';
import { startTestApp } from './support/app.js';
import { readWaiting } from '../src/imports/storage/row.store.js';
it('x', async () => {
  const app = await startTestApp();
  const id = '01a00000-0000-7000-8000-000000000000';
  await app.dataSource.query(`INSERT INTO import_rows SELECT $1, 'key ' || (g * 7919 % 300000), g, '{"a":1}', 7 FROM generate_series(1, 300000) g`, [id]);
  await app.dataSource.query(`INSERT INTO import_rows SELECT '01b00000-0000-7000-8000-000000000000', 'key ' || (g * 7919 % 300000), g, '{"a":1}', 7 FROM generate_series(1, 300000) g`);
  let after: any; let n = 0; const t = performance.now(); let worst = 0;
  for (;;) { const s = performance.now(); const rows = await readWaiting<object>(app.dataSource.manager, id, after); worst = Math.max(worst, performance.now() - s); n += rows.length; after = rows.at(-1); if (!after) break; }
  console.log(n, performance.now() - t | 0, 'ms, worst page', worst | 0);
  console.log((await app.dataSource.query(`EXPLAIN ANALYZE SELECT key, line, value, size FROM import_rows WHERE import_id = $1 AND (key, line) > ($2::text COLLATE "C", $3::int) ORDER BY key, line LIMIT 500`, [id, 'key 5', 0])).map((r: any) => r['QUERY PLAN']).join('\n'));
  await app.close();
}, 300000);
