import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, requestContext, serviceScope } from '../../src/platform/request-context.js';
import type { TestApp, TestClient } from './app.js';

const scheme = 'Caller ';

/** Sends requests on behalf of somebody, who need not prove who they are: it is tested what they see and change, not what a token lets them call. */
export function callers(app: TestApp): (caller: Caller) => TestClient {
  const server = app.app.getHttpServer();
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  for (const listener of listeners) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const answer = (): unknown => Reflect.apply(listener, server, [request, response]);
      const { authorization = '' } = request.headers;
      if (authorization.startsWith(scheme))
        requestContext.run({ caller: JSON.parse(authorization.slice(scheme.length)) as Caller }, answer);
      else answer();
    });
  }
  return (caller) => {
    const authorization = scheme + JSON.stringify(caller);
    const { request } = app;
    return {
      get: (path) => request.get(path).set({ authorization }),
      post: (path) => request.post(path).set({ authorization }),
      put: (path) => request.put(path).set({ authorization }),
      patch: (path) => request.patch(path).set({ authorization }),
      delete: (path) => request.delete(path).set({ authorization }),
    };
  };
}

/** Somebody of an institution. */
export function memberOf(institution: string): Caller {
  return { scope: institution, institution, subject: 'a-member', client: 'a-client' };
}

/** The student who is a learner. */
export function studentOf(learner: string): Caller {
  return { scope: learner, subject: 'a-student', client: 'a-client' };
}

/** The service itself. */
export const service: Caller = { scope: serviceScope, subject: 'test' };
