import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from './support/app.js';
import { pointersOf, recordInstitution } from './support/catalogue.js';
import { completeRequest, inlinePlaces, inlineRequest } from './support/inline-evaluation.js';
import { completionOf, recordStudent, recordWorld, rulesOf, statusesOf, type EvaluationBody } from './support/recognition.js';
import { rowCounts } from './support/rows.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ clock: { now: () => new Date('2025-03-10T12:00:00Z'), today: () => '2025-03-10' } });
});
afterAll(() => test.close());

const posted = (body: object) => test.request.post('/v1/evaluations').send(body);
const evaluated = async (body: object): Promise<EvaluationBody> => (await posted(body).expect(200)).body as EvaluationBody;
const refused = async (body: object): Promise<readonly string[]> => pointersOf(await posted(body).expect(422));

describe('an evaluation of what the body says', () => {
  it('answers without storing anything', async () => {
    const before = await rowCounts(test.dataSource);
    const body = await evaluated(inlineRequest());
    expect(await rowCounts(test.dataSource)).toEqual(before);
    for (const name of ['id', 'learner', 'programme', 'createdAt']) expect(body).not.toHaveProperty(name);
    expect(body).toMatchObject({ check: 'passed', result: { optimal: true, attested: ['memorandum'] } });
    expect(statusesOf(body.result)).toMatchObject({ 'CS 30': 'used', 'POV 101': 'evidenceMissing', 'ZZ 9': 'unmatched' });
    expect(body.explanation.completions).toHaveLength(8);
  });

  it('answers the same as for the same facts on record', async () => {
    const world = await recordWorld(test.request);
    const student = await recordStudent(test.request, world);
    const stored = await evaluated({ kind: 'stored', learner: student.learner, programme: world.programme });
    const inline = await evaluated(
      inlineRequest({ places: world, agreement: world.agreement, idOf: (code) => completionOf(stored.result, code) }),
    );
    const { inputDigest: _stored, ...storedResult } = stored.result;
    const { inputDigest: _inline, ...inlineResult } = inline.result;
    expect(inlineResult).toEqual(storedResult);
    expect(inline.explanation).toEqual(stored.explanation);
    expect(inline.improvements).toEqual(stored.improvements);
  });

  it('takes every input of an evaluation', async () => {
    const request = completeRequest();
    const { result, explanation } = await evaluated(request);
    expect(statusesOf(result)).toMatchObject({ 'OWN 1': 'used', 'POV 101': 'used', 'LAB 1': 'alreadyRedeemed', 'MATH 10': 'used' });
    expect(result).toMatchObject({ provisional: false, whatIf: true });
    // 2 stones are a tenth of a year, which is 6 ECTS.
    expect(result.applications.find((application) => application.rule === 'own-rule')).toMatchObject({
      agreement: 'inline',
      conversions: [{ method: 'yearShare', factor: '3', converted: '6' }],
      awards: [{ credits: 6, fills: [{ requirement: 'mathematics', credits: 6 }] }],
    });
    expect(result.homeCourses).toMatchObject([
      { homeCourse: 'home-1', counted: 12 },
      { homeCourse: 'home-2', counted: 2 },
    ]);
    expect(result.requirements.find(({ requirement }) => requirement === 'thesis')).toMatchObject({ complete: true });
    expect(explanation.summary.length).toBeGreaterThan(2);
  });

  it('takes rules without an agreement, what a course edition says, and today', async () => {
    const { agreements: _agreements, requestDate: _date, ...rest } = inlineRequest();
    const { result } = await evaluated({ ...rest, rules: rulesOf(inlinePlaces) });
    expect(result.attested).toEqual([]);
    expect(result.applications.map(({ rule, agreement }) => [rule, agreement])).toEqual([
      ['algorithms', 'inline'],
      ['mathematics', 'inline'],
    ]);
    expect(result.applications[1]?.conversions).toMatchObject([{ credits: 5, creditSystem: 'china-credit' }]);
  });

  it('takes a shipped credit system that only a conversion of an agreement names', async () => {
    const request = inlineRequest();
    const agreements = (request.agreements ?? []).map((one) => ({
      ...one,
      terms: { ...one.terms, conversions: [...one.terms.conversions, { from: 'uk-cats', to: 'ects', method: 'pinned', factor: '1/2' }] },
    }));
    const { result } = await evaluated({ ...request, agreements });
    expect(result.objective).toEqual((await evaluated(request)).result.objective);
    const unknown = agreements.map((one) => ({
      ...one,
      terms: { ...one.terms, conversions: [{ from: 'stones', to: 'ects', method: 'pinned', factor: '1/2' }] },
    }));
    expect(await refused({ ...request, agreements: unknown })).toEqual(['/agreements/0/terms/conversions/0/from']);
  });

  it('takes the edition of the day on which a course was completed', async () => {
    const request = inlineRequest();
    const edition = (credits: number, validity: object) => ({ provider: inlinePlaces.tsinghua, code: 'MATH 10', credits, validity });
    const courses = [
      ...(request.courses ?? []).filter(({ code }) => code !== 'MATH 10'),
      edition(3, { from: '2020-01-01', until: '2023-08-31' }),
      edition(5, { from: '2023-09-01', until: '2024-12-19' }),
      edition(6, { from: '2024-12-20' }),
    ];
    const { result } = await evaluated({ ...request, courses });
    expect(result.applications.find(({ rule }) => rule === 'mathematics')?.conversions).toMatchObject([{ credits: 6 }]);
  });

  it('runs in a worker when it is large', async () => {
    const request = inlineRequest();
    const many = Array.from({ length: 250 }, (_, index) => ({
      id: `more-${String(index)}`,
      provider: inlinePlaces.tsinghua,
      code: `MORE ${String(index)}`,
      credits: 1,
      completedOn: '2024-05-01',
    }));
    const { result } = await evaluated({ ...request, completions: [...request.completions, ...many], suggestions: false });
    expect(result.completions).toHaveLength(258);
    expect(result.objective).toMatchObject({ recognisedCredits: 12 });
  });

  it('and when it turns out to take many sets', async () => {
    const request = inlineRequest();
    const [agreement] = request.agreements ?? [];
    const [rule] = agreement?.terms.rules ?? [];
    const many = Array.from({ length: 46 }, (_, index) => ({
      id: `more-${String(index)}`,
      provider: inlinePlaces.tsinghua,
      code: `MORE ${String(index)}`,
      credits: 1,
      completedOn: '2024-05-01',
    }));
    const source = { kind: 'atLeast', courses: 2, of: [{ kind: 'course', select: { kind: 'subject', subject: 'MORE' } }] };
    const terms = { ...agreement?.terms, rules: [{ ...rule, id: 'two', source }] };
    const { result } = await evaluated({ ...request, completions: many, agreements: [{ ...agreement, terms }] });
    // 46 · 45 / 2 = 1,035 sets: more than the event loop is spared for.
    expect(result.bound).toEqual({ level: 'remainingStudy', value: 0 });
    expect(result.applications.map(({ rule: id }) => id)).toContain('two');
  });

  it('names a scale of an institution on record as it is now', async () => {
    const institution = (await recordInstitution(test.request)).id;
    const scale = { name: 'Moons', grades: [{ value: 'new' }, { value: 'full' }], passMark: 'new', source: 'made up' };
    await test.request
      .post('/v1/grading-scales')
      .send({ id: 'moons', institution, ...scale })
      .expect(201);
    const graded = (value: string) => {
      const request = inlineRequest();
      const [first, ...others] = request.completions;
      return { ...request, completions: [{ ...first, grade: { scale: 'moons', value } }, ...others] };
    };
    expect(await refused(graded('half'))).toEqual(['/completions/0/grade/value']);
    const grades = [{ value: 'new' }, { value: 'half' }, { value: 'full' }];
    await test.request
      .put('/v1/grading-scales/moons')
      .set('if-match', '*')
      .send({ ...scale, grades })
      .expect(200);
    await evaluated(graded('half'));
  });
});

