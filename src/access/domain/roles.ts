/** What somebody may be (docs/access.md): a student, staff of an institution, a machine client of an institution, or the operator of the service. */
export const roles = [
  'student',
  'catalogue_editor',
  'negotiator',
  'signatory',
  'registrar',
  'assessor',
  'appeals_officer',
  'auditor',
  'administrator',
  'registrar_system',
  'mooc_platform',
  'operator',
] as const;

export type Role = (typeof roles)[number];

/** Roles that a person or a machine has at one institution. */
export type InstitutionRole = Exclude<Role, 'student' | 'operator'>;

/** Roles of people that work at an institution. */
export const staffRoles = [
  'catalogue_editor',
  'negotiator',
  'signatory',
  'registrar',
  'assessor',
  'appeals_officer',
  'auditor',
  'administrator',
] as const satisfies readonly InstitutionRole[];

/** Roles of machine clients. */
export const machineRoles = ['registrar_system', 'mooc_platform'] as const satisfies readonly InstitutionRole[];

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

export function isInstitutionRole(text: string): text is InstitutionRole {
  return isRole(text) && text !== 'student' && text !== 'operator';
}
