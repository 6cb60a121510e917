import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config.js';
import { requestContext } from './request-context.js';

export type { Logger } from 'pino';

/** PostgreSQL's messages and TypeORM's parameters hold values out of rows; a log line keeps the code, the constraint and the place in our code. */
function withoutValues(error: Error): Record<string, unknown> {
  const { type, stack } = stdSerializers.err(error);
  const cause: object = 'driverError' in error && error.driverError instanceof Error ? error.driverError : error;
  const code = 'code' in cause ? cause.code : undefined;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return { type, code, message: error.message, stack };
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const constraint = 'constraint' in cause ? cause.constraint : undefined;
  return { type, code, constraint, stack: places.join('\n') };
}

/** What every line of the log written on behalf of a request carries: never who asks, only through which client. */
function linesOfRequest(): Record<string, string | undefined> {
  const context = requestContext.getStore();
  return { requestId: context?.requestId, client: context?.caller?.client };
}

/** Structured lines, to standard output unless told otherwise, each with the id of its request; never a body, a header or a query string. */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(1)): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: linesOfRequest,
    serializers: { err: withoutValues },
  };
  return pino(options, destination);
}

/** Nest's own messages, into the same log. What it tells at every start (routes mapped, modules loaded) is for debugging. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.logger.debug({ context: context.at(-1) }, String(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.logger.warn({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    if (message instanceof Error) this.logger.error({ err: message }, 'error');
    else this.logger.error({ context: context.at(-1) }, String(message));
  }
}
