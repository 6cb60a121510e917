import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';

/** The id that stands for the service itself, which sees every row: seeds, the sealer of the audit log, the authorisation server. */
export const serviceScope = '00000000-0000-0000-0000-000000000000';

/** On whose behalf something is done, as the database and the journal know them. */
export interface Caller {
  /** Whose rows are seen: the id of a learner or of an institution, or {@link serviceScope}. */
  readonly scope: string;
  /** Who: `sub` of the access token, or the name of a part of the service. */
  readonly subject: string;
  /** The OAuth client that was used, if any. */
  readonly client?: string;
  /** The institution that the caller acts for, if any. */
  readonly institution?: string;
}

/** A transaction that encloses a whole request, and whose rows it shows. */
export interface EnclosingTransaction {
  readonly manager: EntityManager;
  readonly scope: string | undefined;
}

/** What is known about the request that the running code works for. */
export interface RequestContext {
  readonly requestId?: string;
  /** Set by the guard, once. Without it nothing that belongs to anybody is seen. */
  caller?: Caller;
  readonly enclosing?: EnclosingTransaction;
}

/** The request that the running code works for, if any. */
export const requestContext = new AsyncLocalStorage<RequestContext>();

export function currentCaller(): Caller | undefined {
  return requestContext.getStore()?.caller;
}

/**
 * Runs work as a part of the service itself, which sees every row; inside the transaction that encloses the request where there is one. What it records it
 * may record for an institution, which then sees it as its own.
 */
export function asService<Result>(part: string, work: () => Result, institution?: string): Result {
  const caller = { scope: serviceScope, subject: part, ...(institution === undefined ? {} : { institution }) };
  return requestContext.run({ ...requestContext.getStore(), caller }, work);
}
