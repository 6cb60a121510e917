import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, recordInstitution } from './support/catalogue.js';
import { countsOf, csv, importFile, lines, ndjson, type ReportRead } from './support/imports.js';

/** Tables of completions over HTTP: learners, transcripts and what they state. */

let app: TestApp;
let [platform, university] = ['', ''];
beforeAll(async () => {
  app = await startTestApp();
  platform = (await recordInstitution(app.request, { kind: 'platform', names: { en: 'XuetangX', zh: '学堂在线' } })).id;
  university = (await recordInstitution(app.request)).id;
});
afterAll(() => app.close());

const student = (value: string, institution = platform): object => ({ institution, scheme: 'platform-account', value });

const completion = (learner: object, code: string, fields: object = {}): object => ({
  ...learner,
  issuer: platform,
  issuedOn: '2026-01-31',
  provider: university,
  platform,
  code,
  title: '针灸学',
  credits: 2,
  creditSystem: 'china-credit',
  grade: { scale: 'percentage-60', value: '85' },
  outcome: 'achieved',
  completedOn: '2026-01-15',
  evidence: { identityVerified: true, proctored: true },
  ...fields,
});

interface Learner {
  readonly id: string;
  readonly identifiers: readonly object[];
}

const send = (file: string, query = ''): Promise<ReportRead> => importFile(app.request, `completions${query}`, ndjson, file);

async function learnerWith(identifier: string): Promise<Learner | undefined> {
  return itemsOf<Learner>(await app.request.get(`/v1/learners?identifier=${identifier}`))[0];
}

async function transcriptsOf(learner: string): Promise<readonly { id: string; verification: string }[]> {
  return itemsOf(await app.request.get(`/v1/learners/${learner}/transcripts`));
}

async function completionsOf(learner: string): Promise<readonly { code: string }[]> {
  return itemsOf(await app.request.get(`/v1/learners/${learner}/completions`));
}

