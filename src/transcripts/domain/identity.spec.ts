import { describe, expect, it } from '@jest/globals';
import type { StatedCompletion } from './completion.js';
import { certificateDigest, identify, type KnownCompletion } from './identity.js';

const tsinghua = 'tsinghua';

function stated(change: Partial<StatedCompletion> = {}): StatedCompletion {
  return {
    provider: tsinghua,
    code: 'CN 101',
    outcome: 'achieved',
    evidence: { identityVerified: false, proctored: false },
    ...change,
  };
}

const first: KnownCompletion = { id: 'c1', provider: tsinghua, code: 'CN101', attempt: 1 };
const certified: KnownCompletion = { ...first, id: 'c2', attempt: 2, certificateId: 'X-7' };

/** The ids of the completions on record that the rows state, `new` for the others; or the pointers of what contradicts. */
function outcome(rows: readonly StatedCompletion[], known: readonly KnownCompletion[]): readonly string[] {
  const found = identify(rows, known);
  return found.kind === 'identified' ? found.rows.map((row) => row.known?.id ?? 'new') : found.errors.map((error) => error.pointer);
}

describe('which achievement a row of a transcript states', () => {
  it('is new when nothing is on record', () => {
    expect(identify([stated()], [])).toEqual({
      kind: 'identified',
      rows: [{ identity: { provider: tsinghua, code: 'CN101', attempt: 1 } }],
    });
  });

  it('is the same provider, code and attempt, without regard to case and spacing', () => {
    expect(outcome([stated({ code: 'cn101' })], [first])).toEqual(['c1']);
    expect(outcome([stated({ attempt: 2 })], [first])).toEqual(['new']);
    expect(outcome([stated({ provider: 'pku' })], [first])).toEqual(['new']);
  });

  it('is told by the certificate even where no attempt is stated', () => {
    expect(outcome([stated({ certificateId: 'X-7' })], [first, certified])).toEqual(['c2']);
  });

  it('lets a completion on record gain a certificate', () => {
    expect(outcome([stated({ certificateId: 'Y-1' })], [first])).toEqual(['c1']);
  });

  it('refuses a certificate that belongs to another course or attempt', () => {
    expect(outcome([stated({ code: 'CN 102', certificateId: 'X-7' })], [certified])).toEqual(['/0/certificateId']);
    expect(outcome([stated({ attempt: 1, certificateId: 'X-7' })], [certified])).toEqual(['/0/certificateId']);
  });

  it('refuses a second certificate for one attempt', () => {
    expect(outcome([stated({ attempt: 2, certificateId: 'X-8' })], [certified])).toEqual(['/0/certificateId']);
  });

  it('names every row that repeats another one', () => {
    expect(outcome([stated(), stated({ attempt: 2 }), stated({ code: 'CN101 ' }), stated({ attempt: 2 })], [])).toEqual(['/2', '/3']);
    expect(outcome([stated({ certificateId: 'X-7' }), stated({ attempt: 2 })], [certified])).toEqual(['/1']);
    expect(outcome([stated({ certificateId: 'A' }), stated({ code: 'CN 102', certificateId: 'A' })], [])).toEqual(['/1']);
  });
});

describe('the claim of a certificate', () => {
  it('depends on the provider and on the certificate', () => {
    expect(certificateDigest(tsinghua, 'X-7')).toMatch(/^sha-256:[0-9a-f]{64}$/);
    expect(certificateDigest(tsinghua, 'X-7')).not.toBe(certificateDigest('pku', 'X-7'));
    expect(certificateDigest(tsinghua, 'X-7')).not.toBe(certificateDigest(tsinghua, 'X-8'));
  });
});
