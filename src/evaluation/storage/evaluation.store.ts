import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { accessEntries, logAccessSql } from '../../learners/index.js';
import type { EvaluationOutcome, StoredEvaluation } from '../domain/index.js';
import {
  byId,
  type CommandRecord,
  currentCaller,
  entryInserts,
  entryValues,
  type Page,
  type PageQuery,
  preparedQuery,
  rowsToRead,
} from '../../platform/index.js';

interface FoundEvaluation {
  readonly learner_id: string;
  readonly id: string;
  readonly programme_id: string;
  readonly outcome: EvaluationOutcome;
  readonly created_at: Date;
}

const columns = 'learner_id, id, programme_id, outcome, created_at';

function storedOf(row: FoundEvaluation): StoredEvaluation {
  return {
    learner: row.learner_id,
    id: row.id,
    programme: row.programme_id,
    outcome: row.outcome,
    createdAt: row.created_at.toISOString(),
  };
}

type NewEvaluation = StoredEvaluation & { readonly input: string; readonly inputDigest: string; readonly engineVersion: string };

const journal = entryInserts(11);

const insertStatement = `
  WITH logged AS (${logAccessSql('$10')}), entry AS (${journal.entry}), unsealed AS (${journal.unsealed})
  INSERT INTO evaluations (learner_id, id, programme_id, input_digest, engine_version, input, outcome, created_at, readers)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/**
 * Stores an evaluation; the result's text, its input, and what identifies both. Where somebody else than the learner asked, the learner reads in the access
 * log that they did. One statement, so it is its own transaction.
 */
export async function insertEvaluation(source: DataSource | EntityManager, evaluation: NewEvaluation, journalKey?: string): Promise<void> {
  const { learner, id, programme, inputDigest, engineVersion, input, createdAt } = evaluation;
  const institution = currentCaller()?.institution;
  const outcome = JSON.stringify(evaluation.outcome);
  const accessed = { operation: 'POST /v1/evaluations', path: `/v1/learners/${learner}/evaluations/${id}` };
  const key = journalKey === undefined ? undefined : Buffer.from(journalKey, 'base64');
  const entry = await entryValues(source, commandOf(evaluation, outcome), key);
  await preparedQuery(source, insertStatement, [
    learner,
    id,
    programme,
    inputDigest,
    engineVersion,
    input,
    outcome,
    createdAt,
    institution === undefined ? [] : [institution],
    accessEntries([learner], accessed, new Date(createdAt)),
    ...entry.values,
  ]);
}

/** An outcome is large, so the digest of its text, which is kept as it is, stands for it. */
function commandOf({ learner, id, programme, createdAt, inputDigest, engineVersion }: NewEvaluation, outcome: string): CommandRecord {
  const digest = `sha-256:${createHash('sha256').update(outcome).digest('hex')}`;
  const after = { learner, id, programme, createdAt, inputDigest, engineVersion, outcome: digest };
  return { action: 'evaluation.made', resource: { kind: 'evaluation', id }, learner, after };
}

export async function readEvaluation(
  source: DataSource | EntityManager,
  learner: string,
  id: string,
): Promise<StoredEvaluation | undefined> {
  const rows = await preparedQuery<FoundEvaluation>(source, `SELECT ${columns} FROM evaluations WHERE learner_id = $1 AND id = $2`, [
    learner,
    id,
  ]);
  return rows.map(storedOf)[0];
}

/** A learner's evaluations in the order they were made. */
export async function listEvaluations(manager: EntityManager, learner: string, query: PageQuery): Promise<Page<StoredEvaluation>> {
  const order = byId('evaluations');
  const rows = await preparedQuery<FoundEvaluation>(
    manager,
    `SELECT ${columns} FROM evaluations WHERE learner_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [learner, order.after(query)?.[0] ?? null, rowsToRead(query)],
  );
  return order.page(query, rows, ({ id }) => [id], storedOf);
}
