import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tesColumns } from '../src/formats/tes/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type AssetFacts, assistAnswer, assistFile, assistFileOf } from './support/assist-file.js';
import { assistFolder } from './support/assist-agreements.js';
import { line, section } from './support/assist-import.js';
import { itemsOf, pointersOf, recordCourse, recordInstitution } from './support/catalogue.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { countsOf, importFile, type ReportRead } from './support/imports.js';
import { readSharedFile } from './support/shared-data.js';

/** Files of other systems that state agreements, over HTTP. */

const json = 'application/json';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const assist = (file: string, query = ''): Promise<ReportRead> => importFile(app.request, `assist${query}`, json, file);

interface Revision {
  readonly attestedBy: string;
  readonly source: string;
  readonly inForce?: object;
  readonly terms: { readonly parties: readonly string[]; readonly rules: readonly { readonly id: string }[] };
}

async function revisionOf(report: ReportRead): Promise<Revision> {
  const stated = report.resources.find(({ resource }) => resource === 'agreements');
  const path = `/v1/agreements/${stated?.id ?? ''}/revisions/${String(stated?.revision)}`;
  return ((await app.request.get(path).expect(200)) as { body: Revision }).body;
}

async function institutionNamed(scheme: string, value: string): Promise<{ id: string; name: string; version: number } | undefined> {
  const query = `identifierScheme=${scheme}&identifier=${value}`;
  return itemsOf<{ id: string; name: string; version: number }>(await app.request.get(`/v1/institutions?${query}`))[0];
}

