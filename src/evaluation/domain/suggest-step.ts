import type { EvaluationInput } from './input.js';
import type { Change } from './result.js';

/** One thing changed, and the input as it is then. */
export interface Step {
  readonly change: Change;
  readonly apply: (input: EvaluationInput) => EvaluationInput;
}

/** What would have to change, all of it. */
export type Proposal = readonly Step[];

/** The most changes of one proposal. */
export const mostChanges = 4;
