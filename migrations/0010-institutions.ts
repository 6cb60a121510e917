import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Institutions with their names, identifiers and members; credit systems and grading scales, shipped or defined by an institution. */
export class Institutions0010 implements MigrationInterface {
  readonly name = 'Institutions1700000000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createMeasures(queryRunner);
    await createInstitutions(queryRunner);
    await queryRunner.query(`
      ALTER TABLE credit_systems
        ADD CONSTRAINT credit_systems_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions (id)`);
    await queryRunner.query(`
      ALTER TABLE grading_scales
        ADD CONSTRAINT grading_scales_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions (id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE grading_scales DROP CONSTRAINT grading_scales_institution_id_fkey');
    await queryRunner.query('ALTER TABLE credit_systems DROP CONSTRAINT credit_systems_institution_id_fkey');
    await queryRunner.query('DROP TABLE institution_words');
    await queryRunner.query('DROP TABLE institution_members');
    await queryRunner.query('DROP TABLE institution_identifiers');
    await queryRunner.query('DROP TABLE institutions');
    await queryRunner.query('DROP TABLE grading_scales');
    await queryRunner.query('DROP TABLE credit_systems');
  }
}

async function createMeasures(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE credit_systems (
      id text PRIMARY KEY CONSTRAINT credit_systems_id_check CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      name text NOT NULL,
      credits_per_year numeric(9,3) CONSTRAINT credit_systems_year_check CHECK (credits_per_year > 0),
      minimum_hours numeric(9,3),
      maximum_hours numeric(9,3),
      source text NOT NULL,
      institution_id uuid,
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      CONSTRAINT credit_systems_hours_check
        CHECK ((minimum_hours IS NULL) = (maximum_hours IS NULL) AND minimum_hours > 0 AND minimum_hours <= maximum_hours)
    )`);
  await queryRunner.query(`
    CREATE TABLE grading_scales (
      id text PRIMARY KEY CONSTRAINT grading_scales_id_check CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      name text NOT NULL,
      grades jsonb NOT NULL,
      pass_mark text NOT NULL,
      "numeric" jsonb,
      distribution jsonb,
      source text NOT NULL,
      institution_id uuid,
      version integer NOT NULL,
      modified_at timestamptz NOT NULL
    )`);
}

async function createInstitutions(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE institutions (
      id uuid PRIMARY KEY,
      kind text NOT NULL CONSTRAINT institutions_kind_check CHECK (kind IN ('university', 'platform', 'consortium')),
      names jsonb NOT NULL,
      country text,
      home_credit_system text REFERENCES credit_systems (id),
      home_grading_scale text REFERENCES grading_scales (id),
      website text,
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      search_vector tsvector NOT NULL,
      search_pairs text[] NOT NULL,
      search_size integer NOT NULL,
      CONSTRAINT institutions_country_check CHECK (country ~ '^[A-Z]{2}$' AND (kind = 'consortium' OR country IS NOT NULL))
    )`);
  await queryRunner.query('CREATE INDEX institutions_country_idx ON institutions (country)');
  await queryRunner.query('CREATE INDEX institutions_search_vector_idx ON institutions USING gin (search_vector)');
  await queryRunner.query('CREATE INDEX institutions_search_pairs_idx ON institutions USING gin (search_pairs)');
  await queryRunner.query(`
    CREATE TABLE institution_identifiers (
      scheme text,
      value text,
      institution_id uuid NOT NULL REFERENCES institutions (id),
      PRIMARY KEY (scheme, value)
    )`);
  await queryRunner.query('CREATE INDEX institution_identifiers_institution_id_idx ON institution_identifiers (institution_id)');
  await queryRunner.query(`
    CREATE TABLE institution_members (
      consortium_id uuid REFERENCES institutions (id),
      member_id uuid REFERENCES institutions (id),
      PRIMARY KEY (consortium_id, member_id),
      CONSTRAINT institution_members_check CHECK (consortium_id <> member_id)
    )`);
  await queryRunner.query('CREATE INDEX institution_members_member_id_idx ON institution_members (member_id)');
  await queryRunner.query('CREATE TABLE institution_words (word text COLLATE "C" PRIMARY KEY)');
  await queryRunner.query('CREATE INDEX institution_words_word_trgm_idx ON institution_words USING gin (word gin_trgm_ops)');
}
