import { describe, expect, it } from '@jest/globals';
import type { GradingScale } from '../../kernel/index.js';
import { faultsOfChange, faultsOfMinimumGrades, programmeDigest, type ProgrammeDetails } from './record.js';

const details: ProgrammeDetails = {
  institution: 'uvic',
  code: 'BSC CS',
  catalogueYear: 2025,
  title: { en: 'Computer Science' },
  creditSystem: 'ects',
  totalCredits: 180,
  requirements: { kind: 'freeElectives', id: 'all', credits: 180 },
  policy: {},
};

const letters: GradingScale = {
  id: 'letters',
  name: 'Letter grades',
  grades: [{ value: 'F' }, { value: 'C' }],
  passMark: 'C',
  source: 'made for this test',
};

describe('the digest of a programme', () => {
  it('covers what is recorded of it, and not how often that has changed', () => {
    expect(programmeDigest(details)).toMatch(/^sha-256:[0-9a-f]{64}$/);
    const record = { ...details, id: 'p', digest: '', version: 3, modifiedAt: '2025-01-01T00:00:00.000Z' };
    expect(programmeDigest(record)).toBe(programmeDigest(details));
    expect(programmeDigest({ ...details, totalCredits: 240 })).not.toBe(programmeDigest(details));
  });
});

describe('the minimum grades of a policy', () => {
  const scales = new Map([[letters.id, letters]]);
  const faults = (scale: string, value: string) =>
    faultsOfMinimumGrades({ ...details, policy: { minimumGrades: [{ scale, value }] } }, scales).map(({ pointer }) => pointer);

  it('are grades of scales that exist', () => {
    expect(faultsOfMinimumGrades(details, scales)).toEqual([]);
    expect(faults('letters', 'C')).toEqual([]);
    expect(faults('letters', 'Z')).toEqual(['/policy/minimumGrades/0/value']);
    expect(faults('numbers', '1')).toEqual(['/policy/minimumGrades/0/scale']);
  });
});

describe('a change of a programme', () => {
  const before = { ...details, id: 'p' };

  it('leaves institution, code and catalogue year as they are, but for the writing of the code', () => {
    expect(faultsOfChange(before, { ...details, code: 'bsc cs', totalCredits: 240 })).toEqual([]);
    const renamed = { ...details, institution: 'sfu', code: 'BSC EE', catalogueYear: 2026 };
    expect(faultsOfChange(before, renamed).map(({ pointer }) => pointer)).toEqual(['/institution', '/code', '/catalogueYear']);
  });
});
