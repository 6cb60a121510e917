import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { alliance } from '../src/demo/data/alliance.js';
import { moocsIndonesia } from '../src/demo/data/moocs-indonesia.js';
import { tsinghuaMetu } from '../src/demo/data/tsinghua-metu.js';
import { type RecordedStudent, requestDate, seedDemo } from '../src/demo/index.js';
import { EvaluationContexts } from '../src/evaluation/context.js';
import {
  check,
  type CompletionStatus,
  type EvaluationInput,
  type EvaluationResult,
  inputDigest,
  namedScales,
} from '../src/evaluation/domain/index.js';
import { loadLearnerForEvaluation } from '../src/redemptions/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, recordInstitution } from './support/catalogue.js';

let service: TestApp;
let students: readonly RecordedStudent[];
const results = new Map<string, EvaluationResult>();

/** Loading takes a second or two, and much longer where other work keeps the machine busy. */
const patienceMilliseconds = 60_000;

beforeAll(async () => {
  service = await startTestApp();
  students = await seedDemo(service.app);
  for (const student of students) results.set(student.name, await evaluate(student));
}, patienceMilliseconds);
afterAll(() => service.close());

async function evaluate({ learner, programme }: RecordedStudent): Promise<EvaluationResult> {
  const { body } = (await service.request
    .post('/v1/evaluations')
    .send({ kind: 'stored', learner, programme, requestDate })
    .expect(200)) as {
    body: { result: EvaluationResult };
  };
  return body.result;
}

function resultOf(name: string): EvaluationResult {
  const result = results.get(name);
  if (result === undefined) throw new Error(`${name} is no student of the demonstration`);
  return result;
}

/** What a registrar reads first: what became of each completion, and which rule did it. */
function told(name: string): Record<string, string> {
  return Object.fromEntries(
    resultOf(name).completions.map(({ code, status, because }) => [
      code,
      because?.rule === undefined ? status : `${status}: ${because.rule}`,
    ]),
  );
}

/** The awards of a student: receiving course or label, and the credits that count. */
function awards(name: string): Record<string, number> {
  return Object.fromEntries(
    resultOf(name)
      .applications.flatMap((application) => application.awards)
      .map(({ target, counted }) => [target.kind === 'course' ? target.code : (target.label?.['en'] ?? ''), counted]),
  );
}

