import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { schema } from '../src/app.js';
import { KeyRing } from '../src/access/oauth/key-ring.js';
import { ArtifactStore } from '../src/access/oauth/storage/artifact.store.js';
import { ConfigError, readConfig } from '../src/platform/config.js';
import { createServiceDataSource, preparedQuery } from '../src/platform/database.js';
import { asService, Clock, Sealing } from '../src/platform/index.js';
import { freshDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createServiceDataSource(database.url, 5, schema).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

class StandingClock extends Clock {
  at = new Date('2026-11-24T10:00:00Z');

  override now(): Date {
    return this.at;
  }
}

const clock = new StandingClock();

/** The keys as one process reads them. */
async function processWith(secret?: string): Promise<KeyRing> {
  const environment = { DATABASE_URL: database.url, ...(secret === undefined ? {} : { KEY_ENCRYPTION_SECRET: secret }) };
  const ring = new KeyRing(dataSource, clock, readConfig(environment));
  await ring.onModuleInit();
  ring.onModuleDestroy();
  return ring;
}

const idsOf = ({ keys }: KeyRing): string[] => keys.signing.map(({ id }) => id);
const rotate = (ring: KeyRing): Promise<void> => asService('test', () => ring.rotate());
const kept = (): Promise<{ secret: Buffer; sealed: boolean }[]> =>
  asService('test', () =>
    dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL app.scope = '00000000-0000-0000-0000-000000000000'`);
      return manager.query<{ secret: Buffer; sealed: boolean }[]>('SELECT secret, is_sealed AS sealed FROM oauth_keys ORDER BY created_at');
    }),
  );

describe('the keys of the authorisation server', () => {
  it('are made once by processes that start together', async () => {
    const rings = await Promise.all([1, 2, 3].map(() => processWith()));
    const [first = []] = rings.map(idsOf);
    expect(first).toHaveLength(1);
    for (const ring of rings) expect(ring.keys).toEqual(rings[0]?.keys);
  });

  it('are looked for anew when another process has made some, and go when nothing they signed is valid', async () => {
    const [one, other] = [await processWith(), await processWith()];
    const [old = ''] = idsOf(one);
    await rotate(one);
    const [made = ''] = idsOf(one);
    expect(idsOf(one)).toEqual([made, old]);
    expect(idsOf(other)).toEqual([old]);
    // It has just read them, so it does not read them for every key id that somebody invents.
    await other.lookFor(made);
    expect(idsOf(other)).toEqual([old]);
    expect(idsOf(await processWith())).toEqual([made, old]);
    clock.at = new Date(clock.at.getTime() + 2 * 3_600_000 - 1000);
    expect(idsOf(await processWith())).toEqual([made, old]);
    clock.at = new Date(clock.at.getTime() + 2000);
    const later = await processWith();
    expect(idsOf(later)).toEqual([made]);
    // People stay logged in for a day.
    expect(later.keys.cookies).toHaveLength(2);
  });

  it('lie encrypted where there is a secret, and open with no other', async () => {
    const secret = 'a secret of forty characters or a little more';
    const ring = await processWith(secret);
    // What lay open stays readable; it goes with the next rotations.
    await rotate(ring);
    const sealed = (await kept()).filter((key) => key.sealed);
    expect(sealed).toHaveLength(2);
    for (const key of sealed) expect(key.secret.toString('latin1')).not.toContain('"d"');
    expect((await processWith(secret)).keys).toEqual(ring.keys);
    for (const wrong of [undefined, 'another secret of forty characters or more']) {
      const error: unknown = await processWith(wrong).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toContain('KEY_ENCRYPTION_SECRET');
      expect(String(error)).not.toContain(String(wrong));
    }
  });

  it('open as earlier releases have sealed them, for the same purpose and under the same name only', () => {
    const config = { keyEncryptionSecret: 'a secret of forty characters or a little more' };
    const text = '0Yf6cGXv2teh3aSYDfc7ROr7UILQ7ZPL5HhGEJHB5NOLBAZti41KDwUSnwnPpjU+9syfcM/KjQGitA==';
    const kept = { secret: Buffer.from(text, 'base64'), isSealed: true };
    expect(new Sealing(config, 'oauth keys').open(kept, 'a name')).toBe('what an earlier release sealed');
    expect(() => new Sealing(config, 'log keys').open(kept, 'a name')).toThrow(ConfigError);
    expect(() => new Sealing(config, 'oauth keys').open(kept, 'another name')).toThrow(ConfigError);
  });

  it('want a secret that cannot be guessed', () => {
    expect(() => readConfig({ KEY_ENCRYPTION_SECRET: 'short' })).toThrow('KEY_ENCRYPTION_SECRET must have at least 32 characters.');
  });
});

describe('artifacts', () => {
  it('are found until they expire, and swept out then', async () => {
    const store = new ArtifactStore(dataSource);
    const count = async () => (await asService('test', () => preparedQuery(dataSource, 'SELECT FROM oauth_artifacts', []))).length;
    await asService('test', async () => {
      await store.save('Session', 'old', { payload: {}, expiresAt: new Date(Date.now() - 1000) });
      await store.save('Session', 'new', { payload: { accountId: 'a' }, uid: 'u', expiresAt: new Date(Date.now() + 60_000) });
      expect(await store.findByUid('Session', 'u')).toEqual({ accountId: 'a' });
      expect(await store.find('Session', 'old')).toBeUndefined();
      expect(await count()).toBe(2);
      // What has expired does not stand in the way of what is new.
      expect(await store.saveOnce('Session', 'old', {}, new Date(Date.now() - 1000))).toBe(true);
      await store.sweep();
      expect(await count()).toBe(1);
      expect(await store.saveOnce('Session', 'old', {}, new Date(Date.now() + 60_000))).toBe(true);
      expect(await store.saveOnce('Session', 'old', {}, new Date(Date.now() + 60_000))).toBe(false);
      expect(await store.consume('Session', 'new')).toBe(true);
      expect(await store.consume('Session', 'new')).toBe(false);
      expect(await store.find('Session', 'new')).toEqual({ accountId: 'a', consumed: expect.any(Number) });
    });
    // Nobody else sees any.
    expect(await store.find('Session', 'new')).toBeUndefined();
  });
});
