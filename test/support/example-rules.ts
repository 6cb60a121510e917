import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import { anyMember, type Rule } from '../../src/rules/domain/index.js';
import { agreement, all, any, code, course, credit, elective, exempt, institutions, letterGrade, noCredit, rule } from './rule-builders.js';

export * from './rule-builders.js';

/**
 * Real rules that must be expressible, each a small agreement of its own: most are rows of the BC Transfer Guide (Langara College to
 * the universities of British Columbia), in the guide's own words beside them. Every one passes schema and semantic validation.
 */

const since = (from: string, until?: string): Partial<Rule> => ({ validity: until === undefined ? { from } : { from, until } });

/** Six live rules for STAT 1181 at UBC (BC Transfer Guide, present): the most specific set of courses wins. */
export const sixLiveRules = agreement([
  rule('stat-1181', code('STAT 1181'), credit(elective('STAT', 200, 'STAT 2nd', 3)), since('1995-09-01')),
  rule(
    'stat-1181-2225',
    all(code('STAT 1181'), code('STAT 2225')),
    credit(course('STAT 200', 3), elective('STAT', 200, 'STAT 2nd', 3)),
    since('2006-01-01'),
  ),
  rule(
    'stat-1181-3223',
    all(code('STAT 1181'), code('STAT 3223')),
    credit(course('STAT 200', 3), elective('STAT', 200, 'STAT 2nd', 3)),
    since('2006-01-01'),
  ),
  rule(
    'stat-1181-2281',
    all(code('STAT 1181'), code('STAT 2281')),
    { kind: 'choice', by: 'student', options: [[course('STAT 241', 3)], [course('STAT 251', 3)]] },
    since('2003-09-01'),
  ),
  rule(
    'math-2310-stat-1181',
    all(code('MATH 2310'), code('STAT 1181')),
    credit(elective('MATH', 100, 'MATH 1st', 3), elective('STAT', 200, 'STAT 2nd', 3)),
    since('2006-01-01'),
  ),
  rule(
    'math-2310-stat-1181-2225',
    all(code('MATH 2310'), code('STAT 1181'), code('STAT 2225')),
    credit(course('COMM 190', 3), course('COMM 191', 3), elective('COMM', 100, 'COMM 1st', 3)),
    since('2022-09-01'),
  ),
]);

/** "Any 2 of ENGL 2236 (3) or ENGL 2246 (3) or ENGL 2256 (3) or ENGL 2266 (3) = CRWR 200 (3) & CRWR 2nd (3)". */
export const anyTwo = agreement([
  rule(
    'any-two-writing',
    { kind: 'atLeast', courses: 2, of: ['ENGL 2236', 'ENGL 2246', 'ENGL 2256', 'ENGL 2266'].map((text) => code(text)) },
    credit(course('CRWR 200', 3), elective('CRWR', 200, 'CRWR 2nd', 3)),
    since('1999-05-01'),
  ),
]);

/** "MATH 1273 (3) & MATH 1283 (1) = MATH 101 (1.5); no credit if 1273 is taken by itself". */
export const calculusPair = agreement([
  rule('calculus-pair', all(code('MATH 1273'), code('MATH 1283')), credit(course('MATH 101', 1.5)), { to: institutions.victoria }),
  rule('calculus-alone', code('MATH 1273'), noCredit('workload'), { to: institutions.victoria }),
]);

/** Held in any of these is organic chemistry held. */
const organicChemistry = any(all(code('CHEM 2316'), code('CHEM 2416')), code('CHEM 2216'));

/** "BIOL 201 (3), if Organic Chemistry taken as a co-requisite; or BIOL 2nd (3) if taken alone." */
export const organicChemistryHeld = agreement([
  rule('biol-2315-with-organic', code('BIOL 2315'), credit(course('BIOL 201', 3)), { conditions: { alsoHolds: organicChemistry } }),
  rule('biol-2315-alone', code('BIOL 2315'), credit(elective('BIOL', 200, 'BIOL 2nd', 3)), {
    conditions: { doesNotHold: organicChemistry },
  }),
]);

/** "Only if admitted into Mechanical Engineering, otherwise no credit". */
export const mechanicalEngineeringOnly = agreement([
  rule('apsc-1299-mech', code('APSC 1299'), credit(course('MECH 220', 3)), { conditions: { programmes: { only: ['BASC-MECH'] } } }),
  rule('apsc-1299-others', code('APSC 1299'), noCredit('contentOrOutcomes'), { conditions: { programmes: { except: ['BASC-MECH'] } } }),
]);

