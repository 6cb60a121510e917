import type { Program } from './program.js';

/**
 * Makes whole points out of fractional ones, quickly and without promise: stage by stage, and within a stage the columns that stand highest
 * first, each column is made as large as the rows allow; amounts first as large as in the vertex, then as large as they may. A burden, such as a
 * loss, is raised until the rows that ask for it hold.
 */
export class Rounding {
  private readonly rowsOf: (readonly (readonly [row: number, coefficient: number])[])[];
  /** Rows that a burden can always mend. */
  private readonly mendable: readonly boolean[];

  constructor(private readonly program: Program) {
    const rowsOf = program.upper.map((): [number, number][] => []);
    program.rows.forEach(({ columns, coefficients }, row) => {
      columns.forEach((column, at) => rowsOf[column]?.push([row, coefficients[at] ?? 0]));
    });
    this.rowsOf = rowsOf;
    this.mendable = program.rows.map(({ columns, coefficients }) =>
      columns.some((column, at) => program.isBurden(column) && (coefficients[at] ?? 0) < 0),
    );
  }

  /** A point near a vertex; feasible for the programme's own rows more often than not. */
  round(vertex: readonly number[], lower: readonly number[], upper: readonly number[]): number[] {
    const { program } = this;
    const point = [...lower];
    const slack = program.rows.map(({ columns, coefficients, bound }) =>
      columns.reduce((left, column, at) => left - (coefficients[at] ?? 0) * (point[column] ?? 0), bound),
    );
    const order = [...program.upper.keys()].sort((a, b) => this.compare(a, b, vertex));
    const raiseTo = (column: number, most: number): void => {
      const step = Math.min(most - (point[column] ?? 0), this.room(column, slack));
      if (step > 0) this.raise(column, step, point, slack);
    };
    for (const column of order) if (program.isDecision(column)) raiseTo(column, upper[column] ?? 0);
    for (const column of order)
      if (!program.isDecision(column) && !program.isBurden(column))
        raiseTo(column, Math.min(upper[column] ?? 0, Math.ceil((vertex[column] ?? 0) - 1e-6)));
    for (const column of order) if (!program.isDecision(column)) raiseTo(column, upper[column] ?? 0);
    return point;
  }

  private compare(a: number, b: number, vertex: readonly number[]): number {
    const stage = (this.program.stage[a] ?? 0) - (this.program.stage[b] ?? 0);
    if (stage !== 0) return stage;
    const [first, second] = [vertex[a] ?? 0, vertex[b] ?? 0];
    // Amounts and indicators stand on one another in the order in which they were made.
    return this.program.isDecision(a) && first !== second ? second - first : a - b;
  }

  /** How far a column may go up. What a row lacks already asks for more of a column that lowers it, and for none of one that raises it. */
  private room(column: number, slack: readonly number[]): number {
    let [room, wanted] = [Infinity, Infinity];
    for (const [row, coefficient] of this.rowsOf[column] ?? []) {
      const left = slack[row] ?? 0;
      if (coefficient > 0 && this.mendable[row] !== true) room = Math.min(room, Math.floor(Math.max(0, left) / coefficient));
      else if (this.program.isBurden(column)) wanted = Math.min(wanted, Math.ceil(Math.max(0, -left) / -coefficient));
    }
    return this.program.isBurden(column) ? Math.min(room, wanted) : room;
  }

  private raise(column: number, step: number, point: number[], slack: number[]): void {
    point[column] = (point[column] ?? 0) + step;
    for (const [row, coefficient] of this.rowsOf[column] ?? []) slack[row] = (slack[row] ?? 0) - coefficient * step;
  }
}
