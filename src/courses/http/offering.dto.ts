import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, IsInt, Max, Min } from 'class-validator';
import { IsCalendarDate, IsId, IsIds, IsLanguageTag, MayBeAbsent, Nested, PageQuery } from '../../platform/index.js';

/** From the first day to the last, both included. */
export class DatesForm {
  @IsCalendarDate()
  from!: string;

  @IsCalendarDate()
  until!: string;
}

/** A dated run of an edition. */
export class OfferingForm {
  /** The edition. It must be valid on the first day. */
  @IsId()
  course!: string;

  @Nested(() => DatesForm)
  period!: DatesForm;

  /** The institutions where its students sit: several share a hybrid classroom. */
  @IsIds()
  @ArrayMinSize(1, { message: 'must name at least one institution' })
  hosts!: readonly string[];

  /** The language of instruction of this run. */
  @IsLanguageTag()
  language!: string;

  /** How many students it takes; without it there is no limit. */
  @ApiProperty({ type: 'integer' })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  capacity?: number;
}

/** Which offerings, and which page of them. */
export class OfferingsQuery extends PageQuery {
  /** Runs of this edition. */
  @MayBeAbsent()
  @IsId()
  course?: string;

  /** Runs at this institution, alone or with others. */
  @MayBeAbsent()
  @IsId()
  host?: string;

  /** `zh` finds `zh-CN` too. */
  @MayBeAbsent()
  @IsLanguageTag()
  language?: string;

  /** Runs that this day is part of. */
  @MayBeAbsent()
  @IsCalendarDate()
  runsOn?: string;
}
