import {
  administering,
  agreed,
  agreedPart,
  agreeing,
  always,
  assessing,
  audited,
  catalogue,
  courses,
  everywhere,
  hidden,
  hiddenPart,
  operated,
  partChange,
  partRead,
  partWrite,
  published,
  recording,
  recordRead,
  recordWrite,
  registry,
  rewrite,
  run,
  runChange,
  runPart,
  studentAlone,
  write,
  type Expectation,
} from './access-answers.js';
import { agreementForm, revisionForm, termsOf } from './agreements.js';
import { accountForm, clientForm, creditSystemForm, gradingScaleForm, offeringForm, providerForm } from './access-forms.js';
import { courseForm, editionForm } from './catalogue.js';
import { lines, ndjson } from './imports.js';
import { completionForm, programmeForm, transcriptForm } from './students.js';

/**
 * Who may do what, once more and in another way than the access table: written by hand from domain.md §8, so that a slip in the one does not go unseen in
 * the other. Where both must change, that was meant.
 */

/** Pages, which are not in openapi.yaml: everybody may open them. */
export const pages: readonly string[] = [
  'GET /login/style.css',
  'GET /login/callback/{institutionId}',
  'GET /login/{uid}',
  'POST /login/{uid}',
  'GET /login/{uid}/at/{institutionId}/{providerId}',
  'GET /login/{uid}/return/{institutionId}',
  'POST /login/{uid}/account',
  'POST /login/{uid}/consent',
  'POST /login/{uid}/abort',
];

