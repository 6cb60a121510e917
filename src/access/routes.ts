import type { FastifyInstance } from 'fastify';
import { operationOf } from './access.guard.js';
import type { AccessTable } from './domain/index.js';

/** Preflight requests, which CORS answers before anything is done for anybody. */
const preflight = 'OPTIONS *';

/** Remembers every route that is added from now on; the returned function refuses those that no rule of a table is about. */
export function watchRoutes(fastify: FastifyInstance): (table: AccessTable) => void {
  const operations = new Set<string>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) operations.add(operationOf(one, url));
  });
  return (table) => {
    const open = [...operations].filter((operation) => operation !== preflight && !(operation in table));
    if (open.length > 0) throw new Error(`No rule in the access table says who may call ${open.join(', ')}.`);
  };
}
