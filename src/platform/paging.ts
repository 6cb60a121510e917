import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type Type as Class,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExtension, ApiProperty } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Problem } from '../kernel/index.js';
import type { PageQuery } from './page-query.dto.js';

/** One page of a list, and where the next one starts. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** A value that a list is ordered by. Decimals and large integers go as text, so that nothing is lost. */
export type KeyPart = string | number | null;

/**
 * The order of one list: the values it is sorted by, the id of the row last. A cursor is such a key, and names its list, so that a cursor of one list
 * is refused by another.
 */
export class Keyset<Key extends readonly KeyPart[]> {
  constructor(
    private readonly list: string,
    /** What each part of a key may be. */
    private readonly isKey: (parts: readonly unknown[]) => parts is Key,
  ) {}

  /** The key that the wanted page starts after; undefined for the first page. */
  after(query: PageQuery): Key | undefined {
    if (query.cursor === undefined) return undefined;
    const [list, ...parts] = decoded(query.cursor);
    if (list === this.list && this.isKey(parts)) return parts;
    throw new Problem('validationFailed', 'The cursor is not one of this list.', [
      { pointer: 'cursor', detail: 'must be the nextCursor of a page of this list' },
    ]);
  }

  /** The page out of the rows found. Ask the database for {@link rowsToRead}: the row too many says that there is a next page. */
  page<Row, Item>(query: PageQuery, rows: readonly Row[], keyOf: (row: Row) => Key, view: (row: Row) => Item): Page<Item> {
    const shown = rows.slice(0, limitOf(query));
    const last = shown.at(-1);
    const nextCursor = last === undefined || rows.length === shown.length ? null : encoded([this.list, ...keyOf(last)]);
    return { items: shown.map(view), nextCursor };
  }
}

/** The size of a page when nobody says. */
const usualLimit = 50;

function limitOf(query: PageQuery): number {
  return query.limit ?? usualLimit;
}

/** How many rows to read for a page: one more than it shows. */
export function rowsToRead(query: PageQuery): number {
  return limitOf(query) + 1;
}

function encoded(parts: readonly KeyPart[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decoded(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** A list in the order its rows were made: by id alone. */
export function byId(list: string): Keyset<readonly [string]> {
  return new Keyset(list, (parts): parts is readonly [string] => parts.length === 1 && typeof parts[0] === 'string');
}

/** The class of a page of Views: `export class CoursePage extends PageOf(CourseView) {}` in the file of the View. */
export function PageOf<Item extends object>(item: Class<Item>): Class<Page<Item>> {
  class PageView implements Page<Item> {
    @ApiProperty({ type: item, isArray: true })
    readonly items!: readonly Item[];

    @ApiProperty({ type: 'string', nullable: true, description: 'Pass it as `cursor` for the next page; null on the last one.' })
    readonly nextCursor!: string | null;
  }
  return PageView;
}

@Injectable()
class NextLinkInterceptor implements NestInterceptor<Page<unknown>, Page<unknown>> {
  intercept(context: ExecutionContext, next: CallHandler<Page<unknown>>): Observable<Page<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((page) => {
        if (page.nextCursor !== null) {
          const [path = '', query = ''] = request.url.split('?');
          const parameters = new URLSearchParams(query);
          parameters.set('cursor', page.nextCursor);
          reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
        }
        return page;
      }),
    );
  }
}

/** The extension by which the document's writer knows a route that answers with pages. */
export const pagedExtension = 'x-paged';

/** For a route that answers with a {@link Page}: sends the link to the next one (RFC 8288). */
export function Paged(): MethodDecorator {
  return applyDecorators(UseInterceptors(NextLinkInterceptor), ApiExtension(pagedExtension, true));
}
