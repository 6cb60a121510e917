import type { Box } from './bound.js';
import type { Budget } from './budget.js';
import { indexAt, indicesWhere, joinedIndices, joinedNumbers, numberAt, picked } from './entries.js';
import { Matrix } from './matrix.js';
import type { Row } from './program.js';
import type { Steps } from './steps.js';

export const pivotTolerance = 1e-7;
/** Units of work for looking at a row that a pivot may leave as it is: its entry is seldom at hand. */
export const rowVisit = 8;

/**
 * A simplex tableau for bounded variables, condensed to the non-basic columns: basic_i + Σ_j a_ij · nonbasic_j = b_i, where every
 * variable is measured from one of its bounds (from the upper one when flipped), so that non-basic variables stand at 0. The objective
 * z = value − Σ_j d_j · nonbasic_j is maximised. Variables are the programme's columns, then one slack a row.
 */
export class Tableau implements Box {
  lower: Float64Array;
  upper: Float64Array;
  /** 1 for a variable that is measured from its upper bound. */
  private flipped: Int32Array;
  /** Row index of a basic variable; −1 − column index of a non-basic one; `gone` or `parked` once its column has been dropped. */
  private place: Int32Array;
  protected a: Matrix;
  protected b: Float64Array;
  protected basic: Int32Array;
  /** How long a step in a row's direction is, roughly (devex): what a row lacks is measured against it. */
  protected weight: Float64Array;
  protected nonbasic: Int32Array;
  protected d: Float64Array;
  private value = 0;
  /** Pivots since the tableau was last computed from its rows. */
  pivots = 0;

  /** Every column non-basic at its lower bound 0, every slack basic. */
  constructor(
    upper: readonly number[],
    rows: readonly Row[],
    protected readonly budget: Budget,
  ) {
    const [columns, variables] = [upper.length, upper.length + rows.length];
    this.lower = new Float64Array(variables);
    this.upper = new Float64Array(variables).fill(Infinity);
    this.upper.set(upper);
    this.flipped = new Int32Array(variables);
    this.place = Int32Array.from({ length: variables }, (_, variable) => (variable < columns ? -1 - variable : variable - columns));
    this.a = new Matrix(columns);
    this.a.appendZeros(rows.length);
    for (const [index, row] of rows.entries()) spread(row, this.a.row(index));
    this.b = Float64Array.from(rows, ({ bound }) => bound);
    this.basic = Int32Array.from(rows, (_, index) => columns + index);
    this.weight = new Float64Array(rows.length).fill(1);
    this.nonbasic = Int32Array.from(upper, (_, column) => column);
    this.d = new Float64Array(columns);
    this.budget.spent += (rows.length * columns) >> 1;
  }

  /** Becomes a copy of another tableau. */
  protected takeOver(other: Tableau): void {
    for (const name of ['lower', 'upper', 'b', 'weight', 'd'] as const) this[name] = other[name].slice();
    for (const name of ['flipped', 'place', 'basic', 'nonbasic'] as const) this[name] = other[name].slice();
    this.a = other.a.copy();
    this.value = other.value;
    this.pivots = other.pivots;
    this.budget.spent += (this.b.length * this.nonbasic.length) >> 2;
  }

  /** Gives its memory back; the tableau may not be used any more. */
  release(): void {
    this.a.release();
  }

  get objectiveValue(): number {
    return this.value;
  }

  /** The value of a variable at the present vertex. */
  valueOf(variable: number): number {
    const place = indexAt(this.place, variable);
    const offset = place >= 0 ? numberAt(this.b, place) : 0;
    return this.isFlipped(variable) ? numberAt(this.upper, variable) - offset : numberAt(this.lower, variable) + offset;
  }

  isBasic(variable: number): boolean {
    return indexAt(this.place, variable) >= 0;
  }

  /** The multiplier of a row at the present basis: the reduced cost of its slack. */
  multiplierOf(slack: number): number {
    const place = indexAt(this.place, slack);
    return place >= 0 || place <= gone ? 0 : numberAt(this.d, -1 - place);
  }

