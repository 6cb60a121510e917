import { tesColumns } from '../../src/formats/tes/index.js';
import { clientForm } from './access-forms.js';
import { assistFileOf } from './assist-file.js';
import { line, section } from './assist-import.js';
import { recordInstitution } from './catalogue.js';
import { lines, ndjson } from './imports.js';
import { bad, badFile, type Command, command, stale } from './journal-command.js';
import type { JournalWorld } from './journal-world.js';
import { code, noCredit, rule } from './rule-builders.js';
import { completionForm } from './students.js';

const below = (world: JournalWorld): string => `/v1/institutions/${world.institution}`;
const issuer = 'https://login.example';
const providerForm = (world: JournalWorld) => ({
  issuer: `${issuer}/${world.fresh('x').replace(' ', '')}`,
  clientId: 'credits',
  authentication: 'privateKeyJwt',
});

async function provider(world: JournalWorld): Promise<string> {
  return `${below(world)}/identity-providers/${await world.record(`${below(world)}/identity-providers`, providerForm(world))}`;
}

async function personForm(world: JournalWorld, roles: readonly string[]): Promise<object> {
  const form = providerForm(world);
  await world.record(`${below(world)}/identity-providers`, form);
  return { issuer: form.issuer, subject: 'person', displayName: '李雷', roles };
}

async function account(world: JournalWorld, ...roles: readonly string[]): Promise<string> {
  return `${below(world)}/accounts/${await world.record(`${below(world)}/accounts`, { ...(await personForm(world, roles)) })}`;
}

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'first' };

async function client(world: JournalWorld, form: object = clientForm): Promise<string> {
  return `${below(world)}/clients/${await world.record(`${below(world)}/clients`, { ...form })}`;
}

const json = 'application/json';

const table = (path: string, ...rows: readonly unknown[]) => ({
  path: `/v1/imports/${path}`,
  file: { mediaType: ndjson, text: lines(...rows) },
});

const institutionRow = (world: JournalWorld) => ({
  kind: 'university',
  names: { en: world.fresh('University') },
  country: 'CN',
  identifiers: [{ scheme: 'ror', value: world.fresh('ror') }],
});

function tesFile(sending: string, receiving: string): string {
  const cells: Readonly<Record<string, string>> = {
    InstitutionCodeType: 'IPEDSID',
    SendInstitutionCode: sending,
    SendInstitutionName: 'SANTA MONICA COLL',
    SendInstitutionCountry: 'United States',
    SendCourseCode1: 'MATH 7',
    ReceiveInstitutionCode: receiving,
    ReceiveCourseCode1: 'MATH 20A',
  };
  return [tesColumns.join('|'), tesColumns.map((column) => cells[column] ?? '').join('|'), ''].join('\r\n');
}

const uoPeopleTable = JSON.stringify({
  'MATH 1201': {
    name: 'College Algebra',
    credits: 3,
    transferable_credits: [
      {
        code: '',
        institution: 'Sophia Learning',
        name: 'Algebra',
        url: 'https://example.org/algebra',
        ace_valid_dates: [{ start_date: '2020-01-01', end_date: '2022-12-31' }],
      },
    ],
  },
});

