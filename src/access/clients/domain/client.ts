import type { FieldError } from '../../../kernel/index.js';
import { machineRoles, type Role } from '../../domain/index.js';

/**
 * What runs a client (RFC 6749, section 2.1; RFC 8252): a `machine` acts for its institution (client credentials); in `web`, on a server, in `browser`
 * and as a `native` app people act for themselves (authorization code with PKCE).
 */
export const clientKinds = ['machine', 'web', 'browser', 'native'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** How a client shows who it is (OpenID Connect Core 1.0, section 9): it signs with its private key, sends a secret, or cannot keep one. */
export const clientAuthentications = ['privateKeyJwt', 'clientSecret', 'none'] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

/** A public key that a client signs with (RFC 7517): Ed25519, or P-256. */
export interface ClientKey {
  readonly kty: 'OKP' | 'EC';
  readonly crv: 'Ed25519' | 'P-256';
  readonly x: string;
  readonly y?: string;
  readonly kid?: string;
}

/** What an institution may change of a client. */
export interface ClientDetails {
  readonly name: string;
  /** Of a machine: what it may be. */
  readonly roles: readonly Role[];
  /** Of others: where people return to after the log-in, letter by letter. */
  readonly redirectUris: readonly string[];
}

/** What is said of a client when it is registered. */
export interface ClientRegistration extends ClientDetails {
  readonly kind: ClientKind;
  readonly authentication: ClientAuthentication;
  /** With `privateKeyJwt`. */
  readonly keys?: readonly ClientKey[];
}

/** A client of the authorisation server. */
export interface Client extends ClientRegistration {
  /** The `client_id`. */
  readonly id: string;
  /** Whose it is; the nil UUID for the service's own. */
  readonly institution: string;
  /** RFC 3339, UTC. A revoked client gets no token any more. */
  readonly revokedAt?: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** Everything wrong with a registration; `isKey` tells whether a key is one that can verify. */
export function faultsOfRegistration(registration: ClientRegistration, isKey: (key: ClientKey) => boolean): FieldError[] {
  const { kind, authentication, keys } = registration;
  const isPublic = kind === 'browser' || kind === 'native';
  const faults = faultsOfDetails(kind, registration);
  if (isPublic !== (authentication === 'none')) {
    const detail = isPublic
      ? `must be none: what runs in a ${kind} client can be read by anybody`
      : 'must be privateKeyJwt or clientSecret';
    faults.push({ pointer: '/authentication', detail });
  }
  if ((authentication === 'privateKeyJwt') !== (keys !== undefined)) {
    faults.push({ pointer: '/keys', detail: keys === undefined ? 'is required with privateKeyJwt' : 'is for privateKeyJwt only' });
  }
  return [...faults, ...faultsOfKeys(keys ?? [], isKey)];
}

/** Everything wrong with what is said of a client of some kind. */
export function faultsOfDetails(kind: ClientKind, { roles, redirectUris }: ClientDetails): FieldError[] {
  const faults: FieldError[] = [];
  if (kind === 'machine') {
    if (roles.length === 0) faults.push({ pointer: '/roles', detail: `must name one of ${machineRoles.join(', ')}` });
    if (redirectUris.length > 0) faults.push({ pointer: '/redirectUris', detail: 'is not for machines, which nobody logs in to' });
    return faults;
  }
  if (roles.length > 0) faults.push({ pointer: '/roles', detail: 'is for machines only: people have their own roles' });
  if (redirectUris.length === 0) faults.push({ pointer: '/redirectUris', detail: 'must hold an address to return to after the log-in' });
  redirectUris.forEach((uri, index) => {
    const detail = faultOfRedirectUri(kind, uri);
    if (detail !== undefined) faults.push({ pointer: `/redirectUris/${String(index)}`, detail });
  });
  return faults;
}

/** Everything wrong with keys. */
export function faultsOfKeys(keys: readonly ClientKey[], isKey: (key: ClientKey) => boolean): FieldError[] {
  return keys.flatMap((key, index) => {
    const pointer = `/keys/${String(index)}`;
    if (!isKey(key)) return [{ pointer, detail: 'is not a public key on its curve' }];
    const isTwice = keys.findIndex(({ kid }) => kid === key.kid) !== index;
    return isTwice ? [{ pointer: `${pointer}/kid`, detail: 'must differ from the others, so that a signature names its key' }] : [];
  });
}

const loopback = /^(127\.0\.0\.1|\[::1\]|localhost)$/;
/** The names of machines on the Internet are the pattern of private-use schemes (RFC 8252, section 7.1). */
const privateUseScheme = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/;

/** Codes travel to this address: only over TLS, to the machine itself, or to an app that owns the scheme (RFC 8252, section 7). */
function faultOfRedirectUri(kind: ClientKind, uri: string): string | undefined {
  if (!URL.canParse(uri) || uri.includes('#')) return 'must be an absolute address without a fragment';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  const isLoopback = loopback.test(url.hostname);
  if (url.protocol === 'http:') return isLoopback ? undefined : 'must begin with https://: http:// is for the own machine';
  if (url.protocol === 'https:') return kind === 'native' && isLoopback ? 'must begin with http:// on the own machine' : undefined;
  return kind === 'native' && privateUseScheme.test(url.protocol)
    ? undefined
    : 'must begin with https://, or for a native app with a scheme like org.example.app:/';
}
