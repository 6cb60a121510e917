import type { EntityManager } from 'typeorm';
import { byId, currentCaller, newId, type Page, type PageQuery, requestContext, rowsToRead, serviceScope } from '../../platform/index.js';
import type { Access } from '../domain/index.js';

/** What is called, and about what. */
export interface AccessedResource {
  /** `METHOD /path` as openapi.yaml writes it. */
  readonly operation: string;
  readonly path: string;
}

const columns = 'learner_id, id, accessed_at, institution_id, subject, client_id, operation, resource, request_id';

/** The SQL that writes entries of {@link accessEntries} into the log; the parameter is an SQL expression. */
export function logAccessSql(entries: string): string {
  return `INSERT INTO access_log (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::access_log, ${entries}::json)`;
}

/**
 * What the log says of learners whose records are answered to the caller, as JSON for {@link logAccessSql}: nothing of the learner who is the caller, and
 * nothing of the service itself.
 */
export function accessEntries(learners: readonly string[], { operation, path }: AccessedResource, at: Date): string {
  const caller = currentCaller();
  if (caller === undefined || caller.scope === serviceScope) return '[]';
  const { scope, subject, client = null, institution = null } = caller;
  const requestId = requestContext.getStore()?.requestId ?? null;
  const others = learners.filter((learner) => learner !== scope);
  return JSON.stringify(
    others.map((learner) => ({
      learner_id: learner,
      id: newId(),
      accessed_at: at,
      institution_id: institution,
      subject,
      client_id: client,
      operation,
      resource: path,
      request_id: requestId,
    })),
  );
}

type FoundAccess = Readonly<{
  id: string;
  accessed_at: Date;
  institution_id: string | null;
  subject: string;
  client_id: string | null;
  operation: string;
  resource: string;
  request_id: string | null;
}>;

function accessOf(row: FoundAccess): Access {
  return {
    id: row.id,
    at: row.accessed_at.toISOString(),
    ...(row.institution_id === null ? {} : { institution: row.institution_id }),
    subject: row.subject,
    ...(row.client_id === null ? {} : { client: row.client_id }),
    operation: row.operation,
    resource: row.resource,
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
  };
}

/** Who has read a learner's record, the latest first. */
export async function listAccesses(manager: EntityManager, learner: string, query: PageQuery): Promise<Page<Access>> {
  const order = byId('access-log');
  const rows = await manager.query<FoundAccess[]>(
    `SELECT ${columns} FROM access_log WHERE learner_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [learner, order.after(query)?.[0] ?? null, rowsToRead(query)],
  );
  return order.page(query, rows, ({ id }) => [id], accessOf);
}
