import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients of the authorisation server, what it has issued, and its keys. */
export class OAuth0070 implements MigrationInterface {
  readonly name = 'OAuth1700000000070';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createClients(queryRunner);
    await createArtifacts(queryRunner);
    await createKeys(queryRunner);
    for (const table of ['oauth_clients', 'oauth_artifacts', 'oauth_keys']) {
      await queryRunner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
    await queryRunner.query('CREATE POLICY tenant ON oauth_clients USING (institution_id = scope_id() OR scope_is_service())');
    await queryRunner.query('CREATE POLICY service ON oauth_artifacts USING (scope_is_service())');
    await queryRunner.query('CREATE POLICY service ON oauth_keys USING (scope_is_service())');
    await queryRunner.query(`GRANT SELECT, INSERT, UPDATE ON oauth_clients TO ${role}`);
    await queryRunner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON oauth_artifacts, oauth_keys TO ${role}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE oauth_keys');
    await queryRunner.query('DROP TABLE oauth_artifacts');
    await queryRunner.query('DROP TABLE oauth_clients');
  }
}

const role = 'credit_recognition_service';

async function createClients(queryRunner: QueryRunner): Promise<void> {
  // Clients of the service itself have the nil UUID for their institution, and refer to none.
  await queryRunner.query(`
    CREATE TABLE oauth_clients (
      institution_id uuid,
      id uuid CONSTRAINT oauth_clients_id_key UNIQUE,
      owner_id uuid GENERATED ALWAYS AS (nullif(institution_id, '00000000-0000-0000-0000-000000000000')) STORED
        CONSTRAINT oauth_clients_owner_id_fkey REFERENCES institutions (id),
      name text NOT NULL,
      kind text NOT NULL CONSTRAINT oauth_clients_kind_check CHECK (kind IN ('machine', 'web', 'browser', 'native')),
      roles text[] NOT NULL,
      redirect_uris text[] NOT NULL,
      authentication text NOT NULL
        CONSTRAINT oauth_clients_authentication_check CHECK (authentication IN ('privateKeyJwt', 'clientSecret', 'none')),
      keys jsonb,
      secret_digest text CONSTRAINT oauth_clients_secret_digest_check CHECK (secret_digest ~ '^sha-256:[0-9a-f]{64}$'),
      revoked_at timestamptz,
      is_demo boolean NOT NULL,
      version integer NOT NULL,
      modified_at timestamptz NOT NULL,
      PRIMARY KEY (institution_id, id),
      CONSTRAINT oauth_clients_grant_check CHECK ((kind = 'machine') = (cardinality(roles) > 0) AND (kind = 'machine') = (cardinality(redirect_uris) = 0)),
      CONSTRAINT oauth_clients_proof_check CHECK (
        (authentication = 'none') = (kind IN ('browser', 'native'))
        AND (authentication = 'privateKeyJwt') = (keys IS NOT NULL)
        AND (authentication = 'clientSecret') = (secret_digest IS NOT NULL)
      )
    )`);
  await queryRunner.query('CREATE INDEX oauth_clients_owner_id_idx ON oauth_clients (owner_id)');
}

async function createArtifacts(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE oauth_artifacts (
      model text,
      id text,
      payload jsonb NOT NULL,
      grant_id text,
      user_code text,
      uid text,
      consumed_at timestamptz,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (model, id)
    )`);
  await queryRunner.query('CREATE INDEX oauth_artifacts_grant_id_idx ON oauth_artifacts (grant_id) WHERE grant_id IS NOT NULL');
  await queryRunner.query('CREATE INDEX oauth_artifacts_user_code_idx ON oauth_artifacts (user_code) WHERE user_code IS NOT NULL');
  await queryRunner.query('CREATE INDEX oauth_artifacts_uid_idx ON oauth_artifacts (uid) WHERE uid IS NOT NULL');
  await queryRunner.query('CREATE INDEX oauth_artifacts_expires_at_idx ON oauth_artifacts (expires_at)');
}

async function createKeys(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE oauth_keys (
      id text PRIMARY KEY,
      purpose text NOT NULL CONSTRAINT oauth_keys_purpose_check CHECK (purpose IN ('signing', 'cookies')),
      secret bytea NOT NULL,
      is_sealed boolean NOT NULL,
      created_at timestamptz NOT NULL,
      expires_at timestamptz
    )`);
  // One key of each purpose is in use; the others only verify until they expire.
  await queryRunner.query('CREATE UNIQUE INDEX oauth_keys_current_idx ON oauth_keys (purpose) WHERE expires_at IS NULL');
}
