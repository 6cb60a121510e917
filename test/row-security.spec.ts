import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceRole } from '../src/platform/database.js';
import { serviceScope } from '../src/platform/request-context.js';
import { recordAgreement, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { callers, memberOf } from './support/callers.js';
import { recordInstitution } from './support/catalogue.js';
import { handIn, recordEnrolment, recordLearner, recordProgramme, transcriptForm } from './support/students.js';

/** The policies by themselves, without the code above them: as the service's role, in the scope of somebody. */

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

class TakenBack extends Error {}

/** What a statement answers, or does, in a scope; nothing of it stays. */
async function inScope<Row>(scope: string | undefined, sql: string, values: readonly unknown[] = []): Promise<Row> {
  let answer: Row | undefined;
  const attempt = test.dataSource.transaction(async (manager) => {
    await manager.query(`SET LOCAL ROLE ${serviceRole}`);
    if (scope !== undefined) await manager.query(`SET LOCAL app.scope = '${scope}'`);
    answer = await manager.query<Row>(sql, [...values]);
    throw new TakenBack();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  if (answer === undefined) throw new Error('the statement answered nothing');
  return answer;
}

const asOwner = <Row>(sql: string): Promise<Row[]> => test.dataSource.query(sql);

describe('the schema', () => {
  /** What belongs to nobody, and why. */
  const open: Readonly<Record<string, string>> = {
    migrations: 'the owner’s; the service has no privilege on it',
    institution_words: 'words out of published names',
    course_words: 'words out of published titles',
    programme_words: 'words out of published titles',
    agreement_words: 'words out of titles, by which misspelt ones are understood and nothing else',
    identifier_claims: 'digests by which one identifier has one learner, whoever recorded them',
    achievement_claims: 'digests by which one certificate has one learner, whoever recorded them',
  };

  it('holds every table by row-level security, its owner included, or says why not', async () => {
    const tables = await asOwner<{ name: string; isHeld: boolean; policies: number }>(`
      SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS "isHeld",
        (SELECT count(*)::int FROM pg_policy WHERE polrelid = pg_class.oid) AS policies
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`);
    expect(tables.filter(({ isHeld, policies }) => !isHeld || policies === 0).map(({ name }) => name)).toEqual(Object.keys(open).sort());
    expect(tables.length).toBeGreaterThan(30);
  });

  it('has policies that look at the row and the scope alone, no triggers, and no function with its owner’s rights', async () => {
    const conditions = await asOwner<{ condition: string | null }>(
      `SELECT DISTINCT unnest(ARRAY[qual, with_check]) AS condition FROM pg_policies WHERE schemaname = 'public'`,
    );
    const texts = conditions.flatMap(({ condition }) => condition ?? []);
    expect(texts.filter((text) => /\b(SELECT|EXISTS|current_setting)\b/i.test(text))).toEqual([]);
    const functions = texts.flatMap((text) => [...text.matchAll(/\b(\w+)\(/g)].map(([, name]) => name));
    // ANY is an operator, and AND and OR stand before brackets.
    expect([...new Set(functions)].filter((name) => !/^(ANY|AND|OR|NOT)$/.test(name ?? '')).sort()).toEqual([
      'scope_id',
      'scope_is_service',
    ]);
    expect(await asOwner(`SELECT tgname FROM pg_trigger WHERE NOT tgisinternal`)).toEqual([]);
    expect(await asOwner(`SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`)).toEqual([]);
  });

  it('gives the service the privileges of reading and writing rows, and nothing to own', async () => {
    const granted = await asOwner<{ privilege: string }>(
      `SELECT DISTINCT privilege_type AS privilege FROM information_schema.role_table_grants WHERE grantee = '${serviceRole}' ORDER BY 1`,
    );
    expect(granted.map(({ privilege }) => privilege)).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE']);
    expect(await asOwner(`SELECT FROM pg_class WHERE relowner = '${serviceRole}'::regrole`)).toEqual([]);
    expect(
      await asOwner(`SELECT rolname FROM pg_roles WHERE rolname = '${serviceRole}' AND (rolsuper OR rolbypassrls OR rolcreaterole)`),
    ).toEqual([]);
  });

  it.each([
    ['access_log', ['DELETE', 'INSERT', 'SELECT']],
    ['consent_transcripts', ['DELETE', 'INSERT', 'SELECT']],
    ['completion_statements', ['DELETE', 'INSERT', 'SELECT']],
    ['redemption_entries', ['DELETE', 'INSERT', 'SELECT']],
    ['evaluations', ['DELETE', 'INSERT', 'SELECT']],
    ['agreement_rules', ['INSERT', 'SELECT']],
    ['agreement_rule_codes', ['INSERT', 'SELECT']],
    ['agreement_revisions', ['INSERT', 'SELECT', 'UPDATE']],
    ['log_keys', ['INSERT', 'SELECT']],
    ['agreements', ['INSERT', 'SELECT', 'UPDATE']],
    ['institutions', ['INSERT', 'SELECT', 'UPDATE']],
    ['courses', ['INSERT', 'SELECT', 'UPDATE']],
    ['import_sources', ['INSERT', 'SELECT', 'UPDATE']],
    ['migrations', []],
  ])('lets the service do with %s no more than it does: %j', async (table, privileges) => {
    const granted = await asOwner<{ privilege: string }>(`
      SELECT privilege_type AS privilege FROM information_schema.role_table_grants
      WHERE grantee = '${serviceRole}' AND table_name = '${table}' ORDER BY 1`);
    expect(granted.map(({ privilege }) => privilege)).toEqual(privileges);
  });

  it('lets the service change of what is written once nothing but who reads it, and forget a key of the logs', async () => {
    const columns = await asOwner<{ table: string; column: string }>(`
      SELECT table_name AS table, column_name AS column FROM information_schema.role_column_grants granted
      WHERE grantee = '${serviceRole}' AND privilege_type = 'UPDATE' AND NOT EXISTS (
        SELECT FROM information_schema.role_table_grants whole
        WHERE whole.grantee = granted.grantee AND whole.table_name = granted.table_name AND whole.privilege_type = 'UPDATE')
      ORDER BY 1, 2`);
    const byTable = columns
      .map(({ table, column }) => `${table}.${column}`)
      .filter((name) => !/^(consents|accounts|oauth|journal)/.test(name));
    expect(byTable).toEqual([
      'agreement_credit_systems.is_public',
      'agreement_editions.is_public',
      'agreement_grading_scales.is_public',
      'agreement_parties.is_public',
      'agreement_rule_codes.is_public',
      'agreement_rules.is_public',
      'completion_statements.readers',
      'evaluations.readers',
      'learner_identifiers.readers',
      'log_keys.secret',
      'redemption_entries.readers',
    ]);
  });
});

describe('the rows of a learner', () => {
  let recording: string;
  let enrolling: string;
  let foreign: string;
  let learner: string;
  let other: string;
  beforeAll(async () => {
    const as = callers(test);
    [recording, enrolling, foreign] = await Promise.all(
      ['Recording', 'Enrolling', 'Foreign'].map(async (en) => (await recordInstitution(test.request, { names: { en } })).id),
    ).then(([one = '', two = '', three = '']) => [one, two, three] as const);
    const registrar = as(memberOf(recording));
    const identifiers = [{ scheme: 'student-number', value: '1', institution: recording, proof: 'registrar' }];
    learner = (await recordLearner(registrar, { identifiers })).id;
    other = (await recordLearner(as(memberOf(foreign)))).id;
    const programme = await recordProgramme(test.request, enrolling);
    const { id } = await recordEnrolment(test.request, learner, programme.id);
    await test.request
      .post(`/v1/learners/${learner}/home-courses`)
      .send({ enrolment: id, code: 'CS 201', credits: 6, status: 'done' })
      .expect(201);
    const { completions } = await handIn(registrar, learner, transcriptForm(recording, { verification: 'attested' }));
    const use = { completion: completions[0]?.completion, institution: enrolling, programme: 'BSC-CS', decidedOn: '2025-03-01' };
    await test.request.post(`/v1/learners/${learner}/redemptions`).send(use).expect(201);
    const evaluation = { kind: 'stored', learner, programme: programme.id };
    await as(memberOf(enrolling)).post('/v1/evaluations').send(evaluation).expect(200);
  });

  const tables = [
    ['learners', 1, 1],
    ['learner_identifiers', 1, 1],
    ['transcripts', 1, 0],
    ['completions', 1, 0],
    ['completion_statements', 1, 0],
    ['enrolments', 0, 1],
    ['home_courses', 0, 1],
    ['redemption_entries', 1, 1],
    ['evaluations', 0, 1],
  ] as const;

  const seen = async (scope: string | undefined, table: string): Promise<number> => {
    const rows = await inScope<{ count: number }[]>(scope, `SELECT count(*)::int AS count FROM ${table} WHERE learner_id = $1`, [learner]);
    return rows[0]?.count ?? -1;
  };

  it.each(tables)('%s are seen by whom they concern, and by nobody else', async (table, byRecording, byEnrolling) => {
    expect(await seen(learner, table)).toBe(1);
    expect(await seen(serviceScope, table)).toBe(1);
    expect(await seen(recording, table)).toBe(byRecording);
    expect(await seen(enrolling, table)).toBe(byEnrolling);
    expect(await seen(foreign, table)).toBe(0);
    expect(await seen(other, table)).toBe(0);
    expect(await seen(undefined, table)).toBe(0);
  });

  it.each(tables.map(([table]) => table))(
    '%s are changed and deleted by no foreign institution, and by no other student',
    async (table) => {
      const { count } = (
        await inScope<{ count: number }[]>(
          serviceScope,
          `WITH changed AS (UPDATE ${table} SET readers = readers RETURNING 1) SELECT count(*)::int AS count FROM changed`,
        )
      )[0] ?? { count: 0 };
      expect(count).toBeGreaterThan(0);
      for (const scope of [foreign, other, undefined]) {
        const change = `WITH changed AS (UPDATE ${table} SET readers = readers || learner_id WHERE learner_id = $1 RETURNING 1) SELECT * FROM changed`;
        expect(await inScope(scope, change, [learner])).toEqual([]);
        const removal = `WITH gone AS (DELETE FROM ${table} WHERE learner_id = $1 RETURNING 1) SELECT * FROM gone`;
        expect(await inScope(scope, removal, [learner])).toEqual([]);
      }
    },
  );

  it.each(['learners', 'transcripts', 'completions', 'completion_statements', 'redemption_entries', 'evaluations'])(
    '%s are deleted by the service alone',
    async (table) => {
      for (const scope of [learner, recording, enrolling]) {
        const removal = `WITH gone AS (DELETE FROM ${table} WHERE learner_id = $1 RETURNING 1) SELECT * FROM gone`;
        expect(await inScope(scope, removal, [learner])).toEqual([]);
      }
    },
  );

  const refused = /row-level security/;
  const transcript = (recordedBy: string | null, verification: string) => ({
    sql: `INSERT INTO transcripts (learner_id, id, issuer_id, issued_on, document, document_media_type, document_digest, verification, version,
        modified_at, recorded_by, readers)
      VALUES ($1, gen_random_uuid(), $2, '2025-01-01', 'x', 'text/plain', 'sha-256:' || encode(sha256('x'), 'hex'), $3, 1, now(), $4, '{}')`,
    values: [learner, recording, verification, recordedBy],
  });

  it('are recorded by nobody in the name of another', async () => {
    const insert = (scope: string, { sql, values }: { sql: string; values: readonly unknown[] }) => inScope(scope, sql, values);
    await expect(insert(foreign, transcript(recording, 'attested'))).rejects.toThrow(refused);
    await expect(insert(foreign, transcript(null, 'unverified'))).rejects.toThrow(refused);
    await expect(insert(other, transcript(null, 'unverified'))).rejects.toThrow(refused);
    const record =
      'INSERT INTO learners (learner_id, version, modified_at, recorded_by, stewards, readers) VALUES (gen_random_uuid(), 1, now(), $1, $2, $2)';
    await expect(inScope(foreign, record, [recording, [recording, foreign]])).rejects.toThrow(refused);
    await expect(inScope(learner, record, [null, []])).rejects.toThrow(refused);
  });

  it('take of a student what is unverified, and no claim of the student’s', async () => {
    const { sql, values } = transcript(null, 'unverified');
    await expect(inScope(learner, sql, values)).resolves.toEqual([]);
    for (const verification of ['verified', 'attested', 'failed']) {
      const claim = transcript(null, verification);
      await expect(inScope(learner, claim.sql, claim.values)).rejects.toThrow(refused);
    }
    const change = `WITH changed AS (UPDATE transcripts SET verification = 'verified' WHERE learner_id = $1 RETURNING 1) SELECT * FROM changed`;
    expect(await inScope(learner, change, [learner])).toEqual([]);
  });
});

describe('what is published', () => {
  let mine: string;
  let foreign: string;
  beforeAll(async () => {
    mine = (await recordInstitution(test.request)).id;
    foreign = (await recordInstitution(test.request)).id;
  });

  it.each([
    ['institutions', 'id', 'names = names'],
    ['courses', 'provider_id', 'code = code'],
    ['programmes', 'institution_id', 'code = code'],
    ['credit_systems', 'institution_id', 'name = name'],
    ['grading_scales', 'institution_id', 'name = name'],
  ])('in %s is read by everybody, and changed by its owner', async (table, owner, change) => {
    const columns = await asOwner<{ names: string }>(
      `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
       WHERE table_name = '${table}' AND column_name NOT IN ('id', '${owner}')`,
    );
    const names = columns[0]?.names ?? '';
    const samples: Readonly<Record<string, () => Promise<unknown>>> = {
      programmes: () => recordProgramme(test.request, mine),
      courses: () =>
        test.request.post('/v1/courses').send({
          provider: mine,
          code: 'A 1',
          titles: { en: 'A' },
          credits: 1,
          creditSystem: 'ects',
          languages: ['en'],
          learningOutcomes: [],
          assessment: { proctored: false, identityVerified: false },
          delivery: 'mooc',
          repeatable: false,
          validity: {},
        }),
    };
    await samples[table]?.();
    if (owner === 'institution_id' && table !== 'programmes') {
      // One of the shipped ones as a tenant's, named otherwise.
      await asOwner(
        `INSERT INTO ${table} (id, institution_id, ${names}) SELECT 'own-' || id, '${mine}', ${names} FROM ${table} WHERE institution_id IS NULL LIMIT 1`,
      );
    }
    const own = `${owner} = '${mine}'`;
    for (const scope of [mine, foreign, undefined]) {
      expect((await inScope<unknown[]>(scope, `SELECT 1 FROM ${table} WHERE ${own}`)).length).toBe(1);
    }
    const changed = (scope: string) =>
      inScope<unknown[]>(scope, `WITH changed AS (UPDATE ${table} SET ${change} WHERE ${own} RETURNING 1) SELECT * FROM changed`);
    expect(await changed(mine)).toHaveLength(1);
    expect(await changed(foreign)).toEqual([]);
    // A foreign row cannot be locked either, so that changing it answers as if it were not there.
    expect(await inScope(foreign, `SELECT 1 FROM ${table} WHERE ${own} FOR UPDATE`)).toEqual([]);
  });
});

describe('the rows of an agreement', () => {
  const tables = [
    ['agreements', 'id'],
    ['agreement_revisions', 'agreement_id'],
    ['agreement_parties', 'agreement_id'],
  ] as const;
  let parties: readonly string[];
  let foreign: string;
  beforeAll(async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await recordInstitution(test.request)).id));
    parties = ids.slice(0, 2);
    foreign = ids[2] ?? '';
  });

  it.each(tables)('in %s are read by the parties, or by everybody where it is public', async (table, key) => {
    const closed = await recordAgreement(test.request, termsOf(parties));
    const published = await recordAgreement(test.request, termsOf(parties), { visibility: 'public' });
    const readable = async (scope: string | undefined, id: string): Promise<boolean> =>
      (await inScope<unknown[]>(scope, `SELECT 1 FROM ${table} WHERE ${key} = $1`, [id])).length > 0;
    for (const scope of [...parties, serviceScope]) expect(await readable(scope, closed.id)).toBe(true);
    for (const scope of [foreign, undefined]) expect(await readable(scope, closed.id)).toBe(false);
    for (const scope of [...parties, foreign, undefined]) expect(await readable(scope, published.id)).toBe(true);
    const change = `WITH changed AS (UPDATE ${table} SET is_public = TRUE WHERE ${key} = $1 RETURNING 1) SELECT * FROM changed`;
    expect(await inScope(foreign, change, [published.id])).toEqual([]);
  });

  it('are found by a code through its index, although a policy looks at each', async () => {
    const plan = await test.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL ROLE ${serviceRole}`);
      await manager.query(`SET LOCAL app.scope = '${foreign}'`);
      // There are too few rows for an index to be worth it.
      await manager.query('SET LOCAL enable_seqscan = off');
      return manager.query<unknown[]>(`EXPLAIN SELECT FROM agreement_rule_codes WHERE code = 'CS 101' AND side = 'source'`);
    });
    expect(JSON.stringify(plan)).toMatch(/Index Cond: \(\(code = 'CS 101'::text\) AND \(side = 'source'::text\)\)/);
  });
});
