import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProgrammeDetails, ProgrammesService } from '../src/programmes/index.js';
import { asService } from '../src/platform/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, type Recorded, recordInstitution } from './support/catalogue.js';
import { programmeForm, recordEnrolment, recordLearner, recordProgramme } from './support/students.js';

let test: TestApp;
let university: string;
beforeAll(async () => {
  test = await startTestApp();
  university = (await recordInstitution(test.request, { names: { en: 'University of Nairobi' }, country: 'KE' })).id;
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

interface ProgrammeBody extends Recorded {
  readonly name: string;
  readonly digest: string;
}

const namesOf = async (query: string, language = 'en'): Promise<string[]> =>
  itemsOf<ProgrammeBody>(await test.request.get(`/v1/programmes?${query}`).set('accept-language', language).expect(200)).map(
    ({ name }) => name,
  );

describe('a programme', () => {
  it('is recorded, and its whole tree answers as stored', async () => {
    const form = programmeForm(university);
    const created = await test.request.post('/v1/programmes').set('accept-language', 'zh').send(form).expect(201);
    expect(created.body).toMatchObject({ ...form, name: '计算机科学', version: 1 });
    const { id, digest } = created.body as ProgrammeBody;
    expect(digest).toMatch(/^sha-256:[0-9a-f]{64}$/);
    const read = await test.request.get(`/v1/programmes/${id}`).expect(200);
    expect(read.body).toEqual({ ...(created.body as object), name: 'Computer Science' });
    expect(read.headers['etag']).toBe('"1"');
  });

  it('is one for each code and catalogue year of an institution, without regard to case and spacing', async () => {
    await recordProgramme(test.request, university, { code: 'BA 1', catalogueYear: 2024 });
    await test.request
      .post('/v1/programmes')
      .send(programmeForm(university, { code: 'ba1', catalogueYear: 2024 }))
      .expect(409);
    await recordProgramme(test.request, university, { code: 'BA 1', catalogueYear: 2025 });
  });

  it('may do without a policy', async () => {
    const { policy: _policy, ...form } = programmeForm(university, { code: 'FREE' });
    const created = await test.request.post('/v1/programmes').send(form).expect(201);
    expect(created.body).toMatchObject({ policy: {} });
  });

  it('is changed by whoever has its present version; what it is called stays', async () => {
    const before = await recordProgramme(test.request, university, { code: 'BSC-EE' });
    const path = `/v1/programmes/${before.id}`;
    const form = programmeForm(university, { code: 'BSC-EE', title: { en: 'Electrical Engineering' }, totalCredits: 240 });
    await test.request.put(path).send(form).expect(428);
    await test.request.put(path).set('if-match', '"9"').send(form).expect(412);
    const changed = await test.request.put(path).set('if-match', '"1"').send(form).expect(200);
    expect(changed.body).toMatchObject({ totalCredits: 240, version: 2 });
    expect((changed.body as ProgrammeBody).digest).not.toBe((before as ProgrammeBody).digest);
    expect(await namesOf('q=electrical')).toEqual(['Electrical Engineering']);

    const other = (await recordInstitution(test.request, { names: { en: 'Elsewhere' } })).id;
    const renamed = { ...form, institution: other, code: 'BSC-XX', catalogueYear: 2026 };
    const refused = await test.request.put(path).set('if-match', '"2"').send(renamed).expect(422);
    expect(pointersOf(refused)).toEqual(['/catalogueYear', '/code', '/institution']);
    await test.request.put(`/v1/programmes/${nobody}`).set('if-match', '*').send(form).expect(404);
  });

  it('is refused with every invalid field at once, each located in the tree', async () => {
    const form = programmeForm(university, {
      code: '',
      catalogueYear: 25,
      title: {},
      totalCredits: 180.0005,
      requirements: { kind: 'all', id: 'degree', of: [{ kind: 'course', id: 'x', codes: [], credits: -6 }, { kind: 'everything' }, null] },
      policy: { maximumAge: 5 },
    });
    const answer = await test.request.post('/v1/programmes').send(form).expect(422);
    expect(pointersOf(answer)).toEqual(
      expect.arrayContaining([
        '/catalogueYear',
        '/code',
        '/policy/maximumAge',
        '/requirements/of/0/codes',
        '/requirements/of/0/credits',
        '/requirements/of/2',
        '/title',
        '/totalCredits',
      ]),
    );
  });

  it('is refused where its parts contradict each other or name what does not exist', async () => {
    const form = programmeForm(nobody, {
      creditSystem: 'points',
      requirements: {
        kind: 'all',
        id: 'degree',
        of: [
          { kind: 'freeElectives', id: 'a', credits: 1.0005 },
          { kind: 'freeElectives', id: 'a', credits: 1 },
        ],
      },
      policy: {
        minimumGrades: [
          { scale: 'us-letter', value: 'Z' },
          { scale: 'nowhere', value: 'C' },
        ],
      },
    });
    const answer = await test.request.post('/v1/programmes').send(form).expect(422);
    expect(pointersOf(answer)).toEqual([
      '/creditSystem',
      '/institution',
      '/policy/minimumGrades/0/value',
      '/policy/minimumGrades/1/scale',
      '/requirements/of/0/credits',
      '/requirements/of/1/id',
    ]);
  });

  it('is refused when its tree is nested absurdly deep', async () => {
    let requirements: object = { kind: 'freeElectives', id: 'leaf', credits: 1 };
    for (let level = 0; level < 20; level += 1) requirements = { kind: 'all', id: `level-${String(level)}`, of: [requirements] };
    const answer = await test.request.post('/v1/programmes').send(programmeForm(university, { requirements })).expect(422);
    expect(pointersOf(answer)).toEqual(['/requirements']);
  });
});

describe('an import of programmes', () => {
  it('records, changes and leaves alone; the same rows again change nothing', async () => {
    const programmes = test.app.get(ProgrammesService);
    const row = (fields: Partial<ProgrammeDetails>): ProgrammeDetails => ({
      ...{ institution: university, code: 'IMP 1', catalogueYear: 2025, title: { en: 'Imported' }, creditSystem: 'ects', totalCredits: 60 },
      ...{ requirements: { kind: 'freeElectives', id: 'all', credits: 60 }, policy: {}, ...fields },
    });
    const kinds = async (...rows: readonly ProgrammeDetails[]) =>
      (await asService('test', () => test.dataSource.transaction((manager) => programmes.import(manager, rows)))).map(({ kind }) => kind);
    expect(await kinds(row({}), row({ catalogueYear: 2026 }), row({ creditSystem: 'points' }))).toEqual(['created', 'created', 'refused']);
    expect(await kinds(row({}), row({ catalogueYear: 2026, totalCredits: 90 }))).toEqual(['unchanged', 'changed']);
    const listed = itemsOf<Recorded>(await test.request.get(`/v1/programmes?institution=${university}&code=imp1`).expect(200));
    expect(listed.map(({ version }) => version)).toEqual([1, 2]);
  });
});

describe('the list of programmes', () => {
  it('is held to institution, code and catalogue year, and comes in pages', async () => {
    const { id: institution } = await recordInstitution(test.request, { names: { en: 'Khazar University' }, country: 'AZ' });
    const years = [2023, 2024, 2025];
    for (const catalogueYear of years) await recordProgramme(test.request, institution, { code: 'LAW', catalogueYear });
    await recordProgramme(test.request, institution, { code: 'ART' });
    const count = async (query: string) => (await namesOf(`institution=${institution}${query}`)).length;
    expect(await count('')).toBe(4);
    expect(await count('&code=l a w')).toBe(3);
    expect(await count('&code=LAW&catalogueYear=2024')).toBe(1);
    const first = await test.request.get(`/v1/programmes?institution=${institution}&limit=3`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    const second = await test.request.get(`/v1/programmes?institution=${institution}&limit=3&cursor=${nextCursor}`).expect(200);
    expect([itemsOf(first).length, itemsOf(second).length]).toEqual([3, 1]);
    expect(second.body).toMatchObject({ nextCursor: null });
  });

  it('is searched by title in any language', async () => {
    await recordProgramme(test.request, university, { code: 'ACU', title: { en: 'Acupuncture and Moxibustion', zh: '针灸推拿学' } });
    expect(await namesOf('q=acupuncture')).toEqual(['Acupuncture and Moxibustion']);
    expect(await namesOf('q=acupunkture')).toEqual(['Acupuncture and Moxibustion']);
    expect(await namesOf(`q=${encodeURIComponent('针灸')}`, 'zh')).toEqual(['针灸推拿学']);
    expect(pointersOf(await test.request.get('/v1/programmes?q=%3F').expect(422))).toEqual(['q']);
  });
});

describe('an enrolment', () => {
  let learner: string;
  let programme: string;
  beforeAll(async () => {
    learner = (await recordLearner(test.request)).id;
    programme = (await recordProgramme(test.request, university, { code: 'ENROL' })).id;
  });
  const path = () => `/v1/learners/${learner}/enrolments`;

  it('is recorded, read, changed and removed', async () => {
    const form = { programme, admissionDate: '2020-09-01', status: 'active' };
    const created = await test.request.post(path()).send(form).expect(201);
    expect(created.body).toMatchObject({ ...form, institution: university, programmeCode: 'ENROL', catalogueYear: 2025, version: 1 });
    const one = `${path()}/${(created.body as Recorded).id}`;
    expect((await test.request.get(one).expect(200)).body).toEqual(created.body);

    const ended = { ...form, status: 'withdrawn', endedOn: '2021-06-30' };
    await test.request.put(one).send(ended).expect(428);
    await test.request.put(one).set('if-match', '"3"').send(ended).expect(412);
    expect((await test.request.put(one).set('if-match', '"1"').send(ended).expect(200)).body).toMatchObject({ ...ended, version: 2 });
    await test.request.delete(one).set('if-match', '"1"').expect(412);
    await test.request.delete(one).set('if-match', '"2"').expect(204);
    await test.request.get(one).expect(404);
  });

  it('never overlaps another one of the learner in the same programme', async () => {
    await recordEnrolment(test.request, learner, programme, { admissionDate: '2022-09-01', status: 'withdrawn', endedOn: '2023-06-30' });
    await test.request.post(path()).send({ programme, admissionDate: '2023-06-30', status: 'active' }).expect(409);
    const again = await recordEnrolment(test.request, learner, programme, { admissionDate: '2023-07-01' });
    await test.request.post(path()).send({ programme, admissionDate: '2030-09-01', status: 'active' }).expect(409);
    const listed = itemsOf<Recorded>(await test.request.get(`${path()}?status=active&programme=${programme}`).expect(200));
    expect(listed.map(({ id }) => id)).toEqual([again.id]);
  });

  it('is refused where its parts contradict each other or name no programme', async () => {
    const pointers = async (fields: object) =>
      pointersOf(
        await test.request
          .post(path())
          .send({ programme, admissionDate: '2010-09-01', status: 'active', ...fields })
          .expect(422),
      );
    expect(await pointers({ programme: nobody })).toEqual(['/programme']);
    expect(await pointers({ endedOn: '2011-06-30' })).toEqual(['/endedOn']);
    expect(await pointers({ status: 'completed' })).toEqual(['/endedOn']);
    expect(await pointers({ status: 'completed', endedOn: '2010-08-31' })).toEqual(['/endedOn']);
    expect(await pointers({ programme: 'x', admissionDate: '2010-02-30', status: 'paused', since: 1 })).toEqual([
      '/admissionDate',
      '/programme',
      '/since',
      '/status',
    ]);
  });

  it('stays in its programme', async () => {
    const other = (await recordProgramme(test.request, university, { code: 'OTHER' })).id;
    const { id } = await recordEnrolment(test.request, learner, other);
    const moved = { programme, admissionDate: '2024-09-01', status: 'active' };
    const answer = await test.request.put(`${path()}/${id}`).set('if-match', '"1"').send(moved).expect(422);
    expect(pointersOf(answer)).toEqual(['/programme']);
  });

  it('of another learner is not found', async () => {
    const { id } = await recordEnrolment(test.request, (await recordLearner(test.request)).id, programme);
    await test.request.get(`${path()}/${id}`).expect(404);
    await test.request.delete(`${path()}/${id}`).set('if-match', '*').expect(404);
    await test.request
      .post(`/v1/learners/${nobody}/enrolments`)
      .send({ programme, admissionDate: '2024-09-01', status: 'active' })
      .expect(404);
  });
});

describe('a home record', () => {
  let learner: string;
  let enrolment: string;
  beforeAll(async () => {
    learner = (await recordLearner(test.request)).id;
    const programme = (await recordProgramme(test.request, university, { code: 'HOME' })).id;
    enrolment = (await recordEnrolment(test.request, learner, programme)).id;
  });
  const path = () => `/v1/learners/${learner}/home-courses`;
  const form = (fields: object) => ({ enrolment, code: 'MATH 101', credits: 7.5, status: 'done', ...fields });

  it('holds courses, done and under way, which are recorded, changed and taken off', async () => {
    const full = form({ code: 'MATH 100', title: 'Calculus', grade: { scale: 'us-letter', value: 'B+' }, attributes: ['Q'] });
    const created = await test.request.post(path()).send(full).expect(201);
    expect(created.body).toMatchObject({ ...full, attempt: 1, passFail: false, version: 1 });
    const one = `${path()}/${(created.body as Recorded).id}`;
    expect((await test.request.get(one).expect(200)).body).toEqual(created.body);
    const changed = form({ code: 'MATH 100', credits: 8, status: 'underWay', passFail: true });
    await test.request.put(one).send(changed).expect(428);
    await test.request.put(one).set('if-match', '"2"').send(changed).expect(412);
    const after = await test.request.put(one).set('if-match', '"1"').send(changed).expect(200);
    expect(after.body).toMatchObject({ credits: 8, status: 'underWay', passFail: true, attributes: [], version: 2 });
    expect(after.body).not.toHaveProperty('grade');
    await test.request.delete(one).expect(428);
    await test.request.delete(one).set('if-match', '"2"').expect(204);
    await test.request.get(one).expect(404);
  });

  it('has each attempt at a course once', async () => {
    await test.request
      .post(path())
      .send(form({ code: 'ENS 1' }))
      .expect(201);
    await test.request
      .post(path())
      .send(form({ code: 'ens1' }))
      .expect(409);
    await test.request
      .post(path())
      .send(form({ code: 'ENS 1', attempt: 2, status: 'underWay' }))
      .expect(201);
    const under = itemsOf<Recorded>(await test.request.get(`${path()}?status=underWay&enrolment=${enrolment}`).expect(200));
    expect(under).toHaveLength(1);
  });

  it('refuses what cannot be, all of it at once', async () => {
    const pointers = async (fields: object) => pointersOf(await test.request.post(path()).send(form(fields)).expect(422));
    expect(await pointers({ credits: -1, status: 'dropped', code: ' ', attributes: [1], grade: {} })).toEqual([
      '/attributes/0',
      '/code',
      '/credits',
      '/grade/scale',
      '/grade/value',
      '/status',
    ]);
    expect(await pointers({ credits: 0.0001 })).toEqual(['/credits']);
    expect(await pointers({ grade: { scale: 'us-letter', value: '100' }, enrolment: nobody })).toEqual(['/enrolment', '/grade/value']);
    expect(await pointers({ grade: { scale: 'unheard-of', value: 'A' } })).toEqual(['/grade/scale']);
    expect(await pointers({ grade: { scale: 'us-letter', value: 'A' }, passFail: true })).toEqual(['/grade']);
  });

  it('keeps its enrolment from being removed', async () => {
    await test.request
      .post(path())
      .send(form({ code: 'PHYS 1' }))
      .expect(201);
    const refused = await test.request.delete(`/v1/learners/${learner}/enrolments/${enrolment}`).set('if-match', '*').expect(422);
    expect(refused.body).toMatchObject({ detail: 'The enrolment does not exist, or there are still courses on its home record.' });
  });

  it('of another learner is not found, and takes no course of theirs', async () => {
    const other = (await recordLearner(test.request)).id;
    const created = await test.request
      .post(path())
      .send(form({ code: 'CHEM 1' }))
      .expect(201);
    await test.request.get(`/v1/learners/${other}/home-courses/${(created.body as Recorded).id}`).expect(404);
    const answer = await test.request
      .post(`/v1/learners/${other}/home-courses`)
      .send(form({ code: 'CHEM 2' }))
      .expect(422);
    expect(pointersOf(answer)).toEqual(['/enrolment']);
  });
});
