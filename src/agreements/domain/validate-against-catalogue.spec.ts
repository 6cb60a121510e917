import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  all,
  code,
  course,
  credit,
  creditSystems,
  elective,
  exempt,
  gradingScales,
  institutions,
  letterGrade,
  noCredit,
  rule,
} from '../../../test/support/example-rules.js';
import { normaliseCode, type GradingScale, type Period } from '../../kernel/index.js';
import { anyMember, type Rule } from '../../rules/domain/index.js';
import type { Catalogue, CatalogueEdition, PinnedEdition } from './catalogue.js';
import { mentionedInstitutions } from './mentions.js';
import type { AgreementTerms, Conversion, GradeTable } from './terms.js';
import { editionsToPin, validateAgainstCatalogue } from './validate-against-catalogue.js';

const { langara, ubc, victoria, xuetangx, tsinghua } = institutions;

/** Editions by institution, then by code: validities in the order of their ids "<code> v1", "v2"… */
const editions: Readonly<Record<string, Readonly<Record<string, readonly Period[]>>>> = {
  [langara]: {
    'MATH 1273': [{ from: '1999-01-01', until: '2010-12-31' }, { from: '2011-01-01' }],
    'SPAN 1205': [{ until: '2005-08-31' }],
  },
  [ubc]: { 'MATH 101': [{}] },
};

const spread: GradingScale = {
  id: 'spread',
  name: 'Spread',
  grades: [{ value: 'P' }],
  passMark: 'P',
  distribution: [{ value: 'P', share: '1' }],
  source: 'test',
};

const catalogue: Catalogue = {
  keepsCoursesOf: (institution) => editions[institution] !== undefined,
  editionsOf: (wanted) =>
    Object.entries(editions).flatMap(([provider, courses]) =>
      Object.entries(courses).flatMap(([name, validities]) =>
        normaliseCode(name) === normaliseCode(wanted)
          ? validities.map((validity, at) => ({ id: `${name} v${String(at + 1)}`, provider, validity }))
          : [],
      ),
    ),
  gradingScale: (id) => [...gradingScales, spread].find((scale) => scale.id === id),
  creditSystem: (id) => creditSystems.find((system) => system.id === id),
};

const math = credit(course('MATH 101', 3));
const findings = (rules: readonly Rule[], rest: Partial<AgreementTerms> = {}, pinned?: readonly PinnedEdition[]) =>
  validateAgainstCatalogue(agreement(rules, rest), catalogue, pinned);
/** Errors as pointers; warnings as pointers with their kind. */
function summary(rules: readonly Rule[], rest: Partial<AgreementTerms> = {}): readonly string[] {
  const { errors, warnings } = findings(rules, rest);
  return [...errors.map(({ pointer }) => pointer), ...warnings.map(({ kind, pointer }) => `${kind} ${pointer}`)];
}

