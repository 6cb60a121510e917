import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsentsService } from '../src/learners/consents.service.js';
import { Clock } from '../src/platform/clock.js';
import { startTestApp, type TestApp, type TestClient } from './support/app.js';
import { callers, memberOf, studentOf } from './support/callers.js';
import { itemsOf, pointersOf, type Recorded, recordInstitution } from './support/catalogue.js';
import { completionForm, handIn, recordEnrolment, recordLearner, recordProgramme, transcriptForm } from './support/students.js';

class SetClock extends Clock {
  day = '2026-11-24';

  override now(): Date {
    return new Date(`${this.day}T12:00:00Z`);
  }
}

const clock = new SetClock();
let test: TestApp;
let as: ReturnType<typeof callers>;
let home: string;
let abroad: string;
let registrar: TestClient;
let reader: TestClient;
beforeAll(async () => {
  test = await startTestApp({ clock });
  as = callers(test);
  home = (await recordInstitution(test.request, { homeCreditSystem: 'china-credit' })).id;
  abroad = (await recordInstitution(test.request, { names: { en: 'Abroad' } })).id;
  registrar = as(memberOf(home));
  reader = as(memberOf(abroad));
});
afterAll(() => test.close());

let learner: string;
let student: TestClient;
let first: string;
let second: string;
beforeEach(async () => {
  clock.day = '2026-11-24';
  learner = (await recordLearner(registrar, { displayName: 'Li Wei' })).id;
  student = as(studentOf(learner));
  const transcript = (code: string) => transcriptForm(home, { completions: [completionForm(home, { code })] });
  first = (await handIn(registrar, learner, transcript('A 1'))).id;
  second = (await handIn(registrar, learner, transcript('B 2'))).id;
});

interface ConsentBody extends Recorded {
  readonly state: string;
}

const path = () => `/v1/learners/${learner}/consents`;

async function give(fields: Readonly<Record<string, unknown>> = {}): Promise<ConsentBody> {
  const answer = await student
    .post(path())
    .send({ institution: abroad, ...fields })
    .expect(201);
  return answer.body as ConsentBody;
}

const idsOf = async (client: TestClient, list: string): Promise<readonly string[]> =>
  itemsOf<Recorded>(await client.get(`/v1/learners/${learner}/${list}`).expect(200)).map(({ id }) => id);

describe('a consent', () => {
  it('lets an institution read the transcripts that it names, until it is withdrawn', async () => {
    await reader.get(`/v1/learners/${learner}`).expect(404);
    const consent = await give({ transcripts: [first], purpose: 'Admission', until: '2027-07-31' });
    expect(consent).toMatchObject({
      institution: abroad,
      transcripts: [first],
      purpose: 'Admission',
      until: '2027-07-31',
      state: 'active',
    });

    expect(await idsOf(reader, 'transcripts')).toEqual([first]);
    expect(await idsOf(reader, 'completions')).toHaveLength(1);
    await reader.get(`/v1/learners/${learner}/transcripts/${first}/document`).expect(200);
    await reader.get(`/v1/learners/${learner}/transcripts/${second}`).expect(404);
    expect((await reader.get(`/v1/learners/${learner}`)).body).toMatchObject({ displayName: 'Li Wei' });

    const withdrawn = await student.post(`${path()}/${consent.id}/withdrawal`).expect(200);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', endedAt: '2026-11-24T12:00:00.000Z' });
    for (const part of ['', '/transcripts', '/completions', `/transcripts/${first}`, `/transcripts/${first}/document`]) {
      await reader.get(`/v1/learners/${learner}${part}`).expect(404);
    }
    await student.post(`${path()}/${consent.id}/withdrawal`).expect(409);
    // It is kept, and both see that it was there.
    for (const client of [student, reader]) {
      expect((await client.get(`${path()}/${consent.id}`).expect(200)).body).toMatchObject({ state: 'withdrawn' });
    }
  });

  it('to all transcripts holds for those that come later, too', async () => {
    const { id } = await give();
    expect(await idsOf(reader, 'transcripts')).toEqual([first, second]);
    const third = (await handIn(student, learner, transcriptForm(abroad, { completions: [completionForm(abroad)] }))).id;
    expect(await idsOf(reader, 'transcripts')).toEqual([first, second, third]);
    // The institution that recorded the learner does not see what the student has handed in.
    expect(await idsOf(registrar, 'transcripts')).toEqual([first, second]);
    await student.post(`${path()}/${id}/withdrawal`).expect(200);
    await reader.get(`/v1/learners/${learner}`).expect(404);
    expect(await idsOf(registrar, 'transcripts')).toEqual([first, second]);
  });

  it('takes nothing away from another consent to the same institution', async () => {
    const all = await give();
    await give({ transcripts: [second] });
    await student.post(`${path()}/${all.id}/withdrawal`).expect(200);
    expect(await idsOf(reader, 'transcripts')).toEqual([second]);
  });

  it('ends after its last day', async () => {
    const { id } = await give({ until: '2026-11-25' });
    const consents = test.app.get(ConsentsService);
    clock.day = '2026-11-25';
    await consents.endOverdue();
    expect(await idsOf(reader, 'transcripts')).toHaveLength(2);
    clock.day = '2026-11-26';
    await consents.endOverdue();
    await reader.get(`/v1/learners/${learner}`).expect(404);
    expect((await student.get(`${path()}/${id}`)).body).toMatchObject({ state: 'expired', endedAt: '2026-11-26T12:00:00.000Z' });
    await student.post(`${path()}/${id}/withdrawal`).expect(409);
  });

  it('shows what the completions were used for, so that nobody gives credit twice', async () => {
    await recordProgramme(test.request, home, { code: `BSC-${learner}` });
    const [completion] = await idsOf(registrar, 'completions');
    const use = { completion, institution: home, programme: `BSC-${learner}`, decidedOn: '2026-11-01' };
    await registrar.post(`/v1/learners/${learner}/redemptions`).send(use).expect(201);
    await give({ transcripts: [second] });
    expect(await idsOf(reader, 'redemptions')).toEqual([]);
    await give({ transcripts: [first] });
    expect(await idsOf(reader, 'redemptions')).toHaveLength(1);
  });

  it('is about what there is, and not about the past', async () => {
    const refused = async (fields: object): Promise<readonly string[]> =>
      pointersOf(
        await student
          .post(path())
          .send({ institution: abroad, ...fields })
          .expect(422),
      );
    expect(await refused({ institution: learner })).toEqual(['/institution']);
    expect(await refused({ until: '2026-11-23' })).toEqual(['/until']);
    await student
      .post(path())
      .send({ institution: abroad, transcripts: [learner] })
      .expect(422);
    await student.post(path()).send({ institution: abroad, transcripts: [] }).expect(422);
    await reader.get(`/v1/learners/${learner}`).expect(404);
  });

  it('is the student’s own, and known to the institution that it is given to', async () => {
    const { id } = await give();
    const other = as(studentOf((await recordLearner(registrar)).id));
    await other.get(path()).expect(404);
    await other.post(path()).send({ institution: abroad }).expect(404);
    await other.post(`${path()}/${id}/withdrawal`).expect(404);
    expect(await idsOf(reader, 'consents')).toEqual([id]);
    expect(await idsOf(registrar, 'consents')).toEqual([]);
  });
});

