import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { languagesOf, problemBody, problemMediaType, problemOf, RateLimit } from '../../platform/index.js';
import { accessScopes } from '../domain/index.js';
import { issuerPath } from './addresses.js';
import { AuthorisationServer } from './authorisation-server.js';

/** Its pages bring our stylesheet, and one script of oidc-provider's, whose hash it adds itself. */
const contentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Says where the service is reached, whatever the caller claims about it in `Host` or in headers of a proxy. */
function tellAddress(request: IncomingMessage, publicUrl: URL): void {
  request.headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
  request.headers['x-forwarded-host'] = publicUrl.host;
  delete request.headers['x-forwarded-for'];
}

/** The metadata of the API as a protected resource (RFC 9728, section 2). */
function resourceMetadata({ addresses }: AuthorisationServer): object {
  return {
    resource: addresses.resource,
    authorization_servers: [addresses.issuer],
    bearer_methods_supported: ['header'],
    scopes_supported: accessScopes,
    dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519'],
    resource_name: 'Credit Recognition API',
  };
}

/** Whether a request is one of those that are answered; one that is not is told so. */
async function isWithin(rateLimit: RateLimit, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    await rateLimit.countAddress(request, response);
    return true;
  } catch (error) {
    const body = problemBody(problemOf(error), request.url ?? '', languagesOf(request.headers['accept-language']));
    response.writeHead(body.status, { 'content-type': problemMediaType }).end(JSON.stringify(body));
    return false;
  }
}

/** Puts the authorisation server under /oauth, and its metadata under the well-known paths of RFC 8414 and RFC 9728. */
export function mountAuthorisationServer(app: NestFastifyApplication): void {
  const server = app.get(AuthorisationServer);
  const publicUrl = new URL(server.addresses.issuer);
  const rateLimit = app.get(RateLimit);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!(await isWithin(rateLimit, request, response))) return;
    tellAddress(request, publicUrl);
    response.setHeader('content-security-policy', contentSecurityPolicy);
    // A program may show the log-in in a window that it opens.
    response.setHeader('cross-origin-opener-policy', 'unsafe-none');
    await server.answer(request, response);
  };
  app.use(issuerPath, answer);
  app.use(`/.well-known/oauth-authorization-server${issuerPath}`, async (request: IncomingMessage, response: ServerResponse) => {
    // RFC 8414, section 3.1: the well-known part stands before the path of the issuer. The document is that of OpenID Connect.
    request.url = '/.well-known/openid-configuration';
    Object.assign(request, { originalUrl: `${issuerPath}${request.url}` });
    await answer(request, response);
  });
  app.use('/.well-known/oauth-protected-resource/v1', (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(resourceMetadata(server)));
  });
}
