import type { EntityManager } from 'typeorm';
import type { KeptSecret } from '../../platform/index.js';

/** A public key of Ed25519 as a JWK (RFC 8037, section 2). */
export interface PublicLogKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** A key that heads and exports are signed with, as it lies in the database. */
export interface StoredKey extends KeptSecret {
  readonly kid: string;
  readonly publicJwk: PublicLogKey;
}

/** The letters "log keys" as a number: processes that make or rotate the key together do so one after another. */
const keyLock = '7813577267449526643';

/** Lets nobody else make keys until the transaction ends. */
export async function lockKeys(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [keyLock]);
}

/** The key to sign with, if there is one. */
export async function readKey(manager: EntityManager): Promise<StoredKey | undefined> {
  const [key] = await manager.query<StoredKey[]>(
    `SELECT kid, public_jwk AS "publicJwk", secret, is_sealed AS "isSealed"
     FROM log_keys WHERE secret IS NOT NULL ORDER BY made_at DESC LIMIT 1`,
  );
  return key;
}

/** The key to sign with; made by `make` where there is none yet. */
export async function readOrMakeKey(manager: EntityManager, make: () => Promise<StoredKey>): Promise<StoredKey> {
  const known = await readKey(manager);
  if (known !== undefined) return known;
  await lockKeys(manager);
  const other = await readKey(manager);
  if (other !== undefined) return other;
  const key = await make();
  await insertKey(manager, key);
  return key;
}

/** Adds a key, which is the one to sign with from now on: its time is that of the statement, after whatever the transaction waited for. */
export async function insertKey(manager: EntityManager, { kid, publicJwk, secret, isSealed }: StoredKey): Promise<void> {
  await manager.query('INSERT INTO log_keys (kid, public_jwk, secret, is_sealed, made_at) VALUES ($1, $2, $3, $4, clock_timestamp())', [
    kid,
    JSON.stringify(publicJwk),
    secret,
    isSealed,
  ]);
}

/** Forgets the private part of every key: nothing is signed with them any more, and what they have signed is checked with the public one. */
export async function forgetSecrets(manager: EntityManager): Promise<void> {
  await manager.query('UPDATE log_keys SET secret = NULL WHERE secret IS NOT NULL');
}

/** Every key that anything was signed with, the newest first. */
export async function readPublicKeys(manager: EntityManager): Promise<readonly PublicLogKey[]> {
  const rows = await manager.query<{ publicJwk: PublicLogKey }[]>('SELECT public_jwk AS "publicJwk" FROM log_keys ORDER BY made_at DESC');
  return rows.map(({ publicJwk }) => publicJwk);
}
