import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';
import { asService, type Config, CONFIG, record, Sealing, transaction } from '../platform/index.js';
import { signatureAlgorithm } from './domain/index.js';
import {
  forgetSecrets,
  insertKey,
  lockKeys,
  type PublicLogKey,
  readKey,
  readOrMakeKey,
  readPublicKeys,
  type StoredKey,
} from './storage/keys.store.js';

/** A JWK set (RFC 7517, section 5). */
export interface LogKeySet {
  readonly keys: readonly PublicLogKey[];
}

/** Signs a statement: a compact JWS (RFC 7515) that holds it. */
export type Sign = (statement: string) => Promise<string>;

/** The keys of the audit logs, kept in the database: what one process signs, every other knows the key of. */
@Injectable()
export class LogKeys implements OnModuleInit {
  private readonly sealing: Sealing;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) config: Config,
  ) {
    this.sealing = new Sealing(config, 'log keys');
  }

  /** A process that cannot open the key must not start, rather than fail round after round. */
  async onModuleInit(): Promise<void> {
    await this.signer();
  }

  /** Signs with the newest key, which another process may have made a moment ago; the first use of all makes one. */
  async signer(): Promise<Sign> {
    const stored = await this.asPart((manager) => readOrMakeKey(manager, () => this.makeKey()));
    const key = await importJWK(this.privateJwk(stored), signatureAlgorithm);
    const header = { alg: signatureAlgorithm, kid: stored.kid };
    return (statement) => new CompactSign(new TextEncoder().encode(statement)).setProtectedHeader(header).sign(key);
  }

  /** Makes a new key, which signs from now on, and forgets the private parts of the old ones; what they have signed is checked as before. */
  rotate(): Promise<PublicLogKey> {
    return this.asPart(async (manager) => {
      await lockKeys(manager);
      const present = await readKey(manager);
      // With another secret than the service's, the new key would be one that the service cannot open: whoever cannot open the present one is refused.
      if (present !== undefined) this.sealing.open(present, present.kid);
      const key = await this.makeKey();
      await forgetSecrets(manager);
      await insertKey(manager, key);
      await record(manager, { action: 'logKey.rotated', resource: { kind: 'logKey', id: key.kid }, after: key.publicJwk });
      return key.publicJwk;
    });
  }

  /** What signatures are checked with. */
  async published(): Promise<LogKeySet> {
    const keys = await this.asPart(async (manager) => {
      await readOrMakeKey(manager, () => this.makeKey());
      return readPublicKeys(manager);
    });
    return { keys };
  }

  private asPart<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return asService('audit log', () => transaction(this.dataSource, work));
  }

  private async makeKey(): Promise<StoredKey> {
    const { publicJwk, privateJwk } = await newKeyPair();
    const { kid } = publicJwk;
    return { kid, publicJwk, ...this.sealing.seal(JSON.stringify(privateJwk), kid) };
  }

  private privateJwk(key: StoredKey): JWK {
    return JSON.parse(this.sealing.open(key, key.kid)) as JWK;
  }
}

async function newKeyPair(): Promise<{ readonly publicJwk: PublicLogKey; readonly privateJwk: JWK }> {
  const pair = await generateKeyPair(signatureAlgorithm, { extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  if (x === undefined) throw new Error('a key of Ed25519 has no point');
  const point = { kty: 'OKP', crv: 'Ed25519', x } as const;
  // RFC 7638: the id says which key it is, whoever keeps it.
  const kid = await calculateJwkThumbprint(point);
  return { publicJwk: { ...point, kid, alg: signatureAlgorithm, use: 'sig' }, privateJwk: await exportJWK(pair.privateKey) };
}
