import type { EntityManager } from 'typeorm';

/** The institutions that a query finds, as an array in one order. */
function institutions(query: string): string {
  return `ARRAY(SELECT DISTINCT found.id FROM (${query}) AS found(id) WHERE found.id IS NOT NULL ORDER BY found.id)`;
}

const enrolledAt = `SELECT programme.institution_id FROM enrolments enrolment JOIN programmes programme ON programme.id = enrolment.programme_id
  WHERE enrolment.learner_id = $1`;

const consented = 'SELECT institution_id FROM consents WHERE learner_id = $1 AND ended_at IS NULL';

/** Who reads what, table by table; a later one may build on an earlier one. */
const rules: readonly (readonly [table: string, column: 'readers' | 'stewards', rule: string])[] = [
  [
    'transcripts',
    'readers',
    `SELECT target.recorded_by UNION ALL ${consented} AND (covers_all OR EXISTS (
       SELECT FROM consent_transcripts covered
       WHERE covered.learner_id = $1 AND covered.consent_id = consents.id AND covered.transcript_id = target.id))`,
  ],
  ['completion_statements', 'readers', 'SELECT unnest(readers) FROM transcripts WHERE learner_id = $1 AND id = target.transcript_id'],
  ['completions', 'readers', 'SELECT unnest(readers) FROM completion_statements WHERE learner_id = $1 AND completion_id = target.id'],
  [
    'redemption_entries',
    'readers',
    'SELECT target.institution_id UNION ALL SELECT unnest(readers) FROM completions WHERE learner_id = $1 AND id = target.completion_id',
  ],
  ['learners', 'stewards', `SELECT target.recorded_by UNION ALL ${enrolledAt}`],
  [
    'learners',
    'readers',
    `SELECT unnest(target.stewards) UNION ALL ${consented} UNION ALL SELECT recorded_by FROM transcripts WHERE learner_id = $1`,
  ],
  ['learner_identifiers', 'readers', 'SELECT unnest(readers) FROM learners WHERE learner_id = $1'],
];

/**
 * Which institutions see what of a learner, by this rule alone:
 * - a transcript: the one that recorded it, and those with which the student has agreed to share it;
 * - a statement of a transcript: who sees the transcript; a completion: who sees a transcript that states it;
 * - an entry of the ledger: its institution, and who sees the completion, so that nobody gives credit a second time unknowingly;
 * - the learner with the identifiers: the stewards (who recorded the learner, and where the learner is enrolled), those to whom a consent was given, and
 *   those that recorded a transcript.
 *
 * What is one institution's alone says so from the beginning: enrolments and home courses are those of the programme's institution, an evaluation is that
 * of the institution that asked.
 *
 * Who reads a row stands on the row, because a policy may ask no other table. All tables are a learner's, so the rule lies here as one, and runs inside
 * the transaction that changes what it depends on. The transaction must see all rows of the learner, and holds the learner's lock.
 */
export async function refreshReaders(manager: EntityManager, learner: string): Promise<void> {
  for (const [table, column, rule] of rules) {
    await manager.query(
      `UPDATE ${table} target SET ${column} = ${institutions(rule)} WHERE learner_id = $1 AND ${column} <> ${institutions(rule)}`,
      [learner],
    );
  }
}
