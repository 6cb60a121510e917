import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgreementTerms } from '../src/agreements/domain/index.js';
import type { Source } from '../src/rules/domain/index.js';
import { agreementForm, recordAgreement, revisionForm, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type Articulation, recordArticulation } from './support/articulation.js';
import { pointersOf } from './support/catalogue.js';
import { rowCounts } from './support/rows.js';
import { all, any, code, course, credit } from './support/rule-builders.js';

let test: TestApp;
let langara: string;
let ubc: string;
let elsewhere: string;
let articulated: Articulation['articulated'];
let terms: Articulation['terms'];
let oneRule: Articulation['oneRule'];
beforeAll(async () => {
  test = await startTestApp();
  ({ langara, ubc, elsewhere, articulated, terms, oneRule } = await recordArticulation(test.request));
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

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
