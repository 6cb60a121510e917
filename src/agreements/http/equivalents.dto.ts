import { IsCalendarDate, IsId, MayBeAbsent, PageQuery } from '../../platform/index.js';

/** On which day, and which page. */
export class CountingAsQuery extends PageQuery {
  /** The day on which the rules are in force; today unless stated. */
  @MayBeAbsent()
  @IsCalendarDate()
  on?: string;
}

/** Where, on which day, and which page. */
export class EquivalentsQueryForm extends CountingAsQuery {
  /** What the course counts as at this institution. */
  @MayBeAbsent()
  @IsId()
  receiving?: string;
}
