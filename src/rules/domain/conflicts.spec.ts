import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  all,
  any,
  code,
  course,
  credit,
  elective,
  exampleAgreements,
  gradingScales,
  institutions,
  letterGrade,
  noCredit,
  rule,
} from '../../../test/support/example-rules.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import { findConflicts, searchLimits, type Conflict } from './conflicts.js';
import { anyMember, type CourseSource, type Outcome, type Rule, type Selector, type Source } from './rule.js';

const x = credit(course('X 1', 3));
const y = credit(course('Y 1', 3));
const pattern = (text: string): CourseSource => ({ kind: 'course', select: { kind: 'pattern', pattern: text } });
const selecting = (select: Selector): CourseSource => ({ kind: 'course', select });

function conflictsOf(rules: readonly Rule[], rest: Partial<AgreementTerms> = {}): readonly Conflict[] {
  const report = findConflicts(agreement(rules, rest), gradingScales);
  expect(report.complete).toBe(true);
  return report.conflicts;
}

/** The codes that two rules' sources clash on, under `mostSpecific`; undefined when they do not clash. */
function clash(a: Source, b: Source, [first, second]: readonly [Partial<Rule>, Partial<Rule>] = [{}, {}]): readonly string[] | undefined {
  const [conflict, ...others] = conflictsOf([rule('a', a, x, first), rule('b', b, y, second)]);
  expect(others).toEqual([]);
  if (conflict === undefined) return undefined;
  expect(conflict).toMatchObject({ kind: 'differentOutcomes', rules: ['a', 'b'], pointers: ['/rules/0', '/rules/1'] });
  return 'example' in conflict ? conflict.example.consumed.map((completion) => completion.code) : undefined;
}

describe('the example rules', () => {
  it.each(Object.entries(exampleAgreements))('%s is free of conflicts', (_, terms) => {
    expect(findConflicts(terms, gradingScales)).toEqual({ conflicts: [], complete: true });
  });
});

