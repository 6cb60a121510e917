import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Degree programmes, and the learners enrolled in them with their home records. Credits are integer thousandths. */
export class Programmes0021 implements MigrationInterface {
  readonly name = 'Programmes1700000000021';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createProgrammes(queryRunner);
    await createEnrolments(queryRunner);
    await createHomeCourses(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE home_courses');
    await queryRunner.query('DROP TABLE enrolments');
    await queryRunner.query('DROP TABLE programme_words');
    await queryRunner.query('DROP TABLE programmes');
  }
}

async function createProgrammes(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE programmes (
      id uuid PRIMARY KEY,
      institution_id uuid NOT NULL REFERENCES institutions (id),
      code text NOT NULL,
      normalised_code text NOT NULL,
      catalogue_year integer NOT NULL CONSTRAINT programmes_catalogue_year_check CHECK (catalogue_year BETWEEN 1800 AND 2999),
      title jsonb NOT NULL,
      credit_system text NOT NULL REFERENCES credit_systems (id),
      total_credits integer NOT NULL CONSTRAINT programmes_total_credits_check CHECK (total_credits BETWEEN 1 AND 100000000),
      requirements jsonb NOT NULL,
      policy jsonb NOT NULL,
      digest text NOT NULL CONSTRAINT programmes_digest_check CHECK (digest ~ '^sha-256:[0-9a-f]{64}$'),
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      search_vector tsvector NOT NULL,
      search_pairs text[] NOT NULL,
      search_size integer NOT NULL,
      UNIQUE (institution_id, normalised_code, catalogue_year)
    )`);
  await queryRunner.query('CREATE INDEX programmes_search_vector_idx ON programmes USING gin (search_vector)');
  await queryRunner.query('CREATE INDEX programmes_search_pairs_idx ON programmes USING gin (search_pairs)');
  await queryRunner.query('CREATE TABLE programme_words (word text COLLATE "C" PRIMARY KEY)');
  await queryRunner.query('CREATE INDEX programme_words_word_trgm_idx ON programme_words USING gin (word gin_trgm_ops)');
}

/**
 * The condition of the exclusion constraint holds for every row. It keeps the planner from looking enrolments up by that index, which reads some fifty
 * pages where the primary key reads three, for the planner takes both for equally good.
 */
async function createEnrolments(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE enrolments (
      learner_id uuid REFERENCES learners (learner_id),
      id uuid,
      programme_id uuid NOT NULL REFERENCES programmes (id),
      admission_date date NOT NULL,
      ended_on date,
      status text NOT NULL CONSTRAINT enrolments_status_check CHECK (status IN ('active', 'completed', 'withdrawn')),
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      PRIMARY KEY (learner_id, id),
      CONSTRAINT enrolments_ended_on_check CHECK ((status = 'active') = (ended_on IS NULL) AND ended_on >= admission_date),
      CONSTRAINT enrolments_period_excl
        EXCLUDE USING gist (learner_id WITH =, programme_id WITH =, daterange(admission_date, ended_on, '[]') WITH &&)
        WHERE (admission_date > '-infinity')
    )`);
  await queryRunner.query('CREATE INDEX enrolments_programme_id_idx ON enrolments (programme_id)');
}

async function createHomeCourses(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE home_courses (
      learner_id uuid,
      id uuid,
      enrolment_id uuid NOT NULL,
      code text NOT NULL,
      normalised_code text NOT NULL,
      attempt integer NOT NULL CONSTRAINT home_courses_attempt_check CHECK (attempt BETWEEN 1 AND 99),
      title text,
      credits integer NOT NULL CONSTRAINT home_courses_credits_check CHECK (credits BETWEEN 0 AND 100000000),
      grading_scale text REFERENCES grading_scales (id),
      grade text,
      status text NOT NULL CONSTRAINT home_courses_status_check CHECK (status IN ('done', 'underWay')),
      pass_fail boolean NOT NULL,
      attributes text[] NOT NULL,
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      PRIMARY KEY (learner_id, id),
      FOREIGN KEY (learner_id, enrolment_id) REFERENCES enrolments (learner_id, id),
      CONSTRAINT home_courses_attempt_key UNIQUE (learner_id, enrolment_id, normalised_code, attempt),
      CONSTRAINT home_courses_grade_check CHECK ((grading_scale IS NULL) = (grade IS NULL))
    )`);
}
