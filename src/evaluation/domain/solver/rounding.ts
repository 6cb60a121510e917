import { at } from '../../../kernel/index.js';
import { numberAt } from './entries.js';
import type { Box } from './bound.js';
import type { Program } from './program.js';

/** A column's row and its coefficient there. */
type Entry = readonly [row: number, coefficient: number];

/**
 * Makes whole points out of fractional ones, quickly and without promise: stage by stage, and within a stage the columns that stand highest
 * first, each column is made as large as the rows allow; amounts first as large as in the vertex, then as large as they may. A burden, such as a
 * loss, is raised until the rows that ask for it hold.
 */
export class Rounding {
  private readonly entriesOf: readonly (readonly Entry[])[];
  /** Rows that a burden can always mend. */
  private readonly mendable: ReadonlySet<number>;

  constructor(private readonly program: Program) {
    const entriesOf = program.upper.map((): Entry[] => []);
    const mendable = new Set<number>();
    for (const [row, { columns, coefficients }] of program.rows.entries()) {
      columns.forEach((column, term) => {
        const coefficient = numberAt(coefficients, term);
        at(entriesOf, column).push([row, coefficient]);
        if (coefficient < 0 && program.isBurden(column)) mendable.add(row);
      });
    }
    this.entriesOf = entriesOf;
    this.mendable = mendable;
  }

  /** A point near a vertex; feasible for the programme's own rows more often than not. */
  round(vertex: Float64Array, box: Box): Float64Array {
    const { program } = this;
    const point = new Point(this.program, this.entriesOf, this.mendable, box);
    const order = Int32Array.from(vertex.keys()).sort((a, b) => this.compare(a, b, vertex));
    const most = (column: number): number => numberAt(box.upper, column);
    const asInVertex = (column: number): number => Math.min(most(column), Math.ceil(numberAt(vertex, column) - 1e-6));
    for (const column of order) if (program.isDecision(column)) point.raiseTo(column, most(column));
    for (const column of order) if (!program.isDecision(column) && !program.isBurden(column)) point.raiseTo(column, asInVertex(column));
    for (const column of order) if (!program.isDecision(column)) point.raiseTo(column, most(column));
    return point.values;
  }

  private compare(a: number, b: number, vertex: Float64Array): number {
    const stage = at(this.program.stage, a) - at(this.program.stage, b);
    if (stage !== 0) return stage;
    const height = numberAt(vertex, b) - numberAt(vertex, a);
    // Amounts and indicators stand on one another in the order in which they were made.
    return this.program.isDecision(a) && height !== 0 ? height : a - b;
  }
}

/** A point that is built up from the lower bounds, and what it leaves of each row. */
class Point {
  readonly values: Float64Array;
  private readonly slack: Float64Array;

  constructor(
    private readonly program: Program,
    private readonly entriesOf: readonly (readonly Entry[])[],
    private readonly mendable: ReadonlySet<number>,
    { lower }: Box,
  ) {
    this.values = lower.slice(0, program.upper.length);
    this.slack = Float64Array.from(program.rows, ({ bound }) => bound);
    this.values.forEach((value, column) => {
      if (value !== 0) this.lower(column, value);
    });
  }

  raiseTo(column: number, most: number): void {
    const step = Math.min(most - numberAt(this.values, column), this.room(column));
    if (step <= 0) return;
    this.values[column] = numberAt(this.values, column) + step;
    this.lower(column, step);
  }

  /** Takes so many steps of a column from what its rows have left. */
  private lower(column: number, step: number): void {
    for (const [row, coefficient] of at(this.entriesOf, column)) this.slack[row] = numberAt(this.slack, row) - coefficient * step;
  }

  /** How far a column may go up. What a row lacks already asks for more of a column that lowers it, and for none of one that raises it. */
  private room(column: number): number {
    const isBurden = this.program.isBurden(column);
    let [room, wanted] = [Infinity, Infinity];
    for (const [row, coefficient] of at(this.entriesOf, column)) {
      const left = numberAt(this.slack, row);
      if (coefficient > 0 && !this.mendable.has(row)) room = Math.min(room, Math.floor(Math.max(0, left) / coefficient));
      else if (isBurden) wanted = Math.min(wanted, Math.ceil(Math.max(0, -left) / -coefficient));
    }
    return isBurden ? Math.min(room, wanted) : room;
  }
}
