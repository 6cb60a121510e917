import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { digesting } from './body-digest.js';
import { idempotencyKeyHeader } from './idempotency.js';
import type { Config } from './config.js';
import { newId } from './ids.js';
import { parseJsonBody } from './json-body.js';
import type { Logger } from './log.js';
import { refuseForeignAnswer, refuseForeignBody } from './media-types.js';
import { keepOriginalBytes } from './original-bytes.js';
import { problemBody, problemMediaType, problemOf } from './problem.js';
import { answerUnreadable } from './unreadable.js';
import { requestContext } from './request-context.js';

/** A request id that a caller may choose: it goes into the log and back out in a header, so it must be harmless in both. */
const requestIdPattern = /^[\w.:-]{1,128}$/;

function requestIdOf(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && requestIdPattern.test(given) ? given : newId();
}

/** One line per answer. The path has no query string, which may hold what a person searched for. */
class RequestLog extends LogController {
  override incomingRequest(): void {
    // The line at the end says all there is to say.
  }

  override routeNotFound(): void {
    // The line at the end says so too.
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const path = request.originalUrl.split('?')[0];
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    const line = { requestId: request.id, method: request.method, path, status: reply.statusCode, milliseconds };
    if (error) reply.log.error({ ...line, err: error }, 'answer cut off');
    else reply.log.info(line, 'answered');
  }
}

/** A request that the router refuses before any hook sees it: a malformed path, or one too long. */
function answerUnroutable(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const body = problemBody(problemOf(error), request.url, []);
  void reply.code(body.status).header('x-request-id', request.id).type(problemMediaType).send(JSON.stringify(body));
}

/** Nothing of ours is a page but /problems and /docs, which loosen this for themselves. */
const contentSecurityPolicy = { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } };

/** What a page of a configured origin may send, and read of the answer. No cookies: the API takes none. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
const exposedHeaders = ['ETag', 'Link', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'];

/** Sending a body may take an hour (imports of millions of rows over a slow line), but not for ever. */
const longestRequestMilliseconds = 3_600_000;

function addHooks(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    // On Node's response, so that what middleware answers has it too.
    reply.raw.setHeader('x-request-id', request.id);
    // What runs the app inside itself (a seed, a test) may have said already on whose behalf.
    requestContext.run({ ...requestContext.getStore(), requestId: request.id }, done);
  });
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    refuseForeignAnswer(request);
    done();
  });
}

function addBodyParsers(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (request.is404) {
      done(null);
      return;
    }
    refuseForeignBody(request);
    keepOriginalBytes(request, bytes);
    done(null, parseJsonBody(bytes));
  });
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (!request.is404) refuseForeignBody(request);
    done(null, request.headers[idempotencyKeyHeader] === undefined ? payload : digesting(request, payload));
  });
}

/** The HTTP server under the app: ids, log, security headers, and bodies that are refused before they can do harm. */
export async function createHttpAdapter({ bodyLimitBytes, corsOrigins, trustedProxies }: Config, logger: Logger): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new RequestLog(),
    // The log itself adds the request's id to every line, so a request needs no logger of its own.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    genReqId: requestIdOf,
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    requestTimeout: longestRequestMilliseconds,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: (error, socket) => {
      answerUnreadable(error, socket, logger);
    },
  });
  addHooks(adapter);
  addBodyParsers(adapter);
  // Before the app adds its middleware, so that what Swagger UI answers has these headers too.
  await adapter.getInstance().register(helmet, { contentSecurityPolicy, xFrameOptions: { action: 'deny' } });
  if (corsOrigins.length > 0)
    await adapter.getInstance().register(cors, { origin: [...corsOrigins], methods, exposedHeaders, maxAge: 600 });
  return adapter;
}
