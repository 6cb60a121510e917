/** Where things are, as the outside sees them. */
export interface Addresses {
  /** The issuer of tokens (RFC 8414, section 2). */
  readonly issuer: string;
  /** The API as a protected resource (RFC 8707; RFC 9728): the audience of its access tokens. */
  readonly resource: string;
  /** What a caller without a token may read to get one (RFC 9728, section 3.1). */
  readonly resourceMetadata: string;
}

/** Below what the authorisation server lies. */
export const issuerPath = '/oauth';

/** The addresses by the origin of the service. */
export function addressesOf(publicUrl: string): Addresses {
  return {
    issuer: `${publicUrl}${issuerPath}`,
    resource: `${publicUrl}/v1`,
    resourceMetadata: `${publicUrl}/.well-known/oauth-protected-resource/v1`,
  };
}
