import { at } from '../../../kernel/index.js';
import { indexAt, indicesWhere, numberAt, picked } from './entries.js';

/**
 * An integer programme in the form the allocation needs: non-negative whole variables with an upper bound, rows `Σ a·x ≤ b` with whole
 * coefficients and b ≥ 0, so that x = 0 is always feasible. Objectives are given one after another, each to be maximised.
 */
export class Program {
  readonly upper: number[] = [];
  readonly stage: Stage[] = [];
  readonly rows: Row[] = [];

  addColumn(upper: number, stage: Stage): number {
    this.upper.push(upper);
    this.stage.push(stage);
    return this.upper.length - 1;
  }

  /** Decisions are branched on before the amounts and indicators that follow from them. */
  isDecision(column: number): boolean {
    return at(this.stage, column) <= stages.placement;
  }

  /** A burden is only as large as some row asks. */
  isBurden(column: number): boolean {
    return at(this.stage, column) === stages.burden;
  }

  /** Terms of one column are added up. A row that no solution can break is left out. */
  addRow(terms: readonly Term[], bound: number): void {
    const row = toRow(terms, bound);
    let most = 0;
    row.columns.forEach((column, index) => (most += Math.max(0, numberAt(row.coefficients, index)) * at(this.upper, column)));
    if (most > bound) this.rows.push(row);
  }
}

/** What a column stands for, in the order in which a point is built up. */
export const stages = { application: 0, grant: 1, placement: 2, consequence: 3, burden: 4 } as const;
export type Stage = (typeof stages)[keyof typeof stages];

export type Term = readonly [column: number, coefficient: number];

/** Σ coefficient · column, of each column once; as a constraint at most `bound`. */
export interface Row {
  readonly columns: Int32Array;
  readonly coefficients: Float64Array;
  readonly bound: number;
}

/** Terms of one column are added up. */
export function toRow(terms: readonly Term[], bound: number): Row {
  const columns = new Int32Array(terms.length);
  const sums = new Float64Array(terms.length);
  const places = new Map<number, number>();
  for (const [column, coefficient] of terms) {
    const place = places.get(column) ?? places.size;
    places.set(column, place);
    columns[place] = column;
    sums[place] = numberAt(sums, place) + coefficient;
  }
  const kept = indicesWhere(places.size, (place) => numberAt(sums, place) !== 0);
  return { columns: kept.map((place) => indexAt(columns, place)), coefficients: picked(sums, kept), bound };
}

/** That a linear form is at least so much, as a row. */
export function atLeast({ columns, coefficients }: Row, least: number): Row {
  return { columns, coefficients: coefficients.map((coefficient) => -coefficient), bound: -least };
}

/** The value of a linear form at a point; exact at a whole one while it stays below 2^53. */
export function valueOf({ columns, coefficients }: Row, point: Float64Array): number {
  let sum = 0;
  for (let term = 0; term < columns.length; term += 1) sum += numberAt(coefficients, term) * numberAt(point, indexAt(columns, term));
  return sum;
}
