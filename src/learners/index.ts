import type { RowClass } from '../platform/index.js';
import { AccessLogRow } from './storage/access-log.rows.js';
import { ConsentRow, ConsentTranscriptRow } from './storage/consent.rows.js';
import { IdentifierClaimRow, LearnerIdentifierRow, LearnerRow } from './storage/learner.rows.js';

export type { IdentifierKey, Learner, LinkedIdentifier, Proof, ProvenIdentifier } from './domain/index.js';
export { LearnersModule } from './learners.module.js';
export { type LearnerDetails, LearnersService } from './learners.service.js';
export { accessEntries, type AccessedResource, logAccessSql } from './storage/access-log.store.js';

/** What the module keeps in the database. */
export const learnerRows: readonly RowClass[] = [
  LearnerRow,
  LearnerIdentifierRow,
  IdentifierClaimRow,
  ConsentRow,
  ConsentTranscriptRow,
  AccessLogRow,
];
