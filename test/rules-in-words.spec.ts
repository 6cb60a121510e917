import { describe, expect, it } from '@jest/globals';
import type { Completion } from '../src/evaluation/domain/index.js';
import type { Requirement } from '../src/programmes/domain/index.js';
import { asking, choosing, held, type Student, thirtyElectives } from './support/asking.js';
import {
  anyMemberInField,
  anyTwo,
  calculusPair,
  code,
  cOrBetter,
  course,
  credit,
  creditsNotConserved,
  exemption,
  institutions,
  lastFiveYears,
  letterGrade,
  mechanicalEngineeringOnly,
  oneCertificateFourCourses,
  organicChemistryHeld,
  rule,
  sameCodeTwice,
  sixLiveRules,
  spanishLimit,
  studentMayChoose,
  tsinghuaOnXuetangx,
  twoGradeBands,
  unassignedCredit,
} from './support/example-rules.js';
import { applied, becauseOf, levelsOf, stateOf, statuses } from './support/judged.js';

/**
 * The real rules that must be expressible, each with completions that a student holds, and what they earn. Numbers in brackets are the
 * objective: [remaining study, requirements completed, recognised credits, completions consumed, loss].
 */

describe('six live rules for one course, where the most specific set of courses wins', () => {
  const stat1181 = held('STAT 1181');
  const stat2225 = held('STAT 2225');
  const stat3223 = held('STAT 3223');
  const stat2281 = held('STAT 2281');
  const math2310 = held('MATH 2310');

  it('takes it alone where nothing else is held', () => {
    const result = asking(sixLiveRules, [stat1181]);
    expect(applied(result)).toEqual(['stat-1181: STAT1181 → STAT 2nd 3']);
    expect(levelsOf(result)).toEqual([27, 0, 3, 1, 0]); // 30 − 3
  });

  it('takes the pair where both are held', () => {
    const result = asking(sixLiveRules, [stat1181, stat2225]);
    expect(applied(result)).toEqual(['stat-1181-2225: STAT1181+STAT2225 → STAT 200 3, STAT 2nd 3']);
    expect(levelsOf(result)).toEqual([24, 0, 6, 2, 0]); // 30 − 6
  });

  it('takes the three where all three are held, and leaves what only goes with the course used up', () => {
    const result = asking(sixLiveRules, [stat1181, stat2225, stat3223, stat2281, math2310]);
    expect(applied(result)).toEqual(['math-2310-stat-1181-2225: MATH2310+STAT1181+STAT2225 → COMM 190 3, COMM 191 3, COMM 1st 3']);
    expect(levelsOf(result)).toEqual([21, 0, 9, 3, 0]); // 30 − 9; of two pairs beside it each needs STAT 1181
    expect(statuses(result)).toMatchObject({ STAT3223: 'notNeeded', STAT2281: 'choiceOpen' });
  });

  it('takes a pair where the rule on three was not yet valid: of two worth the same the smaller id', () => {
    const before = [stat1181, stat2225, math2310].map((own) => ({ ...own, completedOn: '2022-08-31' }));
    const result = asking(sixLiveRules, before);
    // math-2310-stat-1181 and stat-1181-2225 both give 6 for 2 completions of 6; both cannot be: they share STAT 1181.
    expect(applied(result)).toEqual(['math-2310-stat-1181: MATH2310+STAT1181 → MATH 1st 3, STAT 2nd 3']);
    expect(levelsOf(result)).toEqual([24, 0, 6, 2, 0]);
    expect(becauseOf(result, 'STAT2225')).toMatchObject({ status: 'outsideDates', parameters: { date: '2022-08-31', from: '2022-09-01' } });
  });

  it('takes a pair worth no more than the course alone, because it is more specific; by the objective alone it would not', () => {
    const pair = asking(sixLiveRules, [stat1181, stat2281], { rest: choosing('stat-1181-2281', 1) });
    expect(applied(pair)).toEqual(['stat-1181-2281: STAT1181+STAT2281 → STAT 251 3']);
    expect(levelsOf(pair)).toEqual([27, 0, 3, 2, 3]); // 6 sent − 3 recognised are lost
    const alone = asking({ ...sixLiveRules, precedence: 'bestForStudent' }, [stat1181, stat2281]);
    expect(applied(alone)).toEqual(['stat-1181: STAT1181 → STAT 2nd 3']);
    expect(levelsOf(alone)).toEqual([27, 0, 3, 1, 0]); // the same credits with one completion fewer
  });
});

