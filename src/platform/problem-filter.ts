import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languagesOf } from './languages.js';
import { problemBody, problemMediaType, problemOf } from './problem.js';

/** Writes every error as problem details. A defect is logged with its cause, and the caller is told only that there is one. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed');
    if (reply.sent || reply.raw.headersSent) {
      // Part of an answer is on its way: cutting the connection is the one way left to say that it is not whole.
      reply.raw.destroy();
      return;
    }
    const body = problemBody(problem, request.url, languagesOf(request.headers['accept-language']));
    void reply.code(body.status).type(problemMediaType).send(JSON.stringify(body));
  }
}
