import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hash } from './merkle.js';

const prefix = 'sha-256:';
const digestPattern = /^sha-256:[0-9a-f]{64}$/;

/** A hash as it is written: `sha-256:<hex>`. */
export function digestText(hash: Hash): string {
  return prefix + bytesToHex(hash);
}

/** The bytes of `sha-256:<hex>`; undefined of any other text. */
export function digestBytes(text: string): Hash | undefined {
  return digestPattern.test(text) ? hexToBytes(text.slice(prefix.length)) : undefined;
}