describe('any 2 of ENGL 2236, 2246, 2256, 2266 = CRWR 200 & CRWR 2nd', () => {
  const writing = ['ENGL 2236', 'ENGL 2246', 'ENGL 2256', 'ENGL 2266'].map((text) => held(text));

  it('waits for a second one', () => {
    const result = asking(anyTwo, writing.slice(1, 2));
    expect(becauseOf(result, 'ENGL2246')).toMatchObject({
      status: 'incompleteSet',
      parameters: { missing: expect.arrayContaining(['ENGL 2236', 'ENGL 2256', 'ENGL 2266']), missingCourses: 1 },
    });
  });

  it('takes two of three, the smallest ids', () => {
    const result = asking(anyTwo, writing.slice(1));
    expect(applied(result)).toEqual(['any-two-writing: ENGL2246+ENGL2256 → CRWR 200 3, CRWR 2nd 3']);
    expect(statuses(result)).toEqual({ ENGL2246: 'used', ENGL2256: 'used', ENGL2266: 'notNeeded' });
    expect(levelsOf(result)).toEqual([24, 0, 6, 2, 0]);
  });

  it('applies a second time to the other two, where CRWR 200 is awarded already', () => {
    const result = asking(anyTwo, writing);
    expect(applied(result)).toEqual([
      'any-two-writing: ENGL2236+ENGL2246 → CRWR 200 3, CRWR 2nd 3',
      'any-two-writing: ENGL2256+ENGL2266 → (CRWR 200 0), CRWR 2nd 3',
    ]);
    expect(levelsOf(result)).toEqual([21, 0, 9, 4, 3]); // 6 + 3 recognised; 6 − 3 of the second pair are lost
  });
});

describe('MATH 1273 & 1283 = MATH 101 (1.5); no credit if 1273 is taken by itself', () => {
  const victoria: Student = {
    programme: { institution: institutions.victoria, creditSystem: 'uvic-unit' },
    of: [{ id: 'calculus', kind: 'course', codes: ['MATH 101'], credits: 1.5 }],
  };

  it('gives MATH 101 for both', () => {
    const result = asking(calculusPair, [held('MATH 1273', 3), held('MATH 1283', 1)], victoria);
    expect(applied(result)).toEqual(['calculus-pair: MATH1273+MATH1283 → MATH 101 1.5']);
    // 3 + 1 semester credits are 2 units (15 a year for 30): half a unit is lost. The course and the degree are complete.
    expect(levelsOf(result)).toEqual([0, 2, 1.5, 2, 0.5]);
  });

  it('refuses the first by itself, with the reason', () => {
    const result = asking(calculusPair, [held('MATH 1273', 3)], victoria);
    expect(becauseOf(result, 'MATH1273')).toMatchObject({
      status: 'refusedByRule',
      rule: 'calculus-alone',
      parameters: { reason: 'workload' },
    });
    expect(levelsOf(result)).toEqual([1.5, 0, 0, 0, 0]);
  });

  it('waits for the first where the second is held', () => {
    const result = asking(calculusPair, [held('MATH 1283', 1)], victoria);
    expect(becauseOf(result, 'MATH1283')).toMatchObject({ status: 'incompleteSet', parameters: { missing: ['MATH 1273'] } });
  });
});

describe('BIOL 201 if Organic Chemistry is held, else BIOL 2nd', () => {
  it.each([
    ['nothing else', [], 'biol-2315-alone: BIOL2315 → BIOL 2nd 3'],
    ['half of the pair', ['CHEM 2316'], 'biol-2315-alone: BIOL2315 → BIOL 2nd 3'],
    ['the pair', ['CHEM 2316', 'CHEM 2416'], 'biol-2315-with-organic: BIOL2315 → BIOL 201 3'],
    ['the one course', ['CHEM 2216'], 'biol-2315-with-organic: BIOL2315 → BIOL 201 3'],
  ])('with %s', (_, others, expected) => {
    const result = asking(organicChemistryHeld, [held('BIOL 2315'), ...others.map((text) => held(text))]);
    expect(applied(result)).toEqual([expected]);
    expect(levelsOf(result)).toEqual([27, 0, 3, 1, 0]);
  });

  it('looks at the chemistry and does not consume it', () => {
    const rules = [...organicChemistryHeld.rules, rule('chem-2216', code('CHEM 2216'), credit(course('CHEM 203', 4)))];
    const result = asking({ ...organicChemistryHeld, rules }, [held('BIOL 2315'), held('CHEM 2216', 4)]);
    expect(applied(result)).toEqual(['biol-2315-with-organic: BIOL2315 → BIOL 201 3', 'chem-2216: CHEM2216 → CHEM 203 4']);
    expect(levelsOf(result)).toEqual([23, 0, 7, 2, 0]); // 3 + 4
  });
});

