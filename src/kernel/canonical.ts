import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** The RFC 8785 canonical JSON of a value: the same value gives the same text for ever. Throws on what JSON cannot carry (NaN, cycles). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON value has a canonical form');
  return text;
}

/** `sha-256:<hex>` over the RFC 8785 canonical JSON of a value. */
export function digestOf(value: unknown): string {
  return digestOfText(canonicalJson(value));
}

/** `sha-256:<hex>` over a text in UTF-8, as {@link digestOf} answers for a value whose canonical JSON it is. */
export function digestOfText(text: string): string {
  return `sha-256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}