  /** The multipliers that show a row's basic variable cannot reach its bounds: a proof that nothing is feasible. */
  rowMultipliers(row: number, visit: (variable: number, coefficient: number) => void): void {
    const entries = this.a.row(row);
    this.nonbasic.forEach((variable, column) => {
      visit(variable, numberAt(entries, column));
    });
    visit(indexAt(this.basic, row), 1);
  }

  /** Rows whose basic variable is a column of the programme that stands at a fraction. */
  fractionalRows(columns: number): number[] {
    return [...this.basic.keys()].filter((row) => {
      const amount = numberAt(this.b, row);
      return indexAt(this.basic, row) < columns && Math.abs(amount - Math.round(amount)) > 1e-5;
    });
  }

  /** Adds `objective ≥ floor` as a row; the objective row already is that row in terms of the present basis. */
  keepObjectiveAtLeast(floor: number): void {
    this.append([{ entries: this.d.slice(), bound: this.value - floor }]);
  }

  /** Adds rows over the programme's columns, in terms of the present basis. */
  addRows(rows: readonly Row[]): void {
    this.append(rows.map((row) => this.expressed(row)));
  }

  private expressed({ columns, coefficients, bound }: Row): BasicRow {
    const entries = new Float64Array(this.nonbasic.length);
    let left = bound;
    for (const [term, variable] of columns.entries()) left -= this.express(variable, numberAt(coefficients, term), entries);
    return { entries, bound: left };
  }

  /** Rows whose slacks become basic variables. */
  private append(rows: readonly BasicRow[]): void {
    const [height, variables, count] = [this.b.length, this.lower.length, rows.length];
    const bounds = Float64Array.from(rows, ({ bound }) => bound);
    for (const { entries } of rows) this.a.append(entries);
    this.place = joinedIndices(
      this.place,
      Int32Array.from(rows.keys(), (row) => height + row),
    );
    this.basic = joinedIndices(
      this.basic,
      Int32Array.from(rows.keys(), (row) => variables + row),
    );
    this.flipped = joinedIndices(this.flipped, new Int32Array(count));
    this.lower = joinedNumbers(this.lower, new Float64Array(count));
    this.upper = joinedNumbers(this.upper, new Float64Array(count).fill(Infinity));
    this.b = joinedNumbers(this.b, bounds);
    this.weight = joinedNumbers(this.weight, new Float64Array(count).fill(1));
  }

  /** Takes rows out whose slacks are basic: they do not hold the vertex. The slacks of later rows move down. */
  removeRows(slacks: ReadonlySet<number>): void {
    const variables = indicesWhere(this.lower.length, (variable) => !slacks.has(variable));
    const rows = indicesWhere(this.basic.length, (row) => !slacks.has(indexAt(this.basic, row)));
    const [variableNow, rowNow] = [placesOf(variables, this.lower.length), placesOf(rows, this.basic.length)];
    this.a.keepRows(rows);
    this.b = picked(this.b, rows);
    this.weight = picked(this.weight, rows);
    this.lower = picked(this.lower, variables);
    this.upper = picked(this.upper, variables);
    this.flipped = variables.map((variable) => indexAt(this.flipped, variable));
    this.place = variables.map((variable) => {
      const place = indexAt(this.place, variable);
      return place < 0 ? place : indexAt(rowNow, place);
    });
    this.basic = rows.map((row) => indexAt(variableNow, indexAt(this.basic, row)));
    this.nonbasic = this.nonbasic.map((variable) => indexAt(variableNow, variable));
  }

  /** Adds coefficient × variable, in terms of the non-basic variables, to a row; answers coefficient × its present value. */
  private express(variable: number, coefficient: number, entries: Float64Array): number {
    const signed = this.isFlipped(variable) ? -coefficient : coefficient;
    const place = indexAt(this.place, variable);
    if (place >= 0) {
      this.a.addTo(entries, place, -signed);
      this.budget.spent += entries.length;
    } else if (place > gone) entries[-1 - place] = numberAt(entries, -1 - place) + signed;
    return coefficient * this.valueOf(variable);
  }

  setObjective({ columns, coefficients }: Row): void {
    this.d.fill(0);
    let negated = 0;
    columns.forEach((variable, term) => {
      negated += this.express(variable, -numberAt(coefficients, term), this.d);
    });
    this.value = -negated;
  }

