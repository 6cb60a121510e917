import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgreementTerms } from '../src/agreements/domain/index.js';
import { digestOf } from '../src/kernel/index.js';
import type { Rule, Source } from '../src/rules/domain/index.js';
import { agreementForm, recordAgreement, recordRevision, revisionForm, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, editionForm, itemsOf, pointersOf, recordCourse, type Recorded, recordInstitution } from './support/catalogue.js';
import { rowCounts } from './support/rows.js';
import { all, any, code, course, credit, elective, noCredit, rule } from './support/rule-builders.js';

let test: TestApp;
let langara: string;
let ubc: string;
let elsewhere: string;
let math1273: string;
beforeAll(async () => {
  test = await startTestApp();
  const institution = (name: string) => recordInstitution(test.request, { names: { en: name }, country: 'CA' });
  langara = (await institution('Langara College')).id;
  ubc = (await institution('University of British Columbia')).id;
  elsewhere = (await institution('Elsewhere')).id;
  math1273 = (await recordCourse(test.request, langara, { code: 'MATH 1273' })).id;
  await recordCourse(test.request, langara, { code: 'SPAN 1205', validity: { from: '1995-01-01', until: '2004-12-31' } });
  await recordCourse(test.request, ubc, { code: 'MATH 101' });
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

/** A rule from Langara to UBC. */
const articulated = (id: string, source: Source, rest: Partial<Rule> = {}): Rule =>
  rule(id, source, credit(course('MATH 101', 3)), { from: langara, to: ubc, validity: { from: '2020-01-01' }, ...rest });
const terms = (rules: readonly Rule[], rest: Partial<AgreementTerms> = {}): AgreementTerms => termsOf([langara, ubc], rules, rest);
const oneRule = (): AgreementTerms => terms([articulated('calculus', code('math1273'))]);

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

describe('terms', () => {
  /** The pointers of a refusal; nothing may be left of what was refused. */
  async function refused(form: unknown): Promise<readonly string[]> {
    const before = await rowCounts(test.dataSource);
    const answer = await test.request
      .post('/v1/agreements')
      .send(form as object)
      .expect(422);
    expect(await rowCounts(test.dataSource)).toEqual(before);
    return pointersOf(answer);
  }
  const refusedTerms = async (wrong: unknown): Promise<readonly string[]> =>
    (await refused(agreementForm(oneRule(), { revision: { ...revisionForm(oneRule()), terms: wrong } }))).map((pointer) =>
      pointer.replace(/^\/revision\/terms/, ''),
    );
  const refusedRule = async (wrong: unknown): Promise<readonly string[]> =>
    (await refusedTerms({ ...oneRule(), rules: [wrong] })).map((pointer) => pointer.replace(/^\/rules\/0/, ''));

  const least = (scale: string, value: string) => ({ minimumGrade: { scale, value } });

  it.each<[string, () => unknown, readonly string[]]>([
    ['an unknown code where courses are kept', () => articulated('r', code('MATH 9999')), ['/source/select/code']],
    [
      'an unknown code deep inside',
      () => articulated('r', all(code('MATH 1273'), any(code('MATH 1273'), all(code('GONE 1'))))),
      ['/source/of/1/of/1/of/0/select/code'],
    ],
    [
      'a target that the receiver does not teach',
      () => ({ ...articulated('r', code('MATH 1273')), outcome: credit(course('MATH 999', 3)) }),
      ['/outcome/awards/0/target/code'],
    ],
    ['a course outside the validity', () => articulated('r', code('SPAN 1205')), ['/source/select/code']],
    ['the same by enrolment', () => articulated('r', code('SPAN 1205'), { governedBy: 'enrolment' }), ['/source/select/code']],
    [
      'negative credits',
      () => ({ ...articulated('r', code('MATH 1273')), outcome: credit(course('MATH 101', -3)) }),
      ['/outcome/awards/0/credits/credits'],
    ],
    [
      'credits with four decimals',
      () => ({ ...articulated('r', code('MATH 1273')), outcome: credit(course('MATH 101', 1.2345)) }),
      ['/outcome/awards/0/credits/credits'],
    ],
    ['a grade not on its scale', () => articulated('r', code('MATH 1273', least('us-letter', 'Z'))), ['/source/minimumGrade/value']],
    ['an unknown scale', () => articulated('r', code('MATH 1273', least('stars', '5'))), ['/source/minimumGrade/scale']],
    ['a party that is none', () => articulated('r', code('MATH 1273'), { from: elsewhere }), ['/from']],
    ['null for a source', () => ({ ...articulated('r', code('MATH 1273')), source: null }), ['/source']],
    ['null for a part', () => ({ ...articulated('r', code('MATH 1273')), source: { kind: 'all', of: [null] } }), ['/source/of/0']],
    ['no kind', () => ({ ...articulated('r', code('MATH 1273')), source: { of: [] } }), ['/source/kind']],
    ['an unknown kind of outcome', () => ({ ...articulated('r', code('MATH 1273')), outcome: { kind: 'gift' } }), ['/outcome/kind']],
    [
      'more courses than there are parts',
      () => articulated('r', { kind: 'atLeast', courses: 3, of: [code('MATH 1273')] }),
      ['/source/courses'],
    ],
    ['no days', () => articulated('r', code('MATH 1273'), { validity: { from: '2024-01-02', until: '2024-01-01' } }), ['/validity/until']],
    [
      'a provider that is unknown',
      () => articulated('r', { kind: 'course', select: { kind: 'code', code: 'A 1', provider: nobody } }),
      ['/source/select/provider'],
    ],
    [
      'a platform that is no id',
      () => articulated('r', { kind: 'course', select: { kind: 'code', code: 'A 1', platform: 'edX' } }),
      ['/source/select/platform'],
    ],
    ['an unknown field', () => ({ ...articulated('r', code('MATH 1273')), secret: 1 }), ['/secret']],
  ])('refuse a rule with %s', async (_, wrong, pointers) => {
    expect(await refusedRule(wrong())).toEqual(pointers);
  });

  it.each<[string, () => Partial<AgreementTerms>, readonly string[]]>([
    ['an unknown party', () => ({ parties: [langara, ubc, nobody, 'uvic'] }), ['/parties/2', '/parties/3']],
    ['one party', () => ({ parties: [langara], rules: [] }), ['/parties']],
    [
      'an unknown credit system',
      () => ({ conversions: [{ from: 'ects', to: 'stones', method: 'pinned', factor: '1/2' }] }),
      ['/conversions/0/to'],
    ],
    [
      'a factor of nothing',
      () => ({ conversions: [{ from: 'ects', to: 'ects', method: 'pinned', factor: '0' }] }),
      ['/conversions/0/factor'],
    ],
    [
      'a limit over a rule that is none',
      () => ({ limits: [{ id: 'cap', over: { kind: 'rules', rules: ['gone'] }, maximumCourses: 1 }] }),
      ['/limits/0/over/rules/0'],
    ],
    [
      'a limit over courses of an institution that is unknown',
      () => ({
        limits: [
          {
            id: 'cap',
            over: { kind: 'sendingCourses', select: [{ kind: 'subject', subject: 'MATH', provider: nobody }] },
            maximumCourses: 1,
          },
        ],
      }),
      ['/limits/0/over/select/0/provider'],
    ],
    [
      'a statement about a course that is none',
      () => ({ statements: [{ target: 'GONE 1', kind: 'noArticulation' }] }),
      ['/statements/0/target'],
    ],
    ['a framework that is none', () => ({ annexTo: nobody }), ['/annexTo']],
    ['a framework that is no id', () => ({ annexTo: 'framework' }), ['/annexTo']],
  ])('refuse %s', async (_, wrong, pointers) => {
    expect(await refusedTerms({ ...oneRule(), ...wrong() })).toEqual(pointers);
  });

  it('refuse nesting beyond all sense, with one error', async () => {
    const nested = (levels: number): Source => (levels === 0 ? code('MATH 1273') : all(nested(levels - 1)));
    expect(await refusedTerms(terms([articulated('r', nested(20))]))).toEqual(['']);
    // A body nested more deeply than any form of ours never gets to be looked at.
    const body = JSON.stringify(agreementForm(terms([articulated('r', code('MATH 1273'))])));
    const deep = body.replace(
      '"kind":"course"',
      `"kind":"all","of":[${'{"kind":"all","of":['.repeat(30_000)}${']}'.repeat(30_000)}],"x":"course"`,
    );
    const before = await rowCounts(test.dataSource);
    const answer = await test.request.post('/v1/agreements').set('content-type', 'application/json').send(deep);
    expect(answer.status).toBe(422);
    expect(await rowCounts(test.dataSource)).toEqual(before);
    // Sixteen objects inside one another are enough for any rule: the terms, the rule, twelve of these, the course and its selector.
    await recordAgreement(test.request, terms([articulated('r', nested(12))]));
  });

  it('refuse too many rules', async () => {
    const many = Array.from({ length: 5001 }, (_, index) => articulated(`r${String(index)}`, code('MATH 1273')));
    expect(await refusedTerms(terms(many))).toEqual(['/rules']);
  });

  it('tell everything that is wrong at once', async () => {
    const wrong = {
      title: {},
      revision: {
        attestedBy: 'Langara',
        source: ' ',
        terms: {
          ...oneRule(),
          precedence: 'random',
          period: { from: '2023-02-29' },
          rules: [null, { ...articulated('r', code('')), to: 7 }],
        },
      },
    };
    expect(await refused(wrong)).toEqual([
      '/revision/attestedBy',
      '/revision/source',
      '/revision/terms/period/from',
      '/revision/terms/precedence',
      '/revision/terms/rules/0',
      '/revision/terms/rules/1/source/select/code',
      '/revision/terms/rules/1/to',
      '/title',
    ]);
    const inconsistent = agreementForm(
      termsOf([langara, ubc, nobody], [articulated('r', code('GONE 1', least('stars', '1'))), articulated('r', code('SPAN 1205'))], {
        conversions: [{ from: 'x', to: 'y', method: 'yearShare' }],
      }),
      {},
    );
    expect(await refused({ ...inconsistent, revision: { ...(inconsistent['revision'] as object), attestedBy: elsewhere } })).toEqual([
      '/revision/attestedBy',
      '/revision/terms/conversions/0/from',
      '/revision/terms/conversions/0/to',
      '/revision/terms/parties/2',
      '/revision/terms/rules/0/source/minimumGrade/scale',
      '/revision/terms/rules/0/source/select/code',
      '/revision/terms/rules/1/id',
      '/revision/terms/rules/1/source/select/code',
    ]);
  });

  it('may be an annex to another agreement', async () => {
    const framework = await recordAgreement(test.request, oneRule());
    const annex = await recordAgreement(test.request, { ...oneRule(), annexTo: framework.id });
    const own = await test.request
      .post(`/v1/agreements/${annex.id}/revisions`)
      .send(revisionForm({ ...oneRule(), annexTo: annex.id }))
      .expect(422);
    expect(pointersOf(own)).toEqual(['/terms/annexTo']);
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
