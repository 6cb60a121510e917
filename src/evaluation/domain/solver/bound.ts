import type { Row } from './program.js';

/** Multipliers are rounded to multiples of 1 / scale; any non-negative multipliers prove a bound, so rounding costs sharpness, never truth. */
const scale = 2 ** 20;
const exactLimit = 2 ** 53;

/** A bound on an objective over a box and rows `Σ a·x ≤ b`, proven by weak duality in whole numbers. */
export interface DualBound {
  /** scale × an upper bound of the objective. */
  readonly scaled: number;
  /** Per column scale × its profit after the multipliers have priced the rows. */
  readonly profits: Float64Array;
}

/**
 * Σ y·b + Σ_j max over the box of (c_j − Σ y·a_j)·x_j bounds c·x from above for any y ≥ 0. Undefined when the arithmetic would leave the
 * whole numbers that a double holds exactly.
 */
export function dualBound(
  objective: Row | undefined,
  rows: readonly Row[],
  multiplier: (row: number) => number,
  lower: readonly number[],
  upper: readonly number[],
  columns: number,
): DualBound | undefined {
  const profits = new Float64Array(columns);
  let size = 0;
  let scaled = 0;
  objective?.columns.forEach((column, at) => {
    profits[column] = scale * (objective.coefficients[at] ?? 0);
    size += Math.abs(profits[column]);
  });
  for (let index = 0; index < rows.length; index += 1) {
    const weight = Math.round(multiplier(index) * scale);
    const row = rows[index];
    if (weight <= 0 || row === undefined) continue;
    scaled += weight * row.bound;
    size += Math.abs(weight * row.bound);
    for (let at = 0; at < row.columns.length; at += 1) {
      const column = row.columns[at] ?? 0;
      const amount = weight * (row.coefficients[at] ?? 0);
      profits[column] = (profits[column] ?? 0) - amount;
      size += Math.abs(amount);
    }
  }
  for (let column = 0; column < columns; column += 1) {
    const profit = profits[column] ?? 0;
    if (profit === 0) continue;
    const best = profit * ((profit > 0 ? upper[column] : lower[column]) ?? 0);
    scaled += best;
    size += Math.abs(best);
  }
  return size < exactLimit ? { scaled, profits } : undefined;
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
  const profit = bound.profits[column] ?? 0;
  return profit < 0 && bound.scaled + profit < floor * scale;
}

export function holdsAtUpper(bound: DualBound, column: number, floor: number): boolean {
  const profit = bound.profits[column] ?? 0;
  return profit > 0 && bound.scaled - profit < floor * scale;
}