describe('an ASSIST agreement', () => {
  const mathematics: AssetFacts = { sections: [section(line('MATH 20A', ['MATH 7']), line('MATH 20B', ['MATH 8']))] };

  it('becomes institutions, courses, an agreement that the receiving side attests, and a programme; the same again changes nothing', async () => {
    const file = assistFileOf(mathematics);
    const tried = await assist(file, '?dryRun=true');
    expect(tried.kept).toBe(false);
    expect(await institutionNamed('assist', '7')).toBeUndefined();

    const report = await assist(file);
    expect(report.counts).toEqual(tried.counts);
    expect(report).toMatchObject({ format: 'assist', kept: true, errorCount: 0 });
    expect(countsOf(report, 'institutions')).toEqual({ created: 2 });
    expect(countsOf(report, 'courses')).toEqual({ created: 4 });
    expect(countsOf(report, 'rules')).toEqual({ created: 2 });
    expect(report.resources).toMatchObject([
      { resource: 'agreements', change: 'created', revision: 1 },
      { resource: 'programmes', change: 'created' },
    ]);
    const receiving = await institutionNamed('assist', '7');
    expect(await revisionOf(report)).toMatchObject({
      attestedBy: receiving?.id,
      source: 'ASSIST: Example Studies B.A.: Santa Monica College to University of California, San Diego, 2024-2025',
      inForce: { from: '2024-10-01', until: '2025-09-30' },
    });
    const programmes = await app.request.get(`/v1/programmes?institution=${receiving?.id ?? ''}`);
    expect(itemsOf(programmes)).toMatchObject([{ code: 'example-studies-b-a', catalogueYear: 2024, totalCredits: 8 }]);

    const again = await assist(file);
    expect(again.counts.flatMap(({ resource, created, changed, refused }) => (created + changed + refused > 0 ? [resource] : []))).toEqual(
      [],
    );
    expect(again.resources.map(({ id, change }) => [id, change])).toEqual(report.resources.map(({ id }) => [id, 'unchanged']));
  });

  it('of a second major of the same pair stands beside the first; what agreements refer to stays, and what differs is listed', async () => {
    const answer = assistAnswer([
      {
        sections: [
          section(
            line('MATH 20A', ['MATH 7']),
            { receiving: { code: 'MATH 20B', title: 'Another Calculus' } },
            line('PHYS 2A', ['PHYSCS 8']),
          ),
        ],
      },
    ]);
    answer.result.name = 'Acoustics B.S.';
    const report = await assist(assistFile(answer), '?source=Second%20file');
    expect(report.errorCount).toBe(0);
    expect(countsOf(report, 'institutions')).toEqual({ unchanged: 2 });
    expect(countsOf(report, 'courses')).toEqual({ created: 2, unchanged: 3 });
    expect(report.resources.map(({ change }) => change)).toEqual(['created', 'created']);
    expect(report.exceptions).toMatchObject([
      { code: 'contradiction', pointer: '', detail: 'the catalogue has MATH 20B with another title, which stays' },
    ]);
    expect((await revisionOf(report)).source).toBe('Second file');
    expect(itemsOf(await app.request.get('/v1/agreements'))).toHaveLength(2);
  });

  it('that has changed becomes the next revision, and only where it has', async () => {
    const changed = await assist(assistFileOf({ sections: [section(line('MATH 20A', ['MATH 7']), line('MATH 20B', ['MATH 9']))] }));
    expect(countsOf(changed, 'rules')).toEqual({ created: 1, unchanged: 1, removed: 1 });
    expect(changed.resources).toMatchObject([
      { resource: 'agreements', change: 'changed', revision: 2 },
      // What the major asks for is the same; only what stands for it has changed.
      { resource: 'programmes', change: 'unchanged' },
    ]);
    // A revision by hand is no business of the file, which says what it said.
    const [id] = changed.resources.map((resource) => resource.id);
    const { terms } = await revisionOf(changed);
    const byHand = { attestedBy: terms.parties[1], source: 'Letter', terms: { ...terms, rules: [] } };
    await app.request
      .post(`/v1/agreements/${id ?? ''}/revisions`)
      .send(byHand)
      .expect(201);
    const again = await assist(assistFileOf({ sections: [section(line('MATH 20A', ['MATH 7']), line('MATH 20B', ['MATH 9']))] }));
    expect(again.resources).toMatchObject([{ change: 'unchanged', revision: 3 }, { change: 'unchanged' }]);
  });

  it('sent twice at the same time is recorded once', async () => {
    const answer = assistAnswer([mathematics]);
    answer.result.name = 'Twice B.S.';
    const send = () => app.request.post('/v1/imports/assist').set('content-type', json).send(assistFile(answer));
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ status }) => status).sort()[0]).toBe(200);
    const titles = itemsOf<{ name: string }>(await app.request.get('/v1/agreements')).map(({ name }) => name);
    expect(titles.filter((name) => name.startsWith('Twice B.S.'))).toHaveLength(1);
  });

  it('of another shape is refused with every error, and what is no JSON as malformed', async () => {
    const send = (body: string, type = json) => app.request.post('/v1/imports/assist').set('content-type', type).send(body);
    const wrong = assistFileOf(mathematics).replaceAll('\\"courseTitle\\"', '\\"title\\"');
    expect(pointersOf(await send(wrong).expect(422))[0]).toMatch(/^\/result\/articulations\/0\/.*courseTitle$/);
    expect((await send('{"isSuccessful":false}').expect(422)).body).toMatchObject({ code: 'validationFailed' });
    await send('{"result":').expect(400);
    await send('{}', 'text/csv').expect(415);
    await send(`{"result":"${'x'.repeat(11 * 1024 * 1024)}"}`).expect(413);
  });
});

