import { ArrayNotEmpty } from 'class-validator';
import { IsCalendarDate, IsId, IsIds, IsOneLine, MayBeAbsent } from '../../platform/index.js';
import type { ConsentDetails } from '../domain/index.js';

/** With whom transcripts are shared. */
export class ConsentForm implements ConsentDetails {
  /** Id of the institution that may read them. */
  @IsId()
  institution!: string;

  /** Ids of the transcripts; left out, all of them, those handed in later, too. */
  @MayBeAbsent()
  @IsIds()
  @ArrayNotEmpty({ message: 'must name at least one transcript' })
  transcripts?: readonly string[];

  /**
   * What for.
   * @example "Recognition of courses for the programme BSC-CE"
   */
  @MayBeAbsent()
  @IsOneLine(500)
  purpose?: string;

  /**
   * The last day on which it holds, in UTC; left out, until it is withdrawn.
   * @example "2027-07-31"
   */
  @MayBeAbsent()
  @IsCalendarDate()
  until?: string;
}