describe('course codes', () => {
  it.each<[string, Rule, readonly string[]]>([
    ['that both catalogues have', rule('r', code('math1273'), math), []],
    ['that a kept catalogue lacks', rule('r', code('MATH 9999'), math), ['/rules/0/source/select/code']],
    [
      'that a kept receiving catalogue lacks',
      rule('r', code('MATH 1273'), credit(course('MATH 999', 3), elective('MATH', 100, '1st', 3), exempt('MATH 998'))),
      ['/rules/0/outcome/awards/0/target/code', '/rules/0/outcome/awards/2/target/code'],
    ],
    [
      'of options',
      rule('r', code('MATH 1273'), { kind: 'choice', by: 'best', options: [[course('MATH 101', 3)], [course('MATH 999', 3)]] }),
      ['/rules/0/outcome/options/1/0/target/code'],
    ],
    [
      'of institutions whose courses are not kept',
      rule('r', code('X 1'), credit(course('Y 1', 3)), { from: xuetangx, to: victoria }),
      ['unknownCourse /rules/0/source/select/code', 'unknownCourse /rules/0/outcome/awards/0/target/code'],
    ],
    [
      'of the provider that is named, else of the platform',
      rule(
        'r',
        all(
          { kind: 'course', select: { kind: 'code', code: 'MATH 1273', provider: langara, platform: xuetangx } },
          { kind: 'course', select: { kind: 'code', code: 'MATH 1273', platform: ubc } },
          { kind: 'course', select: { kind: 'code', code: 'MATH 1273', provider: tsinghua } },
        ),
        noCredit(),
      ),
      ['/rules/0/source/of/1/select/code', 'unknownCourse /rules/0/source/of/2/select/code'],
    ],
    [
      'that are held, or must not be',
      rule('r', code('MATH 1273'), math, {
        conditions: { alsoHolds: code('GONE 1'), doesNotHold: all(code('SPAN 1205'), code('GONE 2')) },
      }),
      ['/rules/0/conditions/alsoHolds/select/code', '/rules/0/conditions/doesNotHold/of/1/select/code'],
    ],
    ['but not patterns', rule('r', { kind: 'course', select: { kind: 'pattern', pattern: 'GONE *' } }, math), []],
  ])('%s', (_, each, expected) => {
    expect(summary([each])).toEqual(expected);
  });

  it('of any member: one that has it will do', () => {
    const open = rule('r', code('MATH 1273'), math, { from: anyMember, to: anyMember });
    expect(summary([open], { parties: [langara, ubc] })).toEqual([]);
    const gone = rule('r', code('GONE 1'), noCredit(), { from: anyMember, to: anyMember });
    expect(summary([gone], { parties: [langara, ubc] })).toEqual(['/rules/0/source/select/code']);
    expect(summary([gone], { parties: [langara, ubc, victoria] })).toEqual(['unknownCourse /rules/0/source/select/code']);
  });

  it('of statements and limits', () => {
    const rest: Partial<AgreementTerms> = {
      statements: [
        { target: 'MATH 101', kind: 'noArticulation' },
        { target: 'MATH 999', kind: 'noArticulation' },
      ],
      limits: [
        {
          id: 'a',
          over: {
            kind: 'sendingCourses',
            select: [
              { kind: 'code', code: 'SPAN 1205' },
              { kind: 'code', code: 'SPAN 9999' },
            ],
          },
          maximumCourses: 1,
        },
        { id: 'b', over: { kind: 'everything' }, maximumCourses: 1 },
      ],
    };
    expect(summary([rule('r', code('MATH 1273'), math)], rest)).toEqual(['/statements/1/target', '/limits/0/over/select/1/code']);
    expect(summary([], { ...rest, limits: [], parties: [langara, victoria] })).toEqual([
      'unknownCourse /statements/0/target',
      'unknownCourse /statements/1/target',
    ]);
  });
});

describe('validity', () => {
  const spanish = (rest: Partial<Rule>): readonly string[] => summary([rule('r', code('SPAN 1205'), noCredit(), rest)]);
  it.each<[string, Partial<Rule>, boolean]>([
    ['meets the course', { validity: { from: '2005-08-31' } }, false],
    ['is later than the course', { validity: { from: '2005-09-01' } }, true],
    ['is later, by enrolment', { validity: { from: '2005-09-01' }, governedBy: 'enrolment' }, true],
    ['is later, by request', { validity: { from: '2005-09-01' }, governedBy: 'request' }, false],
    ['is later, by admission', { validity: { from: '2005-09-01' }, governedBy: 'admission' }, false],
  ])('%s', (_, rest, expected) => {
    const pointer = '/rules/0/source/select/code';
    // It keeps new terms from being recorded, and warns of recorded ones whose course has ended since.
    expect(spanish(rest)).toEqual(expected ? [pointer, `sourceOutsideValidity ${pointer}`] : []);
  });

  it('of what is only held plays no part', () => {
    const conditions = { alsoHolds: code('SPAN 1205') };
    expect(summary([rule('r', code('MATH 1273'), math, { conditions, validity: { from: '2020-01-01' } })])).toEqual([]);
  });
});

