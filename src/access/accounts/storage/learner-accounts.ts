import type { EntityManager } from 'typeorm';

/** What is kept of the accounts by which a learner logs in; of a password nothing is told. */
export async function accountsOfLearner(manager: EntityManager, learner: string): Promise<object[]> {
  return manager.query<object[]>(
    `SELECT id, kind, institution_id AS "institutionId", display_name AS "displayName", issuer, subject, user_name AS "userName", state, version,
       modified_at AS "modifiedAt"
     FROM accounts WHERE learner_id = $1 ORDER BY id`,
    [learner],
  );
}

/** Removes the accounts of a learner, and whatever was issued to them: sessions, grants and tokens. */
export async function eraseAccountsOfLearner(manager: EntityManager, learner: string): Promise<void> {
  const removed = await manager.query<[rows: { id: string }[], count: number]>('DELETE FROM accounts WHERE learner_id = $1 RETURNING id', [
    learner,
  ]);
  for (const { id } of removed[0]) {
    await manager.query('DELETE FROM oauth_artifacts WHERE position($1::text IN payload::text) > 0', [id]);
  }
}
