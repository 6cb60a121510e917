import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Change, InlineCompletion, InlineEvaluationRequest } from '../src/evaluation/domain/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { recordWorld, type EvaluationBody } from './support/recognition.js';
import { all, any, code, course, credit, elective, rule } from './support/rule-builders.js';
import { handIn, recordEnrolment, recordLearner } from './support/students.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const letter = (value: string) => ({ scale: 'us-letter', value });
const completed = (courseCode: string, grade: string, rest: Partial<InlineCompletion> = {}): InlineCompletion => ({
  id: courseCode,
  provider: 'langara',
  code: courseCode,
  credits: 3,
  creditSystem: 'us-semester',
  grade: letter(grade),
  completedOn: '2024-12-20',
  ...rest,
});
const toVictoria = (id: string, source: Rule['source'], outcome: Rule['outcome'], rest: Partial<Rule> = {}): Rule =>
  rule(id, source, outcome, { from: 'langara', to: 'uvic', ...rest });

const requestOf = (rules: readonly Rule[], completions: readonly InlineCompletion[]): InlineEvaluationRequest => ({
  kind: 'inline',
  requestDate: '2025-03-10',
  institutions: [
    { id: 'langara', creditSystem: 'us-semester' },
    { id: 'uvic', creditSystem: 'uvic-unit' },
  ],
  rules,
  programme: {
    institution: 'uvic',
    code: 'BSC',
    catalogueYear: 2025,
    totalCredits: 60,
    requirements: { kind: 'all', id: 'degree', of: [{ kind: 'freeElectives', id: 'electives', credits: 60 }] },
  },
  completions,
});

const evaluated = async (request: InlineEvaluationRequest, language = 'en'): Promise<EvaluationBody> =>
  (await test.request.post('/v1/evaluations').set('accept-language', language).send(request).expect(200)).body as EvaluationBody;

/** The request as it would be after the changes, done by hand. */
function changed(request: InlineEvaluationRequest, changes: readonly Change[]): InlineEvaluationRequest {
  return changes.reduce<InlineEvaluationRequest>((before, change) => {
    if (change.kind === 'addCompletion') {
      const added = completed(change.selector, change.grade?.value ?? 'A', { evidence: { identityVerified: true, proctored: true } });
      return { ...before, completions: [...before.completions, added] };
    }
    const mended = change.kind === 'raiseGrade' ? { grade: change.grade } : { evidence: { proctored: true, [change.evidence]: true } };
    return { ...before, completions: before.completions.map((one) => (one.id === change.completion ? { ...one, ...mended } : one)) };
  }, request);
}

/** Every suggestion, after it has been proven: evaluated by hand it earns what it says, and more than before. */
async function suggestions(request: InlineEvaluationRequest): Promise<readonly (readonly Change[])[]> {
  const { improvements = [], result } = await evaluated(request);
  for (const { changes, objective } of improvements) {
    const after = (await evaluated(changed(request, changes))).result.objective;
    // What of a course not taken yet would be lost depends on the credits it turns out to have.
    expect({ ...after, loss: 0 }).toEqual({ ...objective, loss: 0 });
    expect(after.remainingStudy).toBeLessThan(result.objective.remainingStudy);
  }
  return improvements.map(({ changes }) => changes);
}

