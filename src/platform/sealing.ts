import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type Config, ConfigError } from './config.js';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** A secret as it lies in the database. */
export interface KeptSecret {
  readonly secret: Buffer;
  /** Whether the secret is encrypted. */
  readonly isSealed: boolean;
}

/**
 * Encrypts what only this service may read, under a secret that does not lie beside it (AES-256-GCM, the key by HKDF-SHA-256). What was sealed for one
 * purpose opens for no other. Where no secret is configured everything is kept as it is, so that a first start needs none.
 */
export class Sealing {
  private readonly key: Buffer | undefined;

  constructor({ keyEncryptionSecret }: Pick<Config, 'keyEncryptionSecret'>, purpose: string) {
    if (keyEncryptionSecret !== undefined) this.key = Buffer.from(hkdfSync('sha256', keyEncryptionSecret, '', purpose, 32));
  }

  /** Seals a text; it opens only under the name that it was sealed with. */
  seal(text: string, name: string): KeptSecret {
    return this.key === undefined
      ? { secret: Buffer.from(text), isSealed: false }
      : { secret: encrypt(this.key, text, name), isSealed: true };
  }

  /** The text; it refuses with the name of the variable when it was sealed under another secret or name, or has been tampered with. */
  open({ secret, isSealed }: KeptSecret, name: string): string {
    if (!isSealed) return secret.toString('utf8');
    try {
      if (this.key !== undefined) return decrypt(this.key, secret, name);
    } catch {
      // Another secret; said below.
    }
    throw new ConfigError(['KEY_ENCRYPTION_SECRET must be the secret that the keys in the database were encrypted with.']);
  }
}

function encrypt(key: Buffer, text: string, name: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, sealed: Buffer, name: string): string {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]).toString('utf8');
}