/** "For BScN: must be completed w/in last 5 years. For BScN Advance Entry: must be completed w/in last 7 years." */
export const lastFiveYears = agreement([
  rule('kins-2206-bscn', code('KINS 2206'), credit(course('MATH 1111', 3)), {
    to: institutions.vancouverCommunityCollege,
    conditions: { programmes: { only: ['BSCN'] }, completedWithin: { duration: 'P5Y', before: 'request' } },
    ...since('2020-01-01'),
  }),
  rule('kins-2206-bscn-advance', code('KINS 2206'), credit(course('MATH 1111', 3)), {
    to: institutions.vancouverCommunityCollege,
    conditions: { programmes: { only: ['BSCN-ADV'] }, completedWithin: { duration: 'P7Y', before: 'request' } },
    ...since('2020-01-01'),
  }),
]);

/** "C or better". */
export const cOrBetter = agreement([
  rule('econ-1220', code('ECON 1220', { minimumGrade: letterGrade('C') }), credit(course('ECON 101', 3))),
]);

/** Two grade bands of one course: B or better is the course itself, C- to B- is unassigned credit. */
export const twoGradeBands = agreement([
  rule('math-1171-high', code('MATH 1171', { minimumGrade: letterGrade('B') }), credit(course('MATH 100', 3))),
  rule(
    'math-1171-low',
    code('MATH 1171', { minimumGrade: letterGrade('C-'), maximumGrade: letterGrade('B-') }),
    credit(elective('MATH', 100, 'MATH 1st', 3)),
  ),
]);

/** "ASTR 1st (3), Exempt ASTR 310." */
export const exemption = agreement([
  rule('astr-3310', code('ASTR 3310'), credit(elective('ASTR', 100, 'ASTR 1st', 3), exempt('ASTR 310')), since('2007-09-01')),
]);

/** CMPT 128; the student may choose CMPT 120 or CMPT 130 instead. */
export const studentMayChoose = agreement([
  rule(
    'cpsc-1045',
    code('CPSC 1045'),
    { kind: 'choice', by: 'student', options: [[course('CMPT 128', 3)], [course('CMPT 120', 3)], [course('CMPT 130', 3)]] },
    { to: institutions.simonFraser },
  ),
]);

/** The same code twice in one source: a choir course taken in two terms is one course of the receiver. */
export const sameCodeTwice = agreement([rule('choir-twice', all(code('MUSC 1170'), code('MUSC 1170')), credit(course('MUSC 153', 2)))]);

/** One certificate earns four courses. */
export const oneCertificateFourCourses = agreement([
  rule(
    'it-support',
    { kind: 'course', select: { kind: 'code', code: 'GOOGLE-IT-SUPPORT', platform: institutions.coursera } },
    credit(course('CS 1101', 3), course('CS 2204', 3), course('CS 2301', 3), elective('CS', 100, 'CS elective', 3)),
    {
      from: institutions.coursera,
      to: institutions.peoples,
      conditions: { evidence: { identityVerified: true, verifiedTranscript: true } },
    },
  ),
]);

/** Unassigned credit as receivers write it: "2nd", "1XX", "100 lev", "any subject". */
export const unassignedCredit = agreement([
  rule('abst-1104', code('ABST 1104'), credit(elective('POLI', 200, 'POLI 2nd', 3))),
  rule('abst-1100', code('ABST 1100'), credit(elective('SOCI', 100, 'SOCI 1XX', 3)), { to: institutions.trinityWestern }),
  rule('ahis-1218', code('AHIS 1218'), credit(elective('AHIS', 100, 'AHIS 100 lev', 3)), { to: institutions.victoria }),
  rule('geog-1102', code('GEOG 1102'), credit({ ...course('', 3), target: { kind: 'elective', label: { en: 'General elective' } } }), {
    to: institutions.simonFraser,
  }),
]);

/** "CHEM 2316 (4) & CHEM 2416 (4) = CHEM 203 (4) & CHEM 213 (3) & CHEM 245 (1)" and, not conserved, "BIOL 1115 (3) & BIOL 1215 (3) = BIOL 1st (7)". */
export const creditsNotConserved = agreement([
  rule(
    'organic-pair',
    all(code('CHEM 2316'), code('CHEM 2416')),
    credit(course('CHEM 203', 4), course('CHEM 213', 3), course('CHEM 245', 1)),
  ),
  rule(
    'biology-pair',
    all(code('BIOL 1115', { minimumCredits: 3 }), code('BIOL 1215', { minimumCredits: 3 })),
    credit(elective('BIOL', 100, 'BIOL 1st', 7), exempt('BIOL 111'), exempt('BIOL 121'), exempt('BIOL 140')),
    since('1999-05-01', '2003-08-31'),
  ),
]);

