import type { FastifyInstance } from 'fastify';
import { operationOf } from './access.guard.js';
import type { AccessTable } from './domain/index.js';

/** Remembers every route that is added from now on; the returned function refuses those that no rule of a table is about. */
export function watchRoutes(fastify: FastifyInstance): (table: AccessTable) => void {
  const operations = new Set<string>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (!url.includes('*')) operations.add(operationOf(one, url));
  });
  return (table) => {
    const open = [...operations].filter((operation) => !(operation in table));
    if (open.length > 0) throw new Error(`No rule in the access table says who may call ${open.join(', ')}.`);
  };
}