describe('only if admitted into Mechanical Engineering, otherwise no credit', () => {
  it.each([
    ['BASC-MECH', ['apsc-1299-mech: APSC1299 → MECH 220 3'], 'used', 3],
    ['BASC-CIVIL', [], 'refusedByRule', 0],
  ])('in %s', (programmeCode, expected, status, recognised) => {
    const result = asking(mechanicalEngineeringOnly, [held('APSC 1299')], { programme: { code: programmeCode } });
    expect(applied(result)).toEqual(expected);
    expect(statuses(result)).toEqual({ APSC1299: status });
    expect(result.totals.recognised).toBe(recognised);
  });
});

describe('within the last 5 years', () => {
  const nursing = (programmeCode: string, completedOn: string) =>
    asking(lastFiveYears, [held('KINS 2206', 3, { completedOn })], {
      programme: { institution: institutions.vancouverCommunityCollege, code: programmeCode },
      rest: { requestDate: '2026-03-01', policyDate: '2026-03-01' },
    });

  it.each([
    ['BSCN', '2021-03-01', ['kins-2206-bscn: KINS2206 → MATH 1111 3']],
    ['BSCN', '2021-02-28', []],
    ['BSCN-ADV', '2021-02-28', ['kins-2206-bscn-advance: KINS2206 → MATH 1111 3']],
    ['BSCN-ADV', '2019-12-31', []],
  ])('for %s, completed on %s', (programmeCode, completedOn, expected) => {
    expect(applied(nursing(programmeCode, completedOn))).toEqual(expected);
  });

  it('says which day would have done', () => {
    expect(becauseOf(nursing('BSCN', '2021-02-28'), 'KINS2206')).toMatchObject({
      status: 'tooOld',
      parameters: { date: '2021-02-28', earliest: '2021-03-01', duration: 'P5Y', before: 'request' },
    });
  });
});

describe('grades', () => {
  it.each([
    ['C', 'used'],
    ['C+', 'used'],
    ['C-', 'gradeTooLow'],
  ])('C or better: %s', (grade, status) => {
    const result = asking(cOrBetter, [held('ECON 1220', 3, { grade: letterGrade(grade) })]);
    expect(statuses(result)).toEqual({ ECON1220: status });
    if (status !== 'used') expect(becauseOf(result, 'ECON1220').parameters).toMatchObject({ minimum: 'C', grade, comparable: true });
  });

  it('C or better: no grade is not met', () => {
    expect(statuses(asking(cOrBetter, [held('ECON 1220')]))).toEqual({ ECON1220: 'gradeTooLow' });
  });

  it.each([
    ['A', ['math-1171-high: MATH1171 → MATH 100 3']],
    ['B', ['math-1171-high: MATH1171 → MATH 100 3']],
    ['B-', ['math-1171-low: MATH1171 → MATH 1st 3']],
    ['C-', ['math-1171-low: MATH1171 → MATH 1st 3']],
    ['D', []],
  ])('two grade bands of one course: %s', (grade, expected) => {
    expect(applied(asking(twoGradeBands, [held('MATH 1171', 3, { grade: letterGrade(grade) })]))).toEqual(expected);
  });
});

