import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Completion, EvaluationInput, Exception, HomeCourse } from '../../src/evaluation/domain/index.js';
import { type CreditSystem, digestOf } from '../../src/kernel/index.js';
import type { Programme, TransferPolicy } from '../../src/programmes/domain/index.js';
import type { Award, Rule, Source } from '../../src/rules/domain/index.js';

/**
 * The MOOC policy of the Indian Institute of Technology Gandhinagar, as programme policies, rules and a conversion table. `iitgnClauses` says of each sentence
 * of the policy's text which field expresses it, or why it is no rule about credit.
 */

export const iitgn = 'iitgn';
export const nptel = 'nptel';
/** Platforms whose courses are approved one by one. */
export const otherPlatforms = ['coursera', 'edx', 'udacity'] as const;

/** The institute counts in credits of its own; NPTEL counts in weeks. */
export const iitgnCreditSystems: readonly CreditSystem[] = [
  { id: 'iitgn-credit', name: 'Credit of IIT Gandhinagar', source: 'IIT Gandhinagar, Online Courses' },
  { id: 'mooc-course', name: 'One course of a MOOC platform, without credits of its own', source: 'made for this test' },
];

/** "All Swayam – NPTEL Online Certification Courses will be included." */
const anyCourse: Source = { kind: 'course', select: { kind: 'pattern', pattern: '*' } };

/** An elective that carries what the course converts to, passed without a grade. */
const elective: Award = { target: { kind: 'elective' }, credits: { kind: 'converted' }, grade: { kind: 'none' }, effect: 'credit' };

const nptelCourses: Rule = {
  id: 'nptel-courses',
  from: nptel,
  to: iitgn,
  source: anyCourse,
  outcome: { kind: 'credit', awards: [elective] },
  validity: {},
  governedBy: 'request',
};

/** "will be approved on a case-by-case basis" */
const caseByCase: readonly Rule[] = otherPlatforms.map((platform) => ({
  id: `${platform}-courses`,
  from: platform,
  to: iitgn,
  source: anyCourse,
  outcome: { kind: 'individualAssessment' },
  validity: {},
  governedBy: 'request',
}));

/**
 * A course on another platform that has been approved: "it will continue to remain approved for three years", for whoever enrols in that time. Its selector is
 * more exact than the one that sends every course to a person, and goes before it.
 */
export const approvedCourse: Rule = {
  id: 'coursera-approved',
  from: 'coursera',
  to: iitgn,
  source: { kind: 'course', select: { kind: 'code', code: 'machine-learning' } },
  outcome: { kind: 'credit', awards: [{ ...elective, credits: { kind: 'fixed', credits: 3 } }] },
  validity: { from: '2024-01-15', until: '2027-01-14' },
  governedBy: 'enrolment',
};

/** A course that "the concerned authorities may allow" in the core: it earns a named course, which the policy withholds unless a person grants it. */
export const coreCourse: Rule = {
  id: 'nptel-computing',
  from: nptel,
  to: iitgn,
  source: { kind: 'course', select: { kind: 'code', code: 'noc-computing' } },
  outcome: { kind: 'credit', awards: [{ ...elective, target: { kind: 'course', code: 'ES 112' } }] },
  validity: {},
  governedBy: 'request',
};

export const iitgnTerms: AgreementTerms = {
  parties: [iitgn, nptel, ...otherPlatforms],
  period: {},
  precedence: 'mostSpecific',
  rules: [nptelCourses, ...caseByCase, approvedCourse, coreCourse],
  statements: [],
  limits: [],
  conversions: [
    {
      from: 'mooc-course',
      to: 'iitgn-credit',
      method: 'table',
      unit: 'weeks',
      rows: [
        { atLeast: 4, credits: 1 },
        { atLeast: 8, credits: 2 },
        { atLeast: 12, credits: 3 },
      ],
    },
  ],
  gradeTables: [],
  redemption: 'oncePerProgramme',
};

/** What holds for all students; the caps differ. */
function policyWith(credits: number): TransferPolicy {
  return {
    maximumMoocCredits: credits,
    passFail: { maximumCredits: credits, maximumHomeCourses: 2 },
    moocWithoutGrade: true,
    electivesOnly: 'mooc',
  };
}

export const undergraduatePolicy = policyWith(16);
export const postgraduatePolicy = policyWith(8);

/** A small degree of the institute: two core courses, and electives. */
export function iitgnProgramme(policy: TransferPolicy): Programme {
  return {
    id: 'iitgn-programme',
    institution: iitgn,
    code: 'BTECH-CS',
    catalogueYear: 2024,
    title: { en: 'Computer Science and Engineering' },
    creditSystem: 'iitgn-credit',
    totalCredits: 47,
    requirements: {
      id: 'degree',
      kind: 'all',
      of: [
        { id: 'computing', kind: 'course', codes: ['ES 112'], credits: 3 },
        { id: 'algorithms', kind: 'course', codes: ['CS 202'], credits: 4 },
        { id: 'electives', kind: 'freeElectives', credits: 40 },
      ],
    },
    policy,
  };
}

