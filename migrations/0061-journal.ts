import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The journal: a row for every command, written in its transaction and never changed. What is not in an institution's log yet stands in
 * `unsealed_entries` too. A learner's key makes the digests of what the learner owns; without it they cannot be linked to anything.
 */
export class Journal0061 implements MigrationInterface {
  readonly name = 'Journal1700000000061';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Split by partition, so that the row of a command lies where what it changes lies.
    await queryRunner.query(`
      CREATE TABLE journal_entries (
        partition_id uuid,
        id uuid,
        institution_id uuid NOT NULL,
        at timestamptz NOT NULL,
        subject text NOT NULL,
        client_id text,
        request_id text,
        action text NOT NULL CONSTRAINT journal_entries_action_check CHECK (action ~ '^[A-Za-z]+\\.[A-Za-z]+$'),
        resource_kind text NOT NULL,
        resource_id text NOT NULL,
        before_digest text CONSTRAINT journal_entries_before_digest_check CHECK (before_digest ~ '^(hmac-)?sha-256:[0-9a-f]{64}$'),
        after_digest text CONSTRAINT journal_entries_after_digest_check CHECK (after_digest ~ '^(hmac-)?sha-256:[0-9a-f]{64}$'),
        digest text NOT NULL CONSTRAINT journal_entries_digest_check CHECK (digest ~ '^sha-256:[0-9a-f]{64}$'),
        PRIMARY KEY (partition_id, id)
      )`);
    await queryRunner.query('CREATE INDEX journal_entries_institution_id_id_idx ON journal_entries (institution_id, id)');
    await queryRunner.query(`
      CREATE INDEX journal_entries_institution_id_resource_id_id_idx ON journal_entries (institution_id, resource_id, id)`);
    await queryRunner.query(`
      CREATE TABLE unsealed_entries (
        institution_id uuid NOT NULL,
        partition_id uuid,
        id uuid,
        PRIMARY KEY (partition_id, id)
      )`);
    await queryRunner.query('CREATE INDEX unsealed_entries_institution_id_id_idx ON unsealed_entries (institution_id, id)');
    await queryRunner.query(`
      CREATE TABLE learner_keys (
        learner_id uuid PRIMARY KEY,
        key bytea NOT NULL CONSTRAINT learner_keys_key_check CHECK (length(key) = 32)
      )`);
    for (const statement of security) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE learner_keys');
    await queryRunner.query('DROP TABLE unsealed_entries');
    await queryRunner.query('DROP TABLE journal_entries');
  }
}

const role = 'credit_recognition_service';

const isConcerned = 'institution_id = scope_id() OR partition_id = scope_id() OR scope_is_service()';

/** Nobody may UPDATE anything here. Only the sealer, a part of the service, takes an entry off the list of unsealed ones. */
const security: readonly string[] = [
  `GRANT SELECT, INSERT ON journal_entries TO ${role}`,
  `GRANT SELECT, INSERT, DELETE ON unsealed_entries, learner_keys TO ${role}`,
  ...['journal_entries', 'unsealed_entries', 'learner_keys'].flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
  ]),
  `CREATE POLICY tenant ON journal_entries USING (${isConcerned})`,
  `CREATE POLICY reading ON unsealed_entries FOR SELECT USING (${isConcerned})`,
  `CREATE POLICY writing ON unsealed_entries FOR INSERT WITH CHECK (${isConcerned})`,
  'CREATE POLICY sealing ON unsealed_entries FOR DELETE USING (scope_is_service())',
  // A key serves whoever may change what the learner owns, says nothing by itself and is never answered. The learner or the service destroys it.
  'CREATE POLICY reading ON learner_keys FOR SELECT USING (scope_id() IS NOT NULL)',
  'CREATE POLICY making ON learner_keys FOR INSERT WITH CHECK (scope_id() IS NOT NULL)',
  'CREATE POLICY destroying ON learner_keys FOR DELETE USING (learner_id = scope_id() OR scope_is_service())',
];