/** "Credit for only one of SPAN 1205, 1215, 1218, 2401": a limit over sending courses, beside the rules that would each give credit. */
export const spanishLimit = agreement(
  ['SPAN 1205', 'SPAN 1215', 'SPAN 1218', 'SPAN 2401'].map((text, index) =>
    rule(text.toLowerCase().replace(' ', '-'), code(text), credit(course(`SPAN ${String(201 + index)}`, 3))),
  ),
  {
    limits: [
      {
        id: 'one-spanish',
        over: {
          kind: 'sendingCourses',
          select: ['SPAN 1205', 'SPAN 1215', 'SPAN 1218', 'SPAN 2401'].map((text) => ({ kind: 'code', code: text })),
        },
        maximumCourses: 1,
        note: { en: 'Credit for only one of SPAN 1205, 1215, 1218, 2401.' },
      },
    ],
  },
);

/** A course taught by Tsinghua University on XuetangX, recognised by the platform's partner for credit by weeks of study. */
export const tsinghuaOnXuetangx = agreement(
  [
    rule(
      'data-structures-online',
      {
        kind: 'course',
        select: { kind: 'code', code: '30240184X', provider: institutions.tsinghua, platform: institutions.xuetangx },
        minimumGrade: { scale: 'cn-hundred', value: '60' },
      },
      credit({
        target: { kind: 'course', code: '数据结构' },
        credits: { kind: 'converted', maximum: 3 },
        grade: { kind: 'converted', combine: 'lowest' },
        effect: 'credit',
      }),
      { from: institutions.xuetangx, to: institutions.lanzhou, conditions: { evidence: { identityVerified: true, proctored: true } } },
    ),
  ],
  {
    conversions: [
      {
        from: 'cn-credit',
        to: 'cn-credit',
        method: 'table',
        unit: 'weeks',
        rows: [
          { atLeast: 4, credits: 1 },
          { atLeast: 8, credits: 2 },
          { atLeast: 12, credits: 3 },
        ],
      },
    ],
    redemption: 'once',
  },
);

/** An alliance's framework: any member's course in computing (ISCED-F 061) at EQF 6 is unassigned credit with any other member. */
export const anyMemberInField = agreement(
  [
    rule(
      'computing-at-eqf-6',
      { kind: 'course', select: { kind: 'field', isced: '061', minimumEqf: 6 } },
      credit({
        target: { kind: 'elective', subject: 'INF', label: { en: 'Computing elective' } },
        credits: { kind: 'converted' },
        grade: { kind: 'converted', combine: 'creditWeightedMean' },
        effect: 'credit',
      }),
      { from: anyMember, to: anyMember, governedBy: 'enrolment', conditions: { evidence: { verifiedTranscript: true } } },
    ),
  ],
  {
    parties: [institutions.lisbon, institutions.ghent, institutions.aarhus, institutions.ubc],
    conversions: [{ from: 'us-semester', to: 'ects', method: 'pinned', factor: '2', rounding: { mode: 'halfUp', step: 0.5 } }],
    gradeTables: [
      {
        from: 'langara-letter',
        to: 'cn-hundred',
        method: 'pairs',
        pairs: [
          { from: 'A', to: '90' },
          { from: 'B', to: '80' },
          { from: 'C', to: '70' },
        ],
      },
    ],
    limits: [{ id: 'total', over: { kind: 'everything' }, maximumCredits: 60 }],
  },
);

/** Rows that give no credit, rows that go to a person, and statements about receiving courses. */
export const negatives = agreement(
  [
    rule('abst-1102', code('ABST 1102'), noCredit('noDegreeCredit')),
    rule('anth-1180', code('ANTH 1180'), { kind: 'individualAssessment' }),
    rule('elsewhere', { kind: 'course', select: { kind: 'pattern', pattern: 'ENGL 1###' } }, credit(elective('ENGL', 100, 'ENGL 1st', 3))),
    rule(
      'late-maths',
      { kind: 'course', select: { kind: 'subject', subject: 'MATH', level: 2000 } },
      credit(elective('MATH', 200, 'MATH 2nd', 3)),
    ),
  ],
  {
    statements: [
      { target: 'MATH 400', kind: 'takeAfterTransfer', reason: { en: 'Taught in the final year only.' } },
      { target: 'CPSC 310', kind: 'noArticulation' },
    ],
  },
);

/** All of them by name. */
export const exampleAgreements: Readonly<Record<string, AgreementTerms>> = {
  sixLiveRules,
  anyTwo,
  calculusPair,
  organicChemistryHeld,
  mechanicalEngineeringOnly,
  lastFiveYears,
  cOrBetter,
  twoGradeBands,
  exemption,
  studentMayChoose,
  sameCodeTwice,
  oneCertificateFourCourses,
  unassignedCredit,
  creditsNotConserved,
  spanishLimit,
  tsinghuaOnXuetangx,
  anyMemberInField,
  negatives,
};
