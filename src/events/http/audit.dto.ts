import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsRFC3339, Max, MaxLength, Min } from 'class-validator';
import { IsOneLine, MayBeAbsent, PageQuery } from '../../platform/index.js';

const instantMessage = { message: 'must be an instant, as YYYY-MM-DDThh:mm:ssZ' };

/** Which entries of the log, and which page of them. */
export class AuditEntriesQuery extends PageQuery {
  /** Those about the resource with this id. */
  @MayBeAbsent()
  @IsOneLine(200)
  resource?: string;

  /** Those made at this instant or later. */
  @ApiProperty({ type: 'string', format: 'date-time' })
  @MayBeAbsent()
  @IsRFC3339(instantMessage)
  @MaxLength(40)
  from?: string;

  /** Those made before this instant. */
  @ApiProperty({ type: 'string', format: 'date-time' })
  @MayBeAbsent()
  @IsRFC3339(instantMessage)
  @MaxLength(40)
  until?: string;
}

/** In which state of the log. */
export class InclusionQuery {
  /** The size of a signed head; the latest one unless stated. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  size?: number;
}

/** Between which states of the log. */
export class ConsistencyQuery {
  /** The size of the older signed head. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  from!: number;

  /** The size of the newer signed head; the latest one unless stated. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  to?: number;
}
