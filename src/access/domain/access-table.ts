import type { Role } from './roles.js';

/**
 * How a caller must be related to what an operation is about. Row-level security holds it for every row that is read or written:
 * `own` – a student's own record, or what the caller's institution has recorded or runs; `shared` – a student's record that was shared with the caller's
 * institution; `party` – an agreement of the caller's institution; `public` – anything that its owner has published.
 */
export type Relation = 'own' | 'shared' | 'party' | 'public';

/** Who may call an operation: the scope that the token must grant, the roles of which the caller must have one, and the relation. */
export interface AccessRule {
  /** `resource:action`; none where no token is needed. */
  readonly scope?: string;
  /** None where anybody may call, without a token too. */
  readonly roles?: readonly Role[];
  readonly relations: readonly Relation[];
  /** Reads or changes what a learner owns: when somebody else does, the learner is told in the access log. */
  readonly isLogged?: true;
  /** An institution's own business: the operator, who otherwise runs every institution, has to do with what is the service's own alone. */
  readonly isInternal?: true;
}

/** The rules by operation, `METHOD /path` as openapi.yaml writes it. */
export type AccessTable = Readonly<Record<string, AccessRule>>;

const anybody: AccessRule = { relations: ['public'] };

const editors: readonly Role[] = ['catalogue_editor', 'administrator', 'registrar_system'];
const courseEditors: readonly Role[] = [...editors, 'mooc_platform'];
const registry: readonly Role[] = ['registrar', 'registrar_system'];
const recorders: readonly Role[] = [...registry, 'mooc_platform'];
const assessing: readonly Role[] = [...registry, 'assessor', 'appeals_officer'];
const catalogueChange = (scope: string, roles: readonly Role[]): AccessRule => ({ scope, roles, relations: ['own'] });
const learnerRead = (scope: string, ...staff: readonly Role[]): AccessRule => ({
  scope,
  roles: ['student', ...staff],
  relations: ['own', 'shared'],
  isLogged: true,
});
const learnerChange = (scope: string, ...roles: readonly Role[]): AccessRule => ({
  scope,
  roles,
  relations: ['own', 'shared'],
  isLogged: true,
});
const studentAlone = (scope: string): AccessRule => ({ scope, roles: ['student'], relations: ['own'] });
const negotiation: AccessRule = { scope: 'agreements:write', roles: ['negotiator', 'signatory', 'administrator'], relations: ['party'] };
const published: AccessRule = { relations: ['public', 'party'] };
const auditing: AccessRule = { scope: 'audit:read', roles: ['auditor', 'administrator', 'operator'], relations: ['own'], isInternal: true };
const administration = (scope: string): AccessRule => ({ scope, roles: ['administrator', 'operator'], relations: ['own'] });
const operation = (scope: string): AccessRule => ({ scope, roles: ['operator'], relations: ['own'] });

/**
 * Who may do what, operation by operation as openapi.yaml names them. An operation that is not here answers nobody: the service does not start.
 * domain.md §8 is the source of the roles.
 */
