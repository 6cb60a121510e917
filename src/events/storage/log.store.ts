import { hexToBytes } from '@noble/hashes/utils.js';
import type { EntityManager } from 'typeorm';
import { Keyset, type Page, type PageQuery, rowsToRead } from '../../platform/index.js';
import {
  coverOf,
  foldCover,
  GrowingTree,
  type Hash,
  type LeafRange,
  type NodeAddress,
  type SignedHead,
  type TreeNode,
} from '../domain/index.js';

type HeadRow = Readonly<{ institution_id: string; size: string; root: string; at: Date; signature: string }>;

const selectHeads = 'SELECT institution_id, size, root, at, signature FROM log_heads WHERE institution_id = $1';

function headOf({ institution_id, size, root, at, signature }: HeadRow): SignedHead {
  return { institution: institution_id, size: Number(size), root, at: at.toISOString(), signature };
}

export async function readLatestHead(manager: EntityManager, institution: string): Promise<SignedHead | undefined> {
  const [row] = await manager.query<HeadRow[]>(`${selectHeads} ORDER BY size DESC LIMIT 1`, [institution]);
  return row && headOf(row);
}

/** A moment in the life of a log. */
export interface Cut {
  /** Number of sealed entries. */
  readonly size: number;
  /** The greatest id of those that waited to be sealed; null when none did. */
  readonly lastWaiting: string | null;
}

/** Where a log is now, both in one statement. */
export async function readCut(manager: EntityManager, institution: string): Promise<Cut> {
  const [row] = await manager.query<{ size: string; lastWaiting: string | null }[]>(
    `SELECT coalesce((SELECT max(size) FROM log_heads WHERE institution_id = $1), 0) AS size,
       (SELECT id FROM unsealed_entries WHERE institution_id = $1 ORDER BY id DESC LIMIT 1) AS "lastWaiting"`,
    [institution],
  );
  return { size: Number(row?.size ?? 0), lastWaiting: row?.lastWaiting ?? null };
}

/** The head of exactly so many entries. */
export async function readHead(manager: EntityManager, institution: string, size: number): Promise<SignedHead | undefined> {
  const [row] = await manager.query<HeadRow[]>(`${selectHeads} AND size = $2`, [institution, size]);
  return row && headOf(row);
}

/** The heads of more than `after` and at most `to` entries, in their order. */
export async function readHeadsUpTo(manager: EntityManager, institution: string, after: number, to: number): Promise<SignedHead[]> {
  const rows = await manager.query<HeadRow[]>(`${selectHeads} AND size > $2 AND size <= $3 ORDER BY size`, [institution, after, to]);
  return rows.map(headOf);
}

const newestFirst = new Keyset('audit-heads', (parts): parts is readonly [number] => parts.length === 1 && Number.isSafeInteger(parts[0]));

/** The heads of a log, the newest first. */
export async function listHeads(manager: EntityManager, institution: string, query: PageQuery): Promise<Page<SignedHead>> {
  const before = newestFirst.after(query)?.[0] ?? Number.MAX_SAFE_INTEGER;
  const rows = await manager.query<HeadRow[]>(`${selectHeads} AND size < $2 ORDER BY size DESC LIMIT $3`, [
    institution,
    before,
    rowsToRead(query),
  ]);
  return newestFirst.page(query, rows, ({ size }) => [Number(size)], headOf);
}

/** The hashes of ranges of leaves, out of the stored subtrees: a few for each range, in one statement. */
export async function readRangeHashes(manager: EntityManager, institution: string, ranges: readonly LeafRange[]): Promise<readonly Hash[]> {
  const covers = ranges.map(coverOf);
  const hashes = await readNodes(manager, institution, covers.flat());
  return covers.map((cover) => foldCover(cover.map((address) => hashAt(hashes, address))));
}

/** The tree of a log's first so many leaves, to grow on. */
export async function readTree(manager: EntityManager, institution: string, size: number): Promise<GrowingTree> {
  const cover = coverOf({ start: 0, end: size });
  const hashes = await readNodes(manager, institution, cover);
  return GrowingTree.of(
    size,
    cover.map((address) => hashAt(hashes, address)),
  );
}

