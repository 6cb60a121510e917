import { describe, expect, it } from '@jest/globals';
import { completion } from '../../../test/support/oracle/builders.js';
import type { Conversion, Rounding } from '../../agreements/domain/index.js';
import type { CreditSystem } from '../../kernel/index.js';
import { ConversionBook, convertedSum } from './convert.js';
import type { Completion } from './input.js';
import type { ConversionResult } from './result.js';

/** docs/evaluation.md §4: conversion of a completion's credits, and the converted sum. */

const systems = new Map<string, CreditSystem>(
  [
    { id: 'ects', creditsPerYear: 60, hoursPerCredit: { minimum: 25, maximum: 30 } },
    { id: 'us', creditsPerYear: 30, hoursPerCredit: { minimum: 45, maximum: 45 } },
    { id: 'hours', hoursPerCredit: { minimum: 15, maximum: 18 } },
    { id: 'year', creditsPerYear: 36.5 },
    { id: 'bare' },
    { id: 'idle', creditsPerYear: 0, hoursPerCredit: { minimum: 0, maximum: 0 } },
  ].map((system) => [system.id, { name: system.id, source: 'test', ...system }]),
);
const of = (creditSystem: string, credits: number, rest: Partial<Completion> = {}): Completion =>
  completion('a', 'MA 101', credits, { creditSystem, ...rest });
const pair = { from: 'us', to: 'ects' } as const;
const pinned = (factor: string, rounding?: Rounding): Conversion => ({
  ...pair,
  method: 'pinned',
  factor,
  ...(rounding !== undefined && { rounding }),
});
const table = (unit: 'weeks' | 'hours' | 'credits'): Extract<Conversion, { readonly method: 'table' }> => {
  return {
    ...pair,
    method: 'table',
    unit,
    rows: [
      { atLeast: 4, credits: 1 },
      { atLeast: 8, credits: 2 },
      { atLeast: 12, credits: 3.5 },
    ],
  };
};

/** "method factor converted". */
function said(held: Completion, to: string, conversions: readonly Conversion[] = []): string {
  const { method, factor, converted } = new ConversionBook(conversions).convert(held, to, systems).result;
  return [method, factor ?? '-', converted].join(' ');
}

describe('conversion', () => {
  const cases: readonly [sentence: string, held: Completion, to: string, conversions: readonly Conversion[], said: string][] = [
    ['pinned: the factor the agreement states', of('us', 3), 'ects', [pinned('3/2')], 'pinned 3/2 9/2'],
    ['pinned: as a decimal', of('us', 1.333), 'ects', [pinned('1.7')], 'pinned 17/10 22661/10000'], // 1.333 · 1.7 = 2.2661
    [
      'pinned before table before yearShare before hours',
      of('us', 3, { weeks: 8 }),
      'ects',
      [{ ...pair, method: 'hours' }, { ...pair, method: 'yearShare' }, table('weeks'), pinned('2')],
      'pinned 2 6',
    ],
    ['table before yearShare', of('us', 3, { weeks: 8 }), 'ects', [{ ...pair, method: 'yearShare' }, table('weeks')], 'table - 2'],
    [
      'yearShare before hours',
      of('us', 3),
      'ects',
      [
        { ...pair, method: 'hours' },
        { ...pair, method: 'yearShare' },
      ],
      'yearShare 2 6',
    ],
    ['hours where the agreement says so', of('us', 3), 'ects', [{ ...pair, method: 'hours' }], 'hours 18/11 54/11'], // 45 / 27.5
    ['a factor that is none cannot be computed', of('us', 3), 'ects', [pinned('x'), { ...pair, method: 'hours' }], 'hours 18/11 54/11'],
    ['a table of what is not stated cannot be computed', of('us', 3), 'ects', [table('weeks')], 'yearShare 2 6'],
    [
      'a year share of an unknown year cannot be computed',
      of('hours', 10),
      'ects',
      [{ from: 'hours', to: 'ects', method: 'yearShare' }],
      'hours 3/5 6',
    ], // 16.5 / 27.5
    ['a table counts weeks', of('us', 3, { weeks: 7.5 }), 'ects', [table('weeks')], 'table - 1'],
    ['a table counts hours', of('us', 3, { hours: 500 }), 'ects', [table('hours')], 'table - 7/2'],
    ['a table counts credits', of('us', 4), 'ects', [table('credits')], 'table - 1'],
    ['below the first row there are none', of('us', 3.999), 'ects', [table('credits')], 'table - 0'],
    [
      'the greatest row that is reached, in whatever order',
      of('us', 9),
      'ects',
      [
        {
          ...table('credits'),
          rows: [
            { atLeast: 8, credits: 2 },
            { atLeast: 4, credits: 1 },
          ],
        },
      ],
      'table - 2',
    ],
    [
      'entries of other pairs play no part',
      of('us', 3),
      'ects',
      [
        { ...pinned('9'), from: 'hours' },
        { ...pinned('9'), to: 'us' },
      ],
      'yearShare 2 6',
    ],
    ['equal systems – same, factor 1', of('us', 3.123), 'us', [], 'same 1 3123/1000'],
    [
      'equal systems whose agreement has an entry',
      of('us', 3),
      'us',
      [{ from: 'us', to: 'us', method: 'pinned', factor: '0.5' }],
      'pinned 1/2 3/2',
    ],
    ['equal systems of which nothing is known', of('unknown', 3), 'unknown', [], 'same 1 3'],
    ['without an entry the ratio of credits per year', of('year', 3), 'ects', [], 'yearShare 120/73 360/73'], // 60 / 36.5
    ['then stated hours over the middle of the receiving interval', of('bare', 2, { hours: 55 }), 'ects', [], 'hours 1 2'], // 55 / 27.5 = 2, for 2 credits
    ['stated hours before the sending interval', of('hours', 2, { hours: 110 }), 'ects', [], 'hours 2 4'],
    ['stated hours of no credits have no factor', of('bare', 0, { hours: 55 }), 'ects', [], 'hours - 2'],
    ['else the middle of the sending interval over that of the receiving', of('hours', 5), 'ects', [], 'hours 3/5 3'],
    ['else none, 0', of('bare', 3), 'ects', [], 'none - 0'],
    ['none for a receiving system of which nothing is known', of('us', 3, { hours: 100 }), 'bare', [], 'none - 0'],
    ['none where figures are 0', of('us', 3, { hours: 100 }), 'idle', [], 'none - 0'],
    ['no year share of a year without credits', of('idle', 3), 'year', [], 'none - 0'],
  ];

  it.each(cases)('%s', (_, held, to, conversions, expected) => {
    expect(said(held, to, conversions)).toBe(expected);
  });

  it('keeps the original value, system and grade', () => {
    const held = of('us', 3, { grade: { scale: 'letters', value: 'B' } });
    const { result } = new ConversionBook([]).convert(held, 'ects', systems);
    expect(result).toEqual({
      completion: 'a',
      credits: 3,
      creditSystem: 'us',
      method: 'yearShare',
      factor: '2',
      converted: '6',
      originalGrade: held.grade,
    });
    const plain: ConversionResult = new ConversionBook([]).convert(of('bare', 3), 'ects', systems).result;
    expect(plain).toEqual({ completion: 'a', credits: 3, creditSystem: 'bare', method: 'none', converted: '0' });
  });

  it('remembers a factor only for the very systems it was worked out from', () => {
    const book = new ConversionBook([]);
    const converted = (creditsPerYear: number): string => {
      const sending: CreditSystem = { id: 'us', name: 'us', creditsPerYear, source: 'test' };
      return book.convert(of('us', 3), 'ects', new Map([...systems, ['us', sending]])).result.converted;
    };
    expect([converted(30), converted(45), converted(30)]).toEqual(['6', '4', '6']);
    expect(book.convert(of('us', 3), 'ects', systems).exact).toEqual(book.convert(of('us', 3), 'ects', systems).exact);
  });
});

