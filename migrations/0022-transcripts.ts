import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Transcripts as they were handed in, the achievements they state, and what each transcript states of each achievement. Credits are integer
 * thousandths. A claim, split by its digest, says whose a certificate is.
 */
export class Transcripts0022 implements MigrationInterface {
  readonly name = 'Transcripts1700000000022';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTranscripts(queryRunner);
    await createCompletions(queryRunner);
    await createStatements(queryRunner);
    await queryRunner.query(`
      CREATE TABLE achievement_claims (
        digest text PRIMARY KEY CONSTRAINT achievement_claims_digest_check CHECK (digest ~ '^sha-256:[0-9a-f]{64}$'),
        learner_id uuid NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE achievement_claims');
    await queryRunner.query('DROP TABLE completion_statements');
    await queryRunner.query('DROP TABLE completions');
    await queryRunner.query('DROP TABLE transcripts');
  }
}

async function createTranscripts(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE transcripts (
      learner_id uuid REFERENCES learners (learner_id),
      id uuid,
      issuer_id uuid NOT NULL REFERENCES institutions (id),
      issued_on date NOT NULL,
      document bytea NOT NULL,
      document_media_type text NOT NULL,
      document_digest text NOT NULL,
      verification text NOT NULL
        CONSTRAINT transcripts_verification_check CHECK (verification IN ('verified', 'attested', 'unverified', 'failed')),
      verification_reason text,
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      PRIMARY KEY (learner_id, id),
      UNIQUE (learner_id, document_digest),
      CONSTRAINT transcripts_document_digest_check CHECK (document_digest = 'sha-256:' || encode(sha256(document), 'hex')),
      CONSTRAINT transcripts_verification_reason_check CHECK (verification <> 'failed' OR verification_reason IS NOT NULL)
    )`);
  await queryRunner.query('CREATE INDEX transcripts_issuer_id_idx ON transcripts (issuer_id)');
}

async function createCompletions(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE completions (
      learner_id uuid REFERENCES learners (learner_id),
      id uuid,
      provider_id uuid NOT NULL REFERENCES institutions (id),
      normalised_code text NOT NULL,
      attempt integer NOT NULL CONSTRAINT completions_attempt_check CHECK (attempt BETWEEN 1 AND 99),
      certificate_id text,
      course_id uuid REFERENCES courses (id),
      matched_by text CONSTRAINT completions_matched_by_check CHECK (matched_by IN ('catalogue', 'registrar')),
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      PRIMARY KEY (learner_id, id),
      UNIQUE (learner_id, provider_id, normalised_code, attempt),
      UNIQUE (learner_id, provider_id, certificate_id),
      CONSTRAINT completions_match_check CHECK ((course_id IS NULL) = (matched_by IS NULL))
    )`);
  await queryRunner.query('CREATE INDEX completions_course_id_idx ON completions (course_id)');
}

async function createStatements(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE completion_statements (
      learner_id uuid,
      transcript_id uuid,
      position integer CONSTRAINT completion_statements_position_check CHECK (position >= 0),
      completion_id uuid NOT NULL,
      platform_id uuid REFERENCES institutions (id),
      code text NOT NULL,
      title text,
      credits integer CONSTRAINT completion_statements_credits_check CHECK (credits BETWEEN 0 AND 100000000),
      credit_system text REFERENCES credit_systems (id),
      grading_scale text REFERENCES grading_scales (id),
      grade text,
      outcome text NOT NULL
        CONSTRAINT completion_statements_outcome_check CHECK (outcome IN ('achieved', 'failed', 'inProgress', 'planned')),
      enrolled_on date,
      completed_on date,
      hours numeric(9,3) CONSTRAINT completion_statements_hours_check CHECK (hours >= 0),
      weeks numeric(9,3) CONSTRAINT completion_statements_weeks_check CHECK (weeks >= 0),
      identity_verified boolean NOT NULL,
      proctored boolean NOT NULL,
      PRIMARY KEY (learner_id, transcript_id, position),
      FOREIGN KEY (learner_id, transcript_id) REFERENCES transcripts (learner_id, id),
      FOREIGN KEY (learner_id, completion_id) REFERENCES completions (learner_id, id),
      CONSTRAINT completion_statements_completion_key UNIQUE (learner_id, transcript_id, completion_id),
      CONSTRAINT completion_statements_credits_system_check CHECK ((credits IS NULL) = (credit_system IS NULL)),
      CONSTRAINT completion_statements_grade_check CHECK ((grading_scale IS NULL) = (grade IS NULL)),
      CONSTRAINT completion_statements_dates_check CHECK (completed_on >= enrolled_on)
    )`);
  await queryRunner.query(
    'CREATE INDEX completion_statements_learner_id_completion_id_idx ON completion_statements (learner_id, completion_id)',
  );
}
