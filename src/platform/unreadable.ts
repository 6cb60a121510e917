import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../kernel/index.js';
import { newId } from './ids.js';
import { problemBody, problemMediaType } from './problem.js';

interface Cause {
  readonly status: number;
  readonly detail: string;
}

const notHttp: Cause = { status: 400, detail: 'What was sent is no HTTP request.' };

/** Why Node could not read a request, by the code of its error. */
const causes: ReadonlyMap<string | undefined, Cause> = new Map([
  [
    'HPE_INVALID_URL',
    { status: 400, detail: 'The address holds characters that must be percent-encoded in UTF-8, as all outside ASCII are.' },
  ],
  ['HPE_HEADER_OVERFLOW', { status: 431, detail: 'The header fields are longer than the service accepts.' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, detail: 'The request did not arrive in time. It may be sent again.' }],
]);

/** The path of a request that could not be read, percent-encoded; the root where not even that is known. */
function pathOf(error: object): string {
  const bytes: unknown = 'rawPacket' in error ? error.rawPacket : undefined;
  if (!Buffer.isBuffer(bytes)) return '/';
  const target = /^[A-Z]+ (\/[^\s?]*)/.exec(bytes.toString('utf8'))?.[1] ?? '/';
  return encodeURI(target.toWellFormed());
}

/** What Node answers by itself to what it cannot read, as a problem: no hook or filter ever sees such a request. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket, log: FastifyBaseLogger): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, detail } = causes.get(error.code) ?? notHttp;
  const requestId = newId();
  const view = problemBody(new Problem('malformed', detail), pathOf(error), []);
  view.status = status;
  const body = JSON.stringify(view);
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    `content-type: ${problemMediaType}; charset=utf-8`,
    `content-length: ${String(Buffer.byteLength(body))}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  log.info({ requestId, status, code: error.code }, 'unreadable');
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
