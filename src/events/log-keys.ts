import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';
import { asService, record, transaction } from '../platform/index.js';
import { signatureAlgorithm } from './domain/index.js';
import { insertKey, type PublicLogKey, readOrMakeKey, readPublicKeys, type StoredKey } from './storage/keys.store.js';

/** A JWK set (RFC 7517, section 5). */
export interface LogKeySet {
  readonly keys: readonly PublicLogKey[];
}

/** Signs a statement: a compact JWS (RFC 7515) that holds it. */
export type Sign = (statement: string) => Promise<string>;

/** The keys of the audit logs, kept in the database: what one process signs, every other knows the key of. */
@Injectable()
export class LogKeys {
  constructor(private readonly dataSource: DataSource) {}

  /** Signs with the newest key, which another process may have made a moment ago; the first use of all makes one. */
  async signer(): Promise<Sign> {
    const { kid, privateJwk } = await this.asPart((manager) => readOrMakeKey(manager, makeKey));
    const key = await importJWK(privateJwk, signatureAlgorithm);
    const header = { alg: signatureAlgorithm, kid };
    return (statement) => new CompactSign(new TextEncoder().encode(statement)).setProtectedHeader(header).sign(key);
  }

  /** Makes a new key, which signs from now on; what the old ones have signed is checked with them as before. */
  async rotate(): Promise<PublicLogKey> {
    const key = await makeKey();
    await this.asPart(async (manager) => {
      await insertKey(manager, key);
      await record(manager, { action: 'logKey.rotated', resource: { kind: 'logKey', id: key.kid }, after: key.publicJwk });
    });
    return key.publicJwk;
  }

  /** What signatures are checked with. */
  async published(): Promise<LogKeySet> {
    const keys = await this.asPart(async (manager) => {
      await readOrMakeKey(manager, makeKey);
      return readPublicKeys(manager);
    });
    return { keys };
  }

  private asPart<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return asService('audit log', () => transaction(this.dataSource, work));
  }
}

async function makeKey(): Promise<StoredKey> {
  const pair = await generateKeyPair(signatureAlgorithm, { extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  if (x === undefined) throw new Error('a key of Ed25519 has no point');
  const point = { kty: 'OKP', crv: 'Ed25519', x } as const;
  // RFC 7638: the id says which key it is, whoever keeps it.
  const kid = await calculateJwkThumbprint(point);
  return { kid, publicJwk: { ...point, kid, alg: signatureAlgorithm, use: 'sig' }, privateJwk: await exportJWK(pair.privateKey) };
}
