import { indexAt, numberAt } from './entries.js';
import { noise } from './matrix.js';
import type { Row } from './program.js';
import type { Steps } from './steps.js';
import { pivotTolerance, rowVisit, Tableau } from './tableau.js';

const feasibility = 1e-7;
const perturbation = 2e-6;
/** Primal steps of no length before bounds are widened, and as many more before Bland's rule takes over. */
const idleSteps = 40;
/** How far bounds are widened: much more than what counts as feasible, much less than a whole step. */
const widening = 1e-4;
/** Dual steps after which ties are thought to lead in circles. */
const stallSteps = 150;

type Bounds = readonly [lower: number, upper: number];

export type Outcome = 'optimal' | 'infeasible' | 'outOfWork';

/** Outcome of dual steps, and the row that cannot be mended when nothing is feasible. */
export interface DualOutcome {
  readonly outcome: Outcome;
  readonly row: number;
}

/** The steps of the simplex method on a tableau. */
export class Simplex extends Tableau {
  private perturbed = false;

  /** Bounds hold for every objective, but a perturbed one must be set again before it is kept. */
  get isPerturbed(): boolean {
    return this.perturbed;
  }

  /** An independent copy that spends from the same budget. */
  copy(): Simplex {
    const copy = new Simplex([], [], this.budget);
    copy.takeOver(this);
    copy.perturbed = this.perturbed;
    return copy;
  }

  override setObjective(terms: Row): void {
    super.setObjective(terms);
    this.perturbed = false;
  }

  /** From a feasible vertex to an optimal one. */
  *primal(): Steps<Outcome> {
    const widened = new Map<number, Bounds>();
    let idle = 0;
    while (!this.budget.isSpent) {
      const entering = this.enteringColumn(idle > 2 * idleSteps);
      if (entering < 0) return yield* this.narrow(widened);
      const step = this.primalStep(entering);
      idle = step < feasibility ? idle + 1 : 0;
      if (idle === idleSteps && widened.size === 0) this.widen(widened);
      if (this.budget.pauses()) yield;
    }
    this.restore(widened);
    return 'outOfWork';
  }

  /**
   * Moves the bounds of all basic variables outwards a little, each by another amount: where many of them stand at a bound at once, steps of no length follow one
   * another for long.
   */
  private widen(widened: Map<number, Bounds>): void {
    for (const variable of this.basic) {
      const [lower, upper] = [numberAt(this.lower, variable), numberAt(this.upper, variable)];
      const width = widening * unevenness(variable);
      widened.set(variable, [lower, upper]);
      this.setBounds(variable, lower - width, upper + width);
    }
  }

  private restore(widened: ReadonlyMap<number, Bounds>): void {
    for (const [variable, [lower, upper]] of widened) this.setBounds(variable, lower, upper);
  }

  /** From the optimum of widened bounds to that of the true ones. */
  private *narrow(widened: ReadonlyMap<number, Bounds>): Steps<Outcome> {
    if (widened.size === 0) return 'optimal';
    this.restore(widened);
    const { outcome } = yield* this.dual();
    return outcome;
  }

  /** The most promising column, or, against cycling, the one of the smallest variable (Bland's rule). */
  private enteringColumn(bland: boolean): number {
    let best = -1;
    let least = Infinity;
    for (let column = 0; column < this.nonbasic.length; column += 1) {
      const reduced = numberAt(this.d, column);
      if (reduced >= -feasibility) continue;
      const variable = indexAt(this.nonbasic, column);
      const score = bland ? variable : reduced;
      if (score < least && this.range(variable) > 0) [best, least] = [column, score];
    }
    this.budget.spent += this.nonbasic.length >> 1;
    return best;
  }

