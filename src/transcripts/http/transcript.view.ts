import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, type Versioned } from '../../platform/index.js';
import { type ReadTranscript, type Transcript, type Verification, verifications } from '../domain/index.js';
import { StatementView, statementView } from './completion.view.js';

/** The document as it was handed in. */
export class DocumentView {
  mediaType!: string;
  sizeBytes!: number;

  /**
   * SHA-256 over its bytes.
   * @example "sha-256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
   */
  digest!: string;
}

/** A document by which an issuer states what a learner achieved. */
export class TranscriptSummaryView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Id of the institution that issued it. */
  @ApiProperty({ format: 'uuid' })
  issuer!: string;

  @ApiProperty({ format: 'date' })
  issuedOn!: string;

  document!: DocumentView;

  /** What came of checking it. */
  @ApiProperty({ enum: verifications })
  verification!: Verification;

  /** Why. */
  reason?: string;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function transcriptSummaryView(transcript: Transcript): TranscriptSummaryView {
  return asView(TranscriptSummaryView, transcript);
}

export class TranscriptPage extends PageOf(TranscriptSummaryView) {}

/** A transcript with what it states. */
export class TranscriptView extends TranscriptSummaryView {
  /** Its rows, in their order. */
  @ApiProperty({ type: StatementView, isArray: true })
  completions!: readonly StatementView[];
}

export function transcriptView({ statements, ...transcript }: ReadTranscript): TranscriptView {
  return asView(TranscriptView, { ...transcript, completions: statements.map(statementView) });
}
