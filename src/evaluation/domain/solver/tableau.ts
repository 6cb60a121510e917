import type { Program, Row } from './program.js';

/** Entries below this are noise of floating point; floating point only guides the search, exact integers decide (bound.ts). */
const zero = 1e-9;
const feasibility = 1e-7;
const pivotTolerance = 1e-7;
const perturbation = 2e-6;

export type Outcome = 'optimal' | 'infeasible' | 'outOfWork';

/**
 * A simplex tableau for bounded variables, condensed to the non-basic columns: basic_i + Σ_j a_ij · nonbasic_j = b_i, where every
 * variable is measured from one of its bounds (from the upper one when flipped), so that non-basic variables stand at 0. The objective
 * z = value − Σ_j d_j · nonbasic_j is maximised. Variables are the programme's columns, then one slack a row.
 */
export class Tableau {
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  private readonly flipped: boolean[] = [];
  /** Row index of a basic variable; −1 − column index of a non-basic one; `gone` once its column has been dropped. */
  private readonly place: number[] = [];
  private readonly a: Float64Array[] = [];
  private readonly b: number[] = [];
  private readonly basic: number[] = [];
  private readonly nonbasic: number[] = [];
  private d: Float64Array;
  private value = 0;
  /** Entries updated so far: the unit of work. */
  work = 0;
  /** Pivots since the tableau was last computed from its rows. */
  pivots = 0;
  private readonly touched: Int32Array;

  constructor(
    program: Program,
    private readonly budget: number,
  ) {
    const columns = program.upper.length;
    this.d = new Float64Array(columns);
    this.touched = new Int32Array(columns);
    for (let column = 0; column < columns; column += 1) {
      this.addVariable(0, program.upper[column] ?? 0);
      this.place.push(-1 - column);
      this.nonbasic.push(column);
    }
    for (const row of program.rows) this.addSlackRow(row, columns);
  }

  private addVariable(lower: number, upper: number): void {
    this.lower.push(lower);
    this.upper.push(upper);
    this.flipped.push(false);
  }

  private addSlackRow(row: Row, columns: number): void {
    const entries = new Float64Array(columns);
    row.columns.forEach((column, at) => (entries[column] = row.coefficients[at] ?? 0));
    this.appendRow(entries, row.bound);
  }

  private appendRow(entries: Float64Array, bound: number): void {
    this.addVariable(0, Infinity);
    this.place.push(this.a.length);
    this.basic.push(this.lower.length - 1);
    this.a.push(entries);
    this.b.push(bound);
  }

  /** Adds `objective ≥ floor` as a row; the objective row already is that row in terms of the present basis. */
  keepObjectiveAtLeast(floor: number): void {
    this.appendRow(this.d.slice(), this.value - floor);
  }

  get objectiveValue(): number {
    return this.value;
  }

  /** The value of a variable at the present vertex. */
  valueOf(variable: number): number {
    const place = this.place[variable] ?? 0;
    const offset = place >= 0 ? (this.b[place] ?? 0) : 0;
    return this.flipped[variable] === true ? (this.upper[variable] ?? 0) - offset : (this.lower[variable] ?? 0) + offset;
  }

  isBasic(variable: number): boolean {
    return (this.place[variable] ?? -1) >= 0;
  }

  /** The multiplier of a row at the present basis: the reduced cost of its slack. */
  multiplierOf(slack: number): number {
    const place = this.place[slack] ?? 0;
    return place >= 0 || place <= gone ? 0 : (this.d[-1 - place] ?? 0);
  }

  /** The multipliers that show a row's basic variable cannot reach its bounds: a proof that nothing is feasible. */
  rowMultipliers(row: number, visit: (variable: number, coefficient: number) => void): void {
    const entries = this.a[row];
    this.nonbasic.forEach((variable, column) => {
      visit(variable, entries?.[column] ?? 0);
    });
    visit(this.basic[row] ?? 0, 1);
  }

  /** Rows whose basic variable is a column of the programme that stands at a fraction. */
  fractionalRows(columns: number): number[] {
    return this.basic.flatMap((variable, row) => {
      const amount = this.b[row] ?? 0;
      return variable < columns && Math.abs(amount - Math.round(amount)) > 1e-5 ? [row] : [];
    });
  }

  /** Adds a row over the programme's columns, in terms of the present basis. */
  addRow(row: Row): void {
    const entries = new Float64Array(this.d.length);
    let bound = row.bound;
    row.columns.forEach((variable, at) => {
      bound -= this.express(variable, row.coefficients[at] ?? 0, entries);
    });
    this.appendRow(entries, bound);
  }

