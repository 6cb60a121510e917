import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, recordCourse, type Recorded, recordInstitution } from './support/catalogue.js';
import { completionForm, handIn, recordLearner, transcriptForm } from './support/students.js';

let test: TestApp;
let tsinghua: string;
let xuetangx: string;
let learner: string;
beforeAll(async () => {
  test = await startTestApp();
  tsinghua = (await recordInstitution(test.request, { homeCreditSystem: 'china-credit' })).id;
  xuetangx = (await recordInstitution(test.request, { kind: 'platform', names: { en: 'XuetangX', zh: '学堂在线' } })).id;
});
beforeEach(async () => {
  learner = (await recordLearner(test.request)).id;
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

interface CompletionBody extends Recorded {
  readonly course?: string;
  readonly transcript: string;
}

const path = () => `/v1/learners/${learner}/transcripts`;

const completions = async (query = ''): Promise<readonly CompletionBody[]> =>
  itemsOf<CompletionBody>(await test.request.get(`/v1/learners/${learner}/completions?${query}`).expect(200));

const sha256 = (text: string) => `sha-256:${createHash('sha256').update(text).digest('hex')}`;

describe('a transcript', () => {
  it('is taken in with all it states, and kept byte by byte', async () => {
    const row = completionForm(tsinghua, {
      platform: xuetangx,
      code: 'ART 7',
      title: '中国人物画',
      credits: 1.5,
      creditSystem: 'ects',
      grade: { scale: 'us-letter', value: 'A-' },
      enrolledOn: '2024-09-01',
      certificateId: 'cert-1',
      attempt: 2,
      hours: 40.5,
      weeks: 12,
      evidence: { identityVerified: true, proctored: true },
    });
    const form = transcriptForm(tsinghua, { verification: 'attested', completions: [row] });
    // Blanks and order are the issuer's own, and stay.
    const bytes = JSON.stringify(form, null, 3);
    const created = await test.request.post(path()).set('content-type', 'application/json').send(bytes).expect(201);
    expect(created.body).toMatchObject({
      issuer: tsinghua,
      issuedOn: '2025-02-28',
      verification: 'attested',
      document: { mediaType: 'application/json', sizeBytes: Buffer.byteLength(bytes), digest: sha256(bytes) },
      completions: [row],
      version: 1,
    });
    const { id } = created.body as Recorded;
    expect((await test.request.get(`${path()}/${id}`).expect(200)).body).toEqual(created.body);
    expect((await test.request.get(`${path()}/${id}/document`).expect(200)).text).toBe(bytes);
    const listed = itemsOf<Recorded>(await test.request.get(`${path()}?issuer=${tsinghua}&verification=attested`).expect(200));
    expect(listed.map((item) => item.id)).toEqual([id]);
    expect(listed[0]).not.toHaveProperty('completions');
    expect(await completions()).toMatchObject([{ ...row, transcript: id, verification: 'attested', creditsSource: 'transcript' }]);
  });

  it('is unverified unless somebody says otherwise, and counts credits in the home system of the provider', async () => {
    const form = transcriptForm(tsinghua, { completions: [completionForm(tsinghua, { credits: 2 })] });
    const taken = await handIn(test.request, learner, form);
    expect(taken).toMatchObject({ verification: 'unverified', completions: [{ credits: 2, creditSystem: 'china-credit', attempt: 1 }] });
  });

  it('is taken in once', async () => {
    await handIn(test.request, learner, transcriptForm(tsinghua));
    await test.request.post(path()).send(transcriptForm(tsinghua)).expect(409);
    expect(itemsOf(await test.request.get(path()).expect(200))).toHaveLength(1);
  });

  it('is refused with every invalid field at once', async () => {
    const form = {
      issuer: 'here',
      issuedOn: '2025-02-30',
      verification: 'sure',
      pages: 2,
      completions: [
        { provider: tsinghua, code: 'A 1', outcome: 'achieved' },
        { provider: 7, code: '', outcome: 'passed', credits: -1, attempt: 0, hours: 0, evidence: { proctored: 'yes', seen: 1 } },
        { provider: tsinghua, code: 'A 2', outcome: 'achieved', credits: 1.23456, grade: { scale: 'us-letter' }, completedOn: 'May' },
        null,
      ],
    };
    const answer = await test.request.post(path()).send(form).expect(422);
    expect(pointersOf(answer)).toEqual([
      '/completions',
      '/completions/1/attempt',
      '/completions/1/code',
      '/completions/1/credits',
      '/completions/1/evidence/proctored',
      '/completions/1/evidence/seen',
      '/completions/1/hours',
      '/completions/1/outcome',
      '/completions/1/provider',
      '/completions/2/completedOn',
      '/completions/2/credits',
      '/completions/2/grade/value',
      '/completions/3',
      '/issuedOn',
      '/issuer',
      '/pages',
      '/verification',
    ]);
    expect(
      pointersOf(
        await test.request
          .post(path())
          .send(transcriptForm(tsinghua, { completions: [] }))
          .expect(422),
      ),
    ).toEqual(['/completions']);
  });

  it('is refused whole where it names what does not exist, and nothing of it is kept', async () => {
    const form = transcriptForm(nobody, {
      verification: 'failed',
      completions: [
        completionForm(tsinghua),
        completionForm(nobody, { code: 'X 1', platform: nobody, creditSystem: 'points', credits: 1 }),
        completionForm(tsinghua, { code: 'X 2', grade: { scale: 'us-letter', value: 'A++' } }),
        completionForm(tsinghua, { code: 'X 3', grade: { scale: 'stars', value: '5' }, enrolledOn: '2024-12-21' }),
        completionForm(xuetangx, { code: 'X 4', credits: 3 }),
        completionForm(tsinghua, { code: 'X 5', creditSystem: 'ects' }),
      ],
    });
    const answer = await test.request.post(path()).send(form).expect(422);
    expect(pointersOf(answer)).toEqual([
      '/completions/1/creditSystem',
      '/completions/1/platform',
      '/completions/1/provider',
      '/completions/2/grade/value',
      '/completions/3/completedOn',
      '/completions/3/grade/scale',
      '/completions/4/creditSystem',
      '/completions/5/creditSystem',
      '/issuer',
      '/reason',
    ]);
    expect(itemsOf(await test.request.get(path()).expect(200))).toEqual([]);
    expect(await completions()).toEqual([]);
  });

  it('is checked later, by whoever has its present version', async () => {
    const { id } = await handIn(test.request, learner, transcriptForm(tsinghua));
    const verification = `${path()}/${id}/verification`;
    await test.request.put(verification).send({ verification: 'verified' }).expect(428);
    await test.request.put(verification).set('if-match', '"2"').send({ verification: 'verified' }).expect(412);
    const failed = { verification: 'failed', reason: 'The signature is of another issuer.' };
    const checked = await test.request.put(verification).set('if-match', '"1"').send(failed).expect(200);
    expect(checked.body).toMatchObject({ ...failed, version: 2 });
    expect(await completions()).toMatchObject([{ verification: 'failed', version: 2 }]);
    expect(pointersOf(await test.request.put(verification).set('if-match', '*').send({ verification: 'failed' }).expect(422))).toEqual([
      '/reason',
    ]);
  });

  it('of another learner is not found', async () => {
    const { id, completions: rows } = await handIn(test.request, learner, transcriptForm(tsinghua));
    const other = (await recordLearner(test.request)).id;
    const completion = rows[0]?.completion ?? '';
    for (const place of [`transcripts/${id}`, `transcripts/${id}/document`, `completions/${completion}`]) {
      await test.request.get(`/v1/learners/${other}/${place}`).expect(404);
    }
    await test.request
      .put(`/v1/learners/${other}/transcripts/${id}/verification`)
      .set('if-match', '*')
      .send({ verification: 'verified' })
      .expect(404);
    await test.request.post(`/v1/learners/${other}/completions/${completion}/match`).set('if-match', '*').send({}).expect(404);
    await test.request.post(`/v1/learners/${nobody}/transcripts`).send(transcriptForm(tsinghua)).expect(404);
  });
});

describe('an achievement', () => {
  it('stated by two documents is one completion', async () => {
    const first = await handIn(
      test.request,
      learner,
      transcriptForm(tsinghua, { completions: [completionForm(tsinghua, { certificateId: 'c-1' })] }),
    );
    const second = await handIn(
      test.request,
      learner,
      transcriptForm(xuetangx, {
        completions: [completionForm(tsinghua, { code: 'pov101' }), completionForm(tsinghua, { code: 'POV 102' })],
      }),
    );
    expect(second.completions[0]?.completion).toBe(first.completions[0]?.completion);
    expect(await completions()).toHaveLength(2);
    expect(await completions(`transcript=${second.id}`)).toHaveLength(2);
    expect(await completions(`transcript=${first.id}`)).toMatchObject([{ certificateId: 'c-1', version: 2 }]);
  });

  it('is what the best verified transcript says, once the course has ended', async () => {
    const row = (fields: Readonly<Record<string, unknown>>) => [completionForm(tsinghua, fields)];
    const { completedOn: _date, ...open } = completionForm(tsinghua, { outcome: 'inProgress', enrolledOn: '2024-09-01' });
    await handIn(
      test.request,
      learner,
      transcriptForm(tsinghua, { verification: 'verified', issuedOn: '2024-10-01', completions: [open] }),
    );
    expect(await completions()).toMatchObject([{ outcome: 'inProgress', verification: 'verified' }]);
    const grade = (value: string) => ({ scale: 'us-letter', value });
    await handIn(test.request, learner, transcriptForm(tsinghua, { issuedOn: '2025-01-01', completions: row({ grade: grade('A') }) }));
    expect(await completions()).toMatchObject([{ outcome: 'achieved', grade: grade('A'), verification: 'unverified' }]);
    const attested = { verification: 'attested', issuedOn: '2024-12-31', completions: row({ grade: grade('C') }) };
    await handIn(test.request, learner, transcriptForm(tsinghua, attested));
    expect(await completions()).toMatchObject([{ grade: grade('C'), verification: 'attested' }]);
    const forged = { verification: 'failed', reason: 'forged', issuedOn: '2025-03-01', completions: row({ grade: grade('A+') }) };
    await handIn(test.request, learner, transcriptForm(tsinghua, forged));
    expect(await completions()).toMatchObject([{ grade: grade('C'), verification: 'attested' }]);
    expect(await completions('outcome=inProgress')).toEqual([]);
  });

  it('stated twice by one document is refused, naming the row', async () => {
    const rows = [completionForm(tsinghua), completionForm(tsinghua, { code: 'POV 102' }), completionForm(tsinghua, { code: 'pov 101' })];
    const answer = await test.request
      .post(path())
      .send(transcriptForm(tsinghua, { completions: rows }))
      .expect(422);
    expect(pointersOf(answer)).toEqual(['/completions/2']);
    expect(itemsOf(await test.request.get(path()).expect(200))).toEqual([]);
    const attempts = [completionForm(tsinghua, { outcome: 'failed' }), completionForm(tsinghua, { attempt: 2 })];
    await handIn(test.request, learner, transcriptForm(tsinghua, { completions: attempts }));
    expect(await completions()).toHaveLength(2);
  });

  it('with a certificate belongs to one learner', async () => {
    const certified = (code: string, certificateId: string) =>
      transcriptForm(tsinghua, {
        completions: [completionForm(tsinghua, { code: 'FREE 1' }), completionForm(tsinghua, { code, certificateId })],
      });
    await handIn(test.request, learner, certified('CERT 1', 'only-one'));
    const other = (await recordLearner(test.request)).id;
    const refused = await test.request.post(`/v1/learners/${other}/transcripts`).send(certified('CERT 1', 'only-one')).expect(409);
    expect(pointersOf(refused)).toEqual(['/completions/1/certificateId']);
    expect(itemsOf(await test.request.get(`/v1/learners/${other}/completions`).expect(200))).toEqual([]);
    await handIn(test.request, other, certified('CERT 1', 'another-one'));
  });

  it('has one certificate', async () => {
    const certified = (code: string, certificateId: string) =>
      transcriptForm(tsinghua, { completions: [completionForm(tsinghua, { code, certificateId })] });
    await handIn(test.request, learner, certified('CERT 2', 'mine-1'));
    for (const form of [certified('CERT 3', 'mine-1'), certified('CERT 2', 'mine-2')]) {
      expect(pointersOf(await test.request.post(path()).send(form).expect(422))).toEqual(['/completions/0/certificateId']);
    }
  });

  it('handed in twice at the same time is one completion', async () => {
    const forms = [{}, { issuedOn: '2025-03-01' }].map((fields) => transcriptForm(tsinghua, fields));
    const answers = await Promise.all(forms.map((form) => test.request.post(path()).send(form)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await completions()).toHaveLength(1);
  });
});

describe('a catalogue edition', () => {
  let older: string;
  let newer: string;
  beforeAll(async () => {
    older = (
      await recordCourse(test.request, tsinghua, { code: 'ED 1', credits: 2, validity: { from: '2020-01-01', until: '2022-12-31' } })
    ).id;
    newer = (await recordCourse(test.request, tsinghua, { code: 'ED 1', credits: 3, validity: { from: '2023-01-01' } })).id;
  });

  const matched = async (fields: object): Promise<CompletionBody | undefined> => {
    await handIn(test.request, learner, transcriptForm(tsinghua, { completions: [completionForm(tsinghua, { code: 'ed1', ...fields })] }));
    return (await completions())[0];
  };

  it('is found by the day of completion, and says the credits that the transcript leaves out', async () => {
    expect(await matched({ completedOn: '2022-12-31' })).toMatchObject({
      course: older,
      matchedBy: 'catalogue',
      credits: 2,
      creditSystem: 'china-credit',
      creditsSource: 'course',
    });
    expect(await matched({ completedOn: '2023-01-01', attempt: 2 })).toBeDefined();
    expect((await completions()).map(({ course }) => course)).toEqual([older, newer]);
  });

  it('does not replace the credits that the transcript states', async () => {
    expect(await matched({ credits: 1, creditSystem: 'ects' })).toMatchObject({ course: newer, credits: 1, creditSystem: 'ects' });
  });

  it('is not guessed: without a day, on another platform, or under another code there is none', async () => {
    expect(await matched({ completedOn: undefined })).not.toHaveProperty('course');
    await matched({ attempt: 2, platform: xuetangx });
    await matched({ code: 'ED 9' });
    expect(await completions('matched=false')).toHaveLength(3);
    expect(await completions('matched=true')).toHaveLength(0);
  });

  it('may come later than the completion, which stays as stated until then', async () => {
    const completion = await matched({ code: 'LATE 1' });
    expect(completion).not.toHaveProperty('course');
    expect(completion).not.toHaveProperty('credits');
    const course = (await recordCourse(test.request, tsinghua, { code: 'LATE 1' })).id;
    const match = `/v1/learners/${learner}/completions/${completion?.id ?? ''}/match`;
    await test.request.post(match).send({}).expect(428);
    await test.request.post(match).set('if-match', '"9"').send({}).expect(412);
    const answer = await test.request.post(match).set('if-match', '"1"').send({}).expect(200);
    expect(answer.body).toMatchObject({ course, matchedBy: 'catalogue', credits: 2, version: 2 });
  });

  it('may be named by a registrar, and is kept then', async () => {
    const completion = await matched({ code: 'ED 1 (old)' });
    const match = `/v1/learners/${learner}/completions/${completion?.id ?? ''}/match`;
    const named = await test.request.post(match).set('if-match', '*').send({ course: older }).expect(200);
    expect(named.body).toMatchObject({ course: older, matchedBy: 'registrar' });
    await handIn(
      test.request,
      learner,
      transcriptForm(tsinghua, { issuedOn: '2025-04-01', completions: [completionForm(tsinghua, { code: 'ED 1 (old)' })] }),
    );
    expect(await completions()).toMatchObject([{ course: older, matchedBy: 'registrar' }]);

    const elsewhere = (await recordInstitution(test.request, { names: { en: 'Elsewhere' } })).id;
    const foreign = (await recordCourse(test.request, elsewhere, { code: 'ED 1' })).id;
    for (const course of [foreign, nobody]) {
      expect(pointersOf(await test.request.post(match).set('if-match', '*').send({ course }).expect(422))).toEqual(['/course']);
    }
    const again = await test.request.post(match).set('if-match', '*').send({}).expect(200);
    expect(again.body).not.toHaveProperty('course');
  });
});

describe('the list of completions', () => {
  it('is held to provider, code and outcome, and comes in pages', async () => {
    const rows = ['A', 'B', 'C'].map((code) => completionForm(tsinghua, { code: `${code} 1` }));
    await handIn(test.request, learner, transcriptForm(tsinghua, { completions: [...rows, completionForm(xuetangx, { code: 'A 1' })] }));
    expect(await completions(`provider=${tsinghua}`)).toHaveLength(3);
    expect(await completions('code=a1')).toHaveLength(2);
    expect(await completions('outcome=failed')).toHaveLength(0);
    const first = await test.request.get(`/v1/learners/${learner}/completions?limit=3`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    expect(await completions(`limit=3&cursor=${nextCursor}`)).toHaveLength(1);
    expect(pointersOf(await test.request.get(`/v1/learners/${learner}/completions?matched=maybe`).expect(422))).toEqual(['matched']);
  });
});
