import type { EntityManager } from 'typeorm';
import type { KeptSecret } from '../../../platform/index.js';

/** What a key is for: it signs tokens, or cookies. */
export type KeyPurpose = 'signing' | 'cookies';

/** A key as it lies in the database. */
export interface KeptKey extends KeptSecret {
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly createdAt: Date;
  /** From when on it verifies nothing any more; null while it is the one that signs. */
  readonly expiresAt: Date | null;
}

/** The letters "oauthkey" as a number: processes that start or rotate together do so one after another. */
const keyLock = '8025825153779459449';

/** Lets nobody else make keys until the transaction ends. */
export async function lockKeys(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [keyLock]);
}

/** The keys that have not expired, the newest first. */
export function readKeys(manager: EntityManager, now: Date): Promise<KeptKey[]> {
  return manager.query<KeptKey[]>(
    `SELECT id, purpose, secret, is_sealed AS "isSealed", created_at AS "createdAt", expires_at AS "expiresAt"
     FROM oauth_keys WHERE expires_at IS NULL OR expires_at > $1 ORDER BY expires_at DESC NULLS FIRST`,
    [now],
  );
}

export async function insertKey(manager: EntityManager, { id, purpose, secret, isSealed, createdAt, expiresAt }: KeptKey): Promise<void> {
  await manager.query('INSERT INTO oauth_keys (id, purpose, secret, is_sealed, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    purpose,
    secret,
    isSealed,
    createdAt,
    expiresAt,
  ]);
}

/** Says when the present key of a purpose expires, and forgets those that have. */
export async function retireKey(manager: EntityManager, purpose: KeyPurpose, now: Date, expiresAt: Date): Promise<void> {
  await manager.query('DELETE FROM oauth_keys WHERE purpose = $1 AND expires_at <= $2', [purpose, now]);
  await manager.query('UPDATE oauth_keys SET expires_at = $2 WHERE purpose = $1 AND expires_at IS NULL', [purpose, expiresAt]);
}
