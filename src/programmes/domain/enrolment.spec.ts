import { describe, expect, it } from '@jest/globals';
import { readEnrolment, type StatedEnrolment } from './enrolment.js';

const stated: StatedEnrolment = { programme: 'p', admissionDate: '2024-09-01', status: 'active' };

describe('an enrolment', () => {
  it('is active, or ended on a day', () => {
    expect(readEnrolment(stated)).toEqual({
      kind: 'enrolment',
      details: { programme: 'p', admissionDate: '2024-09-01', state: { status: 'active' } },
    });
    expect(readEnrolment({ ...stated, status: 'withdrawn', endedOn: '2024-09-01' })).toEqual({
      kind: 'enrolment',
      details: { programme: 'p', admissionDate: '2024-09-01', state: { status: 'withdrawn', endedOn: '2024-09-01' } },
    });
  });

  it.each<[string, Partial<StatedEnrolment>]>([
    ['has no end while it is active', { endedOn: '2025-06-30' }],
    ['has an end once it is completed', { status: 'completed' }],
    ['does not end before it begins', { status: 'withdrawn', endedOn: '2024-08-31' }],
  ])('%s', (_rule, change) => {
    expect(readEnrolment({ ...stated, ...change })).toMatchObject({ kind: 'contradiction', errors: [{ pointer: '/endedOn' }] });
  });
});
