import type { RowClass } from '../platform/index.js';
import { EvaluationRow } from './storage/evaluation.rows.js';

export { EvaluationModule } from './evaluation.module.js';
export { EvaluationsService } from './evaluations.service.js';
export type { EvaluationOutcome, EvaluationResult } from './domain/index.js';

/** What the module keeps in the database. */
export const evaluationRows: readonly RowClass[] = [EvaluationRow];