  /** Adds coefficient × variable, in terms of the non-basic variables, to a row; answers coefficient × its present value. */
  private express(variable: number, coefficient: number, entries: Float64Array): number {
    const value = coefficient * this.valueOf(variable);
    const signed = this.flipped[variable] === true ? -coefficient : coefficient;
    const place = this.place[variable] ?? 0;
    if (place <= gone) return value;
    if (place < 0) {
      entries[-1 - place] = (entries[-1 - place] ?? 0) + signed;
      return value;
    }
    const own = this.a[place];
    for (let column = 0; column < this.nonbasic.length; column += 1)
      entries[column] = (entries[column] ?? 0) - signed * (own?.[column] ?? 0);
    this.work += this.nonbasic.length;
    return value;
  }

  setObjective(terms: Row): void {
    this.d.fill(0);
    this.value = 0;
    terms.columns.forEach((variable, at) => {
      this.value += this.express(variable, -(terms.coefficients[at] ?? 0), this.d);
    });
    this.value = -this.value;
  }

  /**
   * Makes every way away from the vertex a little worse, each by another amount, so that ties cannot lead the dual steps in circles. Bounds proven
   * from such multipliers are true all the same; the objective has to be set again before it is kept.
   */
  perturb(): void {
    for (let column = 0; column < this.nonbasic.length; column += 1) {
      const variable = this.nonbasic[column] ?? 0;
      this.d[column] = (this.d[column] ?? 0) + perturbation * (1 + ((variable * 37) % 64) / 64);
    }
  }

  /** Changes a variable's bounds; the vertex moves with a non-basic variable's bound and may leave the feasible region. */
  setBounds(variable: number, lower: number, upper: number): void {
    const flipped = this.flipped[variable] === true;
    const shift = flipped ? (this.upper[variable] ?? 0) - upper : lower - (this.lower[variable] ?? 0);
    this.lower[variable] = lower;
    this.upper[variable] = upper;
    const place = this.place[variable] ?? 0;
    if (shift === 0) return;
    if (place >= 0) this.b[place] = (this.b[place] ?? 0) - shift;
    else this.moveNonbasic(-1 - place, shift);
  }

  /** Moves a non-basic variable's zero by an amount in its own direction. */
  private moveNonbasic(column: number, shift: number): void {
    for (let row = 0; row < this.a.length; row += 1) {
      const entry = this.a[row]?.[column] ?? 0;
      if (entry !== 0) this.b[row] = (this.b[row] ?? 0) - entry * shift;
    }
    this.value -= (this.d[column] ?? 0) * shift;
  }

  private range(variable: number): number {
    return (this.upper[variable] ?? 0) - (this.lower[variable] ?? 0);
  }

  private flipColumn(column: number): void {
    const variable = this.nonbasic[column] ?? 0;
    this.moveNonbasic(column, this.range(variable));
    for (const entries of this.a) entries[column] = -(entries[column] ?? 0);
    this.d[column] = -(this.d[column] ?? 0);
    this.flipped[variable] = this.flipped[variable] !== true;
  }

  private flipRow(row: number): void {
    const variable = this.basic[row] ?? 0;
    const entries = this.a[row];
    if (entries !== undefined) for (let column = 0; column < this.nonbasic.length; column += 1) entries[column] = -(entries[column] ?? 0);
    this.b[row] = this.range(variable) - (this.b[row] ?? 0);
    this.flipped[variable] = this.flipped[variable] !== true;
  }

  private pivot(row: number, column: number): void {
    const pivotRow = this.a[row];
    if (pivotRow === undefined) return;
    const pivotEntry = pivotRow[column] ?? 1;
    let count = 0;
    for (let j = 0; j < this.nonbasic.length; j += 1) {
      const entry = pivotRow[j] ?? 0;
      if (j === column || entry === 0) continue;
      if (entry < zero && entry > -zero) {
        pivotRow[j] = 0;
        continue;
      }
      pivotRow[j] = entry / pivotEntry;
      this.touched[count] = j;
      count += 1;
    }
    pivotRow[column] = 1 / pivotEntry;
    const step = (this.b[row] ?? 0) / pivotEntry;
    this.b[row] = step;
    for (let i = 0; i < this.a.length; i += 1) {
      const entries = this.a[i];
      if (i === row || entries === undefined) continue;
      const factor = entries[column] ?? 0;
      if (factor === 0) continue;
      this.subtract(entries, pivotRow, factor, count);
      entries[column] = -factor / pivotEntry;
      this.b[i] = (this.b[i] ?? 0) - factor * step;
    }
    const factor = this.d[column] ?? 0;
    this.subtract(this.d, pivotRow, factor, count);
    this.d[column] = -factor / pivotEntry;
    this.value -= factor * step;
    this.pivots += 1;
    this.exchange(row, column);
  }

