import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreditSystemsService, GradingScalesService, InstitutionsService } from '../src/institutions/index.js';
import { asService } from '../src/platform/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, recordInstitution } from './support/catalogue.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

interface Named {
  readonly id: string;
  readonly name: string;
}

const namesOf = async (query: string, language = 'en'): Promise<string[]> =>
  itemsOf<Named>(await test.request.get(`/v1/institutions?${query}`).set('accept-language', language).expect(200)).map(({ name }) => name);

describe('an institution', () => {
  const tsinghua = {
    kind: 'university',
    names: { en: 'Tsinghua University', zh: '清华大学' },
    country: 'CN',
    identifiers: [
      { scheme: 'cn-moe', value: '4111010003' },
      { scheme: 'ror', value: 'https://ror.org/03cve4549' },
    ],
    homeCreditSystem: 'china-credit',
    homeGradingScale: 'percentage-60',
    website: 'https://www.tsinghua.edu.cn',
  };

  it('is recorded, read in the reader’s language, and read again only when it has changed', async () => {
    const created = await test.request.post('/v1/institutions').set('accept-language', 'zh-CN').send(tsinghua).expect(201);
    expect(created.body).toMatchObject({ ...tsinghua, name: '清华大学', members: [], version: 1 });
    expect(created.headers['etag']).toBe('"1"');
    const { id } = created.body as Named;
    const read = await test.request.get(`/v1/institutions/${id}`).set('accept-language', 'fr').expect(200);
    expect(read.body).toEqual({ ...(created.body as object), name: 'Tsinghua University' });
    await test.request.get(`/v1/institutions/${id}`).set('if-none-match', '"1"').expect(304);
  });

  it('is changed by whoever has its present version, and by nobody else', async () => {
    const { id } = await recordInstitution(test.request, { names: { en: 'Old Name' } });
    const form = { kind: 'university', names: { en: 'New Name' }, country: 'KE', identifiers: [{ scheme: 'schac', value: 'uonbi.ac.ke' }] };
    await test.request.put(`/v1/institutions/${id}`).send(form).expect(428);
    await test.request.put(`/v1/institutions/${id}`).set('if-match', '"7"').send(form).expect(412);
    const changed = await test.request.put(`/v1/institutions/${id}`).set('if-match', '"1"').send(form).expect(200);
    expect(changed.body).toMatchObject({ name: 'New Name', country: 'KE', version: 2, identifiers: form.identifiers });
    await test.request.put(`/v1/institutions/${id}`).set('if-match', '"1"').send(form).expect(412);
    expect(await namesOf('q=old')).toEqual([]);
    expect(await namesOf('q=new')).toEqual(['New Name']);
  });

  it('that does not exist is answered like one that nobody may see', async () => {
    await test.request.get('/v1/institutions/0190d7a0-0000-7000-8000-000000000000').expect(404);
    await test.request.get('/v1/institutions/tsinghua').expect(404);
    await test.request.put('/v1/institutions/0190d7a0-0000-7000-8000-000000000000').set('if-match', '*').send(tsinghua).expect(404);
  });

  it('is refused with every invalid field at once', async () => {
    const answer = await test.request
      .post('/v1/institutions')
      .send({
        kind: 'school',
        names: { english: 'X', fr: '' },
        country: 'China',
        identifiers: [{ scheme: 'Not A Scheme', value: ' padded ' }, 'none'],
        members: ['not-an-id'],
        website: 'ftp://example.org',
        motto: 'unknown',
      })
      .expect(422);
    expect(pointersOf(answer)).toEqual([
      '/country',
      '/identifiers',
      '/identifiers/0/scheme',
      '/identifiers/0/value',
      '/identifiers/1',
      '/kind',
      '/members/0',
      '/motto',
      '/names/english',
      '/names/fr',
      '/website',
    ]);
  });

  it('is refused where it names what does not exist, or contradicts itself', async () => {
    const unknown = { ...tsinghua, identifiers: [], homeCreditSystem: 'none', homeGradingScale: 'none' };
    expect(pointersOf(await test.request.post('/v1/institutions').send(unknown).expect(422))).toEqual([
      '/homeCreditSystem',
      '/homeGradingScale',
    ]);
    const twice = { scheme: 'ror', value: 'https://ror.org/twice' };
    const contradictory = {
      kind: 'university',
      names: { en: 'X' },
      identifiers: [twice, twice],
      members: ['0190d7a0-0000-7000-8000-000000000000'],
    };
    expect(pointersOf(await test.request.post('/v1/institutions').send(contradictory).expect(422))).toEqual([
      '/country',
      '/identifiers/1',
      '/members',
    ]);
    const small = { kind: 'university', names: { en: 'X' }, country: 'us' };
    expect(pointersOf(await test.request.post('/v1/institutions').send(small).expect(422))).toEqual(['/country']);
  });

  it('has its identifiers for itself', async () => {
    const identifiers = [{ scheme: 'ipeds', value: '110680' }];
    await recordInstitution(test.request, { names: { en: 'UC San Diego' }, country: 'US', identifiers });
    const other = { kind: 'university', names: { en: 'Another' }, country: 'US', identifiers };
    const answer = await test.request.post('/v1/institutions').send(other).expect(409);
    expect(answer.body).toMatchObject({ code: 'conflict', detail: 'Another institution has one of these identifiers already.' });
    expect(await namesOf('identifierScheme=ipeds&identifier=110680')).toEqual(['UC San Diego']);
    expect(await namesOf('identifier=110680')).toEqual(['UC San Diego']);
    expect(await namesOf('identifierScheme=opeid')).toEqual([]);
  });

  it('keeps its kind', async () => {
    const { id } = await recordInstitution(test.request, { kind: 'platform', names: { en: 'XuetangX', zh: '学堂在线' } });
    const form = { kind: 'university', names: { en: 'XuetangX' }, country: 'CN' };
    expect(pointersOf(await test.request.put(`/v1/institutions/${id}`).set('if-match', '*').send(form).expect(422))).toEqual(['/kind']);
  });
});