describe('a body that contradicts itself', () => {
  it('is told everything at once', async () => {
    const request = inlineRequest();
    const before = await rowCounts(test.dataSource);
    const pointers = await refused({
      ...request,
      institutions: [...request.institutions, { id: inlinePlaces.lisbon, creditSystem: 'stones', gradingScale: 'stars' }],
      creditSystems: [{ id: 'x', name: 'X', source: 's', creditsPerYear: 1.2345, hoursPerCredit: { minimum: 2, maximum: 1 } }],
      gradingScales: [{ id: 'y', name: 'Y', source: 's', grades: [{ value: 'A', points: 'four' }], passMark: 'B' }],
      courses: [
        ...(request.courses ?? []),
        { provider: 'nobody', platform: 'nowhere', code: ' ', credits: 1.2345, hours: 0.12345, creditSystem: 'stones' },
        { provider: inlinePlaces.tsinghua, code: 'cs30', credits: 3, validity: { from: '2024-01-01', until: '2023-01-01' } },
        { provider: inlinePlaces.tsinghua, code: 'cs30', credits: 3, validity: { until: '2020-01-01' } },
      ],
      programme: {
        ...request.programme,
        institution: 'nobody',
        creditSystem: 'stones',
        totalCredits: 0,
        requirements: { kind: 'atLeast', id: 'r', count: 2, of: [{ kind: 'freeElectives', id: 'e', credits: 1 }] },
        policy: { minimumGrades: [{ scale: 'us-letter', value: 'Z' }] },
      },
      completions: [
        ...request.completions,
        { id: 'cs-30', provider: 'nobody', code: 'NO 1', grade: { scale: 'us-letter', value: 'Z' }, weeks: 1.23456 },
        { id: 'again', provider: inlinePlaces.tsinghua, code: 'cs30', completedOn: '2024-12-20', grade: { scale: 'stars', value: '1' } },
        { id: 'early', provider: inlinePlaces.tsinghua, code: 'CS 31', completedOn: '2024-12-21', enrolledOn: '2024-12-22' },
      ],
      homeRecord: [
        { id: 'h', code: 'H 1', credits: 1.2345 },
        { id: 'h', code: 'H 2', credits: 1 },
      ],
      redemptions: [{ completion: 'gone', institution: 'nobody', programme: 'X' }],
      choices: [{ agreement: 'gone', rule: 'r', option: 0 }],
      exceptions: [{ kind: 'requirementWaived', requirement: 'gone', reason: 'x' }],
    });
    expect(await rowCounts(test.dataSource)).toEqual(before);
    expect(pointers).toEqual([
      '/choices/0/agreement',
      '/completions/10/completedOn',
      '/completions/8/creditSystem',
      '/completions/8/credits',
      '/completions/8/grade/value',
      '/completions/8/id',
      '/completions/8/provider',
      '/completions/8/weeks',
      '/completions/9',
      '/completions/9/grade/scale',
      '/courses/10/validity',
      '/courses/10/validity/until',
      '/courses/11/validity',
      '/courses/9/code',
      '/courses/9/creditSystem',
      '/courses/9/credits',
      '/courses/9/hours',
      '/courses/9/platform',
      '/courses/9/provider',
      '/creditSystems/0/creditsPerYear',
      '/creditSystems/0/hoursPerCredit/maximum',
      '/exceptions/0/requirement',
      '/gradingScales/0/grades/0/points',
      '/gradingScales/0/passMark',
      '/homeRecord/0/credits',
      '/homeRecord/1/id',
      '/institutions/3/creditSystem',
      '/institutions/3/gradingScale',
      '/institutions/3/id',
      '/programme/creditSystem',
      '/programme/institution',
      '/programme/policy/minimumGrades/0/value',
      '/programme/requirements/count',
      '/programme/totalCredits',
      '/redemptions/0/completion',
      '/redemptions/0/institution',
    ]);
  });

  it('is told of its rules and agreements where they stand', async () => {
    const request = inlineRequest();
    const [agreement] = request.agreements ?? [];
    const [rule] = rulesOf(inlinePlaces);
    if (agreement === undefined || rule === undefined) throw new Error('the request has an agreement and rules');
    const wrong = {
      ...agreement,
      attestedBy: 'somebody',
      terms: {
        ...agreement.terms,
        parties: [...agreement.terms.parties, 'nobody'],
        rules: [
          { ...rule, from: 'elsewhere' },
          {
            ...rule,
            source: { kind: 'course', select: { kind: 'code', code: 'CS 30' }, minimumGrade: { scale: 'us-letter', value: 'Z' } },
          },
          { ...rule, id: 'before', validity: { until: '2019-12-31' } },
        ],
        conversions: [{ from: 'china-credit', to: 'stones', method: 'pinned', factor: '2' }],
        gradeTables: [{ from: 'us-letter', to: 'stars', method: 'distribution', choose: 'mean' }],
      },
    };
    expect(await refused({ ...request, agreements: [wrong, agreement], rules: [{ ...rule, to: 'elsewhere' }] })).toEqual([
      '/agreements/0/attestedBy',
      '/agreements/0/terms/conversions/0/to',
      '/agreements/0/terms/gradeTables/0/from',
      '/agreements/0/terms/gradeTables/0/to',
      '/agreements/0/terms/parties/3',
      '/agreements/0/terms/rules/0/from',
      '/agreements/0/terms/rules/1/id',
      '/agreements/0/terms/rules/1/source/minimumGrade/value',
      '/agreements/0/terms/rules/2/source/of/0/select/code',
      '/agreements/0/terms/rules/2/source/of/1/select/code',
      '/agreements/1/id',
      '/rules/0/to',
    ]);
  });

  it('is refused where one institution alone should agree with itself', async () => {
    const { agreements: _agreements, courses: _courses, ...request } = inlineRequest();
    const alone = { ...request, institutions: request.institutions.slice(2), completions: [], rules: [] };
    expect(await refused(alone)).toEqual(['/institutions']);
  });

  it('is refused where a course has more editions than any course has', async () => {
    const day = (index: number) => `${String(2000 + Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}-01`;
    const editions = Array.from({ length: 210 }, (_, index) => ({
      provider: inlinePlaces.tsinghua,
      code: 'DAY 1',
      credits: 1,
      validity: { from: day(index), until: day(index) },
    }));
    const pointers = await refused({ ...inlineRequest(), courses: [...(inlineRequest().courses ?? []), ...editions] });
    expect(pointers).toEqual(Array.from({ length: 10 }, (_, index) => `/courses/${String(209 + index)}/validity`));
  });

  it.each<[string, object, readonly string[]]>([
    ['nothing but its kind', { kind: 'inline' }, ['/completions', '/institutions', '/programme']],
    [
      'null for its lists',
      { ...inlineRequest(), completions: null, agreements: [null], institutions: [] },
      ['/agreements/0', '/completions', '/institutions'],
    ],
    [
      'numbers for texts',
      { ...inlineRequest(), completions: [{ id: 1, provider: 2, code: 3, credits: '4' }] },
      ['/completions/0/code', '/completions/0/credits', '/completions/0/id', '/completions/0/provider'],
    ],
    [
      'amounts beyond all sense',
      { ...inlineRequest(), completions: [{ id: 'a', provider: 'thu', code: 'A 1', credits: 1e308, hours: -1 }] },
      ['/completions/0/credits', '/completions/0/hours'],
    ],
    [
      'dates that do not exist',
      { ...inlineRequest(), requestDate: '2025-02-29', admissionDate: 'May' },
      ['/admissionDate', '/requestDate'],
    ],
  ])('is refused with %s', async (_, body, pointers) => {
    expect([...new Set(await refused(body))]).toEqual(pointers);
  });
});