describe('the students of the demonstration', () => {
  it('Ayşe: two live courses count more together, and three open courses are as many as the agreement takes', () => {
    expect(told('Ayşe Yılmaz')).toEqual({
      'TRA 301': 'used: rail-transit-with-signalling',
      'TRA 302': 'used: rail-transit-with-signalling',
      'CIV 220': 'used: structural-mechanics-80', // 85 is at least 80
      'CSC 101': 'used: programming-exemption',
      'CSC 102': 'used: data-structures', // CSC 101 is held as well
      'TRA 303': 'limitReached: other-rail-courses', // CIV 220, CSC 101 and CSC 102 are three
      'PRE 010': 'refusedByRule: no-preparatory-courses',
    });
    expect(awards('Ayşe Yılmaz')).toEqual({
      'CE 421': 5,
      'Rail signalling': 5, // (3 + 2) × 2 − 5: what the pair converts to, less CE 421
      'CE 383': 6, // 3 × 2
      'CENG 240': 0,
      'Data structures': 6, // 3 × 2
    });
    const { objective, binding } = resultOf('Ayşe Yılmaz');
    expect(objective).toMatchObject({
      recognisedCredits: 22, // 5 + 5 + 6 + 0 + 6
      // 240 less calculus, physics, programming, structural analysis, transport (10), and of free electives (12) and core what is done:
      remainingStudy: 181.5, // 240 − 7.5 − 6.5 − 5 − 6 − 10 − 6 (data structures) − 17.5 (CHEM 107, CE 221, CE 222)
      completionsConsumed: 5,
      loss: 6, // CSC 101, 3 × 2, earns an exemption without credit
    });
    // CE 383 and data structures are 12 credits of MOOCs.
    expect(binding.map(({ kind }) => kind)).toEqual(['limit', 'maximumMoocCredits']);
  });

  it('Ayşe: the pair is graded by its lower mark', () => {
    const pair = resultOf('Ayşe Yılmaz').applications.find(({ rule }) => rule === 'rail-transit-with-signalling');
    // 88 is BA, 81 is BB.
    expect(pair?.awards.map(({ grade }) => grade)).toEqual([1, 2].map(() => ({ kind: 'converted', scale: 'turkish-letter', value: 'BB' })));
  });

  it('Mehmet: a lower band, a choice nobody has made, and a course that waits for another', () => {
    expect(told('Mehmet Kaya')).toEqual({
      'TRA 301': 'used: rail-transit',
      'GHC 400': 'used: sustainable-cities',
      'CIV 220': 'used: structural-mechanics-60', // 72 is from 60 to 79
      'TRA 303': 'used: other-rail-courses',
      'CSC 102': 'incompleteSet: data-structures',
      'CSC 101': 'inProgress',
    });
    expect(awards('Mehmet Kaya')).toEqual({
      'CE 421': 6, // 3 × 2; the requirement has 5
      'Sustainable cities': 4, // fixed; as a transport elective it leaves least to study
      'Structural mechanics': 6, // 3 × 2
      'Railways, unassigned': 4, // 2 × 2
    });
    const { objective, provisional, totals } = resultOf('Mehmet Kaya');
    expect(provisional).toBe(true);
    expect(objective).toMatchObject({
      recognisedCredits: 20, // 6 + 4 + 6 + 4
      remainingStudy: 202, // 240 − 7.5 − 6.5 − 5 (CE 421) − 4 (transport electives) − 10 (free electives from elsewhere) − 5 (CE 221)
    });
    // The sixth credit of CE 421: the requirement has five.
    expect(totals.unplaced).toBe(1);
  });

  it('Siti: weeks make credits, one of two and two of three count, and a person looks at acupuncture', () => {
    expect(told('Siti Rahmawati')).toEqual({
      'ECO 150': 'used: chinese-economy',
      'ECO 250': 'used: reform-or-digital-economy',
      'ECO 260': 'used: economics-of-level-200', // EKO 320 is awarded once, for ECO 250
      'CHN 101': 'used: two-courses-of-chinese',
      'CHN 103': 'used: two-courses-of-chinese',
      'STA 110': 'used: statistics-waiver',
      'ACU 101': 'needsAssessment: acupuncture',
    });
    expect(awards('Siti Rahmawati')).toEqual({
      'EKO 310': 3, // 12 weeks
      'EKO 320': 2, // 8 weeks
      'Economics, unassigned': 2, // 8 weeks
      Chinese: 2, // 4 weeks and 4 weeks: 1 + 1
      'STK 101': 0, // a waiver
    });
    const { objective, conflicts } = resultOf('Siti Rahmawati');
    expect(objective).toMatchObject({
      recognisedCredits: 9, // 3 + 2 + 2 + 2
      remainingStudy: 122, // 144 − 3 (statistics) − 5 (two economies) − 2 (electives in economics) − 2 (language) − 10 (core)
      loss: 3, // STA 110, 12 weeks, removes a requirement without credit
    });
    // ECO 260 is both: nothing in the agreement says which rule goes first, so the best for the student does.
    expect(conflicts.map(({ rules }) => rules)).toEqual([['economics-of-level-200', 'reform-or-digital-economy']]);
  });

  it('Budi: everything that can go wrong says what it was', () => {
    expect(told('Budi Santoso')).toEqual({
      'ECO 150': 'evidenceMissing: chinese-economy',
      'ECO 250': 'alreadyRedeemed: reform-or-digital-economy',
      'ECO 260': 'used: economics-of-level-200', // EKO 320 is on the home record
      'CHN 101': 'incompleteSet: two-courses-of-chinese',
      'CHN 102': 'failed',
      'STA 110': 'gradeTooLow: statistics-waiver', // 75 of 80
    });
    expect(resultOf('Budi Santoso').objective).toMatchObject({
      recognisedCredits: 2, // 8 weeks
      remainingStudy: 137, // 144 − 2 (EKO 320) − 2 (electives in economics) − 3 (core)
    });
  });

  it('Leyla: two courses of two members make one, and one award fills two requirements that share', () => {
    expect(told('Leyla Məmmədova')).toEqual({
      'POV 101': 'used: development-economics',
      'DEV 310': 'used: development-economics',
      'ART 210': 'used: figure-painting',
      'ESP 101': 'used: spanish',
      'ESP 102': 'used: spanish',
      'ECO 205': 'used: social-sciences',
      'HIS 220': 'used: european-history',
    });
    expect(awards('Leyla Məmmədova')).toEqual({
      'ECON 240': 6,
      // 64 hours / 27.5 + 15 × 60/120 = 2.327 + 7.5 = 9.827, half up to 0.5: 10; less ECON 240
      'Development studies': 4,
      'Chinese painting': 3,
      'SPAN 101': 6,
      'SPAN 102': 6,
      'Social sciences': 6,
      'Europe and Asia': 6,
    });
    const { objective, applications } = resultOf('Leyla Məmmədova');
    expect(objective).toMatchObject({
      recognisedCredits: 37, // 6 + 4 + 3 + 6 + 6 + 6 + 6
      remainingStudy: 191, // capstone 12 + core 191 − 12
      loss: 0,
    });
    const fills = applications
      .flatMap((application) => application.awards)
      .map((award) => award.fills.map(({ requirement }) => requirement));
    expect(fills).toContainEqual(['global', 'society']);
    const spanish = applications.find(({ rule }) => rule === 'spanish');
    // B is 88 and C is 78, both with 6 credits.
    expect(spanish?.awards[0]?.grade).toMatchObject({ kind: 'converted', value: '83', mean: '83' });
  });

  it('have the best allocation, proven, and no fault that an independent check finds', async () => {
    expect(students).toHaveLength(5);
    for (const student of students) {
      const result = resultOf(student.name);
      expect(result.optimal).toBe(true);
      const input = await inputOf(service, student);
      expect(inputDigest(input)).toBe(result.inputDigest);
      expect(check(input, result)).toEqual([]);
    }
  });
});

