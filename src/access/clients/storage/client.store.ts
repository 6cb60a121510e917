import type { EntityManager } from 'typeorm';
import { byId, Conditions, explainConstraints, type Page, type PageQuery, rowsToRead } from '../../../platform/index.js';
import type { Role } from '../../domain/index.js';
import type { Client, ClientAuthentication, ClientKey, ClientKind } from '../domain/index.js';

explainConstraints({
  oauth_clients_owner_id_fkey: 'The institution does not exist.',
  oauth_clients_id_key: 'There is a client with this id already.',
});

/** A client with what only the authorisation server may know of it. */
export interface KeptClient extends Client {
  /** `sha-256:` and the digest of its secret in hexadecimal. */
  readonly secretDigest?: string;
  /** One whose secret is public: it opens nothing where the demonstration is off. */
  readonly isDemo: boolean;
}

/** A row of oauth_clients, as PostgreSQL's JSON has it. */
export interface FoundClient {
  readonly institution_id: string;
  readonly id: string;
  readonly name: string;
  readonly kind: ClientKind;
  readonly roles: readonly Role[];
  readonly redirect_uris: readonly string[];
  readonly authentication: ClientAuthentication;
  readonly keys: readonly ClientKey[] | null;
  readonly secret_digest: string | null;
  readonly revoked_at: Date | null;
  readonly is_demo: boolean;
  readonly version: number;
  readonly modified_at: Date;
}

export const clientColumns =
  'institution_id, id, name, kind, roles, redirect_uris, authentication, keys, secret_digest, revoked_at, is_demo, version, modified_at';

export function clientOf(row: FoundClient): KeptClient {
  const { id, name, kind, roles, authentication, keys, version } = row;
  return {
    id,
    institution: row.institution_id,
    name,
    kind,
    roles,
    redirectUris: row.redirect_uris,
    authentication,
    ...(keys === null ? {} : { keys }),
    ...(row.secret_digest === null ? {} : { secretDigest: row.secret_digest }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at.toISOString() }),
    isDemo: row.is_demo,
    version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

function valuesOf(client: KeptClient): unknown[] {
  const { institution, id, name, kind, roles, redirectUris, authentication, keys, secretDigest, revokedAt, isDemo, version, modifiedAt } =
    client;
  return [
    institution,
    id,
    name,
    kind,
    roles,
    redirectUris,
    authentication,
    keys === undefined ? null : JSON.stringify(keys),
    secretDigest ?? null,
    revokedAt ?? null,
    isDemo,
    version,
    modifiedAt,
  ];
}

const placeholders = '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13';

export async function insertClient(manager: EntityManager, client: KeptClient): Promise<void> {
  await manager.query(`INSERT INTO oauth_clients (${clientColumns}) VALUES (${placeholders})`, valuesOf(client));
}

/** Records a client unless there is one with its id, and answers whether there was none. */
export async function insertClientOnce(manager: EntityManager, client: KeptClient): Promise<boolean> {
  const inserted = await manager.query<unknown[]>(
    `INSERT INTO oauth_clients (${clientColumns}) VALUES (${placeholders}) ON CONFLICT DO NOTHING RETURNING id`,
    valuesOf(client),
  );
  return inserted.length > 0;
}

export async function updateClient(manager: EntityManager, client: KeptClient): Promise<void> {
  await manager.query(
    `UPDATE oauth_clients SET (${clientColumns}) = ROW(${placeholders}) WHERE institution_id = $1 AND id = $2`,
    valuesOf(client),
  );
}

export async function readClient(manager: EntityManager, institution: string, id: string): Promise<KeptClient | undefined> {
  const [row] = await manager.query<FoundClient[]>(`SELECT ${clientColumns} FROM oauth_clients WHERE institution_id = $1 AND id = $2`, [
    institution,
    id,
  ]);
  return row && clientOf(row);
}

/** Reads a client and keeps it for this transaction: nobody else can change it. */
export async function lockClient(manager: EntityManager, institution: string, id: string): Promise<KeptClient | undefined> {
  const [row] = await manager.query<FoundClient[]>(
    `SELECT ${clientColumns} FROM oauth_clients WHERE institution_id = $1 AND id = $2 FOR UPDATE`,
    [institution, id],
  );
  return row && clientOf(row);
}

/** The clients of an institution in the order they were registered. */
export async function listClients(manager: EntityManager, institution: string, query: PageQuery): Promise<Page<KeptClient>> {
  const order = byId('clients');
  const conditions = new Conditions();
  conditions.add(institution, (owner) => `institution_id = ${owner}`);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundClient[]>(
    `SELECT ${clientColumns} FROM oauth_clients WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], clientOf);
}
