/** Why a token was refused, in the words of RFC 6750, section 3.1, and RFC 9449, section 7.1. */
export type TokenError = 'invalid_token' | 'invalid_dpop_proof' | 'insufficient_scope';

/** What a proof of possession may be signed with (RFC 9449, section 5.1). */
export const proofAlgorithms = ['ES256', 'EdDSA', 'Ed25519'] as const;

/** What a challenge says; nothing of an error where no token was sent. */
export interface Challenge {
  readonly error?: TokenError;
  /** A sentence without quotation marks. */
  readonly description?: string;
  /** The scope that the operation needs. */
  readonly scope?: string;
  /** Where to read how to get a token (RFC 9728, section 5.1). */
  readonly resourceMetadata: string;
}

function parameters(entries: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(entries)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]))
    .join(', ');
}

/** The value of WWW-Authenticate: both schemes, since a token may be sent either way (RFC 6750, section 3; RFC 9449, section 7.1). */
export function challengeHeader({ error, description, scope, resourceMetadata }: Challenge): string {
  const said = { error, error_description: description, scope };
  const isAboutProof = error === 'invalid_dpop_proof';
  const bearer = parameters({ ...(isAboutProof ? {} : said), resource_metadata: resourceMetadata });
  const dpop = parameters({ ...said, algs: proofAlgorithms.join(' '), resource_metadata: resourceMetadata });
  return `Bearer ${bearer}, DPoP ${dpop}`;
}
