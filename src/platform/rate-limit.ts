import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../kernel/index.js';
import type { Config } from './config.js';
import { CONFIG } from './platform.module.js';

/** Requests are counted by the minute. */
const windowSeconds = 60;

/**
 * So many requests a minute from one client, and so many from one address that shows no valid token. Counted in this process: several processes behind
 * one address allow several times as many. The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
 */
@Injectable()
export class RateLimit {
  private readonly clients: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;

  constructor(@Inject(CONFIG) { rateLimit, rateLimitAnonymous }: Config) {
    this.clients = new RateLimiterMemory({ points: rateLimit, duration: windowSeconds });
    this.addresses = new RateLimiterMemory({ points: rateLimitAnonymous, duration: windowSeconds });
  }

  /** Counts a request of a client's, or of nobody in particular; throws a Problem `rateLimited` when there were too many. */
  async count(request: FastifyRequest, reply: FastifyReply, client: string | undefined): Promise<void> {
    const [limiter, name] = client === undefined ? [this.addresses, 'address'] : [this.clients, 'client'];
    await consume(limiter, name, client ?? countedAddress(request.ip), (header, value) => void reply.header(header, value));
  }

  /** Counts a request that the API does not answer itself. */
  async countAddress(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The adapter of the middleware has found out the address behind a proxy.
    const address = 'ip' in request && typeof request.ip === 'string' ? request.ip : (request.socket.remoteAddress ?? '');
    await consume(this.addresses, 'address', countedAddress(address), (header, value) => response.setHeader(header, value));
  }
}

/**
 * What stands for an address when it is counted: of IPv6 the first 64 bits, since whoever has one address of a subnet has them all (RFC 4291, section 2.5.1);
 * IPv4 as it is, also where a socket of IPv6 shows it mapped (section 2.5.5.2).
 */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before = '', after = ''] = address.split('::');
  const groups = before === '' ? [] : before.split(':');
  const missing = 8 - groups.length - (after === '' ? 0 : after.split(':').length);
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...after.split(':')];
  const network = whole.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

async function consume(
  limiter: RateLimiterMemory,
  name: string,
  key: string,
  tell: (header: string, value: string) => void,
): Promise<void> {
  const used = await limiter.consume(key).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
  const seconds = String(Math.ceil(used.msBeforeNext / 1000));
  tell('ratelimit-policy', `"${name}";q=${String(limiter.points)};w=${String(windowSeconds)}`);
  tell('ratelimit', `"${name}";r=${String(used.remainingPoints)};t=${seconds}`);
  if (used.consumedPoints <= limiter.points) return;
  tell('retry-after', seconds);
  throw new Problem('rateLimited', `At most ${String(limiter.points)} requests a minute are answered. Wait ${seconds} seconds.`);
}
