import { Inject, Injectable } from '@nestjs/common';
import { importJWK } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  clockTolerance,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  PrivateKeyJwt,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import { at } from '../../kernel/index.js';
import { Clock, type Config, CONFIG, outgoingFetch } from '../../platform/index.js';
import { KeyRing, type SigningKey, signingAlgorithm } from '../oauth/key-ring.js';
import type { Claims, IdentityProvider } from './domain/index.js';

/** What is remembered of somebody who is away at an identity provider. */
export interface Departure {
  /** Ties the answer to this log-in (RFC 6749, section 10.12). */
  readonly state: string;
  /** Ties the ID token to this log-in (OpenID Connect Core 1.0, section 3.1.2.1). */
  readonly nonce: string;
  /** Ties the code to this service (RFC 7636). */
  readonly verifier: string;
}

/** How long what a provider publishes about itself is believed. Its keys are read again sooner, when one is missing. */
const configurationMilliseconds = 10 * 60 * 1000;
/** More providers than this start over; so many are in use at the largest size. */
const mostConfigurations = 10_000;
/** By how much another service's clock may differ. */
const toleranceSeconds = 30;

/** Log-in at institutions' own OpenID providers: authorization code with PKCE, state and nonce, ID tokens with verified signatures. */
@Injectable()
export class Federation {
  private readonly configurations = new Map<string, { readonly expires: number; readonly configuration: Promise<Configuration> }>();
  private readonly fetch;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly keyRing: KeyRing,
  ) {
    this.fetch = outgoingFetch(config.outgoingPrivate);
  }

  /** Where to send somebody who has chosen a provider, and what to remember of them. */
  async depart(
    provider: IdentityProvider,
    redirectUri: string,
    state: string,
    language: string,
  ): Promise<{ readonly url: URL; readonly departure: Departure }> {
    const departure = { state, nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(await this.configurationOf(provider), {
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: ['openid', ...provider.scopes].join(' '),
      state,
      nonce: departure.nonce,
      code_challenge: await calculatePKCECodeChallenge(departure.verifier),
      code_challenge_method: 'S256',
      ui_locales: language,
    });
    return { url, departure };
  }

  /** What the provider says about somebody who has come back with its answer, the redirect URI and its query; throws when it is not to be believed. */
  async arrive(
    provider: IdentityProvider,
    answer: URL,
    departure: Departure,
  ): Promise<{ readonly subject: string; readonly claims: Claims }> {
    const configuration = await this.configurationOf(provider);
    const tokens = await authorizationCodeGrant(configuration, answer, {
      expectedState: departure.state,
      expectedNonce: departure.nonce,
      pkceCodeVerifier: departure.verifier,
      idTokenExpected: true,
    });
    const idToken = tokens.claims();
    if (idToken === undefined) throw new Error('the identity provider gave no ID token');
    const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
    const userInfo = hasUserInfo ? await fetchUserInfo(configuration, tokens.access_token, idToken.sub) : {};
    return { subject: idToken.sub, claims: { ...userInfo, ...idToken } };
  }

  private configurationOf(provider: IdentityProvider): Promise<Configuration> {
    const signingKey = at(this.keyRing.keys.signing, 0);
    // A change of the provider, or of our key, is another configuration.
    const key = `${provider.id} ${String(provider.version)} ${signingKey.id}`;
    const now = this.clock.now().getTime();
    const known = this.configurations.get(key);
    if (known !== undefined && known.expires > now) return known.configuration;
    if (this.configurations.size >= mostConfigurations) this.configurations.clear();
    const configuration = this.discover(provider, signingKey);
    this.configurations.set(key, { expires: now + configurationMilliseconds, configuration });
    // What could not be read is asked for again by the next person.
    configuration.catch(() => this.configurations.delete(key));
    return configuration;
  }

  private async discover({ issuer, clientId, authentication }: IdentityProvider, signingKey: SigningKey): Promise<Configuration> {
    const insecure = this.config.outgoingPrivate ? [allowInsecureRequests] : [];
    const proof = authentication === 'none' ? None() : await signedBy(signingKey);
    return discovery(new URL(issuer), clientId, { [clockTolerance]: toleranceSeconds }, proof, {
      execute: [enableNonRepudiationChecks, ...insecure],
      [customFetch]: async (url, { method, headers, body, signal }) =>
        this.fetch(url, { method, headers, signal, body: body === null || body === undefined ? null : await new Response(body).text() }),
    });
  }
}

async function signedBy({ id: kid, jwk }: SigningKey): Promise<ClientAuth> {
  const key = await importJWK(jwk, signingAlgorithm);
  if (key instanceof Uint8Array) throw new Error('the signing key is no key pair');
  return PrivateKeyJwt({ key, kid });
}
