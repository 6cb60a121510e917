import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StatedRevision } from '../src/agreements/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, itemsOf, pointersOf, recordCourse, recordInstitution } from './support/catalogue.js';
import { countsOf, csv, importFile, lines, ndjson } from './support/imports.js';

/** Tables of resources over HTTP: what becomes of good rows and of bad ones. */

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let number = 0;
/** A word that no other test uses. */
const fresh = (word: string): string => `${word}-${String((number += 1))}`;

const university = (identifier: string, fields: object = {}): object => ({
  kind: 'university',
  names: { en: 'Example University' },
  country: 'ID',
  identifiers: [{ scheme: 'ror', value: identifier }],
  ...fields,
});

async function total(path: string): Promise<number> {
  return itemsOf(await app.request.get(path)).length;
}

async function waitingRows(): Promise<unknown> {
  const [row] = await app.dataSource.query<unknown[]>('SELECT count(*)::int AS count FROM import_rows');
  return row;
}

describe('a table of institutions', () => {
  it('in NDJSON records what is new, changes what is known, and changes nothing the second time', async () => {
    const [known, added] = [fresh('ror'), fresh('ror')];
    await recordInstitution(app.request, { identifiers: [{ scheme: 'ror', value: known }], country: 'CN' });
    const file = lines(
      university(known, { country: 'CN', names: { fr: 'Université Tsinghua' } }),
      university(added, { website: 'https://example.org' }),
    );

    const report = await importFile(app.request, 'institutions', ndjson, file);
    expect(report).toMatchObject({ format: 'institutions', dryRun: false, atomic: false, kept: true, errorCount: 0, exceptionCount: 0 });
    expect(countsOf(report, 'institutions')).toEqual({ created: 1, changed: 1 });
    const [found] = itemsOf<{ names: unknown; version: number }>(await app.request.get(`/v1/institutions?identifier=${known}`));
    expect(found).toMatchObject({ names: { en: 'Tsinghua University', zh: '清华大学', fr: 'Université Tsinghua' }, version: 2 });

    expect(countsOf(await importFile(app.request, 'institutions', ndjson, file), 'institutions')).toEqual({ unchanged: 2 });
    expect(await waitingRows()).toEqual({ count: 0 });
  });

  it('adds the members of a consortium to those that it has', async () => {
    const value = fresh('lei');
    const consortium = (members: readonly string[]): object => ({
      kind: 'consortium',
      names: { en: 'Alliance' },
      identifiers: [{ scheme: 'lei', value }],
      members,
    });
    const members = [(await recordInstitution(app.request)).id, (await recordInstitution(app.request)).id];
    const [first = '', second = ''] = members;
    const counts = async (stated: readonly string[]): Promise<unknown> =>
      countsOf(await importFile(app.request, 'institutions', ndjson, lines(consortium(stated))), 'institutions');
    const recorded = async (): Promise<{ id: string; members: string[] } | undefined> =>
      itemsOf<{ id: string; members: string[] }>(await app.request.get(`/v1/institutions?identifier=${value}`))[0];

    expect(await counts([first])).toEqual({ created: 1 });
    expect((await recorded())?.members).toEqual([first]);
    expect(await counts([second.toUpperCase()])).toEqual({ changed: 1 });
    expect(await counts([])).toEqual({ unchanged: 1 });
    const { id = '', members: kept = [] } = (await recorded()) ?? {};
    expect(kept).toEqual([...members].sort());

    const report = await importFile(app.request, 'institutions', ndjson, lines(consortium([first, id])));
    expect(report.errors).toMatchObject([{ line: 1, code: 'refused', field: '/members/1' }]);
  });

  it('in CSV names its columns by the fields, in any order', async () => {
    const value = fresh('ror');
    const file = `\uFEFFcountry,kind,names.en,names.zh-Hans,identifiers,website\r\nKE,university,"Nairobi, University of",内罗毕大学,"[{""scheme"":""ror"",""value"":""${value}""}]",\r\n`;
    expect(countsOf(await importFile(app.request, 'institutions', csv, file), 'institutions')).toEqual({ created: 1 });
    const [found] = itemsOf(await app.request.get(`/v1/institutions?identifier=${value}`));
    expect(found).toMatchObject({ names: { en: 'Nairobi, University of', 'zh-Hans': '内罗毕大学' }, country: 'KE' });
  });

  it('reports every bad row with line, field and reason, and keeps the good ones', async () => {
    const value = fresh('ror');
    const file = [
      JSON.stringify(university(fresh('ror'), { country: 'Atlantis', homeGrade: 'A' })),
      '{"kind":',
      JSON.stringify(university(value)),
      JSON.stringify(university(fresh('ror'), { homeCreditSystem: 'no-such-system' })),
      JSON.stringify(university(fresh('ror'), { identifiers: [] })),
      JSON.stringify(university(fresh('ror'), { kind: 'consortium', members: ['01900000-0000-7000-8000-000000000000'] })),
      JSON.stringify({ kind: 'university', names: { en: 'No country' }, identifiers: [{ scheme: 'ror', value: fresh('ror') }] }),
      '{"kind":"university\\u0000"}',
    ].join('\n');
    const report = await importFile(app.request, 'institutions', ndjson, file);
    expect(countsOf(report, 'institutions')).toEqual({ created: 1, refused: 7 });
    expect(report.errors.map(({ line, code, field }) => [line, code, field])).toEqual([
      [1, 'invalid', '/homeGrade'],
      [1, 'invalid', '/country'],
      [2, 'malformed', undefined],
      [4, 'refused', '/homeCreditSystem'],
      [5, 'invalid', '/identifiers'],
      [6, 'refused', '/members/0'],
      [7, 'refused', '/country'],
      [8, 'nul', undefined],
    ]);
    expect(report.errorCount).toBe(8);
    expect(await total(`/v1/institutions?identifier=${value}`)).toBe(1);
  });

  it('with dryRun answers the same report and writes nothing; with atomic keeps nothing where a row is bad', async () => {
    const value = fresh('ror');
    const good = lines(university(value));
    const bad = good + lines(university(fresh('ror'), { country: 'XX' }));
    const path = `/v1/institutions?identifier=${value}`;

    const tried = await importFile(app.request, 'institutions?dryRun=true', ndjson, good);
    expect(tried).toMatchObject({ dryRun: true, kept: false, errorCount: 0 });
    expect(countsOf(tried, 'institutions')).toEqual({ created: 1 });
    expect(await total(path)).toBe(0);

    const refused = await importFile(app.request, 'institutions?atomic=true', ndjson, bad);
    expect(refused).toMatchObject({ atomic: true, kept: false, errorCount: 1 });
    expect(countsOf(refused, 'institutions')).toEqual({ created: 1, refused: 1 });
    expect(await total(path)).toBe(0);

    expect(await importFile(app.request, 'institutions?atomic=true', ndjson, good)).toMatchObject({ kept: true });
    expect(await total(path)).toBe(1);
  });
});

