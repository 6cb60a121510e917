import { beforeAll, describe, expect, it } from '@jest/globals';
import { validateTerms } from '../src/agreements/domain/index.js';
import type { Completion, EvaluationInput, EvaluationResult } from '../src/evaluation/domain/index.js';
import { readUoPeopleTable } from '../src/formats/uopeople/index.js';
import { importUoPeople, type UoPeopleImport } from '../src/imports/domain/index.js';
import { shippedCreditSystems } from '../src/institutions/data/credit-systems.js';
import { digestOf } from '../src/kernel/index.js';
import type { Programme } from '../src/programmes/domain/index.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { accepted } from './support/judged.js';
import { readSharedFile } from './support/shared-data.js';

const folder = 'rules/uopeople_mooc_credit';

function importTable(): UoPeopleImport {
  const reading = readUoPeopleTable(readSharedFile(folder, 'data.json'));
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return importUoPeople(reading.value, { receiving: 'uopeople', creditSystem: 'us-semester', provider: (name) => name });
}

describeOnSharedData('the UoPeople table of MOOCs and certificates', folder, () => {
  let table: UoPeopleImport | undefined;
  beforeAll(() => {
    table = importTable();
  });

  it('has 57 windows in: 39 rules and 18 exceptions out', () => {
    expect(table?.windows).toHaveLength(57);
    expect(table?.terms.rules).toHaveLength(39);
    const listed = table?.exceptions.filter(({ code }) => code === 'incomplete').map(({ detail }) => detail) ?? [];
    // 15 blank rows, and three certificates without days: a statistics and two philosophy courses.
    expect(listed.filter((detail) => detail === 'names no institution')).toHaveLength(15);
    expect(listed.filter((detail) => detail === 'states no day of an ACE recommendation')).toHaveLength(3);
    expect(table?.windows.filter(({ kind }) => kind === 'exception')).toHaveLength(18);
  });

  it('gives valid terms with every platform as a party', () => {
    expect(table && validateTerms(table.terms)).toEqual([]);
    expect(table?.terms.parties).toEqual([
      'uopeople',
      'Study.com',
      'Sophia Learning',
      'Coursera',
      'Microsoft',
      'Saylor',
      'StraighterLine',
      'Modern States/CLEP',
    ]);
  });

  it('takes two certificates that are listed under two names for what they are', () => {
    expect(table?.exceptions.filter(({ code }) => code === 'simplified').map(({ where }) => where)).toEqual([
      { pointer: '/CS 1102/transferable_credits/0' },
      { pointer: '/CS 1102/transferable_credits/1' },
    ]);
  });

  describe('in an evaluation', () => {
    const algebra: Programme = {
      id: 'p1',
      institution: 'uopeople',
      code: 'CS-BS',
      catalogueYear: 2024,
      title: { en: 'Computer Science' },
      creditSystem: 'us-semester',
      totalCredits: 9,
      requirements: {
        id: 'all',
        kind: 'all',
        of: [
          { id: 'algebra', kind: 'course', codes: ['MATH 1201'], credits: 3 },
          { id: 'programming', kind: 'course', codes: ['CS 1101'], credits: 3 },
          { id: 'databases', kind: 'course', codes: ['CS 2203'], credits: 3 },
        ],
      },
      policy: {},
    };

    function certificate(provider: string, code: string, completedOn?: string): Completion {
      return {
        id: `${provider} ${code}`,
        provider,
        code,
        credits: 3,
        creditSystem: 'us-semester',
        outcome: 'achieved',
        ...(completedOn === undefined ? {} : { completedOn }),
        evidence: { identityVerified: false, proctored: false, verification: 'unverified' },
        mooc: true,
        repeatable: false,
      };
    }

    function evaluated(...completions: readonly Completion[]): EvaluationResult {
      const { terms, courses } = importTable();
      const receivingCourses = courses.flatMap(({ provider, code, credits }) =>
        provider === 'uopeople' && credits !== undefined ? [{ code, credits }] : [],
      );
      const input: EvaluationInput = {
        policyDate: '2024-01-15',
        requestDate: '2024-01-15',
        programme: algebra,
        agreements: [{ agreement: 'mooc', revision: 1, digest: digestOf(terms), attestedBy: 'uopeople', terms, receivingCourses }],
        completions,
        homeRecord: [],
        redemptions: [],
        choices: [],
        exceptions: [],
        creditSystems: shippedCreditSystems,
        gradingScales: [],
        whatIf: false,
      };
      return accepted(input);
    }

    // ACE recommended College Algebra by Sophia Learning from 2019-02-01 to 2022-03-31.
    it.each([
      ['on the first day of the window', '2019-02-01'],
      ['within it', '2020-06-15'],
      ['on its last day', '2022-03-31'],
    ])('a certificate earned %s is recognised', (_, day) => {
      const result = evaluated(certificate('Sophia Learning', 'College Algebra', day));
      expect(result.completions).toMatchObject([{ status: 'used' }]);
      expect(result.applications).toMatchObject([
        { awards: [{ target: { code: 'MATH 1201' }, credits: 3, fills: [{ requirement: 'algebra' }] }] },
      ]);
    });

    it.each([
      ['the day before the window', '2019-01-31'],
      ['the day after it', '2022-04-01'],
    ])('a certificate earned %s is refused, with the date as the reason', (_, day) => {
      const result = evaluated(certificate('Sophia Learning', 'College Algebra', day));
      expect(result.completions).toMatchObject([
        {
          status: 'outsideDates',
          because: {
            rule: 'Sophia Learning:College Algebra=MATH 1201@2019-02-01..2022-03-31',
            parameters: { governedBy: 'completion', date: day, from: '2019-02-01', until: '2022-03-31' },
          },
        },
      ]);
      expect(result.applications).toEqual([]);
    });

    it('a certificate without a day waits for one', () => {
      expect(evaluated(certificate('Sophia Learning', 'College Algebra')).completions).toMatchObject([{ status: 'dateMissing' }]);
    });

    it('the same title by another provider has its own window', () => {
      const result = evaluated(certificate('StraighterLine', 'College Algebra', '2023-06-15'));
      expect(result.applications).toMatchObject([{ rule: 'StraighterLine:College Algebra=MATH 1201@2021-06-01..2024-05-31' }]);
    });

    it('one certificate that stands for several courses is used once', () => {
      // Google Data Analytics stands for CS 1101, CS 2203 and CS 3306.
      const result = evaluated(certificate('Coursera', 'Google Data Analytics Professional Certificate', '2022-06-15'));
      expect(result.applications).toHaveLength(1);
      expect(result.objective.remainingStudy).toBe(6);
    });

    it('a certificate is known by either of the names its page is listed under', () => {
      const result = evaluated(certificate('Coursera', 'IBM Data Analyst Professional Certificate', '2022-06-15'));
      expect(result.applications).toHaveLength(1);
      expect(result.completions[0]?.otherRules.length).toBeGreaterThan(0);
    });
  });
});