  /** Changes a variable's bounds; the vertex moves with a non-basic variable's bound and may leave the feasible region. */
  setBounds(variable: number, lower: number, upper: number): void {
    const shift = this.isFlipped(variable) ? numberAt(this.upper, variable) - upper : lower - numberAt(this.lower, variable);
    this.lower[variable] = lower;
    this.upper[variable] = upper;
    if (shift === 0) return;
    const place = indexAt(this.place, variable);
    if (place >= 0) this.b[place] = numberAt(this.b, place) - shift;
    else this.moveNonbasic(-1 - place, shift, this.a.column(-1 - place));
  }

  /** Moves a non-basic variable's zero by an amount in its own direction. */
  private moveNonbasic(column: number, shift: number, entries: Float64Array): void {
    for (let row = 0; row < this.b.length; row += 1) {
      const entry = numberAt(entries, row);
      if (entry !== 0) this.b[row] = numberAt(this.b, row) - entry * shift;
    }
    this.value -= numberAt(this.d, column) * shift;
    this.budget.spent += rowVisit * this.b.length;
  }

  private isFlipped(variable: number): boolean {
    return indexAt(this.flipped, variable) === 1;
  }

  protected range(variable: number): number {
    return numberAt(this.upper, variable) - numberAt(this.lower, variable);
  }

  /** Measures a non-basic variable from its other bound, to which it goes; `entries` is its column as it is. */
  protected flipColumn(column: number, entries = this.a.column(column)): void {
    const variable = indexAt(this.nonbasic, column);
    this.moveNonbasic(column, this.range(variable), entries);
    this.a.negateColumn(column, entries);
    this.d[column] = -numberAt(this.d, column);
    this.flipped[variable] = 1 - indexAt(this.flipped, variable);
  }

  /** Measures a basic variable from its other bound. */
  protected flipRow(row: number): void {
    const variable = indexAt(this.basic, row);
    this.a.negateRow(row);
    this.b[row] = this.range(variable) - numberAt(this.b, row);
    this.flipped[variable] = 1 - indexAt(this.flipped, variable);
  }

  /** Exchanges a basic and a non-basic variable. */
  protected pivot(row: number, column: number): void {
    const entries = this.a.column(column);
    const pivot = numberAt(entries, row);
    const step = numberAt(this.b, row) / pivot;
    this.budget.spent += this.a.pivot(row, column, entries) + this.nonbasic.length + rowVisit * this.b.length;
    this.value -= numberAt(this.d, column) * step;
    this.a.pivotOutside(this.d, column, pivot);
    const weight = numberAt(this.weight, row) / (pivot * pivot);
    for (let other = 0; other < this.b.length; other += 1) {
      const entry = numberAt(entries, other);
      if (entry === 0 || other === row) continue;
      this.b[other] = numberAt(this.b, other) - entry * step;
      this.weight[other] = Math.max(numberAt(this.weight, other), entry * entry * weight);
    }
    this.b[row] = step;
    this.weight[row] = Math.max(1, weight);
    this.exchange(row, column);
    this.pivots += 1;
  }

  private exchange(row: number, column: number): void {
    const [leaving, entering] = [indexAt(this.basic, row), indexAt(this.nonbasic, column)];
    this.basic[row] = entering;
    this.nonbasic[column] = leaving;
    this.place[entering] = row;
    this.place[leaving] = -1 - column;
  }

  /**
   * Computes the tableau of the present basis anew from the rows, since every pivot leaves a little noise behind. The rows are those of the
   * programme and all that were added, in order. The objective has to be set again.
   */
  *refactor(rows: readonly Row[], columns: number): Steps<void> {
    const wasBasic = this.place.map((place) => (place >= 0 ? 1 : 0));
    const wasFlipped = this.flipped.slice();
    const open = indicesWhere(columns, (variable) => indexAt(this.place, variable) !== gone);
    this.startOver(rows, columns, open);
    const leaving = new Set(rows.keys());
    for (const row of leaving) if (indexAt(wasBasic, columns + row) === 1) leaving.delete(row);
    for (const [column, variable] of open.entries()) {
      if (indexAt(wasBasic, variable) === 1) this.bringIn(column, leaving);
      if (this.budget.pauses()) yield;
    }
    for (const [column, variable] of this.nonbasic.entries()) {
      if (indexAt(wasFlipped, variable) === 1 && this.range(variable) < Infinity) this.flipColumn(column);
    }
    this.pivots = 0;
  }