/** A course passed on a platform. */
export function moocCompletion(id: string, platform: string, code: string, more: Partial<Completion> = {}): Completion {
  return {
    id,
    provider: platform,
    code,
    credits: 1,
    creditSystem: 'mooc-course',
    outcome: 'achieved',
    completedOn: '2024-11-30',
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc: true,
    repeatable: false,
    ...more,
  };
}

export interface IitgnCase {
  readonly policy?: TransferPolicy;
  readonly completions?: readonly Completion[];
  readonly homeRecord?: readonly HomeCourse[];
  readonly exceptions?: readonly Exception[];
}

/** A student's case at the institute. */
export function iitgnInput({
  policy = undergraduatePolicy,
  completions = [],
  homeRecord = [],
  exceptions = [],
}: IitgnCase): EvaluationInput {
  return {
    policyDate: '2025-01-15',
    requestDate: '2025-01-15',
    programme: iitgnProgramme(policy),
    agreements: [
      { agreement: 'iitgn-mooc', revision: 1, digest: digestOf(iitgnTerms), attestedBy: iitgn, terms: iitgnTerms, receivingCourses: [] },
    ],
    completions,
    homeRecord,
    redemptions: [],
    choices: [],
    exceptions,
    creditSystems: iitgnCreditSystems,
    gradingScales: [],
    whatIf: false,
  };
}

/** One sentence of the text by some of its words, and what becomes of it. */
export type Clause = { readonly quote: string } & (
  | { readonly expressedBy: readonly string[] }
  /** Not about which credit counts. */
  | { readonly notCredit: string }
);

export const iitgnClauses: readonly Clause[] = [
  { quote: 'gain credits for it by enabling students to enroll', notCredit: 'introduction' },
  { quote: 'MOOCs make university courses available', notCredit: 'introduction' },
  { quote: 'These courses are disruptive', notCredit: 'introduction' },
  { quote: 'Numerous companies also recognize', notCredit: 'introduction' },
  { quote: 'MOOCs can be leveraged to enhance', notCredit: 'introduction' },
  { quote: 'classified into the following two categories', notCredit: 'who looks after a course; both kinds earn credit alike' },
  { quote: 'shepherded by IITGN faculty', notCredit: 'who looks after a course' },
  { quote: 'concerns over proceedings of the MOOCs', notCredit: 'who looks after a course' },
  { quote: 'free to choose their own courses', notCredit: 'advice on the choice of courses' },
  { quote: 'responsibility of completing such courses', notCredit: 'who looks after a course' },
  { quote: 'MOOCs registered on the following platforms', expressedBy: ['terms.parties'] },
  { quote: 'NPTEL Online Certification Courses will be included', expressedBy: ['rule nptel-courses: source pattern "*"'] },
  { quote: 'map onto 1, 2 and 3 credits', expressedBy: ['terms.conversions: table by weeks 4, 8, 12 → 1, 2, 3'] },
  { quote: 'approved on a case-by-case basis', expressedBy: ['rules <platform>-courses: outcome individualAssessment'] },
  { quote: 'provide a justification to the concerned authorities', notCredit: 'what a request for an assessment must hold' },
  {
    quote: 'continue to remain approved for three years',
    expressedBy: [
      'rule coursera-approved: validity of three years, governedBy enrolment',
      'terms.precedence: a more exact selector goes first',
    ],
  },
  { quote: 'finances related to registration', notCredit: 'who pays' },
  { quote: 'expected to pay the cost', notCredit: 'who pays' },
  { quote: 'this cost will be reimbursed', notCredit: 'who pays' },
  { quote: 'borne by the students themselves', notCredit: 'who pays' },
  { quote: 'reimburse a portion of the expenses', notCredit: 'who pays' },
  { quote: 'can count up to 16 credits', expressedBy: ['policy.maximumMoocCredits: 16 and 8'] },
  { quote: 'will not affect a student', expressedBy: ['policy.moocWithoutGrade', 'rules: grade none'] },
  { quote: 'capped at 16 credits', expressedBy: ['policy.passFail.maximumCredits: 16, awards and home courses together'] },
  { quote: 'capped at 8 credits', expressedBy: ['policy.passFail.maximumCredits: 8'] },
  { quote: 'convert more than two courses', expressedBy: ['policy.passFail.maximumHomeCourses: 2'] },
  {
    quote: 'only elective courses can be fulfilled',
    expressedBy: ['policy.electivesOnly: mooc', 'exception policyWaived electivesOnly, granted by a person'],
  },
  { quote: 'do not contribute to credit overload', notCredit: 'how many courses a student may register for' },
  { quote: 'students on suspension', expressedBy: ['no condition: no rule looks at the student’s standing'] },
];
