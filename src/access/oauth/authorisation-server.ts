import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Provider as OidcProvider } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { asService, type Config, CONFIG } from '../../platform/index.js';
import { ClaimsOfAccounts } from '../accounts/account-claims.js';
import { InteractionProvider } from '../accounts/interaction-provider.js';
import { isSecret } from '../clients/secrets.js';
import { type Addresses, addressesOf } from './addresses.js';
import { configurationOf } from './configuration.js';
import { KeyRing, type Keys } from './key-ring.js';
import { Provider } from './oidc-provider.js';
import { findRegisteredClient } from './registered-clients.js';
import { ArtifactStore } from './storage/artifact.store.js';

/** How often what has expired is swept out. */
const sweepInterval = 600_000;

/** Answers a request whose path begins below the issuer. */
type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A provider with the keys that it was made of. */
interface Built {
  readonly keys: Keys;
  readonly provider: OidcProvider;
  readonly handler: Handler;
}

/** The authorisation server: oidc-provider on our tables. */
@Injectable()
export class AuthorisationServer extends InteractionProvider implements OnModuleInit, OnModuleDestroy {
  readonly addresses: Addresses;
  private readonly log = new Logger(AuthorisationServer.name);
  private readonly store: ArtifactStore;
  private built: Built | undefined;
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly ring: KeyRing,
    private readonly accounts: ClaimsOfAccounts,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
    this.addresses = addressesOf(config.publicUrl);
    this.store = new ArtifactStore(dataSource);
  }

  onModuleInit(): void {
    this.sweeper = setInterval(() => {
      asService('authorisation server', () => this.store.sweep()).catch((error: unknown) => {
        this.log.error(error);
      });
    }, sweepInterval).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeper);
  }

  /** oidc-provider with the present keys. Ask for it anew each time: it is another one after the keys have changed. */
  override get provider(): OidcProvider {
    return this.current().provider;
  }

  /** Answers a request whose path begins below the issuer. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.current().handler(request, response);
  }

  /** Remembers that the API has seen a proof; false when it has seen it before. */
  useProof(id: string, expiresAt: Date): Promise<boolean> {
    return asService('authorisation server', () => this.store.saveOnce('ApiProof', id, {}, expiresAt));
  }

  /** oidc-provider takes its keys once, so new keys make a new one; what it has issued lies in the database. */
  private current(): Built {
    const { keys } = this.ring;
    if (this.built?.keys === keys) return this.built;
    const provider = this.build(keys);
    const handle = provider.callback();
    const handler: Handler = async (request, response) => {
      await handle(request, response);
    };
    this.built = { keys, provider, handler };
    return this.built;
  }

  private build(keys: Keys): OidcProvider {
    const { addresses, store, accounts, dataSource, config } = this;
    const findClient = (id: string) => findRegisteredClient(dataSource, config, id);
    const provider = new Provider(addresses.issuer, configurationOf({ addresses, keys, store, accounts, findClient }));
    // Its own addresses are told by what the mount says of them, never by what a caller says.
    provider.proxy = true;
    // What is kept of a secret is a digest, and what is sent is a secret.
    Object.defineProperty(provider.Client.prototype, 'compareClientSecret', {
      value(this: { readonly clientSecret?: string }, secret: string) {
        return this.clientSecret !== undefined && isSecret(secret, this.clientSecret);
      },
    });
    provider.on('server_error', (_ctx, error) => {
      this.log.error(error);
    });
    return provider;
  }
}
