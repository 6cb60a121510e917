import { expect } from '@jest/globals';
import type { JSONWebKeySet } from 'jose';
import { DataSource } from 'typeorm';
import { type ExportSummary, type Finding, verifyExport } from '../../src/events/export-verifier.js';
import type { LogKeySetView } from '../../src/events/http/audit.view.js';
import { Sealer } from '../../src/events/index.js';
import { trustedKeys } from '../../src/events/signatures.js';
import { newId } from '../../src/platform/index.js';
import type { TestApp } from './app.js';
import { carryOut, courseChange, memberOf } from './journal.js';

/** A View as the data it is. */
export type Plain<Value> = Value extends object ? { readonly [Field in keyof Value]: Plain<Value[Field]> } : Value;

/** A log of its own, with so many entries in each batch. */
export async function newLog(
  { app }: TestApp,
  ...batches: readonly number[]
): Promise<{ institution: string; ids: readonly string[]; path: string }> {
  const [dataSource, sealer] = [app.get(DataSource), app.get(Sealer)];
  const institution = newId();
  const ids: string[] = [];
  for (const size of batches) {
    ids.push(
      ...(await carryOut(
        dataSource,
        memberOf(institution),
        Array.from({ length: size }, () => courseChange()),
      )),
    );
    await sealer.seal();
  }
  return { institution, ids, path: `/v1/institutions/${institution}/audit` };
}

/** The export of a log, as its reader gets it. */
export async function exported({ url }: TestApp, path: string): Promise<Buffer> {
  const answer = await fetch(`${url}${path}/export`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  return Buffer.from(await answer.arrayBuffer());
}

/** The keys that a partner pins. */
export async function publishedKeys({ request }: TestApp, path: string): Promise<JSONWebKeySet> {
  const { keys } = (await request.get(`${path}/keys`).expect(200)).body as LogKeySetView;
  return { keys: keys.map(({ kty, crv, x, kid, alg, use }) => ({ kty, crv, x, kid, alg, use })) };
}

/** What the verifier says of an export. */
export async function checked(
  text: Buffer,
  keys?: JSONWebKeySet,
): Promise<{ summary: ExportSummary | undefined; findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const summary = await verifyExport(piecesOf(text), keys && trustedKeys(keys), (finding) => findings.push(finding));
  return { summary, findings };
}

async function* piecesOf(text: Buffer): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield text;
}
