import type { RowClass } from '../platform/index.js';
import { IdentifierClaimRow, LearnerIdentifierRow, LearnerRow } from './storage/learner.rows.js';

export type { IdentifierKey, Learner, LinkedIdentifier, Proof, ProvenIdentifier } from './domain/index.js';
export { LearnersModule } from './learners.module.js';
export { type LearnerDetails, LearnersService } from './learners.service.js';

/** What the module keeps in the database. */
export const learnerRows: readonly RowClass[] = [LearnerRow, LearnerIdentifierRow, IdentifierClaimRow];
