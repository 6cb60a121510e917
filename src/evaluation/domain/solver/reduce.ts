import { indexAt, numberAt } from './entries.js';
import type { Problem } from './incumbent.js';
import { Program, toRow, type Row, type Term } from './program.js';

/** Passes over the rows; bounds that still move after so many move little. */
const mostPasses = 6;

/** A problem over the columns that can still move, each measured from its lower bound. */
export interface Reduced {
  readonly problem: Problem;
  /** Of the whole problem's objective, what the columns left out and the lower bounds bring. */
  readonly base: number;
  /** The point of the whole problem for one of this. */
  readonly expand: (point: Float64Array) => Float64Array;
}

/** Draws bounds in as far as the rows force them to, and leaves fixed columns and idle rows out. Undefined when a row cannot hold. */
export function reduce({ program, rows, objective, unit, box }: Problem): Reduced | undefined {
  const [lower, upper] = [box.lower.slice(), box.upper.slice()];
  if (!drawIn(rows, lower, upper)) return undefined;
  const reduced = new Program();
  const position = new Map<number, number>();
  for (const [column, stage] of program.stage.entries()) {
    const width = numberAt(upper, column) - numberAt(lower, column);
    if (width > 0) position.set(column, reduced.addColumn(width, stage));
  }
  for (const row of rows) {
    const { terms, base } = over(row, position, lower);
    reduced.addRow(terms, row.bound - base);
  }
  const { terms, base } = over(objective, position, lower);
  const expand = (point: Float64Array): Float64Array => {
    const whole = lower.slice();
    for (const [column, here] of position) whole[column] = numberAt(whole, column) + numberAt(point, here);
    return whole;
  };
  const own = { lower: new Float64Array(reduced.upper.length), upper: Float64Array.from(reduced.upper) };
  return { problem: { program: reduced, rows: reduced.rows, box: own, objective: toRow(terms, 0), unit }, base, expand };
}

/** A row's terms over the columns that are left, and what the others and the lower bounds make of it. */
function over(
  { columns, coefficients }: Row,
  position: ReadonlyMap<number, number>,
  lower: Float64Array,
): { readonly terms: Term[]; readonly base: number } {
  const terms: Term[] = [];
  let base = 0;
  columns.forEach((column, term) => {
    const coefficient = numberAt(coefficients, term);
    base += coefficient * numberAt(lower, column);
    const here = position.get(column);
    if (here !== undefined) terms.push([here, coefficient]);
  });
  return { terms, base };
}

/** False when a row cannot hold. */
function drawIn(rows: readonly Row[], lower: Float64Array, upper: Float64Array): boolean {
  let moved = true;
  for (let pass = 0; pass < mostPasses && moved; pass += 1) {
    moved = false;
    for (const row of rows) {
      const room = row.bound - leastOf(row, lower, upper);
      if (room < 0) return false;
      moved = drawInBy(row, room, lower, upper) || moved;
    }
  }
  return true;
}

function leastOf({ columns, coefficients }: Row, lower: Float64Array, upper: Float64Array): number {
  let least = 0;
  for (let term = 0; term < columns.length; term += 1) {
    const coefficient = numberAt(coefficients, term);
    least += coefficient * numberAt(coefficient > 0 ? lower : upper, indexAt(columns, term));
  }
  return least;
}

/** Answers whether a bound moved. */
function drawInBy({ columns, coefficients }: Row, room: number, lower: Float64Array, upper: Float64Array): boolean {
  let moved = false;
  for (let term = 0; term < columns.length; term += 1) {
    const [column, coefficient] = [indexAt(columns, term), numberAt(coefficients, term)];
    const [least, most] = [numberAt(lower, column), numberAt(upper, column)];
    const size = Math.abs(coefficient);
    if (least === most || size * (most - least) <= room) continue;
    const step = Math.floor(room / size);
    if (coefficient > 0) upper[column] = least + step;
    else lower[column] = most - step;
    moved = true;
  }
  return moved;
}
