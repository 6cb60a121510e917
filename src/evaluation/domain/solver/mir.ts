import { gcd } from '../arithmetic.js';
import type { Box } from './bound.js';
import type { Budget } from './budget.js';
import { indexAt, numberAt } from './entries.js';
import { toRow, valueOf, type Row, type Term } from './program.js';
import { isWhole } from './vertex.js';

/** A row that every whole point keeps to and a vertex does not, and how far the vertex is from it. */
export interface Cut {
  readonly cut: Row;
  readonly violation: number;
}

/** Rows summed up at most, beside the first. */
const mostSummed = 5;
/** Divisors tried of a row. */
const mostDivisors = 8;
/** Numbers beyond this, and longer sums, make cuts that floating point does not bear well. */
const largest = 1e7;
const longest = 400;
/** Sums of products below this are exact, whatever is added up on the way. */
const exactLimit = 2 ** 52;
const tight = 1e-6;
/** Units of work for each column of a sum, and each divisor tried on it. */
const workPerTerm = 6;
/** A cut has to move the vertex, or it only lengthens the tableau. */
export const leastViolation = 0.02;

/**
 * Mixed-integer rounding: of each tight row over a fractional column, or of its sum with others in which a column that stands between its bounds cancels out.
 * All in whole numbers, so that each cut is true whatever floating point did.
 */
export function findRoundings(rows: readonly Row[], box: Box, vertex: Float64Array, budget: Budget): readonly Cut[] {
  const tightRows = rows.filter((row) => row.bound - valueOf(row, vertex) <= tight);
  const place = new Place(box, vertex);
  const rowsOf = rowsOfMiddles(tightRows, place);
  const rounder = new Rounder(place, budget);
  return tightRows.flatMap((row) => {
    const isFractional = row.columns.some((column) => !isWhole(numberAt(vertex, column)));
    return isFractional ? (rounder.from(row, rowsOf) ?? []) : [];
  });
}

/** Where columns stand, seen from the nearer of their bounds. */
class Place {
  readonly columns: number;
  readonly range: Float64Array;
  readonly nearerBound: Float64Array;
  /** How far a column is from there. */
  readonly distance: Float64Array;
  /** −1 where that is the upper bound. */
  readonly sign: Float64Array;

  constructor({ lower, upper }: Box, vertex: Float64Array) {
    this.columns = vertex.length;
    this.range = vertex.map((_, column) => numberAt(upper, column) - numberAt(lower, column));
    this.sign = vertex.map((value, column) => (2 * value > numberAt(lower, column) + numberAt(upper, column) ? -1 : 1));
    this.nearerBound = this.sign.map((sign, column) => numberAt(sign < 0 ? upper : lower, column));
    this.distance = this.sign.map((sign, column) => Math.max(0, sign * (numberAt(vertex, column) - numberAt(this.nearerBound, column))));
  }
}

/** The rows of each column that counts something and stands between its bounds, with the column's coefficient. */
type RowsOf = ReadonlyMap<number, readonly (readonly [row: Row, coefficient: number])[]>;

function rowsOfMiddles(rows: readonly Row[], place: Place): RowsOf {
  const rowsOf = new Map<number, [Row, number][]>();
  for (const row of rows) {
    row.columns.forEach((column, term) => {
      if (numberAt(place.range, column) <= 1 || numberAt(place.distance, column) <= tight) return;
      const own: [Row, number] = [row, numberAt(row.coefficients, term)];
      const list = rowsOf.get(column);
      if (list === undefined) rowsOf.set(column, [own]);
      else list.push(own);
    });
  }
  return rowsOf;
}

/** Sums rows up, and rounds the sums. */
class Rounder {
  /** The sum: coefficients by column, the columns that have had one, and the bound. */
  private readonly sum: Float64Array;
  private columns: number[] = [];
  private bound = 0;
  private readonly seen: Int32Array;

  constructor(
    private readonly place: Place,
    private readonly budget: Budget,
  ) {
    this.sum = new Float64Array(place.columns);
    this.seen = new Int32Array(place.columns);
  }

  /** The first cut that a row gives, or its sum with one more row after the other. */
  from(start: Row, rowsOf: RowsOf): Cut | undefined {
    this.clear();
    this.add(start, 1);
    const used = new Set([start]);
    for (let summed = 0; summed <= mostSummed && this.isHandy(); summed += 1) {
      const cut = this.round();
      if (cut !== undefined) return cut;
      if (!this.addAnother(used, rowsOf)) return undefined;
    }
    return undefined;
  }

  private isHandy(): boolean {
    const isSmall = (number: number): boolean => Math.abs(number) <= largest;
    return this.columns.length <= longest && isSmall(this.bound) && this.columns.every((column) => isSmall(numberAt(this.sum, column)));
  }

  private clear(): void {
    for (const column of this.columns) {
      this.sum[column] = 0;
      this.seen[column] = 0;
    }
    this.columns = [];
    this.bound = 0;
  }

  private add({ columns, coefficients, bound }: Row, times: number): void {
    for (let term = 0; term < columns.length; term += 1) {
      const column = indexAt(columns, term);
      if (indexAt(this.seen, column) === 0) {
        this.seen[column] = 1;
        this.columns.push(column);
      }
      this.sum[column] = numberAt(this.sum, column) + times * numberAt(coefficients, term);
    }
    this.bound += times * bound;
  }

