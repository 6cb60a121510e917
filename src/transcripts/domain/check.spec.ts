import { describe, expect, it } from '@jest/globals';
import type { GradingScale } from '../../kernel/index.js';
import { checkRows, type KnownReferences } from './check.js';
import type { StatedCompletion } from './completion.js';

const letters: GradingScale = {
  id: 'letters',
  name: 'Letter grades',
  grades: [{ value: 'F' }, { value: 'C' }, { value: 'A' }],
  passMark: 'C',
  source: 'made for this test',
};

const known: KnownReferences = {
  institutions: new Set(['tsinghua', 'xuetangx']),
  creditSystems: new Set(['ects']),
  gradingScales: new Map([[letters.id, letters]]),
};

const plain: StatedCompletion = {
  provider: 'tsinghua',
  code: 'CN 101',
  outcome: 'achieved',
  evidence: { identityVerified: false, proctored: false },
};

describe('what the rows of a transcript may refer to', () => {
  it('finds nothing wrong with what exists', () => {
    const full: StatedCompletion = {
      ...plain,
      platform: 'xuetangx',
      credits: { amount: 3000, creditSystem: 'ects' },
      grade: { scale: 'letters', value: 'A' },
      enrolledOn: '2024-02-01',
      completedOn: '2024-02-01',
    };
    expect(checkRows([plain, full, { ...plain, enrolledOn: '2024-02-01' }, { ...plain, completedOn: '2024-02-01' }], known)).toEqual([]);
  });

  it('names everything that does not exist, at its place', () => {
    const wrong: StatedCompletion = {
      ...plain,
      provider: 'nowhere',
      platform: 'nowhere',
      credits: { amount: 3000, creditSystem: 'points' },
      grade: { scale: 'numbers', value: '1' },
      enrolledOn: '2024-02-02',
      completedOn: '2024-02-01',
    };
    expect(checkRows([plain, wrong], known).map((error) => error.pointer)).toEqual([
      '/1/provider',
      '/1/platform',
      '/1/creditSystem',
      '/1/grade/scale',
      '/1/completedOn',
    ]);
  });

  it('refuses a grade that is not on its scale', () => {
    expect(checkRows([{ ...plain, grade: { scale: 'letters', value: 'A++' } }], known)).toEqual([
      { pointer: '/0/grade/value', detail: '"A++" is not a grade of the scale Letter grades' },
    ]);
  });
});
