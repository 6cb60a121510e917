import { describe, expect, it } from '@jest/globals';
import { validateTerms } from '../../agreements/domain/index.js';
import { readUoPeopleTable } from '../../formats/uopeople/index.js';
import { importUoPeople, type UoPeopleImport } from './index.js';

const window = (start: string, end: string) => ({ start_date: start, end_date: end });
const credential = (name: string, more: object = {}) => ({
  code: '',
  institution: 'Harbour Learning',
  name,
  url: '',
  ace_valid_dates: [window('2021-01-01', '2023-12-31')],
  ...more,
});

function imported(courses: Readonly<Record<string, { credits?: number; credentials: readonly object[] }>>): UoPeopleImport {
  const file = Object.entries(courses).map(([code, { credits, credentials }]) => [
    code,
    { name: `Course ${code}`, ...(credits === undefined ? {} : { credits }), transferable_credits: credentials },
  ]);
  const reading = readUoPeopleTable(JSON.stringify(Object.fromEntries(file)));
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return importUoPeople(reading.value, { receiving: 'uopeople', creditSystem: 'us-semester', provider: (name) => name.toLowerCase() });
}

describe('the UoPeople table as an agreement', () => {
  it('has a rule for each window, held against the day of completion', () => {
    const windows = [window('2018-01-01', '2020-12-31'), window('2021-01-01', '')];
    const result = imported({ 'MATH 1': { credits: 3, credentials: [credential('Algebra', { code: 'ALG1', ace_valid_dates: windows })] } });
    expect(validateTerms(result.terms)).toEqual([]);
    expect(result.terms).toMatchObject({ parties: ['uopeople', 'harbour learning'], precedence: 'bestForStudent' });
    expect(result.terms.rules).toEqual([
      {
        id: 'Harbour Learning:ALG1=MATH 1@2018-01-01..2020-12-31',
        from: 'harbour learning',
        to: 'uopeople',
        source: { kind: 'course', select: { kind: 'code', code: 'ALG1' } },
        outcome: {
          kind: 'credit',
          awards: [
            {
              target: { kind: 'course', code: 'MATH 1' },
              credits: { kind: 'fixed', credits: 3 },
              grade: { kind: 'none' },
              effect: 'credit',
            },
          ],
        },
        validity: { from: '2018-01-01', until: '2020-12-31' },
        governedBy: 'completion',
      },
      expect.objectContaining({ id: 'Harbour Learning:ALG1=MATH 1@2021-01-01..', validity: { from: '2021-01-01' } }),
    ]);
    expect(result.courses).toEqual([
      { provider: 'uopeople', code: 'MATH 1', titles: { en: 'Course MATH 1' }, credits: 3, creditSystem: 'us-semester', validity: {} },
      { provider: 'harbour learning', code: 'ALG1', titles: { en: 'Algebra' }, validity: {} },
    ]);
  });

  it('names a certificate without a code by its name, and has a rule for each course it stands for', () => {
    const result = imported({
      'CS 1': { credentials: [credential('Data Analyst')] },
      'CS 2': { credentials: [credential('Data Analyst')] },
    });
    expect(result.terms.rules).toMatchObject([
      { source: { select: { code: 'Data Analyst' } }, outcome: { awards: [{ target: { code: 'CS 1' }, credits: { kind: 'converted' } }] } },
      { source: { select: { code: 'Data Analyst' } }, outcome: { awards: [{ target: { code: 'CS 2' } }] } },
    ]);
    expect(result.providers).toEqual([{ id: 'harbour learning', name: 'Harbour Learning' }]);
    expect(result.exceptions).toEqual([]);
  });

  it('takes two names of one page as one certificate, and says so', () => {
    const url = 'https://example.org/analyst';
    const result = imported({
      'CS 1': { credentials: [credential('Data Analyst', { url })] },
      'CS 2': {
        credentials: [
          credential('Data Analyst Certificate', { url }),
          credential('data analyst', { url, ace_valid_dates: [window('2024-01-01', '')] }),
        ],
      },
    });
    expect(result.terms.rules.map(({ source }) => source)).toMatchObject([
      { kind: 'any', of: [{ select: { code: 'Data Analyst' } }, { select: { code: 'Data Analyst Certificate' } }] },
      { kind: 'any' },
      { kind: 'any' },
    ]);
    expect(result.exceptions).toMatchObject([{ code: 'simplified', where: { pointer: '/CS 2/transferable_credits/0' } }]);
    expect(result.courses.filter(({ provider }) => provider === 'harbour learning')).toHaveLength(1);
  });

  it('lists what names no institution, certificate or days, and what is stated again', () => {
    const undated = [window('', '')];
    const result = imported({
      'A 1': {
        credentials: [
          credential('Algebra', { institution: '' }),
          credential(''),
          credential('Ethics', { ace_valid_dates: undated }),
          credential('Logic', { ace_valid_dates: [] }),
          credential('Rhetoric'),
          credential('Rhetoric'),
          credential('x'.repeat(61)),
          credential('', { code: 'OWN 1' }),
        ],
      },
    });
    expect(result.exceptions.map(({ code, where, detail }) => ({ code, ...where, detail }))).toEqual([
      { code: 'incomplete', pointer: '/A 1/transferable_credits/3', detail: 'has no window' },
      { code: 'incomplete', pointer: '/A 1/transferable_credits/0/ace_valid_dates/0', detail: 'names no institution' },
      { code: 'incomplete', pointer: '/A 1/transferable_credits/1/ace_valid_dates/0', detail: 'names no certificate' },
      { code: 'incomplete', pointer: '/A 1/transferable_credits/2/ace_valid_dates/0', detail: 'states no day of an ACE recommendation' },
      {
        code: 'duplicate',
        pointer: '/A 1/transferable_credits/5/ace_valid_dates/0',
        detail: 'states the same certificate, course and days again',
      },
      { code: 'tooLarge', pointer: '/A 1/transferable_credits/6/ace_valid_dates/0', detail: 'has a code that is too long' },
    ]);
    expect(result.windows.map(({ kind }) => kind)).toEqual([
      'exception',
      'exception',
      'exception',
      'rule',
      'exception',
      'exception',
      'rule',
    ]);
    expect(result.courses.map(({ code, titles }) => [code, titles['en']])).toContainEqual(['OWN 1', 'OWN 1']);
  });

  it('has ids that hold however long the names are', () => {
    const long = credential('y'.repeat(60), { institution: 'z'.repeat(60) });
    expect(imported({ 'A 1': { credentials: [long] } }).windows).toMatchObject([{ rule: expect.stringMatching(/^sha-256:/) }]);
  });
});