/** What the evaluation of a student rests on. */
async function inputOf({ app, dataSource }: TestApp, { learner, programme: programmeId }: RecordedStudent): Promise<EvaluationInput> {
  const contexts = app.get(EvaluationContexts);
  const facts = await loadLearnerForEvaluation(dataSource, learner, { programmeId });
  const context = await contexts.load(programmeId, requestDate);
  if (facts === undefined || context === undefined) throw new Error('the student is not on record');
  const { completions, homeRecord, redemptions, enrolment } = facts;
  const { measures, offered: _offered, ...rules } = context;
  const input = {
    policyDate: requestDate,
    requestDate,
    ...(enrolment === undefined ? {} : { admissionDate: enrolment.admissionDate }),
    ...rules,
    completions,
    homeRecord,
    redemptions,
    choices: [],
    exceptions: [],
    whatIf: false,
  };
  const systems = [context.programme.creditSystem, ...completions.map(({ creditSystem }) => creditSystem)];
  return { ...input, ...(await measures.find(systems, namedScales(input))) };
}

describe('the rules of the demonstration', () => {
  /** Rules that are there to refuse, to ask, or to give way. */
  const others: Readonly<Record<string, CompletionStatus>> = {
    'no-preparatory-courses': 'refusedByRule',
    acupuncture: 'needsAssessment',
    'poverty-eradication': 'outranked',
  };
  const ids = [tsinghuaMetu, moocsIndonesia, alliance].flatMap((agreement) => agreement((key) => key).terms.rules.map(({ id }) => id));

  it('are some twenty in three agreements', async () => {
    expect(ids).toHaveLength(21);
    expect(itemsOf(await service.request.get('/v1/agreements').expect(200))).toHaveLength(3);
  });

  it.each(ids)('%s plays the part it is there for', (id) => {
    const roles = [...results.values()].flatMap(({ completions }) =>
      completions.flatMap(({ because, otherRules }) => [...(because === undefined ? [] : [because]), ...otherRules]),
    );
    expect(roles.filter(({ rule }) => rule === id).map(({ status }) => status)).toContain(others[id] ?? 'used');
  });
});

