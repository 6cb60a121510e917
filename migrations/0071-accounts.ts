import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may log in, and where. Both tables are an institution's, seen by itself and by the service. An account is found by its id alone, which is what an
 * access token names, so its key does not start with the institution.
 */
export class Accounts0071 implements MigrationInterface {
  readonly name = 'Accounts1700000000071';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE identity_providers (
        institution_id uuid REFERENCES institutions (id),
        id uuid,
        label text,
        issuer text NOT NULL,
        client_id text NOT NULL,
        authentication text NOT NULL
          CONSTRAINT identity_providers_authentication_check CHECK (authentication IN ('privateKeyJwt', 'none')),
        scopes text[] NOT NULL,
        role_mappings jsonb NOT NULL,
        identifier_claims jsonb NOT NULL,
        version integer NOT NULL,
        modified_at timestamptz NOT NULL,
        PRIMARY KEY (institution_id, id),
        UNIQUE (institution_id, issuer)
      )`);
    await queryRunner.query(`
      CREATE TABLE accounts (
        id uuid PRIMARY KEY,
        institution_id uuid REFERENCES institutions (id),
        kind text NOT NULL,
        learner_id uuid,
        granted_roles text[] NOT NULL,
        claimed_roles text[] NOT NULL,
        display_name text NOT NULL,
        issuer text,
        subject text,
        user_name text UNIQUE,
        password_hash text,
        state text NOT NULL CONSTRAINT accounts_state_check CHECK (state IN ('active', 'deactivated')),
        version integer NOT NULL,
        modified_at timestamptz NOT NULL,
        CONSTRAINT accounts_kind_check CHECK (CASE kind
          WHEN 'unassigned' THEN institution_id IS NOT NULL AND learner_id IS NULL
          WHEN 'staff' THEN institution_id IS NOT NULL AND learner_id IS NULL
          WHEN 'student' THEN learner_id IS NOT NULL
          WHEN 'operator' THEN institution_id IS NULL AND learner_id IS NULL
          ELSE FALSE END),
        CONSTRAINT accounts_roles_check CHECK (kind = 'staff' OR cardinality(granted_roles) + cardinality(claimed_roles) = 0),
        CONSTRAINT accounts_log_in_check CHECK (CASE
          WHEN user_name IS NULL THEN issuer IS NOT NULL AND subject IS NOT NULL AND password_hash IS NULL
          ELSE issuer IS NULL AND subject IS NULL AND password_hash IS NOT NULL END),
        UNIQUE (institution_id, issuer, subject, kind)
      )`);
    for (const table of ['identity_providers', 'accounts']) {
      await queryRunner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO credit_recognition_service`);
      await queryRunner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await queryRunner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await queryRunner.query(`CREATE POLICY tenant ON ${table} USING (institution_id = scope_id() OR scope_is_service())`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE accounts');
    await queryRunner.query('DROP TABLE identity_providers');
  }
}