describe('a consortium', () => {
  it('has members, which are found by it', async () => {
    const first = await recordInstitution(test.request, { names: { en: 'First Member' } });
    const second = await recordInstitution(test.request, { names: { en: 'Second Member' } });
    const form = { kind: 'consortium', names: { en: 'Global MOOC Alliance' }, members: [second.id, first.id.toUpperCase()] };
    const { body } = (await test.request.post('/v1/institutions').send(form).expect(201)) as { body: { id: string; members: string[] } };
    expect(body.members).toEqual([first.id, second.id].sort());
    expect(await namesOf(`memberOf=${body.id}`)).toEqual(['First Member', 'Second Member']);

    const self = { ...form, members: [body.id] };
    expect(pointersOf(await test.request.put(`/v1/institutions/${body.id}`).set('if-match', '"1"').send(self).expect(422))).toEqual([
      '/members/0',
    ]);
    const nested = { ...form, members: [body.id, '0190d7a0-0000-7000-8000-000000000000'] };
    expect(pointersOf(await test.request.post('/v1/institutions').send(nested).expect(422))).toEqual(['/members/0', '/members/1']);
  });
});

describe('the list of institutions', () => {
  it('is read page by page, whatever is recorded meanwhile', async () => {
    const ids = [];
    for (let n = 0; n < 5; n += 1)
      ids.push((await recordInstitution(test.request, { names: { en: `Paged ${String(n)}` }, country: 'AZ' })).id);
    const first = await test.request.get('/v1/institutions?country=AZ&limit=2').expect(200);
    await recordInstitution(test.request, { names: { en: 'Paged late' }, country: 'AZ' });
    const found = itemsOf<Named>(first).map(({ id }) => id);
    let { nextCursor } = first.body as { nextCursor: string | null };
    expect(first.headers['link']).toContain('rel="next"');
    while (nextCursor !== null) {
      const page = await test.request.get(`/v1/institutions?country=AZ&limit=2&cursor=${nextCursor}`).expect(200);
      found.push(...itemsOf<Named>(page).map(({ id }) => id));
      ({ nextCursor } = page.body as { nextCursor: string | null });
    }
    expect(found.slice(0, 5)).toEqual(ids);
    expect(found).toHaveLength(6);
  });

  it('is held to filters', async () => {
    await recordInstitution(test.request, { kind: 'platform', names: { en: 'SWAYAM' }, country: 'IN' });
    await recordInstitution(test.request, { names: { en: 'IIT Gandhinagar' }, country: 'IN' });
    expect(await namesOf('country=IN')).toEqual(['SWAYAM', 'IIT Gandhinagar']);
    expect(await namesOf('country=IN&kind=platform')).toEqual(['SWAYAM']);
  });

  it('refuses filters that mean nothing', async () => {
    const answer = await test.request.get('/v1/institutions?country=XX&kind=school&memberOf=me&limit=0&colour=red&q=%20').expect(422);
    expect(pointersOf(answer)).toEqual(['colour', 'country', 'kind', 'limit', 'memberOf', 'q']);
    expect(pointersOf(await test.request.get('/v1/institutions?q=!').expect(422))).toEqual(['q']);
    expect(pointersOf(await test.request.get('/v1/institutions?cursor=WyJjb3Vyc2VzIiwiMSJd').expect(422))).toEqual(['cursor']);
  });

  it.each([
    ['q=wien', 'en', 'University of Vienna'],
    ['q=wien', 'de', 'Universität Wien'],
    ['q=universitat%20wien', 'en', 'University of Vienna'],
    ['q=VIEN', 'en', 'University of Vienna'],
    ['q=viena', 'en', 'University of Vienna'],
    ['q=維也納', 'zh', '維也納大學'],
    ['q=維', 'zh', '維也納大學'],
  ])('is searched by name in any language, accents and slips of the pen aside: %s', async (query, language, name) => {
    if ((await namesOf('q=wien')).length === 0) {
      const names = { en: 'University of Vienna', de: 'Universität Wien', zh: '維也納大學' };
      await recordInstitution(test.request, { names, country: 'AT' });
    }
    expect(await namesOf(query, language)).toEqual([name]);
  });
});

