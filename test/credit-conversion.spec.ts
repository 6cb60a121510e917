import { describe, expect, it } from '@jest/globals';
import type { AgreementTerms, Conversion, GradeTable } from '../src/agreements/domain/index.js';
import type { ApplicationResult, Completion } from '../src/evaluation/domain/index.js';
import type { GradingScale } from '../src/kernel/index.js';
import type { Award } from '../src/rules/domain/index.js';
import { a, asked, b, forA, forB, gives, type Setting } from './support/asked.js';
import { levelsOf, statuses } from './support/judged.js';
import { all, completion, course, elective, named, rule } from './support/oracle/builders.js';

/**
 * Quantities are exact: conversion of credits with method, factor and rounding on the result, and of grades across scales. System H has 60 credits
 * a year and 25–30 hours a credit, S 30 and 45; W only states 15–18 hours, N nothing.
 */

const converted: Award = elective('X', 0, { credits: { kind: 'converted' } });

/** What one course of 3 credits of a system becomes, with a further award of 1 so that it is taken in any case. */
function convertedOf(held: Partial<Completion>, conversions: readonly Conversion[] = []): ApplicationResult | undefined {
  const rules = [rule('r', forA, [converted, elective('Y', 1)])];
  return asked([{ ...a, ...held }], rules, { terms: { conversions } }).applications[0];
}

describe('the method of conversion', () => {
  const pair = { from: 'S', to: 'H' } as const;
  const pinned: Conversion = { ...pair, method: 'pinned', factor: '5/3' };
  const table: Conversion = {
    ...pair,
    method: 'table',
    unit: 'weeks',
    rows: [
      { atLeast: 4, credits: 1 },
      { atLeast: 8, credits: 2 },
      { atLeast: 12, credits: 3 },
    ],
  };
  const yearShare: Conversion = { ...pair, method: 'yearShare' };
  const byHours: Conversion = { ...pair, method: 'hours' };

  it.each<[string, Partial<Completion>, readonly Conversion[], object]>([
    ['one system: factor 1', {}, [], { method: 'same', factor: '1', converted: '3' }],
    ['year share before hours: 3 × 60/30', { creditSystem: 'S' }, [], { method: 'yearShare', factor: '2', converted: '6' }],
    ['hours: 3 × 16.5/27.5', { creditSystem: 'W' }, [], { method: 'hours', factor: '3/5', converted: '9/5' }],
    ['stated hours: 55/27.5', { creditSystem: 'W', hours: 55 }, [], { method: 'hours', factor: '2/3', converted: '2' }],
    ['none where nothing is known', { creditSystem: 'N' }, [], { method: 'none', converted: '0' }],
    ['pinned before all', { creditSystem: 'S', weeks: 12 }, [byHours, table, yearShare, pinned], { method: 'pinned', factor: '5/3', converted: '5' }], // prettier-ignore
    ['then the table', { creditSystem: 'S', weeks: 11 }, [byHours, yearShare, table], { method: 'table', converted: '2' }],
    ['then year share', { creditSystem: 'S' }, [byHours, yearShare, table], { method: 'yearShare', factor: '2', converted: '6' }],
    ['hours where the agreement pins the method: 3 × 45/27.5', { creditSystem: 'S' }, [byHours], { method: 'hours', factor: '18/11', converted: '54/11' }], // prettier-ignore
  ])('%s', (_, held, conversions, expected) => {
    const { creditSystem = 'H' } = held;
    expect(convertedOf(held, conversions)?.conversions).toEqual([{ completion: 'a', credits: 3, creditSystem, ...expected }]);
  });

  it.each([
    [3, '0'],
    [4, '1'],
    [7, '1'],
    [8, '2'],
    [12, '3'],
    [40, '3'],
  ])('%d weeks by a table of 4, 8 and 12 weeks', (weeks, expected) => {
    expect(convertedOf({ creditSystem: 'S', weeks }, [table])?.conversions).toMatchObject([{ method: 'table', converted: expected }]);
  });

  it.each<[Conversion & { method: 'table' }, Partial<Completion>, string]>([
    [{ ...table, unit: 'hours', rows: [{ atLeast: 90, credits: 4 }] }, { hours: 90 }, '4'],
    [{ ...table, unit: 'credits', rows: [{ atLeast: 3, credits: 5 }] }, {}, '5'],
  ])('a table may count %s', (rows, held, expected) => {
    expect(convertedOf({ creditSystem: 'S', ...held }, [rows])?.conversions).toMatchObject([{ method: 'table', converted: expected }]);
  });

  it('methods disagree: 3 semester credits are 6 by year share, 4.909 by hours', () => {
    expect(convertedOf({ creditSystem: 'S' }, [yearShare])?.convertedCredits).toBe(6);
    expect(convertedOf({ creditSystem: 'S' }, [byHours])?.convertedCredits).toBe(4.909); // 54/11 = 4.90909…
  });
});