describe('the catalogue of the demonstration', () => {
  it.each(['mooc', 'liveOnline', 'hybridClassroom'])('has courses delivered as %s', async (delivery) => {
    expect(itemsOf(await service.request.get(`/v1/courses?delivery=${delivery}`).expect(200))).not.toEqual([]);
  });

  it.each([
    ['消除贫困', 'POV 101'],
    ['人物画', 'ART 210'],
    ['akupunktur', 'ACU 101'],
    ['rail transit', 'TRA 301'],
    ['中国经济', 'ECO 150'],
  ])('finds %s', async (q, code) => {
    const found = itemsOf<{ code: string }>(await service.request.get('/v1/courses').query({ q }).expect(200));
    expect(found.map((course) => course.code)).toContain(code);
  });

  it('shares its hybrid classroom among four hosts', async () => {
    const offerings = itemsOf<{ hosts: readonly string[] }>(await service.request.get('/v1/offerings').expect(200));
    expect(Math.max(...offerings.map(({ hosts }) => hosts.length))).toBe(4);
  });
});

/** A digest of the rows of every table. */
async function contents(dataSource: DataSource): Promise<Record<string, string>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await dataSource.query<{ digest: string }[]>(
      `SELECT md5(coalesce(string_agg(entry::text, ',' ORDER BY entry::text), '')) AS digest FROM "${name}" entry`,
    );
    digests[name] = row?.digest ?? '';
  }
  return digests;
}

describe('loading the demonstration data', () => {
  it('changes nothing a second time, and answers the same students', async () => {
    const before = await contents(service.dataSource);
    expect(await seedDemo(service.app)).toEqual(students);
    expect(await contents(service.dataSource)).toEqual(before);
  });

  it('leaves alone what became of them', async () => {
    const { dataSource } = service;
    await dataSource.query(`UPDATE courses SET credits = 1 WHERE code = 'TRA 303'`);
    await dataSource.query('DELETE FROM home_courses WHERE code = $1', ['CHEM 107']);
    const before = await contents(dataSource);
    await seedDemo(service.app);
    expect(await contents(dataSource)).toEqual(before);
  });

  it(
    'goes on where a start was cut off',
    () =>
      withFreshApp(async ({ app, dataSource }) => {
        const loaded = await seedDemo(app);
        const counts = (): Promise<unknown> =>
          dataSource.query(`SELECT (SELECT count(*) FROM offerings) AS offerings, (SELECT count(*) FROM enrolments) AS enrolments,
            (SELECT count(*) FROM home_courses) AS courses, (SELECT count(*) FROM completions) AS completions`);
        const whole = await counts();
        await dataSource.query(
          'TRUNCATE transcripts, completions, completion_statements, achievement_claims, redemption_entries, consent_transcripts',
        );
        await dataSource.query('DELETE FROM home_courses WHERE code LIKE $1', ['CE%']);
        await dataSource.query('TRUNCATE offerings, offering_hosts');
        expect(await counts()).not.toEqual(whole);
        expect(await seedDemo(app)).toEqual(loaded);
        expect(await counts()).toEqual(whole);
      }),
    patienceMilliseconds,
  );

  it(
    'does nothing in a database that holds other data',
    () =>
      withFreshApp(async ({ app, request, dataSource }) => {
        await recordInstitution(request);
        const before = await contents(dataSource);
        expect(await seedDemo(app)).toEqual([]);
        expect(await contents(dataSource)).toEqual(before);
      }),
    patienceMilliseconds,
  );
});

/** A test on a database of its own, closed whatever comes of it. */
async function withFreshApp(test: (app: TestApp) => Promise<void>): Promise<void> {
  const fresh = await startTestApp();
  try {
    await test(fresh);
  } finally {
    await fresh.close();
  }
}
