import { toRow, valueOf, type Row, type Term } from './program.js';
import type { Tableau } from './tableau.js';

/** Multipliers of a basis of such programmes are fractions with small denominators; others give no cut. */
const denominators = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12] as const;
const wholeTolerance = 1e-6;
/** A cut has to move the vertex, or it only lengthens the tableau. */
const leastViolation = 0.02;
const mostCuts = 6;

/**
 * Chvátal–Gomory cuts at a fractional vertex: a sum of rows with fractional weights, rounded down, holds for every whole point. The weights come
 * from the tableau, but are read as exact fractions u/q, so that each cut is derived in whole numbers and true whatever floating point did.
 */
export function findCuts(tableau: Tableau, rows: readonly Row[], columns: number, vertex: readonly number[]): Row[] {
  const cuts: { readonly cut: Row; readonly violation: number }[] = [];
  for (const row of tableau.fractionalRows(columns)) {
    const cut = cutOf(tableau, rows, columns, row, vertex);
    if (cut === undefined) continue;
    const violation =
      (valueOf(cut, vertex) - cut.bound) / Math.sqrt(cut.coefficients.reduce((sum, coefficient) => sum + coefficient * coefficient, 0));
    if (violation > leastViolation) cuts.push({ cut, violation });
  }
  cuts.sort((a, b) => b.violation - a.violation);
  return distinct(cuts.map(({ cut }) => cut)).slice(0, mostCuts);
}

function distinct(cuts: readonly Row[]): Row[] {
  return [...new Map(cuts.map((cut) => [`${cut.columns.join()} ${cut.coefficients.join()} ${String(cut.bound)}`, cut])).values()];
}

function cutOf(tableau: Tableau, rows: readonly Row[], columns: number, row: number, vertex: readonly number[]): Row | undefined {
  const weights: (readonly [row: number, weight: number])[] = [];
  tableau.rowMultipliers(row, (variable, coefficient) => {
    const fraction = coefficient - Math.floor(coefficient);
    if (variable >= columns && fraction > wholeTolerance && fraction < 1 - wholeTolerance) weights.push([variable - columns, fraction]);
  });
  const q = denominators.find((denominator) => weights.every(([, weight]) => isWhole(weight * denominator)));
  if (q === undefined || weights.length === 0) return undefined;
  return roundDown(sumOf(rows, weights, q), q, tableau, vertex);
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < wholeTolerance * 10;
}

/** q times the weighted sum of rows, in whole numbers. */
function sumOf(rows: readonly Row[], weights: readonly (readonly [row: number, weight: number])[], q: number): Row {
  const terms: Term[] = [];
  let bound = 0;
  for (const [index, weight] of weights) {
    const row = rows[index];
    const times = Math.round(weight * q);
    if (row === undefined) continue;
    row.columns.forEach((column, at) => terms.push([column, times * (row.coefficients[at] ?? 0)]));
    bound += times * row.bound;
  }
  return toRow(terms, bound);
}

/** Each coefficient goes down to a multiple of q, since columns are not negative; of a column at its upper bound up, paid for by that bound. */
function roundDown(sum: Row, q: number, tableau: Tableau, vertex: readonly number[]): Row {
  let bound = sum.bound;
  const terms = sum.columns.map((column, at): Term => {
    const coefficient = sum.coefficients[at] ?? 0;
    const [lower, upper] = [Math.floor(coefficient / q), Math.ceil(coefficient / q)];
    const most = tableau.upper[column] ?? 0;
    if (lower === upper || (vertex[column] ?? 0) < most - 0.5) return [column, lower];
    bound += (upper * q - coefficient) * most;
    return [column, upper];
  });
  return toRow(terms, Math.floor(bound / q));
}
