import type { IncomingMessage } from 'node:http';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  type AuthorizationServer,
  clockTolerance,
  customFetch,
  JWT_TIMESTAMP_CHECK,
  type JWTAccessTokenClaims,
  OperationProcessingError,
  validateJwtAccessToken,
} from 'oauth4webapi';
import type { Principal } from '../domain/index.js';
import { AuthorisationServer } from '../oauth/authorisation-server.js';
import { KeyRing, type Keys } from '../oauth/key-ring.js';
import { proofAlgorithms, type TokenError } from './challenge.js';
import { principalOfClaims } from './principal-of-claims.js';
import { VerifiedTokens } from './verified-tokens.js';

/** A token, or the proof that came with it, is not valid here; the message is a sentence for the caller. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';

  constructor(
    readonly error: TokenError | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** Ours is the only clock that says when a token expires, but several machines have one. */
const toleranceSeconds = 5;

/** So many seconds before and after its `iat` oauth4webapi takes a proof for recent. */
const proofSeconds = 300;

/** More tokens than one process serves within their lifetime. */
const rememberedTokens = 20_000;

/** Where oauth4webapi believes to fetch our keys from; it is given them instead. */
const unusedKeysUrl = 'https://keys.invalid/';

/** What a caller sends to show who they are. */
interface Credentials {
  readonly scheme: string;
  readonly token: string;
}

/** Validates access tokens (RFC 9068) and proofs of possession (RFC 9449). */
@Injectable()
export class TokenVerifier {
  private readonly verified = new VerifiedTokens(rememberedTokens);
  /** One for each set of keys, since oauth4webapi remembers the keys by it. */
  private readonly issuers = new WeakMap<Keys, AuthorizationServer>();

  constructor(
    private readonly server: AuthorisationServer,
    private readonly ring: KeyRing,
  ) {}

  /** Who sends a request; throws a {@link TokenRefusal}. */
  async verify(request: IncomingMessage): Promise<Principal> {
    const { scheme, token } = credentialsOf(request);
    const isBearer = scheme === 'bearer' && request.headers['dpop'] === undefined;
    const known = isBearer ? this.verified.find(token, Date.now()) : undefined;
    if (known !== undefined) return known;
    await this.ring.lookFor(keyIdOf(token));
    const claims = await this.claimsOf(request, scheme);
    const principal = principalOfClaims(claims);
    if (principal === undefined) throw new TokenRefusal('invalid_token', 'The access token says nothing that anybody could be.');
    if (isBearer) this.verified.add(token, principal, claims.exp * 1000);
    else await this.useProof(request);
    return principal;
  }

  private async claimsOf(request: IncomingMessage, scheme: string): Promise<JWTAccessTokenClaims> {
    const { keys } = this.ring;
    try {
      return await validateJwtAccessToken(this.issuerOf(keys), this.asFetched(request), this.server.addresses.resource, {
        signingAlgorithms: [...proofAlgorithms],
        [clockTolerance]: toleranceSeconds,
        [customFetch]: () => Promise.resolve(Response.json({ keys: keys.signing.map(({ jwk: { d, ...publicKey } }) => publicKey) })),
      });
    } catch (error) {
      throw refusalOf(error, scheme);
    }
  }

  private issuerOf(keys: Keys): AuthorizationServer {
    const known = this.issuers.get(keys);
    if (known !== undefined) return known;
    const issuer: AuthorizationServer = { issuer: this.server.addresses.issuer, jwks_uri: unusedKeysUrl };
    this.issuers.set(keys, issuer);
    return issuer;
  }

  /** The request as the caller sent it to our public address, which a proof names. */
  private asFetched({ method = 'GET', url = '/', headers }: IncomingMessage): Request {
    const { authorization = '', dpop } = headers;
    return new Request(new URL(url, this.server.addresses.issuer), {
      method,
      headers: { authorization, ...(dpop === undefined ? {} : { dpop: String(dpop) }) },
    });
  }

  /** A proof is good for one request, at whichever process. */
  private async useProof({ headers }: IncomingMessage): Promise<void> {
    const proof = String(headers['dpop']);
    const { jti, iat = 0 } = decodeJwt(proof);
    const key = JSON.stringify(decodeProtectedHeader(proof).jwk);
    const id = createHash('sha256')
      .update(`${key} ${String(jti)}`)
      .digest('base64url');
    // A minute more than it is taken for recent.
    const expiresAt = new Date((iat + proofSeconds + 60) * 1000);
    if (await this.server.useProof(id, expiresAt)) return;
    throw new TokenRefusal('invalid_dpop_proof', 'The DPoP proof has been used already: make one for each request.');
  }
}

function credentialsOf({ headers }: IncomingMessage): Credentials {
  const [scheme = '', token, ...more] = (headers.authorization ?? '').split(/ +/);
  if (!/^(bearer|dpop)$/i.test(scheme)) {
    throw new TokenRefusal(undefined, 'Send an access token in the Authorization header, with the scheme Bearer or DPoP.');
  }
  if (token === undefined || token === '' || more.length > 0) {
    throw new TokenRefusal('invalid_token', 'The Authorization header must hold a scheme and one access token.');
  }
  return { scheme: scheme.toLowerCase(), token };
}

function keyIdOf(token: string): string {
  try {
    return decodeProtectedHeader(token).kid ?? '';
  } catch {
    throw new TokenRefusal('invalid_token', 'The access token is not one of this service.');
  }
}

/** What oauth4webapi found, in our words. Whatever it stumbles over came from the caller, keys of proofs included. */
function refusalOf(error: unknown, scheme: string): TokenRefusal {
  const message = error instanceof Error ? error.message : '';
  if (scheme === 'dpop' && message.includes('DPoP Proof')) {
    return new TokenRefusal('invalid_dpop_proof', 'The DPoP proof does not fit this request and this access token.');
  }
  if (message.includes('DPoP') || message.includes('confirmation')) {
    return new TokenRefusal('invalid_token', 'The access token and the proof of its key do not come together as the scheme DPoP asks.');
  }
  if (error instanceof OperationProcessingError && error.code === JWT_TIMESTAMP_CHECK) {
    return new TokenRefusal('invalid_token', 'The access token has expired.');
  }
  return new TokenRefusal('invalid_token', 'The access token is not one that this service takes.');
}
