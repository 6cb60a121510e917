import { describe, expect, it } from '@jest/globals';
import type { GradeTable } from '../../agreements/domain/index.js';
import type { GradingScale } from '../../kernel/index.js';
import { gradeOfAward, type GradedCredits } from './award-grade.js';
import { GradeBook } from './grades.js';
import type { GradeResult } from './result.js';

/** docs/evaluation.md §4: how grades convert, by tables and by distributions, and combine. */

/** A scale of these grades, lowest first, each with its points or without ("A" or "A=4"). */
function scale(id: string, grades: readonly string[], rest: Partial<GradingScale> = {}): GradingScale {
  const listed = grades.map((text) => text.split('=')).map(([value = '', points]) => ({ value, ...(points !== undefined && { points }) }));
  return { id, name: id, grades: listed, passMark: listed[0]?.value ?? '', source: 'test', ...rest };
}
const shares = (...list: readonly string[]): Pick<GradingScale, 'distribution'> => ({
  distribution: list.map((text) => text.split('=')).map(([value = '', share = '']) => ({ value, share })),
});

const scales = [
  scale('letters', ['F=0', 'D=1', 'C=2', 'B=3', 'A=4'], shares('A=0.2', 'B=0.3', 'C=0.3', 'D=0.2')),
  scale('bare', ['no', 'yes']),
  scale('hundred', [], { numeric: { lowest: '0', highest: '100' } }),
  scale('italian', ['30L=31'], { numeric: { lowest: '0', highest: '30' }, ...shares('30=0.1', '28=0.4', '24=0.4', '18=0.1') }),
  scale('german', ['1.0', '1.3', '1.7', '2.0'], { numeric: { lowest: '1', highest: '5', descending: true } }),
  scale('halves', ['low', 'mid', 'high'], shares('low=5', 'mid=0', 'high=5', 'gone=1')), // counts do as well as shares
];
const book = new GradeBook(scales);
const pairs = (from: string, to: string, ...list: readonly string[]): GradeTable => {
  return {
    from,
    to,
    method: 'pairs',
    pairs: list.map((text) => text.split('>')).map(([left = '', right = '']) => ({ from: left, to: right })),
  };
};
const byDistribution = (from: string, to: string, choose: 'minimum' | 'mean' | 'maximum'): GradeTable => ({
  from,
  to,
  method: 'distribution',
  choose,
});
const convert = (scaleId: string, value: string, to: string, ...tables: readonly GradeTable[]): string | undefined =>
  book.convert({ scale: scaleId, value }, to, tables)?.value;

describe('grades compare', () => {
  const compare = (a: string, b: string, scaleId = 'letters'): number | undefined =>
    book.compare({ scale: scaleId, value: a }, { scale: scaleId, value: b });

  it('by rank on one scale', () => {
    expect([compare('B', 'A'), compare('B', 'B'), compare('B', 'F')]).toEqual([-1, 0, 1]);
    expect([compare('1.5', '2', 'german'), compare('28', '28.0', 'italian')]).toEqual([1, 0]);
  });

  it('not otherwise', () => {
    expect([compare('B', 'Z'), compare('101', '5', 'hundred'), compare('A', 'A', 'unknown')]).toEqual([undefined, undefined, undefined]);
    expect(book.compare({ scale: 'letters', value: 'A' }, { scale: 'bare', value: 'yes' })).toBeUndefined();
  });
});

describe('a grade converts', () => {
  it('to its own scale as it is, if it is on it', () => {
    expect([convert('letters', 'B', 'letters'), convert('letters', 'Z', 'letters'), convert('unknown', 'B', 'unknown')]).toEqual([
      'B',
      undefined,
      undefined,
    ]);
  });

  it('by pairs, equal grades being one however written', () => {
    const table = pairs('italian', 'letters', '30>A', '28.00>B');
    expect([
      convert('italian', '30', 'letters', table),
      convert('italian', '28', 'letters', table),
      convert('italian', '27', 'letters', table),
    ]).toEqual(['A', 'B', undefined]);
  });

  it('by a table for that pair of scales alone', () => {
    expect(convert('letters', 'B', 'hundred', pairs('letters', 'bare', 'B>yes'), pairs('hundred', 'letters', 'B>70'))).toBeUndefined();
  });

  it('by the first that can tell and leads to a grade of the scale', () => {
    const tables = [pairs('letters', 'hundred', 'A>90'), pairs('letters', 'hundred', 'B>101'), pairs('letters', 'hundred', 'B>75', 'A>95')];
    expect([convert('letters', 'A', 'hundred', ...tables), convert('letters', 'B', 'hundred', ...tables)]).toEqual(['90', '75']);
  });
});