describe('a table of courses', () => {
  let provider: string;
  beforeEach(async () => {
    provider = (await recordInstitution(app.request)).id;
  });

  it('records editions, and changes nothing the second time', async () => {
    const file = lines(courseForm(provider), courseForm(provider, { code: 'ACU 1', titles: { zh: '针灸学', en: 'Acupuncture' } }));
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ created: 2 });
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ unchanged: 2 });
    const [found] = itemsOf(await app.request.get(`/v1/courses?provider=${provider}&q=${encodeURIComponent('针灸')}`));
    expect(found).toMatchObject(courseForm(provider, { code: 'ACU 1', titles: { zh: '针灸学', en: 'Acupuncture' } }));
  });

  it('in CSV reads numbers, flags and JSON from cells, and names the column of an error', async () => {
    const header =
      'provider,code,titles.en,credits,creditSystem,assessment.proctored,assessment.identityVerified,delivery,validity.from,languages';
    const row = (code: string, credits: string, from = '2024-09-01'): string =>
      `${provider},${code},Rail Transit,${credits},china-credit,true,false,mooc,${from},"[""zh"",""en""]"`;
    const report = await importFile(
      app.request,
      'courses',
      csv,
      [header, row('RT 1', '2.5'), row('RT 2', '2.5555'), row('RT 3', 'two'), row('RT 4', '2', '2024-02-30')].join('\n'),
    );
    expect(countsOf(report, 'courses')).toEqual({ created: 1, refused: 3 });
    expect(report.errors.map(({ line, code, field }) => [line, code, field])).toEqual([
      [3, 'invalid', 'credits'],
      [4, 'invalid', 'credits'],
      [5, 'invalid', 'validity.from'],
    ]);
    const [found] = itemsOf(await app.request.get(`/v1/courses?provider=${provider}`));
    expect(found).toMatchObject({ code: 'RT 1', credits: 2.5, languages: ['zh', 'en'], validity: { from: '2024-09-01' } });
  });

  it('takes the editions of one course together, wherever they stand in the file', async () => {
    await recordCourse(app.request, provider, { code: 'LAW 1', validity: { from: '2020-01-01' } });
    const next = courseForm(provider, { code: 'LAW 1', credits: 3, validity: { from: '2025-01-01' } });
    const ended = courseForm(provider, { code: 'law1', validity: { from: '2020-01-01', until: '2024-12-31' } });
    const others = Array.from({ length: 700 }, (_, index) =>
      courseForm(provider, { code: `Z ${String(index)}`, titles: { en: 'Seminar' } }),
    );
    const file = lines(next, ...others, { ...ended, code: 'LAW 1' });
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ created: 701, changed: 1 });
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ unchanged: 702 });
  });

  it('refuses overlapping editions and unknown institutions row by row', async () => {
    const unknown = '01900000-0000-7000-8000-00000000abcd';
    const report = await importFile(
      app.request,
      'courses',
      ndjson,
      lines(
        courseForm(provider, { validity: { from: '2020-01-01', until: '2021-12-31' } }),
        courseForm(provider, { validity: { from: '2021-01-01' } }),
        courseForm(unknown),
        courseForm(provider, { code: 'B 2', creditSystem: 'thalers', validity: { from: '2022-01-01', until: '2021-01-01' } }),
      ),
    );
    expect(countsOf(report, 'courses')).toEqual({ created: 1, refused: 3 });
    expect(report.errors.map(({ line, code, field }) => [line, code, field])).toEqual([
      [2, 'refused', '/validity'],
      [3, 'refused', '/provider'],
      [4, 'refused', '/creditSystem'],
    ]);
  });
});

