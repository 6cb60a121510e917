import { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/index.js';
import { Media } from '../../platform/index.js';
import type { Table } from '../tables/read-table.js';

const ndjson = 'application/x-ndjson';
const csv = 'text/csv';

const file = ApiBody({ required: true, description: 'The file, in UTF-8, of any size.', schema: { type: 'string' } });

/** A route that takes a table, NDJSON or CSV by its Content-Type. */
export function TakesTable(): MethodDecorator {
  return applyDecorators(Media({ consumes: [ndjson, csv] }), file);
}

/** A route that takes a flat file of text. */
export function TakesText(): MethodDecorator {
  return applyDecorators(Media({ consumes: ['text/plain'] }), file);
}

/** A route that takes a JSON document of somebody else's shape; `@OriginalBytes()` has its bytes. */
export function TakesDocument(): MethodDecorator {
  return ApiBody({
    required: true,
    description: 'The document as it was published.',
    schema: { type: 'object', additionalProperties: true },
  });
}

/** `@FileBody() bytes`: the body of a route that does not take JSON, as it arrives. */
export const FileBody = createParamDecorator((_data: undefined, context: ExecutionContext): AsyncIterable<Uint8Array> =>
  bytesOf(requestOf(context)),
);

/** `@TableBody() table`: the same as a table. */
export const TableBody = createParamDecorator((_data: undefined, context: ExecutionContext): Table => {
  const request = requestOf(context);
  const isCsv = /^\s*text\/csv\b/i.test(request.headers['content-type'] ?? '');
  return { format: isCsv ? 'csv' : 'ndjson', bytes: bytesOf(request) };
});

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

function bytesOf({ body }: FastifyRequest): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) return piecesOf(body);
  throw new Problem('malformed', 'The request has no body: send the file as its body.');
}

/** What is sent, piece by piece. Whoever stops reading leaves a request whose rest is thrown away, so that it can still be answered. */
async function* piecesOf(body: Readable): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterable<unknown> = body.iterator({ destroyOnReturn: false });
  try {
    for await (const piece of pieces) if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    throw body.readableAborted || body.errored !== null
      ? new Problem('malformed', 'The body broke off before its end; nothing of it was kept.')
      : error;
  } finally {
    body.resume();
  }
}
