import { describe, expect, it } from '@jest/globals';
import { applied, refusal, refusalsOf } from '../../../test/support/candidates.js';
import * as examples from '../../../test/support/example-rules.js';

import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { Candidates } from './candidate.js';
import { findCandidates } from './candidates.js';
import { compileRevision } from './compiled-revision.js';
import type { Completion, EvaluationInput, RevisionInForce } from './input.js';

const { creditSystems, exampleAgreements, gradingScales, institutions, letterGrade } = examples;

/** The example rules (most of them rows of the BC Transfer Guide) on what a learner may hold. */

/** Completed at Langara, with three semester credits, on 2024-04-30, unless said otherwise; its id is its code. */
function held(code: string, rest: Partial<Completion> = {}): Completion {
  return {
    id: code,
    provider: institutions.langara,
    code,
    credits: 3,
    creditSystem: 'us-semester',
    outcome: 'achieved',
    completedOn: '2024-04-30',
    enrolledOn: '2024-01-08',
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc: false,
    repeatable: false,
    ...rest,
  };
}

interface Place {
  readonly institution?: string;
  readonly programme?: string;
  readonly system?: string;
  readonly rest?: Partial<EvaluationInput>;
}

const revisionOf = (terms: AgreementTerms, agreement = 'guide'): RevisionInForce => ({
  agreement,
  revision: 1,
  digest: `sha-256:${agreement}`,
  terms,
  receivingCourses: [],
});

function at(
  terms: AgreementTerms,
  completions: readonly Completion[],
  { institution = institutions.ubc, programme = 'BSC', system = 'us-semester', rest = {} }: Place = {},
): Candidates {
  return findCandidates({
    policyDate: '2025-06-01',
    requestDate: '2025-06-01',
    programme: {
      id: 'p',
      institution,
      code: programme,
      catalogueYear: 2025,
      title: { en: 'Programme' },
      creditSystem: system,
      totalCredits: 120,
      requirements: { id: 'e', kind: 'freeElectives', credits: 120 },
      policy: {},
    },
    agreements: [revisionOf(terms)],
    completions,
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems,
    gradingScales,
    whatIf: false,
    ...rest,
  });
}

/** What the one application gives: "code credits", for an elective the label. */
function awards({ applications }: Candidates): readonly string[] {
  return applications.flatMap((application) =>
    application.awards.map(({ award: { target, effect }, credits }) => {
      const name = target.kind === 'course' ? target.code : (target.label?.['en'] ?? '');
      return `${effect === 'credit' ? '' : `${effect} `}${name} ${String(credits / 1000)}`;
    }),
  );
}

const codes = (...list: readonly string[]): readonly Completion[] => list.map((code) => held(code));

