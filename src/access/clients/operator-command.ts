import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { Problem } from '../../kernel/index.js';
import { asService, shapeErrors } from '../../platform/index.js';
import { ClientsService, type ClientWithSecret } from './clients.service.js';
import type { ClientKey } from './domain/index.js';

/** How the command is used. */
export const operatorUsage = `npm run operator -- <name> [<file of a public key as JWK>]

Registers a machine that is the operator of the service, and prints its client id. It authenticates with the private key of the given one (Ed25519 or P-256);
without a key it gets a secret, which is printed this once.`;

/** Registers what the command line asks for; undefined when it asks for nothing that can be done. */
export function registerOperator(app: INestApplicationContext, words: readonly string[]): Promise<ClientWithSecret> | undefined {
  const [name, file, ...more] = words;
  if (name === undefined || name.trim() === '' || name.length > 100 || more.length > 0) return undefined;
  return asService('operator command', async () =>
    app.get(ClientsService).registerOperator(name.trim(), file === undefined ? undefined : keyIn(file)),
  );
}

function isKey(value: unknown): value is ClientKey {
  return shapeErrors({ schema: 'ClientKey', limits: { depth: 2, nodes: 2 } }, value).length === 0;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Problem('malformed', `${file} cannot be read, or is no JSON.`);
  }
}

function keyIn(file: string): ClientKey {
  const key = jsonIn(file);
  if (!isKey(key)) throw new Problem('validationFailed', `${file} holds no public key of Ed25519 or P-256 as a JWK.`);
  return key;
}
