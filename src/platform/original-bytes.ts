import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The bytes go with their request. */
const bytesOf = new WeakMap<object, Buffer>();

/** Called by the reader of JSON bodies. */
export function keepOriginalBytes(request: object, bytes: Buffer): void {
  bytesOf.set(request, bytes);
}

/** None where the body was no JSON. */
export function originalBytesOf(request: object): Buffer {
  return bytesOf.get(request) ?? Buffer.alloc(0);
}

/** `@OriginalBytes() bytes: Buffer`: a JSON body as it was sent, for what must be kept to the byte because somebody has signed it. */
export const OriginalBytes = createParamDecorator((_data: undefined, context: ExecutionContext): Buffer =>
  originalBytesOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
