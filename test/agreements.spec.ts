import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../src/kernel/index.js';
import { agreementForm, recordAgreement, recordRevision, revisionForm, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type Articulation, recordArticulation } from './support/articulation.js';
import { courseForm, editionForm, itemsOf, pointersOf, recordCourse, type Recorded, recordInstitution } from './support/catalogue.js';
import { rowCounts } from './support/rows.js';
import { code, credit, elective, noCredit, rule } from './support/rule-builders.js';

let test: TestApp;
let langara: string;
let ubc: string;
let elsewhere: string;
let math1273: string;
let articulated: Articulation['articulated'];
let terms: Articulation['terms'];
let oneRule: Articulation['oneRule'];
beforeAll(async () => {
  test = await startTestApp();
  ({ langara, ubc, elsewhere, math1273, articulated, terms, oneRule } = await recordArticulation(test.request));
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

interface RevisionBody {
  readonly number: number;
  readonly inForce?: { readonly from?: string; readonly until?: string };
}

const revisionsOf = async (id: string): Promise<readonly RevisionBody[]> =>
  itemsOf<RevisionBody>(await test.request.get(`/v1/agreements/${id}/revisions`).expect(200));
const idsOf = async (query: string): Promise<readonly string[]> =>
  itemsOf<Recorded>(await test.request.get(`/v1/agreements?${query}`).expect(200)).map(({ id }) => id);

describe('an agreement', () => {
  it('is recorded with its first revision, in force on the word of one party', async () => {
    const created = await test.request.post('/v1/agreements').set('accept-language', 'zh').send(agreementForm(oneRule())).expect(201);
    expect(created.body).toMatchObject({ name: '学分互认', version: 1 });
    const { id } = created.body as Recorded;
    const read = await test.request.get(`/v1/agreements/${id}`).set('accept-language', 'zh').expect(200);
    expect(read.body).toEqual(created.body);
    expect(read.headers['etag']).toBe('"1"');
    const revision = await test.request.get(`/v1/agreements/${id}/revisions/1`).expect(200);
    expect(revision.body).toMatchObject({
      agreement: id,
      number: 1,
      digest: digestOf(oneRule()),
      state: 'attested',
      attestedBy: langara,
      source: 'Memorandum of 12 March 2026, annex B',
      inForce: { from: '2020-01-01' },
      terms: oneRule(),
    });
    await test.request.get(`/v1/agreements/${id}/revisions/2`).expect(404);
    await test.request.get(`/v1/agreements/${nobody}`).expect(404);
    for (const path of ['revisions', 'revisions/1', 'revisions/1/findings']) {
      await test.request.get(`/v1/agreements/${nobody}/${path}`).expect(404);
    }
    await test.request.post(`/v1/agreements/${nobody}/revisions`).send(revisionForm(oneRule())).expect(404);
  });

  it('is found by words of its title and of its parties, together or apart, in any language', async () => {
    const names = { en: 'University of Reykholt', zh: '冰岛瑞克霍特大学' };
    const reykholt = (await recordInstitution(test.request, { names, country: 'IS' })).id;
    const record = async (title: object): Promise<string> =>
      (
        (
          await test.request
            .post('/v1/agreements')
            .send({ ...agreementForm(termsOf([elsewhere, reykholt], [])), title })
            .expect(201)
        ).body as Recorded
      ).id;
    const volcanoes = await record({ en: 'Volcanoes and glaciers', fr: 'Volcans et glaciers' });
    const glaciers = await record({ en: 'Glaciers' });
    const found = (q: string): Promise<readonly string[]> => idsOf(`q=${encodeURIComponent(q)}&institution=${reykholt}`);

    expect(await found('glaciers')).toEqual([glaciers, volcanoes]);
    expect(await found('Volcán')).toEqual([volcanoes]);
    expect(await found('glacers reykhlt')).toEqual([glaciers, volcanoes]);
    expect(await found('reykholt volcanoes')).toEqual([volcanoes]);
    expect(await found('瑞克霍特')).toEqual([glaciers, volcanoes]);
    expect(await found('reykholt geysers')).toEqual([]);
    const first = await test.request.get(`/v1/agreements?q=glaciers&institution=${reykholt}&limit=1`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    expect(await idsOf(`q=glaciers&institution=${reykholt}&limit=1&cursor=${nextCursor}`)).toEqual([volcanoes]);
    await test.request
      .put(`/v1/agreements/${glaciers}`)
      .set('if-match', '*')
      .send({ title: { en: 'Fjords' } })
      .expect(200);
    expect(await found('glaciers')).toEqual([volcanoes]);
    expect(await found('fjordz')).toEqual([glaciers]);
    expect(pointersOf(await test.request.get('/v1/agreements?q=%21').expect(422))).toEqual(['q']);
  });

  it('is called otherwise by whoever has its present version; its terms stay', async () => {
    const { id } = await recordAgreement(test.request, oneRule());
    const path = `/v1/agreements/${id}`;
    const form = { title: { fr: 'Reconnaissance des crédits' } };
    await test.request.put(path).send(form).expect(428);
    await test.request.put(path).set('if-match', '"2"').send(form).expect(412);
    const changed = await test.request.put(path).set('if-match', '"1"').send(form).expect(200);
    expect(changed.body).toMatchObject({ title: form.title, name: 'Reconnaissance des crédits', version: 2 });
    expect(changed.headers['etag']).toBe('"2"');
    await test.request.put(path).set('if-match', '"1"').send(form).expect(412);
    const withTerms = await test.request.put(path).set('if-match', '*').send(agreementForm(oneRule())).expect(422);
    expect(pointersOf(withTerms)).toEqual(['/revision']);
    await test.request.put(`/v1/agreements/${nobody}`).set('if-match', '*').send(form).expect(404);
    expect(await revisionsOf(id)).toHaveLength(1);
  });

  it('is listed by who is a party, and by the day on which it is in force', async () => {
    const other = (await recordInstitution(test.request, { names: { en: 'Third' } })).id;
    const past = await recordAgreement(
      test.request,
      termsOf([elsewhere, other], [], { period: { from: '2001-01-01', until: '2001-12-31' } }),
    );
    const open = await recordAgreement(test.request, termsOf([elsewhere, other], [], { period: { from: '2002-01-01' } }));
    expect(await idsOf(`institution=${other}`)).toEqual([past.id, open.id]);
    expect(await idsOf(`institution=${other}&inForceOn=2001-12-31`)).toEqual([past.id]);
    expect(await idsOf(`institution=${other}&inForceOn=2030-01-01`)).toEqual([open.id]);
    expect(await idsOf(`institution=${other}&inForceOn=2000-12-31`)).toEqual([]);
    expect(await idsOf(`institution=${langara}&limit=200`)).not.toContain(past.id);
    const first = await test.request.get(`/v1/agreements?institution=${other}&limit=1`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    expect(await idsOf(`institution=${other}&limit=1&cursor=${nextCursor}`)).toEqual([open.id]);
    expect(pointersOf(await test.request.get('/v1/agreements?institution=x&inForceOn=yesterday&status=1').expect(422))).toEqual([
      'inForceOn',
      'institution',
      'status',
    ]);
  });
});

describe('a revision', () => {
  it('takes the place of those before from its first day on', async () => {
    const { id } = await recordAgreement(test.request, oneRule());
    expect(await recordRevision(test.request, id, terms([], { period: { from: '2024-09-01' } }))).toMatchObject({ number: 2 });
    await recordRevision(test.request, id, terms([], { period: { from: '2026-01-01', until: '2026-12-31' } }));
    expect((await revisionsOf(id)).map(({ inForce }) => inForce)).toEqual([
      { from: '2020-01-01', until: '2024-08-31' },
      { from: '2024-09-01', until: '2025-12-31' },
      { from: '2026-01-01', until: '2026-12-31' },
    ]);
    // An earlier first day takes all of the days that later revisions had.
    await recordRevision(test.request, id, terms([], { period: { from: '2024-09-01' } }));
    expect((await revisionsOf(id)).map(({ inForce }) => inForce)).toEqual([
      { from: '2020-01-01', until: '2024-08-31' },
      undefined,
      undefined,
      { from: '2024-09-01' },
    ]);
    await recordRevision(test.request, id, terms([], { period: {} }));
    const last = await revisionsOf(id);
    expect(last.map(({ inForce }) => inForce)).toEqual([undefined, undefined, undefined, undefined, {}]);
    const page = await test.request.get(`/v1/agreements/${id}/revisions?limit=2`).expect(200);
    const { nextCursor } = page.body as { nextCursor: string };
    const rest = await test.request.get(`/v1/agreements/${id}/revisions?limit=5&cursor=${nextCursor}`).expect(200);
    expect(itemsOf<RevisionBody>(rest).map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  it('has a number of its own, also when several are recorded at the same time', async () => {
    const { id } = await recordAgreement(test.request, oneRule());
    const answers = await Promise.all(
      ['2027-01-01', '2028-01-01', '2029-01-01'].map((from) =>
        test.request.post(`/v1/agreements/${id}/revisions`).send(revisionForm(terms([], { period: { from } }))),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await revisionsOf(id)).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('leaves the days of the others alone when it is refused', async () => {
    const { id } = await recordAgreement(test.request, oneRule());
    const before = [await rowCounts(test.dataSource), await revisionsOf(id)];
    const unknown = terms([articulated('r', code('MATH 9999'))], { period: { from: '2022-01-01' } });
    const refused = await test.request.post(`/v1/agreements/${id}/revisions`).send(revisionForm(unknown)).expect(422);
    expect(pointersOf(refused)).toEqual(['/terms/rules/0/source/select/code']);
    expect([await rowCounts(test.dataSource), await revisionsOf(id)]).toEqual(before);
  });
});

describe('what an agreement refers to', () => {
  it('no longer changes: editions, credit systems and scales', async () => {
    const unused = await recordCourse(test.request, langara, { code: 'FREE 1' });
    await test.request
      .put(`/v1/courses/${unused.id}`)
      .set('if-match', '*')
      .send(courseForm(langara, { code: 'FREE 1', credits: 4 }))
      .expect(200);
    const scale = { name: 'Stars', grades: [{ value: '1' }, { value: '2' }], passMark: '1', source: 'made up' };
    await test.request
      .post('/v1/grading-scales')
      .send({ id: 'stars', institution: langara, ...scale })
      .expect(201);
    const system = { name: 'Stones', creditsPerYear: 10, source: 'made up' };
    await test.request
      .post('/v1/credit-systems')
      .send({ id: 'stones', institution: langara, ...system })
      .expect(201);
    await recordAgreement(
      test.request,
      terms([articulated('r', code('FREE 1', { minimumGrade: { scale: 'stars', value: '2' } }))], {
        conversions: [{ from: 'stones', to: 'ects', method: 'pinned', factor: '3' }],
      }),
    );
    await test.request
      .put(`/v1/courses/${unused.id}`)
      .set('if-match', '*')
      .send(courseForm(langara, { code: 'FREE 1', credits: 5 }))
      .expect(409);
    await test.request
      .put('/v1/grading-scales/stars')
      .set('if-match', '*')
      .send({ ...scale, passMark: '2' })
      .expect(409);
    await test.request
      .put('/v1/credit-systems/stones')
      .set('if-match', '*')
      .send({ ...system, creditsPerYear: 20 })
      .expect(409);
  });
});

describe('findings', () => {
  const findings = async (
    id: string,
    number = 1,
  ): Promise<{ warnings: readonly object[]; conflicts: readonly object[]; complete: boolean }> =>
    (await test.request.get(`/v1/agreements/${id}/revisions/${String(number)}/findings`).expect(200)).body as never;

  it('are none where all is well', async () => {
    const { id } = await recordAgreement(test.request, oneRule());
    expect(await findings(id)).toEqual({ warnings: [], conflicts: [], complete: true });
  });

  it('tell of courses that no catalogue here has', async () => {
    const { id } = await recordAgreement(
      test.request,
      termsOf([elsewhere, ubc], [rule('r', code('X 1'), noCredit(), { from: elsewhere, to: ubc })]),
    );
    expect((await findings(id)).warnings).toEqual([
      { kind: 'unknownCourse', pointer: '/rules/0/source/select/code', code: 'X 1', institutions: [elsewhere] },
    ]);
  });

  it('tell of an edition that has been replaced, until the terms are recorded anew', async () => {
    const older = await recordCourse(test.request, langara, { code: 'ED 1', validity: { from: '2020-01-01' } });
    const rules = [articulated('r', code('ED 1'))];
    const { id } = await recordAgreement(test.request, terms(rules));
    expect((await findings(id)).warnings).toEqual([]);
    const next = await test.request
      .post(`/v1/courses/${older.id}/editions`)
      .set('if-match', '*')
      .send(editionForm({ validity: { from: '2025-01-01' } }))
      .expect(201);
    const replacedBy = (next.body as Recorded).id;
    const pointer = '/rules/0/source/select/code';
    expect((await findings(id)).warnings).toEqual([
      { kind: 'editionChanged', pointer, code: 'ED 1', institutions: [langara], edition: older.id, replacedBy },
    ]);
    await recordRevision(test.request, id, terms(rules, { period: { from: '2025-01-01' } }));
    expect((await findings(id, 2)).warnings).toEqual([]);
    expect((await findings(id)).warnings).toHaveLength(1);
  });

  it('tell of a course that has ended before its rule began to be valid', async () => {
    const ended = await recordCourse(test.request, langara, { code: 'END 1', validity: { from: '2020-01-01' } });
    const { id } = await recordAgreement(test.request, terms([articulated('r', code('END 1'), { validity: { from: '2024-01-01' } })]));
    await test.request
      .post(`/v1/courses/${ended.id}/editions`)
      .set('if-match', '*')
      .send(editionForm({ validity: { from: '2021-01-01', until: '2021-12-31' } }))
      .expect(201);
    expect((await findings(id)).warnings).toMatchObject([{ kind: 'sourceOutsideValidity', code: 'END 1' }, { kind: 'editionChanged' }]);
  });

  it('of many rules are looked for in a worker', async () => {
    const { id } = await recordAgreement(
      test.request,
      terms(
        Array.from({ length: 60 }, (_, index) =>
          articulated(`r${String(index)}`, code('MATH 1273'), { validity: { from: '2020-01-01', until: '2030-12-31' } }),
        ),
      ),
    );
    // The same rule sixty times over: the same outcome is no contradiction.
    expect(await findings(id)).toMatchObject({ conflicts: [], complete: true });
  });

  it('tell of rules that contradict each other, with a smallest example', async () => {
    const twofold = articulated('other', code('MATH 1273'), { validity: {} });
    const { id } = await recordAgreement(
      test.request,
      terms([
        articulated('calculus', code('MATH 1273')),
        { ...twofold, outcome: credit(elective('MATH', 100, '1st', 3)) },
        articulated('never', code('MATH 1273'), { conditions: { doesNotHold: code('MATH 1273') } }),
      ]),
    );
    const { conflicts } = await findings(id);
    expect(conflicts).toContainEqual(
      expect.objectContaining({
        kind: 'differentOutcomes',
        rules: ['calculus', 'other'],
        pointers: ['/rules/0', '/rules/1'],
        example: expect.objectContaining({ consumed: [{ code: 'MATH 1273', provider: langara }], receiver: ubc }),
      }),
    );
  });
});

it('the edition that is named stays what it was', async () => {
  const { body } = (await test.request.get(`/v1/courses/${math1273}`).expect(200)) as { body: unknown };
  expect(body).toMatchObject({ code: 'MATH 1273', version: 1 });
});
