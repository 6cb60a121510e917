import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { DataSource } from 'typeorm';
import { SealedLogKeys0072 } from '../migrations/0072-sealed-log-keys.js';
import type { AuditHeadView } from '../src/events/http/audit.view.js';
import { LogKeys, Sealer } from '../src/events/index.js';
import { ConfigError, readConfig } from '../src/platform/config.js';
import { type KeptSecret, Sealing, serviceScope } from '../src/platform/index.js';
import { projectRoot } from '../src/platform/project-root.js';
import { startTestApp, type TestApp } from './support/app.js';
import { checked, exported, newLog, publishedKeys } from './support/audit-log.js';
import { carryOut, courseChange, memberOf, queryAs } from './support/journal.js';

/** The private parts of the keys of audit logs, as they lie in the database. */

const secret = 'a secret of forty characters or a little more';
const another = 'another secret of forty characters or more';

/** Every test has an app of its own, since all logs of one are signed with the same key. */
let test: TestApp;
let dataSource: DataSource;
async function start(keyEncryptionSecret?: string): Promise<void> {
  test = await startTestApp(keyEncryptionSecret === undefined ? {} : { environment: { KEY_ENCRYPTION_SECRET: keyEncryptionSecret } });
  dataSource = test.app.get(DataSource);
}

/** The keys as another process has them. */
const keysWith = (keyEncryptionSecret?: string): LogKeys =>
  new LogKeys(dataSource, readConfig(keyEncryptionSecret === undefined ? {} : { KEY_ENCRYPTION_SECRET: keyEncryptionSecret }));

interface Kept extends KeptSecret {
  readonly kid: string;
}

/** The keys whose private part is still there, the newest first. */
const kept = (): Promise<Kept[]> =>
  test.dataSource.query<Kept[]>('SELECT kid, secret, is_sealed AS "isSealed" FROM log_keys WHERE secret IS NOT NULL ORDER BY made_at DESC');

/** Seals an entry and tells which key signed the head. */
async function signingKey(): Promise<string | undefined> {
  const { path } = await newLog(test, 1);
  const { signature } = (await test.request.get(`${path}/heads/latest`).expect(200)).body as AuditHeadView;
  return decodeProtectedHeader(signature).kid;
}

describe('the private part of a key, where there is a secret', () => {
  beforeAll(() => start(secret));
  afterAll(() => test.close());

  it('lies encrypted', async () => {
    const kid = await signingKey();
    const [key] = await kept();
    if (key === undefined) throw new Error('there is no key');
    expect(key).toMatchObject({ kid, isSealed: true });
    const { d } = JSON.parse(new Sealing({ keyEncryptionSecret: secret }, 'log keys').open(key, key.kid)) as { d: string };
    const table = JSON.stringify(await test.dataSource.query('SELECT log_keys::text FROM log_keys')) + key.secret.toString('latin1');
    for (const text of [d, Buffer.from(d).toString('hex'), '"d"']) expect(table).not.toContain(text);
  });

  it.each([undefined, another])('opens with no other one: %s', async (wrong) => {
    const before = await kept();
    for (const use of [(keys: LogKeys) => keys.onModuleInit(), (keys: LogKeys) => keys.signer(), (keys: LogKeys) => keys.rotate()]) {
      const error: unknown = await use(keysWith(wrong)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toContain('KEY_ENCRYPTION_SECRET must be the secret that the keys in the database were encrypted with.');
    }
    expect(await kept()).toEqual(before);
    // Signatures are checked without it.
    expect((await keysWith(wrong).published()).keys.map(({ kid }) => kid)).toEqual(before.map(({ kid }) => kid));
  });

  it('is made by a command with the configuration of the service', async () => {
    const { options } = test.dataSource;
    const url = 'url' in options ? options.url : undefined;
    const hooks = join(projectRoot, 'test', 'support', 'register-typescript.mjs');
    const command = (environment: Readonly<Record<string, string>>) =>
      promisify(execFile)(process.execPath, ['--import', hooks, join(projectRoot, 'src', 'rotate-log-key.ts')], {
        env: { PATH: process.env['PATH'], DATABASE_URL: url, ...environment },
      });
    await expect(command({})).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^KEY_ENCRYPTION_SECRET must be the secret/),
    });
    const { kid } = JSON.parse((await command({ KEY_ENCRYPTION_SECRET: secret })).stdout) as { kid: string };
    expect(await kept()).toMatchObject([{ kid, isSealed: true }]);
    expect(await signingKey()).toBe(kid);
  }, 60_000);

  it('is lost with it, and a new key is made once it is taken away, as docs/audit.md says', async () => {
    const before = (await kept()).map(({ kid }) => kid);
    await queryAs(dataSource, { scope: serviceScope, subject: 'test' }, 'UPDATE log_keys SET secret = NULL');
    await keysWith(another).onModuleInit();
    const [key] = await kept();
    expect(key?.isSealed).toBe(true);
    expect(before).not.toContain(key?.kid);
  });
});

