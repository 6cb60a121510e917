import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Rule } from '../src/rules/domain/index.js';
import { recordAgreement, revisionForm, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, editionForm, itemsOf, recordCourse, type Recorded, recordInstitution } from './support/catalogue.js';
import { importFile, lines, ndjson } from './support/imports.js';
import { completionOf, recordWorld, statusesOf, worldTerms, type EvaluationBody, type World } from './support/recognition.js';
import { code, course, credit, rule } from './support/rule-builders.js';
import { completionForm, handIn, recordEnrolment, recordLearner } from './support/students.js';

/** What three people come for, from end to end. */

let test: TestApp;
let world: World;
beforeAll(async () => {
  test = await startTestApp({ clock: { now: () => new Date('2025-03-10T12:00:00Z'), today: () => '2025-03-10' } });
  world = await recordWorld(test.request);
});
afterAll(() => test.close());

const evaluated = async (learner: string, wishes: object = {}, language = 'en'): Promise<EvaluationBody> => {
  const request = { kind: 'stored', learner, programme: world.programme, ...wishes };
  return (await test.request.post('/v1/evaluations').set('accept-language', language).send(request).expect(200)).body as EvaluationBody;
};

it('a student finds out what a course will count as, takes it, and has it recognised', async () => {
  // She looks for a course by a word of its title, and asks what it counts as in Lisbon.
  const found = await test.request.get('/v1/courses').query({ q: '消除贫困', limit: 200 }).expect(200);
  const mathematics = itemsOf<Recorded & { code: string }>(found).find((each) => each.code === 'MATH 10');
  const equivalents = await test.request.get(`/v1/courses/${mathematics?.id ?? ''}/equivalents?receiving=${world.lisbon}`).expect(200);
  expect(itemsOf<{ rule: Rule; alone: boolean }>(equivalents)).toMatchObject([
    { alone: true, rule: { id: 'mathematics', outcome: { kind: 'choice' } } },
  ]);

  // While it is under way she asks what it would bring.
  const learner = (await recordLearner(test.request, { displayName: 'Wang Fang' })).id;
  await recordEnrolment(test.request, learner, world.programme);
  const row = (fields: object) => [completionForm(world.tsinghua, { code: 'MATH 10', completedOn: '2025-01-20', ...fields })];
  await handIn(test.request, learner, { issuer: world.tsinghua, issuedOn: '2024-10-01', completions: row({ outcome: 'inProgress' }) });
  const planned = await evaluated(learner, { whatIf: true }, 'zh');
  expect(planned.explanation.summary).toContain('尚未完成的课程被当作已完成计算。');
  expect(planned.result.objective.recognisedCredits).toBe(6);
  expect((await evaluated(learner)).result.objective.recognisedCredits).toBe(0);

  // Afterwards the transcript comes from Tsinghua itself, and she chooses which of two courses she is credited with.
  const final = { issuer: world.tsinghua, issuedOn: '2025-02-28', verification: 'attested', completions: row({ outcome: 'achieved' }) };
  await handIn(test.request, learner, final);
  expect((await evaluated(learner)).result.provisional).toBe(true);
  const choices = [{ agreement: world.agreement, rule: 'mathematics', option: 1 }];
  const chosen = await evaluated(learner, { choices });
  expect(chosen.result).toMatchObject({ provisional: false, optimal: true });
  expect(chosen.explanation.completions[0]?.sentence).toBe('MATH 10 counts as MATH 102 (6 credits, for electives) by rule mathematics.');

  // What she was told can be read again.
  const kept = itemsOf<EvaluationBody>(await test.request.get(`/v1/learners/${learner}/evaluations`).expect(200));
  expect(kept).toHaveLength(4);
  expect(kept[3]).toEqual(chosen);
});

