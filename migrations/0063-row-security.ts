import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security under everything that belongs to somebody. A policy compares what stands on the row with the scope of the transaction and asks nothing
 * else: no other table, no privileged function. FORCE makes it hold for the owner of the tables too.
 */
export class RowSecurity0063 implements MigrationInterface {
  readonly name = 'RowSecurity1700000000063';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addOwners(queryRunner);
    await addParties(queryRunner);
    await addReaders(queryRunner);
    await queryRunner.query(`GRANT UPDATE (readers) ON ${narrow.join(', ')} TO ${role}`);
    await queryRunner.query(`GRANT UPDATE (is_public) ON ${partsOfRevisions.join(', ')} TO ${role}`);
    for (const rule of rules) await protect(queryRunner, rule);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table } of rules) {
      for (const command of commands) await queryRunner.query(`DROP POLICY IF EXISTS ${command}_policy ON ${table}`);
      await queryRunner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    // The privileges on a column go with the column.
    for (const table of learnerOwned) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN readers`);
    await queryRunner.query('ALTER TABLE learners DROP COLUMN recorded_by, DROP COLUMN stewards');
    await queryRunner.query('ALTER TABLE transcripts DROP CONSTRAINT transcripts_document_key, DROP COLUMN recorded_by');
    await queryRunner.query('ALTER TABLE transcripts ADD UNIQUE (learner_id, document_digest)');
    for (const table of ['agreements', 'agreement_revisions', ...partsOfRevisions]) {
      await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN parties, DROP COLUMN is_public`);
    }
    await queryRunner.query('ALTER TABLE offerings DROP COLUMN recorded_by');
    await queryRunner.query('ALTER TABLE offering_hosts DROP COLUMN recorded_by');
    await queryRunner.query('ALTER TABLE import_rows DROP COLUMN scope');
  }
}

const role = 'credit_recognition_service';
const commands = ['select', 'insert', 'update', 'delete'] as const;
type Command = (typeof commands)[number];

/** To whom the rows of a table are open, by command, as a condition on the row. What is left out is the service's alone. */
type Rule = { readonly table: string } & Readonly<Partial<Record<Command, string>>>;

const partsOfRevisions = [
  'agreement_parties',
  'agreement_editions',
  'agreement_credit_systems',
  'agreement_grading_scales',
  'agreement_rules',
];

/** What is never changed but in who may read it. */
const narrow = ['learner_identifiers', 'completion_statements', 'redemption_entries', 'evaluations'];

const learnerOwned = [...narrow, 'learners', 'transcripts', 'completions', 'enrolments', 'home_courses'];

const everybody = 'TRUE';
const isReader = 'scope_id() = ANY (readers)';
const isLearnerOrReader = `learner_id = scope_id() OR ${isReader}`;
const isParty = 'scope_id() = ANY (parties)';

/** What everybody may read and its owner changes. */
function published(table: string, isOwner: string): Rule {
  return { table, select: everybody, insert: isOwner, update: isOwner, delete: isOwner };
}

const rules: readonly Rule[] = [
  { table: 'institutions', select: everybody, update: 'id = scope_id()' },
  published('institution_identifiers', 'institution_id = scope_id()'),
  published('institution_members', 'consortium_id = scope_id()'),
  published('credit_systems', 'institution_id = scope_id()'),
  published('grading_scales', 'institution_id = scope_id()'),
  published('courses', 'provider_id = scope_id() OR platform_id = scope_id()'),
  // That an agreement refers to an edition is told to nobody but as a reason why it does not change any more.
  { table: 'course_edition_references' },
  published('offerings', 'recorded_by = scope_id()'),
  published('offering_hosts', 'recorded_by = scope_id()'),
  published('programmes', 'institution_id = scope_id()'),
  ...['agreements', 'agreement_revisions', ...partsOfRevisions].map((table): Rule => ({
    table,
    select: `is_public OR ${isParty}`,
    insert: isParty,
    update: isParty,
  })),
  // Every reader takes the lock under which the commands on one learner follow one another.
  { table: 'learners', select: isLearnerOrReader, insert: 'recorded_by = scope_id()', update: isLearnerOrReader },
  { table: 'learner_identifiers', select: isLearnerOrReader, insert: isReader, delete: isReader },
  {
    table: 'transcripts',
    select: isLearnerOrReader,
    // What a student hands in proves nothing by itself.
    insert: `recorded_by = scope_id() OR learner_id = scope_id() AND recorded_by IS NULL AND verification = 'unverified'`,
    update: `recorded_by = scope_id() OR recorded_by IS NULL AND ${isReader}`,
  },
  { table: 'completions', select: isLearnerOrReader },
  { table: 'completion_statements', select: isLearnerOrReader },
  { table: 'enrolments', select: isLearnerOrReader, insert: isReader, update: isReader, delete: isReader },
  { table: 'home_courses', select: isLearnerOrReader, insert: isReader, update: isReader, delete: isReader },
  { table: 'redemption_entries', select: isLearnerOrReader, insert: 'institution_id = scope_id()' },
  { table: 'evaluations', select: isLearnerOrReader, insert: `${isReader} OR learner_id = scope_id() AND readers = '{}'` },
  { table: 'import_rows', select: 'scope = scope_id()', insert: 'scope = scope_id()', delete: 'scope = scope_id()' },
  // The imports that remember what files said before are the operator's.
  { table: 'import_sources' },
];

