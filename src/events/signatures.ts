import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { signatureAlgorithm } from './domain/index.js';

/** The keys that are trusted. */
export type TrustedKeys = ReturnType<typeof createLocalJWKSet>;

/** The keys of a JWK set that anybody may have written; jose refuses what is wrong inside one when it is used. */
export function trustedKeys(document: unknown): TrustedKeys {
  const keys: unknown = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined;
  return createLocalJWKSet({ keys: Array.isArray(keys) ? keys.filter(isKey) : [] });
}

function isKey(key: unknown): key is JSONWebKeySet['keys'][number] {
  return typeof key === 'object' && key !== null && 'kty' in key && typeof key.kty === 'string';
}

/** What is wrong with a compact JWS that should be over a statement: a sentence without its subject. */
export async function signatureFaults(signature: string, statement: string, keys: TrustedKeys): Promise<readonly string[]> {
  const [, payload = '', bytes = ''] = signature.split('.');
  // Base64url that decodes to the same bytes but is written otherwise was touched.
  const isAsWritten = [payload, bytes].every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
  if (!isAsWritten) return ['has a signature that is not written as it was made'];
  if (Buffer.from(payload, 'base64url').toString() !== statement) return ['is signed for something else than it says'];
  try {
    await compactVerify(signature, keys, { algorithms: [signatureAlgorithm] });
    return [];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return [code === 'ERR_JWKS_NO_MATCHING_KEY' ? 'is signed with a key that is not among the trusted ones' : 'has a wrong signature'];
  }
}