describe('a TES flat file', () => {
  const header = tesColumns.join('|');
  const row = (cells: Readonly<Record<string, string>>): string => tesColumns.map((column) => cells[column] ?? '').join('|');
  const equivalency = (sending: string, receiving: string, cells: object = {}): string =>
    row({
      InstitutionCodeType: 'IPEDSID',
      SendInstitutionCode: '122977',
      SendInstitutionName: 'SANTA MONICA COLL',
      SendInstitutionCountry: 'United States',
      SendCourseCode1: sending,
      ReceiveInstitutionCode: '110680',
      ReceiveCourseCode1: receiving,
      ...cells,
    });
  const tes = (file: string, query = ''): Promise<ReportRead> => importFile(app.request, `tes${query}`, 'text/plain', file);
  const file = (...rows: readonly string[]): string => [header, ...rows, ''].join('\r\n');

  it('needs a receiving institution on record: the file does not say its country', async () => {
    const report = await tes(file(equivalency('MATH 7', 'MATH 20A')));
    expect(countsOf(report, 'rules')).toEqual({ refused: 1 });
    expect(report.errors).toMatchObject([{ line: 2, code: 'refused', field: 'ReceiveInstitutionCode' }]);
    // Nothing is recorded for the sake of a row that is refused.
    expect(await institutionNamed('ipeds', '122977')).toBeUndefined();
  });

  it('becomes an agreement for each pair, once; what it cannot hold is listed, and bad rows are reported', async () => {
    const { id } = await recordInstitution(app.request, {
      names: { en: 'UC San Diego' },
      country: 'US',
      homeCreditSystem: 'us-quarter',
      identifiers: [{ scheme: 'ipeds', value: '110680' }],
    });
    await recordCourse(app.request, id, { code: 'MATH 20A', credits: 4, creditSystem: 'us-quarter', titles: { en: 'Calculus' } });
    const rows = [
      equivalency('MATH 7', 'MATH 20A', { CommentsPrivate: 'ask Kim', EQValidDateStart: '9/1/2020' }),
      equivalency('MATH 8', 'MATH 20Z'),
      equivalency('MATH 9', 'MATH 20A', { EQValidDateStart: '31/31/2020' }),
      equivalency('', 'MATH 20A'),
      equivalency('CHEM 11', 'MATH 20A', { SendInstitutionCode: '999', SendInstitutionName: 'Elsewhere College' }),
    ];
    const report = await tes(file(...rows));
    expect(countsOf(report, 'institutions')).toEqual({ created: 2, unchanged: 2 });
    expect(countsOf(report, 'agreements')).toEqual({ created: 2 });
    expect(countsOf(report, 'rules')).toEqual({ created: 2, refused: 3 });
    expect(report.errors).toEqual([
      { line: 3, code: 'refused', field: 'ReceiveCourseCode', detail: 'MATH 20Z must be the code of a course in the catalogue' },
      expect.objectContaining({ line: 4, code: 'malformed', field: 'EQValidDateStart' }),
    ]);
    expect(report.exceptions).toMatchObject([
      { code: 'incomplete', line: 5, field: 'SendCourseCode1' },
      { code: 'remarkNotEvaluated', line: 2, field: 'CommentsPrivate' },
    ]);
    // Its own name stays, whatever the file calls it.
    expect(await institutionNamed('ipeds', '110680')).toMatchObject({ name: 'UC San Diego', version: 1 });
    const again = await tes(file(...rows));
    expect(countsOf(again, 'agreements')).toEqual({ unchanged: 2 });
    expect(countsOf(again, 'rules')).toEqual({ unchanged: 2, refused: 3 });

    // With the missing course in the catalogue the same file says more.
    await recordCourse(app.request, id, { code: 'MATH 20Z', credits: 4, creditSystem: 'us-quarter' });
    expect(countsOf(await tes(file(...rows)), 'agreements')).toEqual({ changed: 1, unchanged: 1 });
  });

  it('is written from a revision, with what it cannot say in a list of its own, and read again it is the same', async () => {
    const report = await tes(file(equivalency('MATH 7', 'MATH 20A', { EQValidDateStart: '9/1/2020' }), equivalency('MATH 8', 'MATH 20Z')));
    const [stated] = report.resources;
    const path = `/v1/agreements/${stated?.id ?? ''}/revisions/${String(stated?.revision)}/tes`;
    const answer = await app.request.get(path).expect(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', link: '<tes/exceptions>; rel="describedby"' });
    expect(answer.text.split('\r\n')).toHaveLength(4);
    expect(countsOf(await tes(answer.text), 'agreements')).toEqual({ unchanged: 1 });
    expect((await app.request.get(`${path}/exceptions`).expect(200)).body).toEqual({ exceptions: [] });

    // A bar would end the field; without the rule the file is shorter, and says so.
    const { terms } = await revisionOf(report);
    const [first] = terms.rules;
    const barred = { ...terms, rules: [{ ...first, note: { en: 'A | B' } }] };
    const byHand = { attestedBy: terms.parties[0], source: 'Letter', terms: barred };
    await app.request
      .post(`/v1/agreements/${stated?.id ?? ''}/revisions`)
      .send(byHand)
      .expect(201);
    const next = path.replace(/revisions\/\d+/, `revisions/${String((stated?.revision ?? 0) + 1)}`);
    expect((await app.request.get(next).expect(200)).text.split('\r\n')).toHaveLength(2);
    expect((await app.request.get(`${next}/exceptions`).expect(200)).body).toMatchObject({
      exceptions: [{ code: 'inexpressible', pointer: '/rules' }],
    });

    const other = await app.request.get(`${path}?codeType=OPEID`).expect(200);
    expect(other.text.split('\r\n')).toHaveLength(2);
    expect((await app.request.get(`${path}/exceptions?codeType=OPEID`).expect(200)).body).toMatchObject({
      exceptions: [
        { code: 'inexpressible', pointer: '/rules/0/from' },
        { code: 'inexpressible', pointer: '/rules/1/from' },
      ],
    });
    expect(pointersOf(await app.request.get(`${path}?codeType=NAME`).expect(422))).toEqual(['codeType']);
    await app.request.get(path.replace(/revisions\/\d+/, 'revisions/99')).expect(404);
  });

  it('with another header is refused as a whole', async () => {
    const answer = await app.request.post('/v1/imports/tes').set('content-type', 'text/plain').send('a|b\n1|2\n').expect(422);
    expect(answer.body).toMatchObject({ code: 'validationFailed', errors: [{ detail: 'line 1 "a" is not a column of this format' }] });
  });
});

describe('the table of UoPeople', () => {
  const window = (from: string, until: string) => ({ start_date: from, end_date: until });
  const certificate = (institution: string, name: string) => ({
    code: '',
    institution,
    name,
    url: `https://example.org/${name}`,
    ace_valid_dates: [window('2020-01-01', '2022-12-31')],
  });
  const table = JSON.stringify({
    'MATH 1201': {
      name: 'College Algebra',
      credits: 3,
      transferable_credits: [certificate('Sophia Learning', 'Algebra'), certificate('Nobody', 'Algebra II')],
    },
    'CS 1101': { name: 'Programming', transferable_credits: [certificate('Sophia Learning', 'Python')] },
  });

  it('becomes an agreement with the providers on record; the others are reported', async () => {
    const { id } = await recordInstitution(app.request, { names: { en: 'University of the People' }, country: 'US' });
    await recordInstitution(app.request, {
      kind: 'platform',
      names: { en: 'Sophia' },
      country: 'US',
      identifiers: [{ scheme: 'uopeople', value: 'Sophia Learning' }],
    });
    const path = `uopeople?receiving=${id}`;
    const report = await importFile(app.request, path, json, table);
    expect(countsOf(report, 'rules')).toEqual({ created: 2, refused: 1 });
    expect(report.errors).toEqual([
      {
        code: 'refused',
        field: '/MATH 1201/transferable_credits/1/ace_valid_dates/0',
        detail: 'Nobody is not on record: record it with the identifier Nobody of the scheme uopeople',
      },
    ]);
    expect(report.exceptions).toMatchObject([{ code: 'incomplete', pointer: '' }]);
    expect(await revisionOf(report)).toMatchObject({ attestedBy: id, terms: { parties: [id, expect.any(String)] } });
    expect((await importFile(app.request, path, json, table)).resources).toMatchObject([{ change: 'unchanged', revision: 1 }]);
    const unknown = '01900000-0000-7000-8000-00000000abcd';
    const refused = await app.request.post(`/v1/imports/uopeople?receiving=${unknown}`).set('content-type', json).send(table).expect(422);
    expect(pointersOf(refused)).toEqual(['receiving']);
  });
});

describeOnSharedData('real ASSIST agreements', assistFolder, () => {
  it.each([
    'mathematics_applied_science_bs.json',
    'chemistry_and_biochemistry_biochemistry_bs.json',
    'psychology_bs.json',
    'physics_bs.json',
  ])('%s is imported whole, and the second time changes nothing', async (name) => {
    const file = new TextDecoder().decode(readSharedFile(assistFolder, name));
    const report = await assist(file);
    expect(report.errors).toEqual([]);
    expect(report.resources.map(({ resource, change }) => [resource, change])).toEqual([
      ['agreements', 'created'],
      ['programmes', 'created'],
    ]);
    const again = await assist(file);
    expect(again.errors).toEqual([]);
    for (const counts of again.counts) expect(counts).toMatchObject({ created: 0, changed: 0, removed: 0, refused: 0 });
    // What the file says of courses otherwise than the catalogue is listed both times alike.
    expect(again.exceptions).toEqual(report.exceptions);
  });
});
