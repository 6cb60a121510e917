import type { EntityManager } from 'typeorm';
import { byId, Conditions, type JournalEntry, type Page, type PageQuery, rowsToRead } from '../../platform/index.js';
import type { Cut } from './log.store.js';

/** A journal entry with its digest, and its place in the log once it is sealed. */
export interface FiledEntry {
  readonly entry: JournalEntry;
  readonly digest: string;
  readonly index: number | null;
}

/** An entry that is in the log. */
export interface SealedEntry extends FiledEntry {
  readonly index: number;
}

/** Which entries of a log. */
export interface EntryFilter {
  readonly resource?: string;
  /** Instants (RFC 3339): from the first on, before the second. */
  readonly from?: string;
  readonly until?: string;
}

type EntryRow = Readonly<{
  id: string;
  partition_id: string;
  institution_id: string;
  at: Date;
  subject: string;
  client_id: string | null;
  request_id: string | null;
  action: string;
  resource_kind: string;
  resource_id: string;
  before_digest: string | null;
  after_digest: string | null;
  digest: string;
  leaf_index: string | null;
}>;

const columns = `
  entry.id, entry.partition_id, entry.institution_id, at, subject, client_id, request_id, action, resource_kind, resource_id,
  before_digest, after_digest, digest`;

function filed(row: EntryRow): FiledEntry {
  return {
    entry: {
      id: row.id,
      partition: row.partition_id,
      institution: row.institution_id,
      at: row.at.toISOString(),
      subject: row.subject,
      client: row.client_id,
      request: row.request_id,
      action: row.action,
      resource: { kind: row.resource_kind, id: row.resource_id },
      before: row.before_digest,
      after: row.after_digest,
    },
    digest: row.digest,
    index: row.leaf_index === null ? null : Number(row.leaf_index),
  };
}

const fromJournal = `
  FROM journal_entries entry
  LEFT JOIN log_leaves leaf ON leaf.institution_id = entry.institution_id AND leaf.entry_id = entry.id`;

const order = byId('audit-entries');

/** The least UUIDv7 that was made at an instant or later: ids begin with their time. */
function leastIdAt(instant: string): string {
  const time = Math.max(0, Date.parse(instant)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** The entries of a log in the order of their ids, which is that of their times. */
export async function listEntries(
  manager: EntityManager,
  institution: string,
  { resource, from, until }: EntryFilter,
  query: PageQuery,
): Promise<Page<FiledEntry>> {
  const conditions = new Conditions();
  conditions.add(institution, (value) => `entry.institution_id = ${value}`);
  conditions.add(resource, (value) => `entry.resource_id = ${value}`);
  conditions.add(from && leastIdAt(from), (value) => `entry.id >= ${value}`);
  conditions.add(until && leastIdAt(until), (value) => `entry.id < ${value}`);
  conditions.add(order.after(query)?.[0], (id) => `entry.id > ${id}`);
  const rows = await manager.query<EntryRow[]>(
    `SELECT ${columns}, leaf_index ${fromJournal} WHERE ${conditions.sql} ORDER BY entry.id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, ({ id }) => [id], filed);
}

/** An entry of a log, sealed or not. */
export async function readEntry(manager: EntityManager, institution: string, id: string): Promise<FiledEntry | undefined> {
  const [row] = await manager.query<EntryRow[]>(
    `SELECT ${columns}, leaf_index ${fromJournal} WHERE entry.institution_id = $1 AND entry.id = $2`,
    [institution, id],
  );
  return row && filed(row);
}

/** The sealed entries from one place up to, not including, another. One whose journal row is gone leaves a gap. */
export async function readSealed(manager: EntityManager, institution: string, from: number, to: number): Promise<SealedEntry[]> {
  const rows = await manager.query<(EntryRow & { leaf_index: string })[]>(
    `SELECT ${columns}, leaf_index
     FROM log_leaves leaf JOIN journal_entries entry ON entry.partition_id = leaf.partition_id AND entry.id = leaf.entry_id
     WHERE leaf.institution_id = $1 AND leaf_index >= $2 AND leaf_index < $3 ORDER BY leaf_index`,
    [institution, from, to],
  );
  return rows.map((row) => ({ ...filed(row), index: Number(row.leaf_index) }));
}

/**
 * Entries that waited to be sealed at a cut, in the order of their ids, after one of them. Those that have been sealed since are leaves from the cut on,
 * so one statement finds each of them in one of two places.
 */
export async function readWaitingSince(
  manager: EntityManager,
  institution: string,
  { size, lastWaiting }: Cut,
  after: string,
  limit: number,
): Promise<FiledEntry[]> {
  const rows = await manager.query<EntryRow[]>(
    `SELECT ${columns}, NULL AS leaf_index
     FROM (
       SELECT partition_id, id FROM unsealed_entries WHERE institution_id = $1 AND id > $2 AND id <= $3
       UNION ALL
       SELECT partition_id, entry_id FROM log_leaves WHERE institution_id = $1 AND leaf_index >= $4 AND entry_id > $2 AND entry_id <= $3
     ) waiting
     JOIN journal_entries entry ON entry.partition_id = waiting.partition_id AND entry.id = waiting.id
     ORDER BY entry.id LIMIT $5`,
    [institution, after, lastWaiting, size, limit],
  );
  return rows.map(filed);
}