  private subtract(entries: Float64Array, pivotRow: Float64Array, factor: number, count: number): void {
    const touched = this.touched;
    for (let at = 0; at < count; at += 1) {
      const j = touched[at] ?? 0;
      entries[j] = (entries[j] ?? 0) - factor * (pivotRow[j] ?? 0);
    }
    this.work += count + 1;
  }

  private exchange(row: number, column: number): void {
    const [leaving, entering] = [this.basic[row] ?? 0, this.nonbasic[column] ?? 0];
    this.basic[row] = entering;
    this.nonbasic[column] = leaving;
    this.place[entering] = row;
    this.place[leaving] = -1 - column;
  }

  /** From a feasible vertex to an optimal one. */
  primal(): Outcome {
    let degenerate = 0;
    for (;;) {
      if (this.work > this.budget) return 'outOfWork';
      const entering = this.enteringColumn(degenerate > 40);
      if (entering < 0) return 'optimal';
      const step = this.primalStep(entering);
      degenerate = step < feasibility ? degenerate + 1 : 0;
    }
  }

  /** The most promising column, or, against cycling, the one of the smallest variable (Bland's rule). */
  private enteringColumn(bland: boolean): number {
    let best = -1;
    let bestScore = -feasibility;
    for (let column = 0; column < this.nonbasic.length; column += 1) {
      const reduced = this.d[column] ?? 0;
      if (reduced >= -feasibility || this.range(this.nonbasic[column] ?? 0) === 0) continue;
      if (bland) {
        if (best < 0 || (this.nonbasic[column] ?? 0) < (this.nonbasic[best] ?? 0)) best = column;
      } else if (reduced < bestScore) {
        best = column;
        bestScore = reduced;
      }
    }
    this.work += this.nonbasic.length >> 3;
    return best;
  }

  /** Moves along an entering column as far as the bounds allow; answers how far. */
  private primalStep(column: number): number {
    let limit = this.range(this.nonbasic[column] ?? 0);
    let leaving = -1;
    let atUpper = false;
    let strength = 0;
    for (let row = 0; row < this.a.length; row += 1) {
      const entry = this.a[row]?.[column] ?? 0;
      if (entry < pivotTolerance && entry > -pivotTolerance) continue;
      const room = entry > 0 ? (this.b[row] ?? 0) : this.range(this.basic[row] ?? 0) - (this.b[row] ?? 0);
      const ratio = Math.max(0, room) / Math.abs(entry);
      if (ratio < limit - zero || (ratio <= limit && leaving >= 0 && Math.abs(entry) > strength)) {
        limit = Math.min(limit, ratio);
        leaving = row;
        atUpper = entry < 0;
        strength = Math.abs(entry);
      }
    }
    if (leaving < 0) {
      // Every column of the programme is bounded, so only noise can make a slack's way seem endless.
      if (limit === Infinity) this.d[column] = 0;
      else this.flipColumn(column);
      return limit;
    }
    if (atUpper) this.flipRow(leaving);
    this.pivot(leaving, column);
    return limit;
  }

  /** After bounds have changed: back to a feasible vertex, which then is optimal. Answers the row that cannot be mended when nothing is feasible. */
  dual(): { readonly outcome: Outcome; readonly row: number } {
    this.restoreDualFeasibility();
    let rounds = 0;
    for (;;) {
      if (this.work > this.budget) return { outcome: 'outOfWork', row: -1 };
      const row = this.leavingRow(rounds > 200);
      if (row < 0) return { outcome: 'optimal', row };
      const column = this.dualColumn(row);
      if (column < 0) return { outcome: 'infeasible', row };
      this.pivot(row, column);
      rounds += 1;
    }
  }

  /** A non-basic variable that would rather stand at its other bound goes there. */
  private restoreDualFeasibility(): void {
    for (let column = 0; column < this.nonbasic.length; column += 1) {
      const range = this.range(this.nonbasic[column] ?? 0);
      if ((this.d[column] ?? 0) < -feasibility && range > 0 && range < Infinity) this.flipColumn(column);
    }
  }

  /** The basic variable farthest outside its bounds, turned so that it is below its lower one. */
  private leavingRow(first: boolean): number {
    let worst = -1;
    let excess = feasibility;
    let above = false;
    for (let row = 0; row < this.b.length; row += 1) {
      const amount = this.b[row] ?? 0;
      const over = amount - this.range(this.basic[row] ?? 0);
      const outside = Math.max(-amount, over);
      if (outside <= excess) continue;
      worst = row;
      excess = outside;
      above = over > -amount;
      if (first) break;
    }
    if (worst >= 0 && above) this.flipRow(worst);
    return worst;
  }

