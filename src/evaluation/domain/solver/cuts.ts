import type { Budget } from './budget.js';
import { indexAt, numberAt } from './entries.js';
import { findRoundings, leastViolation, type Cut } from './mir.js';
import { toRow, valueOf, type Row, type Term } from './program.js';
import type { Tableau } from './tableau.js';

/** Multipliers of a basis of such programmes are fractions with small denominators; others give no cut. */
const denominators = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12] as const;
const wholeTolerance = 1e-6;
const mostCuts = 16;
/** Units of work for each term of a sum of rows. */
const workPerTerm = 20;

/** Rows that cut a fractional vertex off, the deepest first. */
export function findCuts(tableau: Tableau, rows: readonly Row[], vertex: Float64Array, budget: Budget): Row[] {
  const cuts = [...findCombinations(tableau, rows, vertex, budget), ...findRoundings(rows, tableau, vertex, budget)];
  cuts.sort((a, b) => b.violation - a.violation);
  return distinct(cuts.map(({ cut }) => cut)).slice(0, mostCuts);
}

function distinct(cuts: readonly Row[]): Row[] {
  return [...new Map(cuts.map((cut) => [`${cut.columns.join()} ${cut.coefficients.join()} ${String(cut.bound)}`, cut])).values()];
}

/**
 * Chvátal–Gomory cuts at a fractional vertex: a sum of rows with fractional weights, rounded down, holds for every whole point. The weights come
 * from the tableau, but are read as exact fractions u/q, so that each cut is derived in whole numbers and true whatever floating point did.
 */
function findCombinations(tableau: Tableau, rows: readonly Row[], vertex: Float64Array, budget: Budget): readonly Cut[] {
  return tableau.fractionalRows(vertex.length).flatMap((row): Cut[] => {
    const weighted = weightedRows(tableau, rows, row, vertex.length);
    budget.spent += vertex.length;
    if (weighted === undefined) return [];
    budget.spent += workPerTerm * weighted.rows.reduce((sum, [{ columns }]) => sum + columns.length, 0);
    const cut = roundDown(weighted, tableau.upper, vertex);
    const length = Math.sqrt(cut.coefficients.reduce((sum, coefficient) => sum + coefficient * coefficient, 0));
    const violation = (valueOf(cut, vertex) - cut.bound) / length;
    return violation > leastViolation ? [{ cut, violation }] : [];
  });
}

/** Rows, and how many q-ths of each; q the same for all. */
interface Weighted {
  readonly rows: readonly (readonly [row: Row, weight: number])[];
  readonly q: number;
}

function weightedRows(tableau: Tableau, rows: readonly Row[], row: number, columns: number): Weighted | undefined {
  const fractions = new Float64Array(rows.length);
  tableau.rowMultipliers(row, (variable, coefficient) => {
    const fraction = coefficient - Math.floor(coefficient);
    if (variable >= columns && fraction > wholeTolerance && fraction < 1 - wholeTolerance) fractions[variable - columns] = fraction;
  });
  const q = denominators.find((denominator) => fractions.every((fraction) => isWhole(fraction * denominator)));
  if (q === undefined) return undefined;
  const weighted = rows.flatMap((own, index): [Row, number][] => {
    const weight = Math.round(numberAt(fractions, index) * q);
    return weight > 0 ? [[own, weight]] : [];
  });
  return weighted.length === 0 ? undefined : { rows: weighted, q };
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < wholeTolerance * 10;
}

/** The weighted sum of rows over all columns, in whole numbers. */
function sumOf(rows: Weighted['rows'], columns: number): { readonly coefficients: Float64Array; readonly bound: number } {
  const sum = new Float64Array(columns);
  let bound = 0;
  for (const [row, weight] of rows) {
    for (let term = 0; term < row.columns.length; term += 1) {
      const column = indexAt(row.columns, term);
      sum[column] = numberAt(sum, column) + weight * numberAt(row.coefficients, term);
    }
    bound += weight * row.bound;
  }
  return { coefficients: sum, bound };
}

/** Each coefficient goes down to a multiple of q, since columns are not negative; of a column at its upper bound up, paid for by that bound. */
function roundDown({ rows, q }: Weighted, upper: Float64Array, vertex: Float64Array): Row {
  const sum = sumOf(rows, vertex.length);
  const terms: Term[] = [];
  let { bound } = sum;
  for (let column = 0; column < vertex.length; column += 1) {
    const coefficient = numberAt(sum.coefficients, column);
    if (coefficient === 0) continue;
    const [less, more] = [Math.floor(coefficient / q), Math.ceil(coefficient / q)];
    const most = numberAt(upper, column);
    const isRaised = less < more && numberAt(vertex, column) >= most - 0.5;
    if (isRaised) bound += (more * q - coefficient) * most;
    terms.push([column, isRaised ? more : less]);
  }
  return toRow(terms, Math.floor(bound / q));
}
