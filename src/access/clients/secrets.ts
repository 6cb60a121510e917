import { createHash, createPublicKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ClientKey } from './domain/index.js';

/** A new secret: 256 random bits as 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is stored of a secret. One round of SHA-256 is enough, and a salt is not needed: unlike a password, 256 random bits can be neither guessed
 * nor tabulated, so a slow hash would slow down nobody but the token endpoint.
 */
export function digestOf(secret: string): string {
  return `sha-256:${createHash('sha256').update(secret).digest('hex')}`;
}

/** Whether a secret has a digest; takes the same time either way. */
export function isSecret(secret: string, digest: string): boolean {
  const given = Buffer.from(digestOf(secret));
  const kept = Buffer.from(digest);
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/** Whether a JWK is a public key that can verify: its point lies on its curve. */
export function isVerifyingKey(key: ClientKey): boolean {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
