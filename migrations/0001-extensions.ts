import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The extensions of PostgreSQL that later migrations build on; all three are trusted, so the owner of the database may create them. */
export class Extensions0001 implements MigrationInterface {
  readonly name = 'Extensions0000000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Exclusion constraints that hold scalars and periods together; search by trigram; search without accents.
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS unaccent');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP EXTENSION IF EXISTS unaccent');
    await queryRunner.query('DROP EXTENSION IF EXISTS pg_trgm');
    await queryRunner.query('DROP EXTENSION IF EXISTS btree_gist');
  }
}
