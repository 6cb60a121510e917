import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/index.js';
import type { Principal } from '../domain/index.js';

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  /** Anonymous without an Authorization header; an invalid token throws a Problem `unauthenticated`. */
  authenticate(request: FastifyRequest): Promise<Principal> {
    if (request.headers.authorization === undefined) return Promise.resolve({ kind: 'anonymous' });
    throw new Problem('unauthenticated', 'The access token is not valid.');
  }
}
