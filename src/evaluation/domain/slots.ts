import type { CandidateAward } from './candidate.js';
import type { HomeCourse } from './input.js';
import type { Filler } from './requirements.js';
import type { Term } from './solver/program.js';

/** An award of a candidate application, or a home course, as one thing that can fill requirements. */
export interface Slot {
  readonly filler: Filler;
  readonly application?: number;
  readonly award?: CandidateAward;
  readonly home?: HomeCourse;
  readonly transferred: boolean;
  readonly mooc: boolean;
  readonly passFail: boolean;
  /** The leaves it may fill, by id. */
  readonly leaves: readonly number[];
}

/** A slot in a leaf: the column that says so, and what then counts there, in units (nothing is counted in a named course). */
export interface Placement {
  readonly slot: number;
  readonly leaf: number;
  readonly column: number;
  readonly amount: readonly Term[];
}
