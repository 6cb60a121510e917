import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a student allows: consents that transcripts are shared with an institution, kept when they have ended, and the log of who read the record. */
export class Consents0064 implements MigrationInterface {
  readonly name = 'Consents1700000000064';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createConsents(queryRunner);
    await createAccessLog(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE access_log');
    await queryRunner.query('DROP TABLE consent_transcripts');
    await queryRunner.query('DROP TABLE consents');
  }
}

const role = 'credit_recognition_service';

async function createConsents(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE consents (
      learner_id uuid REFERENCES learners (learner_id),
      id uuid,
      institution_id uuid NOT NULL REFERENCES institutions (id),
      covers_all boolean NOT NULL,
      purpose text,
      until date,
      given_at timestamptz NOT NULL,
      ended_at timestamptz,
      ended_by text CONSTRAINT consents_ended_by_check CHECK (ended_by IN ('withdrawal', 'expiry')),
      PRIMARY KEY (learner_id, id),
      CONSTRAINT consents_end_check CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND ended_at >= given_at)
    )`);
  await queryRunner.query('CREATE INDEX consents_institution_id_idx ON consents (institution_id)');
  await queryRunner.query('CREATE INDEX consents_until_idx ON consents (until) WHERE ended_at IS NULL');
  await queryRunner.query(`
    CREATE TABLE consent_transcripts (
      learner_id uuid,
      consent_id uuid,
      transcript_id uuid,
      institution_id uuid NOT NULL,
      PRIMARY KEY (learner_id, consent_id, transcript_id),
      CONSTRAINT consent_transcripts_consent_fkey FOREIGN KEY (learner_id, consent_id) REFERENCES consents (learner_id, id),
      CONSTRAINT consent_transcripts_transcript_fkey FOREIGN KEY (learner_id, transcript_id) REFERENCES transcripts (learner_id, id)
    )`);
  await queryRunner.query('CREATE INDEX consent_transcripts_transcript_idx ON consent_transcripts (learner_id, transcript_id)');
  await queryRunner.query('ALTER TABLE consents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
  await queryRunner.query(`
    CREATE POLICY select_policy ON consents FOR SELECT
      USING (learner_id = scope_id() OR institution_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`CREATE POLICY insert_policy ON consents FOR INSERT WITH CHECK (learner_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`CREATE POLICY update_policy ON consents FOR UPDATE USING (learner_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`CREATE POLICY delete_policy ON consents FOR DELETE USING (scope_is_service())`);
  await queryRunner.query('ALTER TABLE consent_transcripts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
  await queryRunner.query(`
    CREATE POLICY select_policy ON consent_transcripts FOR SELECT
      USING (learner_id = scope_id() OR institution_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`
    CREATE POLICY insert_policy ON consent_transcripts FOR INSERT WITH CHECK (learner_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`CREATE POLICY delete_policy ON consent_transcripts FOR DELETE USING (scope_is_service())`);
  await queryRunner.query(`GRANT SELECT, INSERT, DELETE ON consents, consent_transcripts TO ${role}`);
  await queryRunner.query(`GRANT UPDATE (ended_at, ended_by) ON consents TO ${role}`);
}

/** Read by the learner alone; whoever reads a record writes here that it did, and cannot take it back. */
async function createAccessLog(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE access_log (
      learner_id uuid REFERENCES learners (learner_id),
      id uuid,
      accessed_at timestamptz NOT NULL,
      institution_id uuid,
      subject text NOT NULL,
      client_id text,
      operation text NOT NULL,
      resource text NOT NULL,
      request_id text,
      PRIMARY KEY (learner_id, id)
    )`);
  await queryRunner.query('ALTER TABLE access_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
  await queryRunner.query(`CREATE POLICY select_policy ON access_log FOR SELECT USING (learner_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`
    CREATE POLICY insert_policy ON access_log FOR INSERT WITH CHECK (institution_id = scope_id() OR scope_is_service())`);
  await queryRunner.query(`CREATE POLICY delete_policy ON access_log FOR DELETE USING (scope_is_service())`);
  await queryRunner.query(`GRANT SELECT, INSERT, DELETE ON access_log TO ${role}`);
}
