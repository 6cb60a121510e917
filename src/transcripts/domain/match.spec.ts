import { describe, expect, it } from '@jest/globals';
import { type EditionCandidate, matchEdition } from './match.js';

const older: EditionCandidate = { id: 'older', provider: 'tsinghua', code: 'CN 101', validity: { until: '2022-12-31' } };
const newer: EditionCandidate = { id: 'newer', provider: 'tsinghua', code: 'CN 101', validity: { from: '2023-01-01' } };
const online: EditionCandidate = { ...newer, id: 'online', platform: 'xuetangx' };
const stated = { provider: 'tsinghua', code: 'cn101' };

describe('the edition that a completion is of', () => {
  it('is the one valid on the day of completion, bounds inclusive', () => {
    expect(matchEdition({ ...stated, completedOn: '2022-12-31' }, [older, newer])).toBe('older');
    expect(matchEdition({ ...stated, completedOn: '2023-01-01' }, [older, newer])).toBe('newer');
  });

  it('goes by the day of enrolment where no completion is stated', () => {
    expect(matchEdition({ ...stated, enrolledOn: '2022-09-01' }, [older, newer])).toBe('older');
  });

  it('is none where several are left: nothing is guessed', () => {
    expect(matchEdition(stated, [older, newer])).toBeUndefined();
    expect(matchEdition({ ...stated, completedOn: '2024-01-01' }, [newer, online])).toBeUndefined();
  });

  it('is the only one there is, whatever its dates, where no day is stated', () => {
    expect(matchEdition(stated, [older])).toBe('older');
  });

  it('runs on the platform that is stated', () => {
    expect(matchEdition({ ...stated, platform: 'xuetangx', completedOn: '2024-01-01' }, [newer, online])).toBe('online');
    expect(matchEdition({ ...stated, platform: 'icourse', completedOn: '2024-01-01' }, [newer, online])).toBeUndefined();
  });

  it('is taught by the same provider under the same code', () => {
    expect(matchEdition({ ...stated, provider: 'pku' }, [older])).toBeUndefined();
    expect(matchEdition({ ...stated, code: 'CN 102' }, [older])).toBeUndefined();
  });
});
