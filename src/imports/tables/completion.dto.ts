import { Matches } from 'class-validator';
import { IsCalendarDate, IsId, IsOneLine, MayBeAbsent, Nested } from '../../platform/index.js';
import { StatedCompletionForm } from '../../transcripts/index.js';

/** What an institution or platform calls a learner. */
export class LearnerIdentifierForm {
  @IsId()
  institution!: string;

  /** `student-number`, `esi`, `platform-account`… */
  @Matches(/^[a-z][a-z0-9-]{0,39}$/, { message: 'must be a short name in lower case such as student-number or esi' })
  scheme!: string;

  @IsOneLine(200)
  value!: string;
}

/** One row of a table of completions: whose it is, on which transcript, and what the transcript states. */
export class CompletionRowForm extends StatedCompletionForm {
  /** The id of the learner; or else */
  @MayBeAbsent()
  @IsId()
  learner?: string;

  /** what identifies the learner, who is recorded if nobody has that identifier. */
  @MayBeAbsent()
  @Nested(() => LearnerIdentifierForm)
  identifier?: LearnerIdentifierForm;

  @IsId()
  issuer!: string;

  @IsCalendarDate()
  issuedOn!: string;
}