  /** Moves along an entering column as far as the bounds allow; answers how far. */
  private primalStep(column: number): number {
    let limit = this.range(indexAt(this.nonbasic, column));
    let leaving = -1;
    let leavingEntry = 0;
    const entries = this.a.column(column);
    this.budget.spent += rowVisit * this.b.length;
    for (let row = 0; row < this.b.length; row += 1) {
      const entry = numberAt(entries, row);
      if (entry < pivotTolerance && entry > -pivotTolerance) continue;
      const amount = numberAt(this.b, row);
      const room = entry > 0 ? amount : this.range(indexAt(this.basic, row)) - amount;
      const ratio = Math.max(0, room) / Math.abs(entry);
      if (ratio < limit - noise || (ratio <= limit && leaving >= 0 && Math.abs(entry) > Math.abs(leavingEntry))) {
        limit = Math.min(limit, ratio);
        [leaving, leavingEntry] = [row, entry];
      }
    }
    if (leaving >= 0) {
      if (leavingEntry < 0) this.flipRow(leaving);
      this.pivot(leaving, column);
    } else if (limit < Infinity) this.flipColumn(column, entries);
    // Every column of the programme is bounded, so only noise can make a slack's way seem endless.
    else this.d[column] = 0;
    return limit;
  }

  /** After bounds have changed: back to a feasible vertex, which then is optimal. */
  *dual(): Steps<DualOutcome> {
    this.restoreDualFeasibility();
    for (let steps = 1; ; steps += 1) {
      if (this.budget.isSpent) return { outcome: 'outOfWork', row: -1 };
      if (steps % stallSteps === 0) this.perturb();
      const row = this.leavingRow();
      if (row < 0) return { outcome: 'optimal', row };
      const column = this.dualColumn(row);
      if (column < 0) return { outcome: 'infeasible', row };
      this.pivot(row, column);
      if (this.budget.pauses()) yield;
    }
  }

  /**
   * Makes every way away from the vertex a little worse, each by another amount, so that ties cannot lead the dual steps in circles. Bounds proven
   * from such multipliers are true all the same; the objective has to be set again before it is kept.
   */
  perturb(): void {
    this.d = this.d.map((reduced, column) => reduced + perturbation * unevenness(indexAt(this.nonbasic, column)));
    this.perturbed = true;
  }

  /** A non-basic variable that would rather stand at its other bound goes there. */
  private restoreDualFeasibility(): void {
    for (let column = 0; column < this.d.length; column += 1) {
      if (numberAt(this.d, column) >= -feasibility) continue;
      const range = this.range(indexAt(this.nonbasic, column));
      if (range > 0 && range < Infinity) this.flipColumn(column);
    }
  }

  /** The basic variable farthest outside its bounds for the length of a step, turned so that it is below its lower one. */
  private leavingRow(): number {
    let worst = -1;
    let most = 0;
    let above = false;
    for (let row = 0; row < this.b.length; row += 1) {
      const amount = numberAt(this.b, row);
      const over = amount - this.range(indexAt(this.basic, row));
      const outside = Math.max(-amount, over);
      if (outside <= feasibility) continue;
      const score = (outside * outside) / numberAt(this.weight, row);
      if (score <= most) continue;
      [worst, most] = [row, score];
      above = over > -amount;
    }
    this.budget.spent += 2 * this.b.length;
    if (above) this.flipRow(worst);
    return worst;
  }

  /** Where the objective loses least for each step that a row's basic variable goes up; of equal ones the strongest entry. */
  private dualColumn(row: number): number {
    const entries = this.a.row(row);
    let best = -1;
    let bestRatio = Infinity;
    let strength = 0;
    for (let column = 0; column < entries.length; column += 1) {
      const entry = numberAt(entries, column);
      if (entry > -pivotTolerance || this.range(indexAt(this.nonbasic, column)) === 0) continue;
      const ratio = Math.max(0, numberAt(this.d, column)) / -entry;
      if (ratio < bestRatio - noise || (ratio <= bestRatio + noise && -entry > strength)) {
        best = column;
        bestRatio = Math.min(bestRatio, ratio);
        strength = -entry;
      }
    }
    this.budget.spent += this.nonbasic.length >> 1;
    return best;
  }
}

/** From 1 to 2, another one for each variable nearby. */
function unevenness(variable: number): number {
  return 1 + ((variable * 37) % 64) / 64;
}