describe('an import of institutions', () => {
  const rows = [
    {
      kind: 'university',
      names: { en: 'Bilkent University' },
      country: 'TR',
      identifiers: [{ scheme: 'yok', value: '1' }],
      homeCreditSystem: 'ects',
    },
    { kind: 'university', names: { en: 'Baku State University' }, country: 'AZ', identifiers: [{ scheme: 'ror', value: 'az1' }] },
  ] as const;
  const run = (some: Parameters<InstitutionsService['import']>[1]) =>
    asService('test', () => test.dataSource.transaction((manager) => test.app.get(InstitutionsService).import(manager, some)));

  it('a second time changes nothing', async () => {
    expect((await run(rows)).map(({ kind }) => kind)).toEqual(['created', 'created']);
    const before = await test.dataSource.query<unknown[]>('SELECT * FROM institutions ORDER BY id');
    expect((await run(rows)).map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
    expect(await test.dataSource.query<unknown[]>('SELECT * FROM institutions ORDER BY id')).toEqual(before);
  });

  it('adds what a later file knows, and refuses what it cannot mean', async () => {
    const outcomes = await run([
      { ...rows[0], names: { tr: 'Bilkent Üniversitesi' }, identifiers: [...rows[0].identifiers, { scheme: 'ror', value: 'tr1' }] },
      { ...rows[1], identifiers: [...rows[0].identifiers, ...rows[1].identifiers] },
      { ...rows[1], homeCreditSystem: 'none', homeGradingScale: 'none' },
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'changed' },
      { kind: 'refused', errors: [{ pointer: '/identifiers' }] },
      { kind: 'refused', errors: [{ pointer: '/homeCreditSystem' }, { pointer: '/homeGradingScale' }] },
    ]);
    expect(await namesOf('identifier=tr1', 'tr')).toEqual(['Bilkent Üniversitesi']);
    expect(await namesOf('q=bilkent', 'en')).toEqual(['Bilkent University']);
  });

  it('takes a thousand rows in one set', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => ({ ...rows[0], identifiers: [{ scheme: 'bulk', value: String(n) }] }));
    expect(new Set((await run(many)).map(({ kind }) => kind))).toEqual(new Set(['created']));
    expect(new Set((await run(many)).map(({ kind }) => kind))).toEqual(new Set(['unchanged']));
  });
});

