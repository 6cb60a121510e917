import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { requestContext, serviceScope } from '../../src/platform/request-context.js';

/** Lets requests that carry no token in as the service's own: whoever calls from inside the process says on whose behalf. */
export function trust(server: Server): void {
  const caller = { scope: serviceScope, subject: 'test' };
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  for (const listener of listeners) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const answer = (): unknown => Reflect.apply(listener, server, [request, response]);
      if (request.headers.authorization === undefined) requestContext.run({ caller }, answer);
      else answer();
    });
  }
}