describe('example rules', () => {
  it('six live rules for STAT 1181: the most specific set of courses wins', () => {
    const { sixLiveRules } = examples;
    const rules = (...list: readonly string[]): readonly string[] => applied(at(sixLiveRules, codes(...list)));
    expect(rules('STAT 1181')).toEqual(['stat-1181: STAT 1181']);
    expect(rules('STAT 1181', 'STAT 2225')).toEqual(['stat-1181-2225: STAT 1181+STAT 2225']);
    // Two pairs share STAT 1181 and exclude each other; neither contains the other.
    expect(rules('STAT 1181', 'STAT 2225', 'STAT 3223')).toEqual([
      'stat-1181-2225: STAT 1181+STAT 2225',
      'stat-1181-3223: STAT 1181+STAT 3223',
    ]);
    expect(rules('STAT 1181', 'STAT 2281')).toEqual(['stat-1181-2281/0: STAT 1181+STAT 2281', 'stat-1181-2281/1: STAT 1181+STAT 2281']);
    expect(rules('MATH 2310', 'STAT 1181', 'STAT 2225')).toEqual(['math-2310-stat-1181-2225: MATH 2310+STAT 1181+STAT 2225']);
    const all = at(sixLiveRules, codes('MATH 2310', 'STAT 1181', 'STAT 2225'));
    expect(
      refusalsOf(all, 'STAT 1181').map(({ rule, ...outcome }) => [
        rule,
        outcome.status,
        outcome.status === 'outranked' ? outcome.parameters.byRule : outcome.status === 'incompleteSet' && outcome.parameters.missing,
      ]),
    ).toEqual([
      ['stat-1181-2281', 'incompleteSet', ['STAT 2281']],
      ['stat-1181-3223', 'incompleteSet', ['STAT 3223']],
      ['math-2310-stat-1181', 'outranked', 'math-2310-stat-1181-2225'],
      ['stat-1181', 'outranked', 'math-2310-stat-1181'],
      ['stat-1181-2225', 'outranked', 'math-2310-stat-1181-2225'],
    ]);
  });

  it('any 2 of four writing courses', () => {
    const { anyTwo } = examples;
    const three = at(anyTwo, codes('ENGL 2236', 'ENGL 2246', 'ENGL 2266'));
    expect(applied(three).map((text) => text.replace('any-two-writing: ', ''))).toEqual([
      'ENGL 2236+ENGL 2246',
      'ENGL 2236+ENGL 2266',
      'ENGL 2246+ENGL 2266',
    ]);
    expect(refusal(at(anyTwo, codes('ENGL 2256')), 'ENGL 2256')).toEqual({
      status: 'incompleteSet',
      parameters: { missing: ['ENGL 2236', 'ENGL 2246', 'ENGL 2266'], missingCourses: 1 },
    });
  });

  it('MATH 1273 and 1283 are MATH 101 (1.5); no credit if 1273 is taken by itself', () => {
    const { calculusPair } = examples;
    const victoria = { institution: institutions.victoria, system: 'uvic-unit' };
    const both = at(calculusPair, codes('MATH 1273', 'MATH 1283'), victoria);
    expect([applied(both), awards(both)]).toEqual([['calculus-pair: MATH 1273+MATH 1283'], ['MATH 101 1.5']]);
    const alone = at(calculusPair, codes('MATH 1273'), victoria);
    expect([applied(alone), refusal(alone, 'MATH 1273')]).toEqual([[], { status: 'refusedByRule', parameters: { reason: 'workload' } }]);
  });

  it('BIOL 201 if organic chemistry is held, else BIOL 2nd', () => {
    const { organicChemistryHeld } = examples;
    const given = (...list: readonly string[]): readonly string[] => awards(at(organicChemistryHeld, codes('BIOL 2315', ...list)));
    expect([given(), given('CHEM 2316'), given('CHEM 2216'), given('CHEM 2316', 'CHEM 2416')]).toEqual([
      ['BIOL 2nd 3'],
      ['BIOL 2nd 3'],
      ['BIOL 201 3'],
      ['BIOL 201 3'],
    ]);
  });

  it('only if admitted into Mechanical Engineering, otherwise no credit', () => {
    const { mechanicalEngineeringOnly } = examples;
    const into = (programme: string): Candidates => at(mechanicalEngineeringOnly, codes('APSC 1299'), { programme });
    expect(awards(into('BASC-MECH'))).toEqual(['MECH 220 3']);
    expect(refusalsOf(into('BSC'), 'APSC 1299').map(({ rule, status }) => [rule, status])).toEqual([
      ['apsc-1299-others', 'refusedByRule'],
      ['apsc-1299-mech', 'programmeExcluded'],
    ]);
  });

  it('within the last 5 years', () => {
    const { lastFiveYears } = examples;
    const on = (completedOn: string, programme = 'BSCN'): Candidates =>
      at(lastFiveYears, [held('KINS 2206', { completedOn })], { institution: institutions.vancouverCommunityCollege, programme });
    expect(awards(on('2020-06-01'))).toEqual(['MATH 1111 3']);
    expect(refusal(on('2020-05-31'), 'KINS 2206')).toMatchObject({ status: 'tooOld', parameters: { earliest: '2020-06-01' } });
    expect(awards(on('2020-05-31', 'BSCN-ADV'))).toEqual(['MATH 1111 3']);
  });

  it('C or better', () => {
    const { cOrBetter } = examples;
    const by = (grade: string): Candidates => at(cOrBetter, [held('ECON 1220', { grade: letterGrade(grade) })]);
    expect([awards(by('C')), awards(by('A+'))]).toEqual([['ECON 101 3'], ['ECON 101 3']]);
    expect(refusal(by('C-'), 'ECON 1220')).toMatchObject({ status: 'gradeTooLow', parameters: { minimum: 'C', grade: 'C-' } });
  });

  it('two grade bands of one course', () => {
    const { twoGradeBands } = examples;
    const by = (grade: string): readonly string[] => awards(at(twoGradeBands, [held('MATH 1171', { grade: letterGrade(grade) })]));
    expect([by('B'), by('B-'), by('C-'), by('D')]).toEqual([['MATH 100 3'], ['MATH 1st 3'], ['MATH 1st 3'], []]);
  });

  it('exemption with 0 credits', () => {
    expect(awards(at(examples.exemption, codes('ASTR 3310')))).toEqual(['ASTR 1st 3', 'exemption ASTR 310 0']);
  });

  it('the student may choose CMPT 120 or 130 instead of 128', () => {
    const { studentMayChoose } = examples;
    const place = { institution: institutions.simonFraser };
    expect(awards(at(studentMayChoose, codes('CPSC 1045'), place))).toEqual(['CMPT 128 3', 'CMPT 120 3', 'CMPT 130 3']);
    const choices = [{ agreement: 'guide', rule: 'cpsc-1045', option: 2 }];
    expect(awards(at(studentMayChoose, codes('CPSC 1045'), { ...place, rest: { choices } }))).toEqual(['CMPT 130 3']);
  });

  it('the same code twice in one source', () => {
    const { sameCodeTwice } = examples;
    const terms = ['1', '2'].map((id) => held('MUSC 1170', { id, completedOn: `2024-0${id}-01` }));
    expect(applied(at(sameCodeTwice, terms))).toEqual(['choir-twice: 1+2']);
    expect(refusal(at(sameCodeTwice, terms.slice(1)), '2')).toEqual({
      status: 'incompleteSet',
      parameters: { missing: ['MUSC 1170'], missingCourses: 1 },
    });
  });

  it('one certificate earns four courses', () => {
    const certificate = held('GOOGLE-IT-SUPPORT', { provider: 'google', platform: institutions.coursera });
    const place = { institution: institutions.peoples };
    expect(awards(at(examples.oneCertificateFourCourses, [certificate], place))).toEqual([
      'CS 1101 3',
      'CS 2204 3',
      'CS 2301 3',
      'CS elective 3',
    ]);
    const unproven = {
      ...certificate,
      evidence: { ...certificate.evidence, identityVerified: false, verification: 'unverified' as const },
    };
    expect(refusal(at(examples.oneCertificateFourCourses, [unproven], place), 'GOOGLE-IT-SUPPORT')?.parameters).toEqual({
      evidence: ['identityVerified', 'verifiedTranscript'],
    });
  });

  it('unassigned credit as receivers write it', () => {
    const { unassignedCredit } = examples;
    expect(awards(at(unassignedCredit, codes('ABST 1104', 'ABST 1100')))).toEqual(['POLI 2nd 3']);
    expect(awards(at(unassignedCredit, codes('ABST 1104', 'ABST 1100'), { institution: institutions.trinityWestern }))).toEqual([
      'SOCI 1XX 3',
    ]);
    expect(awards(at(unassignedCredit, codes('AHIS 1218'), { institution: institutions.victoria }))).toEqual(['AHIS 100 lev 3']);
    expect(awards(at(unassignedCredit, codes('GEOG 1102'), { institution: institutions.simonFraser }))).toEqual(['General elective 3']);
  });

  it('credits that are not conserved', () => {
    const { creditsNotConserved } = examples;
    const chemistry = at(creditsNotConserved, codes('CHEM 2316', 'CHEM 2416'));
    expect(awards(chemistry)).toEqual(['CHEM 203 4', 'CHEM 213 3', 'CHEM 245 1']);
    expect(chemistry.applications[0]?.convertedSum).toBe(6000);
    const biology = ['BIOL 1115', 'BIOL 1215'].map((code) => held(code, { completedOn: '2003-08-31' }));
    expect(awards(at(creditsNotConserved, biology))).toEqual([
      'BIOL 1st 7',
      'exemption BIOL 111 0',
      'exemption BIOL 121 0',
      'exemption BIOL 140 0',
    ]);
    const short = biology.map((completion, index) => ({ ...completion, credits: 3 - index }));
    expect(refusal(at(creditsNotConserved, short), 'BIOL 1215')?.parameters).toEqual({ minimumCredits: 3, credits: 2 });
  });

  it('a limit over sending courses leaves each its application', () => {
    expect(applied(at(examples.spanishLimit, codes('SPAN 1205', 'SPAN 1215')))).toEqual(['span-1205: SPAN 1205', 'span-1215: SPAN 1215']);
  });

  it('a course taught by Tsinghua on XuetangX, by weeks of study', () => {
    const { tsinghuaOnXuetangx } = examples;
    const grade = { scale: 'cn-hundred', value: '88' };
    const course = held('30240184X', {
      provider: institutions.tsinghua,
      platform: institutions.xuetangx,
      creditSystem: 'cn-credit',
      weeks: 16,
      grade,
      mooc: true,
    });
    const place = { institution: institutions.lanzhou, system: 'cn-credit', rest: { receivingScale: 'cn-hundred' } };
    const [application] = at(tsinghuaOnXuetangx, [course], place).applications;
    expect(application).toMatchObject({ mooc: true, convertedSum: 3000, conversions: [{ method: 'table', converted: '3' }] });
    expect(application?.awards).toMatchObject([
      { credits: 3000, grade: { kind: 'converted', scale: 'cn-hundred', value: '88' }, passFail: false },
    ]);
    expect(applied(at(tsinghuaOnXuetangx, [{ ...course, platform: 'edx' }], place))).toEqual([]);
    const entry = { completion: '30240184X', institution: 'elsewhere', programme: 'any' };
    const used = at(tsinghuaOnXuetangx, [course], { ...place, rest: { redemptions: [entry] } });
    expect(refusal(used, '30240184X')?.status).toBe('alreadyRedeemed');
  });

  it('any member’s course in a field at EQF 6', () => {
    const { anyMemberInField } = examples;
    const place = { institution: institutions.lisbon, system: 'ects' };
    const course = (rest: Partial<Completion>): Completion =>
      held('IT 7', { provider: institutions.ubc, isced: '0613', eqfLevel: 6, ...rest });
    const given = at(anyMemberInField, [course({ credits: 3.1 })], place);
    expect(given.applications).toMatchObject([{ convertedSum: 6000, conversions: [{ method: 'pinned', factor: '2', converted: '31/5' }] }]); // 6.2, to halves
    expect(applied(at(anyMemberInField, [course({ provider: institutions.langara })], place))).toEqual([]);
    expect(applied(at(anyMemberInField, [course({ eqfLevel: 5 })], place))).toEqual([]);
    expect(applied(at(anyMemberInField, [course({})], { institution: institutions.langara }))).toEqual([]);
    const { enrolledOn: _, ...undated } = course({});
    expect(refusal(at(anyMemberInField, [undated], place), 'IT 7')).toEqual({ status: 'dateMissing', parameters: { which: 'enrolment' } });
  });

  it('rows that give no credit, rows that go to a person, and vague rows', () => {
    const { negatives } = examples;
    const candidates = at(negatives, codes('ABST 1102', 'ANTH 1180', 'ENGL 1123', 'MATH 2362', 'MATH 1273'));
    expect(applied(candidates)).toEqual(['elsewhere: ENGL 1123', 'late-maths: MATH 2362']);
    expect(['ABST 1102', 'ANTH 1180', 'MATH 1273'].map((id) => refusal(candidates, id)?.status)).toEqual([
      'refusedByRule',
      'needsAssessment',
      undefined,
    ]);
  });
});

