import type { EntityManager } from 'typeorm';
import { byId, Conditions, explainConstraints, type Page, type PageQuery, preparedQuery, rowsToRead } from '../../platform/index.js';
import type { RecordedEntry, RedemptionEntry } from '../domain/index.js';
import { RedemptionEntryRow } from './redemption.rows.js';

explainConstraints({
  redemption_entries_learner_id_replaces_id_key: 'A later entry has replaced this one already.',
  redemption_entries_institution_id_fkey: 'The institution does not exist.',
  redemption_entries_learner_id_completion_id_fkey: 'The completion does not exist.',
});

/** What a ledger may be held to. */
export interface RedemptionFilter {
  readonly completion?: string;
  readonly institution?: string;
  /** Only entries that stand, or only those that do not. */
  readonly inForce?: boolean;
}

type FoundEntry = Readonly<{
  id: string;
  completion_id: string;
  institution_id: string;
  programme_code: string;
  decided_on: string;
  kind: RedemptionEntry['kind'];
  replaces_id: string | null;
  recorded_at: Date;
  in_force: boolean;
}>;

/** An entry stands when it gives credit and no later entry has replaced it: the same as `redemptionsInForce` of the domain. */
const inForce = `
  (entry.kind <> 'undone' AND NOT EXISTS (
    SELECT FROM redemption_entries later WHERE later.learner_id = entry.learner_id AND later.replaces_id = entry.id))`;

const select = `
  SELECT id, completion_id, institution_id, programme_code, decided_on, kind, replaces_id, recorded_at, ${inForce} AS in_force
  FROM redemption_entries entry`;

/** A check constraint holds kind and replaced entry together, so a later kind without one is never read. */
function entryOf(row: FoundEntry): RecordedEntry {
  const line = {
    id: row.id,
    completion: row.completion_id,
    institution: row.institution_id,
    programme: row.programme_code,
    decidedOn: row.decided_on,
    recordedAt: row.recorded_at.toISOString(),
    inForce: row.in_force,
  };
  return row.kind === 'redeemed' || row.replaces_id === null
    ? { ...line, kind: 'redeemed' }
    : { ...line, kind: row.kind, replaces: row.replaces_id };
}

/** The whole ledger of a learner, in the order of the entries. */
export async function readLedger(manager: EntityManager, learner: string): Promise<RecordedEntry[]> {
  const rows = await preparedQuery<FoundEntry>(manager, `${select} WHERE learner_id = $1 ORDER BY id`, [learner]);
  return rows.map(entryOf);
}

/** Entries of a learner's ledger in their order. */
export async function listEntries(
  manager: EntityManager,
  learner: string,
  filter: RedemptionFilter,
  query: PageQuery,
): Promise<Page<RecordedEntry>> {
  const order = byId('redemptions');
  const conditions = new Conditions();
  conditions.add(learner, (value) => `learner_id = ${value}`);
  conditions.add(filter.completion, (completion) => `completion_id = ${completion}`);
  conditions.add(filter.institution, (institution) => `institution_id = ${institution}`);
  conditions.add(filter.inForce, (stands) => `${inForce} = ${stands}::boolean`);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundEntry[]>(
    `${select} WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], entryOf);
}

export async function insertEntry(manager: EntityManager, learner: string, entry: RedemptionEntry, recordedAt: string): Promise<void> {
  await manager.insert(RedemptionEntryRow, {
    learnerId: learner,
    id: entry.id,
    completionId: entry.completion,
    institutionId: entry.institution,
    programmeCode: entry.programme,
    decidedOn: entry.decidedOn,
    kind: entry.kind,
    replacesId: entry.kind === 'redeemed' ? null : entry.replaces,
    recordedAt: new Date(recordedAt),
    readers: [entry.institution],
  });
}

/** A JSON array of the uses in force as `{ completion, institution, programme }`, in the order of the entries. The learner is an SQL expression. */
export function redemptionFactsSql(learner: string): string {
  return `(
    SELECT coalesce(json_agg(
      json_build_object('completion', completion_id, 'institution', institution_id, 'programme', programme_code) ORDER BY id), '[]')
    FROM redemption_entries entry
    WHERE learner_id = ${learner} AND ${inForce}
  )`;
}
