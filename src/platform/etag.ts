import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Problem } from '../kernel/index.js';
import { documentMethod } from './document-method.js';

/** A View that shows which version of its resource it is of; every change makes the next. */
export interface Versioned {
  readonly version: number;
}

/** The strong ETag of a version. */
export function etagOf(version: number): string {
  return `"${String(version)}"`;
}

/** The tags of an If-Match or If-None-Match header (RFC 9110, section 13.1), weak ones with their `W/`. */
function tagsOf(header: string): readonly string[] {
  return header.split(',').map((tag) => tag.trim());
}

/** The versions that a caller's change is meant for. */
export class ExpectedVersion {
  private constructor(private readonly tags: readonly string[]) {}

  static of(header: string | undefined): ExpectedVersion {
    if (header === undefined || header.trim() === '') {
      throw new Problem('preconditionRequired', 'Quote the ETag of the version that your change is meant for in the If-Match header.');
    }
    return new ExpectedVersion(tagsOf(header));
  }

  /** Refuses the change when the resource has moved on. A weak tag never matches here (RFC 9110, section 13.1.1). */
  check(version: number): void {
    if (this.tags.includes('*') || this.tags.includes(etagOf(version))) return;
    throw new Problem(
      'preconditionFailed',
      'The resource has changed since you read it. Read it again and repeat your change on the new version.',
    );
  }
}

const documented = documentMethod(
  ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag of the version that the change is meant for.',
    schema: { type: 'string', examples: ['"3"'] },
  }),
);

/** `@IfMatch() expected: ExpectedVersion`: the service calls `expected.check(row.version)` inside its transaction. */
export const IfMatch = createParamDecorator(
  (_data: undefined, context: ExecutionContext): ExpectedVersion =>
    ExpectedVersion.of(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
  [documented],
);

@Injectable()
class ETagInterceptor implements NestInterceptor<Versioned, Versioned | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<Versioned>): Observable<Versioned | undefined> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((view) => {
        const etag = etagOf(view.version);
        reply.header('etag', etag);
        const known = request.method === 'GET' ? request.headers['if-none-match'] : undefined;
        // A weak comparison is right here (RFC 9110, section 13.1.2): proxies that compress make our tags weak.
        const isKnown = known !== undefined && tagsOf(known).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
        if (!isKnown) return view;
        reply.code(304);
        return undefined;
      }),
    );
  }
}

/** The extension by which the document's writer knows a route whose answer carries an ETag. */
export const etagExtension = 'x-etag';

/** For a route that answers with a {@link Versioned} View: sends its ETag, and 304 to a GET that already has it. */
export function WithETag(): MethodDecorator {
  return applyDecorators(UseInterceptors(ETagInterceptor), ApiExtension(etagExtension, true));
}