describe('two rules on the same completions', () => {
  it.each<[string, Source, Source, readonly string[] | undefined]>([
    ['of one code', code('MATH 1'), code('math1'), ['MATH 1']],
    ['of two codes', code('MATH 1'), code('MATH 2'), undefined],
    ['of the same codes in another order', all(code('A 1'), code('B 1')), all(code('B 1'), code('A 1')), ['A 1', 'B 1']],
    ['of sets of another size', all(code('A 1'), code('B 1')), code('A 1'), undefined],
    ['of the same code as often', all(code('A 1'), code('A 1')), all(code('A 1'), code('A 1')), ['A 1', 'A 1']],
    ['of alternatives that meet', any(code('A 1'), code('B 1')), any(code('B 1'), code('C 1')), ['B 1']],
    [
      'of n of a list that meet',
      { kind: 'atLeast', courses: 2, of: [code('A 1'), code('B 1')] },
      all(code('B 1'), code('A 1')),
      ['A 1', 'B 1'],
    ],
    ['of a set that is not minimal', any(code('A 1'), all(code('A 1'), code('B 1'))), all(code('A 1'), code('B 1')), undefined],
    ['of a code and a pattern, which is vaguer', code('ENGL 100'), pattern('ENGL 1##'), undefined],
    ['of patterns as exact as each other', pattern('ENGL 1##'), pattern('ENGL #0#'), ['ENGL 100']],
    ['of patterns that never meet', pattern('ENGL 1##'), pattern('ENGL 2##'), undefined],
    ['of patterns, one more exact', pattern('ENGL 1##'), pattern('ENGL ###'), undefined],
    [
      'of a subject and level',
      selecting({ kind: 'subject', subject: 'MATH', level: 100 }),
      selecting({ kind: 'subject', subject: 'math', level: 100 }),
      ['MATH 100'],
    ],
    [
      'of a subject, one with a level',
      selecting({ kind: 'subject', subject: 'MATH', level: 100 }),
      selecting({ kind: 'subject', subject: 'MATH' }),
      undefined,
    ],
    [
      'of a subject',
      selecting({ kind: 'subject', subject: 'COM 1 ST' }),
      selecting({ kind: 'subject', subject: 'COM 1 ST' }),
      ['COM 1 ST 100'],
    ],
    [
      'of two levels',
      selecting({ kind: 'subject', subject: 'MATH', level: 7 }),
      selecting({ kind: 'subject', subject: 'MATH', level: 100 }),
      undefined,
    ],
    [
      'of one-digit levels',
      selecting({ kind: 'subject', subject: 'MATH', level: 7 }),
      selecting({ kind: 'subject', subject: 'MATH', level: 7 }),
      ['MATH 7'],
    ],
    [
      'of fields within each other',
      selecting({ kind: 'field', isced: '06' }),
      selecting({ kind: 'field', isced: '0613', minimumEqf: 6 }),
      ['101'],
    ],
    ['of two fields', selecting({ kind: 'field', isced: '06' }), selecting({ kind: 'field', isced: '07' }), undefined],
    [
      'of two patterns in sets',
      { kind: 'atLeast', courses: 2, of: [pattern('A 1#')] },
      { kind: 'atLeast', courses: 2, of: [pattern('A #0'), pattern('A 1#')] },
      ['A 10', 'A 11'],
    ],
    [
      'of any two of a pattern',
      { kind: 'atLeast', courses: 2, of: [pattern('A 1#')] },
      all(pattern('A 1#'), pattern('A 1#')),
      ['A 10', 'A 11'],
    ],
    ['of sums of credits', { kind: 'atLeast', credits: 6, of: [code('A 1'), code('B 1')] }, all(code('A 1'), code('B 1')), ['A 1', 'B 1']],
    ['of a code and a sum of credits', { kind: 'atLeast', credits: 6, of: [code('A 1')] }, code('A 1'), ['A 1']],
  ])('%s', (_, a, b, expected) => {
    expect(clash(a, b)).toEqual(expected);
  });

  it('with the same outcome are no conflict, nor is one rule with itself', () => {
    expect(conflictsOf([rule('a', code('A 1'), x), rule('b', code('A 1'), x)])).toEqual([]);
    expect(conflictsOf([rule('a', any(code('A 1'), code('A 1')), x)])).toEqual([]);
  });

  it.each<[string, Partial<Rule>, Partial<Rule>, boolean]>([
    ['other receivers', { to: institutions.ubc }, { to: institutions.victoria }, false],
    ['any member and one receiver', { to: anyMember }, { to: institutions.ubc }, true],
    ['other senders', { from: institutions.langara }, { from: institutions.coursera }, false],
    ['any member and one sender', { from: anyMember }, { from: institutions.langara }, true],
    ['validities that meet', { validity: { until: '2020-12-31' } }, { validity: { from: '2020-12-31' } }, true],
    ['validities that do not meet', { validity: { until: '2020-12-31' } }, { validity: { from: '2021-01-01' } }, false],
    ['validities of other dates', { validity: { until: '2020-12-31' } }, { validity: { from: '2021-01-01' }, governedBy: 'request' }, true],
    [
      'a completion before enrolment',
      { validity: { until: '2020-12-31' } },
      { validity: { from: '2021-01-01' }, governedBy: 'enrolment' },
      false,
    ],
    ['one restricted to programmes', { conditions: { programmes: { only: ['BSC'] } } }, {}, false],
    [
      'both restricted to a programme',
      { conditions: { programmes: { only: ['BSC', 'BA'] } } },
      { conditions: { programmes: { only: ['BA'] } } },
      true,
    ],
    ['programmes apart', { conditions: { programmes: { only: ['BSC'] } } }, { conditions: { programmes: { only: ['BA'] } } }, false],
    [
      'a programme excepted',
      { conditions: { programmes: { only: ['BSC'] } } },
      { conditions: { programmes: { only: ['BSC'], except: ['BA'] } } },
      true,
    ],
    ['programmes excepted', { conditions: { programmes: { except: ['BSC'] } } }, { conditions: { programmes: { except: ['BA'] } } }, true],
    ['one course held, the same not', { conditions: { alsoHolds: code('C 1') } }, { conditions: { doesNotHold: code('C 1') } }, false],
    ['two courses held', { conditions: { alsoHolds: code('C 1') } }, { conditions: { alsoHolds: code('D 1') } }, true],
    ['alternatives held', { conditions: { alsoHolds: any(code('C 1'), code('D 1')) } }, { conditions: { doesNotHold: code('C 1') } }, true],
  ])('with %s', (_, first, second, expected) => {
    const found = clash(code('A 1'), code('A 1'), [first, second]);
    expect(found).toEqual(expected ? ['A 1'] : undefined);
  });

  it('are shown with what makes both fire', () => {
    const conditions = { programmes: { only: ['BSC', 'BA'] }, alsoHolds: code('C 1', { minimumGrade: letterGrade('B') }) };
    const demanding = code('A 1', { minimumCredits: 3, minimumGrade: letterGrade('C') });
    expect(
      conflictsOf([
        rule('a', demanding, x, { conditions, validity: { from: '2020-01-01' } }),
        rule('b', code('A 1', { minimumCredits: 4 }), y, {
          conditions: { programmes: { only: ['BA'] }, alsoHolds: code('C 1') },
          validity: { until: '2024-12-31' },
        }),
      ]),
    ).toEqual([
      {
        kind: 'differentOutcomes',
        rules: ['a', 'b'],
        pointers: ['/rules/0', '/rules/1'],
        example: {
          receiver: 'ubcv',
          programme: 'BA',
          dates: { completion: '2024-12-31' },
          consumed: [{ provider: 'langara', code: 'A 1', credits: 4, grade: letterGrade('C') }],
          held: [
            { provider: 'langara', code: 'C 1', grade: letterGrade('B') },
            { provider: 'langara', code: 'C 1' },
          ],
        },
      },
    ]);
  });

  it('take the best of several attempts', () => {
    const rules = [
      rule('a', code('A 1'), x, { conditions: { alsoHolds: code('a1') } }),
      rule('b', code('A 1'), y, { conditions: { alsoHolds: code('A 1', { minimumGrade: letterGrade('C') }) } }),
    ];
    const passed = { provider: 'langara', code: 'A 1', grade: letterGrade('C') };
    expect(conflictsOf(rules)).toMatchObject([{ example: { consumed: [passed], held: [{ provider: 'langara', code: 'a1' }, passed] } }]);
    const [first, second] = rules;
    const failing = code('A 1', { maximumGrade: letterGrade('D') });
    expect(conflictsOf([first, second].flatMap((each) => (each === undefined ? [] : [{ ...each, source: failing }])))).toEqual([]);
  });

  it('hold grades that are not forbidden', () => {
    const conditions = {
      alsoHolds: code('C 1', { maximumGrade: letterGrade('A') }),
      doesNotHold: code('C 1', { minimumGrade: letterGrade('A') }),
    };
    const [conflict] = conflictsOf([rule('a', code('A 1'), x, { conditions }), rule('b', code('A 1'), y)]);
    expect(conflict).toMatchObject({ example: { held: [{ code: 'C 1', grade: letterGrade('F') }] } });
  });

  it('hold what both demand once', () => {
    const conditions = { alsoHolds: code('C 1') };
    const [conflict] = conflictsOf([rule('a', code('A 1'), x, { conditions }), rule('b', code('A 1'), y, { conditions })]);
    expect(conflict).toMatchObject({ example: { held: [{ provider: 'langara', code: 'C 1' }] } });
  });

  it('are shown on the fewest completions', () => {
    const many = any(all(code('A 1'), code('B 1')), code('C 1'));
    expect(clash(many, many)).toEqual(['C 1']);
    const held = { conditions: { alsoHolds: all(code('D 1'), code('E 1')) } };
    expect(clash(code('A 1'), any(code('A 1'), code('Z 1')), [held, {}])).toEqual(['A 1']);
  });

  it('clash on a course that runs on a platform only where a rule says so', () => {
    const platform = {
      select: { kind: 'code', code: 'A 1', provider: institutions.tsinghua, platform: institutions.xuetangx } as const,
      kind: 'course' as const,
    };
    const senders = [{ from: institutions.xuetangx }, { from: institutions.tsinghua }] as const;
    expect(clash(platform, code('A 1'), senders)).toEqual(['A 1']);
    expect(clash(code('A 1'), code('A 1'), senders)).toBeUndefined();
    expect(
      clash(platform, { ...platform, select: { ...platform.select, provider: institutions.lanzhou } }, [senders[0], senders[0]]),
    ).toBeUndefined();
  });

  it('have no order under bestForStudent', () => {
    const rules = [rule('a', code('A 1'), x), rule('b', pattern('A #'), y)];
    expect(conflictsOf(rules, { precedence: 'bestForStudent' })).toHaveLength(1);
    expect(conflictsOf(rules)).toEqual([]);
  });

  it('avoid codes that rules name, where they can', () => {
    const two = [rule('a', pattern('A #'), x), rule('b', pattern('A #'), y)];
    const consumed = (rules: readonly Rule[]): unknown =>
      conflictsOf(rules).map((conflict) => 'example' in conflict && conflict.example.consumed);
    expect(consumed([...two, rule('c', code('A 1'), x)])).toEqual([[{ provider: 'langara', code: 'A 2' }]]);
    const literal = [rule('a', pattern('A 1'), x), rule('b', pattern('A 1'), y)];
    expect(consumed([...literal, rule('c', code('A 1'), x)])).toEqual([[{ provider: 'langara', code: 'A 1' }]]);
  });

  it.each<[Outcome, Outcome, boolean]>([
    [x, noCredit(), false],
    [noCredit(), { kind: 'individualAssessment' }, true],
    [noCredit('level'), noCredit('level'), false],
  ])('of which some refuse: %j and %j', (one, other, expected) => {
    const rules = [rule('a', all(code('A 1'), code('B 1')), one), rule('b', all(code('A 1'), code('B 1')), other)];
    expect(conflictsOf(rules).filter(({ kind }) => kind === 'differentOutcomes')).toHaveLength(expected ? 1 : 0);
  });
});

