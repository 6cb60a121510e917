import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';
import { asService, Clock, type Config, CONFIG, record, Sealing, transaction } from '../../platform/index.js';
import { insertKey, type KeptKey, type KeyPurpose, lockKeys, readKeys, retireKey } from './storage/key.store.js';

/** The one algorithm that tokens are signed with (RFC 7518, section 3.4). */
export const signingAlgorithm = 'ES256';

/** A key that signs tokens, private part included. */
export interface SigningKey {
  readonly id: string;
  readonly jwk: JWK;
  readonly createdAt: Date;
  /** From when on it verifies nothing any more; null while it is the one that signs. */
  readonly expiresAt: Date | null;
}

/** The keys of the authorisation server; of each kind the first one signs, the others only verify. */
export interface Keys {
  readonly signing: readonly SigningKey[];
  readonly cookies: readonly string[];
}

const hour = 3_600_000;

/**
 * How long an old key goes on verifying. Access tokens live for ten minutes and ID tokens for an hour, and other processes sign with the old key for a
 * minute more; cookies live as long as sessions do.
 */
const afterlife: Readonly<Record<KeyPurpose, number>> = { signing: 2 * hour, cookies: 24 * hour };

/** How often a process looks whether another has made new keys. */
const reloadInterval = 60_000;

/** Nobody can make this process read its keys more often than this, whatever key ids they send. */
const shortestReloadInterval = 5_000;

/** The keys in the database, made at the first start, the same for every process. */
@Injectable()
export class KeyRing implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger(KeyRing.name);
  private readonly sealing: Sealing;
  private loaded: Keys | undefined;
  private loadedAt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.sealing = new Sealing(config, 'oauth keys');
  }

  async onModuleInit(): Promise<void> {
    await this.inTransaction(async (manager, now) => {
      await lockKeys(manager);
      const kept = await readKeys(manager, now);
      for (const purpose of ['signing', 'cookies'] as const) {
        if (!kept.some((key) => key.purpose === purpose && key.expiresAt === null)) await this.make(manager, purpose, now);
      }
    });
    await this.reload();
    this.timer = setInterval(() => {
      this.reload().catch((error: unknown) => {
        this.log.error(error);
      });
    }, reloadInterval).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** The present keys; another object after a change, and the same one otherwise. */
  get keys(): Keys {
    if (this.loaded === undefined) throw new Error('the keys have not been read yet');
    return this.loaded;
  }

  /** Reads the keys anew when a key id is none of them: another process may have made it. */
  async lookFor(keyId: string): Promise<void> {
    if (this.keys.signing.some(({ id }) => id === keyId) || Date.now() - this.loadedAt < shortestReloadInterval) return;
    await this.reload();
  }

  /**
   * Makes new keys, which sign from now on; the old ones go on verifying until nothing that they signed is valid any more. It is for a caller in the scope
   * of the service.
   */
  async rotate(): Promise<void> {
    await transaction(this.dataSource, async (manager) => {
      await lockKeys(manager);
      const now = this.clock.now();
      for (const purpose of ['signing', 'cookies'] as const) {
        await retireKey(manager, purpose, now, new Date(now.getTime() + afterlife[purpose]));
        const id = await this.make(manager, purpose, now);
        if (purpose === 'signing') await record(manager, { action: 'keys.rotated', resource: { kind: 'signingKey', id } });
      }
    });
    await this.reload();
  }

  private async reload(): Promise<void> {
    this.loadedAt = Date.now();
    const kept = await this.inTransaction(readKeys);
    const before = this.loaded;
    const after = this.opened(kept);
    if (before === undefined || JSON.stringify(before) !== JSON.stringify(after)) this.loaded = after;
  }

  private inTransaction<Result>(work: (manager: EntityManager, now: Date) => Promise<Result>): Promise<Result> {
    return asService('authorisation server', () => transaction(this.dataSource, (manager) => work(manager, this.clock.now())));
  }

  private async make(manager: EntityManager, purpose: KeyPurpose, createdAt: Date): Promise<string> {
    const { id, text } = purpose === 'signing' ? await newSigningKey() : newCookieKey();
    await insertKey(manager, { id, purpose, ...this.sealing.seal(text, id), createdAt, expiresAt: null });
    return id;
  }

  private opened(kept: readonly KeptKey[]): Keys {
    const signing = kept.filter(({ purpose }) => purpose === 'signing');
    return {
      signing: signing.map((key) => ({
        id: key.id,
        jwk: JSON.parse(this.sealing.open(key, key.id)) as JWK,
        createdAt: key.createdAt,
        expiresAt: key.expiresAt,
      })),
      cookies: kept.filter(({ purpose }) => purpose === 'cookies').map((key) => this.sealing.open(key, key.id)),
    };
  }
}

async function newSigningKey(): Promise<{ id: string; text: string }> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const id = await calculateJwkThumbprint(jwk);
  return { id, text: JSON.stringify({ ...jwk, kid: id, alg: signingAlgorithm, use: 'sig' }) };
}

function newCookieKey(): { id: string; text: string } {
  return { id: `cookies-${randomBytes(8).toString('hex')}`, text: randomBytes(32).toString('base64url') };
}