describe('credit systems and grading scales', () => {
  it('ship with the service, each with its source', async () => {
    const systems = itemsOf<{ id: string; source: string }>(await test.request.get('/v1/credit-systems?limit=200').expect(200));
    expect(systems.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['ects', 'uk-cats', 'us-semester', 'us-quarter', 'china-credit', 'umap-ucts']),
    );
    expect(systems.every(({ source }) => source.length > 20)).toBe(true);
    const ects = await test.request.get('/v1/credit-systems/ects').expect(200);
    expect(ects.body).toMatchObject({ creditsPerYear: 60, hoursPerCredit: { minimum: 25, maximum: 30 }, version: 1 });
    const german = await test.request.get('/v1/grading-scales/german').expect(200);
    expect(german.body).toMatchObject({ passMark: '4.0', numeric: { lowest: '1.0', highest: '5.0', descending: true } });
    expect(itemsOf<{ id: string }>(await test.request.get('/v1/grading-scales?limit=3').expect(200))).toHaveLength(3);
    await test.request.get('/v1/credit-systems/none').expect(404);
  });

  it('are loaded once, and brought up to date by a later release', async () => {
    const service = test.app.get(CreditSystemsService);
    const shipped = { id: 'later', name: 'Later', source: 'A later release.' };
    const ship = (system: typeof shipped) =>
      asService('test', () => test.dataSource.transaction((manager) => service.ship(manager, [system])));
    await ship(shipped);
    await ship(shipped);
    expect(await service.read('later')).toMatchObject({ ...shipped, version: 1 });
    await ship({ ...shipped, name: 'Corrected' });
    expect(await service.read('later')).toMatchObject({ name: 'Corrected', version: 2 });
  });

  it('leave alone what an institution has defined under their id', async () => {
    const { id: institution } = await recordInstitution(test.request);
    const scale = {
      id: 'own',
      institution,
      name: 'Own',
      grades: [{ value: 'no' }, { value: 'yes' }],
      passMark: 'yes',
      source: 'Its statutes.',
    };
    await test.request.post('/v1/grading-scales').send(scale).expect(201);
    const service = test.app.get(GradingScalesService);
    const shipped = { id: 'own', name: 'Shipped', grades: [{ value: 'pass' }], passMark: 'pass', source: 'A later release.' };
    await asService('test', () => test.dataSource.transaction((manager) => service.ship(manager, [shipped])));
    expect(await service.read('own')).toMatchObject({ name: 'Own', institution });
  });

  it('are defined by an institution, and change until something refers to them', async () => {
    const { id: institution } = await recordInstitution(test.request, { names: { en: 'University of Victoria' }, country: 'CA' });
    const form = {
      id: 'uvic-half-unit',
      institution,
      name: 'Half unit',
      hoursPerCredit: { minimum: 45, maximum: 45 },
      source: 'Calendar.',
    };
    const created = await test.request.post('/v1/credit-systems').send(form).expect(201);
    expect(created.body).toMatchObject({ ...form, version: 1 });
    expect(itemsOf<{ id: string }>(await test.request.get(`/v1/credit-systems?institution=${institution}`).expect(200))).toHaveLength(1);
    await test.request.post('/v1/credit-systems').send(form).expect(409);

    const path = '/v1/credit-systems/uvic-half-unit';
    const change = { name: 'Half a unit', creditsPerYear: 30, source: 'Calendar.' };
    await test.request.put(path).send(change).expect(428);
    await test.request.put(path).set('if-match', '"2"').send(change).expect(412);
    expect((await test.request.put(path).set('if-match', '"1"').send(change).expect(200)).body).toEqual({
      ...change,
      id: form.id,
      institution,
      version: 2,
      modifiedAt: expect.any(String),
    });

    await recordInstitution(test.request, { names: { en: 'Camosun College' }, country: 'CA', homeCreditSystem: 'uvic-half-unit' });
    const refused = await test.request.put(path).set('if-match', '"2"').send(change).expect(409);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('in use') });
    expect((await test.request.get(path).expect(200)).body).toMatchObject({ version: 2 });
  });

  it('that ship with the service are not changed over HTTP', async () => {
    await test.request.put('/v1/credit-systems/ects').set('if-match', '*').send({ name: 'X', source: 'X' }).expect(409);
    await test.request.put('/v1/credit-systems/none').set('if-match', '*').send({ name: 'X', source: 'X' }).expect(404);
  });

  it('are refused where they are incoherent, each fault with its place', async () => {
    const { id: institution } = await recordInstitution(test.request);
    const system = { id: 'Not A Slug', institution: 'me', name: '', creditsPerYear: 1.0005, hoursPerCredit: { minimum: -1 }, source: 'x' };
    expect(pointersOf(await test.request.post('/v1/credit-systems').send(system).expect(422))).toEqual([
      '/creditsPerYear',
      '/hoursPerCredit/maximum',
      '/hoursPerCredit/minimum',
      '/id',
      '/institution',
      '/name',
    ]);
    const hours = { id: 'x', institution, name: 'X', hoursPerCredit: { minimum: 30, maximum: 25 }, source: 'x' };
    expect(pointersOf(await test.request.post('/v1/credit-systems').send(hours).expect(422))).toEqual(['/hoursPerCredit/maximum']);
    const foreign = { id: 'x', institution: '0190d7a0-0000-7000-8000-000000000000', name: 'X', source: 'x' };
    expect((await test.request.post('/v1/credit-systems').send(foreign).expect(422)).body).toMatchObject({
      detail: 'The institution does not exist.',
    });

    const scale = {
      id: 'incoherent',
      institution,
      name: 'Incoherent',
      grades: [{ value: 'F' }, { value: 'C' }, { value: 'A' }],
      passMark: 'B',
      distribution: [
        { value: 'C', share: '0.1' },
        { value: 'A', share: '0.89999' },
      ],
      source: 'x',
    };
    expect(pointersOf(await test.request.post('/v1/grading-scales').send(scale).expect(422))).toEqual(['/distribution', '/passMark']);
  });
});