  /** Every open column non-basic at its lower bound, every slack basic; dropped columns are constants. */
  private startOver(rows: readonly Row[], columns: number, open: Int32Array): void {
    const position = new Int32Array(columns).fill(-1);
    open.forEach((variable, column) => (position[variable] = column));
    const constant = Float64Array.from(position, (column, variable) =>
      numberAt(column < 0 && this.isFlipped(variable) ? this.upper : this.lower, variable),
    );
    this.d = new Float64Array(open.length);
    this.nonbasic = open.slice();
    for (const [column, variable] of open.entries()) {
      this.place[variable] = -1 - column;
      this.flipped[variable] = 0;
    }
    this.a.release();
    this.a = new Matrix(open.length);
    this.a.appendZeros(rows.length);
    for (const [index, row] of rows.entries()) {
      const entries = this.a.row(index);
      let { bound } = row;
      row.columns.forEach((variable, term) => {
        const coefficient = numberAt(row.coefficients, term);
        const column = indexAt(position, variable);
        if (column >= 0) entries[column] = coefficient;
        bound -= coefficient * numberAt(constant, variable);
      });
      this.b[index] = bound;
      this.basic[index] = columns + index;
      this.place[columns + index] = index;
      this.flipped[columns + index] = 0;
    }
    this.weight.fill(1);
    this.budget.spent += rows.length * open.length;
  }

  /** Makes a column basic in place of the slack, of those that shall leave, where it has the strongest entry. */
  private bringIn(column: number, leaving: Set<number>): void {
    let best = -1;
    let strength = pivotTolerance;
    const entries = this.a.column(column);
    for (const row of leaving) {
      const entry = Math.abs(numberAt(entries, row));
      if (entry > strength) [best, strength] = [row, entry];
    }
    // A basis that looked regular only through noise: the column stays out, and the next dual steps mend the vertex.
    if (best < 0) return;
    leaving.delete(best);
    this.pivot(best, column);
  }

  /** Drops the columns of non-basic variables that can no longer move; their bounds must not change afterwards. */
  dropFixedColumns(): void {
    this.removeFixedColumns(gone, () => true);
  }

  /** Drops some of them until the tableau is computed anew: pivots are cheaper without them, and their bounds may change after that. */
  parkFixedColumns(among: ReadonlySet<number>): void {
    this.removeFixedColumns(parked, (variable) => among.has(variable));
  }

  private removeFixedColumns(place: number, wanted: (variable: number) => boolean): void {
    const isKept = (variable: number): boolean => this.range(variable) > 0 || !wanted(variable);
    const kept = indicesWhere(this.nonbasic.length, (column) => isKept(indexAt(this.nonbasic, column)));
    if (kept.length === this.nonbasic.length) return;
    for (const variable of this.nonbasic) this.place[variable] = place;
    this.nonbasic = kept.map((column) => indexAt(this.nonbasic, column));
    this.d = picked(this.d, kept);
    this.a.keepColumns(kept);
    for (const [column, variable] of this.nonbasic.entries()) this.place[variable] = -1 - column;
    this.budget.spent += this.b.length * kept.length;
  }
}

/** A row in terms of the non-basic variables. */
interface BasicRow {
  readonly entries: Float64Array;
  readonly bound: number;
}

/** Puts the coefficients of a row where its columns are. */
function spread({ columns, coefficients }: Row, entries: Float64Array): void {
  for (let term = 0; term < columns.length; term += 1) entries[indexAt(columns, term)] = numberAt(coefficients, term);
}

/** Where each of so many is among those that are kept; 0 for what is not. */
function placesOf(kept: Int32Array, length: number): Int32Array {
  const places = new Int32Array(length);
  for (const [place, index] of kept.entries()) places[index] = place;
  return places;
}

/** In place of a column's index: dropped for good, and dropped until the tableau is computed anew. */
const gone = -1e9;
const parked = -2e9;