describe('the sum is converted exactly, rounded once, and split by largest remainder', () => {
  const ones = [completion('a', 'MA 101', 1, { creditSystem: 'S' }), completion('b', 'MA 102', 1, { creditSystem: 'S' })];
  const third = (rounding?: Conversion['rounding']): readonly Conversion[] => [
    { from: 'S', to: 'H', method: 'pinned', factor: '10/3', ...(rounding === undefined ? {} : { rounding }) },
  ];

  function split(awards: readonly Award[], rounding?: Conversion['rounding'], known: Setting['known'] = []): readonly number[] {
    const { applications } = asked(ones, [rule('r', all(forA, forB), awards)], { terms: { conversions: third(rounding) }, known });
    return applications.flatMap((application) => [application.convertedCredits, ...application.awards.map(({ credits }) => credits)]);
  }

  const x: Award = { ...converted, target: { kind: 'course', code: 'X 100' } };
  const y: Award = { ...converted, target: { kind: 'course', code: 'Y 100' } };
  const halfUp = { mode: 'halfUp', step: 0.5 } as const;

  // 1 × 10/3 + 1 × 10/3 = 20/3 = 6.666…
  it.each([
    [undefined, 6.667],
    [{ mode: 'none' } as const, 6.667],
    [halfUp, 6.5],
    [{ mode: 'halfUp', step: 1 } as const, 7],
    [{ mode: 'down', step: 1 } as const, 6],
    [{ mode: 'down', step: 0.001 } as const, 6.666],
  ])('rounded by %j', (rounding, expected) => {
    expect(split([converted], rounding)).toEqual([expected, expected]);
  });

  it('once: each by itself would be 3.5 and 3.5', () => {
    expect(split([converted], halfUp)[0]).toBe(6.5);
  });

  it('split equally: 13 steps of 0.5, the earlier award has the odd one', () => {
    expect(split([x, y], halfUp)).toEqual([6.5, 3.5, 3]);
  });

  it('split by the receiving courses’ own credits where all are known', () => {
    const own = [
      { code: 'x100', credits: 1 },
      { code: 'Y 100', credits: 3 },
    ];
    // 13 steps by 1 : 3 are 3.25 and 9.75: 3 and 10.
    expect(split([x, y], halfUp, own)).toEqual([6.5, 1.5, 5]);
    expect(split([x, y], halfUp, own.slice(1))).toEqual([6.5, 3.5, 3]); // one is not known
  });

  it('after the fixed credits, and cut to the maximum at last', () => {
    // 6.5 − 2.25 = 4.25: 8 steps, 4 each, and the quarter with the first.
    expect(split([named('Z 1', 2.25), x, y], halfUp)).toEqual([6.5, 2.25, 2.25, 2]);
    expect(split([named('Z 1', 7), x], halfUp)).toEqual([6.5, 7, 0]);
    expect(split([{ ...x, credits: { kind: 'converted', maximum: 2 } }, y], halfUp)).toEqual([6.5, 2, 3]);
  });

  it('totals are never rounded', () => {
    const conversions: readonly Conversion[] = [{ from: 'S', to: 'H', method: 'pinned', factor: '1/3' }];
    const result = asked(ones, [rule('r', forA, [converted]), rule('s', forB, [converted])], { terms: { conversions } });
    expect(result.totals.recognised).toBe(0.666); // 0.333 + 0.333, not 2/3
  });

  it('what is lost is the converted sum less what is recognised', () => {
    const result = asked([{ ...a, creditSystem: 'S' }], [gives('r', forA, 4)]);
    expect(levelsOf(result)).toEqual([26, 0, 4, 1, 2]); // 3 × 2 − 4
  });
});

