import { describe, expect, it } from '@jest/globals';
import { claimedIdentifiers, claimedName, mappedRoles, type RoleMapping } from './identity-provider.js';

const mappings: readonly RoleMapping[] = [
  { claim: '/realm_access/roles', value: 'registrar', role: 'registrar' },
  { claim: '/https:~1~1example.org~1~0role', value: 'admin', role: 'administrator' },
  { claim: '/realm_access/roles', value: 'records', role: 'registrar' },
];

describe('roles by claims', () => {
  it('are found in lists and texts, under any name, each once', () => {
    expect(mappedRoles(mappings, { realm_access: { roles: ['records', 'registrar'] }, 'https://example.org/~role': 'admin' })).toEqual([
      'registrar',
      'administrator',
    ]);
  });

  it.each([
    [{}],
    [{ realm_access: { roles: 'registrars' } }],
    [{ realm_access: { roles: [['registrar']] } }],
    [{ realm_access: null }],
    [{ roles: ['registrar'] }],
    [{ realm_access: { roles: { registrar: true } } }],
  ])('are none by %j', (claims) => {
    expect(mappedRoles(mappings, claims)).toEqual([]);
  });

  it('are never read from what every object has', () => {
    expect(mappedRoles([{ claim: '/constructor/name', value: 'Object', role: 'administrator' }], {})).toEqual([]);
  });
});

describe('identifiers by claims', () => {
  const claims = [
    { claim: '/student_number', scheme: 'student-number' },
    { claim: '/esi', scheme: 'esi' },
  ];

  it('are what single texts say', () => {
    expect(claimedIdentifiers(claims, { student_number: '2584101', esi: ['urn:x'] })).toEqual([
      { scheme: 'student-number', value: '2584101' },
      { scheme: 'esi', value: 'urn:x' },
    ]);
  });

  it('are none where there are several, or no text', () => {
    expect(claimedIdentifiers(claims, { student_number: 2584101, esi: ['urn:x', 'urn:y'] })).toEqual([]);
  });
});

describe('the name by claims', () => {
  it('is the full name, else the user name, else the subject, in one line of 200 characters', () => {
    expect(claimedName({ name: 'Ayşe\nYılmaz ', preferred_username: 'ayse' }, 's')).toBe('Ayşe Yılmaz');
    expect(claimedName({ name: '  ', preferred_username: 'ayse' }, 's')).toBe('ayse');
    expect(claimedName({ name: 7 }, 's')).toBe('s');
    expect(claimedName({ name: '名'.repeat(300) }, 's')).toBe('名'.repeat(200));
  });
});