describe('a table by distribution lays both scales’ shares on [0, 1], best grade first', () => {
  // letters: A 0–0.2, B 0.2–0.5, C 0.5–0.8, D 0.8–1; italian: 30 0–0.1, 28 0.1–0.5, 24 0.5–0.9, 18 0.9–1
  const read = (value: string): readonly (string | undefined)[] =>
    (['minimum', 'mean', 'maximum'] as const).map((choose) =>
      convert('italian', value, 'letters', byDistribution('italian', 'letters', choose)),
    );

  it('minimum takes the lowest grade overlapped by more than a point, maximum the highest, mean the one that holds the middle', () => {
    expect(read('30')).toEqual(['A', 'A', 'A']); // 0–0.1
    expect(read('28')).toEqual(['B', 'B', 'A']); // 0.1–0.5, middle 0.3; C begins at 0.5
    expect(read('24')).toEqual(['D', 'C', 'C']); // 0.5–0.9, middle 0.7
    expect(read('18')).toEqual(['D', 'D', 'D']);
  });

  it('at a border the better one', () => {
    // halves: high 0–0.5, low 0.5–1; the middle of a grade that is everything is 0.5.
    const whole = new GradeBook([...scales, scale('whole', ['pass'], shares('pass=1'))]);
    expect(whole.convert({ scale: 'whole', value: 'pass' }, 'halves', [byDistribution('whole', 'halves', 'mean')])?.value).toBe('high');
  });

  it('grades are compared by rank, shares count in proportion to their sum, and grades without a share are nowhere', () => {
    expect(convert('italian', '28.0', 'letters', byDistribution('italian', 'letters', 'mean'))).toBe('B');
    expect(convert('halves', 'high', 'letters', byDistribution('halves', 'letters', 'minimum'))).toBe('B');
    expect(convert('halves', 'mid', 'letters', byDistribution('halves', 'letters', 'minimum'))).toBeUndefined();
    expect(convert('letters', 'F', 'italian', byDistribution('letters', 'italian', 'minimum'))).toBeUndefined();
    expect(convert('letters', 'Z', 'italian', byDistribution('letters', 'italian', 'minimum'))).toBeUndefined();
  });

  it('there is none without distributions', () => {
    for (const choose of ['minimum', 'mean', 'maximum'] as const) {
      expect(convert('letters', 'A', 'bare', byDistribution('letters', 'bare', choose))).toBeUndefined();
      expect(convert('bare', 'yes', 'letters', byDistribution('bare', 'letters', choose))).toBeUndefined();
      expect(convert('letters', 'A', 'unknown', byDistribution('letters', 'unknown', choose))).toBeUndefined();
      expect(convert('unknown', 'A', 'letters', byDistribution('unknown', 'letters', choose))).toBeUndefined();
    }
  });
});

