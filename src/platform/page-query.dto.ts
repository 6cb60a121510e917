import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { MayBeAbsent } from './validation.js';

/** Which page of a list. */
export class PageQuery {
  /** How many items at most. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number = 50;

  /** `nextCursor` of the page before; opaque. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(2000)
  cursor?: string;
}
