import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Finding, verifyExport } from './export-verifier.js';
import { verifyProof } from './proof-verifier.js';
import { type TrustedKeys, trustedKeys } from './signatures.js';

const usage = `npm run verify-audit -- <export> [--key <jwks file>]
npm run verify-audit -- --proof <answer> --key <jwks file>

Checks an exported audit log, or a proof that the service has answered, without the service and without a database.
  --key     the keys that are trusted: a JWK set, kept from GET …/audit/keys; without it the keys in the export are taken
  --proof   a file with the JSON answer of …/inclusion-proof or …/consistency-proof`;

/** Prints a line. */
export type Print = (line: string) => void;

/** Findings printed; the rest is counted, for one change in the middle makes every later head wrong. */
const mostPrinted = 100;

/** Runs `npm run verify-audit`; answers the exit code: 0 nothing is wrong, 1 something is, 2 the arguments are unclear. */
export async function runVerification(args: readonly string[], print: Print): Promise<0 | 1 | 2> {
  const wanted = argumentsOf(args);
  if (wanted === undefined) {
    print(usage);
    return 2;
  }
  try {
    const { file, proof, key } = wanted;
    const keys = key === undefined ? undefined : trustedKeys(await jsonIn(key));
    if (file !== undefined) return await checkExport(file, keys, print);
    return proof === undefined || keys === undefined ? 2 : await checkProof(proof, keys, print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

interface Arguments {
  readonly file: string | undefined;
  readonly proof: string | undefined;
  readonly key: string | undefined;
}

/** Exactly one of export and proof, and a key to every proof: it brings none itself. */
function argumentsOf(args: readonly string[]): Arguments | undefined {
  try {
    const options = { key: { type: 'string' }, proof: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { key, proof } = values;
    const [file, ...more] = positionals;
    const isClear = more.length === 0 && (file === undefined) === (proof !== undefined) && (proof === undefined || key !== undefined);
    return isClear ? { file, proof, key } : undefined;
  } catch {
    return undefined;
  }
}

async function jsonIn(file: string): Promise<unknown> {
  const document: unknown = JSON.parse(await readFile(file, 'utf8'));
  return document;
}

async function checkProof(file: string, keys: TrustedKeys, print: Print): Promise<0 | 1> {
  const faults = await verifyProof(await jsonIn(file), keys);
  for (const fault of faults) print(fault);
  return verdict(faults.length, print);
}

async function checkExport(file: string, keys: TrustedKeys | undefined, print: Print): Promise<0 | 1> {
  let wrong = 0;
  const report = ({ line, detail }: Finding): void => {
    wrong += 1;
    if (wrong <= mostPrinted) print(`line ${String(line)} ${detail}`);
  };
  const found = await verifyExport(createReadStream(file), keys, report);
  if (wrong > mostPrinted) print(`… and ${String(wrong - mostPrinted)} more`);
  if (found !== undefined) {
    const { institution, exportedAt, sealed, heads, unsealed } = found;
    print(`log of ${institution}, exported at ${exportedAt}: ${String(sealed)} sealed entries under ${String(heads)} heads`);
    if (unsealed > 0) print(`${String(unsealed)} entries were not sealed yet: only the end of the export vouches for them`);
  }
  if (keys === undefined) print('The keys came with the export, so this does not show who signed it: pin them with --key.');
  return verdict(wrong, print);
}

function verdict(wrong: number, print: Print): 0 | 1 {
  print(wrong === 0 ? 'Nothing is wrong.' : `${String(wrong)} things are wrong.`);
  return wrong === 0 ? 0 : 1;
}