describe('the private part of a key that lies open', () => {
  beforeAll(() => start());
  afterAll(() => test.close());

  it('signs until the next rotation, which encrypts the new one where there is a secret by then', async () => {
    const kid = await signingKey();
    expect(await kept()).toMatchObject([{ kid, isSealed: false }]);
    await keysWith(secret).signer();
    const made = await keysWith(secret).rotate();
    expect(await kept()).toMatchObject([{ kid: made.kid, isSealed: true }]);
  });
});

describe('the private part of an old key', () => {
  beforeAll(() => start());
  afterAll(() => test.close());

  it('is forgotten at the rotation, and its heads are checked as before', async () => {
    const { institution, path } = await newLog(test, 2, 1);
    const pinned = await publishedKeys(test, path);
    const made = await keysWith().rotate();
    expect((await kept()).map(({ kid }) => kid)).toEqual([made.kid]);
    await carryOut(dataSource, memberOf(institution), [courseChange()]);
    await test.app.get(Sealer).seal();
    const after = await publishedKeys(test, path);
    expect(after.keys).toEqual([made, ...pinned.keys]);
    const { summary, findings } = await checked(await exported(test, path), after);
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ sealed: 4, unsealed: 0 });
  });

  it('signs to its end what was begun with it', async () => {
    const sign = await keysWith().signer();
    const [old] = await kept();
    await keysWith().rotate();
    expect(decodeProtectedHeader(await sign('{}')).kid).toBe(old?.kid);
  });

  it('is all that is forgotten when several rotate at once, and logs are sealed meanwhile', async () => {
    const rotations = Array.from({ length: 4 }, () => keysWith().rotate());
    const sealing = Array.from({ length: 4 }, () => newLog(test, 1));
    const made = await Promise.all(rotations);
    const logs = await Promise.all(sealing);
    const [present, ...others] = await kept();
    expect(others).toEqual([]);
    const [newest] = (await keysWith().published()).keys;
    expect(newest?.kid).toBe(present?.kid);
    expect(made.map(({ kid }) => kid)).toContain(present?.kid);
    expect(await signingKey()).toBe(present?.kid);
    for (const { path } of logs) expect((await checked(await exported(test, path), await publishedKeys(test, path))).findings).toEqual([]);
  });
});

describe('a rotation that waited for another', () => {
  beforeAll(() => start());
  afterAll(() => test.close());

  it('makes the newer key, although it began before', async () => {
    await signingKey();
    const other = test.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query('LOCK TABLE log_keys');
    const rotation = keysWith().rotate();
    const waiting = `SELECT FROM pg_locks WHERE relation = 'log_keys'::regclass AND NOT granted`;
    while ((await test.dataSource.query<unknown[]>(waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await other.query('UPDATE log_keys SET made_at = clock_timestamp()');
    await other.commitTransaction();
    await other.release();
    expect((await keysWith().published()).keys[0]).toEqual(await rotation);
  });
});

describe('the migration', () => {
  beforeAll(() => start());
  afterAll(() => test.close());

  it('carries open keys over, there and back; what is sealed or forgotten stays without a private part', async () => {
    const migration = new SealedLogKeys0072();
    const runner = test.dataSource.createQueryRunner();
    const open = await kept();
    await migration.down(runner);
    const [row] = await test.dataSource.query<{ d: string }[]>(`SELECT private_jwk ->> 'd' AS d FROM log_keys`);
    expect(row?.d).toMatch(/^[\w-]{43}$/);
    await migration.up(runner);
    expect((await kept()).map(({ kid }) => kid)).toEqual(open.map(({ kid }) => kid));
    expect(await signingKey()).toBe(open[0]?.kid);

    await keysWith(secret).rotate();
    await migration.down(runner);
    expect(await test.dataSource.query('SELECT private_jwk FROM log_keys')).toEqual([{ private_jwk: null }, { private_jwk: null }]);
    await migration.up(runner);
    expect(await kept()).toEqual([]);
    await runner.release();
  });
});
