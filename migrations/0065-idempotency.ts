import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The answers to requests that carried an Idempotency-Key, each written in the transaction of its effect. caller_id is the learner or institution that
 * the request was for, so a student's keys lie with the student's data.
 */
export class Idempotency0065 implements MigrationInterface {
  readonly name = 'Idempotency1700000000065';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE idempotency_keys (
        caller_id uuid,
        client_id text,
        subject text,
        key text CONSTRAINT idempotency_keys_key_check CHECK (length(key) BETWEEN 1 AND 255),
        fingerprint text CONSTRAINT idempotency_keys_fingerprint_check CHECK (fingerprint ~ '^sha-256:[0-9a-f]{64}$'),
        status smallint,
        headers jsonb,
        body text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (caller_id, client_id, subject, key)
      )`);
    await queryRunner.query('CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at)');
    await queryRunner.query('ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
    await queryRunner.query('CREATE POLICY caller ON idempotency_keys USING (caller_id = scope_id() OR scope_is_service())');
    await queryRunner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO credit_recognition_service');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE idempotency_keys');
  }
}
