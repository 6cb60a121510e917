import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { check, evaluate, inputDigest, type EvaluationInput, type RevisionInForce } from '../src/evaluation/domain/index.js';
import { recordRevision } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, recordInstitution } from './support/catalogue.js';
import { countQueries } from './support/queries.js';
import {
  completionOf,
  recordStudent,
  recordWorld,
  statusesOf,
  worldTerms,
  type EvaluationBody,
  type Student,
  type World,
} from './support/recognition.js';
import { rowCounts } from './support/rows.js';
import { completionForm, handIn, recordLearner, recordProgramme } from './support/students.js';

let test: TestApp;
let world: World;
let student: Student;
beforeAll(async () => {
  test = await startTestApp({ clock: { now: () => new Date('2025-03-10T12:00:00Z'), today: () => '2025-03-10' } });
  world = await recordWorld(test.request);
  student = await recordStudent(test.request, world);
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

const request = (fields: object = {}) => ({ kind: 'stored', learner: student.learner, programme: world.programme, ...fields });
const posted = (fields: object = {}, language = 'en') =>
  test.request.post('/v1/evaluations').set('accept-language', language).send(request(fields));
const evaluated = async (fields: object = {}, language = 'en'): Promise<EvaluationBody> =>
  (await posted(fields, language).expect(200)).body as EvaluationBody;

describe('an evaluation of what is on record', () => {
  it('tells what is recognised, and of every completion why, or why not', async () => {
    const { result, check: checked } = await evaluated();
    expect(checked).toBe('passed');
    expect(result).toMatchObject({ optimal: true, provenLevels: 6, provisional: true, whatIf: false, attested: [world.agreement] });
    // Of 60: CS 201 (6) and one of the mathematics courses (6) are recognised; 12 of the thesis, 6 of mathematics and 30 electives remain.
    expect(result.objective).toEqual({
      remainingStudy: 48,
      requirementsCompleted: 1,
      recognisedCredits: 12,
      completionsConsumed: 3,
      loss: 4.5,
    });
    expect(statusesOf(result)).toEqual({
      'CS 30': 'used',
      'CS 31': 'used',
      'PE 1': 'refusedByRule',
      'LAB 1': 'needsAssessment',
      'MATH 10': 'used',
      'MATH 11': 'failed',
      'ZZ 9': 'unmatched',
      'POV 101': 'evidenceMissing',
    });
    const thesis = result.requirements.find(({ requirement }) => requirement === 'thesis');
    expect(thesis).toMatchObject({ complete: false, completeAsOffered: true, offered: false, remaining: 12 });
    const [algorithms] = result.applications;
    expect(algorithms).toMatchObject({
      rule: 'algorithms',
      conversions: [
        { credits: 3, creditSystem: 'china-credit', method: 'pinned', factor: '3/2', converted: '9/2', originalGrade: { value: 'B' } },
        { method: 'pinned' },
      ],
      awards: [{ target: { code: 'CS 201' }, granted: true, credits: 6, fills: [{ requirement: 'algorithms', credits: 6 }] }],
    });
  });

  it('tells it in the reader’s language', async () => {
    const [english, chinese, french] = await Promise.all(['en', 'zh-CN', 'fr-CA, en;q=0.5'].map((language) => evaluated({}, language)));
    const told = (body: EvaluationBody | undefined, courseCode: string) =>
      body?.explanation.completions.find(({ completion }) => completion === completionOf(body.result, courseCode))?.sentence;
    expect(english?.explanation.language).toBe('en');
    expect(told(english, 'CS 30')).toBe('CS 30 and CS 31 count as CS 201 (6 credits, for Algorithms) by rule algorithms.');
    expect(told(english, 'PE 1')).toBe('PE 1 earns no credit: rule physical refuses it (it carries no degree credit).');
    expect(chinese?.explanation.language).toBe('zh');
    expect(told(chinese, 'CS 30')).toBe('CS 30、CS 31 按规则“algorithms”认定为 CS 201（6 学分，用于算法）。');
    expect(french?.explanation.language).toBe('fr');
    expect(told(french, 'POV 101')).toBe('Il manque à POV 101 une preuve que la règle poverty demande : un examen surveillé.');
    expect(french?.explanation.summary).toContain('Il reste 48 crédits du programme.');
    // Codes never change.
    expect(chinese?.result).toEqual(english?.result);
  });

  it('can be read again, and gives the same bytes', async () => {
    for (const language of ['en', 'zh', 'fr']) {
      const answer = await posted({}, language).expect(200);
      const { id } = answer.body as EvaluationBody;
      const path = `/v1/learners/${student.learner}/evaluations/${id}`;
      const [first, second] = [
        await test.request.get(path).set('accept-language', language),
        await test.request.get(path).set('accept-language', language),
      ];
      expect(first.status).toBe(200);
      expect(first.text).toBe(answer.text);
      expect(second.text).toBe(answer.text);
    }
  });

  it('gives the same bytes whenever it is made of the same', async () => {
    const results = [await evaluated(), await evaluated(), await evaluated()].map(({ result }) => JSON.stringify(result));
    expect(new Set(results).size).toBe(1);
  });

  it('is kept with its input, from which it can be computed again', async () => {
    const { id, result, improvements } = await evaluated();
    const [row] = await test.dataSource.query<
      {
        input: Omit<EvaluationInput, 'agreements'> & { agreements: Omit<RevisionInForce, 'terms'>[] };
        input_digest: string;
        engine_version: string;
      }[]
    >('SELECT input, input_digest, engine_version FROM evaluations WHERE learner_id = $1 AND id = $2', [student.learner, id]);
    expect(row).toMatchObject({ input_digest: result.inputDigest, engine_version: result.engineVersion });
    expect(improvements?.length).toBeGreaterThan(0);
    if (row === undefined) return;
    const terms = worldTerms(world);
    const input: EvaluationInput = { ...row.input, agreements: row.input.agreements.map((revision) => ({ ...revision, terms })) };
    expect(inputDigest(input)).toBe(result.inputDigest);
    expect(check(input, result)).toEqual([]);
    expect(evaluate(input)).toEqual(result);
  });

  it('is listed under the learner alone, in the order they were made', async () => {
    const other = await recordStudent(test.request, world);
    const ids = [];
    for (let made = 0; made < 3; made += 1) ids.push((await evaluated({ learner: other.learner })).id);
    const path = `/v1/learners/${other.learner}/evaluations`;
    expect(itemsOf<EvaluationBody>(await test.request.get(path).expect(200)).map(({ id }) => id)).toEqual(ids);
    const page = await test.request.get(`${path}?limit=2`).expect(200);
    const { nextCursor } = page.body as { nextCursor: string };
    const rest = await test.request.get(`${path}?limit=2&cursor=${nextCursor}`).expect(200);
    expect(itemsOf<EvaluationBody>(rest).map(({ id }) => id)).toEqual(ids.slice(2));
    await test.request.get(`/v1/learners/${student.learner}/evaluations/${ids[0] ?? ''}`).expect(404);
    await test.request.get(`/v1/learners/${nobody}/evaluations`).expect(404);
    await test.request.get(`${path}/${nobody}`).expect(404);
  });

  it('takes three statements when programme and rules are in memory', async () => {
    await evaluated();
    expect(await countQueries(test.dataSource, () => evaluated())).toBeLessThanOrEqual(3);
  });
});

describe('what is asked of an evaluation', () => {
  it('names the day on which the rules in force are looked up', async () => {
    const terms = worldTerms(world);
    const rules = terms.rules.filter(({ id }) => id !== 'algorithms');
    await recordRevision(test.request, world.agreement, { ...terms, rules, period: { from: '2026-01-01' } });
    expect(statusesOf((await evaluated({ policyDate: '2025-12-31' })).result)).toMatchObject({ 'CS 30': 'used', 'CS 31': 'used' });
    const later = await evaluated({ policyDate: '2026-01-01' });
    expect(later.result.applications).toMatchObject([
      { rule: 'mathematics', revision: 2 },
      { rule: 'programming', revision: 2 },
    ]);
    expect(statusesOf(later.result)).toMatchObject({ 'CS 30': 'used', 'CS 31': 'notEvaluated' });
    expect(statusesOf((await evaluated({ requestDate: '2026-01-01' })).result)).toMatchObject({ 'CS 31': 'notEvaluated' });
    const before = await evaluated({ policyDate: '2019-12-31' });
    expect(before.result).toMatchObject({ applications: [], attested: [], provisional: false });
  });

  it('is a choice, which then is no longer provisional', async () => {
    const choices = [{ agreement: world.agreement, rule: 'mathematics', option: 1 }];
    const { result } = await evaluated({ choices });
    expect(result.provisional).toBe(false);
    expect(result.applications.find((application) => application.rule === 'mathematics')).toMatchObject({
      choice: { option: 1, made: true },
      awards: [{ target: { code: 'MATH 102' } }],
    });
  });

  it('is an exception that a person has granted', async () => {
    const pov = completionOf((await evaluated()).result, 'POV 101');
    const exceptions = [
      { kind: 'conditionWaived', completion: pov, condition: 'evidence', reason: 'examined in person' },
      { kind: 'requirementWaived', requirement: 'thesis', reason: 'published' },
    ];
    const { result } = await evaluated({ exceptions });
    expect(statusesOf(result)).toMatchObject({ 'POV 101': 'used' });
    expect(result.requirements.find(({ requirement }) => requirement === 'thesis')).toMatchObject({ complete: true, remaining: 0 });
    // 3 credits × 3/2 = 4.5, which are whole steps of 0.5; they count as free electives, and 48 − 12 − 4.5 remain.
    expect(result.objective).toMatchObject({ recognisedCredits: 16.5, remainingStudy: 31.5 });
  });

  it('is to count what is under way as if it were achieved', async () => {
    const learner = (await recordLearner(test.request)).id;
    const open = completionForm(world.tsinghua, {
      code: 'MATH 10',
      outcome: 'inProgress',
      completedOn: '2025-06-30',
    });
    await handIn(test.request, learner, { issuer: world.tsinghua, issuedOn: '2025-03-01', completions: [open] });
    expect(statusesOf((await evaluated({ learner })).result)).toEqual({ 'MATH 10': 'inProgress' });
    const { result, explanation } = await evaluated({ learner, whatIf: true });
    expect(statusesOf(result)).toEqual({ 'MATH 10': 'used' });
    expect(result.whatIf).toBe(true);
    expect(explanation.summary).toContain('Courses not completed yet were counted as if they were.');
  });

  it('is to look at some transcripts alone', async () => {
    const { result } = await evaluated({ transcripts: [student.moocTranscript] });
    expect(statusesOf(result)).toEqual({ 'POV 101': 'evidenceMissing' });
    expect((await evaluated({ transcripts: [] })).result.completions).toEqual([]);
  });

  it('is more effort, in a worker, and the answer is the same', async () => {
    const [quick, thorough] = [await evaluated(), await evaluated({ effort: 'thorough' })];
    expect(thorough.result.work.budget).toBeGreaterThan(quick.result.work.budget);
    expect({ ...thorough.result, work: quick.result.work }).toEqual(quick.result);
    expect(thorough.improvements).toEqual(quick.improvements);
    await test.request.get(`/v1/learners/${student.learner}/evaluations/${thorough.id}`).expect(200);
  });

  it('is to leave out suggestions', async () => {
    const body = await evaluated({ suggestions: false });
    expect(body).not.toHaveProperty('improvements');
    expect(body.explanation.improvements).toEqual([]);
  });
});

describe('an evaluation is refused', () => {
  async function refused(fields: object): Promise<readonly string[]> {
    const before = await rowCounts(test.dataSource);
    const answer = await posted(fields).expect(422);
    expect(await rowCounts(test.dataSource)).toEqual(before);
    return pointersOf(answer);
  }

  it('where learner or programme are unknown', async () => {
    expect(await refused({ learner: nobody })).toEqual(['/learner']);
    expect(await refused({ programme: nobody })).toEqual(['/programme']);
    expect(await refused({ learner: nobody, programme: nobody })).toEqual(['/learner', '/programme']);
    expect(await refused({ learner: 'me', programme: 7, transcripts: ['x'] })).toEqual(['/learner', '/programme', '/transcripts/0']);
  });

  it('where a transcript is another learner’s', async () => {
    const other = await recordStudent(test.request, world);
    expect(await refused({ transcripts: [student.transcript, other.transcript, nobody] })).toEqual(['/transcripts/1', '/transcripts/2']);
  });

  it('where a decision is about what is not there', async () => {
    const choice = { agreement: world.agreement, rule: 'mathematics', option: 0 };
    expect(
      await refused({
        choices: [choice, { ...choice, option: 2 }, { ...choice, rule: 'poverty' }, { ...choice, agreement: nobody }],
        exceptions: [
          { kind: 'requirementWaived', requirement: 'dissertation', reason: 'x' },
          { kind: 'policyWaived', completion: nobody, clause: 'maximumAge', reason: 'x' },
        ],
      }),
    ).toEqual(['/choices/1/option', '/choices/2/rule', '/choices/3/agreement', '/exceptions/0/requirement', '/exceptions/1/completion']);
  });

  it('where the body is not of the shape', async () => {
    expect(await refused({ kind: undefined })).toEqual(['/kind']);
    expect(await refused({ kind: 'all' })).toEqual(['/kind']);
    expect(await refused({ policyDate: '2025-02-30', effort: 'all', whatIf: 'yes', surprise: 1, choices: [null] })).toEqual([
      '/choices/0',
      '/effort',
      '/policyDate',
      '/surprise',
      '/whatIf',
    ]);
    expect(await refused({ policyDate: '0000-01-01' })).toEqual([]);
  });
});

it('a scale that is redefined while nothing refers to it is read anew', async () => {
  const scale = { name: 'Moons', grades: [{ value: 'new' }, { value: 'full' }], passMark: 'new', source: 'made up' };
  await test.request
    .post('/v1/grading-scales')
    .send({ id: 'moons', institution: world.lisbon, ...scale })
    .expect(201);
  const policy = { minimumGrades: [{ scale: 'moons', value: 'full' }] };
  const programme = await recordProgramme(test.request, world.lisbon, { code: 'MOON', policy });
  const digest = async () => (await evaluated({ programme: programme.id })).result.inputDigest;
  const before = await digest();
  expect(await digest()).toBe(before);
  const changed = { ...scale, grades: [...scale.grades, { value: 'blue' }] };
  await test.request.put('/v1/grading-scales/moons').set('if-match', '*').send(changed).expect(200);
  expect(await digest()).not.toBe(before);
});

it('a programme that changes is evaluated as it is then, and ids may be written in either case', async () => {
  const institution = (await recordInstitution(test.request, { homeCreditSystem: 'ects' })).id;
  const programme = await recordProgramme(test.request, institution, { policy: {} });
  const path = `/v1/programmes/${programme.id}`;
  const fields = { learner: student.learner.toUpperCase(), programme: programme.id.toUpperCase() };
  const before = await evaluated(fields);
  expect(before).toMatchObject({ learner: student.learner, programme: programme.id, result: { objective: { remainingStudy: 180 } } });
  const { body } = (await test.request.get(path).expect(200)) as { body: Record<string, unknown> };
  const { id: _id, version: _version, modifiedAt: _at, name: _name, digest: _digest, institutionName: _in, ...form } = body;
  const changed = { ...form, requirements: { kind: 'freeElectives', id: 'degree', credits: 120 } };
  await test.request.put(path).set('if-match', '*').send(changed).expect(200);
  expect((await evaluated(fields)).result.objective.remainingStudy).toBe(120);
});
