import type { EntityManager } from 'typeorm';
import { byId, Conditions, explainConstraints, type Page, type PageQuery, rowsToRead } from '../../../platform/index.js';
import type { IdentityProvider } from '../domain/index.js';
import { IdentityProviderRow } from './identity-provider.rows.js';

explainConstraints({
  identity_providers_institution_id_fkey: 'There is no such institution.',
  identity_providers_institution_id_issuer_key: 'The institution has an identity provider with this issuer already.',
});

function providerOf({ institutionId, label, modifiedAt, ...rest }: IdentityProviderRow): IdentityProvider {
  return { ...rest, institution: institutionId, ...(label === null ? {} : { label }), modifiedAt: modifiedAt.toISOString() };
}

function rowOf({ institution, label, modifiedAt, ...rest }: IdentityProvider): IdentityProviderRow {
  return { ...rest, institutionId: institution, label: label ?? null, modifiedAt: new Date(modifiedAt) };
}

const columns = `
  institution_id AS "institutionId", id, label, issuer, client_id AS "clientId", authentication, scopes, role_mappings AS "roleMappings",
  identifier_claims AS "identifierClaims", version, modified_at AS "modifiedAt"`;

export async function readProvider(manager: EntityManager, institution: string, id: string): Promise<IdentityProvider | undefined> {
  const rows = await manager.query<IdentityProviderRow[]>(
    `SELECT ${columns} FROM identity_providers WHERE institution_id = $1 AND id = $2`,
    [institution, id],
  );
  return rows.map(providerOf)[0];
}

/** The same, locked until the transaction ends. */
export async function lockProvider(manager: EntityManager, institution: string, id: string): Promise<IdentityProvider | undefined> {
  const rows = await manager.query<IdentityProviderRow[]>(
    `SELECT ${columns} FROM identity_providers WHERE institution_id = $1 AND id = $2 FOR UPDATE`,
    [institution, id],
  );
  return rows.map(providerOf)[0];
}

/** The identity providers of an institution in the order they were registered. */
export async function listProviders(manager: EntityManager, institution: string, query: PageQuery): Promise<Page<IdentityProvider>> {
  const order = byId('identity-providers');
  const conditions = new Conditions();
  conditions.add(institution, (id) => `institution_id = ${id}`);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<IdentityProviderRow[]>(
    `SELECT ${columns} FROM identity_providers WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], providerOf);
}

/** Where people can log in, of all institutions. */
export async function listDoors(manager: EntityManager): Promise<{ institution: string; id: string; label: string | null }[]> {
  return manager.query('SELECT institution_id AS institution, id, label FROM identity_providers ORDER BY institution_id, id');
}

export async function issuerIsKnown(manager: EntityManager, institution: string, issuer: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>('SELECT FROM identity_providers WHERE institution_id = $1 AND issuer = $2', [
    institution,
    issuer,
  ]);
  return rows.length > 0;
}

export async function insertProvider(manager: EntityManager, provider: IdentityProvider): Promise<void> {
  await manager.insert(IdentityProviderRow, rowOf(provider));
}

export async function updateProvider(manager: EntityManager, provider: IdentityProvider): Promise<void> {
  const { institutionId, id, ...changes } = rowOf(provider);
  await manager.update(IdentityProviderRow, { institutionId, id }, changes);
}

export async function deleteProvider(manager: EntityManager, { institution, id }: IdentityProvider): Promise<void> {
  await manager.delete(IdentityProviderRow, { institutionId: institution, id });
}
