import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CourseDetails, CoursesService } from '../src/courses/index.js';
import { asService } from '../src/platform/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, editionForm, itemsOf, pointersOf, type Recorded, recordCourse, recordInstitution } from './support/catalogue.js';

let test: TestApp;
let provider: string;
let platform: string;
beforeAll(async () => {
  test = await startTestApp();
  provider = (await recordInstitution(test.request)).id;
  platform = (await recordInstitution(test.request, { kind: 'platform', names: { en: 'XuetangX', zh: '学堂在线' } })).id;
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

/** The next code that no test has used. */
let codes = 0;
const newCode = (): string => {
  codes += 1;
  return `TST ${String(1000 + codes)}`;
};

const refer = (course: string, referrer = nobody): Promise<void> =>
  test.dataSource.transaction((manager) => test.app.get(CoursesService).refer(manager, [course], { kind: 'agreement', id: referrer }));

describe('an edition of a course', () => {
  it('is recorded whole, and read in the reader’s language', async () => {
    const form = courseForm(provider, { code: newCode(), platform, credits: 2.125 });
    const created = await test.request.post('/v1/courses').set('accept-language', 'zh').send(form).expect(201);
    const names = { title: '中国消除贫困之路', providerName: '清华大学', platformName: '学堂在线' };
    expect(created.body).toMatchObject({ ...form, ...names, version: 1 });
    expect(created.headers['etag']).toBe('"1"');
    const path = `/v1/courses/${(created.body as Recorded).id}`;
    expect((await test.request.get(path).set('accept-language', 'zh').expect(200)).text).toBe(created.text);
    expect((await test.request.get(path).expect(200)).body).toMatchObject({
      title: 'China’s Poverty Eradication',
      platformName: 'XuetangX',
    });
    await test.request.get('/v1/courses/none').expect(404);
  });

  it('needs no more than a title, credits, a way of teaching and a validity', async () => {
    const form = {
      provider,
      code: newCode(),
      titles: { en: 'Bare' },
      credits: 0,
      creditSystem: 'ects',
      assessment: { proctored: false, identityVerified: false },
      delivery: 'distance',
      validity: {},
    };
    const created = await test.request.post('/v1/courses').send(form).expect(201);
    expect(created.body).toMatchObject({ ...form, languages: [], learningOutcomes: [], repeatable: false, validity: {} });
    expect(Object.keys(created.body as object)).not.toEqual(
      expect.arrayContaining(['platform', 'weeks', 'isced', 'eqfLevel', 'workloadHours']),
    );
  });

  it('is changed by whoever has its present version', async () => {
    const { id } = await recordCourse(test.request, provider, { code: newCode() });
    const form = courseForm(provider, { code: newCode(), credits: 3, validity: { from: '2021-01-01', until: '2021-12-31' } });
    await test.request.put(`/v1/courses/${id}`).send(form).expect(428);
    await test.request.put(`/v1/courses/${id}`).set('if-match', '"2"').send(form).expect(412);
    await test.request.put(`/v1/courses/${id}`).set('if-match', 'W/"1"').send(form).expect(412);
    expect((await test.request.put(`/v1/courses/${id}`).set('if-match', '"1"').send(form).expect(200)).body).toMatchObject({
      ...form,
      version: 2,
    });
    await test.request.put(`/v1/courses/${nobody}`).set('if-match', '*').send(form).expect(404);
  });

  it('is refused with every invalid field at once', async () => {
    const answer = await test.request
      .post('/v1/courses')
      .send({
        provider: 'tsinghua',
        code: ' ',
        titles: { klingon: 'X' },
        credits: 2.0005,
        creditSystem: '',
        workloadHours: -1,
        weeks: 0,
        eqfLevel: 9,
        isced: 'art',
        languages: ['en', 'english please'],
        learningOutcomes: [{ en: 'fine' }, { en: '' }],
        assessment: { proctored: 'yes', supervised: true },
        delivery: 'telepathy',
        repeatable: 'no',
        validity: { from: '2021-02-29', to: '2022-01-01' },
      })
      .expect(422);
    expect(pointersOf(answer)).toEqual([
      '/assessment/identityVerified',
      '/assessment/proctored',
      '/assessment/supervised',
      '/code',
      '/creditSystem',
      '/credits',
      '/delivery',
      '/eqfLevel',
      '/isced',
      '/languages/1',
      '/learningOutcomes/1/en',
      '/provider',
      '/repeatable',
      '/titles/klingon',
      '/validity/from',
      '/validity/to',
      '/weeks',
      '/workloadHours',
    ]);
  });

  it.each([
    ['credits below zero', { credits: -0.5 }, '/credits'],
    ['more decimals than three', { credits: 1.2345 }, '/credits'],
    ['credits as text', { credits: '3' }, '/credits'],
    ['more credits than any course has', { credits: 1e9 }, '/credits'],
    ['null where nothing belongs', { platform: null }, '/platform'],
    ['a list where an object belongs', { titles: ['X'] }, '/titles'],
    ['no title at all', { titles: {} }, '/titles'],
    ['a blank title', { titles: { en: ' ' } }, '/titles/en'],
    ['a field that ISCED does not have', { isced: '0777' }, '/isced'],
    ['a period that ends before it begins', { validity: { from: '2022-01-01', until: '2021-12-31' } }, '/validity/until'],
    ['a platform that is the provider', { platform: 'provider' }, '/platform'],
    ['an unknown provider', { provider: nobody }, '/provider'],
    ['an unknown platform', { platform: nobody }, '/platform'],
    ['an unknown credit system', { creditSystem: 'ducats' }, '/creditSystem'],
  ])('is refused with %s', async (_what, fields, pointer) => {
    const own = 'platform' in fields && fields.platform === 'provider' ? { platform: provider } : fields;
    const answer = await test.request.post('/v1/courses').send(courseForm(provider, own)).expect(422);
    expect(pointersOf(answer)).toEqual([pointer]);
  });

  it('is not taught by a consortium', async () => {
    const { id } = await recordInstitution(test.request, { kind: 'consortium', names: { en: 'Alliance' } });
    expect(pointersOf(await test.request.post('/v1/courses').send(courseForm(id)).expect(422))).toEqual(['/provider']);
  });
});

describe('editions of one code', () => {
  it('never overlap, however the code is written', async () => {
    const code = newCode();
    const first = await recordCourse(test.request, provider, { code, validity: { from: '2020-01-01', until: '2020-12-31' } });
    const sameDay = courseForm(provider, { code: ` ${code.toLowerCase().replace(' ', '')}`.trim(), validity: { from: '2020-12-31' } });
    const answer = await test.request.post('/v1/courses').send(sameDay).expect(409);
    expect(answer.body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('Editions of one course never overlap') });
    await recordCourse(test.request, provider, { code, validity: { from: '2021-01-01' } });
    await recordCourse(test.request, platform, { code, validity: { from: '2020-01-01' } });

    const longer = courseForm(provider, { code, validity: { from: '2020-01-01', until: '2021-01-01' } });
    await test.request.put(`/v1/courses/${first.id}`).set('if-match', '"1"').send(longer).expect(409);
    const found = itemsOf<Recorded>(await test.request.get(`/v1/courses?code=${encodeURIComponent(code)}&validOn=2020-12-31`).expect(200));
    expect(found).toHaveLength(2);
  });

  it('never overlap when two requests come at once', async () => {
    const form = courseForm(provider, { code: newCode() });
    const answers = await Promise.all([1, 2, 3, 4].map(() => test.request.post('/v1/courses').send(form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('follow one another: the next one ends the one before', async () => {
    const code = newCode();
    const first = await recordCourse(test.request, provider, { code });
    await refer(first.id);
    const next = editionForm({ credits: 4, validity: { from: '2024-09-01' } });
    await test.request.post(`/v1/courses/${first.id}/editions`).send(next).expect(428);
    await test.request.post(`/v1/courses/${first.id}/editions`).set('if-match', '"9"').send(next).expect(412);
    const opened = await test.request.post(`/v1/courses/${first.id}/editions`).set('if-match', '"1"').send(next).expect(201);
    expect(opened.body).toMatchObject({ provider, code, credits: 4, validity: { from: '2024-09-01' }, version: 1 });
    const ended = await test.request.get(`/v1/courses/${first.id}`).expect(200);
    expect(ended.body).toMatchObject({ credits: 2, validity: { from: '2020-01-01', until: '2024-08-31' }, version: 2 });

    const tooEarly = { ...next, validity: { from: '2020-01-01' } };
    const refused = await test.request.post(`/v1/courses/${first.id}/editions`).set('if-match', '"2"').send(tooEarly).expect(422);
    expect(pointersOf(refused)).toEqual(['/validity/from']);
    await test.request.post(`/v1/courses/${first.id}/editions`).set('if-match', '"2"').send(next).expect(409);
  });

  it('no longer change once something refers to them', async () => {
    const code = newCode();
    const { id } = await recordCourse(test.request, provider, { code });
    await refer(id);
    await refer(id);
    const answer = await test.request
      .put(`/v1/courses/${id}`)
      .set('if-match', '"1"')
      .send(courseForm(provider, { code, credits: 5 }))
      .expect(409);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('refers to this edition') });
    await expect(refer(nobody)).rejects.toThrow(/course_edition_references_course_id_fkey/);
  });

  it('do not change while a reference to them is being made', async () => {
    const code = newCode();
    const { id } = await recordCourse(test.request, provider, { code });
    const send = () =>
      test.request
        .put(`/v1/courses/${id}`)
        .set('if-match', '"1"')
        .send(courseForm(provider, { code, credits: 5 }));
    const change = await test.dataSource.transaction(async (manager) => {
      await test.app.get(CoursesService).refer(manager, [id], { kind: 'agreement', id: nobody });
      const waiting = send().then(({ status }) => status);
      const first = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))]);
      expect(first).toBe('waits');
      return { waiting };
    });
    expect(await change.waiting).toBe(409);
  });

  it('are found by provider and code, and by day', async () => {
    const code = newCode();
    const first = await recordCourse(test.request, provider, { code, validity: { until: '2019-12-31' } });
    const second = await recordCourse(test.request, provider, { code, validity: { from: '2020-01-01' } });
    const courses = test.app.get(CoursesService);
    const editions = await courses.editionsOf(test.dataSource.manager, [
      { provider, code: code.toLowerCase() },
      { provider, code: 'NONE' },
    ]);
    expect(editions.map(({ id }) => id)).toEqual([first.id, second.id]);
    const own = await recordInstitution(test.request, { names: { en: 'University Without Courses' } });
    expect(await courses.institutionsWithCourses(test.dataSource.manager, [provider, own.id])).toEqual(new Set([provider]));
    expect((await courses.editionsAt(test.dataSource.manager, [provider, own.id], [code])).map(({ id }) => id)).toEqual([
      first.id,
      second.id,
    ]);
    expect((await courses.find(test.dataSource.manager, [second.id, nobody])).map(({ validity }) => validity)).toEqual([
      { from: '2020-01-01' },
    ]);
  });
});

