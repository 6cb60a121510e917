import type { DataSource } from 'typeorm';

/** How many rows every table holds: two of these are equal when nothing was written in between. */
export async function rowCounts(dataSource: DataSource): Promise<Readonly<Record<string, number>>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM "${name}"`).join(' UNION ALL ');
  const rows = await dataSource.query<{ name: string; rows: number }[]>(counts);
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