describe('editions', () => {
  const rules = [rule('r', code('math 1273'), math), rule('s', all(code('MATH 1273'), code('SPAN 1205')), noCredit())];
  const changed = (...pinned: PinnedEdition[]) => findings(rules, {}, pinned).warnings;

  it('that are the latest have not changed', () => {
    expect(
      changed(
        { institution: langara, code: 'MATH 1273', edition: 'MATH 1273 v2' },
        { institution: ubc, code: 'MATH 101', edition: 'MATH 101 v1' },
      ),
    ).toEqual([]);
  });

  it('that a newer one has replaced are shown wherever they are named', () => {
    const warning = { kind: 'editionChanged', institutions: [langara], edition: 'MATH 1273 v1', replacedBy: 'MATH 1273 v2' };
    expect(changed({ institution: langara, code: 'MATH1273', edition: 'MATH 1273 v1' })).toEqual([
      { ...warning, pointer: '/rules/0/source/select/code', code: 'math 1273' },
      { ...warning, pointer: '/rules/1/source/of/0/select/code', code: 'MATH 1273' },
    ]);
  });

  it('that are gone, or named no more', () => {
    expect(changed({ institution: langara, code: 'SPAN 1205', edition: 'another' })).toMatchObject([
      { kind: 'editionChanged', replacedBy: 'SPAN 1205 v1' },
    ]);
    expect(changed({ institution: langara, code: 'ENGL 1', edition: 'ENGL 1 v1' })).toEqual([]);
    const gone = validateAgainstCatalogue(agreement(rules), { ...catalogue, editionsOf: () => [] }, [
      { institution: ubc, code: 'MATH 101', edition: 'MATH 101 v1' },
    ]);
    expect(gone.warnings).toEqual([
      {
        kind: 'editionChanged',
        pointer: '/rules/0/outcome/awards/0/target/code',
        code: 'MATH 101',
        institutions: [ubc],
        edition: 'MATH 101 v1',
      },
    ]);
  });
});

describe('what terms are agreed on', () => {
  it('is the latest edition of every course that they name, once', () => {
    const rules = [rule('r', all(code('math 1273'), code('SPAN 1205')), math), rule('s', code('MATH 1273'), noCredit())];
    expect(editionsToPin(agreement(rules), catalogue)).toEqual([
      { institution: langara, code: 'MATH1273', edition: 'MATH 1273 v2' },
      { institution: langara, code: 'SPAN1205', edition: 'SPAN 1205 v1' },
      { institution: ubc, code: 'MATH101', edition: 'MATH 101 v1' },
    ]);
  });

  it('is one edition of each provider where several run a course of one code on a platform', () => {
    const shared: Catalogue = { ...catalogue, editionsOf: () => [1, 2, 3].map(sharedEdition) };
    const terms = agreement([rule('r', code('ART 1'), noCredit(), { from: xuetangx })]);
    const pinned = editionsToPin(terms, shared);
    expect(pinned.map(({ edition }) => edition)).toEqual(['ART 1 v1', 'ART 1 v3']);
    // The second edition was agreed on before the third of the same provider began; the first is of another one, and still the latest.
    const before = ['ART 1 v1', 'ART 1 v2'].map((edition) => ({ institution: xuetangx, code: 'ART1', edition }));
    expect(validateAgainstCatalogue(terms, shared, before).warnings).toMatchObject([
      { kind: 'editionChanged', edition: 'ART 1 v2', replacedBy: 'ART 1 v3' },
    ]);
  });

  /** The first by Langara, the others by Tsinghua, each from a year of its own. */
  function sharedEdition(number: number): CatalogueEdition {
    const provider = number === 1 ? langara : tsinghua;
    return { id: `ART 1 v${String(number)}`, provider, platform: xuetangx, validity: { from: `202${String(number)}-01-01` } };
  }
});