describe('the converted sum', () => {
  const sum = (conversions: readonly Conversion[], ...held: readonly Completion[]): unknown => {
    const book = new ConversionBook(conversions);
    return convertedSum(held.map((one) => book.convert(one, 'ects', systems)));
  };
  const of_ = (mode: Rounding['mode'], step?: number): Conversion => pinned('1/3', { mode, ...(step !== undefined && { step }) });

  it('is the exact sum, rounded once', () => {
    // 1/3 + 1/3 + 1/3 = 1, not 3 · 0.333
    expect(sum([pinned('1/3')], of('us', 1), of('us', 1), of('us', 1))).toEqual({ sum: 1000, step: 1 });
    expect(sum([of_('halfUp', 0.5)], of('us', 2), of('us', 2))).toEqual({ sum: 1500, step: 500 }); // 4/3
  });

  it('without a rounding half up to a thousandth', () => {
    expect(sum([pinned('1/3')], of('us', 2))).toEqual({ sum: 667, step: 1 });
    expect(sum([pinned('1/2')], of('us', 0.001))).toEqual({ sum: 1, step: 1 }); // 0.0005
    expect(sum([of_('none')], of('us', 2))).toEqual({ sum: 667, step: 1 });
  });

  it('down, or half up, to the step', () => {
    expect([sum([of_('down', 0.5)], of('us', 5)), sum([of_('halfUp', 0.5)], of('us', 5))]).toEqual([
      { sum: 1500, step: 500 },
      { sum: 1500, step: 500 },
    ]); // 5/3
    expect([sum([of_('down', 1)], of('us', 5)), sum([of_('halfUp', 1)], of('us', 5))]).toEqual([
      { sum: 1000, step: 1000 },
      { sum: 2000, step: 1000 },
    ]);
    expect(sum([of_('down')], of('us', 2))).toEqual({ sum: 666, step: 1 }); // the step is 0.001 unless stated
  });

  it('by the rounding of the first completion whose entry has one other than none', () => {
    const down: Conversion = { from: 'hours', to: 'ects', method: 'hours', rounding: { mode: 'down', step: 1 } };
    const entries = [down, of_('halfUp', 0.5)];
    // 2 hours-credits are 2 · 16.5 / 27.5 = 1.2, 1 us credit is 1/3: 23/15 in all.
    expect(sum(entries, of('hours', 2), of('us', 1))).toEqual({ sum: 1000, step: 1000 });
    expect(sum(entries, of('us', 1), of('hours', 2))).toEqual({ sum: 1500, step: 500 });
    expect(sum(entries, of('ects', 1), of('us', 1), of('hours', 2))).toEqual({ sum: 2500, step: 500 }); // same: no entry
    const unused: Conversion = { ...table('weeks'), rounding: { mode: 'down', step: 1 } };
    expect(sum([unused], of('us', 1.3))).toEqual({ sum: 2600, step: 1 }); // that entry could not be computed
  });

  it('of nothing is 0', () => {
    expect(convertedSum([])).toEqual({ sum: 0, step: 1 });
  });
});
