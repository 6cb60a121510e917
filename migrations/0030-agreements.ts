import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agreements, their immutable revisions, and the rules of the revisions as they are looked up by course. All of it belongs to the reference group. */
export class Agreements0030 implements MigrationInterface {
  readonly name = 'Agreements1700000000030';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agreements (
        id uuid PRIMARY KEY,
        title jsonb NOT NULL,
        version integer NOT NULL,
        modified_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE agreement_revisions (
        agreement_id uuid REFERENCES agreements (id),
        number integer CONSTRAINT agreement_revisions_number_check CHECK (number >= 1),
        digest text NOT NULL CONSTRAINT agreement_revisions_digest_check CHECK (digest ~ '^sha-256:[0-9a-f]{64}$'),
        terms jsonb NOT NULL,
        in_force daterange NOT NULL,
        attested_by uuid NOT NULL REFERENCES institutions (id),
        source text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (agreement_id, number),
        CONSTRAINT agreement_revisions_in_force_excl EXCLUDE USING gist (agreement_id WITH =, in_force WITH &&)
      )`);
    await queryRunner.query('CREATE INDEX agreement_revisions_attested_by_idx ON agreement_revisions (attested_by)');
    await queryRunner.query(`
      CREATE TABLE agreement_parties (
        agreement_id uuid,
        number integer,
        institution_id uuid REFERENCES institutions (id),
        PRIMARY KEY (agreement_id, number, institution_id),
        CONSTRAINT agreement_parties_revision_fkey FOREIGN KEY (agreement_id, number) REFERENCES agreement_revisions (agreement_id, number)
      )`);
    await queryRunner.query(
      'CREATE INDEX agreement_parties_institution_id_agreement_id_idx ON agreement_parties (institution_id, agreement_id)',
    );
    await this.createReferences(queryRunner);
    await this.createRules(queryRunner);
  }

  /** What a revision was agreed on: none of it may change its meaning afterwards. */
  private async createReferences(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agreement_editions (
        agreement_id uuid,
        number integer,
        institution_id uuid REFERENCES institutions (id),
        course_id uuid REFERENCES courses (id),
        normalised_code text NOT NULL,
        PRIMARY KEY (agreement_id, number, institution_id, course_id),
        CONSTRAINT agreement_editions_revision_fkey FOREIGN KEY (agreement_id, number) REFERENCES agreement_revisions (agreement_id, number)
      )`);
    await queryRunner.query('CREATE INDEX agreement_editions_course_id_idx ON agreement_editions (course_id)');
    for (const { table, column, target } of [
      { table: 'agreement_credit_systems', column: 'credit_system', target: 'credit_systems' },
      { table: 'agreement_grading_scales', column: 'grading_scale', target: 'grading_scales' },
    ]) {
      await queryRunner.query(`
        CREATE TABLE ${table} (
          agreement_id uuid,
          number integer,
          ${column} text REFERENCES ${target} (id),
          PRIMARY KEY (agreement_id, number, ${column}),
          CONSTRAINT ${table}_revision_fkey FOREIGN KEY (agreement_id, number) REFERENCES agreement_revisions (agreement_id, number)
        )`);
      await queryRunner.query(`CREATE INDEX ${table}_${column}_idx ON ${table} (${column})`);
    }
  }

  private async createRules(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agreement_rules (
        agreement_id uuid,
        number integer,
        rule_id text,
        rule jsonb NOT NULL,
        source_codes text[] NOT NULL,
        has_wide_selector boolean NOT NULL,
        target_codes text[] NOT NULL,
        PRIMARY KEY (agreement_id, number, rule_id),
        CONSTRAINT agreement_rules_revision_fkey FOREIGN KEY (agreement_id, number) REFERENCES agreement_revisions (agreement_id, number)
      )`);
    await queryRunner.query('CREATE INDEX agreement_rules_source_codes_idx ON agreement_rules USING gin (source_codes)');
    await queryRunner.query('CREATE INDEX agreement_rules_target_codes_idx ON agreement_rules USING gin (target_codes)');
    await queryRunner.query('CREATE INDEX agreement_rules_wide_idx ON agreement_rules (agreement_id, number) WHERE has_wide_selector');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE agreement_rules');
    await queryRunner.query('DROP TABLE agreement_grading_scales');
    await queryRunner.query('DROP TABLE agreement_credit_systems');
    await queryRunner.query('DROP TABLE agreement_editions');
    await queryRunner.query('DROP TABLE agreement_parties');
    await queryRunner.query('DROP TABLE agreement_revisions');
    await queryRunner.query('DROP TABLE agreements');
  }
}