describe('grades', () => {
  const graded = (least: string, most: string, scale = 'langara-letter'): readonly string[] =>
    summary([rule('r', code('MATH 1273', { minimumGrade: { scale, value: least }, maximumGrade: letterGrade(most) }), math)]);
  const at = '/rules/0/source';

  it.each<[string, string, string | undefined, readonly string[]]>([
    ['C', 'B', undefined, []],
    ['B', 'B', undefined, []],
    ['A', 'B', undefined, [`${at}/maximumGrade`]],
    ['Z', 'Y', undefined, [`${at}/minimumGrade/value`, `${at}/maximumGrade/value`]],
    ['90', 'C', 'cn-hundred', []],
    ['101', 'C', 'cn-hundred', [`${at}/minimumGrade/value`]],
    ['A', 'C', 'nowhere', [`${at}/minimumGrade/scale`]],
  ])('from %s to %s', (least, most, scale, expected) => {
    expect(graded(least, most, scale)).toEqual(expected);
  });

  it.each<[string, GradeTable, readonly string[]]>([
    ['pairs', { from: 'langara-letter', to: 'cn-hundred', method: 'pairs', pairs: [{ from: 'A', to: '90' }] }, []],
    [
      'pairs of grades that are none',
      { from: 'langara-letter', to: 'cn-hundred', method: 'pairs', pairs: [{ from: 'Z', to: '900' }] },
      ['/gradeTables/0/pairs/0/from', '/gradeTables/0/pairs/0/to'],
    ],
    [
      'pairs of scales that are none',
      { from: 'x', to: 'y', method: 'pairs', pairs: [{ from: 'Z', to: '900' }] },
      ['/gradeTables/0/from', '/gradeTables/0/to'],
    ],
    ['distributions', { from: 'spread', to: 'spread', method: 'distribution', choose: 'mean' }, []],
    [
      'distributions that are not there',
      { from: 'spread', to: 'cn-hundred', method: 'distribution', choose: 'mean' },
      ['/gradeTables/0/to'],
    ],
    ['distributions of scales that are none', { from: 'x', to: 'spread', method: 'distribution', choose: 'mean' }, ['/gradeTables/0/from']],
  ])('read by %s', (_, table, expected) => {
    expect(summary([], { parties: [langara, ubc], gradeTables: [table] })).toEqual(expected);
  });
});

describe('credit systems', () => {
  it.each<[Conversion, readonly string[]]>([
    [{ from: 'us-semester', to: 'ects', method: 'yearShare' }, []],
    [{ from: 'us-semester', to: 'ects', method: 'hours' }, []],
    [{ from: 'x', to: 'y', method: 'pinned', factor: '2' }, ['/from', '/to']],
    [{ from: 'x', to: 'y', method: 'yearShare' }, ['/from', '/to']],
    [{ from: 'x', to: 'y', method: 'hours' }, ['/from', '/to']],
    [{ from: 'cn-credit', to: 'cn-credit', method: 'yearShare' }, ['/from', '/to']],
    [{ from: 'uvic-unit', to: 'ects', method: 'hours' }, []],
    [{ from: 'ects', to: 'uvic-unit', method: 'hours' }, ['/to']],
  ])('%j', (conversion, expected) => {
    expect(summary([], { parties: [langara, ubc], conversions: [conversion] })).toEqual(
      expected.map((pointer) => `/conversions/0${pointer}`),
    );
  });
});

describe('the institutions that terms name', () => {
  it('are the parties and whom selectors are held to', () => {
    const online = { kind: 'code', code: 'X 1', provider: tsinghua, platform: xuetangx } as const;
    const terms = agreement([rule('r', code('MATH 1273'), math, { conditions: { alsoHolds: { kind: 'course', select: online } } })], {
      limits: [
        { id: 'a', over: { kind: 'sendingCourses', select: [online] }, maximumCourses: 1 },
        { id: 'b', over: { kind: 'everything' }, maximumCourses: 1 },
      ],
    });
    expect(mentionedInstitutions(terms)).toEqual([
      { at: '/parties/0', institution: langara },
      { at: '/parties/1', institution: ubc },
      { at: '/rules/0/conditions/alsoHolds/select/provider', institution: tsinghua },
      { at: '/rules/0/conditions/alsoHolds/select/platform', institution: xuetangx },
      { at: '/limits/0/over/select/0/provider', institution: tsinghua },
      { at: '/limits/0/over/select/0/platform', institution: xuetangx },
    ]);
  });
});
