import { indexAt, numberAt } from './entries.js';
import type { Row } from './program.js';

/** Multipliers are rounded to multiples of 1 / scale; any non-negative multipliers prove a bound, so rounding costs sharpness, never truth. */
const scale = 2 ** 20;
const exactLimit = 2 ** 53;

/** Where columns may stand: each from its lower to its upper bound. */
export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A bound on an objective over a box and rows `Σ a·x ≤ b`, proven by weak duality in whole numbers. */
export interface DualBound {
  /** scale × an upper bound of the objective. */
  readonly scaled: number;
  /** Per column scale × its profit after the multipliers have priced the rows. */
  readonly profits: Float64Array;
}

/**
 * Σ y·b + Σ_j max over the box of (c_j − Σ y·a_j)·x_j bounds c·x from above for any y ≥ 0. Undefined when the arithmetic would leave the
 * whole numbers that a double holds exactly. The box may have bounds of slacks behind those of the columns.
 */
export function dualBound(
  objective: Row | undefined,
  rows: readonly Row[],
  multiplier: (row: number) => number,
  { lower, upper }: Box,
  columns: number,
): DualBound | undefined {
  const profits = new Float64Array(columns);
  let size = objective === undefined ? 0 : addTo(profits, objective, scale);
  let scaled = 0;
  for (const [index, row] of rows.entries()) {
    const weight = Math.round(multiplier(index) * scale);
    if (weight <= 0) continue;
    scaled += weight * row.bound;
    size += Math.abs(weight * row.bound) + addTo(profits, row, -weight);
  }
  for (let column = 0; column < columns; column += 1) {
    const profit = numberAt(profits, column);
    if (profit === 0) continue;
    const best = profit * numberAt(profit > 0 ? upper : lower, column);
    scaled += best;
    size += Math.abs(best);
  }
  return size < exactLimit ? { scaled, profits } : undefined;
}

/** Adds so many times a row's coefficients; answers the sum of the absolute amounts. */
function addTo(profits: Float64Array, { columns, coefficients }: Row, times: number): number {
  let size = 0;
  for (let term = 0; term < columns.length; term += 1) {
    const column = indexAt(columns, term);
    const amount = times * numberAt(coefficients, term);
    profits[column] = numberAt(profits, column) + amount;
    size += Math.abs(amount);
  }
  return size;
}

/** The greatest multiple of `unit` that a bound allows. */
export function floorToUnit(bound: DualBound, unit: number): number {
  let multiple = Math.floor(bound.scaled / (scale * unit));
  while (multiple * scale * unit > bound.scaled) multiple -= 1;
  while ((multiple + 1) * scale * unit <= bound.scaled) multiple += 1;
  return multiple * unit;
}

/** True when a column cannot leave its lower (upper) bound by a whole step without the objective falling below `floor`. */
export function holdsAtLower(bound: DualBound, column: number, floor: number): boolean {
  const profit = numberAt(bound.profits, column);
  return profit < 0 && bound.scaled + profit < floor * scale;
}

export function holdsAtUpper(bound: DualBound, column: number, floor: number): boolean {
  const profit = numberAt(bound.profits, column);
  return profit > 0 && bound.scaled - profit < floor * scale;
}