const nameOf = ({ level, index }: NodeAddress): string => `${String(level)}/${String(index)}`;

function hashAt(hashes: ReadonlyMap<string, Hash>, address: NodeAddress): Hash {
  const hash = hashes.get(nameOf(address));
  if (hash === undefined) throw new Error(`the log has lost its node ${nameOf(address)}`);
  return hash;
}

async function readNodes(
  manager: EntityManager,
  institution: string,
  addresses: readonly NodeAddress[],
): Promise<ReadonlyMap<string, Hash>> {
  if (addresses.length === 0) return new Map();
  const rows = await manager.query<{ level: number; index: string; hash: string }[]>(
    `SELECT level, index, encode(hash, 'hex') AS hash FROM log_nodes
     WHERE institution_id = $1 AND (level, index) IN (SELECT * FROM unnest($2::smallint[], $3::bigint[]))`,
    [institution, addresses.map(({ level }) => level), addresses.map(({ index }) => index)],
  );
  return new Map(rows.map(({ level, index, hash }) => [nameOf({ level, index: Number(index) }), hexToBytes(hash)]));
}

/** An entry that waits to be sealed. */
export interface UnsealedEntry {
  readonly partition: string;
  readonly id: string;
  readonly digest: string;
}

/** Whose entries wait. */
export async function readWaitingLogs(manager: EntityManager): Promise<readonly string[]> {
  const rows = await manager.query<{ institution_id: string }[]>(
    'SELECT DISTINCT institution_id FROM unsealed_entries ORDER BY institution_id',
  );
  return rows.map(({ institution_id }) => institution_id);
}

/** The entries of a log that wait, in the order of their ids. */
export async function readWaitingEntries(manager: EntityManager, institution: string, limit: number): Promise<readonly UnsealedEntry[]> {
  return manager.query<UnsealedEntry[]>(
    `SELECT partition_id AS partition, id, digest FROM unsealed_entries JOIN journal_entries USING (institution_id, partition_id, id)
     WHERE institution_id = $1 ORDER BY id LIMIT $2`,
    [institution, limit],
  );
}

/** What a batch adds to a log. */
export interface Extension {
  /** The index of the first entry. */
  readonly from: number;
  readonly entries: readonly UnsealedEntry[];
  readonly nodes: readonly TreeNode[];
  readonly head: SignedHead;
}

/** Adds a batch to a log, and takes its entries off the list of those that wait. */
export async function extendLog(manager: EntityManager, { from, entries, nodes, head }: Extension): Promise<void> {
  const { institution, size, root, at, signature } = head;
  const keys = [entries.map(({ partition }) => partition), entries.map(({ id }) => id)];
  await manager.query(
    `INSERT INTO log_leaves (institution_id, leaf_index, partition_id, entry_id)
     SELECT $1, $2::bigint + number - 1, partition_id, id FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS entry (partition_id, id, number)`,
    [institution, from, ...keys],
  );
  await manager.query(
    `INSERT INTO log_nodes (institution_id, level, index, hash)
     SELECT $1, level, index, hash FROM unnest($2::smallint[], $3::bigint[], $4::bytea[]) AS node (level, index, hash)`,
    [institution, nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => Buffer.from(hash))],
  );
  await manager.query('INSERT INTO log_heads (institution_id, size, root, at, signature) VALUES ($1, $2, $3, $4, $5)', [
    institution,
    size,
    root,
    at,
    signature,
  ]);
  await manager.query('DELETE FROM unsealed_entries WHERE (partition_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))', keys);
}

/** The letters "log seal" as a number. */
export const sealerLock = '7813577267583738220';

/** Whether this transaction is the one that seals, until it ends. */
export async function isElected(manager: EntityManager): Promise<boolean> {
  const [lock] = await manager.query<{ held: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS held', [sealerLock]);
  return lock?.held === true;
}
