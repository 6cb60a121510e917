import type { RowClass } from '../platform/index.js';
import { AchievementClaimRow, CompletionRow, CompletionStatementRow, TranscriptRow } from './storage/transcript.rows.js';

export { CompletionsService } from './completions.service.js';
export type {
  CompletionOutcome,
  CompletionRecord,
  ReadTranscript,
  StatedCompletion,
  StatedEvidence,
  Transcript,
  TranscriptDetails,
  Verification,
} from './domain/index.js';
export { StatedCompletionForm } from './http/transcript.dto.js';
export { type CompletionFacts, completionFactsSql, type TranscriptFacts, transcriptFactsSql } from './storage/facts.sql.js';
export type { HandedInTranscript } from './transcript-intake.js';
export { TranscriptsModule } from './transcripts.module.js';
export { TranscriptsService } from './transcripts.service.js';

/** What the module keeps in the database. */
export const transcriptRows: readonly RowClass[] = [TranscriptRow, CompletionRow, CompletionStatementRow, AchievementClaimRow];