describe('a table of completions', () => {
  it('records learners by what identifies them, with one transcript of an issuer and a day, wherever its rows stand', async () => {
    const [lin, sari] = [{ identifier: student('lin') }, { identifier: student('sari') }];
    const file = lines(
      completion(lin, 'ACU 1'),
      completion(sari, 'ACU 1'),
      completion(lin, 'POV 101', { issuedOn: '2026-03-31' }),
      completion(lin, 'ACU 2'),
    );
    const report = await send(file, '?verification=attested');
    expect(report).toMatchObject({ format: 'completions', kept: true, errorCount: 0 });
    expect(countsOf(report, 'learners')).toEqual({ created: 2, unchanged: 1 });
    expect(countsOf(report, 'transcripts')).toEqual({ created: 3 });
    expect(countsOf(report, 'completions')).toEqual({ created: 4 });

    const learner = await learnerWith('lin');
    expect(learner?.identifiers).toMatchObject([{ ...student('lin'), proof: 'issuer' }]);
    const transcripts = await transcriptsOf(learner?.id ?? '');
    expect(transcripts.map(({ verification }) => verification)).toEqual(['attested', 'attested']);
    expect((await completionsOf(learner?.id ?? '')).map(({ code }) => code).sort()).toEqual(['ACU 1', 'ACU 2', 'POV 101']);
    const document = await app.request
      .get(`/v1/learners/${learner?.id ?? ''}/transcripts/${transcripts[0]?.id ?? ''}/document`)
      .expect(200);
    expect(document.body).toMatchObject({ issuer: platform, issuedOn: '2026-01-31', completions: [{ code: 'ACU 1' }, { code: 'ACU 2' }] });

    const again = await send(file, '?verification=attested');
    expect(again.counts.every(({ created, changed, refused }) => created + changed + refused === 0)).toBe(true);
    expect(await transcriptsOf(learner?.id ?? '')).toHaveLength(2);
  });

  it('in CSV takes a learner by id, too', async () => {
    const learner = ((await app.request.post('/v1/learners').send({}).expect(201)) as { body: Learner }).body.id;
    const header =
      'learner,identifier.institution,identifier.scheme,identifier.value,issuer,issuedOn,provider,code,grade.scale,grade.value,outcome,evidence.proctored';
    const file = `${header}\n${learner},,,,${platform},2026-02-01,${university},POV 101,percentage-60,90,achieved,true\n,${university},student-number,2024001,${platform},2026-02-01,${university},POV 101,percentage-60,61,achieved,\n`;
    const report = await importFile(app.request, 'completions', csv, file);
    expect(countsOf(report, 'learners')).toEqual({ created: 1, unchanged: 1 });
    expect(await completionsOf(learner)).toMatchObject([{ code: 'POV 101', evidence: { proctored: true } }]);
    // The platform's own transcript does not vouch for a number that the university gave.
    expect((await learnerWith('2024001'))?.identifiers).toMatchObject([{ scheme: 'student-number', proof: 'registrar' }]);
  });

  it('keeps the good rows of a transcript and reports the others; a learner of whom nothing is kept is not recorded', async () => {
    const [ayu, none] = [{ identifier: student('ayu') }, { identifier: student('none') }];
    const unknown = '01900000-0000-7000-8000-00000000abcd';
    const file = lines(
      completion(ayu, 'ACU 1'),
      completion(ayu, 'ACU 2', { grade: { scale: 'percentage-60', value: '101' } }),
      completion(ayu, 'ACU 1'),
      completion(none, 'ACU 3', { provider: unknown }),
      completion({ learner: unknown }, 'ACU 4'),
      completion({}, 'ACU 5'),
      completion({ identifier: student('x', unknown) }, 'ACU 6'),
      completion({ identifier: student('y') }, 'ACU 7', { issuer: unknown }),
      completion({ identifier: { ...student('z'), scheme: 'Some Scheme' } }, 'ACU 8', { credits: -1, outcome: 'passed' }),
    );
    const report = await send(file);
    expect(report.errors.map(({ line, code, field }) => [line, code, field])).toEqual([
      [2, 'refused', '/grade/value'],
      [3, 'refused', undefined],
      [4, 'refused', '/provider'],
      [5, 'refused', '/learner'],
      [6, 'invalid', '/learner'],
      [7, 'refused', '/identifier/institution'],
      [8, 'refused', '/issuer'],
      [9, 'invalid', '/identifier/scheme'],
      [9, 'invalid', '/credits'],
      [9, 'invalid', '/outcome'],
    ]);
    expect(countsOf(report, 'completions')).toEqual({ created: 1, refused: 8 });
    expect(countsOf(report, 'learners')).toEqual({ created: 1 });
    expect(await learnerWith('none')).toBeUndefined();
    expect(await learnerWith('y')).toBeUndefined();
    expect(countsOf(await send(file), 'completions')).toEqual({ unchanged: 1, refused: 8 });
  });

  it('gives one certificate to one learner', async () => {
    const certificate = { certificateId: 'XT-2026-1' };
    const file = lines(
      completion({ identifier: student('first') }, 'POV 101', certificate),
      completion({ identifier: student('second') }, 'POV 101', certificate),
    );
    const report = await send(file);
    expect(report.errors).toMatchObject([{ line: 2, code: 'refused', field: '/certificateId' }]);
    expect(await learnerWith('second')).toBeUndefined();
  });

  it('with atomic keeps nothing where a row is bad, with dryRun never', async () => {
    const good = completion({ identifier: student('wira') }, 'ACU 1');
    const tried = await send(lines(good), '?dryRun=true');
    expect(countsOf(tried, 'transcripts')).toEqual({ created: 1 });
    const refused = await send(lines(good, completion({ identifier: student('wira') }, 'ACU 2', { outcome: 'passed' })), '?atomic=true');
    expect(refused).toMatchObject({ kept: false, errorCount: 1 });
    expect(await learnerWith('wira')).toBeUndefined();
  });
});
