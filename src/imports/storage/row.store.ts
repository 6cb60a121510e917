import type { EntityManager } from 'typeorm';

/** A row of a file, as it waits. */
export interface WaitingRow<Value> {
  readonly line: number;
  readonly value: Value;
}

/** The same, with what it is about. */
export interface KeyedRow<Value> extends WaitingRow<Value> {
  readonly key: string;
}

/** A row as it is read again, with the bytes that its value takes as JSON. */
export interface SizedRow<Value> extends KeyedRow<Value> {
  readonly size: number;
}

/** After which row to read on. */
export type RowPlace = Pick<KeyedRow<unknown>, 'key' | 'line'>;

/** A row as it is written: its value as JSON text. */
export interface WrittenRow extends RowPlace {
  readonly json: string;
}

export async function insertWaiting(manager: EntityManager, importId: string, rows: readonly WrittenRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO import_rows (import_id, key, line, value, size)
     SELECT $1, key, line, value::jsonb, octet_length(value) FROM unnest($2::text[], $3::int[], $4::text[]) AS row(key, line, value)`,
    [importId, rows.map(({ key }) => key), rows.map(({ line }) => line), rows.map(({ json }) => json)],
  );
}

/** How many rows, and bytes of them, are read at a time; a row that is larger alone is read alone. */
const page = { rows: 500, bytes: 2 * 1024 * 1024 };

/** The next rows in the order of their keys, then of the file. Who wrote them says of which type they are. */
export async function readWaiting<Value>(
  manager: EntityManager,
  importId: string,
  after: RowPlace | undefined,
): Promise<readonly SizedRow<Value>[]> {
  return manager.query(
    `SELECT key, line, value, size FROM (
       SELECT key, line, value, size, sum(size) OVER (ORDER BY key, line) - size AS before FROM (
         SELECT key, line, value, size FROM import_rows
         WHERE import_id = $1 AND (key, line) > ($2::text COLLATE "C", $3::int) ORDER BY key, line LIMIT $4
       ) next
     ) summed WHERE before < $5 ORDER BY key, line`,
    [importId, after?.key ?? '', after?.line ?? 0, page.rows, page.bytes],
  );
}

export async function deleteWaiting(manager: EntityManager, importId: string): Promise<void> {
  await manager.query('DELETE FROM import_rows WHERE import_id = $1', [importId]);
}

/** Deletes what imports have left behind whose process was killed: ids sort by the time they were made. */
export async function deleteLeftBehind(manager: EntityManager, olderThan: string): Promise<void> {
  await manager.query('DELETE FROM import_rows WHERE import_id < $1', [olderThan]);
}
