import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { DataSource } from 'typeorm';
import { AuditExport } from '../src/events/audit-export.js';
import type { AuditHeadView, ConsistencyProofView } from '../src/events/http/audit.view.js';
import { LogKeys, Sealer } from '../src/events/index.js';
import { verifyProof } from '../src/events/proof-verifier.js';
import { trustedKeys } from '../src/events/signatures.js';
import { readConfig } from '../src/platform/config.js';
import { requestContext } from '../src/platform/index.js';
import { projectRoot } from '../src/platform/project-root.js';
import { startTestApp, type TestApp } from './support/app.js';
import { checked, exported, newLog, publishedKeys } from './support/audit-log.js';
import { itemsOf } from './support/catalogue.js';
import { carryOut, courseChange, memberOf } from './support/journal.js';

/** The keys that the heads of audit logs are signed with, as they follow one another. */

let test: TestApp;
/** The service's own connections. */
let dataSource: DataSource;
beforeAll(async () => {
  test = await startTestApp();
  dataSource = test.app.get(DataSource);
});
afterAll(() => test.close());

/** What the command does, in a process of its own. */
const rotate = () => new LogKeys(dataSource, readConfig({})).rotate();

async function sealOneMore(institution: string): Promise<void> {
  await carryOut(dataSource, memberOf(institution), [courseChange()]);
  await test.app.get(Sealer).seal();
}

const kidOf = (signature: string): string | undefined => decodeProtectedHeader(signature).kid;

const headsOf = async (path: string): Promise<readonly AuditHeadView[]> =>
  itemsOf<AuditHeadView>(await test.request.get(`${path}/heads`).expect(200));

const kidsOf = ({ keys }: JSONWebKeySet): readonly (string | undefined)[] => keys.map(({ kid }) => kid);

describe('a new key of the audit logs', () => {
  it('signs from the next round on in a process that runs, and what the old one signed is checked as before', async () => {
    const { institution, path } = await newLog(test, 3);
    const before = await publishedKeys(test, path);
    const { kid } = await rotate();
    await sealOneMore(institution);

    expect((await headsOf(path)).map(({ signature }) => kidOf(signature))).toEqual([kid, kidsOf(before)[0]]);
    const after = await publishedKeys(test, path);
    expect(kidsOf(after)).toEqual([kid, ...kidsOf(before)]);
    const text = await exported(test, path);
    for (const keys of [undefined, after]) expect((await checked(text, keys)).findings).toEqual([]);
    // The new head and the end.
    expect((await checked(text, before)).findings.map(({ detail }) => detail)).toEqual([
      'is signed with a key that is not among the trusted ones',
      'is signed with a key that is not among the trusted ones',
    ]);
  });

  it('is made by a command, which prints its public part and takes no arguments', async () => {
    const { path } = await newLog(test, 1);
    const { options } = test.dataSource;
    const url = 'url' in options ? options.url : undefined;
    const hooks = join(projectRoot, 'test', 'support', 'register-typescript.mjs');
    const command = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, ['--import', hooks, join(projectRoot, 'src', 'rotate-log-key.ts'), ...args], {
        env: { PATH: process.env['PATH'], DATABASE_URL: url },
      });
    const before = await publishedKeys(test, path);
    await expect(command('--help')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('npm run rotate-log-key') });
    expect(await publishedKeys(test, path)).toEqual(before);
    const printed: unknown = JSON.parse((await command()).stdout);
    expect((await publishedKeys(test, path)).keys).toEqual([printed, ...before.keys]);
  }, 60_000);

  it('goes on with the same log: a proof leads from a head under the old key to one under the new', async () => {
    const { institution, path } = await newLog(test, 3);
    await rotate();
    await sealOneMore(institution);
    const proof = (await test.request.get(`${path}/consistency-proof?from=3`).expect(200)).body as ConsistencyProofView;
    expect(kidOf(proof.from.signature)).not.toBe(kidOf(proof.to.signature));
    expect(await verifyProof(proof, trustedKeys(await publishedKeys(test, path)))).toEqual([]);
  });

  it('leaves an export whole that began before it', async () => {
    const { institution } = await newLog(test, 3);
    const stream = await requestContext.run({ caller: memberOf(institution) }, () => test.app.get(AuditExport).export(institution));
    await rotate();
    await sealOneMore(institution);
    const { summary, findings } = await checked(await buffer(stream));
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ sealed: 3, unsealed: 0 });
  });
});