/** The operations by which an institution and the service are administered, `METHOD /path`. */
export const administrationCommands: Readonly<Record<string, Command>> = {
  'POST /v1/institutions/{institutionId}/accounts': command(
    async (world) => ({ path: `${below(world)}/accounts`, form: await personForm(world, ['registrar']) }),
    bad({ issuer: 'https://unknown.example', subject: 'x', displayName: 'x', roles: [] }),
    'account.created',
  ),
  'PUT /v1/institutions/{institutionId}/accounts/{accountId}': command(
    async (world) => ({ path: await account(world), form: { displayName: 'Han Meimei', roles: ['assessor'] } }),
    stale,
    'account.changed',
  ),
  'POST /v1/institutions/{institutionId}/accounts/{accountId}/deactivation': command(
    async (world) => ({ path: `${await account(world, 'registrar')}/deactivation` }),
    stale,
    'account.deactivated',
  ),
  'POST /v1/institutions/{institutionId}/accounts/{accountId}/reactivation': command(
    async (world) => {
      const path = await account(world, 'registrar');
      await world.member.client.post(`${path}/deactivation`).set('if-match', '*').expect(200);
      return { path: `${path}/reactivation` };
    },
    stale,
    'account.reactivated',
  ),
  'PUT /v1/institutions/{institutionId}/accounts/{accountId}/learner': command(
    async (world) => ({ path: `${await account(world)}/learner`, form: { learner: (await world.learner()).learner } }),
    stale,
    'account.bound',
  ),
  'POST /v1/institutions/{institutionId}/identity-providers': command(
    (world) => ({ path: `${below(world)}/identity-providers`, form: providerForm(world) }),
    bad({}),
    'identityProvider.created',
  ),
  'PUT /v1/institutions/{institutionId}/identity-providers/{providerId}': command(
    async (world) => ({ path: await provider(world), form: providerForm(world) }),
    stale,
    'identityProvider.changed',
  ),
  'DELETE /v1/institutions/{institutionId}/identity-providers/{providerId}': command(
    async (world) => ({ path: await provider(world) }),
    stale,
    'identityProvider.removed',
  ),
  'POST /v1/institutions/{institutionId}/clients': command(
    (world) => ({ path: `${below(world)}/clients`, form: clientForm }),
    bad({ ...clientForm, roles: [] }),
    'client.registered',
  ),
  'PUT /v1/institutions/{institutionId}/clients/{clientId}': command(
    async (world) => ({ path: await client(world), form: { name: 'Renamed', roles: ['registrar_system'] } }),
    stale,
    'client.changed',
  ),
  'PUT /v1/institutions/{institutionId}/clients/{clientId}/keys': command(
    async (world) => ({
      path: `${await client(world, { ...clientForm, authentication: 'privateKeyJwt', keys: [key] })}/keys`,
      form: { keys: [{ ...key, kid: 'second' }] },
    }),
    stale,
    'client.rekeyed',
  ),
  'POST /v1/institutions/{institutionId}/clients/{clientId}/secret': command(
    async (world) => ({ path: `${await client(world)}/secret` }),
    stale,
    'client.renewed',
  ),
  'POST /v1/institutions/{institutionId}/clients/{clientId}/revocation': command(
    async (world) => ({ path: `${await client(world)}/revocation` }),
    stale,
    'client.revoked',
  ),
  'POST /v1/signing-keys': command((world) => ({ path: '/v1/signing-keys', actor: world.service }), { key: 'two words' }, 'keys.rotated'),

  'POST /v1/imports/institutions': command(
    (world) => ({ ...table('institutions', institutionRow(world), institutionRow(world)), actor: world.service }),
    badFile,
    'institution.created',
    'institution.created',
  ),
  'POST /v1/imports/courses': command(
    (world) => table('courses', world.courseForm(), world.courseForm()),
    badFile,
    'course.created',
    'course.created',
  ),
  'POST /v1/imports/rules': command(
    async (world) => {
      const stated = rule('imported', code('POV 101'), noCredit(), { from: world.partner, to: world.institution });
      return table(`rules?agreement=${(await world.agreement()).id}`, stated);
    },
    badFile,
    'agreement.revised',
  ),
  'POST /v1/imports/completions': command(
    (world) => {
      const { institution, scheme, value } = world.identifier();
      const identifier = { institution, scheme, value };
      return table('completions', { ...completionForm(world.institution), identifier, issuer: world.institution, issuedOn: '2025-02-28' });
    },
    badFile,
    'learner.created',
    'transcript.created',
  ),
  'POST /v1/imports/assist': command(
    (world) => ({
      path: '/v1/imports/assist',
      file: { mediaType: json, text: assistFileOf({ sections: [section(line('MATH 20A', ['MATH 7']))] }) },
      actor: world.service,
    }),
    { file: { mediaType: json, text: '{}' } },
    'institution.created',
    'institution.created',
    'course.created',
    'course.created',
    'agreement.created',
    'programme.created',
  ),
  'POST /v1/imports/tes': command(
    async (world) => {
      const [sending, receiving] = [world.fresh('7'), world.fresh('8')];
      const identifiers = (value: string) => ({ identifiers: [{ scheme: 'ipeds', value }], homeCreditSystem: 'us-semester' });
      await recordInstitution(world.service.client, identifiers(sending));
      await recordInstitution(world.service.client, identifiers(receiving));
      return { path: '/v1/imports/tes', file: { mediaType: 'text/plain', text: tesFile(sending, receiving) }, actor: world.service };
    },
    { file: { mediaType: 'text/plain', text: 'a|b\n1|2\n' } },
    'agreement.created',
  ),
  'POST /v1/imports/uopeople': command(
    async (world) => {
      const identifiers = [{ scheme: 'uopeople', value: 'Sophia Learning' }];
      await recordInstitution(world.service.client, { kind: 'platform', identifiers });
      const { id: receiving } = await recordInstitution(world.service.client, { country: 'US' });
      const path = `/v1/imports/uopeople?receiving=${receiving}`;
      return { path, file: { mediaType: json, text: uoPeopleTable }, actor: world.service };
    },
    { file: { mediaType: json, text: '[]' } },
    'agreement.created',
  ),
};
