import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A Merkle tree per institution over its journal (RFC 6962, section 2.1): the leaves in their order, the perfect subtrees above them, and the heads that
 * were signed. Rows are only ever added.
 */
export class AuditLog0062 implements MigrationInterface {
  readonly name = 'AuditLog1700000000062';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE log_leaves (
        institution_id uuid,
        leaf_index bigint CONSTRAINT log_leaves_leaf_index_check CHECK (leaf_index >= 0),
        partition_id uuid NOT NULL,
        entry_id uuid NOT NULL,
        PRIMARY KEY (institution_id, leaf_index),
        UNIQUE (institution_id, entry_id)
      )`);
    // The subtree of level l and index i is that of the leaves from i·2^l on.
    await queryRunner.query(`
      CREATE TABLE log_nodes (
        institution_id uuid,
        level smallint CONSTRAINT log_nodes_level_check CHECK (level >= 0),
        index bigint CONSTRAINT log_nodes_index_check CHECK (index >= 0),
        hash bytea NOT NULL CONSTRAINT log_nodes_hash_check CHECK (length(hash) = 32),
        PRIMARY KEY (institution_id, level, index)
      )`);
    await queryRunner.query(`
      CREATE TABLE log_heads (
        institution_id uuid,
        size bigint CONSTRAINT log_heads_size_check CHECK (size > 0),
        root text NOT NULL CONSTRAINT log_heads_root_check CHECK (root ~ '^sha-256:[0-9a-f]{64}$'),
        at timestamptz NOT NULL,
        signature text NOT NULL,
        PRIMARY KEY (institution_id, size)
      )`);
    await queryRunner.query(`
      CREATE TABLE log_keys (
        kid text PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        private_jwk jsonb NOT NULL,
        made_at timestamptz NOT NULL
      )`);
    for (const statement of security) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['log_keys', 'log_heads', 'log_nodes', 'log_leaves']) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const role = 'credit_recognition_service';

const logTables = ['log_leaves', 'log_nodes', 'log_heads'];

/** An institution reads its own log; the service alone, whose part the sealer is, adds to it and reads the keys. Nobody changes anything. */
const security: readonly string[] = [
  ...[...logTables, 'log_keys'].flatMap((table) => [
    `GRANT SELECT, INSERT ON ${table} TO ${role}`,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
  ]),
  ...logTables.flatMap((table) => [
    `CREATE POLICY reading ON ${table} FOR SELECT USING (institution_id = scope_id() OR scope_is_service())`,
    `CREATE POLICY sealing ON ${table} FOR INSERT WITH CHECK (scope_is_service())`,
  ]),
  'CREATE POLICY signing ON log_keys USING (scope_is_service())',
];
