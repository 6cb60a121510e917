import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntryView, AuditHeadView, InclusionProofView } from '../src/events/http/audit.view.js';
import { Sealer } from '../src/events/index.js';
import { runVerification } from '../src/events/verify-command.js';
import { at } from '../src/kernel/index.js';
import { serviceScope } from '../src/platform/index.js';
import { itemsOf } from './support/catalogue.js';
import { type OAuthApp, startOAuthApp, tokenFor } from './support/oauth.js';

/** The service's own log, as the operator reads it. */

const log = `/v1/institutions/${serviceScope}/audit`;

let test: OAuthApp;
let operator: string;
let directory: string;
beforeAll(async () => {
  test = await startOAuthApp();
  operator = await tokenFor(test, { roles: ['operator'] });
  directory = await mkdtemp(join(tmpdir(), 'audit-'));
  for (let batch = 0; batch < 2; batch += 1) {
    await test.request.post('/v1/signing-keys').set(bearer(operator)).expect(201);
    await test.app.get(Sealer).seal();
  }
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await test.close();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The answer to the operator, kept in a file. */
async function kept(path: string): Promise<string> {
  const answer = await fetch(test.url + path, { headers: bearer(operator) });
  expect([path, answer.status]).toEqual([path, 200]);
  const file = join(directory, 'answer');
  await writeFile(file, await answer.text());
  return file;
}

async function verified(...args: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  expect([await runVerification(args, (line) => lines.push(line)), lines]).toEqual([0, lines]);
  return lines;
}

describe('the service’s own log', () => {
  it('shows the operator its heads and entries', async () => {
    const heads = itemsOf<AuditHeadView>(await test.request.get(`${log}/heads`).set(bearer(operator)).expect(200));
    expect(heads[0]).toMatchObject({ institution: serviceScope });
    expect((await test.request.get(`${log}/heads/latest`).set(bearer(operator)).expect(200)).body).toEqual(heads[0]);
    const entries = itemsOf<AuditEntryView>(await test.request.get(`${log}/entries`).set(bearer(operator)).expect(200));
    expect(entries.filter(({ entry }) => entry.action === 'keys.rotated')).toHaveLength(2);
  });

  it('is exported and proven to the operator so that the command can check it', async () => {
    const key = join(directory, 'keys.json');
    await writeFile(key, (await test.request.get(`${log}/keys`).expect(200)).text);
    expect(await verified(await kept(`${log}/export`), '--key', key)).toEqual(
      expect.arrayContaining([expect.stringContaining(`log of ${serviceScope}`), 'Nothing is wrong.']),
    );
    const entries = itemsOf<AuditEntryView>(await test.request.get(`${log}/entries`).set(bearer(operator)).expect(200));
    const proof = `${log}/entries/${at(entries, 0).entry.id}/inclusion-proof`;
    const { head } = (await test.request.get(proof).set(bearer(operator)).expect(200)).body as InclusionProofView;
    await verified('--proof', await kept(proof), '--key', key);
    const [, older] = itemsOf<AuditHeadView>(await test.request.get(`${log}/heads`).set(bearer(operator)).expect(200));
    expect(older?.size).toBeLessThan(head.size);
    await verified('--proof', await kept(`${log}/consistency-proof?from=${String(older?.size)}`), '--key', key);
  });

  it('is for nobody else, and the operator reads no institution’s', async () => {
    const [institution] = test.institutions;
    for (const role of ['auditor', 'administrator'] as const) {
      const token = await tokenFor(test, { roles: [role], institution });
      await test.request.get(`${log}/entries`).set(bearer(token)).expect(404);
    }
    await test.request.get(`/v1/institutions/${institution}/audit/entries`).set(bearer(operator)).expect(404);
  });
});