describe('the grade of an award', () => {
  const graded = (scaleId: string, value: string | undefined, credits = 3): GradedCredits => {
    return { grade: value === undefined ? undefined : { scale: scaleId, value }, credits: credits * 1000 };
  };
  const lowest = (to: string | undefined, ...of: readonly GradedCredits[]): GradeResult => gradeOfAward(of, 'lowest', to, tables, book);
  const mean = (to: string, ...of: readonly GradedCredits[]): GradeResult => gradeOfAward(of, 'creditWeightedMean', to, tables, book);
  const tables = [pairs('letters', 'hundred', 'A>90', 'B>75.5'), pairs('hundred', 'bare', '50>yes')];
  const is = (scaleId: string, value: string, exact?: string): GradeResult => ({
    kind: 'converted',
    scale: scaleId,
    value,
    ...(exact !== undefined && { mean: exact }),
  });
  const not = (reason: 'noTable' | 'noPoints' | 'noGrade'): GradeResult => ({ kind: 'notConvertible', reason });

  it('is converted only if every grade of its set is', () => {
    expect(lowest('hundred', graded('letters', 'A'), graded('hundred', '95'))).toEqual(is('hundred', '90'));
    expect(lowest('hundred', graded('letters', 'A'), graded('letters', 'C'))).toEqual(not('noTable'));
    expect(lowest('hundred', graded('letters', 'C'), graded('letters', undefined))).toEqual(not('noGrade'));
    expect(lowest(undefined, graded('letters', 'A'))).toEqual(not('noTable'));
    expect(lowest('unknown', graded('unknown', 'A'))).toEqual(not('noTable'));
  });

  it('lowest: the lowest converted grade, the first of equal ones', () => {
    expect(lowest('letters', graded('letters', 'A'), graded('letters', 'C'), graded('letters', 'B'))).toEqual(is('letters', 'C'));
    expect(lowest('german', graded('german', '1.7'), graded('german', '2.0'), graded('german', '2'))).toEqual(is('german', '2.0'));
  });

  it('creditWeightedMean: the mean of points weighted by sent credits, stated as the grade whose points are nearest', () => {
    expect(mean('letters', graded('letters', 'A', 1), graded('letters', 'C', 3))).toEqual(is('letters', 'B', '5/2')); // (4 · 1 + 2 · 3) / 4
    expect(mean('letters', graded('letters', 'A', 1), graded('letters', 'D', 2))).toEqual(is('letters', 'C', '2'));
    expect(mean('letters', graded('letters', 'B', 1), graded('letters', 'C', 9))).toEqual(is('letters', 'C', '21/10'));
  });

  it('half up', () => {
    expect(mean('letters', graded('letters', 'B'), graded('letters', 'C'))).toEqual(is('letters', 'B', '5/2'));
  });

  it('equal weights where none has credits', () => {
    expect(mean('letters', graded('letters', 'A', 0), graded('letters', 'C', 0))).toEqual(is('letters', 'B', '3'));
    expect(mean('letters', graded('letters', 'A', 0), graded('letters', 'C', 1))).toEqual(is('letters', 'C', '2'));
  });

  it('grades without points have no mean', () => {
    expect(mean('bare', graded('bare', 'yes'))).toEqual(not('noPoints'));
    const odd = new GradeBook([scale('odd', ['a=x', 'b=1'])]);
    expect(gradeOfAward([graded('odd', 'a')], 'creditWeightedMean', 'odd', [], odd)).toEqual(not('noPoints'));
    expect(gradeOfAward([graded('odd', 'b')], 'creditWeightedMean', 'odd', [], odd)).toEqual(is('odd', 'b', '1'));
  });

  it('on a numeric scale: the mean itself, half up, as precise as the most precise of the marks', () => {
    expect(mean('hundred', graded('hundred', '73'), graded('hundred', '74'))).toEqual(is('hundred', '74', '147/2'));
    expect(mean('hundred', graded('letters', 'A', 2), graded('letters', 'B', 1))).toEqual(is('hundred', '85.2', '511/6')); // (90 · 2 + 75.5) / 3 = 85.1667
    expect(mean('german', graded('german', '1.7'), graded('german', '2.3'), graded('german', '2.0'))).toEqual(is('german', '2.0', '2'));
    expect(mean('hundred', graded('hundred', '0.05'), graded('hundred', '0'))).toEqual(is('hundred', '0.03', '1/40'));
  });

  it('on a numeric scale where that leaves the scale: the nearest listed grade', () => {
    expect(mean('italian', graded('italian', '30L'), graded('italian', '30L'))).toEqual(is('italian', '30L', '31'));
    expect(mean('italian', graded('italian', '30L'), graded('italian', '28'))).toEqual(is('italian', '30', '59/2'));
  });
});
