import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Completion, EvaluationResult, Improvement } from '../../src/evaluation/domain/index.js';
import type { Requirement } from '../../src/programmes/domain/index.js';
import type { Rule } from '../../src/rules/domain/index.js';
import { recordAgreement, termsOf } from './agreements.js';
import type { TestClient } from './app.js';
import { recordCourse, recordInstitution } from './catalogue.js';
import { all, code, course, credit, elective, noCredit, rule } from './rule-builders.js';
import { completionForm, handIn, recordEnrolment, recordLearner, recordProgramme } from './students.js';

/**
 * One small world: Tsinghua teaches, partly on XuetangX; Lisbon recognises by one agreement, for a bachelor of 60 ECTS. Every shape of rule that
 * an explanation speaks of occurs once.
 */

type Fields = Readonly<Record<string, unknown>>;

/** Ids of the institutions of the world. */
export interface Places {
  readonly tsinghua: string;
  readonly xuetangx: string;
  readonly lisbon: string;
}

export interface World extends Places {
  readonly programme: string;
  readonly agreement: string;
}

const letter = (value: string) => ({ scale: 'us-letter', value });

/** The rules from Tsinghua to Lisbon. */
export function rulesOf({ tsinghua, xuetangx, lisbon }: Places): readonly Rule[] {
  const articulated = (id: string, source: Rule['source'], outcome: Rule['outcome'], rest: Partial<Rule> = {}): Rule =>
    rule(id, source, outcome, { from: tsinghua, to: lisbon, ...rest });
  return [
    articulated('algorithms', all(code('CS 30', { minimumGrade: letter('C') }), code('CS 31')), credit(course('CS 201', 6))),
    articulated('programming', code('CS 30'), credit(elective('CS', 100, '1XX', 3))),
    articulated('physical', code('PE 1'), noCredit('noDegreeCredit')),
    articulated('laboratory', code('LAB 1'), { kind: 'individualAssessment' }),
    articulated('mathematics', code('MATH 10'), {
      kind: 'choice',
      by: 'student',
      options: [[course('MATH 101', 6)], [course('MATH 102', 6)]],
    }),
    articulated('poverty', code('POV 101'), credit({ ...elective('SOC', 100, '1XX', 0), credits: { kind: 'converted' } }), {
      from: xuetangx,
      conditions: { evidence: { proctored: true } },
    }),
  ];
}

export function worldTerms(places: Places, rest: Partial<AgreementTerms> = {}): AgreementTerms {
  const conversions: AgreementTerms['conversions'] = [
    { from: 'china-credit', to: 'ects', method: 'pinned', factor: '3/2', rounding: { mode: 'halfUp', step: 0.5 } },
  ];
  return termsOf([places.tsinghua, places.xuetangx, places.lisbon], rulesOf(places), { conversions, ...rest });
}

export const requirements: Requirement = {
  kind: 'all',
  id: 'degree',
  of: [
    { kind: 'course', id: 'algorithms', codes: ['CS 201'], credits: 6, title: { en: 'Algorithms', zh: '算法', fr: 'Algorithmique' } },
    { kind: 'credits', id: 'mathematics', credits: 12, from: [{ kind: 'subject', subject: 'MATH' }] },
    { kind: 'course', id: 'thesis', codes: ['CS 399'], credits: 12 },
    { kind: 'freeElectives', id: 'electives', credits: 30 },
  ],
};

/** The fields of the programme, as it is recorded or stated inline. */
export const programmeFields = { code: 'LIC-EI', catalogueYear: 2025, creditSystem: 'ects', totalCredits: 60, requirements, policy: {} };

/** The courses of the world by code; all of Tsinghua's, in China's credits. */
export const taughtCourses: readonly { readonly code: string; readonly credits: number; readonly onXuetangX?: true }[] = [
  { code: 'CS 30', credits: 3 },
  { code: 'CS 31', credits: 3 },
  { code: 'PE 1', credits: 1 },
  { code: 'LAB 1', credits: 2 },
  { code: 'MATH 10', credits: 5 },
  { code: 'POV 101', credits: 3, onXuetangX: true },
];

