import { ApiProperty } from '@nestjs/swagger';
import { fromThousandths, type Grade } from '../../kernel/index.js';
import { asView, PageOf, Shaped, type Versioned } from '../../platform/index.js';
import {
  type CompletionOutcome,
  completionOutcomes,
  type CompletionRecord,
  type MatchedBy,
  type PlacedStatement,
  type Verification,
  verifications,
} from '../domain/index.js';

/** What is known of how an achievement was assessed. */
export class EvidenceView {
  /** It was verified who took the assessment. */
  identityVerified!: boolean;

  /** Somebody, or something, watched over the assessment. */
  proctored!: boolean;
}

/** One course as a transcript states it. */
export class StatedCompletionView {
  /** Id of the institution that teaches the course and answers for it. */
  @ApiProperty({ format: 'uuid' })
  provider!: string;

  /** Id of the institution on whose platform it runs, if elsewhere. */
  @ApiProperty({ format: 'uuid' })
  platform?: string;

  code!: string;
  title?: string;
  credits?: number;
  creditSystem?: string;

  @Shaped('Grade')
  grade?: Grade;

  @ApiProperty({ enum: completionOutcomes })
  outcome!: CompletionOutcome;

  @ApiProperty({ format: 'date' })
  completedOn?: string;

  @ApiProperty({ format: 'date' })
  enrolledOn?: string;

  certificateId?: string;

  /** Counts the attempts at one course. */
  attempt?: number;

  /** Learner workload in hours. */
  hours?: number;

  /** Duration in weeks. */
  weeks?: number;

  evidence!: EvidenceView;
}

/** One row of a transcript. */
export class StatementView extends StatedCompletionView {
  /** Id of the completion that the row states. */
  @ApiProperty({ format: 'uuid' })
  completion!: string;
}

export function statementView({ completion, stated: { credits, ...stated } }: PlacedStatement): StatementView {
  return asView(StatementView, { ...stated, completion, ...(credits === undefined ? {} : { credits: fromThousandths(credits) }) });
}

/** One achievement of a learner. Where transcripts differ, the one best verified is followed, then the latest. */
export class CompletionView extends StatedCompletionView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Where the credits come from: the transcript, or the catalogue edition where the transcript names none. */
  @ApiProperty({ enum: ['transcript', 'course'] })
  creditsSource?: 'transcript' | 'course';

  /** Id of the transcript that is followed. */
  @ApiProperty({ format: 'uuid' })
  transcript!: string;

  /** What came of checking that transcript. */
  @ApiProperty({ enum: verifications })
  verification!: Verification;

  /** Id of the catalogue edition; absent while none is found. */
  @ApiProperty({ format: 'uuid' })
  course?: string;

  /** Who found it. */
  @ApiProperty({ enum: ['catalogue', 'registrar'] })
  matchedBy?: MatchedBy;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function completionView({ stated, credits, match, ...completion }: CompletionRecord): CompletionView {
  // Credits that are stated are among the record's credits too, which take their place as numbers.
  const numbers =
    credits === undefined
      ? {}
      : { credits: fromThousandths(credits.amount), creditSystem: credits.creditSystem, creditsSource: credits.source };
  const edition = match === undefined ? {} : { course: match.course, matchedBy: match.by };
  return asView(CompletionView, { ...stated, ...completion, ...numbers, ...edition });
}

export class CompletionPage extends PageOf(CompletionView) {}
