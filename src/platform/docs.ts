import express, { type Express, type RequestHandler } from 'express';
import { serve, setup } from 'swagger-ui-express';

/** Part of Swagger UI: it hands the code in its own address to the window that opened it. */
const redirectPath = '/oauth2-redirect.html';

/** Swagger UI styles itself inline and draws with data URLs; all else comes from here, calls to the API and to the authorisation server included. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ownPolicy: RequestHandler = ({ path }, response, next) => {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  // The window in which a person logs in may lead to their institution and back, and tells the code to the window that opened it.
  response.setHeader('Cross-Origin-Opener-Policy', path === redirectPath ? 'unsafe-none' : 'same-origin-allow-popups');
  next();
};

/** By which client and from where people log in through the documentation. */
export interface DocsLogIn {
  readonly clientId: string;
  /** Origin of the service. */
  readonly publicUrl: string;
}

/** Swagger UI, in an Express app of its own to be mounted under /docs. Its Authorize button logs people in by authorization code with PKCE. */
export function createDocs({ clientId, publicUrl }: DocsLogIn): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(ownPolicy, serve);
  app.get(
    '/',
    setup(undefined, {
      customSiteTitle: 'Credit Recognition API',
      swaggerUrl: '/openapi.json',
      swaggerOptions: {
        // Nobody else need know what is served here.
        validatorUrl: null,
        oauth2RedirectUrl: `${publicUrl}/docs${redirectPath}`,
        oauth: { clientId, usePkceWithAuthorizationCodeGrant: true },
      },
    }),
  );
  return app;
}