describe('grade bands', () => {
  const band = (least: string | undefined, most: string | undefined): CourseSource =>
    code('A 1', {
      ...(least !== undefined && { minimumGrade: letterGrade(least) }),
      ...(most !== undefined && { maximumGrade: letterGrade(most) }),
    });
  const kinds = (a: Source, b: Source): readonly string[] => conflictsOf([rule('a', a, x), rule('b', b, y)]).map(({ kind }) => kind);

  it.each<[CourseSource, CourseSource, readonly string[]]>([
    [band('B', undefined), band('C-', 'B-'), []],
    [band('B', undefined), band('C-', 'B'), ['overlappingGradeBands']],
    [band('C', undefined), band('B', undefined), ['overlappingGradeBands']],
    [band('C', undefined), band('C', undefined), ['differentOutcomes']],
    [band(undefined, 'C'), band('C', undefined), ['overlappingGradeBands']],
    [band('C', undefined), band(undefined, undefined), ['differentOutcomes']],
  ])('%j and %j', (a, b, expected) => {
    expect(kinds(a, b)).toEqual(expected);
  });

  it('on a numeric scale', () => {
    const marks = (least: string, most?: string): CourseSource =>
      code('A 1', {
        minimumGrade: { scale: 'cn-hundred', value: least },
        ...(most !== undefined && { maximumGrade: { scale: 'cn-hundred', value: most } }),
      });
    expect(kinds(marks('60', '79.9'), marks('80'))).toEqual([]);
    expect(kinds(marks('60', '80'), marks('80'))).toEqual(['overlappingGradeBands']);
  });

  it('on two scales, read by pairs', () => {
    const rules = [rule('a', band('B', undefined), x), rule('b', code('A 1', { minimumGrade: { scale: 'cn-hundred', value: '80' } }), y)];
    const pairs = [{ from: 'A', to: '90' }];
    expect(conflictsOf(rules)).toEqual([]);
    const [conflict] = conflictsOf(rules, { gradeTables: [{ from: 'langara-letter', to: 'cn-hundred', method: 'pairs', pairs }] });
    expect(conflict).toMatchObject({ kind: 'overlappingGradeBands', example: { consumed: [{ grade: letterGrade('A') }] } });
    const chosen = { from: 'langara-letter', to: 'cn-hundred', method: 'distribution', choose: 'mean' } as const;
    expect(conflictsOf(rules, { gradeTables: [chosen] })).toEqual([]);
  });

  it('are not compared where the scale is not known', () => {
    const unknown = code('A 1', { minimumGrade: { scale: 'nowhere', value: 'A' }, maximumGrade: { scale: 'nowhere', value: 'B' } });
    expect(kinds(unknown, band('B', undefined))).toEqual([]);
  });
});

