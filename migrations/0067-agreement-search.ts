import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchTerms } from '../src/platform/text-search.js';

/** Agreements are found by their titles, as institutions, courses and programmes are; by their parties through those. */
export class AgreementSearch0067 implements MigrationInterface {
  readonly name = 'AgreementSearch1700000000067';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE agreements ADD search_vector tsvector, ADD search_pairs text[], ADD search_size integer');
    await queryRunner.query('CREATE TABLE agreement_words (word text COLLATE "C" PRIMARY KEY)');
    await queryRunner.query('CREATE INDEX agreement_words_word_trgm_idx ON agreement_words USING gin (word gin_trgm_ops)');
    await indexTitles(queryRunner);
    await queryRunner.query(`
      ALTER TABLE agreements ALTER search_vector SET NOT NULL, ALTER search_pairs SET NOT NULL, ALTER search_size SET NOT NULL`);
    await queryRunner.query('CREATE INDEX agreements_search_vector_idx ON agreements USING gin (search_vector)');
    await queryRunner.query('CREATE INDEX agreements_search_pairs_idx ON agreements USING gin (search_pairs)');
    await queryRunner.query('GRANT SELECT, INSERT ON agreement_words TO credit_recognition_service');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE agreement_words');
    await queryRunner.query('ALTER TABLE agreements DROP search_vector, DROP search_pairs, DROP search_size');
  }
}

/** Of the agreements that were recorded before. */
async function indexTitles(queryRunner: QueryRunner): Promise<void> {
  const agreements = (await queryRunner.query('SELECT id, title FROM agreements')) as { id: string; title: Record<string, string> }[];
  const found = agreements.map(({ id, title }) => ({ id, ...searchTerms(Object.values(title)) }));
  await queryRunner.query(
    `UPDATE agreements SET search_vector = found.vector, search_pairs = found.pairs, search_size = found.size
     FROM json_to_recordset($1::json) AS found(id uuid, vector tsvector, pairs text[], size integer) WHERE agreements.id = found.id`,
    [JSON.stringify(found)],
  );
  await queryRunner.query('INSERT INTO agreement_words (word) SELECT DISTINCT unnest($1::text[])', [found.flatMap(({ words }) => words)]);
}