describe('the smallest change that would earn more', () => {
  const rules = [
    toVictoria('with-grade', code('MATH 1273', { minimumGrade: letter('C') }), credit(elective('MATH', 100, '1XX', 1.5))),
    toVictoria('both', all(code('MATH 1273'), code('MATH 1283')), credit(course('MATH 101', 1.5))),
  ];

  it('is a C in MATH 1273, or MATH 1283 as well', async () => {
    const request = requestOf(rules, [completed('MATH 1273', 'D')]);
    expect(await suggestions(request)).toEqual([
      [{ kind: 'raiseGrade', completion: 'MATH 1273', grade: letter('C') }],
      [{ kind: 'addCompletion', provider: 'langara', selector: 'MATH 1283' }],
    ]);
    const told = async (language: string) => (await evaluated(request, language)).explanation.improvements;
    expect(await told('en')).toEqual([
      'More would be earned with at least C in MATH 1273: 1.5 credits out of 1 course.',
      'More would be earned with MATH 1283 as well: 1.5 credits out of 2 courses.',
    ]);
    expect(await told('fr')).toEqual([
      'On obtiendrait davantage avec au moins C en MATH 1273 : 1,5 crédit à partir de 1 cours.',
      'On obtiendrait davantage avec MATH 1283 en plus : 1,5 crédit à partir de 2 cours.',
    ]);
    expect(await told('zh')).toEqual([
      '如果 MATH 1273 的成绩不低于 C，就可以获得更多：从 1 门课程认定 1.5 学分。',
      '如果再修 MATH 1283，就可以获得更多：从 2 门课程认定 1.5 学分。',
    ]);
  });

  it('is told with what the body says of a course, and proven with its credits', async () => {
    const converted = { ...elective('MATH', 100, '1XX', 0), credits: { kind: 'converted' } } as const;
    const other = { provider: 'langara', code: 'math1283', titles: { en: 'Calculus II', zh: '微积分（二）' }, credits: 4 };
    const request = {
      ...requestOf([toVictoria('other', code('MATH 1283'), credit(converted))], [completed('MATH 1273', 'D')]),
      courses: [other],
    };
    const { improvements = [], explanation } = await evaluated(request, 'zh');
    // 1.5 units for 3 semester credits: 4 are 2.
    expect(improvements).toMatchObject([
      {
        changes: [{ kind: 'addCompletion', selector: 'MATH 1283', title: other.titles, credits: 4, creditSystem: 'us-semester' }],
        objective: { recognisedCredits: 2 },
      },
    ]);
    expect(explanation.improvements).toEqual(['如果再修 MATH 1283（微积分（二），4 学分），就可以获得更多：从 1 门课程认定 2 学分。']);
  });

  it('is told with what the catalogue says of a course, for a learner on record', async () => {
    const world = await recordWorld(test.request);
    const learner = (await recordLearner(test.request)).id;
    await recordEnrolment(test.request, learner, world.programme);
    const physical = { provider: world.tsinghua, code: 'PE 1', outcome: 'achieved', completedOn: '2024-12-20' };
    await handIn(test.request, learner, {
      issuer: world.tsinghua,
      issuedOn: '2025-02-28',
      verification: 'attested',
      completions: [physical],
    });
    const asked = { kind: 'stored', learner, programme: world.programme, requestDate: '2025-03-10' };
    const { improvements } = (await test.request.post('/v1/evaluations').send(asked).expect(200)).body as EvaluationBody;
    const facts = { kind: 'addCompletion', provider: world.tsinghua, title: expect.anything() as unknown, creditSystem: 'china-credit' };
    expect(improvements?.map(({ changes }) => changes)).toMatchObject([
      [{ ...facts, selector: 'CS 30', credits: 3 }],
      [{ ...facts, selector: 'MATH 10', credits: 5 }],
      [{ kind: 'addCompletion', selector: 'POV 101' }],
    ]);
  });

  it('is one change rather than two', async () => {
    const three = toVictoria('three', all(code('MATH 1273'), code('MATH 1283'), code('MATH 1293')), credit(course('MATH 102', 3)));
    expect(await suggestions(requestOf([three, ...rules], [completed('MATH 1273', 'D')]))).toHaveLength(2);
    expect(await suggestions(requestOf([three], [completed('MATH 1273', 'D')]))).toEqual([
      [
        { kind: 'addCompletion', provider: 'langara', selector: 'MATH 1283' },
        { kind: 'addCompletion', provider: 'langara', selector: 'MATH 1293' },
      ],
    ]);
  });

  it('is a piece of evidence', async () => {
    const proctored = toVictoria('proctored', code('MATH 1273'), credit(course('MATH 100', 1.5)), {
      conditions: { evidence: { proctored: true, identityVerified: true } },
    });
    expect(await suggestions(requestOf([proctored], [completed('MATH 1273', 'A', { evidence: { proctored: true } })]))).toEqual([
      [{ kind: 'addEvidence', completion: 'MATH 1273', evidence: 'identityVerified' }],
    ]);
  });

  it('is one of several courses that would do', async () => {
    const two = toVictoria(
      'two',
      { kind: 'atLeast', courses: 2, of: ['ENGL 2236', 'ENGL 2246', 'ENGL 2256', 'ENGL 2266'].map((each) => code(each)) },
      credit(course('CRWR 200', 3)),
    );
    expect(await suggestions(requestOf([two], [completed('ENGL 2246', 'B')]))).toEqual([
      [{ kind: 'addCompletion', provider: 'langara', selector: 'ENGL 2236' }],
      [{ kind: 'addCompletion', provider: 'langara', selector: 'ENGL 2256' }],
      [{ kind: 'addCompletion', provider: 'langara', selector: 'ENGL 2266' }],
    ]);
  });

  it('is a course not taken yet where nothing that was taken can be mended', async () => {
    const either = toVictoria('either', any(code('BIOL 1'), code('BIOL 2')), credit(course('BIOL 101', 1.5)));
    expect(await suggestions(requestOf([either], []))).toEqual([[{ kind: 'addCompletion', provider: 'langara', selector: 'BIOL 1' }]]);
  });

  it('is none where nothing would help', async () => {
    expect(await suggestions(requestOf([], [completed('MATH 1273', 'D')]))).toEqual([]);
    const full = requestOf(rules, [completed('MATH 1273', 'A'), completed('MATH 1283', 'A')]);
    const programme = { ...full.programme, requirements: { kind: 'freeElectives', id: 'all', credits: 1.5 } as const };
    expect(await suggestions({ ...full, programme })).toEqual([]);
  });
});