describe('the list of courses', () => {
  const codesOf = async (query: string): Promise<string[]> =>
    itemsOf<{ code: string }>(await test.request.get(`/v1/courses?${query}`).expect(200)).map(({ code }) => code);

  it('is held to filters', async () => {
    const own = (await recordInstitution(test.request, { names: { en: 'Filter University' } })).id;
    await recordCourse(test.request, own, { code: 'A 1', platform, isced: '0311', delivery: 'mooc', languages: ['zh-CN'] });
    await recordCourse(test.request, own, {
      code: 'A 2',
      isced: '0312',
      delivery: 'liveOnline',
      languages: ['en', 'zh'],
      validity: { until: '2010-12-31' },
    });
    await recordCourse(test.request, own, { code: 'A 3', isced: '0411', delivery: 'hybridClassroom', languages: ['zhx'] });
    const at = `provider=${own}`;
    expect(await codesOf(at)).toEqual(['A 1', 'A 2', 'A 3']);
    expect(await codesOf(`${at}&platform=${platform}`)).toEqual(['A 1']);
    expect(await codesOf(`${at}&code=a2`)).toEqual(['A 2']);
    expect(await codesOf(`${at}&validOn=2010-12-31`)).toEqual(['A 2']);
    expect(await codesOf(`${at}&validOn=2020-01-01`)).toEqual(['A 1', 'A 3']);
    expect(await codesOf(`${at}&delivery=hybridClassroom`)).toEqual(['A 3']);
    expect(await codesOf(`${at}&isced=03`)).toEqual(['A 1', 'A 2']);
    expect(await codesOf(`${at}&isced=0411`)).toEqual(['A 3']);
    expect(await codesOf(`${at}&language=zh`)).toEqual(['A 1', 'A 2']);
    expect(await codesOf(`${at}&language=zh-CN`)).toEqual(['A 1']);
    expect(await codesOf(`${at}&language=zh&isced=0312&q=poverty`)).toEqual(['A 2']);
  });

  it('is read page by page to its end', async () => {
    const own = (await recordInstitution(test.request, { names: { en: 'Paging University' } })).id;
    for (let n = 1; n <= 7; n += 1) await recordCourse(test.request, own, { code: `P ${String(n)}` });
    const found: string[] = [];
    let cursor = '';
    do {
      const page = await test.request.get(`/v1/courses?provider=${own}&limit=3${cursor}`).expect(200);
      found.push(...itemsOf<{ code: string }>(page).map(({ code }) => code));
      const { nextCursor } = page.body as { nextCursor: string | null };
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(found).toEqual(['P 1', 'P 2', 'P 3', 'P 4', 'P 5', 'P 6', 'P 7']);
  });

  it('refuses filters that mean nothing', async () => {
    const query = 'provider=x&platform=y&validOn=2021-02-30&delivery=z&isced=1&language=english&limit=201&colour=red';
    expect(pointersOf(await test.request.get(`/v1/courses?${query}`).expect(422))).toEqual([
      'colour',
      'delivery',
      'isced',
      'language',
      'limit',
      'platform',
      'provider',
      'validOn',
    ]);
  });
});

describe('an import of courses', () => {
  const run = (rows: readonly CourseDetails[]) =>
    asService('test', () => test.dataSource.transaction((manager) => test.app.get(CoursesService).import(manager, rows)));
  const row = (fields: Partial<CourseDetails>): CourseDetails => ({
    provider,
    code: 'IMP 1',
    titles: { en: 'Imported' },
    credits: 3,
    creditSystem: 'ects',
    languages: ['en'],
    learningOutcomes: [],
    assessment: { proctored: false, identityVerified: false },
    delivery: 'mooc',
    repeatable: false,
    validity: { from: '2020-01-01' },
    ...fields,
  });
  const kinds = async (rows: readonly CourseDetails[]): Promise<string[]> => (await run(rows)).map(({ kind }) => kind);

  it('a second time changes nothing', async () => {
    const rows = [row({}), row({ code: 'IMP 2', platform, weeks: 12, isced: '0613', validity: {} }), row({ code: 'IMP 3', credits: 1.5 })];
    expect(await kinds(rows)).toEqual(['created', 'created', 'created']);
    const before = await test.dataSource.query<unknown[]>('SELECT * FROM courses ORDER BY id');
    expect(await kinds(rows)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(await test.dataSource.query<unknown[]>('SELECT * FROM courses ORDER BY id')).toEqual(before);
    expect(await kinds([row({ code: 'imp2', platform, weeks: 13, validity: {} })])).toEqual(['changed']);
  });

  it('lets one edition follow another, wherever they stand in the file', async () => {
    await run([row({ code: 'SEQ 1' })]);
    const rows = [
      row({ code: 'SEQ 1', credits: 4, validity: { from: '2023-01-01' } }),
      row({ code: 'SEQ 1', validity: { from: '2020-01-01', until: '2022-12-31' } }),
    ];
    expect(await kinds(rows)).toEqual(['created', 'changed']);
    expect(await kinds(rows)).toEqual(['unchanged', 'unchanged']);
  });

  it('refuses rows one by one and keeps the others', async () => {
    const [pinned] = await run([row({ code: 'PIN 1' })]);
    if (pinned === undefined || pinned.kind === 'refused') throw new Error('the course was not created');
    await refer(pinned.id);
    const outcomes = await run([
      row({ code: 'PIN 1', credits: 9 }),
      row({ code: 'BAD 1', credits: -1, isced: '9' }),
      row({ code: 'BAD 2', provider: nobody, creditSystem: 'ducats' }),
      row({ code: 'GOOD 1' }),
      row({ code: 'GOOD 1', validity: { from: '2021-01-01' } }),
      row({ code: 'good 1', credits: 5 }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'refused', errors: [{ pointer: '' }] },
      { kind: 'refused', errors: [{ pointer: '/credits' }, { pointer: '/isced' }] },
      { kind: 'refused', errors: [{ pointer: '/provider' }, { pointer: '/creditSystem' }] },
      { kind: 'created' },
      { kind: 'refused', errors: [{ pointer: '/validity' }] },
      { kind: 'refused', errors: [{ pointer: '' }] },
    ]);
  });
});

describe('the database', () => {
  const insert = (columns: Readonly<Record<string, string>>): Promise<unknown> => {
    const sound = {
      id: 'gen_random_uuid()',
      provider_id: `'${provider}'`,
      code: `'SQL'`,
      normalised_code: 'gen_random_uuid()::text',
      titles: `'{"en": "X"}'`,
      credits: '1',
      credit_system: `'ects'`,
      languages: `'{}'`,
      learning_outcomes: `'[]'`,
      proctored: 'false',
      identity_verified: 'false',
      delivery: `'mooc'`,
      repeatable: 'false',
      validity: `'[2020-01-01,)'`,
      version: '1',
      modified_at: 'now()',
      search_vector: `''`,
      search_pairs: `'{}'`,
      search_size: '1',
      ...columns,
    };
    return test.dataSource.query(`INSERT INTO courses (${Object.keys(sound).join(', ')}) VALUES (${Object.values(sound).join(', ')})`);
  };

  it.each([
    ['courses_credits_check', { credits: '-1' }],
    ['courses_eqf_level_check', { eqf_level: '9' }],
    ['courses_isced_check', { isced: `'art'` }],
    ['courses_weeks_check', { weeks: '0' }],
    ['courses_workload_hours_check', { workload_hours: '0' }],
    ['courses_delivery_check', { delivery: `'telepathy'` }],
    ['courses_validity_check', { validity: `'empty'` }],
    ['courses_credit_system_fkey', { credit_system: `'ducats'` }],
    ['courses_provider_id_fkey', { provider_id: `'${nobody}'` }],
  ])('sees to it by itself: %s', async (constraint, columns) => {
    await insert({});
    await expect(insert(columns)).rejects.toThrow(constraint);
  });
});
