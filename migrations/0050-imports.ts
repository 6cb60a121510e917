import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where an import keeps the rows of a file until all of it has arrived, and what was made of files before. Rows that wait are worth nothing after a
 * crash, so they are not logged.
 */
export class Imports0050 implements MigrationInterface {
  readonly name = 'Imports1700000000050';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE UNLOGGED TABLE import_rows (
        import_id uuid,
        key text COLLATE "C",
        line integer CONSTRAINT import_rows_line_check CHECK (line >= 1),
        value jsonb NOT NULL,
        size integer NOT NULL,
        PRIMARY KEY (import_id, key, line)
      )`);
    await queryRunner.query(`
      CREATE TABLE import_sources (
        key text PRIMARY KEY CONSTRAINT import_sources_key_check CHECK (key ~ '^sha-256:[0-9a-f]{64}$'),
        digest text NOT NULL CONSTRAINT import_sources_digest_check CHECK (digest ~ '^sha-256:[0-9a-f]{64}$'),
        resource_id uuid NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE import_sources');
    await queryRunner.query('DROP TABLE import_rows');
  }
}