export const accessTable: AccessTable = {
  'GET /health/live': anybody,
  'GET /health/ready': anybody,
  'GET /openapi.json': anybody,
  'GET /openapi.yaml': anybody,
  'GET /problems/{code}': anybody,

  'GET /login/style.css': anybody,
  'GET /login/callback/{institutionId}': anybody,
  'GET /login/{uid}': anybody,
  'POST /login/{uid}': anybody,
  'GET /login/{uid}/at/{institutionId}/{providerId}': anybody,
  'GET /login/{uid}/return/{institutionId}': anybody,
  'POST /login/{uid}/account': anybody,
  'POST /login/{uid}/consent': anybody,
  'POST /login/{uid}/abort': anybody,

  'GET /v1/institutions/{institutionId}/accounts': {
    ...administration('accounts:read'),
    roles: ['administrator', 'registrar', 'operator'],
  },
  'POST /v1/institutions/{institutionId}/accounts': administration('accounts:write'),
  'GET /v1/institutions/{institutionId}/accounts/{accountId}': {
    ...administration('accounts:read'),
    roles: ['administrator', 'registrar', 'operator'],
  },
  'PUT /v1/institutions/{institutionId}/accounts/{accountId}': administration('accounts:write'),
  'PUT /v1/institutions/{institutionId}/accounts/{accountId}/learner': {
    scope: 'accounts:write',
    roles: ['registrar'],
    relations: ['own'],
  },
  'POST /v1/institutions/{institutionId}/accounts/{accountId}/deactivation': administration('accounts:write'),
  'POST /v1/institutions/{institutionId}/accounts/{accountId}/reactivation': administration('accounts:write'),
  'GET /v1/institutions/{institutionId}/identity-providers': administration('accounts:read'),
  'POST /v1/institutions/{institutionId}/identity-providers': administration('accounts:write'),
  'GET /v1/institutions/{institutionId}/identity-providers/{providerId}': administration('accounts:read'),
  'PUT /v1/institutions/{institutionId}/identity-providers/{providerId}': administration('accounts:write'),
  'DELETE /v1/institutions/{institutionId}/identity-providers/{providerId}': administration('accounts:write'),

  'GET /v1/institutions': anybody,
  'POST /v1/institutions': operation('institutions:write'),
  'GET /v1/institutions/{id}': anybody,
  'PUT /v1/institutions/{id}': catalogueChange('institutions:write', ['administrator', 'operator']),
  'GET /v1/institutions/{institutionId}/audit/heads': auditing,
  'GET /v1/institutions/{institutionId}/audit/heads/latest': auditing,
  'GET /v1/institutions/{institutionId}/audit/entries': auditing,
  'GET /v1/institutions/{institutionId}/audit/entries/{id}/inclusion-proof': auditing,
  'GET /v1/institutions/{institutionId}/audit/consistency-proof': auditing,
  'GET /v1/institutions/{institutionId}/audit/export': auditing,
  'GET /v1/institutions/{institutionId}/audit/keys': anybody,
  'GET /v1/institutions/{institutionId}/clients': administration('clients:read'),
  'POST /v1/institutions/{institutionId}/clients': administration('clients:write'),
  'GET /v1/institutions/{institutionId}/clients/{clientId}': administration('clients:read'),
  'PUT /v1/institutions/{institutionId}/clients/{clientId}': administration('clients:write'),
  'PUT /v1/institutions/{institutionId}/clients/{clientId}/keys': administration('clients:write'),
  'POST /v1/institutions/{institutionId}/clients/{clientId}/secret': administration('clients:write'),
  'POST /v1/institutions/{institutionId}/clients/{clientId}/revocation': administration('clients:write'),
  'GET /v1/signing-keys': operation('keys:read'),
  'POST /v1/signing-keys': operation('keys:write'),
  'GET /v1/credit-systems': anybody,
  'POST /v1/credit-systems': catalogueChange('courses:write', editors),
  'GET /v1/credit-systems/{id}': anybody,
  'PUT /v1/credit-systems/{id}': catalogueChange('courses:write', editors),
  'GET /v1/grading-scales': anybody,
  'POST /v1/grading-scales': catalogueChange('courses:write', editors),
  'GET /v1/grading-scales/{id}': anybody,
  'PUT /v1/grading-scales/{id}': catalogueChange('courses:write', editors),

  'GET /v1/courses': anybody,
  'POST /v1/courses': catalogueChange('courses:write', courseEditors),
  'GET /v1/courses/{id}': anybody,
  'PUT /v1/courses/{id}': catalogueChange('courses:write', courseEditors),
  'POST /v1/courses/{id}/editions': catalogueChange('courses:write', courseEditors),
  'GET /v1/courses/{id}/equivalents': published,
  'GET /v1/courses/{id}/counting-as': published,
  'GET /v1/offerings': anybody,
  'POST /v1/offerings': catalogueChange('courses:write', courseEditors),
  'GET /v1/offerings/{id}': anybody,
  'PUT /v1/offerings/{id}': catalogueChange('courses:write', courseEditors),
  'GET /v1/programmes': anybody,
  'POST /v1/programmes': catalogueChange('programmes:write', editors),
  'GET /v1/programmes/{id}': anybody,
  'PUT /v1/programmes/{id}': catalogueChange('programmes:write', editors),

  'GET /v1/agreements': published,
  'POST /v1/agreements': negotiation,
  'GET /v1/agreements/{id}': published,
  'PUT /v1/agreements/{id}': negotiation,
  'GET /v1/agreements/{id}/revisions': published,
  'POST /v1/agreements/{id}/revisions': negotiation,
  'GET /v1/agreements/{id}/revisions/{number}': published,
  'GET /v1/agreements/{id}/revisions/{number}/findings': published,
  'GET /v1/agreements/{id}/revisions/{number}/tes': published,
  'GET /v1/agreements/{id}/revisions/{number}/tes/exceptions': published,

  'GET /v1/learners': { scope: 'learners:read', roles: recorders, relations: ['own', 'shared'], isLogged: true },
  'POST /v1/learners': { scope: 'learners:write', roles: recorders, relations: ['own'] },
  'GET /v1/learners/{learnerId}': learnerRead('learners:read', ...assessing, 'mooc_platform'),
  'PUT /v1/learners/{learnerId}': learnerChange('learners:write', 'student', ...registry),
  'DELETE /v1/learners/{learnerId}': studentAlone('learners:erase'),
  'GET /v1/learners/{learnerId}/export': studentAlone('learners:export'),
  'GET /v1/learners/{learnerId}/access-log': studentAlone('access-log:read'),
  'GET /v1/learners/{learnerId}/consents': learnerRead('consents:read', ...assessing),
  'POST /v1/learners/{learnerId}/consents': studentAlone('consents:write'),
  'GET /v1/learners/{learnerId}/consents/{id}': learnerRead('consents:read', ...assessing),
  'POST /v1/learners/{learnerId}/consents/{id}/withdrawal': studentAlone('consents:write'),
  'POST /v1/learners/{learnerId}/identifiers': learnerChange('learners:write', ...recorders),
  'DELETE /v1/learners/{learnerId}/identifiers/{identifierId}': learnerChange('learners:write', ...registry),
  'GET /v1/learners/{learnerId}/enrolments': learnerRead('learners:read', ...assessing),
  'POST /v1/learners/{learnerId}/enrolments': learnerChange('learners:write', ...registry),
  'GET /v1/learners/{learnerId}/enrolments/{id}': learnerRead('learners:read', ...assessing),
  'PUT /v1/learners/{learnerId}/enrolments/{id}': learnerChange('learners:write', ...registry),
  'DELETE /v1/learners/{learnerId}/enrolments/{id}': learnerChange('learners:write', ...registry),
  'GET /v1/learners/{learnerId}/home-courses': learnerRead('learners:read', ...assessing),
  'POST /v1/learners/{learnerId}/home-courses': learnerChange('learners:write', ...registry),
  'GET /v1/learners/{learnerId}/home-courses/{id}': learnerRead('learners:read', ...assessing),
  'PUT /v1/learners/{learnerId}/home-courses/{id}': learnerChange('learners:write', ...registry),
  'DELETE /v1/learners/{learnerId}/home-courses/{id}': learnerChange('learners:write', ...registry),

  'GET /v1/learners/{learnerId}/transcripts': learnerRead('transcripts:read', ...assessing, 'mooc_platform'),
  'POST /v1/learners/{learnerId}/transcripts': learnerChange('transcripts:write', 'student', ...recorders),
  'GET /v1/learners/{learnerId}/transcripts/{id}': learnerRead('transcripts:read', ...assessing, 'mooc_platform'),
  'GET /v1/learners/{learnerId}/transcripts/{id}/document': learnerRead('transcripts:read', ...assessing, 'mooc_platform'),
  'PUT /v1/learners/{learnerId}/transcripts/{id}/verification': learnerChange('transcripts:write', ...registry, 'assessor'),
  'GET /v1/learners/{learnerId}/completions': learnerRead('transcripts:read', ...assessing, 'mooc_platform'),
  'GET /v1/learners/{learnerId}/completions/{id}': learnerRead('transcripts:read', ...assessing, 'mooc_platform'),
  'POST /v1/learners/{learnerId}/completions/{id}/match': learnerChange('transcripts:write', ...registry, 'assessor'),

  'GET /v1/learners/{learnerId}/redemptions': learnerRead('redemptions:read', ...assessing),
  'POST /v1/learners/{learnerId}/redemptions': learnerChange('redemptions:write', ...registry, 'assessor'),
  'GET /v1/learners/{learnerId}/redemptions/{id}': learnerRead('redemptions:read', ...assessing),
  'POST /v1/learners/{learnerId}/redemptions/{id}/transfer': learnerChange('redemptions:write', ...registry, 'assessor'),
  'POST /v1/learners/{learnerId}/redemptions/{id}/undo': learnerChange('redemptions:write', ...registry, 'assessor'),

  'POST /v1/evaluations': learnerRead('evaluations:write', ...assessing),
  'GET /v1/learners/{learnerId}/evaluations': learnerRead('evaluations:read', ...assessing),
  'GET /v1/learners/{learnerId}/evaluations/{id}': learnerRead('evaluations:read', ...assessing),

  'POST /v1/imports/courses': catalogueChange('imports:write', courseEditors),
  'POST /v1/imports/rules': { scope: 'imports:write', roles: ['negotiator', 'signatory'], relations: ['party'] },
  'POST /v1/imports/completions': { scope: 'imports:write', roles: recorders, relations: ['own', 'shared'] },
  'POST /v1/imports/institutions': operation('imports:write'),
  'POST /v1/imports/assist': operation('imports:write'),
  'POST /v1/imports/tes': operation('imports:write'),
  'POST /v1/imports/uopeople': operation('imports:write'),
};

/** Every scope that a token can grant, in the order of the table. */
export const accessScopes: readonly string[] = [
  ...new Set(Object.values(accessTable).flatMap(({ scope }) => (scope === undefined ? [] : [scope]))),
];

/** The scopes of the operations that one of some roles may call: what a client or a person with these roles may ask for at most. */
export function scopesOfRoles(roles: readonly Role[]): readonly string[] {
  const open = Object.values(accessTable).filter((rule) => rule.roles?.some((role) => roles.includes(role)) === true);
  return accessScopes.filter((scope) => open.some((rule) => rule.scope === scope));
}
