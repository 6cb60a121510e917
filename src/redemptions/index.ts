import type { RowClass } from '../platform/index.js';
import { RedemptionEntryRow } from './storage/redemption.rows.js';

export type { RecordedEntry, RedemptionEntry } from './domain/index.js';
export { RedemptionsModule } from './redemptions.module.js';
export { RedemptionsService, type Use } from './redemptions.service.js';
export { type LearnerFacts, type LearnerFactsWish, loadLearnerForEvaluation, type RedemptionFacts } from './learner-facts.js';

/** What the module keeps in the database. */
export const redemptionRows: readonly RowClass[] = [RedemptionEntryRow];
