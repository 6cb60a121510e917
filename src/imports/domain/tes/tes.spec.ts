import { describe, expect, it } from '@jest/globals';
import { type AgreementTerms, validateTerms } from '../../../agreements/domain/index.js';
import type { TesRow } from '../../../formats/tes/index.js';
import type { Award, Rule, Source } from '../../../rules/domain/index.js';
import { exportTes, importTes, type TesContext, type TesDirectory, tesInstitutions, type TesImport } from '../index.js';

const row: TesRow = {
  codeType: 'IPEDSID',
  sending: { code: '111111', name: 'Harbour Community College', city: 'Duluth', state: 'MN', country: 'United States' },
  validity: { from: '1999-09-01' },
  sendingCourses: ['MATH 1100', 'MATH 1101'],
  receiving: { code: '222222', name: 'Lake University' },
  receivingCourses: ['MATH 140'],
  privateComments: '',
  publicComments: '',
  hidden: false,
};

const names: Readonly<Record<string, string>> = { '111111': 'harbour', '222222': 'lake' };
const credits: Readonly<Record<string, number>> = { 'MATH 140': 4 };
const context: TesContext = { institution: (_, code) => names[code] ?? code, credits: (_, code) => credits[code] };
const directory: TesDirectory = {
  codeType: 'IPEDSID',
  institution: (id) => ({ harbour: row.sending, lake: row.receiving })[id],
  credits: (_, code) => credits[code],
};

function imported(...rows: readonly Partial<TesRow>[]): TesImport {
  return importTes(
    rows.map((part, index) => ({ line: index + 2, value: { ...row, ...part } })),
    context,
  );
}

describe('a TES file as agreements', () => {
  it('has a rule for each row: all its sending courses earn all its receiving courses', () => {
    const { agreements, rows, exceptions } = imported(
      {},
      { sendingCourses: ['ART 1'], receivingCourses: ['ART 10', 'ART 11'], validity: {} },
    );
    expect(exceptions).toEqual([]);
    expect(rows).toEqual([
      { line: 2, kind: 'rule', rule: 'MATH1100+MATH1101=MATH140@1999-09-01..' },
      { line: 3, kind: 'rule', rule: 'ART1=ART10+ART11' },
    ]);
    expect(agreements).toHaveLength(1);
    expect(agreements.map((terms) => validateTerms(terms))).toEqual([[]]);
    expect(agreements[0]).toMatchObject({ parties: ['lake', 'harbour'], precedence: 'mostSpecific', period: {} });
    expect(agreements[0]?.rules).toMatchObject([
      {
        from: 'harbour',
        to: 'lake',
        source: { kind: 'all', of: [{ select: { kind: 'code', code: 'MATH 1100' } }, { select: { kind: 'code', code: 'MATH 1101' } }] },
        outcome: { kind: 'credit', awards: [{ target: { code: 'MATH 140' }, credits: { kind: 'fixed', credits: 4 } }] },
        validity: { from: '1999-09-01' },
        governedBy: 'completion',
      },
      {
        source: { kind: 'course' },
        outcome: { awards: [{ credits: { kind: 'converted' } }, { target: { code: 'ART 11' } }] },
        validity: {},
      },
    ]);
  });

  it('has an agreement for each pair of institutions, one of them with itself too', () => {
    const { agreements } = imported({}, { sending: { ...row.sending, code: '333' } }, { sending: { ...row.sending, code: '222222' } });
    expect(agreements.map(({ parties }) => parties)).toEqual([['lake', 'harbour'], ['lake', '333'], ['lake']]);
  });

  it('keeps a code that stands twice as two completions', () => {
    const { agreements } = imported({ sendingCourses: ['MATH 1100', 'MATH 1100'] });
    expect(agreements[0]?.rules[0]?.source).toMatchObject({ kind: 'all', of: [{}, {}] });
  });

  it('gives public comments to the rule and private ones to the caller', () => {
    const { agreements, privateComments, exceptions } = imported({
      publicComments: 'x'.repeat(4001),
      privateComments: 'By the department',
    });
    expect(agreements[0]?.rules[0]?.note?.['en']).toHaveLength(4000);
    expect(privateComments).toEqual([{ line: 2, rule: 'MATH1100+MATH1101=MATH140@1999-09-01..', text: 'By the department' }]);
    expect(exceptions).toMatchObject([{ code: 'simplified', where: { line: 2, field: 'CommentsPublic' } }]);
    expect(imported({ publicComments: 'Counts as Lab' }).agreements[0]?.rules[0]?.note).toEqual({ en: 'Counts as Lab' });
  });

  it('lists what is not carried over, with line and field', () => {
    const parts: readonly Partial<TesRow>[] = [
      { sendingCourses: [] },
      { receivingCourses: [] },
      { sendingCourses: ['A'.repeat(61)] },
      {},
      { privateComments: 'again' },
      { hidden: true, receivingCourses: ['ART 10', 'art10'] },
    ];
    const { rows, exceptions, agreements } = imported(...parts);
    expect(exceptions.map(({ code, where }) => ({ code, ...where }))).toEqual([
      { code: 'incomplete', line: 2, field: 'SendCourseCode1' },
      { code: 'incomplete', line: 3, field: 'ReceiveCourseCode1' },
      { code: 'tooLarge', line: 4 },
      { code: 'duplicate', line: 6 },
      { code: 'simplified', line: 7 },
      { code: 'simplified', line: 7, field: 'HideFlag' },
    ]);
    expect(rows.map(({ kind }) => kind)).toEqual(['exception', 'exception', 'exception', 'rule', 'exception', 'rule']);
    expect(agreements[0]?.rules).toHaveLength(2);
  });

  it('has ids that hold however long the codes are', () => {
    const { rows } = imported({ sendingCourses: ['A', 'B', 'C'].map((letter) => letter.repeat(50)) });
    expect(rows).toMatchObject([{ kind: 'rule', rule: expect.stringMatching(/^sha-256:/) }]);
  });

  it('names its institutions by their codes, with a country where it is known', () => {
    expect(tesInstitutions(row)).toEqual({
      sending: {
        kind: 'university',
        names: { en: 'Harbour Community College' },
        country: 'US',
        identifiers: [{ scheme: 'ipeds', value: '111111' }],
      },
      receiving: { kind: 'university', names: { en: 'Lake University' }, identifiers: [{ scheme: 'ipeds', value: '222222' }] },
    });
    const abroad = tesInstitutions({ ...row, codeType: 'CEEB', sending: { ...row.sending, country: 'GB', name: '' } });
    expect(abroad.sending).toMatchObject({ names: { en: '111111' }, country: 'GB', identifiers: [{ scheme: 'ceeb', value: '111111' }] });
    expect(tesInstitutions({ ...row, sending: { ...row.sending, country: 'Atlantis' } }).sending).not.toHaveProperty('country');
  });
});

