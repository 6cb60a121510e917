import { numberAt } from './entries.js';

/** A column that a node was made by moving a bound of: which way, how far its value was from there, and what the objective was before. */
export interface Branch {
  readonly column: number;
  readonly up: boolean;
  readonly distance: number;
  readonly objective: number;
}

/** So that a side of which nothing is lost does not make the other one count for nothing. */
const leastLoss = 1e-4;

/**
 * What branching on a column has cost the objective so far, for each whole step up or down (pseudo-costs): a column that costs much on both sides
 * is the one to branch on. Columns without experience are taken for average.
 */
export class BranchingCosts {
  private readonly down: Side;
  private readonly up: Side;

  constructor(columns: number) {
    this.down = new Side(columns);
    this.up = new Side(columns);
  }

  learn({ column, up, distance, objective }: Branch, after: number): void {
    (up ? this.up : this.down).learn(column, Math.max(0, objective - after) / distance);
  }

  /** How good it seems to branch on a column whose value lies so far above the whole number below. */
  score(column: number, fraction: number): number {
    const down = Math.max(leastLoss, this.down.rate(column) * fraction);
    const up = Math.max(leastLoss, this.up.rate(column) * (1 - fraction));
    return down * up;
  }
}

/** What going one way has cost. */
class Side {
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;
  private total = 0;
  private seen = 0;

  constructor(columns: number) {
    this.sums = new Float64Array(columns);
    this.counts = new Float64Array(columns);
  }

  learn(column: number, rate: number): void {
    this.sums[column] = numberAt(this.sums, column) + rate;
    this.counts[column] = numberAt(this.counts, column) + 1;
    this.total += rate;
    this.seen += 1;
  }

  rate(column: number): number {
    const average = this.total === 0 ? 1 : this.total / this.seen;
    return (numberAt(this.sums, column) + average) / (numberAt(this.counts, column) + 1);
  }
}
