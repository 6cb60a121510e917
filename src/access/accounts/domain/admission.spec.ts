import { describe, expect, it } from '@jest/globals';
import { type Account, claimsOfAccount, type StaffAccount, type StudentAccount, type UnassignedAccount } from './account.js';
import { admit, type Arrival } from './admission.js';

const now = '2026-11-24T09:00:00.000Z';

const arrival: Arrival = {
  institution: 'metu',
  issuer: 'https://login.metu.example',
  subject: '4711',
  displayName: 'Ayşe Yılmaz',
  claimedRoles: [],
  learner: undefined,
};

const base = {
  institution: 'metu',
  displayName: 'Ayşe Yılmaz',
  logIn: { kind: 'identityProvider' as const, issuer: arrival.issuer, subject: arrival.subject },
  state: 'active' as const,
  version: 3,
  modifiedAt: '2026-01-01T00:00:00.000Z',
};
const unassigned: UnassignedAccount = { ...base, id: 'u', kind: 'unassigned' };
const staff: StaffAccount = { ...base, id: 's', kind: 'staff', grantedRoles: ['registrar'], claimedRoles: ['assessor'] };
const student: StudentAccount = { ...base, id: 'l', kind: 'student', learner: 'ayse' };

/** What becomes of an arrival; new accounts are numbered. */
function admitted(claims: Partial<Arrival>, known: readonly Account[] = []) {
  let made = 0;
  return admit({ ...arrival, ...claims }, known, { newId: () => `new-${String((made += 1))}`, now });
}

describe('somebody who has logged in at their institution', () => {
  it('has an account that may do nothing while nothing is known of them', () => {
    const { changed, usable, accounts } = admitted({});
    expect(changed).toEqual([{ ...base, id: 'new-1', kind: 'unassigned', version: 1, modifiedAt: now }]);
    expect(accounts).toEqual(changed);
    expect(usable).toEqual([]);
  });

  it('works there as soon as a role is claimed, and studies there as soon as an identifier is', () => {
    expect(admitted({ claimedRoles: ['assessor'] }).usable).toEqual([
      { ...base, id: 'new-1', kind: 'staff', grantedRoles: [], claimedRoles: ['assessor'], version: 1, modifiedAt: now },
    ]);
    expect(admitted({ learner: 'ayse' }).usable).toEqual([
      { ...base, id: 'new-1', kind: 'student', learner: 'ayse', version: 1, modifiedAt: now },
    ]);
  });

  it('has two accounts when they both work and study, of which one may be the account they had', () => {
    const both = admitted({ claimedRoles: ['assessor'], learner: 'ayse' }, [unassigned]);
    expect(both.usable.map(({ id, kind }) => [id, kind])).toEqual([
      ['u', 'staff'],
      ['new-1', 'student'],
    ]);
    expect(both.changed).toHaveLength(2);
  });

  it('loses the roles that are claimed no more, and keeps those granted here', () => {
    const { changed } = admitted({ claimedRoles: [] }, [staff]);
    expect(changed).toEqual([{ ...staff, claimedRoles: [] }]);
    expect(admitted({ claimedRoles: [] }, [{ ...staff, grantedRoles: [] }]).usable).toEqual([]);
  });

  it('stays the learner that they were bound to, whatever is claimed', () => {
    const { usable, changed } = admitted({ learner: 'somebody else' }, [student]);
    expect(usable).toEqual([student]);
    expect(changed).toEqual([]);
  });

  it('changes nothing by coming again', () => {
    expect(admitted({ claimedRoles: ['assessor'] }, [staff, student]).changed).toEqual([]);
    expect(admitted({}, [unassigned]).changed).toEqual([]);
  });

  it('is called what the institution calls them', () => {
    expect(admitted({ displayName: 'Ayşe Kaya' }, [student]).changed).toEqual([{ ...student, displayName: 'Ayşe Kaya' }]);
  });

  it('stays out while the account is deactivated, even when new roles are claimed', () => {
    const out = { ...unassigned, state: 'deactivated' as const };
    const { usable, accounts } = admitted({ claimedRoles: ['administrator'] }, [out]);
    expect(usable).toEqual([]);
    expect(accounts).toMatchObject([{ id: 'u', kind: 'staff', state: 'deactivated' }]);
  });
});

describe('the claims of a token', () => {
  it('name roles of one institution, or one learner, or the operator', () => {
    expect(claimsOfAccount(staff)).toEqual({ roles: ['registrar', 'assessor'], institution: 'metu' });
    expect(claimsOfAccount({ ...staff, claimedRoles: ['registrar'] })).toEqual({ roles: ['registrar'], institution: 'metu' });
    expect(claimsOfAccount(student)).toEqual({ roles: ['student'], learner: 'ayse' });
    expect(claimsOfAccount({ ...base, id: 'o', kind: 'operator' })).toEqual({ roles: ['operator'] });
  });

  it('are none of whom nothing is assigned to, or who is deactivated', () => {
    expect(claimsOfAccount(unassigned)).toBeUndefined();
    expect(claimsOfAccount({ ...staff, grantedRoles: [], claimedRoles: [] })).toBeUndefined();
    for (const account of [staff, student]) expect(claimsOfAccount({ ...account, state: 'deactivated' })).toBeUndefined();
  });
});
