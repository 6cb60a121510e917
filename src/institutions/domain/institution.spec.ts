import { describe, expect, it } from '@jest/globals';
import { faultsOfCreditSystem } from './credit-system.js';
import { faultsOfChange, faultsOfInstitution, type Institution, named } from './institution.js';

const consortium: Institution = {
  id: 'gma',
  kind: 'consortium',
  names: { en: 'Global MOOC Alliance', zh: '世界慕课联盟' },
  identifiers: [],
  members: ['a', 'b'],
  version: 1,
  modifiedAt: '2026-01-01T00:00:00.000Z',
};

describe('an institution', () => {
  it('may be a consortium without a country, with members', () => {
    expect(faultsOfInstitution(consortium)).toEqual([]);
    expect(faultsOfInstitution({ ...consortium, kind: 'university' }).map(({ pointer }) => pointer)).toEqual(['/country', '/members']);
  });

  it('names each identifier and each member once', () => {
    const identifier = { scheme: 'ror', value: 'x' };
    const twice = { ...consortium, identifiers: [identifier, { scheme: 'schac', value: 'x' }, identifier], members: ['a', 'a'] };
    expect(faultsOfInstitution(twice).map(({ pointer }) => pointer)).toEqual(['/identifiers/2', '/members/1']);
  });

  it('keeps its kind, and is no member of itself', () => {
    expect(faultsOfChange(consortium, consortium)).toEqual([]);
    const faults = faultsOfChange(consortium, { ...consortium, kind: 'platform', members: ['a', 'gma'] });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/kind', '/members/1']);
  });

  it('is named for its reader', () => {
    expect(named(consortium, ['zh-CN']).name).toBe('世界慕课联盟');
  });
});

describe('a credit system', () => {
  const system = { id: 'x', name: 'X', source: 'A test.' };

  it('has hours from less to more, or none', () => {
    expect(faultsOfCreditSystem(system)).toEqual([]);
    expect(faultsOfCreditSystem({ ...system, hoursPerCredit: { minimum: 25, maximum: 25 } })).toEqual([]);
    const faults = faultsOfCreditSystem({ ...system, hoursPerCredit: { minimum: 30, maximum: 25 } });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/hoursPerCredit/maximum']);
  });
});
