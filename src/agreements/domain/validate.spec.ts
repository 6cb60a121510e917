import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementTerms } from '../../../test/support/arbitrary-terms.js';
import {
  agreement,
  all,
  any,
  code,
  course,
  credit,
  elective,
  exampleAgreements,
  exempt,
  letterGrade,
  noCredit,
  rule,
} from '../../../test/support/example-rules.js';
import { anyMember, type Award, type Outcome, type Rule, type Selector, type Source } from '../../rules/domain/index.js';
import type { AgreementTerms, Conversion, GradeTable, Limit } from './terms.js';
import { validateTerms } from './validate.js';

const earned = credit(course('X 1', 3));
const good = rule('good', code('A 1'), earned);

const pointers = (terms: AgreementTerms, id?: string): readonly string[] => validateTerms(terms, id).map(({ pointer }) => pointer);
/** What is wrong with one rule, relative to it. */
const inRule = (each: Rule): readonly string[] =>
  pointers(agreement([each], { parties: ['langara', 'ubcv'] })).map((pointer) => pointer.replace('/rules/0', ''));
const inSource = (source: Source): readonly string[] => inRule(rule('r', source, earned)).map((pointer) => pointer.replace('/source', ''));
const inOutcome = (outcome: Outcome): readonly string[] =>
  inRule(rule('r', code('A 1'), outcome)).map((pointer) => pointer.replace('/outcome', ''));
const inTerms = (rest: Partial<AgreementTerms>): readonly string[] => pointers(agreement([good], rest));