const course = (code: string): Source => ({ kind: 'course', select: { kind: 'code', code } });
const award = (code: string, amount: Award['credits'] = { kind: 'converted' }): Award => ({
  target: { kind: 'course', code },
  credits: amount,
  grade: { kind: 'none' },
  effect: 'credit',
});
const rule: Rule = {
  id: 'r',
  from: 'harbour',
  to: 'lake',
  source: course('ART 1'),
  outcome: { kind: 'credit', awards: [award('ART 10')] },
  validity: {},
  governedBy: 'completion',
};

function termsWith(rules: readonly Partial<Rule>[], more: Partial<AgreementTerms> = {}): AgreementTerms {
  const [base] = imported({}).agreements;
  if (base === undefined) throw new Error('no agreement');
  return { ...base, ...more, rules: rules.map((part) => ({ ...rule, ...part })) };
}

describe('an agreement as a TES file', () => {
  it('is, read again, the agreement it was', () => {
    const parts: readonly Partial<TesRow>[] = [
      { publicComments: 'Counts as Lab' },
      { sendingCourses: ['ART 1'], receivingCourses: ['ART 10', 'MATH 140'] },
    ];
    const { agreements } = imported(...parts);
    const [terms] = agreements;
    if (terms === undefined) throw new Error('no agreement');
    const written = exportTes(terms, directory);
    expect(written.exceptions).toEqual([]);
    expect(written.rows[0]).toEqual({ ...row, publicComments: 'Counts as Lab' });
    expect(imported(...written.rows).agreements).toEqual(agreements);
  });

  it('writes a rule on alternatives as a row for each', () => {
    const source: Source = {
      kind: 'all',
      of: [course('A 1'), { kind: 'any', of: [course('B 1'), { kind: 'all', of: [course('B 2'), course('B 3')] }] }],
    };
    const { rows, exceptions } = exportTes(termsWith([{ source }]), directory);
    expect(rows.map(({ sendingCourses }) => sendingCourses)).toEqual([
      ['A 1', 'B 1'],
      ['A 1', 'B 2', 'B 3'],
    ]);
    expect(exceptions).toEqual([]);
  });

  const grade = { scale: 'us-letter', value: 'C' };
  const many = Array.from({ length: 11 }, (_, index) => course(`A ${String(index)}`));
  it.each<[string, Partial<Rule>, string]>([
    ['any member', { from: 'anyMember' }, '/from'],
    ['an institution without a code', { to: 'elsewhere' }, '/to'],
    ['conditions', { conditions: { doesNotHold: course('X 1') } }, '/conditions'],
    ['validity by another date', { governedBy: 'request', validity: { until: '2024-01-01' } }, '/governedBy'],
    ['no credit', { outcome: { kind: 'noCredit', reason: 'level' } }, '/outcome'],
    ['an elective', { outcome: { kind: 'credit', awards: [{ ...award('X'), target: { kind: 'elective' } }] } }, '/outcome'],
    [
      'an exemption',
      { outcome: { kind: 'credit', awards: [{ ...award('X', { kind: 'fixed', credits: 0 }), effect: 'exemption' }] } },
      '/outcome',
    ],
    ['a least grade', { source: { kind: 'course', select: { kind: 'code', code: 'A 1' }, minimumGrade: grade } }, '/source'],
    ['a platform', { source: { kind: 'course', select: { kind: 'code', code: 'A 1', platform: 'p' } } }, '/source'],
    [
      'a pattern among alternatives',
      { source: { kind: 'any', of: [course('A 1'), { kind: 'course', select: { kind: 'pattern', pattern: 'A #' } }] } },
      '/source',
    ],
    [
      'so many of several',
      { source: { kind: 'all', of: [{ kind: 'atLeast', courses: 1, of: [course('A 1')] }, course('B 1')] } },
      '/source',
    ],
    [
      'too many ways',
      {
        source: {
          kind: 'all',
          of: [
            { kind: 'any', of: many },
            { kind: 'any', of: many },
          ],
        },
      },
      '/source',
    ],
    ['too many courses', { source: { kind: 'all', of: many } }, ''],
  ])('leaves out a rule with %s, and lists it', (_, part, field) => {
    const { rows, exceptions } = exportTes(termsWith([part]), directory);
    expect(rows).toEqual([]);
    expect(exceptions).toMatchObject([{ code: 'inexpressible', where: { pointer: `/rules/0${field}` } }]);
  });

  it('lists what the rows of a rule lose', () => {
    const awards = [
      { ...award('MATH 140', { kind: 'fixed', credits: 3 }), attributes: ['Lab'] },
      { ...award('ART 10', { kind: 'converted', maximum: 4 }), grade: { kind: 'converted', combine: 'lowest' } },
    ] satisfies Award[];
    const note = { en: 'Lab', fr: 'Laboratoire' };
    const { rows, exceptions } = exportTes(termsWith([{ note, outcome: { kind: 'credit', awards }, governedBy: 'request' }]), directory);
    expect(rows).toMatchObject([{ publicComments: 'Lab' }]);
    expect(exceptions.map(({ code, where }) => ({ code, ...where }))).toEqual(
      ['note', 'outcome/awards/0/credits', 'outcome/awards/0/attributes', 'outcome/awards/1/credits', 'outcome/awards/1/grade'].map(
        (field) => ({
          code: 'simplified',
          pointer: `/rules/0/${field}`,
        }),
      ),
    );
  });

  it('lists what holds for the agreement as a whole', () => {
    const more: Partial<AgreementTerms> = {
      precedence: 'bestForStudent',
      annexTo: 'framework',
      period: { from: '2024-01-01' },
      statements: [{ target: 'ART 12', kind: 'noArticulation' }],
      limits: [{ id: 'l', over: { kind: 'everything' }, maximumCredits: 60 }],
      conversions: [{ from: 'ects', to: 'us-semester', method: 'yearShare' }],
      gradeTables: [{ from: 'ects', to: 'us-letter', method: 'pairs', pairs: [] }],
    };
    expect(exportTes(termsWith([], more), directory).exceptions.map(({ where }) => where)).toEqual(
      ['/statements', '/limits', '/conversions', '/gradeTables', '/precedence', '/annexTo', '/period'].map((pointer) => ({ pointer })),
    );
    expect(exportTes(termsWith([], { period: { until: '2024-01-01' } }), directory).exceptions).toHaveLength(1);
  });
});
