import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp, type TestClient } from './support/app.js';
import { callers, memberOf, studentOf } from './support/callers.js';
import { type Recorded, recordInstitution } from './support/catalogue.js';
import { completionForm, handIn, recordEnrolment, recordLearner, recordProgramme, transcriptForm } from './support/students.js';

/** In every text about the learner that somebody can write. */
const canary = 'CANARY7731';
const account = '0190d7a0-0000-7000-8000-00000000acc0';

let test: TestApp;
let as: ReturnType<typeof callers>;
let home: string;
let registrar: TestClient;
let student: TestClient;
let learner: string;
let other: string;
let transcript: string;
beforeAll(async () => {
  test = await startTestApp();
  as = callers(test);
  home = (await recordInstitution(test.request, { homeCreditSystem: 'china-credit' })).id;
  registrar = as(memberOf(home));
  learner = await recordEverything();
  other = (await recordLearner(registrar, { displayName: 'Somebody else' })).id;
  student = as(studentOf(learner));
});
afterAll(() => test.close());

const identifier = { scheme: 'student-number', value: canary, proof: 'registrar' };

/** A learner with a canary in every table that can hold one. */
async function recordEverything(): Promise<string> {
  const { id } = await recordLearner(registrar, { displayName: canary, identifiers: [{ ...identifier, institution: home }] });
  const own = as(studentOf(id));
  const programme = await recordProgramme(test.request, home);
  const enrolment = await recordEnrolment(test.request, id, programme.id);
  const course = { enrolment: enrolment.id, code: canary, title: canary, credits: 6, status: 'done', attributes: [canary] };
  await registrar.post(`/v1/learners/${id}/home-courses`).send(course).expect(201);
  const row = completionForm(home, { code: canary, title: canary, certificateId: canary });
  const taken = await handIn(registrar, id, transcriptForm(home, { verification: 'failed', reason: canary, completions: [row] }));
  transcript = taken.id;
  const use = { completion: taken.completions[0]?.completion, institution: home, programme: 'BSC-CS', decidedOn: '2025-03-01' };
  await registrar.post(`/v1/learners/${id}/redemptions`).send(use).expect(201);
  await registrar.post('/v1/evaluations').send({ kind: 'stored', learner: id, programme: programme.id }).expect(200);
  const consent = { institution: home, transcripts: [transcript], purpose: canary };
  await own.post(`/v1/learners/${id}/consents`).set('idempotency-key', canary).send(consent).expect(201);
  const { provider, code, outcome } = completionForm(home, { code: canary });
  const line = { identifier: { institution: home, scheme: 'student-number', value: canary }, issuer: home, issuedOn: '2026-01-01' };
  const imported = await registrar
    .post('/v1/imports/completions')
    .set('content-type', 'application/x-ndjson')
    .send(JSON.stringify({ ...line, provider, code, outcome, title: canary }))
    .expect(200);
  expect(imported.body).toMatchObject({ errorCount: 0 });
  await registrar.get(`/v1/learners/${id}`).set('x-request-id', canary).expect(200);
  await recordAccount(id);
  return id;
}

async function recordAccount(id: string): Promise<void> {
  await test.dataSource.query(
    `INSERT INTO accounts (id, institution_id, kind, learner_id, granted_roles, claimed_roles, display_name, issuer, subject, state, version, modified_at)
     VALUES ($1, $2, 'student', $3, '{}', '{}', $4, 'https://idp.example', $4, 'active', 1, now())`,
    [account, home, id, canary],
  );
  await test.dataSource.query(
    `INSERT INTO oauth_artifacts (model, id, payload, expires_at) VALUES ('Session', 's-1', $1, now() + interval '1 day')`,
    [JSON.stringify({ accountId: account, loginTs: 1, uid: canary })],
  );
}