describe('outcomes', () => {
  it('exemption with 0 credits fills the named course', () => {
    const of: readonly Requirement[] = [{ id: 'astronomy', kind: 'course', codes: ['ASTR 310'], credits: 3 }, ...thirtyElectives];
    const result = asking(exemption, [held('ASTR 3310')], { of });
    expect(applied(result)).toEqual(['astr-3310: ASTR3310 → ASTR 1st 3, ASTR 310 exemption']);
    // 33 − 3 of the course that need not be studied − 3 electives; 3 recognised, the exemption adds none.
    expect(levelsOf(result)).toEqual([27, 1, 3, 1, 0]);
    expect(stateOf(result, 'astronomy')).toMatchObject({ complete: true, remaining: 0 });
  });

  it.each([
    [undefined, 'cpsc-1045: CPSC1045 → CMPT 128 3', true],
    [1, 'cpsc-1045: CPSC1045 → CMPT 120 3', false],
    [2, 'cpsc-1045: CPSC1045 → CMPT 130 3', false],
  ])('the student may choose CMPT 120 or 130 instead of 128: chosen %s', (option, expected, provisional) => {
    const rest = option === undefined ? {} : choosing('cpsc-1045', option);
    const result = asking(studentMayChoose, [held('CPSC 1045')], { programme: { institution: institutions.simonFraser }, rest });
    expect(applied(result)).toEqual([expected]); // unmade, the best: all are worth 3, the first one
    expect(result.provisional).toBe(provisional);
  });

  it('an unmade choice is made as serves the student best', () => {
    const of: readonly Requirement[] = [{ id: 'programming', kind: 'course', codes: ['CMPT 130'], credits: 3 }];
    const result = asking(studentMayChoose, [held('CPSC 1045')], { programme: { institution: institutions.simonFraser }, of });
    expect(applied(result)).toEqual(['cpsc-1045: CPSC1045 → CMPT 130 3']);
    expect(result.applications[0]?.choice).toEqual({ option: 2, made: false });
  });

  it('the same code twice in one source takes two attempts at one course', () => {
    const autumn = held('MUSC 1170', 1, { id: 'autumn', completedOn: '2023-12-10' });
    const spring = held('MUSC 1170', 1, { id: 'spring' });
    expect(applied(asking(sameCodeTwice, [autumn, spring]))).toEqual(['choir-twice: autumn+spring → MUSC 153 2']);
    expect(becauseOf(asking(sameCodeTwice, [spring]), 'spring')).toMatchObject({
      status: 'incompleteSet',
      parameters: { missing: ['MUSC 1170'], missingCourses: 1 },
    });
  });

  it('one certificate earns four courses', () => {
    const certificate = held('GOOGLE-IT-SUPPORT', 12, { provider: 'google', platform: institutions.coursera, mooc: true });
    const result = asking(oneCertificateFourCourses, [certificate], { programme: { institution: institutions.peoples } });
    expect(applied(result)).toEqual(['it-support: GOOGLE-IT-SUPPORT → CS 1101 3, CS 2204 3, CS 2301 3, CS elective 3']);
    expect(levelsOf(result)).toEqual([18, 0, 12, 1, 0]); // 30 − 4 × 3
    expect(result.applications[0]?.awards.every(({ mooc }) => mooc)).toBe(true);
  });

  it.each([
    ['ABST 1104', institutions.ubc, 'POLI 2nd'],
    ['ABST 1100', institutions.trinityWestern, 'SOCI 1XX'],
    ['AHIS 1218', institutions.victoria, 'AHIS 100 lev'],
    ['GEOG 1102', institutions.simonFraser, 'General elective'],
  ])('unassigned credit in any notation: %s at %s is %s', (text, institution, label) => {
    const result = asking(unassignedCredit, [held(text)], { programme: { institution } });
    expect(applied(result)).toEqual([`${text.toLowerCase().replace(' ', '-')}: ${text.replace(' ', '')} → ${label} 3`]);
  });

  it('credits are not conserved: 4 + 4 are 4 + 3 + 1, and 3 + 3 are 7', () => {
    const chemistry = asking(creditsNotConserved, [held('CHEM 2316', 4), held('CHEM 2416', 4)]);
    expect(applied(chemistry)).toEqual(['organic-pair: CHEM2316+CHEM2416 → CHEM 203 4, CHEM 213 3, CHEM 245 1']);
    expect(levelsOf(chemistry)).toEqual([22, 0, 8, 2, 0]);
    const biology = ['BIOL 1115', 'BIOL 1215'].map((text) => held(text, 3, { completedOn: '2003-08-31' }));
    const result = asking(creditsNotConserved, biology);
    expect(applied(result)).toEqual([
      'biology-pair: BIOL1115+BIOL1215 → BIOL 1st 7, BIOL 111 exemption, BIOL 121 exemption, BIOL 140 exemption',
    ]);
    expect(levelsOf(result)).toEqual([23, 0, 7, 2, 0]); // max(0, 6 − 7) is lost: nothing
  });

  it('credit for only one of SPAN 1205, 1215, 1218, 2401', () => {
    const result = asking(spanishLimit, [held('SPAN 1215'), held('SPAN 1218'), held('SPAN 2401')]);
    expect(applied(result)).toEqual(['span-1215: SPAN1215 → SPAN 202 3']);
    expect(statuses(result)).toEqual({ SPAN1215: 'used', SPAN1218: 'limitReached', SPAN2401: 'limitReached' });
    expect(result.binding).toEqual([{ kind: 'limit', id: 'one-spanish', agreement: 'g' }]);
  });
});

