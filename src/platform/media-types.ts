import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes, ApiProduces } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../kernel/index.js';

/** What a route takes and gives. JSON both ways unless it says otherwise. */
export interface MediaTypes {
  readonly consumes?: readonly string[];
  readonly produces?: readonly string[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    mediaTypes?: MediaTypes;
  }
}

const json = ['application/json'];

/**
 * Declares the media types of a route that does not speak JSON both ways. The body of another type than JSON is not read: `request.body` is the stream
 * of its bytes, of any length.
 */
export function Media(mediaTypes: MediaTypes): MethodDecorator {
  const consumes = mediaTypes.consumes === undefined ? [] : [ApiConsumes(...mediaTypes.consumes)];
  const produces = mediaTypes.produces === undefined ? [] : [ApiProduces(...mediaTypes.produces)];
  return applyDecorators(RouteConfig({ mediaTypes }), ...consumes, ...produces);
}

function essence(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Refuses a body of a type that the route does not take, in another encoding than UTF-8, or compressed. */
export function refuseForeignBody(request: FastifyRequest): void {
  const coding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity') throw new Problem('unsupportedMediaType', 'The body must be sent as it is, without Content-Encoding.');
  const contentType = request.headers['content-type'];
  const consumes = request.routeOptions.config.mediaTypes?.consumes ?? json;
  if (contentType === undefined || !consumes.includes(essence(contentType))) {
    throw new Problem('unsupportedMediaType', `The body must be sent with Content-Type ${consumes.join(' or ')}.`);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new Problem('unsupportedMediaType', 'Text must be encoded in UTF-8.');
}

/** Whether an Accept header (RFC 9110, section 12.5.1) admits one of the media types. */
function accepts(header: string, offered: readonly string[]): boolean {
  const ranges = header
    .split(',')
    .filter((range) => !/;\s*q\s*=\s*0(\.0*)?\s*(;|$)/i.test(range))
    .map(essence);
  return offered.some((type) => ranges.some((range) => range === '*/*' || range === type || range === `${type.split('/')[0] ?? ''}/*`));
}

/** Refuses a request whose answer would be of a type that the caller does not take. A caller who takes problem details alone still gets JSON. */
export function refuseForeignAnswer(request: FastifyRequest): void {
  const { accept } = request.headers;
  if (accept === undefined || accept.trim() === '' || request.is404) return;
  const produces = request.routeOptions.config.mediaTypes?.produces ?? json;
  if (!accepts(accept, produces)) throw new Problem('notAcceptable', `The answer can be given as ${produces.join(' or ')}.`);
}