const hundred: GradingScale = {
  id: 'hundred',
  name: 'marks of a hundred',
  grades: [],
  numeric: { lowest: '0', highest: '100' },
  passMark: '60',
  source: 'test',
};
const letters: GradingScale = {
  id: 'letters',
  name: 'letters',
  grades: [{ value: 'F', points: '0' }, { value: 'D', points: '1' }, { value: 'C', points: '2' }, { value: 'B', points: '3' }, { value: 'A' }], // prettier-ignore
  passMark: 'D',
  distribution: [{ value: 'A', share: '0.2' }, { value: 'B', share: '0.3' }, { value: 'C', share: '0.3' }, { value: 'D', share: '0.2' }], // prettier-ignore
  source: 'test',
};
const marks: GradingScale = {
  id: 'marks',
  name: 'marks, the smaller the better',
  grades: ['5', '3', '2', '1'].map((value) => ({ value, points: value })),
  passMark: '3',
  distribution: [{ value: '1', share: '0.2' }, { value: '2', share: '0.3' }, { value: '3', share: '0.5' }], // prettier-ignore
  source: 'test',
};
const pairs: GradeTable = {
  from: 'marks',
  to: 'letters',
  method: 'pairs',
  pairs: [
    { from: '1', to: 'A' },
    { from: '2', to: 'B' },
    { from: '3', to: 'C' },
  ],
};
const graded = (scale: string, value: string): Pick<Completion, 'grade'> => ({ grade: { scale, value } });

function setting(terms: Partial<AgreementTerms>, receivingScale = 'letters'): Setting {
  return { terms, rest: { receivingScale, gradingScales: [hundred, letters, marks] } };
}

describe('a grade is compared within a scale, and across scales by the agreement’s table', () => {
  const cOrBetter = [gives('r', course('MA 101', { minimumGrade: { scale: 'letters', value: 'C' } }), 3)];

  it.each([
    ['letters', 'C', [], 'used'],
    ['letters', 'D', [], 'gradeTooLow'],
    ['marks', '3', [pairs], 'used'],
    ['marks', '5', [pairs], 'gradeTooLow'],
    ['marks', '1', [], 'gradeTooLow'],
    ['hundred', '100', [pairs], 'gradeTooLow'],
  ] as const)('%s %s', (scale, value, gradeTables, status) => {
    expect(statuses(asked([{ ...a, ...graded(scale, value) }], cOrBetter, setting({ gradeTables })))).toEqual({ a: status });
  });
});