describe('platforms and alliances', () => {
  const structures = (rest: Partial<Completion> = {}) =>
    held('30240184X', 4, {
      provider: institutions.tsinghua,
      platform: institutions.xuetangx,
      creditSystem: 'cn-credit',
      grade: { scale: 'cn-hundred', value: '87' },
      weeks: 11,
      mooc: true,
      ...rest,
    });
  const lanzhou: Student = {
    programme: { institution: institutions.lanzhou, creditSystem: 'cn-credit' },
    of: [{ id: 'structures', kind: 'course', codes: ['数据结构'], credits: 2 }],
    rest: { receivingScale: 'cn-hundred' },
  };

  it('a course taught by Tsinghua on XuetangX counts by its weeks, with its grade', () => {
    const result = asking(tsinghuaOnXuetangx, [structures()], lanzhou);
    expect(applied(result)).toEqual(['data-structures-online: 30240184X → 数据结构 2']);
    expect(result.applications[0]).toMatchObject({
      convertedCredits: 2, // 11 weeks reach the row of 8
      conversions: [{ credits: 4, creditSystem: 'cn-credit', method: 'table', converted: '2' }],
      awards: [{ grade: { kind: 'converted', scale: 'cn-hundred', value: '87' } }],
    });
    expect(levelsOf(result)).toEqual([0, 2, 2, 1, 0]);
  });

  it.each<[string, Partial<Completion>, string | undefined]>([
    ['below the pass mark', { grade: { scale: 'cn-hundred', value: '59' } }, 'gradeTooLow'],
    ['without a proctor', { evidence: { identityVerified: true, proctored: false, verification: 'verified' } }, 'evidenceMissing'],
    ['taught by somebody else', { provider: 'pku' }, 'unmatched'],
    ['on another platform', { platform: 'icourse' }, 'unmatched'],
  ])('but not %s', (_, rest, status) => {
    const result = asking(tsinghuaOnXuetangx, [structures(rest)], lanzhou);
    expect(statuses(result)).toEqual({ '30240184X': status });
  });

  it('nor when the certificate has earned credit anywhere before', () => {
    const redemptions = [{ completion: '30240184X', institution: institutions.ubc, programme: 'BA' }];
    const result = asking(tsinghuaOnXuetangx, [structures()], { ...lanzhou, rest: { redemptions } });
    expect(becauseOf(result, '30240184X')).toMatchObject({
      status: 'alreadyRedeemed',
      parameters: { redemption: 'once', institution: 'ubcv' },
    });
  });

  it('any member’s course in a field at EQF 6 is an elective with any other member', () => {
    const algorithms = held('CS 220', 3.3, {
      provider: institutions.ubc,
      isced: '0613',
      eqfLevel: 6,
      enrolledOn: '2023-09-01',
      grade: letterGrade('B'),
    });
    const lisbon: Student = {
      programme: { institution: institutions.lisbon, creditSystem: 'ects' },
      rest: { receivingScale: 'cn-hundred' },
    };
    const result = asking(anyMemberInField, [algorithms, { ...algorithms, id: 'bachelor', code: 'CS 101', eqfLevel: 5 }], lisbon);
    // 3.3 × 2 = 6.6, to the nearest half 6.5; 6.5 of 30.
    expect(applied(result)).toEqual(['computing-at-eqf-6: CS220 → Computing elective 6.5']);
    expect(levelsOf(result)).toEqual([23.5, 0, 6.5, 1, 0]);
    expect(result.applications[0]).toMatchObject({
      conversions: [{ method: 'pinned', factor: '2', converted: '33/5', originalGrade: { scale: 'langara-letter', value: 'B' } }],
      awards: [{ grade: { kind: 'converted', scale: 'cn-hundred', value: '80', mean: '80' } }],
    });
    expect(statuses(result)).toEqual({ CS220: 'used', bachelor: 'unmatched' });
  });
});
