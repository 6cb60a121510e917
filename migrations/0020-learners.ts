import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Learners and what identifies them. Every key of what a learner owns starts with learner_id, so that the tables can be split by it. A claim is
 * split by its digest instead: it is how one identifier has one learner although their rows lie on different nodes.
 */
export class Learners0020 implements MigrationInterface {
  readonly name = 'Learners1700000000020';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE learners (
        learner_id uuid PRIMARY KEY,
        display_name text,
        version integer NOT NULL,
        modified_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE learner_identifiers (
        learner_id uuid REFERENCES learners (learner_id),
        id uuid,
        institution_id uuid NOT NULL REFERENCES institutions (id),
        scheme text NOT NULL CONSTRAINT learner_identifiers_scheme_check CHECK (scheme ~ '^[a-z][a-z0-9-]{0,39}$'),
        value text NOT NULL,
        proof text NOT NULL CONSTRAINT learner_identifiers_proof_check CHECK (proof IN ('logIn', 'issuer', 'registrar')),
        PRIMARY KEY (learner_id, id),
        UNIQUE (learner_id, institution_id, scheme, value)
      )`);
    await queryRunner.query('CREATE INDEX learner_identifiers_value_idx ON learner_identifiers (value)');
    await queryRunner.query('CREATE INDEX learner_identifiers_institution_id_idx ON learner_identifiers (institution_id)');
    await queryRunner.query(`
      CREATE TABLE identifier_claims (
        digest text PRIMARY KEY CONSTRAINT identifier_claims_digest_check CHECK (digest ~ '^sha-256:[0-9a-f]{64}$'),
        learner_id uuid NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE identifier_claims');
    await queryRunner.query('DROP TABLE learner_identifiers');
    await queryRunner.query('DROP TABLE learners');
  }
}