describe('the grade of an award', () => {
  function gradeOf(
    combine: 'lowest' | 'creditWeightedMean',
    held: readonly Completion[],
    gradeTables: readonly GradeTable[],
    scale?: string,
  ) {
    const award = elective('X', 3, { grade: { kind: 'converted', combine } });
    const source = held.length === 1 ? forA : all(forA, forB);
    return asked(held, [rule('r', source, [award])], setting({ gradeTables }, scale)).applications[0]?.awards[0]?.grade;
  }
  const converts = (value: string, mean?: string) => ({
    kind: 'converted',
    scale: 'letters',
    value,
    ...(mean === undefined ? {} : { mean }),
  });

  it('by a table of pairs', () => {
    expect(gradeOf('lowest', [{ ...a, ...graded('marks', '2') }], [pairs])).toEqual(converts('B'));
  });

  // Best first: marks 1 on [0, 0.2], 2 on [0.2, 0.5], 3 on [0.5, 1]; letters A [0, 0.2], B [0.2, 0.5], C [0.5, 0.8], D [0.8, 1].
  it.each([
    ['maximum', ['A', 'B', 'C']],
    ['minimum', ['A', 'B', 'D']],
    ['mean', ['A', 'B', 'C']], // the middle of 3 is 0.75, in C
  ] as const)('by the overlap of distributions, the %s', (choose, expected) => {
    const table: GradeTable = { from: 'marks', to: 'letters', method: 'distribution', choose };
    const values = ['1', '2', '3'].map((value) => gradeOf('lowest', [{ ...a, ...graded('marks', value) }], [table]));
    expect(values).toEqual(expected.map((value) => converts(value)));
  });

  it('the lowest of the set', () => {
    expect(
      gradeOf(
        'lowest',
        [
          { ...a, ...graded('marks', '3') },
          { ...b, ...graded('letters', 'A') },
        ],
        [pairs],
      ),
    ).toEqual(converts('C'));
  });

  it('the mean by sent credits, as the grade whose points are nearest, half up', () => {
    const of = (first: string, second: string, credits: number) =>
      gradeOf(
        'creditWeightedMean',
        [
          { ...a, ...graded('letters', first) },
          { ...b, credits, ...graded('letters', second) },
        ],
        [],
      );
    expect(of('C', 'B', 1)).toEqual(converts('C', '9/4')); // (3 × 2 + 1 × 3) / 4
    expect(of('C', 'B', 3)).toEqual(converts('B', '5/2'));
    expect(of('C', 'B', 9)).toEqual(converts('B', '11/4')); // (3 × 2 + 9 × 3) / 12
  });

  it('the mean of marks', () => {
    const held = [
      { ...a, ...graded('hundred', '73') },
      { ...b, ...graded('hundred', '74') },
    ];
    expect(gradeOf('creditWeightedMean', held, [], 'hundred')).toEqual({ kind: 'converted', scale: 'hundred', value: '74', mean: '147/2' });
  });

  it.each([
    ['noGrade', 'lowest', [a]],
    ['noTable', 'lowest', [{ ...a, ...graded('hundred', '80') }]],
    ['noPoints', 'creditWeightedMean', [{ ...a, ...graded('letters', 'A') }]],
    ['noGrade', 'lowest', [{ ...a, ...graded('letters', 'A') }, b]],
  ] as const)('or none, with the reason: %s', (reason, combine, held) => {
    expect(gradeOf(combine, held, [pairs])).toEqual({ kind: 'notConvertible', reason });
  });

  it('the original grade and scale are never lost', () => {
    const award = elective('X', 3, { grade: { kind: 'converted', combine: 'lowest' } });
    const held = [{ ...a, ...graded('marks', '2') }];
    const { applications } = asked(held, [rule('r', forA, [award])], setting({ gradeTables: [pairs] }));
    expect(applications[0]?.conversions).toMatchObject([{ originalGrade: { scale: 'marks', value: '2' } }]);
  });

  it('none where the programme takes open online courses without grades, or the rule asks for none', () => {
    const award = elective('X', 3, { grade: { kind: 'converted', combine: 'lowest' } });
    const held = { ...a, mooc: true, ...graded('letters', 'A') };
    const ungraded = asked([held], [rule('r', forA, [award])], { policy: { moocWithoutGrade: true } });
    expect(ungraded.applications[0]?.awards[0]).not.toHaveProperty('grade');
    expect(asked([held], [gives('r', forA, 3)]).applications[0]?.awards[0]).not.toHaveProperty('grade');
  });
});