/** By operation, `METHOD /path` as openapi.yaml writes it. */
export const expectations: Readonly<Record<string, Expectation>> = {
  'GET /health/live': always,
  'GET /health/ready': always,
  'GET /openapi.json': always,
  'GET /openapi.yaml': always,
  'GET /problems/{code}': published,

  'GET /v1/institutions/{institutionId}/accounts': {
    ...run('accounts:read', 200),
    roles: [...administering, 'registrar'],
    ...everywhere(200),
  },
  'POST /v1/institutions/{institutionId}/accounts': {
    ...run('accounts:write', 409),
    ...everywhere(409),
    body: ({ institutions }) => accountForm(institutions),
  },
  'GET /v1/institutions/{institutionId}/accounts/{accountId}': { ...runPart('accounts:read'), roles: [...administering, 'registrar'] },
  'PUT /v1/institutions/{institutionId}/accounts/{accountId}': {
    ...runChange('accounts:write'),
    body: () => ({ displayName: '李雷', roles: ['registrar'] }),
  },
  'PUT /v1/institutions/{institutionId}/accounts/{accountId}/learner': {
    ...runChange('accounts:write'),
    roles: ['registrar'],
    body: ({ learners }) => ({ learner: learners }),
  },
  'POST /v1/institutions/{institutionId}/accounts/{accountId}/deactivation': runChange('accounts:write'),
  'POST /v1/institutions/{institutionId}/accounts/{accountId}/reactivation': runChange('accounts:write'),
  'GET /v1/institutions/{institutionId}/identity-providers': { ...run('accounts:read', 200), ...everywhere(200) },
  'POST /v1/institutions/{institutionId}/identity-providers': {
    ...run('accounts:write', 409),
    ...everywhere(409),
    body: ({ institutions }) => providerForm(institutions),
  },
  'GET /v1/institutions/{institutionId}/identity-providers/{providerId}': runPart('accounts:read'),
  'PUT /v1/institutions/{institutionId}/identity-providers/{providerId}': {
    ...runChange('accounts:write'),
    body: ({ institutions }) => providerForm(institutions),
  },
  'DELETE /v1/institutions/{institutionId}/identity-providers/{providerId}': runChange('accounts:write'),

  'GET /v1/institutions': always,
  'POST /v1/institutions': {
    ...operated('institutions:write', 201),
    body: () => ({ kind: 'university', names: { en: 'Newcomer' }, country: 'KE' }),
  },
  'GET /v1/institutions/{id}': published,
  'PUT /v1/institutions/{id}': {
    ...rewrite('institutions:write', administering),
    ...everywhere(412),
    body: () => ({ kind: 'university', names: { en: 'First' }, country: 'TR' }),
  },
  'GET /v1/institutions/{institutionId}/audit/heads': audited,
  'GET /v1/institutions/{institutionId}/audit/heads/latest': audited,
  'GET /v1/institutions/{institutionId}/audit/entries': audited,
  'GET /v1/institutions/{institutionId}/audit/entries/{id}/inclusion-proof': { ...audited, answers: { own: 200, ...hiddenPart } },
  'GET /v1/institutions/{institutionId}/audit/consistency-proof': { ...audited, query: ({ heads }) => `from=${heads}` },
  'GET /v1/institutions/{institutionId}/audit/export': audited,
  'GET /v1/institutions/{institutionId}/audit/keys': { answers: { own: 200, foreign: 200, nonexistent: 200 } },
  'GET /v1/institutions/{institutionId}/clients': { ...run('clients:read', 200), ...everywhere(200) },
  'POST /v1/institutions/{institutionId}/clients': { ...run('clients:write', 201), ...everywhere(201), body: () => clientForm },
  'GET /v1/institutions/{institutionId}/clients/{clientId}': runPart('clients:read'),
  'PUT /v1/institutions/{institutionId}/clients/{clientId}': {
    ...runChange('clients:write'),
    body: () => ({ name: 'Registry', roles: ['registrar_system'] }),
  },
  'PUT /v1/institutions/{institutionId}/clients/{clientId}/keys': {
    ...runChange('clients:write'),
    body: () => ({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] }),
  },
  'POST /v1/institutions/{institutionId}/clients/{clientId}/secret': runChange('clients:write'),
  'POST /v1/institutions/{institutionId}/clients/{clientId}/revocation': runChange('clients:write'),
  'GET /v1/signing-keys': operated('keys:read', 200),
  'POST /v1/signing-keys': operated('keys:write', 201),

  'GET /v1/credit-systems': always,
  'POST /v1/credit-systems': {
    ...write('courses:write', catalogue, 403),
    body: (place) => creditSystemForm(place.institutions, place['credit-systems']),
  },
  'GET /v1/credit-systems/{id}': published,
  'PUT /v1/credit-systems/{id}': { ...rewrite('courses:write', catalogue), body: () => ({ name: 'Half unit', source: 'Calendar.' }) },
  'GET /v1/grading-scales': always,
  'POST /v1/grading-scales': {
    ...write('courses:write', catalogue, 403),
    body: (place) => gradingScaleForm(place.institutions, place['grading-scales']),
  },
  'GET /v1/grading-scales/{id}': published,
  'PUT /v1/grading-scales/{id}': {
    ...rewrite('courses:write', catalogue),
    body: () => ({ name: 'Own', grades: [{ value: 'no' }, { value: 'yes' }], passMark: 'yes', source: 'Its statutes.' }),
  },

  'GET /v1/courses': always,
  'POST /v1/courses': { ...write('courses:write', courses, 422), body: ({ institutions }) => courseForm(institutions) },
  'GET /v1/courses/{id}': published,
  'PUT /v1/courses/{id}': { ...rewrite('courses:write', courses), body: ({ institutions }) => courseForm(institutions) },
  'POST /v1/courses/{id}/editions': {
    ...rewrite('courses:write', courses),
    body: () => editionForm({ validity: { from: '2027-01-01' } }),
  },
  'GET /v1/courses/{id}/equivalents': published,
  'GET /v1/courses/{id}/counting-as': published,
  'GET /v1/offerings': always,
  'POST /v1/offerings': {
    ...write('courses:write', courses, 422),
    answers: { own: 201, foreign: 403, nonexistent: 422 },
    body: (place) => offeringForm(place.courses, place.institutions),
  },
  'GET /v1/offerings/{id}': published,
  'PUT /v1/offerings/{id}': {
    ...rewrite('courses:write', courses),
    body: (place) => offeringForm(place.courses, place.institutions),
  },
  'GET /v1/programmes': always,
  'POST /v1/programmes': { ...write('programmes:write', catalogue, 422), body: ({ institutions }) => programmeForm(institutions) },
  'GET /v1/programmes/{id}': published,
  'PUT /v1/programmes/{id}': { ...rewrite('programmes:write', catalogue), body: ({ institutions }) => programmeForm(institutions) },

  'GET /v1/agreements': always,
  'POST /v1/agreements': {
    scope: 'agreements:write',
    roles: agreeing,
    // An agreement is attested by the institution of the one who records it.
    answers: { own: 201, foreign: 422 },
    body: ({ institutions }, { own, foreign }) =>
      agreementForm(termsOf([institutions, institutions === own.institutions ? foreign.institutions : own.institutions])),
  },
  'GET /v1/agreements/{id}': agreed,
  'PUT /v1/agreements/{id}': {
    scope: 'agreements:write',
    roles: agreeing,
    answers: { own: 412, shared: 403, ...hidden },
    party: 412,
    isChange: true,
    body: () => ({ title: { en: 'Credit recognition' } }),
  },
  'GET /v1/agreements/{id}/revisions': agreed,
  'POST /v1/agreements/{id}/revisions': {
    scope: 'agreements:write',
    roles: agreeing,
    answers: { own: 201, shared: 403, ...hidden },
    // The first institution vouches for the revision, which nobody else can do in its name.
    party: 422,
    body: (_place, { own, foreign }) => revisionForm(termsOf([own.institutions, foreign.institutions])),
  },
  'GET /v1/agreements/{id}/revisions/{number}': agreedPart,
  'GET /v1/agreements/{id}/revisions/{number}/findings': agreedPart,
  'GET /v1/agreements/{id}/revisions/{number}/tes': agreedPart,
  'GET /v1/agreements/{id}/revisions/{number}/tes/exceptions': agreedPart,

  'GET /v1/learners': { scope: 'learners:read', roles: recording, answers: { own: 200 } },
  'POST /v1/learners': {
    scope: 'learners:write',
    roles: recording,
    answers: { own: 409 },
    body: ({ institutions }) => ({
      identifiers: [{ scheme: 'student-number', value: '1', institution: institutions, proof: 'registrar' }],
    }),
  },
  'GET /v1/learners/{learnerId}': recordRead('learners:read', 'mooc_platform'),
  'PUT /v1/learners/{learnerId}': {
    ...recordWrite('learners:write', ['student', ...registry], 412, 403),
    isChange: true,
    body: () => ({ displayName: 'Li Wei' }),
  },
  'DELETE /v1/learners/{learnerId}': { ...studentAlone('learners:erase', 412), isChange: true },
  'GET /v1/learners/{learnerId}/export': studentAlone('learners:export', 200),
  'GET /v1/learners/{learnerId}/access-log': studentAlone('access-log:read', 200),
  'GET /v1/learners/{learnerId}/consents': recordRead('consents:read'),
  'POST /v1/learners/{learnerId}/consents': {
    ...studentAlone('consents:write', 201),
    body: (_place, { own }) => ({ institution: own.institutions }),
  },
  'GET /v1/learners/{learnerId}/consents/{id}': partRead('consents:read', 200),
  'POST /v1/learners/{learnerId}/consents/{id}/withdrawal': partWrite('consents:write', ['student'], 409, 404),
  'POST /v1/learners/{learnerId}/identifiers': {
    ...recordWrite('learners:write', recording, 409, 403),
    body: ({ institutions }) => ({ scheme: 'student-number', value: '1', institution: institutions, proof: 'registrar' }),
  },
  'DELETE /v1/learners/{learnerId}/identifiers/{identifierId}': {
    ...partChange('learners:write', registry, 403),
    // It is the learner's version that is looked at, and that first.
    answers: { own: 412, shared: 403, ...hidden, misplaced: 412, missing: 412 },
  },
  'GET /v1/learners/{learnerId}/enrolments': recordRead('learners:read'),
  'POST /v1/learners/{learnerId}/enrolments': {
    ...recordWrite('learners:write', registry, 409, 403),
    body: ({ programmes }) => ({ programme: programmes, admissionDate: '2024-09-01', status: 'active' }),
  },
  'GET /v1/learners/{learnerId}/enrolments/{id}': partRead('learners:read', 404),
  'PUT /v1/learners/{learnerId}/enrolments/{id}': {
    ...partChange('learners:write', registry, 404),
    body: ({ programmes }) => ({ programme: programmes, admissionDate: '2024-09-01', status: 'active' }),
  },
  'DELETE /v1/learners/{learnerId}/enrolments/{id}': partChange('learners:write', registry, 404),
  'GET /v1/learners/{learnerId}/home-courses': recordRead('learners:read'),
  'POST /v1/learners/{learnerId}/home-courses': {
    ...recordWrite('learners:write', registry, 409, 422),
    body: ({ enrolments }) => ({ enrolment: enrolments, code: 'MATH 101', credits: 6, status: 'done' }),
  },
  'GET /v1/learners/{learnerId}/home-courses/{id}': partRead('learners:read', 404),
  'PUT /v1/learners/{learnerId}/home-courses/{id}': {
    ...partChange('learners:write', registry, 404),
    body: ({ enrolments }) => ({ enrolment: enrolments, code: 'MATH 101', credits: 6, status: 'done' }),
  },
  'DELETE /v1/learners/{learnerId}/home-courses/{id}': partChange('learners:write', registry, 404),

  'GET /v1/learners/{learnerId}/transcripts': recordRead('transcripts:read', 'mooc_platform'),
  'POST /v1/learners/{learnerId}/transcripts': {
    ...recordWrite('transcripts:write', ['student', ...recording], 409, 422),
    // Whoever merely reads a record cannot say that its issuer vouches for a transcript.
    body: ({ institutions }, { own }) =>
      transcriptForm(institutions, institutions === own.institutions ? {} : { verification: 'attested' }),
  },
  'GET /v1/learners/{learnerId}/transcripts/{id}': partRead('transcripts:read', 200, 'mooc_platform'),
  'GET /v1/learners/{learnerId}/transcripts/{id}/document': partRead('transcripts:read', 200, 'mooc_platform'),
  'PUT /v1/learners/{learnerId}/transcripts/{id}/verification': {
    ...partChange('transcripts:write', assessing, 403),
    body: () => ({ verification: 'verified' }),
  },
  'GET /v1/learners/{learnerId}/completions': recordRead('transcripts:read', 'mooc_platform'),
  'GET /v1/learners/{learnerId}/completions/{id}': partRead('transcripts:read', 200, 'mooc_platform'),
  'POST /v1/learners/{learnerId}/completions/{id}/match': {
    // Whoever reads a completion may say which edition it is of.
    ...partChange('transcripts:write', assessing, 200),
    body: () => ({}),
  },

  'GET /v1/learners/{learnerId}/redemptions': recordRead('redemptions:read'),
  'POST /v1/learners/{learnerId}/redemptions': {
    ...recordWrite('redemptions:write', assessing, 409, 403),
    body: ({ completions, institutions }) => ({
      completion: completions,
      institution: institutions,
      programme: 'BSC-CS',
      decidedOn: '2025-03-03',
    }),
  },
  'GET /v1/learners/{learnerId}/redemptions/{id}': partRead('redemptions:read', 404),
  'POST /v1/learners/{learnerId}/redemptions/{id}/transfer': {
    ...partWrite('redemptions:write', assessing, 409, 404),
    body: () => ({ programme: 'BSC-CS', decidedOn: '2025-03-03' }),
  },
  'POST /v1/learners/{learnerId}/redemptions/{id}/undo': {
    ...partWrite('redemptions:write', assessing, 409, 404),
    body: () => ({ decidedOn: '2025-03-03' }),
  },

  'POST /v1/evaluations': {
    scope: 'evaluations:write',
    roles: ['student', ...assessing, 'appeals_officer'],
    answers: { own: 200, shared: 200, foreign: 422, nonexistent: 422 },
    body: ({ learners }, { own }) => ({ kind: 'stored', learner: learners, programme: own.programmes }),
  },
  'GET /v1/learners/{learnerId}/evaluations': recordRead('evaluations:read'),
  'GET /v1/learners/{learnerId}/evaluations/{id}': partRead('evaluations:read', 404),

  'POST /v1/imports/courses': {
    scope: 'imports:write',
    roles: courses,
    answers: { own: 200 },
    mediaType: ndjson,
    query: () => 'dryRun=true',
    body: ({ institutions }) => lines(courseForm(institutions, { code: 'FILE 1' })),
  },
  'POST /v1/imports/rules': {
    scope: 'imports:write',
    roles: ['negotiator', 'signatory'],
    // What the query names and nobody shows to the caller is refused as what does not exist.
    answers: { own: 200, shared: 403, foreign: 422, nonexistent: 422 },
    party: 200,
    mediaType: ndjson,
    query: ({ agreements }) => `dryRun=true&agreement=${agreements}`,
    body: () => '\n',
  },
  'POST /v1/imports/completions': {
    scope: 'imports:write',
    roles: recording,
    // A row about somebody whom the institution does not see is refused as one about nobody.
    answers: { own: 200, shared: 200, foreign: 200, nonexistent: 200 },
    mediaType: ndjson,
    query: () => 'dryRun=true',
    body: ({ learners }, { own }) =>
      lines({
        learner: learners,
        issuer: own.institutions,
        issuedOn: '2026-01-31',
        ...completionForm(own.institutions, { grade: { scale: 'us-letter', value: 'A' } }),
      }),
  },
  'POST /v1/imports/institutions': {
    ...operated('imports:write', 200),
    mediaType: ndjson,
    query: () => 'dryRun=true',
    body: () => lines({ kind: 'university', names: { en: 'Newcomer' }, country: 'KE', identifiers: [{ scheme: 'ipeds', value: '1' }] }),
  },
  'POST /v1/imports/assist': { ...operated('imports:write', 422), body: () => ({}) },
  'POST /v1/imports/tes': { ...operated('imports:write', 422), mediaType: 'text/plain', body: () => 'a|b\n1|2\n' },
  'POST /v1/imports/uopeople': {
    ...operated('imports:write', 200),
    query: ({ institutions }) => `dryRun=true&receiving=${institutions}`,
    body: () => ({}),
  },
};
