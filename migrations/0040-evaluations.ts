import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Evaluations under the learner: the bytes of a result and of what it depended on, never changed afterwards. */
export class Evaluations0040 implements MigrationInterface {
  readonly name = 'Evaluations1700000000040';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE evaluations (
        learner_id uuid REFERENCES learners (learner_id),
        id uuid,
        programme_id uuid NOT NULL REFERENCES programmes (id),
        input_digest text NOT NULL CONSTRAINT evaluations_input_digest_check CHECK (input_digest ~ '^sha-256:[0-9a-f]{64}$'),
        engine_version text NOT NULL,
        input json NOT NULL,
        outcome json NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (learner_id, id)
      )`);
    await queryRunner.query('CREATE INDEX evaluations_programme_id_idx ON evaluations (programme_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE evaluations');
  }
}
