import type { Box } from './bound.js';
import { numberAt } from './entries.js';
import { valueOf, type Program, type Row } from './program.js';

/** What is sought: the most of an objective over the whole points inside a box and rows. */
export interface Problem {
  readonly program: Program;
  /** The programme's rows, sharpened, and what was added to them. */
  readonly rows: readonly Row[];
  readonly box: Box;
  readonly objective: Row;
  /** Every value of the objective is a multiple of this. */
  readonly unit: number;
}

/** The best point known of a problem. */
export class Incumbent {
  private best: Float64Array | undefined;
  private bestValue: number;

  /** Without a point, only what is better than `floor` is of use. */
  constructor(
    private readonly problem: Problem,
    point: Float64Array | undefined,
    floor = -Infinity,
  ) {
    this.best = point;
    this.bestValue = point === undefined ? floor : valueOf(problem.objective, point);
  }

  get point(): Float64Array | undefined {
    return this.best;
  }

  get value(): number {
    return this.bestValue;
  }

  /** Takes a whole point when it is better and, counted exactly, keeps to every bound and row. */
  offer(point: Float64Array): void {
    const value = valueOf(this.problem.objective, point);
    if (value <= this.bestValue || !this.isFeasible(point)) return;
    this.best = point;
    this.bestValue = value;
  }

  private isFeasible(point: Float64Array): boolean {
    const { box, rows } = this.problem;
    const isInside = point.every((value, column) => value >= numberAt(box.lower, column) && value <= numberAt(box.upper, column));
    return isInside && rows.every((row) => valueOf(row, point) <= row.bound);
  }
}
