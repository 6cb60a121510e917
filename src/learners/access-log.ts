import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { DataSource, type EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { ACCESS_TABLE, type AccessTable, operationOf } from '../access/index.js';
import { Clock, notFound, type Page, type PageQuery, preparedQuery, reading } from '../platform/index.js';
import type { Access } from './domain/index.js';
import { accessEntries, type AccessedResource, listAccesses, logAccessSql } from './storage/access-log.store.js';
import { readLearner } from './storage/learner.store.js';

/** Tells students who has read their records. */
@Injectable()
export class AccessLog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Logs that the caller reads the records of learners, before they are answered; nothing where the caller is the learner or the service itself. */
  async record(source: DataSource | EntityManager, learners: readonly string[], resource: AccessedResource): Promise<void> {
    const entries = accessEntries(learners, resource, this.clock.now());
    if (entries !== '[]') await preparedQuery(source, logAccessSql('$1'), [entries]);
  }

  /** The log of a learner, the latest first. */
  list(learner: string, query: PageQuery): Promise<Page<Access>> {
    return reading(this.dataSource, async (manager) => {
      if ((await readLearner(manager, learner)) === undefined) throw notFound();
      return listAccesses(manager, learner, query);
    });
  }
}

/** Logs what is answered of the learner in the path, wherever the access table says that it is logged. What is refused has shown nothing. */
@Injectable()
export class AccessLogInterceptor implements NestInterceptor<unknown, unknown> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: AccessLog,
    @Inject(ACCESS_TABLE) private readonly table: AccessTable,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: Readonly<Record<string, string>> }>>();
    const operation = operationOf(request.method, request.routeOptions.url ?? '');
    const learner = request.params['learnerId']?.toLowerCase();
    if (learner === undefined || !isUuid(learner) || this.table[operation]?.isLogged !== true) return next.handle();
    const [path = ''] = request.url.split('?');
    return next.handle().pipe(
      mergeMap(async (answer) => {
        await this.log.record(this.dataSource, [learner], { operation, path });
        return answer;
      }),
    );
  }
}
