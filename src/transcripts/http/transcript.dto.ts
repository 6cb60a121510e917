import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { type Grade, textLimits, thousandths } from '../../kernel/index.js';
import {
  IsAmount,
  IsCalendarDate,
  IsCredits,
  IsId,
  IsOneLine,
  JsonShape,
  MayBeAbsent,
  Nested,
  NestedList,
  PageQuery,
} from '../../platform/index.js';
import { type CompletionOutcome, completionOutcomes, type StatedCompletion, type Verification, verifications } from '../domain/index.js';
import type { HandedInTranscript } from '../transcript-intake.js';

/** More rows than any student's record has. */
const mostRows = 1000;

const outcomeMessage = { message: `must be one of ${completionOutcomes.join(', ')}` };
const verificationMessage = { message: `must be one of ${verifications.join(', ')}` };

/** What is known of how an achievement was assessed. */
export class EvidenceForm {
  /** It was verified who took the assessment. */
  @ApiPropertyOptional({ type: Boolean })
  @MayBeAbsent()
  @IsBoolean()
  identityVerified = false;

  /** Somebody, or something, watched over the assessment. */
  @ApiPropertyOptional({ type: Boolean })
  @MayBeAbsent()
  @IsBoolean()
  proctored = false;
}

/** One course on a transcript, as its issuer states it. */
export class StatedCompletionForm {
  /** Id of the institution that teaches the course and answers for it. */
  @IsId()
  provider!: string;

  /** Id of the institution on whose platform it runs, if elsewhere. */
  @MayBeAbsent()
  @IsId()
  platform?: string;

  /** @example "MATH 7" */
  @IsOneLine(textLimits.code)
  code!: string;

  @MayBeAbsent()
  @IsOneLine(500)
  title?: string;

  /** Left out, those of the catalogue edition count. */
  @MayBeAbsent()
  @IsCredits()
  credits?: number;

  /** Id of the credit system that the credits are counted in; left out, the home credit system of the provider. */
  @MayBeAbsent()
  @IsOneLine(textLimits.identifier)
  creditSystem?: string;

  @MayBeAbsent()
  @JsonShape('Grade')
  grade?: Grade;

  /** What became of it; `inProgress` and `planned` count in a what-if only. */
  @ApiProperty({ enum: completionOutcomes })
  @IsIn(completionOutcomes, outcomeMessage)
  outcome!: CompletionOutcome;

  @MayBeAbsent()
  @IsCalendarDate()
  completedOn?: string;

  @MayBeAbsent()
  @IsCalendarDate()
  enrolledOn?: string;

  /** One certificate belongs to one learner. */
  @MayBeAbsent()
  @IsOneLine(200)
  certificateId?: string;

  /** Counts the attempts at one course; left out, it is the first, or that of the certificate. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(99)
  attempt?: number;

  /** Learner workload in hours. */
  @MayBeAbsent()
  @IsAmount(100_000)
  hours?: number;

  /** Duration in weeks. */
  @MayBeAbsent()
  @IsAmount(1000)
  weeks?: number;

  @ApiPropertyOptional()
  @MayBeAbsent()
  @Nested(() => EvidenceForm)
  evidence: EvidenceForm = new EvidenceForm();
}

/** What came of checking a transcript. */
export class VerificationForm {
  /**
   * `verified`: signed by a key that the issuer controls. `attested`: handed in by the issuer itself. `unverified`: handed in by the student. `failed`: checked
   * and found wrong.
   */
  @ApiProperty({ enum: verifications })
  @IsIn(verifications, verificationMessage)
  verification!: Verification;

  /** Why; a failed check needs a reason. */
  @MayBeAbsent()
  @IsOneLine(500)
  reason?: string;
}

/** A transcript to take in. */
export class TranscriptForm {
  /** Id of the institution that issued it. */
  @IsId()
  issuer!: string;

  /** @example "2025-02-28" */
  @IsCalendarDate()
  issuedOn!: string;

  /** What came of checking it: see `PUT …/verification`. */
  @ApiPropertyOptional({ enum: verifications, default: 'unverified' })
  @MayBeAbsent()
  @IsIn(verifications, verificationMessage)
  verification: Verification = 'unverified';

  /** Why; a failed check needs a reason. */
  @MayBeAbsent()
  @IsOneLine(500)
  reason?: string;

  /** What it states, row by row. */
  @ArrayNotEmpty({ message: 'must state something' })
  @NestedList(() => StatedCompletionForm, mostRows)
  completions!: StatedCompletionForm[];
}

/** What the form says, with exact credits, and the bytes that say it. */
export function handedIn({ completions, ...form }: TranscriptForm, bytes: Uint8Array): HandedInTranscript {
  return { ...form, rows: completions.map(statedCompletion), document: { mediaType: 'application/json', bytes } };
}

function statedCompletion({ credits, ...form }: StatedCompletionForm): StatedCompletion {
  return { ...form, ...(credits === undefined ? {} : { credits: thousandths(credits) }) };
}

/** Which transcripts of the learner, and which page of them. */
export class TranscriptsQuery extends PageQuery {
  /** Those that this institution issued. */
  @MayBeAbsent()
  @IsId()
  issuer?: string;

  /** Those whose check had this result. */
  @ApiProperty({ enum: verifications })
  @MayBeAbsent()
  @IsIn(verifications, verificationMessage)
  verification?: Verification;
}
