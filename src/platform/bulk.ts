import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { RowClass } from './database.js';

/** Rows of one class with every column set, as `manager.insert` takes them. */
type Rows<Row> = readonly Row[];

function columnsOf(manager: EntityManager, rowClass: RowClass): { table: string; names: [property: string, column: string][] } {
  const metadata = manager.dataSource.getMetadata(rowClass);
  return { table: metadata.tableName, names: metadata.columns.map((column) => [column.propertyName, column.databaseName]) };
}

/** The rows as one JSON text with column names, which PostgreSQL reads by the table's own column types: one parameter, however many rows. */
function asJson(rows: Rows<ObjectLiteral>, names: readonly [string, string][]): string {
  return JSON.stringify(rows.map((row) => Object.fromEntries(names.map(([property, column]) => [column, row[property] as unknown]))));
}

/** Inserts a set of rows in one statement. */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  rowClass: RowClass & (new () => Row),
  rows: Rows<Row>,
): Promise<void> {
  if (rows.length === 0) return;
  const { table, names } = columnsOf(manager, rowClass);
  const list = names.map(([, column]) => `"${column}"`).join(', ');
  await manager.query(`INSERT INTO "${table}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${table}", $1::json)`, [
    asJson(rows, names),
  ]);
}

/** Overwrites a set of rows, found by their `id`, in one statement. */
export async function updateRows<Row extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  rowClass: RowClass & (new () => Row),
  rows: Rows<Row>,
): Promise<void> {
  if (rows.length === 0) return;
  const { table, names } = columnsOf(manager, rowClass);
  const changes = names.filter(([, column]) => column !== 'id').map(([, column]) => `"${column}" = changed."${column}"`);
  await manager.query(
    `UPDATE "${table}" SET ${changes.join(', ')} FROM json_populate_recordset(NULL::"${table}", $1::json) AS changed WHERE "${table}".id = changed.id`,
    [asJson(rows, names)],
  );
}
