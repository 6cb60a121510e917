import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Dated editions of courses with what they are searched by, what refers to them, and their offerings. */
export class Courses0011 implements MigrationInterface {
  readonly name = 'Courses1700000000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createCourses(queryRunner);
    await indexCourses(queryRunner);
    await createOfferings(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE offering_hosts');
    await queryRunner.query('DROP TABLE offerings');
    await queryRunner.query('DROP TABLE course_edition_references');
    await queryRunner.query('DROP TABLE course_words');
    await queryRunner.query('DROP TABLE courses');
  }
}

async function createCourses(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE courses (
      id uuid PRIMARY KEY,
      provider_id uuid NOT NULL REFERENCES institutions (id),
      platform_id uuid REFERENCES institutions (id),
      code text NOT NULL,
      normalised_code text NOT NULL,
      titles jsonb NOT NULL,
      credits numeric(9,3) NOT NULL CONSTRAINT courses_credits_check CHECK (credits >= 0),
      credit_system text NOT NULL REFERENCES credit_systems (id),
      workload_hours numeric(9,3) CONSTRAINT courses_workload_hours_check CHECK (workload_hours > 0),
      weeks numeric(9,3) CONSTRAINT courses_weeks_check CHECK (weeks > 0),
      eqf_level smallint CONSTRAINT courses_eqf_level_check CHECK (eqf_level BETWEEN 1 AND 8),
      isced text COLLATE "C" CONSTRAINT courses_isced_check CHECK (isced ~ '^[0-9]{2,4}$'),
      languages text[] NOT NULL,
      learning_outcomes jsonb NOT NULL,
      proctored boolean NOT NULL,
      identity_verified boolean NOT NULL,
      delivery text NOT NULL CONSTRAINT courses_delivery_check
        CHECK (delivery IN ('onCampus', 'blended', 'mooc', 'liveOnline', 'hybridClassroom', 'distance')),
      repeatable boolean NOT NULL,
      validity daterange NOT NULL CONSTRAINT courses_validity_check CHECK (NOT isempty(validity)),
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      search_vector tsvector NOT NULL,
      search_pairs text[] NOT NULL,
      search_size integer NOT NULL,
      CONSTRAINT courses_platform_check CHECK (platform_id <> provider_id),
      CONSTRAINT courses_edition_excl EXCLUDE USING gist (provider_id WITH =, normalised_code WITH =, validity WITH &&)
    )`);
  await queryRunner.query('CREATE TABLE course_words (word text COLLATE "C" PRIMARY KEY)');
  await queryRunner.query(`
    CREATE TABLE course_edition_references (
      course_id uuid REFERENCES courses (id),
      referrer_kind text CONSTRAINT course_edition_references_referrer_kind_check CHECK (referrer_kind IN ('agreement')),
      referrer_id uuid,
      PRIMARY KEY (course_id, referrer_kind, referrer_id)
    )`);
}

async function indexCourses(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query('CREATE INDEX courses_provider_id_id_idx ON courses (provider_id, id)');
  await queryRunner.query('CREATE INDEX courses_platform_id_id_idx ON courses (platform_id, id)');
  await queryRunner.query('CREATE INDEX courses_normalised_code_idx ON courses (normalised_code)');
  await queryRunner.query('CREATE INDEX courses_isced_idx ON courses (isced)');
  await queryRunner.query('CREATE INDEX courses_search_vector_idx ON courses USING gin (search_vector)');
  await queryRunner.query('CREATE INDEX courses_search_pairs_idx ON courses USING gin (search_pairs)');
  await queryRunner.query('CREATE INDEX course_words_word_trgm_idx ON course_words USING gin (word gin_trgm_ops)');
}

async function createOfferings(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE offerings (
      id uuid PRIMARY KEY,
      course_id uuid NOT NULL REFERENCES courses (id),
      period daterange NOT NULL CONSTRAINT offerings_period_check
        CHECK (NOT isempty(period) AND lower(period) IS NOT NULL AND upper(period) IS NOT NULL),
      language text NOT NULL,
      capacity integer CONSTRAINT offerings_capacity_check CHECK (capacity > 0),
      version integer NOT NULL,
      modified_at timestamptz NOT NULL
    )`);
  await queryRunner.query('CREATE INDEX offerings_course_id_id_idx ON offerings (course_id, id)');
  await queryRunner.query(`
    CREATE TABLE offering_hosts (
      offering_id uuid REFERENCES offerings (id),
      institution_id uuid REFERENCES institutions (id),
      PRIMARY KEY (offering_id, institution_id)
    )`);
  await queryRunner.query('CREATE INDEX offering_hosts_institution_id_idx ON offering_hosts (institution_id)');
}
