import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider';
import { asService } from '../../platform/index.js';
import { errors } from './oidc-provider.js';
import type { ArtifactStore } from './storage/artifact.store.js';

/** The part of the service that the authorisation server acts as. */
const part = 'authorisation server';

/** Kept for artifacts that never expire by themselves; there are none, but the column asks for an end. */
const longestSeconds = 365 * 24 * 3600;

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Where oidc-provider keeps the artifacts of one of its models. */
export class ArtifactAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly store: ArtifactStore,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn = longestSeconds): Promise<void> {
    const expiresAt = new Date(Date.now() + expiresIn * 1000);
    await asService(part, () => {
      if (this.model === 'ReplayDetection') return this.useOnce(id, payload, expiresAt);
      const { grantId, userCode, uid } = payload;
      return this.store.save(this.model, id, {
        payload,
        grantId: textOf(grantId),
        userCode: textOf(userCode),
        uid: textOf(uid),
        expiresAt,
      });
    });
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return asService(part, () => this.store.find(this.model, id));
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return asService(part, () => this.store.findByUserCode(this.model, userCode));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return asService(part, () => this.store.findByUid(this.model, uid));
  }

  /** Of two who use a code or a refresh token at the same moment, the second gets nothing. */
  async consume(id: string): Promise<void> {
    if (!(await asService(part, () => this.store.consume(this.model, id)))) throw new errors.InvalidGrant('it has been used already');
  }

  async destroy(id: string): Promise<void> {
    await asService(part, () => this.store.remove(this.model, id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await asService(part, () => this.store.removeOfGrant(this.model, grantId));
  }

  /** Of two who send one proof or assertion at the same moment, the second is refused: oidc-provider asks before it saves, which lets both pass. */
  private async useOnce(id: string, payload: AdapterPayload, expiresAt: Date): Promise<void> {
    if (!(await this.store.saveOnce(this.model, id, payload, expiresAt)))
      throw new errors.InvalidRequest('the proof or assertion has been used already');
  }
}

/** Finds the metadata of a client by its id. */
export type FindClient = (id: string) => Promise<ClientMetadata | undefined>;

/** Lets oidc-provider read the registered clients, and nothing else: they are registered over the API. */
export class ClientAdapter implements Adapter {
  constructor(private readonly findClient: FindClient) {}

  find(id: string): Promise<ClientMetadata | undefined> {
    return this.findClient(id);
  }

  upsert(): Promise<void> {
    return refuse();
  }

  findByUserCode(): Promise<undefined> {
    return refuse();
  }

  findByUid(): Promise<undefined> {
    return refuse();
  }

  consume(): Promise<void> {
    return refuse();
  }

  destroy(): Promise<void> {
    return refuse();
  }

  revokeByGrantId(): Promise<void> {
    return refuse();
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('the authorisation server does not write clients'));
}
