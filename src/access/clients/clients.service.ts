import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type FieldError, Problem } from '../../kernel/index.js';
import {
  Clock,
  type ExpectedVersion,
  newId,
  notFound,
  type Page,
  type PageQuery,
  record,
  serviceScope,
  transaction,
} from '../../platform/index.js';
import {
  type Client,
  type ClientDetails,
  type ClientKey,
  type ClientRegistration,
  faultsOfDetails,
  faultsOfKeys,
  faultsOfRegistration,
} from './domain/index.js';
import { clientCommand } from './client-command.js';
import { digestOf, isVerifyingKey, newSecret } from './secrets.js';
import { insertClient, type KeptClient, listClients, lockClient, readClient, updateClient } from './storage/client.store.js';

/** A client, and its secret at the only moment when it is known. */
export interface ClientWithSecret {
  readonly client: Client;
  readonly secret?: string;
}

/** What a change is made of, beside the version. */
type Change = (before: KeptClient) => Partial<KeptClient>;

/** The clients through which an institution's systems and people reach the service. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  list(institution: string, query: PageQuery): Promise<Page<Client>> {
    return transaction(this.dataSource, (manager) => listClients(manager, institution, query));
  }

  read(institution: string, id: string): Promise<Client> {
    return transaction(this.dataSource, async (manager) => (await readClient(manager, institution, id)) ?? missing());
  }

  /** Registers a client; one that authenticates by a secret is given it here, once. */
  async register(institution: string, registration: ClientRegistration): Promise<ClientWithSecret> {
    const isOperator = institution === serviceScope && registration.kind === 'machine';
    const own = { pointer: '/kind', detail: 'must not be machine: those of the service itself are registered by its command' };
    refuse([...faultsOfRegistration(registration, isVerifyingKey), ...(isOperator ? [own] : [])]);
    return this.add(institution, registration);
  }

  /**
   * Registers a machine that is the operator, by its key or, without one, by a secret. It is for the command alone: over the API nobody may ask for it before
   * there is an operator.
   */
  async registerOperator(name: string, key: ClientKey | undefined): Promise<ClientWithSecret> {
    const keys = key === undefined ? undefined : [key];
    refuse(faultsOfKeys(keys ?? [], isVerifyingKey));
    const proof = keys === undefined ? { authentication: 'clientSecret' as const } : { authentication: 'privateKeyJwt' as const, keys };
    return this.add(serviceScope, { name, kind: 'machine', roles: ['operator'], redirectUris: [], ...proof });
  }

  /** Replaces what may change of a client. */
  change(institution: string, id: string, details: ClientDetails, expected: ExpectedVersion): Promise<Client> {
    return this.alter(institution, id, 'client.changed', expected, ({ kind }) => {
      refuse(faultsOfDetails(kind, details));
      return details;
    });
  }

  /** Replaces the keys of a client; for an uninterrupted change, the new key beside the old one first. */
  replaceKeys(institution: string, id: string, keys: readonly ClientKey[], expected: ExpectedVersion): Promise<Client> {
    return this.alter(institution, id, 'client.rekeyed', expected, ({ authentication }) => {
      if (authentication !== 'privateKeyJwt') throw new Problem('conflict', 'This client does not authenticate by keys.');
      refuse(faultsOfKeys(keys, isVerifyingKey));
      return { keys };
    });
  }

  /** Gives a client a new secret, once; the old one opens nothing from now on. */
  async replaceSecret(institution: string, id: string, expected: ExpectedVersion): Promise<ClientWithSecret> {
    const secret = newSecret();
    const client = await this.alter(institution, id, 'client.renewed', expected, ({ authentication }) => {
      if (authentication !== 'clientSecret') throw new Problem('conflict', 'This client does not authenticate by a secret.');
      return { secretDigest: digestOf(secret) };
    });
    return { client, secret };
  }

  /** Revokes a client for good. Access tokens that it has run out by themselves within their lifetime. */
  revoke(institution: string, id: string, expected: ExpectedVersion): Promise<Client> {
    return this.alter(institution, id, 'client.revoked', expected, () => ({ revokedAt: this.now() }));
  }

  private async add(institution: string, registration: ClientRegistration): Promise<ClientWithSecret> {
    const secret = registration.authentication === 'clientSecret' ? newSecret() : undefined;
    const client: KeptClient = {
      ...registration,
      id: newId(),
      institution,
      isDemo: false,
      ...(secret === undefined ? {} : { secretDigest: digestOf(secret) }),
      version: 1,
      modifiedAt: this.now(),
    };
    await transaction(this.dataSource, async (manager) => {
      await insertClient(manager, client);
      await record(manager, clientCommand('client.registered', undefined, client));
    });
    return { client, ...(secret === undefined ? {} : { secret }) };
  }

  private alter(institution: string, id: string, action: string, expected: ExpectedVersion, change: Change): Promise<Client> {
    return transaction(this.dataSource, async (manager) => {
      const before = (await lockClient(manager, institution, id)) ?? missing();
      expected.check(before.version);
      if (before.revokedAt !== undefined) throw new Problem('conflict', 'This client has been revoked. Register another one.');
      const after = { ...before, ...change(before), version: before.version + 1, modifiedAt: this.now() };
      await updateClient(manager, after);
      await record(manager, clientCommand(action, before, after));
      return after;
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function missing(): never {
  throw notFound();
}

function refuse(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new Problem('ruleViolated', 'The client cannot be registered so.', faults);
}
