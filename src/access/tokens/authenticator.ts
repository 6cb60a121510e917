import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import passport from 'passport';
import { Strategy } from 'passport-custom';
import { Problem } from '../../kernel/index.js';
import type { Principal } from '../domain/index.js';
import { AuthorisationServer } from '../oauth/authorisation-server.js';
import { type Challenge, challengeHeader } from './challenge.js';
import { TokenRefusal, TokenVerifier } from './token-verifier.js';

/** The name of the strategy by which passport authenticates. */
const strategy = 'access token';

const anonymous: Principal = { kind: 'anonymous' };

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  private readonly passport = new passport.Authenticator();

  constructor(
    private readonly server: AuthorisationServer,
    verifier: TokenVerifier,
  ) {
    this.passport.use(
      strategy,
      new Strategy((request, done) => {
        verifier.verify(request).then(
          (principal) => {
            done(null, principal);
          },
          (error: unknown) => {
            if (error instanceof TokenRefusal) done(null, false, error);
            else done(error);
          },
        );
      }),
    );
  }

  /** Anonymous without an Authorization header; an invalid token throws a Problem `unauthenticated`, and the reply says how to send a valid one. */
  async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Principal> {
    if (request.headers.authorization === undefined) return anonymous;
    const found = await this.found(request.raw);
    if (!(found instanceof TokenRefusal)) return found;
    this.challenge(reply, found.error === undefined ? {} : { error: found.error, description: found.message });
    throw new Problem('unauthenticated', found.message);
  }

  /** Says in a reply which token is needed, and how to get one. */
  challenge(reply: FastifyReply, about: Omit<Challenge, 'resourceMetadata'>): void {
    const { resourceMetadata } = this.server.addresses;
    void reply.header('www-authenticate', challengeHeader({ ...about, resourceMetadata }));
  }

  private found(request: IncomingMessage): Promise<Principal | TokenRefusal> {
    return new Promise((resolve, reject) => {
      const settle = (error: unknown, principal: Principal | false, refusal: TokenRefusal): void => {
        if (error !== null) reject(error instanceof Error ? error : new Error('passport failed', { cause: error }));
        else resolve(principal === false ? refusal : principal);
      };
      const middleware: unknown = this.passport.authenticate(strategy, { session: false }, settle);
      if (typeof middleware !== 'function') throw new Error('passport gives no middleware');
      Reflect.apply(middleware, undefined, [request, {}, reject]);
    });
  }
}
