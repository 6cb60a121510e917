import { describe, expect, it } from '@jest/globals';
import type { GradingScale } from '../../kernel/index.js';
import { faultsOfGradingScale } from './grading-scale.js';

const letters: GradingScale = {
  id: 'letters',
  name: 'Letters',
  grades: [
    { value: 'F', points: '0' },
    { value: 'B', points: '3.0' },
    { value: 'A', points: '4.0' },
    { value: 'A+', points: '4.0' },
  ],
  passMark: 'B',
  source: 'A test.',
};

const german: GradingScale = {
  id: 'german',
  name: 'German',
  grades: [],
  passMark: '4.0',
  numeric: { lowest: '1.0', highest: '5.0', descending: true },
  source: 'A test.',
};

const pointersOf = (scale: GradingScale): string[] => faultsOfGradingScale(scale).map(({ pointer }) => pointer);

describe('a grading scale', () => {
  it('is coherent as letters, as marks in either direction, and as marks with names', () => {
    expect(pointersOf(letters)).toEqual([]);
    expect(pointersOf(german)).toEqual([]);
    const named = {
      ...german,
      grades: [
        { value: 'sufficient', points: '4.0' },
        { value: 'very good', points: '1.0' },
      ],
    };
    expect(pointersOf(named)).toEqual([]);
  });

  it('names grades unless it has marks', () => {
    expect(pointersOf({ ...letters, grades: [] })).toEqual(['/grades', '/passMark']);
  });

  it('names each grade once, with points that are decimals', () => {
    const grades = [...letters.grades, { value: 'A', points: 'four' }, { value: 'S', points: 'four' }];
    expect(pointersOf({ ...letters, grades })).toEqual(['/grades/4/value', '/grades/5/points']);
  });

  it('goes from lowest to highest, by points in its own direction', () => {
    expect(pointersOf({ ...letters, grades: [...letters.grades].reverse() })).toEqual(['/grades/2', '/grades/3']);
    const upwards = [
      { value: 'very good', points: '1.0' },
      { value: 'sufficient', points: '4.0' },
    ];
    expect(pointersOf({ ...german, grades: upwards })).toEqual(['/grades/1']);
  });

  it('gives a named grade on a scale of marks its place', () => {
    expect(pointersOf({ ...german, grades: [{ value: 'sufficient' }] })).toEqual(['/grades/0/points']);
  });

  it('has marks from one number to a greater one', () => {
    expect(pointersOf({ ...german, numeric: { lowest: '5.0', highest: '1.0' } })).toEqual(['/numeric/highest', '/passMark']);
    expect(pointersOf({ ...german, numeric: { lowest: 'one', highest: '5.0' } })).toEqual(['/numeric', '/passMark']);
    expect(pointersOf({ ...german, numeric: { lowest: '1.0', highest: 'five' } })).toEqual(['/numeric', '/passMark']);
  });

  it('has its pass mark on it', () => {
    expect(pointersOf({ ...letters, passMark: 'C' })).toEqual(['/passMark']);
    expect(pointersOf({ ...german, passMark: '5.1' })).toEqual(['/passMark']);
  });
});

describe('its distribution', () => {
  const withShares = (...distribution: NonNullable<GradingScale['distribution']>): GradingScale => ({ ...letters, distribution });

  it('sums to exactly one, in decimals: 0.1 + 0.2 + 0.7', () => {
    const shares = [
      { value: 'B', share: '0.1' },
      { value: 'A', share: '0.2' },
      { value: 'A+', share: '0.7' },
    ];
    expect(pointersOf(withShares(...shares))).toEqual([]);
    expect(pointersOf(withShares({ value: 'B', share: '0.1' }, { value: 'A', share: '0.899999999' }))).toEqual(['/distribution']);
    expect(pointersOf(withShares())).toEqual(['/distribution']);
  });

  it('names passing grades of the scale, each once, with a share from 0 to 1', () => {
    const faults = withShares(
      { value: 'F', share: '0.5' },
      { value: 'C', share: '0.5' },
      { value: 'A', share: '1.5' },
      { value: 'A', share: '0.5' },
      { value: 'B', share: '1/2' },
      { value: 'A+', share: 'half' },
    );
    expect(pointersOf(faults)).toEqual([
      '/distribution/0/value',
      '/distribution/1/value',
      '/distribution/2/share',
      '/distribution/3/value',
      '/distribution/4/share',
      '/distribution/5/share',
    ]);
  });

  it('is looked at on marks too, where a smaller number is better', () => {
    const marks = {
      ...german,
      distribution: [
        { value: '1.0', share: '0.4' },
        { value: '4.0', share: '0.6' },
      ],
    };
    expect(pointersOf(marks)).toEqual([]);
    expect(pointersOf({ ...marks, passMark: '2.0' })).toEqual(['/distribution/1/value']);
    expect(pointersOf({ ...marks, passMark: 'none' })).toEqual(['/passMark']);
  });
});
