import type { SizedRow, WaitingRow } from './storage/row.store.js';

/** The rows about one thing, in the order of the file. */
export interface Group<Value> {
  readonly rows: readonly WaitingRow<Value>[];
  /** Bytes of the rows as JSON. */
  readonly size: number;
}

/** How much may be said about one thing. */
export interface GroupLimits {
  readonly rows: number;
  readonly bytes: number;
}

/** Rows that are taken together in one step, unless one thing alone has more. */
const usualBatch: GroupLimits = { rows: 200, bytes: 1024 * 1024 };

/** Rows in the order of their keys as groups. Rows beyond the limits of their group are handed to `leaveOut`, so that memory has a bound. */
export async function* groupsOf<Value>(
  rows: AsyncIterable<SizedRow<Value>>,
  limits: GroupLimits,
  leaveOut: (row: WaitingRow<Value>) => void,
): AsyncGenerator<Group<Value>> {
  let group: SizedRow<Value>[] = [];
  let size = 0;
  for await (const row of rows) {
    if (group[0] !== undefined && group[0].key !== row.key) {
      yield { rows: group, size };
      group = [];
      size = 0;
    }
    if (group.length < limits.rows && size + row.size <= limits.bytes) {
      group.push(row);
      size += row.size;
    } else leaveOut(row);
  }
  if (group.length > 0) yield { rows: group, size };
}

/** Groups in batches of some hundred rows; a group is never split. */
export async function* batchesOf<Value>(groups: AsyncIterable<Group<Value>>): AsyncGenerator<readonly Group<Value>[]> {
  let batch: Group<Value>[] = [];
  let [rows, bytes] = [0, 0];
  for await (const group of groups) {
    const isFull = rows + group.rows.length > usualBatch.rows || bytes + group.size > usualBatch.bytes;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      [rows, bytes] = [0, 0];
    }
    batch.push(group);
    rows += group.rows.length;
    bytes += group.size;
  }
  if (batch.length > 0) yield batch;
}