  private dualColumn(row: number): number {
    const entries = this.a[row];
    let best = -1;
    let bestRatio = Infinity;
    let strength = 0;
    for (let column = 0; column < this.nonbasic.length; column += 1) {
      const entry = entries?.[column] ?? 0;
      if (entry > -pivotTolerance || this.range(this.nonbasic[column] ?? 0) === 0) continue;
      const ratio = Math.max(0, this.d[column] ?? 0) / -entry;
      if (ratio < bestRatio - zero || (ratio <= bestRatio + zero && -entry > strength)) {
        best = column;
        bestRatio = Math.min(bestRatio, ratio);
        strength = -entry;
      }
    }
    this.work += this.nonbasic.length >> 3;
    return best;
  }

  /** Takes a row out whose slack is basic: it does not hold the vertex. The slacks of later rows move down by one. */
  removeRow(slack: number): void {
    const row = this.place[slack] ?? 0;
    this.a.splice(row, 1);
    this.b.splice(row, 1);
    this.basic.splice(row, 1);
    for (const list of [this.lower, this.upper, this.flipped, this.place]) list.splice(slack, 1);
    for (let at = 0; at < this.place.length; at += 1) {
      const place = this.place[at] ?? 0;
      if (place > row) this.place[at] = place - 1;
    }
    for (const list of [this.basic, this.nonbasic]) {
      for (let at = 0; at < list.length; at += 1) if ((list[at] ?? 0) > slack) list[at] = (list[at] ?? 0) - 1;
    }
  }

  /**
   * Computes the tableau of the present basis anew from the rows, since every pivot leaves a little noise behind. The rows are those of the
   * programme and all that were added, in order. The objective has to be set again.
   */
  refactor(rows: readonly Row[], columns: number): void {
    const isBasic = this.place.map((place) => place >= 0);
    const flipped = [...this.flipped];
    const open = this.place.flatMap((place, variable) => (variable < columns && place !== gone ? [variable] : []));
    this.startOver(rows, columns, open);
    const leaving = new Set(rows.keys());
    for (const row of leaving) if (isBasic[columns + row] === true) leaving.delete(row);
    for (let column = 0; column < open.length; column += 1) {
      const variable = open[column] ?? 0;
      if (isBasic[variable] === true) this.bringIn(column, leaving);
    }
    this.nonbasic.forEach((variable, column) => {
      if (flipped[variable] === true && this.range(variable) < Infinity) this.flipColumn(column);
    });
    this.pivots = 0;
  }

  /** Every open column non-basic at its lower bound, every slack basic; dropped columns are constants. */
  private startOver(rows: readonly Row[], columns: number, open: readonly number[]): void {
    const position = new Map(open.map((variable, column) => [variable, column]));
    const value = Array.from({ length: columns }, (_, variable) =>
      position.has(variable) || this.flipped[variable] !== true ? (this.lower[variable] ?? 0) : (this.upper[variable] ?? 0),
    );
    this.d = new Float64Array(open.length);
    this.nonbasic.splice(0, this.nonbasic.length, ...open);
    for (const [variable, column] of position) {
      this.place[variable] = -1 - column;
      this.flipped[variable] = false;
    }
    rows.forEach((row, index) => {
      const entries = new Float64Array(open.length);
      let bound = row.bound;
      row.columns.forEach((variable, at) => {
        const column = position.get(variable);
        if (column !== undefined) entries[column] = row.coefficients[at] ?? 0;
        bound -= (row.coefficients[at] ?? 0) * (value[variable] ?? 0);
      });
      this.a[index] = entries;
      this.b[index] = bound;
      this.basic[index] = columns + index;
      this.place[columns + index] = index;
      this.flipped[columns + index] = false;
    });
    this.work += rows.length * open.length;
  }

  /** Makes a column basic in place of the slack, of those that shall leave, where it has the strongest entry. */
  private bringIn(column: number, leaving: Set<number>): void {
    let best = -1;
    let strength = pivotTolerance;
    for (const row of leaving) {
      const entry = Math.abs(this.a[row]?.[column] ?? 0);
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
    let kept = 0;
    for (let column = 0; column < this.nonbasic.length; column += 1) {
      const variable = this.nonbasic[column] ?? 0;
      if (this.range(variable) === 0 && wanted(variable)) {
        this.place[variable] = place;
        continue;
      }
      if (kept < column) {
        for (const entries of this.a) entries[kept] = entries[column] ?? 0;
        this.d[kept] = this.d[column] ?? 0;
      }
      this.nonbasic[kept] = variable;
      this.place[variable] = -1 - kept;
      kept += 1;
    }
    this.nonbasic.length = kept;
    this.d = this.d.subarray(0, kept);
  }
}

/** In place of a column's index: dropped for good, and dropped until the tableau is computed anew. */
const gone = -1e9;
const parked = -2e9;
