import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  asService,
  Clock,
  type Config,
  CONFIG,
  type ExpectedVersion,
  newId,
  notFound,
  type Page,
  type PageQuery,
  record,
  transaction,
} from '../../platform/index.js';
import type { IdentityProvider, IdentityProviderDetails } from './domain/index.js';
import {
  deleteProvider,
  insertProvider,
  listDoors,
  listProviders,
  lockProvider,
  readProvider,
  updateProvider,
} from './storage/identity-provider.store.js';

/** Where people of an institution can log in. */
export interface Door {
  readonly institution: string;
  readonly id: string;
  readonly label: string | null;
}

@Injectable()
export class IdentityProvidersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Where identity providers of an institution send people back to: an address of its own, so that no provider receives another's codes (RFC 9700, 4.4). */
  redirectUri(institution: string): string {
    return `${this.config.publicUrl}/login/callback/${institution}`;
  }

  list(institution: string, query: PageQuery): Promise<Page<IdentityProvider>> {
    return transaction(this.dataSource, (manager) => listProviders(manager, institution, query));
  }

  read(institution: string, id: string): Promise<IdentityProvider> {
    return transaction(this.dataSource, async (manager) => found(await readProvider(manager, institution, id)));
  }

  create(institution: string, details: IdentityProviderDetails): Promise<IdentityProvider> {
    const provider = { ...details, institution, id: newId(), version: 1, modifiedAt: this.now() };
    return transaction(this.dataSource, async (manager) => {
      await insertProvider(manager, provider);
      await recordChange(manager, 'created', undefined, provider);
      return provider;
    });
  }

  change(institution: string, id: string, details: IdentityProviderDetails, expected: ExpectedVersion): Promise<IdentityProvider> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, institution, id, expected);
      const provider = { ...details, institution, id, version: before.version + 1, modifiedAt: this.now() };
      await updateProvider(manager, provider);
      await recordChange(manager, 'changed', before, provider);
      return provider;
    });
  }

  /** From now on nobody logs in there; the accounts stay, so that a provider under the same issuer finds them again. */
  remove(institution: string, id: string, expected: ExpectedVersion): Promise<void> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, institution, id, expected);
      await deleteProvider(manager, before);
      await recordChange(manager, 'removed', before, undefined);
    });
  }

  /** For somebody who is about to log in: where that is possible. */
  doors(): Promise<readonly Door[]> {
    return asService('log-in', () => transaction(this.dataSource, listDoors));
  }

  /** For somebody who logs in: the provider they chose; undefined when it is there no more. */
  find(institution: string, id: string): Promise<IdentityProvider | undefined> {
    return asService('log-in', () => transaction(this.dataSource, (manager) => readProvider(manager, institution, id)));
  }

  private async locked(manager: EntityManager, institution: string, id: string, expected: ExpectedVersion): Promise<IdentityProvider> {
    const provider = found(await lockProvider(manager, institution, id));
    expected.check(provider.version);
    return provider;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

/** What was done with an identity provider, for the journal. */
async function recordChange(
  manager: EntityManager,
  done: 'created' | 'changed' | 'removed',
  before: IdentityProvider | undefined,
  after: IdentityProvider | undefined,
): Promise<void> {
  const { id, institution } = found(after ?? before);
  await record(manager, { action: `identityProvider.${done}`, resource: { kind: 'identityProvider', id }, institution, before, after });
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw notFound();
  return value;
}
