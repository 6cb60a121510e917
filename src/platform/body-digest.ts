import { createHash, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { originalBytesOf } from './original-bytes.js';

const hashes = new WeakMap<object, Hash>();

/** Passes a body on as it is read, and digests it on the way, so that a body of any size is digested in constant memory. */
export function digesting(request: FastifyRequest, payload: NodeJS.ReadableStream): Transform {
  const hash = createHash('sha256');
  hashes.set(request, hash);
  const passing = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  payload.on('error', (error: Error) => passing.destroy(error));
  return payload.pipe(passing);
}

/** `sha-256:…` of the body as it was sent. What nobody has read of a streamed body is read and thrown away. */
export async function bodyDigest(request: FastifyRequest): Promise<string> {
  const hash = hashes.get(request);
  if (hash === undefined) return `sha-256:${createHash('sha256').update(originalBytesOf(request)).digest('hex')}`;
  if (request.body instanceof Transform && !request.body.readableEnded) await finished(request.body.resume());
  return `sha-256:${hash.copy().digest('hex')}`;
}
