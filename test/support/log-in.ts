import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from 'openid-client';
import { seedDemoAccounts } from '../../src/access/index.js';
import type { ClientRegistration } from '../../src/access/clients/domain/index.js';
import { asService, serviceScope } from '../../src/platform/request-context.js';
import { LearnersService } from '../../src/learners/index.js';
import { type OAuthApp, publicUrl, startOAuthApp } from './oauth.js';
import { type Stop, Visitor } from './visitor.js';

/** Where the programs of the tests live: nobody listens there. */
export const programs = 'http://127.0.0.1:49151';
const redirectUri = `${programs}/back`;

const program: ClientRegistration = {
  name: 'Advising <b>',
  kind: 'browser',
  roles: [],
  redirectUris: [redirectUri],
  authentication: 'none',
};

/** The app with people who may log in, and programs that they log in from. */
export interface LogInApp extends OAuthApp {
  /** The service's own program, which people need not allow anything. */
  readonly ownClient: string;
  /** A program of the first institution: students are asked whether it may act for them. */
  readonly client: string;
  readonly learner: string;
  visitor(language?: string): Visitor;
  /** Starts to log in: the address that a program sends the browser to. */
  ask(client: string, parameters?: Readonly<Record<string, string>>): Promise<{ readonly url: URL; readonly verifier: string }>;
  /** Exchanges the code that the browser came back with; the claims of the access token. */
  claims(end: Stop, client: string, verifier: string): Promise<Readonly<Record<string, unknown>>>;
}

export async function startLogInApp(environment: Readonly<Record<string, string>> = {}): Promise<LogInApp> {
  // The app listens on this machine alone, whatever it is called.
  const test = await startOAuthApp({ environment: { DEMO_ON_PUBLIC_ADDRESS: 'yes', ...environment } });
  const [institution] = test.institutions;
  const identifiers = [{ institution, scheme: 'student-number', value: '2584101', proof: 'registrar' as const }];
  const learner = await asService('test', () => test.app.get(LearnersService).create({ displayName: 'Ayşe Yılmaz', identifiers }));
  if (environment['SEED_DEMO'] === 'true') {
    const learners = [{ name: 'Ayşe Yılmaz', learner: learner.id }];
    await asService('test', () => seedDemoAccounts(test.app, { institution, learners }));
  }
  const own = await test.register(serviceScope, { ...program, name: 'Documentation' });
  const registered = await test.register(institution, program);
  const reach = (url: URL, request: RequestInit) => (url.origin === programs ? undefined : test.fetch(url, request));
  return {
    ...test,
    ownClient: own.client.id,
    client: registered.client.id,
    learner: learner.id,
    visitor: (language) => new Visitor(reach, language),
    ask,
    claims: (end, client, verifier) => claimsOf(test, end, client, verifier),
  };
}

async function ask(client: string, parameters: Readonly<Record<string, string>> = {}) {
  const verifier = randomPKCECodeVerifier();
  const url = new URL(`${publicUrl}/oauth/auth`);
  const wishes = {
    client_id: client,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid transcripts:read learners:read',
    state: 'mine',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  };
  for (const [name, value] of Object.entries(wishes)) url.searchParams.set(name, value);
  return { url, verifier };
}

async function claimsOf(test: OAuthApp, end: Stop, client: string, verifier: string): Promise<Readonly<Record<string, unknown>>> {
  const code = end.url.searchParams.get('code') ?? '';
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: client,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
  const answer = await test.fetch(`${publicUrl}/oauth/token`, { method: 'POST', body });
  const tokens = (await answer.json()) as { access_token?: string };
  if (tokens.access_token === undefined) throw new Error(`no token: ${JSON.stringify(tokens)}`);
  return JSON.parse(Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Readonly<
    Record<string, unknown>
  >;
}
