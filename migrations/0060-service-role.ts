import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The role that the service acts as, what it may do with the tables so far, and the functions by which a policy knows for whom it acts. The service
 * owns nothing, so row-level security holds for it; later migrations grant on what they make.
 */
export class ServiceRole0060 implements MigrationInterface {
  readonly name = 'ServiceRole1700000000060';

  async up(queryRunner: QueryRunner): Promise<void> {
    // A role belongs to the whole server, so another database of it may have made it, even at this moment.
    await queryRunner.query(`
      DO $$ BEGIN
        CREATE ROLE ${role} NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`);
    await queryRunner.query(`GRANT ${role} TO CURRENT_USER`);
    await queryRunner.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
    for (const [privileges, tables] of grants) {
      await queryRunner.query(`GRANT ${privileges} ON ${tables.join(', ')} TO ${role}`);
    }
    // For whom: the id of a learner or an institution, the nil UUID for the service itself, or NULL, which equals nothing.
    await queryRunner.query(`
      CREATE FUNCTION scope_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('app.scope', true), '')::uuid`);
    await queryRunner.query(`
      CREATE FUNCTION scope_is_service() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
      RETURN coalesce(current_setting('app.scope', true) = '00000000-0000-0000-0000-000000000000', false)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION scope_is_service()');
    await queryRunner.query('DROP FUNCTION scope_id()');
    await queryRunner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`);
    await queryRunner.query(`REVOKE USAGE ON SCHEMA public FROM ${role}`);
    await queryRunner.query(`
      DO $$ BEGIN
        DROP ROLE ${role};
      EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
      END $$`);
  }
}

const role = 'credit_recognition_service';

/** What the service may do with which tables. To lock a row takes the right to update it. */
const grants: readonly (readonly [privileges: string, tables: readonly string[]])[] = [
  // One that changes is deleted and made anew: the database then says whether anything refers to it.
  ['SELECT, INSERT, UPDATE, DELETE', ['credit_systems', 'grading_scales']],
  ['SELECT, INSERT, UPDATE', ['institutions', 'courses', 'offerings', 'programmes', 'agreements']],
  ['SELECT, INSERT, DELETE', ['institution_identifiers', 'institution_members', 'offering_hosts', 'course_edition_references']],
  ['SELECT, INSERT, DELETE', ['identifier_claims', 'achievement_claims']],
  ['SELECT, INSERT', ['institution_words', 'course_words', 'programme_words']],
  ['SELECT, INSERT, UPDATE', ['agreement_revisions']],
  [
    'SELECT, INSERT',
    ['agreement_parties', 'agreement_editions', 'agreement_credit_systems', 'agreement_grading_scales', 'agreement_rules'],
  ],
  ['SELECT, INSERT, UPDATE, DELETE', ['learners', 'transcripts', 'completions', 'enrolments', 'home_courses']],
  ['SELECT, INSERT, DELETE', ['learner_identifiers', 'completion_statements', 'redemption_entries', 'evaluations']],
  ['SELECT, INSERT, DELETE', ['import_rows']],
  ['SELECT, INSERT, UPDATE', ['import_sources']],
];
