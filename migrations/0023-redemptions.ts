import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of completions used for credit. Entries are only ever added; one replaces another at most once. */
export class Redemptions0023 implements MigrationInterface {
  readonly name = 'Redemptions1700000000023';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE redemption_entries (
        learner_id uuid,
        id uuid,
        completion_id uuid NOT NULL,
        institution_id uuid NOT NULL REFERENCES institutions (id),
        programme_code text NOT NULL,
        decided_on date NOT NULL,
        kind text NOT NULL CONSTRAINT redemption_entries_kind_check CHECK (kind IN ('redeemed', 'transferred', 'undone')),
        replaces_id uuid,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (learner_id, id),
        FOREIGN KEY (learner_id, completion_id) REFERENCES completions (learner_id, id),
        FOREIGN KEY (learner_id, replaces_id) REFERENCES redemption_entries (learner_id, id),
        UNIQUE (learner_id, replaces_id),
        CONSTRAINT redemption_entries_replaces_check CHECK ((kind = 'redeemed') = (replaces_id IS NULL))
      )`);
    await queryRunner.query(
      'CREATE INDEX redemption_entries_learner_id_completion_id_idx ON redemption_entries (learner_id, completion_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE redemption_entries');
  }
}
