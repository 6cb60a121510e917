import { describe, expect, it } from '@jest/globals';
import { identifierDigest, repeatedIdentifiers } from './identifier.js';

const number = { institution: 'tsinghua', scheme: 'student-number', value: '2024001' };

describe('linked identifiers', () => {
  it('are claimed by institution, scheme and value', () => {
    expect(identifierDigest(number)).toMatch(/^sha-256:[0-9a-f]{64}$/);
    expect(identifierDigest({ ...number })).toBe(identifierDigest(number));
    const others = [
      { ...number, institution: 'pku' },
      { ...number, scheme: 'esi' },
      { ...number, value: '2024002' },
    ];
    expect(new Set([number, ...others].map(identifierDigest)).size).toBe(4);
  });

  it('are found where a list repeats them', () => {
    expect(repeatedIdentifiers([number, { ...number, value: '7' }, number, number])).toEqual([2, 3]);
    expect(repeatedIdentifiers([])).toEqual([]);
  });
});
