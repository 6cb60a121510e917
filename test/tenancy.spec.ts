import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { agreementForm, recordAgreement, revisionForm, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp, type TestClient } from './support/app.js';
import { callers, memberOf, studentOf } from './support/callers.js';
import { courseForm, itemsOf, pointersOf, recordCourse, type Recorded, recordInstitution } from './support/catalogue.js';
import { ndjson } from './support/imports.js';
import {
  completionForm,
  handIn,
  programmeForm,
  recordEnrolment,
  recordLearner,
  recordProgramme,
  transcriptForm,
} from './support/students.js';

/** What each of several institutions and students sees and changes of what the others have recorded. */

let test: TestApp;
let as: ReturnType<typeof callers>;
let mine: string;
let foreign: string;
let registrar: TestClient;
let stranger: TestClient;
beforeAll(async () => {
  test = await startTestApp();
  as = callers(test);
  mine = (await recordInstitution(test.request, { homeCreditSystem: 'china-credit' })).id;
  foreign = (await recordInstitution(test.request, { names: { en: 'Elsewhere' } })).id;
  registrar = as(memberOf(mine));
  stranger = as(memberOf(foreign));
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

/** What a refusal says, but for the address it is about. */
function saidOf(answer: Response): unknown {
  const { instance: _instance, ...said } = answer.body as Readonly<Record<string, unknown>>;
  return { status: answer.status, said };
}

describe('the record of a learner', () => {
  let learner: string;
  let transcript: string;
  let completion: string;
  beforeAll(async () => {
    learner = (await recordLearner(registrar, { displayName: 'Li Wei' })).id;
    const taken = await handIn(registrar, learner, transcriptForm(mine, { verification: 'attested' }));
    transcript = taken.id;
    completion = taken.completions[0]?.completion ?? '';
  });

  const paths = (id: string): readonly string[] => [
    `/v1/learners/${id}`,
    ...['transcripts', 'completions', 'enrolments', 'home-courses', 'redemptions', 'evaluations'].map(
      (list) => `/v1/learners/${id}/${list}`,
    ),
    `/v1/learners/${id}/transcripts/${transcript}`,
    `/v1/learners/${id}/transcripts/${transcript}/document`,
    `/v1/learners/${id}/completions/${completion}`,
  ];

  it('is read by the institution that recorded it, and by the student', async () => {
    for (const client of [registrar, as(studentOf(learner))]) for (const path of paths(learner)) await client.get(path).expect(200);
  });

  it('is to any other institution and student as if it did not exist', async () => {
    const other = as(studentOf((await recordLearner(stranger)).id));
    for (const client of [stranger, other]) {
      for (const [index, path] of paths(learner).entries()) {
        const answer = await client.get(path).expect(404);
        expect(saidOf(answer)).toEqual(saidOf(await client.get(paths(nobody)[index] ?? '')));
      }
    }
  });

  it('is in the lists of those alone who see it', async () => {
    const ids = async (client: TestClient): Promise<readonly string[]> =>
      itemsOf<Recorded>(await client.get('/v1/learners?limit=200').expect(200)).map(({ id }) => id);
    expect(await ids(registrar)).toContain(learner);
    expect(await ids(as(studentOf(learner)))).toEqual([learner]);
    expect(await ids(stranger)).not.toContain(learner);
  });

  it('is changed by no other institution', async () => {
    const any = { 'if-match': '*' };
    await stranger.put(`/v1/learners/${learner}`).set(any).send({ displayName: 'Somebody' }).expect(404);
    await stranger.post(`/v1/learners/${learner}/transcripts`).send(transcriptForm(foreign)).expect(404);
    await stranger
      .put(`/v1/learners/${learner}/transcripts/${transcript}/verification`)
      .set(any)
      .send({ verification: 'failed', reason: 'forged' })
      .expect(404);
    await stranger.post(`/v1/learners/${learner}/completions/${completion}/match`).set(any).send({}).expect(404);
    const evaluation = { kind: 'stored', learner, programme: (await recordProgramme(test.request, foreign)).id };
    const refused = await stranger.post('/v1/evaluations').send(evaluation).expect(422);
    expect(pointersOf(refused)).toEqual(['/learner']);
    expect(saidOf(await stranger.post('/v1/evaluations').send({ ...evaluation, learner: nobody }))).toEqual(saidOf(refused));
  });

  it('is named by the student, and by the institutions that answer for it alone', async () => {
    const named = (client: TestClient, displayName: string) =>
      client.put(`/v1/learners/${learner}`).set('if-match', '*').send({ displayName });
    await named(as(studentOf(learner)), '李伟').expect(200);
    await named(registrar, 'Li Wei').expect(200);
    // One with which the student shares the record reads it, and no more.
    await test.dataSource.query('UPDATE learners SET readers = readers || $2::uuid WHERE learner_id = $1', [learner, foreign]);
    await stranger.get(`/v1/learners/${learner}`).expect(200);
    await named(stranger, 'Wei').expect(403);
    const identifier = { scheme: 'esi', value: 'urn:1', institution: foreign, proof: 'registrar' };
    await stranger.post(`/v1/learners/${learner}/identifiers`).send(identifier).expect(403);
    await registrar.post(`/v1/learners/${learner}/identifiers`).send(identifier).expect(201);
    const identifiers = ((await registrar.get(`/v1/learners/${learner}`)).body as { identifiers: readonly Recorded[] }).identifiers;
    const path = `/v1/learners/${learner}/identifiers/${identifiers[0]?.id ?? ''}`;
    await stranger.delete(path).set('if-match', '*').expect(403);
    await registrar.delete(path).set('if-match', '*').expect(200);
  });

  it('opens to the institution at which the learner is enrolled, but for what others have recorded', async () => {
    const { id } = await recordLearner(registrar);
    await handIn(registrar, id, transcriptForm(mine));
    const own = await recordProgramme(test.request, mine, { code: 'BSC-OWN' });
    const elsewhere = await recordProgramme(test.request, foreign, { code: 'BSC-ELSE' });
    const enrol = (client: TestClient, programme: string) =>
      client.post(`/v1/learners/${id}/enrolments`).send({ programme, admissionDate: '2024-09-01', status: 'active' });
    await enrol(registrar, own.id).expect(201);
    await enrol(registrar, elsewhere.id).expect(403);
    await stranger.get(`/v1/learners/${id}`).expect(404);
    const { id: enrolment } = await recordEnrolment(test.request, id, elsewhere.id);
    await stranger.get(`/v1/learners/${id}`).expect(200);
    expect(itemsOf(await stranger.get(`/v1/learners/${id}/enrolments`).expect(200))).toHaveLength(1);
    expect(itemsOf(await stranger.get(`/v1/learners/${id}/transcripts`).expect(200))).toEqual([]);
    expect(itemsOf(await stranger.get(`/v1/learners/${id}/completions`).expect(200))).toEqual([]);
    await stranger.delete(`/v1/learners/${id}/enrolments/${enrolment}`).set('if-match', '*').expect(204);
    await stranger.get(`/v1/learners/${id}`).expect(404);
  });
});

describe('one achievement that two institutions have recorded', () => {
  let learner: string;
  let first: string;
  let second: string;
  const certified = () => transcriptForm(mine, { completions: [completionForm(mine, { certificateId: 'c-1' })] });
  beforeAll(async () => {
    learner = (await recordLearner(registrar)).id;
    const programme = await recordProgramme(test.request, foreign, { code: 'BSC-TWO' });
    await recordEnrolment(test.request, learner, programme.id);
    first = (await handIn(registrar, learner, certified())).id;
    // The same document once more says nothing about whether somebody else has handed it in.
    second = (await handIn(stranger, learner, certified())).id;
  });

  it('is one completion, of which each sees its own transcript', async () => {
    const seen = async (client: TestClient, list: string): Promise<readonly Recorded[]> =>
      itemsOf<Recorded>(await client.get(`/v1/learners/${learner}/${list}`).expect(200));
    const [completion] = await seen(registrar, 'completions');
    expect((await seen(stranger, 'completions')).map(({ id }) => id)).toEqual([completion?.id]);
    expect((await seen(registrar, 'transcripts')).map(({ id }) => id)).toEqual([first]);
    expect((await seen(stranger, 'transcripts')).map(({ id }) => id)).toEqual([second]);
    expect(await seen(as(studentOf(learner)), 'transcripts')).toHaveLength(2);
    await registrar.post(`/v1/learners/${learner}/transcripts`).send(certified()).expect(409);
  });

  it('is redeemed once, and whoever sees the completion sees that', async () => {
    await recordProgramme(test.request, mine, { code: 'BSC-MINE' });
    const completion = itemsOf<Recorded>(await registrar.get(`/v1/learners/${learner}/completions`))[0]?.id;
    const use = { completion, institution: mine, programme: 'BSC-MINE', decidedOn: '2025-03-01' };
    await stranger.post(`/v1/learners/${learner}/redemptions`).send(use).expect(403);
    const { body } = (await registrar.post(`/v1/learners/${learner}/redemptions`).send(use).expect(201)) as { body: Recorded };
    expect(itemsOf<Recorded>(await stranger.get(`/v1/learners/${learner}/redemptions`).expect(200)).map(({ id }) => id)).toEqual([body.id]);
    await stranger.post(`/v1/learners/${learner}/redemptions/${body.id}/undo`).send({ decidedOn: '2025-03-02' }).expect(403);
  });
});

describe('what a transcript proves', () => {
  it('is nothing by the word of a student, and attested by the issuer alone', async () => {
    const { id } = await recordLearner(registrar);
    const student = as(studentOf(id));
    const path = `/v1/learners/${id}/transcripts`;
    for (const verification of ['verified', 'attested']) {
      const refused = await student.post(path).send(transcriptForm(mine, { verification })).expect(422);
      expect(pointersOf(refused)).toEqual(['/verification']);
    }
    await student
      .post(path)
      .send(transcriptForm(mine, { verification: 'failed', reason: 'none' }))
      .expect(422);
    const { id: transcript } = await handIn(student, id, transcriptForm(mine));
    expect((await student.get(`${path}/${transcript}`)).body).toMatchObject({ verification: 'unverified' });
    const refused = await registrar
      .post(path)
      .send(transcriptForm(foreign, { verification: 'attested' }))
      .expect(422);
    expect(pointersOf(refused)).toEqual(['/verification']);
    await registrar
      .post(path)
      .send(transcriptForm(mine, { issuedOn: '2025-03-01', verification: 'attested' }))
      .expect(201);
  });

  it('is said by who handed it in, not by who reads it, too', async () => {
    const { id } = await recordLearner(registrar);
    const { id: transcript } = await handIn(registrar, id, transcriptForm(mine));
    await test.dataSource.query('UPDATE learners SET readers = readers || $2::uuid WHERE learner_id = $1', [id, foreign]);
    for (const table of ['transcripts', 'completions', 'completion_statements']) {
      await test.dataSource.query(`UPDATE ${table} SET readers = readers || $2::uuid WHERE learner_id = $1`, [id, foreign]);
    }
    const check = (client: TestClient) =>
      client.put(`/v1/learners/${id}/transcripts/${transcript}/verification`).set('if-match', '*').send({ verification: 'verified' });
    await check(stranger).expect(403);
    await check(registrar).expect(200);
  });
});

describe('the catalogue of an institution', () => {
  it('is read by everybody, and written by itself', async () => {
    const { id } = await recordCourse(registrar, mine, { code: 'OWN 1' });
    await stranger.get(`/v1/courses/${id}`).expect(200);
    await as({ scope: nobody, subject: 'x' }).get(`/v1/courses/${id}`).expect(200);
    await stranger.put(`/v1/courses/${id}`).set('if-match', '*').send(courseForm(mine)).expect(403);
    await stranger
      .post('/v1/courses')
      .send(courseForm(mine, { code: 'OWN 2' }))
      .expect(403);
    await stranger
      .post('/v1/courses')
      .send(courseForm(mine, { code: 'OWN 3', platform: foreign }))
      .expect(201);
    await registrar
      .put(`/v1/courses/${id}`)
      .set('if-match', '*')
      .send(courseForm(mine, { code: 'OWN 1' }))
      .expect(200);
    await stranger
      .post('/v1/programmes')
      .send(programmeForm(mine, { code: 'NOT-MINE' }))
      .expect(403);
    await stranger
      .put(`/v1/institutions/${mine}`)
      .set('if-match', '*')
      .send({ kind: 'university', names: { en: 'X' }, country: 'CN' })
      .expect(403);
    await registrar
      .post('/v1/institutions')
      .send({ kind: 'university', names: { en: 'X' }, country: 'CN' })
      .expect(403);
  });

  it('takes of a file what is the institution’s own, and changes nothing of another’s', async () => {
    const own = { code: 'FILE 1', titles: { en: 'One' } };
    const { id } = await recordCourse(registrar, mine, own);
    const rows = [courseForm(mine, { ...own, titles: { en: 'Taken over' } }), courseForm(foreign, { code: 'FILE 2' })];
    const answer = await stranger
      .post('/v1/imports/courses')
      .set('content-type', ndjson)
      .send(rows.map((row) => JSON.stringify(row)).join('\n'))
      .expect(200);
    expect(answer.body).toMatchObject({ counts: [{ resource: 'courses', created: 1, changed: 0, unchanged: 0, refused: 1 }] });
    expect((await registrar.get(`/v1/courses/${id}`)).body).toMatchObject({ titles: { en: 'One' }, version: 1 });
  });

  it('has its offerings recorded by the provider, the platform or a host', async () => {
    const { id: course } = await recordCourse(registrar, mine, { code: 'RUN 1' });
    const period = { from: '2025-02-01', until: '2025-06-30' };
    const run = (client: TestClient, hosts: readonly string[]) =>
      client.post('/v1/offerings').send({ course, period, hosts, language: 'en' });
    await run(stranger, [mine]).expect(403);
    const { body } = (await run(stranger, [mine, foreign]).expect(201)) as { body: Recorded };
    const change = { course, period, hosts: [foreign], language: 'zh' };
    await registrar.put(`/v1/offerings/${body.id}`).set('if-match', '*').send(change).expect(403);
    await stranger.put(`/v1/offerings/${body.id}`).set('if-match', '*').send(change).expect(200);
  });
});

describe('an agreement', () => {
  let third: string;
  let outsider: TestClient;
  beforeAll(async () => {
    third = (await recordInstitution(test.request, { names: { en: 'Third' } })).id;
    outsider = as(memberOf(third));
  });
  const anonymous = { scope: '', subject: 'nobody' };

  it('is for its parties, unless they publish it', async () => {
    const { id } = await recordAgreement(registrar, termsOf([mine, foreign]));
    const paths = [
      `/v1/agreements/${id}`,
      `/v1/agreements/${id}/revisions`,
      `/v1/agreements/${id}/revisions/1`,
      `/v1/agreements/${id}/revisions/1/findings`,
    ];
    for (const client of [registrar, stranger]) for (const path of paths) await client.get(path).expect(200);
    for (const client of [outsider, as(anonymous)]) {
      for (const path of paths) await client.get(path).expect(404);
      expect(itemsOf<Recorded>(await client.get('/v1/agreements?limit=200')).map((item) => item.id)).not.toContain(id);
    }
    const title = { en: 'Credit recognition' };
    await outsider.put(`/v1/agreements/${id}`).set('if-match', '*').send({ title, visibility: 'public' }).expect(404);
    const published = await registrar.put(`/v1/agreements/${id}`).set('if-match', '*').send({ title, visibility: 'public' }).expect(200);
    expect(published.body).toMatchObject({ visibility: 'public', version: 2 });
    for (const client of [outsider, as(anonymous)]) for (const path of paths) await client.get(path).expect(200);
    // Published, it is still changed by its parties alone.
    await outsider.put(`/v1/agreements/${id}`).set('if-match', '*').send({ title }).expect(403);
    await outsider
      .post(`/v1/agreements/${id}/revisions`)
      .send(revisionForm(termsOf([third, mine])))
      .expect(403);
    await outsider.post(`/v1/imports/rules?agreement=${id}`).set('content-type', ndjson).send('\n').expect(403);
    await registrar.put(`/v1/agreements/${id}`).set('if-match', '*').send({ title, visibility: 'parties' }).expect(200);
    for (const path of paths) await outsider.get(path).expect(404);
  });

  it('is attested by an institution for itself', async () => {
    const refused = await registrar
      .post('/v1/agreements')
      .send(agreementForm(termsOf([foreign, mine])))
      .expect(422);
    expect(pointersOf(refused)).toEqual(['/revision/attestedBy']);
    const outside = await registrar
      .post('/v1/agreements')
      .send(agreementForm(termsOf([foreign, third])))
      .expect(422);
    expect(pointersOf(outside)).toEqual(['/revision/attestedBy']);
  });

  it('shows to who has left it what it was a party to, and lets it change nothing', async () => {
    const { id } = await recordAgreement(registrar, termsOf([mine, foreign]));
    const next = termsOf([mine, third], [], { period: { from: '2026-01-01' } });
    await registrar.post(`/v1/agreements/${id}/revisions`).send(revisionForm(next)).expect(201);
    const numbers = async (client: TestClient): Promise<readonly number[]> =>
      itemsOf<{ number: number }>(await client.get(`/v1/agreements/${id}/revisions`).expect(200)).map(({ number }) => number);
    expect(await numbers(registrar)).toEqual([1, 2]);
    expect(await numbers(stranger)).toEqual([1]);
    expect(await numbers(outsider)).toEqual([2]);
    await stranger
      .put(`/v1/agreements/${id}`)
      .set('if-match', '*')
      .send({ title: { en: 'Mine' } })
      .expect(403);
    await stranger
      .post(`/v1/agreements/${id}/revisions`)
      .send(revisionForm(termsOf([foreign, mine])))
      .expect(403);
    // A party of the latest revision goes on from there, whatever it was not a party to before.
    const last = termsOf([third, mine], [], { period: { from: '2027-01-01' } });
    expect((await outsider.post(`/v1/agreements/${id}/revisions`).send(revisionForm(last)).expect(201)).body).toMatchObject({ number: 3 });
  });
});
