import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The codes that rules name, one a row, so that rules are found by them under row-level security: PostgreSQL uses an index before a policy only where the
 * operator can tell nothing of rows that the policy hides, which equality of texts is and containment of arrays is not.
 */
export class RuleCodes0066 implements MigrationInterface {
  readonly name = 'RuleCodes1700000000066';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agreement_rule_codes (
        agreement_id uuid,
        number integer,
        rule_id text,
        side text CONSTRAINT agreement_rule_codes_side_check CHECK (side IN ('source', 'target')),
        code text,
        parties uuid[] NOT NULL,
        is_public boolean NOT NULL,
        PRIMARY KEY (agreement_id, number, rule_id, side, code),
        CONSTRAINT agreement_rule_codes_rule_fkey
          FOREIGN KEY (agreement_id, number, rule_id) REFERENCES agreement_rules (agreement_id, number, rule_id)
      )`);
    for (const side of ['source', 'target']) {
      // Where the owner is held by the policies too, the rows are moved as the service moves them.
      await queryRunner.query(`SET LOCAL app.scope = '00000000-0000-0000-0000-000000000000'`);
      await queryRunner.query(`
        INSERT INTO agreement_rule_codes (agreement_id, number, rule_id, side, code, parties, is_public)
        SELECT agreement_id, number, rule_id, '${side}', unnest(${side}_codes), parties, is_public FROM agreement_rules`);
      await queryRunner.query(`DROP INDEX agreement_rules_${side}_codes_idx`);
    }
    await queryRunner.query('CREATE INDEX agreement_rule_codes_code_side_idx ON agreement_rule_codes (code, side)');
    await queryRunner.query('ALTER TABLE agreement_rule_codes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
    const isParty = 'scope_id() = ANY (parties) OR scope_is_service()';
    await queryRunner.query(`CREATE POLICY select_policy ON agreement_rule_codes FOR SELECT USING (is_public OR ${isParty})`);
    await queryRunner.query(`CREATE POLICY insert_policy ON agreement_rule_codes FOR INSERT WITH CHECK (${isParty})`);
    await queryRunner.query(`CREATE POLICY update_policy ON agreement_rule_codes FOR UPDATE USING (${isParty})`);
    await queryRunner.query('GRANT SELECT, INSERT, UPDATE (is_public) ON agreement_rule_codes TO credit_recognition_service');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE agreement_rule_codes');
    await queryRunner.query('CREATE INDEX agreement_rules_source_codes_idx ON agreement_rules USING gin (source_codes)');
    await queryRunner.query('CREATE INDEX agreement_rules_target_codes_idx ON agreement_rules USING gin (target_codes)');
  }
}