it('a negotiator writes down what two universities have agreed on, and keeps it up to date', async () => {
  const nairobi = (await recordInstitution(test.request, { names: { en: 'University of Nairobi' }, country: 'KE' })).id;
  const soil = await recordCourse(test.request, nairobi, { code: 'SOIL 1', validity: { from: '2020-01-01' } });
  const geology = await recordCourse(test.request, world.lisbon, { code: 'GEO 10', creditSystem: 'ects' });
  const counts = (id: string, source: Rule['source'], rest: Partial<Rule> = {}): Rule =>
    rule(id, source, credit(course('GEO 10', 6)), { from: nairobi, to: world.lisbon, ...rest });

  // A slip is refused where it stands; a contradiction is shown with an example.
  const slip = revisionForm(termsOf([nairobi, world.lisbon], [counts('soil', code('SOIL 11'))]));
  const refused = await test.request
    .post('/v1/agreements')
    .send({ title: { en: 'Nairobi – Lisbon' }, revision: slip })
    .expect(422);
  expect(refused.body).toMatchObject({ errors: [{ pointer: '/revision/terms/rules/0/source/select/code' }] });
  const both = [
    counts('soil', code('SOIL 1')),
    counts('exempt', code('SOIL 1'), { outcome: credit(course('GEO 10', 0, { effect: 'exemption' })) }),
  ];
  const agreement = await recordAgreement(test.request, termsOf([nairobi, world.lisbon], both));
  const findings = async (number: number): Promise<unknown> =>
    (await test.request.get(`/v1/agreements/${agreement.id}/revisions/${String(number)}/findings`).expect(200)).body;
  expect(await findings(1)).toMatchObject({ conflicts: [{ kind: 'differentOutcomes', rules: ['soil', 'exempt'] }] });

  // The next revision settles it; everybody can see what counts as GEO 10 now.
  const settled = termsOf([nairobi, world.lisbon], [counts('soil', code('SOIL 1'))], { period: { from: '2025-01-01' } });
  const revision = await test.request.post(`/v1/agreements/${agreement.id}/revisions`).send(revisionForm(settled)).expect(201);
  expect(revision.body).toMatchObject({ number: 2, state: 'attested', attestedBy: nairobi, inForce: { from: '2025-01-01' } });
  expect(await findings(2)).toEqual({ warnings: [], conflicts: [], complete: true });
  const counting = await test.request.get(`/v1/courses/${geology.id}/counting-as`).expect(200);
  expect(itemsOf(counting)).toMatchObject([{ agreement: agreement.id, revision: 2, sendingCourses: [{ code: 'SOIL 1' }] }]);

  // The syllabus changes: the edition that was agreed on stays, and the new one is to be looked at.
  await test.request
    .put(`/v1/courses/${soil.id}`)
    .set('if-match', '*')
    .send(courseForm(nairobi, { code: 'SOIL 1', credits: 9 }))
    .expect(409);
  const next = editionForm({ credits: 9, validity: { from: '2025-09-01' } });
  await test.request.post(`/v1/courses/${soil.id}/editions`).set('if-match', '*').send(next).expect(201);
  expect(await findings(2)).toMatchObject({ warnings: [{ kind: 'editionChanged', code: 'SOIL 1', edition: soil.id }] });
});

it('a registrar system sends completions, asks what they bring, and records what was granted', async () => {
  // It knows its students by number; the file is taken once, however often it is sent.
  const numbered = (value: string) => ({ institution: world.tsinghua, scheme: 'student-number', value });
  const stated = (value: string, courseCode: string, fields: object = {}) => ({
    identifier: numbered(value),
    issuer: world.tsinghua,
    issuedOn: '2025-02-28',
    provider: world.tsinghua,
    code: courseCode,
    outcome: 'achieved',
    completedOn: '2024-12-20',
    ...fields,
  });
  const file = lines(
    stated('2021010001', 'CS 30', { grade: { scale: 'us-letter', value: 'A' } }),
    stated('2021010001', 'CS 31'),
    stated('2021010002', 'CS 30', { grade: { scale: 'us-letter', value: 'D' } }),
    stated('2021010002', 'CS 31', { completedOn: 'December' }),
  );
  const report = await importFile(test.request, 'completions?verification=attested', ndjson, file);
  expect(report.errors).toMatchObject([{ line: 4, field: '/completedOn' }]);
  await importFile(test.request, 'completions?verification=attested', ndjson, file);
  const learnerOf = async (value: string): Promise<string> =>
    itemsOf<Recorded>(
      await test.request.get('/v1/learners').query({ identifier: value, identifierScheme: 'student-number' }).expect(200),
    )[0]?.id ?? '';
  const [first, second] = [await learnerOf('2021010001'), await learnerOf('2021010002')];
  expect(itemsOf(await test.request.get(`/v1/learners/${first}/completions`).expect(200))).toHaveLength(2);

  // For a decision it asks for the thorough evaluation, whose result is proven; codes are for machines.
  for (const learner of [first, second]) await recordEnrolment(test.request, learner, world.programme);
  const { id, result } = await evaluated(first, { effort: 'thorough', suggestions: false });
  expect(result).toMatchObject({ optimal: true, provenLevels: 6, objective: { recognisedCredits: 6 } });
  const { result: other } = await evaluated(second);
  expect(other.completions).toMatchObject([
    { because: { rule: 'programming', status: 'used' }, otherRules: [{ rule: 'algorithms', status: 'gradeTooLow' }] },
  ]);

  // What was granted goes into the ledger, and does not count again for the same programme.
  for (const courseCode of ['CS 30', 'CS 31']) {
    const use = { completion: completionOf(result, courseCode), institution: world.lisbon, programme: 'LIC-EI', decidedOn: '2025-03-11' };
    await test.request.post(`/v1/learners/${first}/redemptions`).send(use).expect(201);
  }
  expect(statusesOf((await evaluated(first)).result)).toEqual({ 'CS 30': 'alreadyRedeemed', 'CS 31': 'alreadyRedeemed' });

  // Rules change later; what was evaluated stays as it was.
  const later = worldTerms(world, { rules: [], period: { from: '2025-01-01' } });
  await test.request.post(`/v1/agreements/${world.agreement}/revisions`).send(revisionForm(later)).expect(201);
  expect((await evaluated(second)).result.applications).toEqual([]);
  const kept = await test.request.get(`/v1/learners/${first}/evaluations/${id}`).expect(200);
  expect((kept.body as EvaluationBody).result).toEqual(result);
});