interface AccessBody {
  readonly operation: string;
  readonly institution?: string;
}

describe('the access log', () => {
  const log = async (query = ''): Promise<readonly AccessBody[]> =>
    itemsOf<AccessBody>(await student.get(`/v1/learners/${learner}/access-log?${query}`).expect(200));
  const operations = async (): Promise<readonly string[]> => (await log()).map(({ operation }) => operation);

  it('tells the student who else has read or changed the record, the latest first', async () => {
    expect(await operations()).toEqual(['POST /v1/learners/{learnerId}/transcripts', 'POST /v1/learners/{learnerId}/transcripts']);
    await give();
    const address = `/v1/learners/${learner}/transcripts/${first}/document`;
    await reader.get(`${address}?x=1`).set('x-request-id', 'request-7').expect(200);
    expect((await log())[0]).toEqual({
      id: expect.any(String),
      at: '2026-11-24T12:00:00.000Z',
      institution: abroad,
      subject: 'a-member',
      client: 'a-client',
      operation: 'GET /v1/learners/{learnerId}/transcripts/{id}/document',
      resource: address,
      requestId: 'request-7',
    });
  });

  it('holds no read of the student’s own, and none that was refused', async () => {
    await student.get(`/v1/learners/${learner}`).expect(200);
    await student.get(`/v1/learners/${learner}/transcripts`).expect(200);
    await reader.get(`/v1/learners/${learner}`).expect(404);
    await registrar.get(`/v1/learners/${learner}/transcripts/${learner}`).expect(404);
    expect(await operations()).toHaveLength(2);
  });

  it('holds every learner that a list has shown', async () => {
    const shown = itemsOf<Recorded>(await registrar.get('/v1/learners?limit=200').expect(200));
    expect(shown.length).toBeGreaterThan(1);
    const rows = await test.dataSource.query<unknown[]>(`SELECT FROM access_log WHERE operation = 'GET /v1/learners'`);
    expect(rows).toHaveLength(shown.length);
    expect((await operations())[0]).toBe('GET /v1/learners');
  });

  it('holds an evaluation that an institution has asked for, and none of the student’s', async () => {
    const programme = await recordProgramme(test.request, home, { code: `EV-${learner}` });
    await recordEnrolment(test.request, learner, programme.id);
    const request = { kind: 'stored', learner, programme: programme.id };
    const { body } = (await registrar.post('/v1/evaluations').send(request).expect(200)) as { body: Recorded };
    expect((await log())[0]).toMatchObject({
      operation: 'POST /v1/evaluations',
      resource: `/v1/learners/${learner}/evaluations/${body.id}`,
      institution: home,
    });
    const before = (await log()).length;
    await student.post('/v1/evaluations').send(request).expect(200);
    expect(await log()).toHaveLength(before);
  });

  it('is paged, and the student’s own', async () => {
    const page = await student.get(`/v1/learners/${learner}/access-log?limit=1`).expect(200);
    const { nextCursor } = page.body as { nextCursor: string };
    expect(await log(`limit=1&cursor=${nextCursor}`)).toHaveLength(1);
    await reader.get(`/v1/learners/${learner}/access-log`).expect(404);
  });

  it('cannot be written in another’s name, nor taken back', async () => {
    const answer = await test.dataSource.query<{ privilege: string }[]>(
      `SELECT privilege_type AS privilege FROM information_schema.role_table_grants
       WHERE table_name = 'access_log' AND grantee = 'credit_recognition_service' AND privilege_type IN ('UPDATE', 'TRUNCATE')`,
    );
    expect(answer).toEqual([]);
  });
});
