import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { textLimits } from '../../kernel/index.js';
import { IsId, IsOneLine, MayBeAbsent, PageQuery } from '../../platform/index.js';
import { type CompletionOutcome, completionOutcomes } from '../domain/index.js';

/** Which catalogue edition a completion is of. */
export class MatchForm {
  /** Id of an edition of the same provider. Left out, the catalogue is asked again. */
  @MayBeAbsent()
  @IsId()
  course?: string;
}

/** Which completions of the learner, and which page of them. */
export class CompletionsQuery extends PageQuery {
  /** Those that this transcript states. */
  @MayBeAbsent()
  @IsId()
  transcript?: string;

  /** Those of this provider. */
  @MayBeAbsent()
  @IsId()
  provider?: string;

  /** Those with this code, without regard to case and spacing. */
  @MayBeAbsent()
  @IsOneLine(textLimits.code)
  code?: string;

  /** Those with this outcome. */
  @ApiProperty({ enum: completionOutcomes })
  @MayBeAbsent()
  @IsIn(completionOutcomes, { message: `must be one of ${completionOutcomes.join(', ')}` })
  outcome?: CompletionOutcome;

  /** Those that are, or are not, matched to a catalogue edition. */
  @ApiProperty({ type: 'boolean' })
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  matched?: boolean;
}
