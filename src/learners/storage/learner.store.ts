import type { EntityManager } from 'typeorm';
import {
  byId,
  Conditions,
  explainConstraints,
  insertRows,
  type Page,
  type PageQuery,
  preparedQuery,
  rowsToRead,
} from '../../platform/index.js';
import { identifierDigest, type IdentifierKey, type Learner, type LinkedIdentifier } from '../domain/index.js';
import { LearnerIdentifierRow, LearnerRow } from './learner.rows.js';

explainConstraints({
  learner_identifiers_institution_id_fkey: 'The institution of an identifier does not exist.',
  learner_identifiers_learner_id_institution_id_scheme_value_key: 'The learner has this identifier already.',
  learner_identifiers_learner_id_fkey: 'There is no such learner.',
});

/** What a list of learners may be held to: one identifier that has all the parts given. */
export interface LearnerFilter {
  readonly identifier?: string;
  readonly identifierScheme?: string;
  readonly identifierInstitution?: string;
}

interface FoundLearner {
  readonly learner_id: string;
  readonly display_name: string | null;
  readonly version: number;
  readonly modified_at: Date;
  readonly identifiers: readonly LinkedIdentifier[];
}

const columns = `
  learner.learner_id, display_name, version, modified_at,
  (SELECT coalesce(
     json_agg(json_build_object('id', id, 'institution', institution_id, 'scheme', scheme, 'value', value, 'proof', proof) ORDER BY id), '[]')
   FROM learner_identifiers identifier WHERE identifier.learner_id = learner.learner_id) AS identifiers`;

function learnerOf(row: FoundLearner): Learner {
  return {
    id: row.learner_id,
    ...(row.display_name === null ? {} : { displayName: row.display_name }),
    identifiers: row.identifiers,
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

export async function readLearner(manager: EntityManager, id: string): Promise<Learner | undefined> {
  const rows = await preparedQuery<FoundLearner>(manager, `SELECT ${columns} FROM learners learner WHERE learner_id = $1`, [id]);
  return rows.map(learnerOf)[0];
}

/** Says whether the learner exists, and makes the commands on what one learner owns follow one another until the transaction ends. */
export async function lockLearner(manager: EntityManager, id: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>('SELECT learner_id FROM learners WHERE learner_id = $1 FOR NO KEY UPDATE', [id]);
  return rows.length > 0;
}

/** Learners in the order they were recorded. */
export async function listLearners(manager: EntityManager, filter: LearnerFilter, query: PageQuery): Promise<Page<Learner>> {
  const order = byId('learners');
  const conditions = new Conditions();
  const named = identifierConditions(filter, conditions);
  conditions.add(order.after(query)?.[0], (id) => `learner_id > ${id}`);
  const rows = await manager.query<FoundLearner[]>(
    `SELECT ${columns} FROM learners learner WHERE ${conditions.sql} AND ${named}
     ORDER BY learner_id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.learner_id], learnerOf);
}

/** The parts of a filter are of one and the same identifier. */
function identifierConditions(filter: LearnerFilter, conditions: Conditions): string {
  const parts: [string, string | undefined][] = [
    ['value', filter.identifier],
    ['scheme', filter.identifierScheme],
    ['institution_id', filter.identifierInstitution],
  ];
  const wanted = parts.flatMap(([column, value]) => (value === undefined ? [] : [`named.${column} = ${conditions.parameter(value)}`]));
  if (wanted.length === 0) return 'TRUE';
  return `EXISTS (SELECT FROM learner_identifiers named WHERE named.learner_id = learner.learner_id AND ${wanted.join(' AND ')})`;
}

/** Whether an institution recorded the learner, or the learner is enrolled there. */
export async function isSteward(manager: EntityManager, learner: string, institution: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>('SELECT FROM learners WHERE learner_id = $1 AND $2 = ANY (stewards)', [learner, institution]);
  return rows.length > 0;
}

export async function insertLearner(manager: EntityManager, learner: Learner, recordedBy: string | undefined): Promise<void> {
  const institutions = recordedBy === undefined ? [] : [recordedBy];
  await manager.insert(LearnerRow, {
    learnerId: learner.id,
    displayName: learner.displayName ?? null,
    version: learner.version,
    modifiedAt: new Date(learner.modifiedAt),
    recordedBy: recordedBy ?? null,
    stewards: institutions,
    readers: institutions,
  });
  await insertRows(manager, LearnerIdentifierRow, rowsOf(learner.id, learner.identifiers, institutions));
}

/** Overwrites what is said of the learner; the identifiers stay. */
export async function updateLearner(manager: EntityManager, learner: Learner): Promise<void> {
  const { id, displayName, version, modifiedAt } = learner;
  await manager.update(LearnerRow, { learnerId: id }, { displayName: displayName ?? null, version, modifiedAt: new Date(modifiedAt) });
}

function rowsOf(learner: string, identifiers: readonly LinkedIdentifier[], readers: readonly string[]): LearnerIdentifierRow[] {
  return identifiers.map(({ institution, ...rest }) => ({ ...rest, learnerId: learner, institutionId: institution, readers }));
}

/** Links one more identifier, which whoever sees the learner sees. */
export async function insertIdentifier(manager: EntityManager, learner: string, identifier: LinkedIdentifier): Promise<void> {
  const [known] = await manager.query<{ readers: readonly string[] }[]>('SELECT readers FROM learners WHERE learner_id = $1', [learner]);
  await insertRows(manager, LearnerIdentifierRow, rowsOf(learner, [identifier], known?.readers ?? []));
}

export async function deleteIdentifier(manager: EntityManager, learner: string, id: string): Promise<void> {
  await manager.delete(LearnerIdentifierRow, { learnerId: learner, id });
}

/** Claims identifiers for a learner; the answer is those that another learner has. */
export async function claimIdentifiers<Key extends IdentifierKey>(
  manager: EntityManager,
  learner: string,
  keys: readonly Key[],
): Promise<Key[]> {
  const digests = keys.map(identifierDigest);
  // In one order, so that commands that claim the same identifiers do not wait for each other in a circle.
  await manager.query(
    'INSERT INTO identifier_claims (digest, learner_id) SELECT digest, $2 FROM unnest($1::text[]) AS claim(digest) ON CONFLICT DO NOTHING',
    [[...new Set(digests)].sort(), learner],
  );
  const taken = await manager.query<{ digest: string }[]>(
    'SELECT digest FROM identifier_claims WHERE digest = ANY($1) AND learner_id <> $2',
    [digests, learner],
  );
  const foreign = new Set(taken.map((row) => row.digest));
  return keys.filter((_key, index) => foreign.has(digests[index] ?? ''));
}

/** Whose identifier it is, found by the claim alone: on one node, whichever the learner's own rows lie on. */
export async function claimantOf(manager: EntityManager, key: IdentifierKey): Promise<string | undefined> {
  const rows = await manager.query<{ learner_id: string }[]>('SELECT learner_id FROM identifier_claims WHERE digest = $1', [
    identifierDigest(key),
  ]);
  return rows[0]?.learner_id;
}

/** Gives an identifier back. */
export async function releaseIdentifier(manager: EntityManager, learner: string, key: IdentifierKey): Promise<void> {
  await manager.query('DELETE FROM identifier_claims WHERE digest = $1 AND learner_id = $2', [identifierDigest(key), learner]);
}
