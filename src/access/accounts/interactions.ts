import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Interaction as ProviderInteraction, InteractionResults } from 'oidc-provider';
import { errors } from '../oauth/oidc-provider.js';
import { InteractionProvider } from './interaction-provider.js';
import type { Departure } from './federation.js';

/** A request to a log-in page and the answer to it, as Node knows them: the authorisation server finds its cookie by itself. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What the authorisation server waits for. */
export interface Interaction {
  readonly uid: string;
  readonly prompt: 'login' | 'consent';
  readonly clientId: string;
  /** What people call the program that asks. */
  readonly clientName: string;
  /** Where the browser is sent in the end. */
  readonly redirectUri: string;
  /** What the program would like the pages to be written in (OpenID Connect Core 1.0, section 3.1.2.1). */
  readonly languages: readonly string[];
  /** Who has logged in, when consent is asked for. */
  readonly account: string | undefined;
  readonly grant: string | undefined;
  readonly missing: MissingGrant;
  /** What was put aside by {@link Interactions.putAside}. */
  readonly aside: Aside;
}

/** What nobody has consented to yet. */
export interface MissingGrant {
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly resources: Readonly<Record<string, readonly string[]>>;
}

/** What is remembered until the person comes back to the pages. */
export interface Aside {
  /** Somebody is away at an identity provider. */
  readonly away?: Departure & { readonly institution: string; readonly provider: string };
  /** Somebody is to choose one of these accounts. */
  readonly choice?: { readonly institution: string; readonly accounts: readonly string[] };
}

/** The authorisation server's interactions: what it waits for, and how to answer it. */
@Injectable()
export class Interactions {
  constructor(private readonly server: InteractionProvider) {}

  /** The interaction of this browser; undefined when it has ended, or is another browser's. */
  async find({ request, response }: Exchange, uid: string): Promise<Interaction | undefined> {
    const found = await this.detailsOf(request, response);
    if (found?.uid !== uid || (found.prompt.name !== 'login' && found.prompt.name !== 'consent')) return undefined;
    const { params, prompt } = found;
    const clientId = text(params['client_id']);
    const client = await this.server.provider.Client.find(clientId);
    return {
      uid,
      prompt: found.prompt.name,
      clientId,
      clientName: client?.clientName ?? clientId,
      redirectUri: text(params['redirect_uri']),
      languages: words(params['ui_locales']),
      account: found.session?.accountId,
      grant: found.grantId,
      missing: missingOf(prompt.details),
      aside: asideOf(found.result),
    };
  }

  /** Remembers something with the interaction, where no other browser reaches it. */
  async putAside({ request, response }: Exchange, aside: Aside): Promise<void> {
    await this.server.provider.interactionResult(request, response, { aside: { ...aside } }, { mergeWithLastSubmission: false });
  }

  /** Goes on as an account, until the browser is closed; answers where to send the browser. The methods are those of RFC 8176, where they are known. */
  logIn(exchange: Exchange, accountId: string, methods: readonly string[] = []): Promise<string> {
    return this.finish(exchange, { login: { accountId, remember: false, ...(methods.length === 0 ? {} : { amr: [...methods] }) } });
  }

  /** Allows everything that is asked for. */
  async allow(exchange: Exchange, { clientId, account, grant: grantId, missing }: Interaction): Promise<string> {
    const { Grant } = this.server.provider;
    const known = grantId === undefined ? undefined : await Grant.find(grantId);
    const grant = known ?? new Grant({ clientId, ...(account === undefined ? {} : { accountId: account }) });
    if (missing.scopes.length > 0) grant.addOIDCScope([...missing.scopes]);
    if (missing.claims.length > 0) grant.addOIDCClaims([...missing.claims]);
    for (const [resource, scopes] of Object.entries(missing.resources)) grant.addResourceScope(resource, [...scopes]);
    return this.finish(exchange, { consent: { grantId: await grant.save() } });
  }

  /** The person does not want to. */
  deny(exchange: Exchange): Promise<string> {
    return this.finish(exchange, { error: 'access_denied', error_description: 'the person has refused' });
  }

  private finish({ request, response }: Exchange, result: InteractionResults): Promise<string> {
    return this.server.provider.interactionResult(request, response, result, { mergeWithLastSubmission: 'consent' in result });
  }

  private async detailsOf(request: IncomingMessage, response: ServerResponse): Promise<ProviderInteraction | undefined> {
    try {
      return await this.server.provider.interactionDetails(request, response);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function words(value: unknown): readonly string[] {
  return text(value).split(' ').filter(Boolean);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function missingOf(details: Readonly<Record<string, unknown>>): MissingGrant {
  const resources = details['missingResourceScopes'];
  return {
    scopes: texts(details['missingOIDCScope']),
    claims: texts(details['missingOIDCClaims']),
    resources: Object.fromEntries(Object.entries(isObject(resources) ? resources : {}).map(([name, scopes]) => [name, texts(scopes)])),
  };
}

/** What was put aside, read as anything that comes out of a store is. */
function asideOf(result: InteractionResults | undefined): Aside {
  const aside = result?.['aside'];
  if (!isObject(aside)) return {};
  const { away, choice } = aside;
  return {
    ...(isObject(away)
      ? {
          away: {
            state: text(away['state']),
            nonce: text(away['nonce']),
            verifier: text(away['verifier']),
            institution: text(away['institution']),
            provider: text(away['provider']),
          },
        }
      : {}),
    ...(isObject(choice) ? { choice: { institution: text(choice['institution']), accounts: texts(choice['accounts']) } } : {}),
  };
}
