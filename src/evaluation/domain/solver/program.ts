/**
 * An integer programme in the form the allocation needs: non-negative whole variables with an upper bound, rows `Σ a·x ≤ b` with whole
 * coefficients and b ≥ 0, so that x = 0 is always feasible. Objectives are given one after another, each to be maximised.
 */
export class Program {
  readonly upper: number[] = [];
  readonly stage: number[] = [];
  readonly rows: Row[] = [];

  addColumn(upper: number, stage: Stage): number {
    this.upper.push(upper);
    this.stage.push(stage);
    return this.upper.length - 1;
  }

  /** Decisions are branched on before the amounts and indicators that follow from them. */
  isDecision(column: number): boolean {
    return (this.stage[column] ?? 0) <= stages.placement;
  }

  /** A burden is only as large as some row asks. */
  isBurden(column: number): boolean {
    return this.stage[column] === stages.burden;
  }

  /** Terms of one column are added up. A row that no solution can break is left out. */
  addRow(terms: readonly Term[], bound: number): void {
    const row = toRow(terms, bound);
    let most = 0;
    row.columns.forEach((column, at) => (most += Math.max(0, row.coefficients[at] ?? 0) * (this.upper[column] ?? 0)));
    if (most > bound) this.rows.push(row);
  }
}

/** What a column stands for, in the order in which a point is built up. */
export const stages = { application: 0, grant: 1, placement: 2, consequence: 3, burden: 4 } as const;
export type Stage = (typeof stages)[keyof typeof stages];

export type Term = readonly [column: number, coefficient: number];

export interface Row {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  readonly bound: number;
}

export function toRow(terms: readonly Term[], bound: number): Row {
  const sum = new Map<number, number>();
  for (const [column, coefficient] of terms) sum.set(column, (sum.get(column) ?? 0) + coefficient);
  const kept = [...sum].filter(([, coefficient]) => coefficient !== 0);
  return { columns: kept.map(([column]) => column), coefficients: kept.map(([, coefficient]) => coefficient), bound };
}

/** The value of a linear form at a whole point; exact while it stays below 2^53. */
export function valueOf(row: Row, point: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < row.columns.length; at += 1) sum += (row.coefficients[at] ?? 0) * (point[row.columns[at] ?? 0] ?? 0);
  return sum;
}