export async function recordWorld(request: TestClient): Promise<World> {
  const institution = async (fields: Fields): Promise<string> => (await recordInstitution(request, fields)).id;
  const places = {
    tsinghua: await institution({ homeCreditSystem: 'china-credit' }),
    xuetangx: await institution({ kind: 'platform', names: { en: 'XuetangX', zh: '学堂在线' } }),
    lisbon: await institution({
      names: { en: 'University of Lisbon', fr: 'Université de Lisbonne' },
      country: 'PT',
      homeCreditSystem: 'ects',
      homeGradingScale: 'us-letter',
    }),
  };
  for (const { code: courseCode, credits, onXuetangX } of taughtCourses) {
    const runs = onXuetangX === true ? { platform: places.xuetangx, delivery: 'mooc' } : { delivery: 'onCampus' };
    await recordCourse(request, places.tsinghua, { code: courseCode, credits, weeks: undefined, workloadHours: undefined, ...runs });
  }
  for (const awarded of ['CS 201', 'MATH 101', 'MATH 102']) {
    await recordCourse(request, places.lisbon, { code: awarded, credits: 6, creditSystem: 'ects', delivery: 'onCampus' });
  }
  const programme = await recordProgramme(request, places.lisbon, { title: { en: 'Informatics' }, ...programmeFields });
  const agreement = await recordAgreement(request, worldTerms(places));
  return { ...places, programme: programme.id, agreement: agreement.id };
}

/** A row of the student's transcript, as it is handed in and as it is stated inline. */
export interface StatedRow {
  readonly provider: string;
  readonly code: string;
  readonly outcome: 'achieved' | 'failed';
  readonly completedOn: string;
  readonly credits?: number;
  readonly grade?: { readonly scale: string; readonly value: string };
}

/** What the student has on Tsinghua's transcript; `POV 101` is on another one. */
export function transcriptRows({ tsinghua }: Places): readonly StatedRow[] {
  const row = (courseCode: string, fields: Partial<StatedRow> = {}): StatedRow => ({
    provider: tsinghua,
    code: courseCode,
    outcome: 'achieved',
    completedOn: '2024-12-20',
    ...fields,
  });
  return [
    row('CS 30', { grade: letter('B') }),
    row('CS 31'),
    row('PE 1'),
    row('LAB 1'),
    row('MATH 10'),
    row('MATH 11', { credits: 2, outcome: 'failed' }),
    row('ZZ 9', { credits: 1 }),
  ];
}

/** A student enrolled in the programme, and what the tests name. */
export interface Student {
  readonly learner: string;
  readonly transcript: string;
  readonly moocTranscript: string;
}

export async function recordStudent(request: TestClient, world: World): Promise<Student> {
  const learner = (await recordLearner(request)).id;
  await recordEnrolment(request, learner, world.programme);
  const transcript = await handIn(request, learner, {
    issuer: world.tsinghua,
    issuedOn: '2025-02-28',
    verification: 'attested',
    completions: transcriptRows(world),
  });
  const pov = completionForm(world.tsinghua, { platform: world.xuetangx, code: 'POV 101', certificateId: `cert-${learner}` });
  const mooc = await handIn(request, learner, { issuer: world.xuetangx, issuedOn: '2025-03-01', completions: [pov] });
  return { learner, transcript: transcript.id, moocTranscript: mooc.id };
}

/** What a test reads of an evaluation. */
export interface EvaluationBody {
  readonly id: string;
  readonly learner: string;
  readonly programme: string;
  readonly check: string;
  readonly result: EvaluationResult;
  readonly improvements?: readonly Improvement[];
  readonly explanation: {
    readonly language: string;
    readonly summary: readonly string[];
    readonly completions: readonly { readonly completion: string; readonly sentence: string; readonly otherRules: readonly string[] }[];
    readonly requirements: readonly string[];
    readonly improvements: readonly string[];
  };
}

/** The status of every completion by course code. */
export function statusesOf({ completions }: EvaluationResult): Readonly<Record<string, string>> {
  return Object.fromEntries(completions.map(({ code: courseCode, status }) => [courseCode, status]));
}

/** The id of the completion of a course. */
export function completionOf({ completions }: EvaluationResult, courseCode: string): Completion['id'] {
  return completions.find((completion) => completion.code === courseCode)?.completion ?? '';
}
