import express, { type Express, type RequestHandler } from 'express';
import { serve, setup } from 'swagger-ui-express';

/** Swagger UI styles itself inline and draws with data URLs; all else comes from here. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ownPolicy: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  next();
};

/** Swagger UI, in an Express app of its own to be mounted under /docs. */
export function createDocs(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(ownPolicy, serve);
  app.get('/', setup(undefined, { customSiteTitle: 'Credit Recognition API', swaggerUrl: '/openapi.json' }));
  return app;
}
