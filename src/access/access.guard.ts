import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import { Problem } from '../kernel/index.js';
import { type Caller, notFound, RateLimit, requestContext, serviceScope } from '../platform/index.js';
import { Directory } from './accounts/index.js';
import { type AccessRule, type AccessTable, decide, type Decision, type Principal } from './domain/index.js';
import { Authenticator } from './tokens/authenticator.js';

/** The injection token of the {@link AccessTable}. */
export const ACCESS_TABLE = Symbol('access table');

/** How openapi.yaml names a route of Fastify's. */
export function operationOf(method: string, path: string): string {
  // Fastify answers HEAD by the route of GET.
  return `${method === 'HEAD' ? 'GET' : method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}

/** Answers only whom the access table lets in, and says on whose behalf the rest of the request is done. */
@Injectable()
export class AccessGuard {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly rateLimit: RateLimit,
    private readonly directory: Directory,
    @Inject(ACCESS_TABLE) private readonly table: AccessTable,
  ) {}

  /** Asked before the body is read, so that nobody makes the service work on what they may not send; throws a Problem to who is refused. */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const current = requestContext.getStore();
    // What runs the app inside itself has said already on whose behalf.
    if (current === undefined || current.caller !== undefined) return;
    if (request.is404) {
      await this.rateLimit.count(request, reply, undefined);
      return;
    }
    const principal = await this.authenticator.authenticate(request, reply).catch(async (error: unknown) => {
      await this.rateLimit.count(request, reply, undefined);
      throw error;
    });
    await this.rateLimit.count(request, reply, principal.kind === 'anonymous' ? undefined : principal.client);
    const rule = this.ruleOf(request);
    const parameters = parametersOf(request);
    if (principal.kind === 'student' && parameters['learnerId'] === 'me') parameters['learnerId'] = principal.learner;
    const institution = parameters['institutionId']?.toLowerCase();
    this.refuse(reply, decide(rule, principal, institution));
    // Who runs the service is no party to what others keep among themselves: what is open to everybody the operator sees as everybody does.
    const isOneOfMany = principal.kind === 'operator' && rule.roles === undefined;
    if (principal.kind === 'operator' && !isOneOfMany && institution !== undefined) await this.requireRunning(institution, rule);
    if (principal.kind !== 'anonymous' && !isOneOfMany) current.caller = callerOf(principal);
  }

  private refuse(reply: FastifyReply, decision: Decision): void {
    switch (decision.kind) {
      case 'allowed':
        return;
      case 'tokenMissing':
        this.authenticator.challenge(reply, {});
        throw new Problem('unauthenticated', 'Send an access token in the Authorization header.');
      case 'scopeMissing':
        this.authenticator.challenge(reply, { error: 'insufficient_scope', scope: decision.scope });
        throw new Problem('forbidden', `The access token does not grant the scope ${decision.scope}.`);
      case 'roleMissing':
        throw new Problem('forbidden', `This is done by: ${decision.roles.join(', ')}.`);
      case 'foreign':
        throw notFound();
    }
  }

  /** The operator runs every institution there is, and the service itself as if it were one. All others have their own in the path, which exists. */
  private async requireRunning(institution: string, { isInternal }: AccessRule): Promise<void> {
    if (institution === serviceScope) return;
    if (isInternal === true || !isUuid(institution) || !(await this.directory.hasInstitution(institution))) throw notFound();
  }

  private ruleOf(request: FastifyRequest): AccessRule {
    const rule = this.table[operationOf(request.method, request.routeOptions.url ?? '')];
    if (rule === undefined) throw new Error(`no rule says who may call ${request.method} ${String(request.routeOptions.url)}`);
    return rule;
  }
}

/** The parameters in the path, which may be written over: `me` is a student's name for their own id. */
function parametersOf(request: FastifyRequest): Record<string, string> {
  const { params } = request;
  return isParameters(params) ? params : {};
}

function isParameters(params: unknown): params is Record<string, string> {
  return typeof params === 'object' && params !== null;
}

function callerOf(principal: Exclude<Principal, { kind: 'anonymous' }>): Caller {
  const { subject, client } = principal;
  switch (principal.kind) {
    case 'student':
      return { scope: principal.learner, subject, client };
    case 'member':
      return { scope: principal.institution, subject, client, institution: principal.institution };
    case 'operator':
      return { scope: serviceScope, subject, client };
  }
}