describe('the candidates', () => {
  it('are sorted: completions by id, applications by rule, agreement, completions, option', () => {
    const { studentMayChoose, negatives } = examples;
    const to = { institution: institutions.simonFraser };
    const vague = { ...negatives, rules: negatives.rules.map((rule) => ({ ...rule, to: institutions.simonFraser })) };
    const agreements = [revisionOf(vague, 'b'), revisionOf(studentMayChoose, 'c'), revisionOf(vague, 'a')];
    const { completions, applications } = at(studentMayChoose, codes('ENGL 1129', 'CPSC 1045', 'ENGL 1123'), {
      ...to,
      rest: { agreements },
    });
    expect(completions.map(({ id }) => id)).toEqual(['CPSC 1045', 'ENGL 1123', 'ENGL 1129']);
    expect(applications.map(({ rule, revision, set, choice }) => [rule.id, revision.agreement, set[0], choice?.option])).toEqual([
      ['cpsc-1045', 'c', 0, 0],
      ['cpsc-1045', 'c', 0, 1],
      ['cpsc-1045', 'c', 0, 2],
      ['elsewhere', 'a', 1, undefined],
      ['elsewhere', 'a', 2, undefined],
      ['elsewhere', 'b', 1, undefined],
      ['elsewhere', 'b', 2, undefined],
    ]);
  });

  it('tell of each completion what became of the rules in the order of statuses, then by rule and agreement', () => {
    const agreements = ['b', 'a'].map((id) => revisionOf(examples.twoGradeBands, id));
    const candidates = at(examples.twoGradeBands, [held('MATH 1171', { grade: letterGrade('D') })], { rest: { agreements } });
    expect(refusalsOf(candidates, 'MATH 1171').map(({ rule, agreement, status }) => [rule, agreement, status])).toEqual([
      ['math-1171-high', 'a', 'gradeTooLow'],
      ['math-1171-high', 'b', 'gradeTooLow'],
      ['math-1171-low', 'a', 'gradeTooLow'],
      ['math-1171-low', 'b', 'gradeTooLow'],
    ]);
  });

  it('of nothing are nothing', () => {
    const empty = { completions: [], applications: [], refusals: [], settled: [], conflicts: [], complete: true };
    for (const terms of Object.values(exampleAgreements)) expect(at(terms, [])).toEqual(empty);
  });
});

describe('compileRevision', () => {
  it('compiles a revision once', () => {
    const revision: RevisionInForce = { ...revisionOf(examples.sixLiveRules), receivingCourses: [{ code: 'stat 200', credits: 3 }] };
    const compiled = compileRevision(revision);
    expect(compileRevision(revision)).toBe(compiled);
    expect(compileRevision({ ...revision })).not.toBe(compiled);
    expect([[...compiled.senders], [...compiled.parties], [...compiled.receivingCredits]]).toEqual([
      [institutions.langara],
      [institutions.langara, institutions.ubc],
      [['STAT200', 3000]],
    ]);
    expect([...compileRevision(revisionOf(examples.anyMemberInField)).senders]).toEqual(examples.anyMemberInField.parties);
  });
});