  /** Adds a row that cancels the column farthest from its bounds; false where there is none. */
  private addAnother(used: Set<Row>, rowsOf: RowsOf): boolean {
    const found = this.rowToAdd(used, rowsOf);
    if (found === undefined) return false;
    used.add(found.row);
    const common = gcd(found.own, found.other);
    const times = found.other / common;
    for (const column of this.columns) this.sum[column] = times * numberAt(this.sum, column);
    this.bound *= times;
    this.add(found.row, found.own / common);
    return true;
  }

  private rowToAdd(used: ReadonlySet<Row>, rowsOf: RowsOf) {
    let found: { readonly row: Row; readonly own: number; readonly other: number } | undefined;
    let farthest = 0;
    for (const column of this.columns) {
      const [own, rows] = [numberAt(this.sum, column), rowsOf.get(column)];
      if (own === 0 || rows === undefined) continue;
      const far = numberAt(this.place.distance, column);
      if (far <= farthest) continue;
      const opposite = rows.find(([row, coefficient]) => !used.has(row) && own * coefficient < 0);
      if (opposite === undefined) continue;
      found = { row: opposite[0], own: Math.abs(own), other: Math.abs(opposite[1]) };
      farthest = far;
    }
    return found;
  }

  /** The best rounding of the sum by a divisor among its coefficients; undefined where none cuts the vertex off. */
  private round(): Cut | undefined {
    const shifted = this.fromBounds();
    const divisors = this.divisorsOf(shifted);
    this.budget.spent += workPerTerm * this.columns.length * (2 + divisors.length);
    let divisor = 0;
    let violation = leastViolation;
    for (const candidate of divisors) {
      const own = this.violationBy(candidate, shifted);
      if (own > violation) [divisor, violation] = [candidate, own];
    }
    const cut = divisor === 0 ? undefined : this.cutBy(divisor, shifted);
    return cut && { cut, violation };
  }

  private fromBounds(): FromBounds {
    const { nearerBound, sign } = this.place;
    const columns = Int32Array.from(this.columns);
    const coefficients = new Float64Array(columns.length);
    let { bound } = this;
    for (let term = 0; term < columns.length; term += 1) {
      const column = indexAt(columns, term);
      const coefficient = numberAt(this.sum, column);
      coefficients[term] = numberAt(sign, column) * coefficient;
      bound -= coefficient * numberAt(nearerBound, column);
    }
    return { columns, coefficients, bound };
  }

  /** Coefficients of columns that stand between their bounds. */
  private divisorsOf({ columns, coefficients }: FromBounds): number[] {
    const divisors: number[] = [];
    for (let term = 0; term < columns.length && divisors.length < mostDivisors; term += 1) {
      const size = Math.abs(numberAt(coefficients, term));
      if (size > 1 && numberAt(this.place.distance, indexAt(columns, term)) > tight && !divisors.includes(size)) divisors.push(size);
    }
    return divisors;
  }

  private violationBy(divisor: number, { columns, coefficients, bound }: FromBounds): number {
    const remainder = remainderOf(bound, divisor);
    if (remainder === 0) return 0;
    let beyond = -(divisor - remainder) * Math.floor(bound / divisor);
    let squares = 0;
    for (let term = 0; term < columns.length; term += 1) {
      const own = roundedBy(divisor, remainder, numberAt(coefficients, term));
      beyond += own * numberAt(this.place.distance, indexAt(columns, term));
      squares += own * own;
    }
    return squares === 0 ? 0 : beyond / Math.sqrt(squares);
  }

  /** The cut over the columns themselves, divided by what its coefficients have in common. Undefined where its numbers are not exact. */
  private cutBy(divisor: number, { columns, coefficients, bound }: FromBounds): Row | undefined {
    const { nearerBound, sign } = this.place;
    const remainder = remainderOf(bound, divisor);
    const terms: Term[] = [];
    let ownBound = (divisor - remainder) * Math.floor(bound / divisor);
    let [common, size] = [0, Math.abs(ownBound)];
    for (const [term, column] of columns.entries()) {
      const own = numberAt(sign, column) * roundedBy(divisor, remainder, numberAt(coefficients, term));
      const from = numberAt(nearerBound, column);
      ownBound += own * from;
      size += Math.abs(own * from) + Math.abs(numberAt(coefficients, term) * from);
      common = gcd(common, own);
      terms.push([column, own]);
    }
    if (size > exactLimit) return undefined;
    return toRow(
      terms.map(([column, own]): Term => [column, own / common]),
      Math.floor(ownBound / common),
    );
  }
}

/** A row in terms of each column's distance from its nearer bound. */
interface FromBounds {
  readonly columns: Int32Array;
  readonly coefficients: Float64Array;
  readonly bound: number;
}

/**
 * Σ a·y ≤ b divided by d: with r the remainder of b, Σ (⌊a / d⌋ + max(0, (a mod d) − r) / (d − r))·y ≤ ⌊b / d⌋ holds for whole y ≥ 0. Times d − r all of it
 * is whole.
 */
function roundedBy(divisor: number, remainder: number, coefficient: number): number {
  const whole = Math.floor(coefficient / divisor);
  return (divisor - remainder) * whole + Math.max(0, coefficient - whole * divisor - remainder);
}

function remainderOf(bound: number, divisor: number): number {
  return bound - Math.floor(bound / divisor) * divisor;
}
