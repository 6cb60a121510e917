import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Completion, HomeCourse, Redemption } from '../src/evaluation/domain/index.js';
import { loadLearnerForEvaluation } from '../src/redemptions/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, recordCourse, type Recorded, recordInstitution } from './support/catalogue.js';
import { completionForm, handIn, recordEnrolment, recordLearner, recordProgramme, transcriptForm } from './support/students.js';

let test: TestApp;
let tsinghua: string;
let nairobi: string;
let programme: string;
beforeAll(async () => {
  test = await startTestApp();
  tsinghua = (await recordInstitution(test.request, { homeCreditSystem: 'china-credit' })).id;
  nairobi = (await recordInstitution(test.request, { names: { en: 'University of Nairobi' }, country: 'KE' })).id;
  programme = (await recordProgramme(test.request, nairobi, { code: 'BSC-CS' })).id;
  await recordProgramme(test.request, nairobi, { code: 'BSC-EE' });
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';
const decidedOn = '2025-03-01';

interface EntryBody {
  readonly id: string;
}

/** A learner with one achieved completion. */
async function student(): Promise<{ learner: string; completion: string; path: string }> {
  const learner = (await recordLearner(test.request)).id;
  const { completions } = await handIn(test.request, learner, transcriptForm(tsinghua));
  return { learner, completion: completions[0]?.completion ?? '', path: `/v1/learners/${learner}/redemptions` };
}

describe('the redemption ledger', () => {
  it('enters that a completion was used for credit, once for each programme', async () => {
    const { completion, path } = await student();
    const use = { completion, institution: nairobi, programme: 'bsc-cs', decidedOn };
    const entered = await test.request.post(path).send(use).expect(201);
    expect(entered.body).toMatchObject({ ...use, programme: 'BSC-CS', kind: 'redeemed', inForce: true });
    const { id } = entered.body as EntryBody;
    expect((await test.request.get(`${path}/${id}`).expect(200)).body).toEqual(entered.body);
    await test.request.post(path).send(use).expect(409);
    await test.request
      .post(path)
      .send({ ...use, programme: 'BSC-EE' })
      .expect(201);
  });

  it('moves and gives back credit by entries of their own', async () => {
    const { completion, path } = await student();
    const first = (await test.request.post(path).send({ completion, institution: nairobi, programme: 'BSC-CS', decidedOn }).expect(201))
      .body as EntryBody;
    const moved = await test.request.post(`${path}/${first.id}/transfer`).send({ programme: 'BSC-EE', decidedOn }).expect(201);
    expect(moved.body).toMatchObject({ kind: 'transferred', replaces: first.id, completion, programme: 'BSC-EE', inForce: true });
    await test.request.post(`${path}/${first.id}/undo`).send({ decidedOn }).expect(409);
    const last = (moved.body as EntryBody).id;
    const early = await test.request.post(`${path}/${last}/undo`).send({ decidedOn: '2025-02-28' }).expect(422);
    expect(pointersOf(early)).toEqual(['/decidedOn']);
    const undone = await test.request.post(`${path}/${last}/undo`).send({ decidedOn }).expect(201);
    expect(undone.body).toMatchObject({ kind: 'undone', replaces: last, programme: 'BSC-EE', inForce: false });
    await test.request
      .post(`${path}/${(undone.body as EntryBody).id}/undo`)
      .send({ decidedOn })
      .expect(409);
    expect(itemsOf(await test.request.get(path).expect(200))).toHaveLength(3);
    expect(itemsOf(await test.request.get(`${path}?inForce=true&completion=${completion}`).expect(200))).toEqual([]);
    expect(itemsOf(await test.request.get(`${path}?inForce=false&institution=${nairobi}&limit=2`).expect(200))).toHaveLength(2);
  });

  it('refuses what cannot have been used', async () => {
    const { learner, path } = await student();
    const refused = async (fields: object) =>
      pointersOf(
        await test.request
          .post(path)
          .send({ institution: nairobi, programme: 'BSC-CS', decidedOn, ...fields })
          .expect(422),
      );
    const foreign = (await student()).completion;
    expect(await refused({ completion: foreign, institution: nobody, programme: 'X' })).toEqual([
      '/completion',
      '/institution',
      '/programme',
    ]);
    const rows = [completionForm(tsinghua, { code: 'OPEN 1', outcome: 'failed' })];
    const { completions } = await handIn(test.request, learner, transcriptForm(tsinghua, { completions: rows }));
    expect(await refused({ completion: completions[0]?.completion, programme: 'NO-SUCH' })).toEqual(['/completion', '/programme']);
    expect(await refused({ completion: 'c', decidedOn: 'today', kind: 'redeemed' })).toEqual(['/completion', '/decidedOn', '/kind']);
  });

  it('of another learner is not found', async () => {
    const [one, other] = [await student(), await student()];
    const use = { completion: one.completion, institution: nairobi, programme: 'BSC-CS', decidedOn };
    const { id } = (await test.request.post(one.path).send(use).expect(201)).body as EntryBody;
    await test.request.get(`${other.path}/${id}`).expect(404);
    await test.request.post(`${other.path}/${id}/undo`).send({ decidedOn }).expect(404);
    await test.request.post(`${other.path}/${id}/transfer`).send({ programme: 'BSC-EE', decidedOn }).expect(404);
  });

  it('enters one of two uses that come at the same time', async () => {
    const { completion, path } = await student();
    const use = { completion, institution: nairobi, programme: 'BSC-CS', decidedOn };
    const answers = await Promise.all([use, use].map((form) => test.request.post(path).send(form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('what an evaluation reads of a learner', () => {
  it('is all that the learner owns, in one statement, with the facts of the catalogue', async () => {
    const xuetangx = (await recordInstitution(test.request, { kind: 'platform', names: { en: 'XuetangX' } })).id;
    const course = (await recordCourse(test.request, tsinghua, { code: 'POV 101', platform: xuetangx, repeatable: true })).id;
    const learner = (await recordLearner(test.request)).id;
    const rows = [
      completionForm(tsinghua, { platform: xuetangx, grade: { scale: 'us-letter', value: 'B' }, evidence: { proctored: true } }),
      completionForm(tsinghua, { code: 'UNKNOWN 1', credits: 1.125, creditSystem: 'ects', hours: 30 }),
      { provider: xuetangx, code: 'UNKNOWN 2', outcome: 'planned' },
    ];
    const taken = await handIn(test.request, learner, transcriptForm(tsinghua, { verification: 'verified', completions: rows }));
    const older = await handIn(
      test.request,
      learner,
      transcriptForm(tsinghua, { issuedOn: '2024-12-31', completions: [completionForm(tsinghua)] }),
    );
    const [known = '', stated = '', open = ''] = taken.completions.map(({ completion }) => completion);
    const enrolment = await recordEnrolment(test.request, learner, programme);
    const home = await test.request
      .post(`/v1/learners/${learner}/home-courses`)
      .send({ enrolment: enrolment.id, code: 'MATH 101', credits: 7.5, status: 'done', attributes: ['Q'] })
      .expect(201);
    const path = `/v1/learners/${learner}/redemptions`;
    const use = { completion: stated, institution: nairobi, programme: 'BSC-CS', decidedOn };
    const { id } = (await test.request.post(path).send(use).expect(201)).body as EntryBody;
    await test.request.post(`${path}/${id}/transfer`).send({ programme: 'BSC-EE', decidedOn }).expect(201);

    const facts = await loadLearnerForEvaluation(test.dataSource, learner, { programmeId: programme });
    const evidence = { identityVerified: false, proctored: false, verification: 'verified' } as const;
    const day = { outcome: 'achieved', completedOn: '2024-12-20' } as const;
    const expected: readonly Completion[] = [
      {
        ...{ id: known, provider: tsinghua, platform: xuetangx, code: 'POV 101', course, isced: '0311', eqfLevel: 6, ...day },
        ...{ credits: 2, creditSystem: 'china-credit', hours: 64, weeks: 8, grade: { scale: 'us-letter', value: 'B' } },
        ...{ evidence: { ...evidence, proctored: true }, mooc: true, repeatable: true },
      },
      {
        ...{ id: stated, provider: tsinghua, code: 'UNKNOWN 1', ...day, credits: 1.125, creditSystem: 'ects', hours: 30 },
        ...{ evidence, mooc: false, repeatable: false },
      },
      {
        ...{ id: open, provider: xuetangx, code: 'UNKNOWN 2', outcome: 'planned', credits: 0, creditSystem: 'ects' },
        ...{ evidence, mooc: true, repeatable: false },
      },
    ];
    const homeRecord: readonly HomeCourse[] = [
      { id: (home.body as Recorded).id, code: 'MATH 101', credits: 7.5, status: 'done', passFail: false, attributes: ['Q'] },
    ];
    const redemptions: readonly Redemption[] = [{ completion: stated, institution: nairobi, programme: 'BSC-EE' }];
    expect(facts).toEqual({
      journalKey: expect.stringMatching(/^[\w+/]{43}=$/),
      transcripts: [
        { id: taken.id, digest: expect.stringMatching(/^sha-256:/), verification: 'verified' },
        { id: older.id, digest: expect.stringMatching(/^sha-256:/), verification: 'unverified' },
      ],
      completions: expected,
      enrolment: { id: enrolment.id, admissionDate: '2024-09-01', status: 'active' },
      homeRecord,
      redemptions,
    });
  });

  it('is what the transcripts say that are asked for', async () => {
    const { learner, completion } = await student();
    const rows = [completionForm(tsinghua, { credits: 5 }), completionForm(tsinghua, { code: 'ONLY 2' })];
    const second = await handIn(test.request, learner, transcriptForm(tsinghua, { issuedOn: '2025-03-01', completions: rows }));
    const read = async (transcriptIds: readonly string[]) =>
      (await loadLearnerForEvaluation(test.dataSource, learner, { programmeId: programme, transcriptIds }))?.completions ?? [];
    expect((await read([second.id])).map(({ credits }) => credits)).toEqual([5, 0]);
    const [first] = itemsOf<Recorded>(await test.request.get(`/v1/learners/${learner}/transcripts`).expect(200));
    expect((await read([first?.id ?? ''])).map(({ id }) => id)).toEqual([completion]);
    expect(await read([nobody])).toEqual([]);
  });

  it('is nothing of a learner, or for a programme, that does not exist', async () => {
    const { learner } = await student();
    expect(await loadLearnerForEvaluation(test.dataSource, nobody, { programmeId: programme })).toBeUndefined();
    expect(await loadLearnerForEvaluation(test.dataSource, learner, { programmeId: nobody })).toBeUndefined();
    const facts = await loadLearnerForEvaluation(test.dataSource.manager, learner, { programmeId: programme });
    expect(facts).toMatchObject({ homeRecord: [], redemptions: [] });
    expect(facts).not.toHaveProperty('enrolment');
  });
});
