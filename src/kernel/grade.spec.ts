import { describe, expect, it } from '@jest/globals';
import { type GradingScale, rankOf } from './grade.js';
import { compareRational } from './rational.js';

const letters: GradingScale = {
  id: 'letters',
  name: 'letters',
  grades: ['F', 'D', 'C', 'B', 'A'].map((value) => ({ value })),
  passMark: 'D',
  source: 'test',
};
const thirty: GradingScale = {
  id: 'thirty',
  name: '18 to 30, and 30 with honours above',
  grades: [{ value: '30L', points: '31' }, { value: 'rinviato' }],
  numeric: { lowest: '18', highest: '30' },
  passMark: '18',
  source: 'test',
};
const german: GradingScale = {
  id: 'german',
  name: '1.0 to 5.0, the smaller the better',
  grades: [{ value: 'ohne Note', points: '4.1' }],
  numeric: { lowest: '1', highest: '5', descending: true },
  passMark: '4.0',
  source: 'test',
};
const broken: GradingScale = { ...thirty, numeric: { lowest: 'low', highest: '30' } };

/** −1, 0 or 1 as the first grade is worse than, equal to or better than the second; undefined when one is not on the scale. */
function compared(scale: GradingScale, a: string, b: string): number | undefined {
  const [first, second] = [rankOf(scale, a), rankOf(scale, b)];
  return first === undefined || second === undefined ? undefined : compareRational(first, second);
}

describe('positions on a grading scale', () => {
  it.each<[GradingScale, string, string, number | undefined]>([
    [letters, 'F', 'A', -1],
    [letters, 'B', 'B', 0],
    [letters, 'E', 'A', undefined],
    [letters, '1', 'A', undefined],
    [thirty, '28', '28.0', 0],
    [thirty, '30', '29.5', 1],
    [thirty, '30L', '30', 1],
    [thirty, '17', '18', undefined],
    [thirty, '31', '18', undefined],
    [thirty, 'rinviato', '18', undefined],
    [thirty, 'x', '18', undefined],
    [german, '1.3', '1.7', 1],
    [german, 'ohne Note', '4.0', -1],
    [german, '0.9', '1', undefined],
    [broken, '30L', '30L', 0],
    [broken, '28', '30L', undefined],
  ])('%o: %s against %s', (scale, a, b, expected) => {
    expect(compared(scale, a, b)).toBe(expected);
  });
});
