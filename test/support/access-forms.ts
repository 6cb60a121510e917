/** Forms of what an institution administers. */

type Fields = Readonly<Record<string, unknown>>;

/** Where people of an institution log in. */
export function issuerOf(institution: string): string {
  return `https://${institution}.login.example`;
}

export function providerForm(institution: string): Fields {
  return { issuer: issuerOf(institution), clientId: 'credits', authentication: 'privateKeyJwt' };
}

export function accountForm(institution: string): Fields {
  return { issuer: issuerOf(institution), subject: 'person-1', displayName: '李雷', roles: ['registrar'] };
}

export const clientForm: Fields = {
  name: 'Registry',
  kind: 'machine',
  roles: ['registrar_system'],
  authentication: 'clientSecret',
};

export function creditSystemForm(institution: string, id: string): Fields {
  return { id, institution, name: 'Half unit', source: 'Calendar.' };
}

export function gradingScaleForm(institution: string, id: string): Fields {
  return { id, institution, name: 'Own', grades: [{ value: 'no' }, { value: 'yes' }], passMark: 'yes', source: 'Its statutes.' };
}

export function offeringForm(course: string, host: string): Fields {
  return { course, period: { from: '2025-02-01', until: '2025-06-30' }, hosts: [host], language: 'en' };
}
