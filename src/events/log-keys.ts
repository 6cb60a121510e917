import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import { DataSource } from 'typeorm';
import { asService, transaction } from '../platform/index.js';
import { signatureAlgorithm } from './domain/index.js';
import { type PublicLogKey, readOrMakeKey, readPublicKeys, type StoredKey } from './storage/keys.store.js';

/** A JWK set (RFC 7517, section 5). */
export interface LogKeySet {
  readonly keys: readonly PublicLogKey[];
}

/** Signs a statement: a compact JWS (RFC 7515) that holds it. */
export type Sign = (statement: string) => Promise<string>;

/** The keys of the audit logs, kept in the database: what one process signs, every other knows the key of. */
@Injectable()
export class LogKeys {
  private signing: Promise<Sign> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Signs with the newest key; the first use of all makes one. */
  signer(): Promise<Sign> {
    this.signing ??= this.load().catch((error: unknown) => {
      this.signing = undefined;
      throw error;
    });
    return this.signing;
  }

  /** What signatures are checked with. */
  async published(): Promise<LogKeySet> {
    await this.signer();
    return { keys: await asService('audit log', () => transaction(this.dataSource, readPublicKeys)) };
  }

  private async load(): Promise<Sign> {
    const stored = await asService('audit log', () => transaction(this.dataSource, (manager) => readOrMakeKey(manager, makeKey)));
    const key = await importJWK(stored.privateJwk, signatureAlgorithm);
    const header = { alg: signatureAlgorithm, kid: stored.kid };
    return (statement) => new CompactSign(new TextEncoder().encode(statement)).setProtectedHeader(header).sign(key);
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
