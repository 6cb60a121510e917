import { describe, expect, it } from '@jest/globals';
import type { GradingScale } from '../../kernel/index.js';
import { checkRows, checkVerification, creditSystemOf, type KnownReferences } from './check.js';
import type { StatedCompletion } from './completion.js';

const letters: GradingScale = {
  id: 'letters',
  name: 'Letter grades',
  grades: [{ value: 'F' }, { value: 'C' }, { value: 'A' }],
  passMark: 'C',
  source: 'made for this test',
};

const known: KnownReferences = {
  institutions: new Map([
    ['tsinghua', { homeCreditSystem: 'ects' }],
    ['xuetangx', {}],
  ]),
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
      credits: 3000,
      creditSystem: 'ects',
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
      credits: 3000,
      creditSystem: 'points',
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

  it('counts credits in the home system of the provider where the row names none', () => {
    expect(checkRows([{ ...plain, credits: 3000 }], known)).toEqual([]);
    expect(creditSystemOf({ ...plain, credits: 3000 }, known.institutions)).toBe('ects');
    expect(creditSystemOf({ ...plain, credits: 3000, creditSystem: 'uscs' }, known.institutions)).toBe('uscs');
    expect(checkRows([{ ...plain, provider: 'xuetangx', credits: 3000 }], known)).toEqual([
      { pointer: '/0/creditSystem', detail: 'is required: the provider has no home credit system' },
    ]);
  });

  it('refuses a credit system of no credits', () => {
    expect(checkRows([{ ...plain, creditSystem: 'ects' }], known)).toEqual([
      { pointer: '/0/creditSystem', detail: 'must be left out where no credits are stated' },
    ]);
  });

  it('refuses a grade that is not on its scale', () => {
    expect(checkRows([{ ...plain, grade: { scale: 'letters', value: 'A++' } }], known)).toEqual([
      { pointer: '/0/grade/value', detail: 'is not a grade of the scale Letter grades' },
    ]);
  });
});

describe('the result of checking a transcript', () => {
  it('has a reason where the check failed', () => {
    expect(checkVerification({ verification: 'failed' })).toEqual([{ pointer: '/reason', detail: 'is required of a check that failed' }]);
    expect(checkVerification({ verification: 'failed', reason: 'the signature is not of this issuer' })).toEqual([]);
    expect(checkVerification({ verification: 'verified' })).toEqual([]);
  });
});
