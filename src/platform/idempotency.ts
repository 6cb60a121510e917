import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defer, from, lastValueFrom, type Observable } from 'rxjs';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../kernel/index.js';
import { bodyDigest } from './body-digest.js';
import { Clock } from './clock.js';
import { transaction } from './database.js';
import { asService, type Caller, requestContext } from './request-context.js';

/** Every POST takes it (draft-ietf-httpapi-idempotency-key-header). */
export const idempotencyKeyHeader = 'idempotency-key';

/** So long an answer is kept to be given again. */
const keptMilliseconds = 24 * 60 * 60 * 1000;

/** How often answers that have run out are swept away. */
const sweepMilliseconds = 60 * 60 * 1000;

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** Headers of an answer that are part of what it says. */
const keptHeaders = ['content-type', 'etag', 'link', 'location'] as const;

const shownOnceMetadata = 'platform:shown-once';

/** The answer holds a secret: it is not kept, and a repeated request is told so. */
export const ShownOnce = (): MethodDecorator => SetMetadata(shownOnceMetadata, true);

/** Whose key it is: keys of different callers never meet. */
type Owner = readonly [callerId: string, clientId: string, subject: string, key: string];

/** An answer as it was given the first time. */
interface StoredAnswer {
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where it was to be shown once. */
  readonly body: string | null;
}

/**
 * A request that is repeated with its Idempotency-Key has one effect and one answer: the answer is written in the transaction of the effect, which
 * encloses the whole request. A refusal has no effect, so nothing is kept of it and the key may be used again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor<unknown, unknown>, OnApplicationBootstrap, OnModuleDestroy {
  /** Requests of this process that have the same key follow one another here, so that those that wait hold no connection. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper = setInterval(() => void this.sweep().catch(() => undefined), sweepMilliseconds).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeper);
  }

  /** Removes answers that have run out. One that is not removed is not given either, so a sweep that fails may wait for the next. */
  async sweep(): Promise<void> {
    await asService('idempotency', () =>
      transaction(this.dataSource, (manager) => manager.query('DELETE FROM idempotency_keys WHERE created_at < $1', [this.oldest()])),
    );
  }

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers[idempotencyKeyHeader];
    const caller = requestContext.getStore()?.caller;
    if (request.method !== 'POST' || key === undefined || caller === undefined) return next.handle();
    const owner = ownerOf(caller, key);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const isShownOnce = this.reflector.get<boolean | undefined>(shownOnceMetadata, context.getHandler()) === true;
    return defer(() => from(this.inTurn(owner, () => this.once(owner, { request, reply, next, isShownOnce }))));
  }

  private async inTurn(owner: Owner, work: () => Promise<unknown>): Promise<unknown> {
    const name = JSON.stringify(owner);
    const turn = (this.underWay.get(name) ?? Promise.resolve()).then(work, work);
    this.underWay.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.underWay.get(name) === turn) this.underWay.delete(name);
    }
  }

  private once(owner: Owner, { request, reply, next, isShownOnce }: Exchange): Promise<unknown> {
    return transaction(this.dataSource, async (manager) => {
      if (!(await this.claim(manager, owner))) return this.repeat(await storedAnswer(manager, owner), request, reply);
      const context = requestContext.getStore();
      const enclosing = { manager, scope: context?.caller?.scope };
      const result: unknown = await requestContext.run({ ...context, enclosing }, () => lastValueFrom(next.handle()));
      const text = typeof result === 'string' ? result : JSON.stringify(result);
      await store(manager, owner, {
        fingerprint: await fingerprintOf(request),
        status: reply.statusCode,
        headers: headersOf(reply),
        body: isShownOnce ? null : text,
      });
      return result;
    });
  }

  /** Whether the key is new. Another process that is at it is waited for; a key that has run out is new again. */
  private async claim(manager: EntityManager, owner: Owner): Promise<boolean> {
    await manager.query(`DELETE FROM idempotency_keys WHERE ${isOwner} AND created_at < $5`, [...owner, this.oldest()]);
    const claimed = await manager.query<unknown[]>(
      `INSERT INTO idempotency_keys (caller_id, client_id, subject, key, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING key`,
      [...owner, this.clock.now()],
    );
    return claimed.length > 0;
  }

  private async repeat(stored: StoredAnswer, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    if (stored.fingerprint !== (await fingerprintOf(request))) {
      throw new Problem(
        'idempotencyKeyReused',
        'This Idempotency-Key came with another path or body before. Use a new key for a new request.',
      );
    }
    if (stored.body === null) {
      throw new Problem(
        'conflict',
        'This request has been answered, with a secret that is shown only once. Have a new one made if it is lost.',
      );
    }
    void reply.code(stored.status).headers(stored.headers);
    return stored.body;
  }

  private oldest(): Date {
    return new Date(this.clock.now().getTime() - keptMilliseconds);
  }
}

/** Forgets every answer to a learner and every one that names the learner; part of erasing them. */
export async function forgetAnswersAbout(manager: EntityManager, learner: string): Promise<void> {
  await manager.query('DELETE FROM idempotency_keys WHERE caller_id = $1 OR position($1::text IN body) > 0', [learner]);
}

/** A request, and how it is answered. */
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly next: CallHandler<unknown>;
  readonly isShownOnce: boolean;
}

const isOwner = 'caller_id = $1 AND client_id = $2 AND subject = $3 AND key = $4';

function ownerOf({ scope, client, subject }: Caller, key: string | string[]): Owner {
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    throw new Problem('malformed', 'An Idempotency-Key is 1 to 255 visible ASCII characters; a UUID is a good one.');
  }
  return [scope, client ?? '', subject, key];
}

async function fingerprintOf(request: FastifyRequest): Promise<string> {
  const text = `${request.method} ${request.url}\n${await bodyDigest(request)}`;
  return `sha-256:${createHash('sha256').update(text).digest('hex')}`;
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  for (const name of keptHeaders) {
    const value = reply.getHeader(name);
    if (value !== undefined) headers[name] = String(value);
  }
  return headers;
}

async function storedAnswer(manager: EntityManager, owner: Owner): Promise<StoredAnswer> {
  const [stored] = await manager.query<StoredAnswer[]>(`SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE ${isOwner}`, [
    ...owner,
  ]);
  if (stored === undefined) throw new Problem('conflict', 'A request with this Idempotency-Key has just been refused. Send it again.');
  return stored;
}

async function store(manager: EntityManager, owner: Owner, { fingerprint, status, headers, body }: StoredAnswer): Promise<void> {
  await manager.query(`UPDATE idempotency_keys SET fingerprint = $5, status = $6, headers = $7, body = $8 WHERE ${isOwner}`, [
    ...owner,
    fingerprint,
    status,
    JSON.stringify(headers),
    body,
  ]);
}