/** The tables of which some row, read back in every column, holds a text; bytes as what they are in hexadecimal. */
async function tablesThatHold(text: string): Promise<readonly string[]> {
  const tables = await test.dataSource.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
  );
  const holding: string[] = [];
  for (const { name } of tables) {
    const rows = await test.dataSource.query<unknown[]>(
      `SELECT FROM "${name}" held WHERE position(lower($1) IN lower(held::text)) > 0 OR position($2 IN held::text) > 0 LIMIT 1`,
      [text, Buffer.from(text).toString('hex')],
    );
    if (rows.length > 0) holding.push(name);
  }
  return holding;
}

/** Where texts about the learner lie. */
const withCanary = [
  'access_log',
  'accounts',
  'completion_statements',
  'completions',
  'consents',
  'evaluations',
  'home_courses',
  'idempotency_keys',
  'learner_identifiers',
  'learners',
  'oauth_artifacts',
  'transcripts',
];

describe('the export', () => {
  it('holds every row about the learner, by what it is', async () => {
    const { body } = (await student.get(`/v1/learners/${learner}/export`).expect(200)) as {
      body: { learner: string; records: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> };
    };
    expect(body.learner).toBe(learner);
    const counts = Object.fromEntries(Object.entries(body.records).map(([name, rows]) => [name, rows.length > 0]));
    expect(counts).toEqual({
      accounts: true,
      learners: true,
      learnerIdentifiers: true,
      identifierClaims: true,
      consents: true,
      consentTranscripts: true,
      accessLog: true,
      enrolments: true,
      homeCourses: true,
      transcripts: true,
      completions: true,
      completionStatements: true,
      achievementClaims: true,
      redemptionEntries: true,
      evaluations: true,
    });
    const kept = body.records['transcripts']?.find(({ id }) => id === transcript);
    const original = await student.get(`/v1/learners/${learner}/transcripts/${transcript}/document`).expect(200);
    expect(Buffer.from(String(kept?.['document']), 'base64').toString()).toBe(original.text);
    expect(JSON.stringify(body)).not.toContain('password');
  });

  it('is for the student alone', async () => {
    await as(studentOf(other)).get(`/v1/learners/${learner}/export`).expect(404);
  });
});

describe('erasure', () => {
  const erase = (client: TestClient) => client.delete(`/v1/learners/${learner}`);

  it('is asked for by the student, on the version that the student has seen', async () => {
    expect(await tablesThatHold(canary)).toEqual(withCanary);
    await erase(as(studentOf(other)))
      .set('if-match', '*')
      .expect(404);
    await erase(student).expect(428);
    await erase(student).set('if-match', '"99"').expect(412);
    await student.get(`/v1/learners/${learner}`).expect(200);
  });

  it('leaves no text about the learner in any column of any table', async () => {
    const entries = () => test.dataSource.query<unknown[]>('SELECT FROM journal_entries WHERE partition_id = $1', [learner]);
    const before = (await entries()).length;
    await erase(student).set('if-match', '*').expect(204);
    expect(await tablesThatHold(canary)).toEqual([]);
    // What the audit log holds stays, and says which learner's record was changed when, not what it said: the key of its digests is gone.
    expect(await tablesThatHold(learner)).toEqual(['journal_entries', 'unsealed_entries']);
    expect(await entries()).toHaveLength(before + 1);
    expect(await tablesThatHold(account)).toEqual([]);
  });

  it('is for ever, and leaves others alone', async () => {
    for (const client of [student, registrar]) {
      await client.get(`/v1/learners/${learner}`).expect(404);
      await client.get(`/v1/learners/${learner}/transcripts`).expect(404);
    }
    await registrar.get(`/v1/learners/${other}`).expect(200);
    await erase(student).set('if-match', '*').expect(404);
    // Identifier and certificate are nobody's again.
    const { id } = (
      await registrar
        .post('/v1/learners')
        .send({ identifiers: [{ ...identifier, institution: home }] })
        .expect(201)
    ).body as Recorded;
    await handIn(registrar, id, transcriptForm(home, { completions: [completionForm(home, { certificateId: canary })] }));
  });
});