async function protect(queryRunner: QueryRunner, rule: Rule): Promise<void> {
  const { table } = rule;
  await queryRunner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
  for (const command of commands) {
    const isOpen = rule[command];
    const condition = isOpen === undefined ? 'scope_is_service()' : isOpen === everybody ? everybody : `${isOpen} OR scope_is_service()`;
    const clause = command === 'insert' ? 'WITH CHECK' : 'USING';
    await queryRunner.query(`CREATE POLICY ${command}_policy ON ${table} FOR ${command.toUpperCase()} ${clause} (${condition})`);
  }
}

/** Who recorded what has no owner of its own. What is there so far was recorded by the service. */
async function addOwners(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query('ALTER TABLE offerings ADD COLUMN recorded_by uuid');
  await queryRunner.query('ALTER TABLE offering_hosts ADD COLUMN recorded_by uuid');
  await queryRunner.query('ALTER TABLE import_rows ADD COLUMN scope uuid DEFAULT scope_id()');
  await queryRunner.query('ALTER TABLE learners ADD COLUMN recorded_by uuid');
  await queryRunner.query('ALTER TABLE transcripts ADD COLUMN recorded_by uuid');
  // Whether somebody else has handed in the same document is not told.
  await queryRunner.query('ALTER TABLE transcripts DROP CONSTRAINT transcripts_learner_id_document_digest_key');
  await queryRunner.query(`
    ALTER TABLE transcripts
      ADD CONSTRAINT transcripts_document_key UNIQUE NULLS NOT DISTINCT (learner_id, document_digest, recorded_by)`);
}

/** Agreements that are there so far could be read by everybody, and stay so. */
async function addParties(queryRunner: QueryRunner): Promise<void> {
  for (const table of ['agreements', 'agreement_revisions', ...partsOfRevisions]) {
    await queryRunner.query(`
      ALTER TABLE ${table} ADD COLUMN parties uuid[] NOT NULL DEFAULT '{}', ADD COLUMN is_public boolean NOT NULL DEFAULT TRUE`);
    const [agreement, number] = table === 'agreements' ? ['id', undefined] : ['agreement_id', `${table}.number`];
    await queryRunner.query(`
      UPDATE ${table} SET parties = ARRAY(
        SELECT DISTINCT institution_id FROM agreement_parties party
        WHERE party.agreement_id = ${table}.${agreement} ${number === undefined ? '' : `AND party.number = ${number}`} ORDER BY institution_id)`);
    await queryRunner.query(`ALTER TABLE ${table} ALTER COLUMN parties DROP DEFAULT, ALTER COLUMN is_public DROP DEFAULT`);
  }
}

/** Where the service recorded everything, an institution reads of a learner what it has decided itself, and the records of its own programmes. */
async function addReaders(queryRunner: QueryRunner): Promise<void> {
  for (const table of learnerOwned) await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN readers uuid[] NOT NULL DEFAULT '{}'`);
  await queryRunner.query(`ALTER TABLE learners ADD COLUMN stewards uuid[] NOT NULL DEFAULT '{}'`);
  const enrolledAt = (learner: string): string => `ARRAY(
    SELECT DISTINCT programme.institution_id FROM enrolments enrolment JOIN programmes programme ON programme.id = enrolment.programme_id
    WHERE enrolment.learner_id = ${learner} ORDER BY 1)`;
  await queryRunner.query(
    `UPDATE learners SET stewards = ${enrolledAt('learners.learner_id')}, readers = ${enrolledAt('learners.learner_id')}`,
  );
  await queryRunner.query(`UPDATE learner_identifiers SET readers = ${enrolledAt('learner_identifiers.learner_id')}`);
  await queryRunner.query(`
    UPDATE enrolments SET readers = ARRAY[programme.institution_id] FROM programmes programme WHERE programme.id = programme_id`);
  await queryRunner.query(`
    UPDATE home_courses course SET readers = enrolment.readers
    FROM enrolments enrolment WHERE enrolment.learner_id = course.learner_id AND enrolment.id = course.enrolment_id`);
  await queryRunner.query('UPDATE redemption_entries SET readers = ARRAY[institution_id]');
  await queryRunner.query(`ALTER TABLE learners ALTER COLUMN stewards DROP DEFAULT`);
  for (const table of learnerOwned) await queryRunner.query(`ALTER TABLE ${table} ALTER COLUMN readers DROP DEFAULT`);
}