describe('the search', () => {
  it('is bounded, and says so', () => {
    const same = Array.from({ length: 60 }, (_, at) => rule(`r${String(at)}`, code('A 1'), credit(elective('X', 100, String(at), 3))));
    const report = findConflicts(agreement(same), gradingScales);
    expect([report.conflicts.length, report.complete]).toEqual([searchLimits.conflicts, false]);
    const held = any(...Array.from({ length: 51 }, (_, at) => code(`B ${String(at)}`)));
    expect(findConflicts(agreement([rule('a', code('A 1'), x, { conditions: { alsoHolds: held } })]), gradingScales).complete).toBe(false);
    const large = all(...Array.from({ length: 30 }, (_, at) => code(`A ${String(at)}`)));
    expect(findConflicts(agreement([rule('a', large, x), rule('b', large, y)]), gradingScales)).toEqual({ conflicts: [], complete: false });
  });

  it('looks at so many ways of all rules', () => {
    const of = Array.from({ length: 14 }, (_, at) => code(`A ${String(at)}`));
    const wide = Array.from({ length: 110 }, (_, at) => rule(`r${String(at)}`, { kind: 'atLeast', courses: 5, of }, at === 0 ? y : x));
    const { complete, conflicts } = findConflicts(agreement(wide), gradingScales);
    expect(complete).toBe(false);
    expect(conflicts.length).toBeGreaterThan(90);
  });

  it('thinks up so many completions', () => {
    const held = any(...Array.from({ length: 50 }, (_, at) => code(`B ${String(at)}`)));
    const holding = (count: number): AgreementTerms =>
      agreement(
        Array.from({ length: count }, (_, at) =>
          at % 2 === 0
            ? rule(`r${String(at)}`, code('A 1'), x, { conditions: { alsoHolds: held } })
            : rule(`r${String(at)}`, code('A 1'), y, { conditions: { alsoHolds: pattern('C #'), doesNotHold: held } }),
        ),
      );
    expect(findConflicts(holding(10), gradingScales)).toEqual({ conflicts: [], complete: true });
    expect(findConflicts(holding(60), gradingScales)).toEqual({ conflicts: [], complete: false });
  });

  it('goes through 5,000 rules in seconds', () => {
    const rules = Array.from({ length: 5000 }, (_, at) =>
      rule(`r${String(at)}`, at % 10 === 0 ? pattern(`S${String(at)} 1##`) : code(`C ${String(at)}`), credit(course(`X ${String(at)}`, 3))),
    );
    const start = performance.now();
    expect(findConflicts(agreement(rules), gradingScales).conflicts).toEqual([]);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});
