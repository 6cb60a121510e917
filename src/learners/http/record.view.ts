import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf } from '../../platform/index.js';
import type { Access } from '../domain/index.js';

/** Somebody else than the learner has read, or changed, what is the learner's. */
export class AccessView implements Access {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Id of the institution for which it was done. */
  @ApiProperty({ format: 'uuid' })
  institution?: string;

  /** The account of a person, or the id of a machine client. */
  subject!: string;

  /** Id of the client that was used. */
  client?: string;

  /**
   * What was called.
   * @example "GET /v1/learners/{learnerId}/transcripts"
   */
  operation!: string;

  /** The path that was called. */
  resource!: string;

  /** `X-Request-Id` of the request. */
  requestId?: string;
}

export function accessView(access: Access): AccessView {
  return asView(AccessView, access);
}

export class AccessPage extends PageOf(AccessView) {}

/** Everything that is kept about a learner. */
export class RecordExportView {
  /** Id of the learner. */
  @ApiProperty({ format: 'uuid' })
  learner!: string;

  @ApiProperty({ format: 'date-time' })
  exportedAt!: string;

  /** Every row about the learner, by what it is; documents are in base64. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'object', additionalProperties: true } } })
  records!: Readonly<Record<string, readonly object[]>>;
}