describe('a table of rules', () => {
  const rule = (from: string, to: string, id: string, fields: object = {}): object => ({
    id,
    from,
    to,
    source: { kind: 'course', select: { kind: 'code', code: id } },
    outcome: {
      kind: 'credit',
      awards: [{ target: { kind: 'elective' }, credits: { kind: 'converted' }, grade: { kind: 'none' }, effect: 'credit' }],
    },
    validity: {},
    governedBy: 'completion',
    ...fields,
  });
  let [from, to, agreement] = ['', '', ''];
  beforeEach(async () => {
    from = (await recordInstitution(app.request)).id;
    to = (await recordInstitution(app.request)).id;
    const terms = {
      parties: [to, from],
      period: { from: '2024-01-01' },
      precedence: 'mostSpecific',
      rules: [rule(from, to, 'A 1'), rule(from, to, 'B 2')],
      statements: [],
      limits: [],
      conversions: [],
      gradeTables: [],
      redemption: 'oncePerProgramme',
    };
    const revision = { attestedBy: to, source: 'Memorandum', terms };
    const { body } = (await app.request
      .post('/v1/agreements')
      .send({ title: { en: 'Pact' }, revision })
      .expect(201)) as { body: { id: string } };
    agreement = body.id;
  });

  const revision = async (n: number): Promise<StatedRevision> => {
    const { body } = (await app.request.get(`/v1/agreements/${agreement}/revisions/${String(n)}`).expect(200)) as { body: StatedRevision };
    return body;
  };

  it('becomes the next revision: known ids are replaced, others come after them', async () => {
    const file = lines(rule(from, to, 'C 3'), rule(from, to, 'B 2', { note: { en: 'Since 2025' } }), rule(from, to, 'A 1'));
    const report = await importFile(app.request, `rules?agreement=${agreement}&attestedBy=${from}&source=Annex%20B`, ndjson, file);
    expect(countsOf(report, 'rules')).toEqual({ created: 1, changed: 1, unchanged: 1 });
    expect(report.resources).toEqual([{ resource: 'agreements', id: agreement, change: 'changed', revision: 2 }]);
    const next = await revision(2);
    expect(next).toMatchObject({ attestedBy: from, source: 'Annex B' });
    expect(next.terms.rules.map(({ id }) => id)).toEqual(['A 1', 'B 2', 'C 3']);

    const again = await importFile(app.request, `rules?agreement=${agreement}`, ndjson, file);
    expect(countsOf(again, 'rules')).toEqual({ unchanged: 3 });
    expect(again.resources).toEqual([{ resource: 'agreements', id: agreement, change: 'unchanged', revision: 2 }]);
  });

  it('in CSV holds what is nested as JSON', async () => {
    const cell = (value: unknown): string => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
    const { source, outcome } = rule(from, to, 'D 4') as { source: unknown; outcome: unknown };
    const file = `id,from,to,source,outcome,validity,governedBy,note.en\nD 4,${from},${to},${cell(source)},${cell(outcome)},{},request,Good\nE 5,${from},${to},${cell({ kind: 'course' })},${cell(outcome)},{},request,\n`;
    const report = await importFile(app.request, `rules?agreement=${agreement}`, csv, file);
    expect(countsOf(report, 'rules')).toEqual({ created: 1, refused: 1 });
    expect(report.errors).toEqual([{ line: 3, code: 'invalid', field: 'source.select', detail: 'is required' }]);
    expect((await revision(2)).terms.rules.at(-1)).toMatchObject({ id: 'D 4', note: { en: 'Good' }, governedBy: 'request' });
  });

  it('leaves out the rules that the agreement cannot take, and says why line by line', async () => {
    await recordCourse(app.request, to, { code: 'KEPT 1' });
    const target = (code: string): object => ({
      outcome: {
        kind: 'credit',
        awards: [{ target: { kind: 'course', code }, credits: { kind: 'converted' }, grade: { kind: 'none' }, effect: 'credit' }],
      },
    });
    const stranger = '01900000-0000-7000-8000-00000000abcd';
    const file = lines(
      rule(from, to, 'C 3', target('KEPT 1')),
      rule(from, to, 'D 4', target('NOT KEPT 1')),
      rule(stranger, to, 'E 5'),
      rule(from, to, 'C 3', { note: { en: 'Another rule' } }),
      rule(from, to, 'C 3', target('KEPT 1')),
    );
    const path = `rules?agreement=${agreement}`;
    const report = await importFile(app.request, path, ndjson, file);
    expect(countsOf(report, 'rules')).toEqual({ created: 1, unchanged: 1, refused: 3 });
    expect(report.errors.map(({ line, code, field }) => [line, code, field])).toEqual([
      [2, 'refused', '/outcome/awards/0/target/code'],
      [3, 'refused', '/from'],
      [4, 'refused', '/id'],
    ]);
    expect(report.resources).toMatchObject([{ change: 'changed', revision: 2 }]);
    expect((await importFile(app.request, path, ndjson, file)).resources).toMatchObject([{ change: 'unchanged', revision: 2 }]);
    expect(
      (await importFile(app.request, `${path}&atomic=true`, ndjson, lines(rule(from, to, 'F 6'), rule(stranger, to, 'G 7')))).kept,
    ).toBe(false);
    await app.request.get(`/v1/agreements/${agreement}/revisions/3`).expect(404);
  });

  it('needs an agreement, and a party of it', async () => {
    const unknown = '01900000-0000-7000-8000-00000000abcd';
    const send = (query: string) =>
      app.request
        .post(`/v1/imports/rules${query}`)
        .set('content-type', ndjson)
        .send(lines(rule(from, to, 'C 3')));
    expect(pointersOf(await send('').expect(422))).toEqual(['agreement']);
    expect(pointersOf(await send(`?agreement=${unknown}`).expect(422))).toEqual(['agreement']);
    expect(pointersOf(await send(`?agreement=${agreement}&attestedBy=${unknown}`).expect(422))).toEqual(['attestedBy']);
  });
});
