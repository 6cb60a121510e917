import { describe, expect, it } from '@jest/globals';
import { validateTerms } from '../src/agreements/domain/index.js';
import type { EvaluationResult, HomeCourse } from '../src/evaluation/domain/index.js';
import { validateProgramme } from '../src/programmes/domain/index.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import {
  iitgnClauses,
  type IitgnCase,
  iitgnInput,
  iitgnProgramme,
  iitgnTerms,
  moocCompletion,
  nptel,
  otherPlatforms,
  postgraduatePolicy,
  undergraduatePolicy,
} from './support/iitgn.js';
import { accepted } from './support/judged.js';
import { readSharedFile } from './support/shared-data.js';

const folder = 'policies/iitgn_mooc';

/** The sentences of a text in Markdown and HTML, without its marks. */
function sentencesOf(markdown: string): string[] {
  const plain = markdown
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\*\*/g, '')
    .replace(/^\s*(?:[-#]+|\d+\.)\s*/gm, '');
  return plain
    .split(/\n|(?<=\.)\s+(?=[A-Z])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[a-z].* /.test(sentence) && !/^(?:\S+\s+){0,5}\S+:$/.test(sentence) && sentence !== 'Online Courses');
}

describeOnSharedData('the text of the MOOC policy of IIT Gandhinagar', folder, () => {
  it('has each of its sentences expressed by a field, or named as no rule about credit', () => {
    const sentences = sentencesOf(new TextDecoder().decode(readSharedFile(folder, 'academics_onlinecourses.md')));
    for (const sentence of sentences) {
      expect([sentence, iitgnClauses.filter(({ quote }) => sentence.includes(quote)).map(({ quote }) => quote)]).toEqual([
        sentence,
        [expect.any(String)],
      ]);
    }
    for (const { quote } of iitgnClauses)
      expect([quote, sentences.filter((sentence) => sentence.includes(quote)).length]).toEqual([quote, 1]);
  });
});

/** NPTEL courses of so many weeks each. */
const nptelCourses = (...weeks: readonly number[]) =>
  weeks.map((count, index) => moocCompletion(`c${String(index)}`, nptel, `noc-${String(index)}`, { weeks: count }));

const home = (id: string, credits: number): HomeCourse => ({
  id,
  code: `EL ${id}`,
  credits,
  status: 'done',
  passFail: true,
  attributes: [],
});

/** What the engine answers, every level proven, and the checker accepts. */
function evaluated(student: IitgnCase): EvaluationResult {
  return accepted(iitgnInput(student));
}

describe('the MOOC policy of IIT Gandhinagar', () => {
  it('is made of valid terms and programmes', () => {
    expect(validateTerms(iitgnTerms)).toEqual([]);
    expect([undergraduatePolicy, postgraduatePolicy].flatMap((policy) => validateProgramme(iitgnProgramme(policy)))).toEqual([]);
  });

  it('"map onto 1, 2 and 3 credits": 4, 8 and 12 weeks; less than four weeks earn none', () => {
    const { applications } = evaluated({ completions: nptelCourses(4, 8, 12, 3) });
    const counted = applications.map(({ completions, awards }) => [...completions, ...awards.map(({ credits }) => credits)]);
    expect(counted).toEqual(
      expect.arrayContaining([
        ['c0', 1],
        ['c1', 2],
        ['c2', 3],
      ]),
    );
    expect(applications.flatMap(({ awards }) => awards).reduce((sum, { credits }) => sum + credits, 0)).toBe(6);
  });

  it('"NPTEL Online Certification Courses will be included": whatever their code', () => {
    const result = evaluated({ completions: [moocCompletion('c', nptel, 'noc24-cs01', { weeks: 12 })] });
    expect(result.completions).toMatchObject([{ status: 'used', because: { rule: 'nptel-courses' } }]);
  });

  it.each(otherPlatforms)('"approved on a case-by-case basis": a course on %s goes to a person', (platform) => {
    const result = evaluated({ completions: [moocCompletion('c', platform, 'any-course', { weeks: 12 })] });
    expect(result.completions).toMatchObject([{ status: 'needsAssessment' }]);
    expect(result.totals.recognised).toBe(0);
  });

  it.each([
    ['2024-01-14', 0],
    ['2024-01-15', 3],
    ['2027-01-14', 3],
    ['2027-01-15', 0],
  ])('"remain approved for three years": enrolled on %s, the approved course earns %d credits', (enrolledOn, credits) => {
    const course = moocCompletion('c', 'coursera', 'Machine-Learning', { weeks: 11, enrolledOn, completedOn: '2027-06-30' });
    expect(evaluated({ completions: [course] }).totals.recognised).toBe(credits);
  });

  it.each([
    ['undergraduate', undergraduatePolicy, 16],
    ['postgraduate', postgraduatePolicy, 8],
  ])('"can count up to": seven courses of 3 credits count for no more than the %s cap', (_, policy, cap) => {
    const result = evaluated({ policy, completions: nptelCourses(12, 12, 12, 12, 12, 12, 12) });
    expect(result.totals.recognised).toBe(cap);
    expect(result.binding.map(({ kind }) => kind)).toContain('maximumMoocCredits');
  });

  it('"will not affect a student’s CPI": no grade is awarded', () => {
    const { applications } = evaluated({ completions: nptelCourses(12) });
    expect(applications[0]?.awards[0]).not.toHaveProperty('grade');
  });

  it('"combined across courses done online and at the institute": 16 credits pass/fail in all', () => {
    // 2 × 4 at home and 4 × 3 online are 20; 16 count.
    const result = evaluated({ completions: nptelCourses(12, 12, 12, 12), homeRecord: [home('1', 4), home('2', 4)] });
    const atHome = result.homeCourses.reduce((sum, { counted }) => sum + counted, 0);
    expect(atHome + result.totals.recognised).toBe(16);
    expect(result.binding.map(({ kind }) => kind)).toContain('passFail');
  });

  it('"likewise" for postgraduates: 8 credits pass/fail in all', () => {
    // 4 at home and 3 × 2 online are 10; 8 count, of which no more than 6 can be online.
    const homeRecord = [home('1', 4)];
    const result = evaluated({ policy: postgraduatePolicy, completions: nptelCourses(8, 8, 8), homeRecord });
    const atHome = result.homeCourses.reduce((sum, { counted }) => sum + counted, 0);
    expect([atHome, result.totals.recognised]).toEqual([2, 6]);
    expect(result.binding.map(({ kind }) => kind)).toContain('passFail');
  });

  it('"no more than two courses done at the institute": a third home course pass/fail does not count', () => {
    const result = evaluated({ homeRecord: [home('1', 4), home('2', 4), home('3', 4)] });
    expect(result.homeCourses.map(({ counted }) => counted).sort()).toEqual([0, 4, 4]);
  });

  const computing = moocCompletion('c', nptel, 'noc-computing', { weeks: 12 });

  it('"only elective courses can be fulfilled through MOOCs": a core course stays open', () => {
    const result = evaluated({ completions: [computing] });
    expect(result.requirements.find(({ requirement }) => requirement === 'computing')).toMatchObject({ complete: false, remaining: 3 });
  });

  it('"the concerned authorities may allow credits earned in core courses": an exception of a person fills it', () => {
    const exceptions = [{ kind: 'policyWaived', completion: 'c', clause: 'electivesOnly', reason: 'allowed by the dean' }] as const;
    const result = evaluated({ completions: [computing], exceptions });
    expect(result.requirements.find(({ requirement }) => requirement === 'computing')).toMatchObject({ complete: true, remaining: 0 });
  });
});