describe('valid terms', () => {
  it.each(Object.entries(exampleAgreements))('%s', (_, terms) => {
    expect(validateTerms(terms, 'some-agreement')).toEqual([]);
  });

  it('are told from others without ever failing', () => {
    fc.assert(
      fc.property(agreementTerms, (terms) => {
        for (const { pointer, detail } of validateTerms(terms)) {
          expect(pointer).toMatch(/^(\/[^/]+)+$/);
          expect(detail).toMatch(/^(must|is|names) .+[^.]$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the terms as a whole', () => {
  it.each<[string, Partial<AgreementTerms>, readonly string[]]>([
    ['one party', { parties: ['langara'] }, ['/parties', '/rules/0/to']],
    ['a party twice', { parties: ['langara', 'ubcv', 'ubcv'] }, ['/parties/2']],
    ['a blank party', { parties: ['langara', 'ubcv', ' '] }, ['/parties/2']],
    ['a party called anyMember', { parties: ['langara', 'ubcv', anyMember] }, ['/parties/2']],
    ['an empty period', { period: { from: '2024-02-01', until: '2024-01-01' } }, ['/period/until']],
    ['a date that does not exist', { period: { from: '2023-02-29' } }, ['/period/from']],
    ['a blank framework', { annexTo: '' }, ['/annexTo']],
    ['a rule id twice', { rules: [good, good] }, ['/rules/1/id']],
    [
      'a statement about nothing',
      { statements: [{ target: ' ', kind: 'noArticulation', reason: { xxxx: '' } }] },
      ['/statements/0/target', '/statements/0/reason'],
    ],
    [
      'a statement twice',
      {
        statements: [
          { target: 'A 1', kind: 'noArticulation' },
          { target: 'a1', kind: 'noArticulation' },
          { target: 'A 1', kind: 'takeAfterTransfer' },
        ],
      },
      ['/statements/1'],
    ],
  ])('%s', (_, rest, expected) => {
    expect(inTerms(rest)).toEqual(expected);
  });

  it('are no annex to themselves', () => {
    expect(pointers(agreement([good], { annexTo: 'framework' }), 'annex')).toEqual([]);
    expect(pointers(agreement([good], { annexTo: 'framework' }), 'framework')).toEqual(['/annexTo']);
  });

  it('show everything that is wrong at once', () => {
    const bad = rule('bad', { kind: 'all', of: [] }, credit(course('', -1)), { from: 'nobody', validity: { from: 'yesterday' } });
    expect(
      pointers(agreement([bad, good, good], { parties: ['langara', 'ubcv'], limits: [{ id: '', over: { kind: 'everything' } }] })),
    ).toEqual([
      '/rules/0/from',
      '/rules/0/source/of',
      '/rules/0/outcome/awards/0/target/code',
      '/rules/0/outcome/awards/0/credits/credits',
      '/rules/0/validity/from',
      '/rules/2/id',
      '/limits/0/id',
      '/limits/0',
    ]);
  });
});

describe('a rule', () => {
  it.each<[string, Partial<Rule>, readonly string[]]>([
    ['between parties', {}, []],
    ['from any member to any member', { from: anyMember, to: anyMember }, []],
    ['from a stranger', { from: 'tsinghua' }, ['/from']],
    ['to a stranger', { to: 'tsinghua' }, ['/to']],
    ['without an id', { id: ' ' }, ['/id']],
    ['that is never valid', { validity: { from: '2024-02-01', until: '2024-01-31' } }, ['/validity/until']],
    ['with an empty note', { note: {} }, ['/note']],
    [
      'for no programme',
      { conditions: { programmes: { only: [], except: [''] } } },
      ['/conditions/programmes/only', '/conditions/programmes/except/0'],
    ],
    [
      'with a bad duration',
      { conditions: { completedWithin: { duration: '5 years', before: 'request' } } },
      ['/conditions/completedWithin/duration'],
    ],
    [
      'with no duration',
      { conditions: { completedWithin: { duration: 'P0Y', before: 'request' } } },
      ['/conditions/completedWithin/duration'],
    ],
    ['with bad hours', { conditions: { evidence: { minimumHours: -1 } } }, ['/conditions/evidence/minimumHours']],
    [
      'with bad conditions on what is held',
      { conditions: { alsoHolds: all(), doesNotHold: any(code('A 1'), code('')) } },
      ['/conditions/alsoHolds/of', '/conditions/doesNotHold/of/1/select/code'],
    ],
  ])('%s', (_, rest, expected) => {
    expect(inRule(rule('r', code('A 1'), earned, rest))).toEqual(expected);
  });

  const pattern: Source = { kind: 'course', select: { kind: 'pattern', pattern: 'A #' } };

  it.each<[string, Source, readonly string[]]>([
    ['a course with everything', code('A 1', { minimumGrade: letterGrade('C'), maximumGrade: letterGrade('B'), minimumCredits: 2.5 }), []],
    [
      'blank grades',
      code('A 1', { minimumGrade: letterGrade(''), maximumGrade: { scale: ' ', value: 'A' } }),
      ['/minimumGrade/value', '/maximumGrade/scale'],
    ],
    ['credits of too many decimals', code('A 1', { minimumCredits: 2.5005 }), ['/minimumCredits']],
    ['nothing at all', all(), ['/of']],
    ['nothing within', any(code('A 1'), all(any())), ['/of/1/of/0/of']],
    ['at least nothing', { kind: 'atLeast', of: [code('A 1')] }, ['']],
    ['at least of nothing', { kind: 'atLeast', courses: 2, of: [] }, ['/of']],
    ['no courses', { kind: 'atLeast', courses: 0, of: [code('A 1')] }, ['/courses']],
    ['half a course', { kind: 'atLeast', courses: 0.5, of: [code('A 1')] }, ['/courses']],
    ['no credits', { kind: 'atLeast', credits: 0, of: [code('A 1')] }, ['/credits']],
    [
      'as many courses as there are',
      { kind: 'atLeast', courses: 3, of: [all(code('A 1'), code('B 1')), any(code('C 1'), code('D 1'))] },
      [],
    ],
    [
      'more courses than there are',
      { kind: 'atLeast', courses: 4, of: [all(code('A 1'), code('B 1')), any(code('C 1'), code('D 1'))] },
      ['/courses'],
    ],
    [
      'more courses than there are, of a part',
      { kind: 'atLeast', courses: 2, of: [{ kind: 'atLeast', courses: 1, of: [code('A 1')] }] },
      ['/courses'],
    ],
    ['many courses of a pattern', { kind: 'atLeast', courses: 9, of: [pattern] }, []],
  ])('that takes %s', (_, source, expected) => {
    expect(inSource(source)).toEqual(expected);
  });

  it.each<[Selector, readonly string[]]>([
    [{ kind: 'code', code: ' ' }, ['/code']],
    [{ kind: 'code', code: 'A 1', provider: '', platform: ' ' }, ['/provider', '/platform']],
    [{ kind: 'pattern', pattern: '' }, ['/pattern']],
    [{ kind: 'pattern', pattern: '*A*B*C*D' }, []],
    [{ kind: 'subject', subject: '', level: 150 }, ['/subject', '/level']],
    [{ kind: 'subject', subject: 'MATH', level: 100 }, []],
    [{ kind: 'field', isced: '061' }, []],
    [{ kind: 'field', isced: 'x', minimumEqf: 9 }, ['/isced', '/minimumEqf']],
    [{ kind: 'field', isced: '06130', minimumEqf: 6 }, ['/isced']],
  ])('that selects %j', (select, expected) => {
    expect(inSource({ kind: 'course', select })).toEqual(expected.map((pointer) => `/select${pointer}`));
  });

  const award = (rest: Partial<Award>): Outcome => credit(course('X 1', 3, rest));

  it.each<[string, Outcome, readonly string[]]>([
    ['nothing', credit(), ['/awards']],
    ['a course and an exemption from another', credit(course('X 1', 3), exempt('Y 1')), []],
    ['a course twice', credit(course('X 1', 3), elective('X', 100, '1st', 3), course('x1', 3)), ['/awards/2/target/code']],
    ['several electives', credit(elective('X', 100, '1st', 3), elective('X', 100, '1st', 3)), []],
    [
      'a bad elective',
      credit({ ...course('', 1.0001), target: { kind: 'elective', subject: '', level: 7.5, label: { en: '' } } }),
      ['/awards/0/target/subject', '/awards/0/target/level', '/awards/0/target/label/en', '/awards/0/credits/credits'],
    ],
    ['a bad maximum', award({ credits: { kind: 'converted', maximum: -1 } }), ['/awards/0/credits/maximum']],
    ['blank attributes', award({ attributes: ['Q', ''] }), ['/awards/0/attributes/1']],
    ['an exemption with credits', award({ effect: 'exemption' }), ['/awards/0/credits']],
    ['a waiver with converted credits', award({ effect: 'waiver', credits: { kind: 'converted' } }), ['/awards/0/credits']],
    [
      'an exemption from anything',
      award({ effect: 'exemption', credits: { kind: 'fixed', credits: 0 }, target: { kind: 'elective' } }),
      ['/awards/0/target'],
    ],
    ['no option', { kind: 'choice', by: 'student', options: [] }, ['/options']],
    ['an empty option', { kind: 'choice', by: 'student', options: [[course('X 1', 3)], []] }, ['/options/1']],
    ['the same course in two options', { kind: 'choice', by: 'best', options: [[course('X 1', 3)], [course('X 1', 4)]] }, []],
    ['a refusal', noCredit(), []],
  ])('that earns %s', (_, outcome, expected) => {
    expect(inOutcome(outcome)).toEqual(expected);
  });

  it('that is nested too deep, or holds itself, is refused whole', () => {
    const deep = (levels: number): Source => (levels === 0 ? code('A 1') : all(deep(levels - 1)));
    expect(inSource(deep(12))).toEqual([]);
    expect(inSource(deep(14))).toEqual(['']);
    const of: Source[] = [];
    const cyclic: Source = { kind: 'all', of };
    of.push(cyclic, cyclic);
    expect(inSource(cyclic)).toEqual(['']);
    expect(inSource(any(...Array.from({ length: 2000 }, () => code('A 1'))))).toEqual(['']);
  });
});

describe('a limit', () => {
  const everything = { kind: 'everything' } as const;
  it.each<[string, Limit, readonly string[]]>([
    ['of courses and credits', { id: 'l', over: everything, maximumCourses: 0, maximumCredits: 60, note: { en: 'x' } }, []],
    ['of nothing', { id: 'l', over: everything }, ['']],
    ['of bad figures', { id: 'l', over: everything, maximumCourses: -1, maximumCredits: 0.0001 }, ['/maximumCourses', '/maximumCredits']],
    ['over no sending course', { id: 'l', over: { kind: 'sendingCourses', select: [] }, maximumCourses: 1 }, ['/over/select']],
    [
      'over a bad selector',
      { id: 'l', over: { kind: 'sendingCourses', select: [{ kind: 'code', code: '' }] }, maximumCourses: 1 },
      ['/over/select/0/code'],
    ],
    ['over no receiving course', { id: 'l', over: { kind: 'receivingCourses', codes: [] }, maximumCourses: 1 }, ['/over/codes']],
    ['over a bad pattern', { id: 'l', over: { kind: 'receivingCourses', codes: ['X 1##', ''] }, maximumCourses: 1 }, ['/over/codes/1']],
    ['over no rule', { id: 'l', over: { kind: 'rules', rules: [] }, maximumCourses: 1 }, ['/over/rules']],
    [
      'over an unknown rule',
      { id: 'l', over: { kind: 'rules', rules: ['good', 'gone', 'good'] }, maximumCourses: 1 },
      ['/over/rules/1', '/over/rules/2'],
    ],
    ['with a bad note', { id: ' ', over: everything, maximumCourses: 1, note: {} }, ['/id', '/note']],
  ])('%s', (_, limit, expected) => {
    expect(inTerms({ limits: [limit] })).toEqual(expected.map((pointer) => `/limits/0${pointer}`));
  });

  it('has an id of its own', () => {
    const limit: Limit = { id: 'l', over: everything, maximumCourses: 1 };
    expect(inTerms({ limits: [limit, limit] })).toEqual(['/limits/1/id']);
  });
});

describe('a conversion', () => {
  const systems = { from: 'a', to: 'b' };
  it.each<[string, Conversion, readonly string[]]>([
    ['by a fraction', { ...systems, method: 'pinned', factor: '3/2' }, []],
    ['by a decimal, rounded', { ...systems, method: 'pinned', factor: '1.5', rounding: { mode: 'halfUp', step: 0.5 } }, []],
    ['by no number', { ...systems, method: 'pinned', factor: 'three halves' }, ['/factor']],
    ['by zero', { ...systems, method: 'pinned', factor: '0/5' }, ['/factor']],
    ['by a fraction of zero', { ...systems, method: 'pinned', factor: '1/0' }, ['/factor']],
    ['between nothing', { from: '', to: ' ', method: 'hours' }, ['/from', '/to']],
    ['by an empty table', { ...systems, method: 'table', unit: 'weeks', rows: [] }, ['/rows']],
    [
      'by a table out of order',
      {
        ...systems,
        method: 'table',
        unit: 'weeks',
        rows: [
          { atLeast: 4, credits: 1 },
          { atLeast: 4, credits: 2 },
          { atLeast: 3, credits: 3 },
        ],
      },
      ['/rows/1/atLeast', '/rows/2/atLeast'],
    ],
    [
      'by a bad table',
      { ...systems, method: 'table', unit: 'hours', rows: [{ atLeast: -1, credits: 0.00001 }] },
      ['/rows/0/atLeast', '/rows/0/credits'],
    ],
    ['rounded without a step', { ...systems, method: 'yearShare', rounding: { mode: 'down' } }, ['/rounding/step']],
    ['rounded half up without a step', { ...systems, method: 'yearShare', rounding: { mode: 'halfUp' } }, ['/rounding/step']],
    ['rounded to too fine a step', { ...systems, method: 'yearShare', rounding: { mode: 'halfUp', step: 0.0005 } }, ['/rounding/step']],
    ['rounded to nothing', { ...systems, method: 'yearShare', rounding: { mode: 'halfUp', step: 0 } }, ['/rounding/step']],
    ['not rounded', { ...systems, method: 'yearShare', rounding: { mode: 'none' } }, []],
  ])('%s', (_, conversion, expected) => {
    expect(inTerms({ conversions: [conversion] })).toEqual(expected.map((pointer) => `/conversions/0${pointer}`));
  });

  it('is the only one of its method between two systems', () => {
    const conversion: Conversion = { ...systems, method: 'hours' };
    expect(inTerms({ conversions: [conversion, { ...systems, method: 'yearShare' }, conversion] })).toEqual(['/conversions/2']);
  });
});

describe('a grade table', () => {
  const scales = { from: 'a', to: 'b' };
  it.each<[string, GradeTable, readonly string[]]>([
    [
      'by pairs',
      {
        ...scales,
        method: 'pairs',
        pairs: [
          { from: 'A', to: '1' },
          { from: 'B', to: '1' },
        ],
      },
      [],
    ],
    ['by distribution', { ...scales, method: 'distribution', choose: 'mean' }, []],
    ['without pairs', { ...scales, method: 'pairs', pairs: [] }, ['/pairs']],
    [
      'with a grade twice',
      {
        ...scales,
        method: 'pairs',
        pairs: [
          { from: 'A', to: '1' },
          { from: 'A', to: '2' },
        ],
      },
      ['/pairs/1/from'],
    ],
    ['with blank grades', { ...scales, method: 'pairs', pairs: [{ from: '', to: ' ' }] }, ['/pairs/0/from', '/pairs/0/to']],
    ['of one scale', { from: 'a', to: 'a', method: 'distribution', choose: 'mean' }, ['/to']],
    ['of no scale', { from: ' ', to: '', method: 'distribution', choose: 'mean' }, ['/from', '/to']],
  ])('%s', (_, table, expected) => {
    expect(inTerms({ gradeTables: [table] })).toEqual(expected.map((pointer) => `/gradeTables/0${pointer}`));
  });

  it('is the only one between two scales', () => {
    const table: GradeTable = { ...scales, method: 'distribution', choose: 'mean' };
    expect(inTerms({ gradeTables: [table, { ...table, to: 'c' }, table] })).toEqual(['/gradeTables/2']);
  });
});
