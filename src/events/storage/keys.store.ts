import type { JWK } from 'jose';
import type { EntityManager } from 'typeorm';

/** A public key of Ed25519 as a JWK (RFC 8037, section 2). */
export interface PublicLogKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** A key that heads and exports are signed with. */
export interface StoredKey {
  readonly kid: string;
  readonly publicJwk: PublicLogKey;
  readonly privateJwk: JWK;
}

const select = 'SELECT kid, public_jwk AS "publicJwk", private_jwk AS "privateJwk" FROM log_keys';

/** The letters "log keys" as a number: of processes that start together one makes the key. */
const keyLock = '7813577267449526643';

/** The key to sign with; made by `make` where there is none yet. */
export async function readOrMakeKey(manager: EntityManager, make: () => Promise<StoredKey>): Promise<StoredKey> {
  const read = async (): Promise<StoredKey | undefined> => (await manager.query<StoredKey[]>(`${select} ORDER BY made_at DESC LIMIT 1`))[0];
  const known = await read();
  if (known !== undefined) return known;
  await manager.query('SELECT pg_advisory_xact_lock($1)', [keyLock]);
  const other = await read();
  if (other !== undefined) return other;
  const key = await make();
  await insertKey(manager, key);
  return key;
}

/** Adds a key, which is the one to sign with from now on. */
export async function insertKey(manager: EntityManager, { kid, publicJwk, privateJwk }: StoredKey): Promise<void> {
  await manager.query('INSERT INTO log_keys (kid, public_jwk, private_jwk, made_at) VALUES ($1, $2, $3, now())', [
    kid,
    JSON.stringify(publicJwk),
    JSON.stringify(privateJwk),
  ]);
}

/** Every key that anything was signed with, the newest first. */
export async function readPublicKeys(manager: EntityManager): Promise<readonly PublicLogKey[]> {
  const rows = await manager.query<{ publicJwk: PublicLogKey }[]>('SELECT public_jwk AS "publicJwk" FROM log_keys ORDER BY made_at DESC');
  return rows.map(({ publicJwk }) => publicJwk);
}
