import { dualBound, floorToUnit, holdsAtLower, holdsAtUpper, type DualBound } from './bound.js';
import { findCuts } from './cuts.js';
import { stages, toRow, valueOf, type Program, type Row } from './program.js';
import { Rounding } from './rounding.js';
import { Tableau } from './tableau.js';

/** Fractions closer to a whole number than this are read as that number; the point they make is then checked exactly. */
const wholeTolerance = 1e-5;
/** Columns whose order is decided in one go: with weights 2^0 … 2^7 the relaxation still tells the least of them from noise. */
const orderBlock = 8;
/** Cutting stops after so many rounds that did not bring the bound down by this share of a step. */
const idleCutRounds = 3;
const leastProgress = 0.1;
const pivotsBetweenRefactorings = 200;
/** What is taken decides more than where it stands: a nudge when choosing what to branch on. */
const applicationPreference = 0.05;

/** What a search for the maximum of one objective found. */
export interface Found {
  readonly value: number;
  readonly proven: boolean;
  /** No point is better than this; equals `value` when proven. */
  readonly bound: number;
}

interface Change {
  readonly column: number;
  readonly lower: number;
  readonly upper: number;
}

interface Node {
  readonly changes: readonly Change[];
  readonly bound: number;
}

/**
 * Maximises one objective after another over an integer programme, each kept at its best while the next is sought: linear relaxations by
 * the simplex method, branch and bound on a gap. Every bound and every answer is verified in whole numbers; the budget counts updated
 * tableau entries, so the same programme gives the same answer on every machine.
 */
export class Search {
  private readonly tableau: Tableau;
  private readonly rows: Row[];
  private readonly columns: number;
  private readonly rounding: Rounding;
  private readonly rootLower: number[];
  private readonly rootUpper: number[];
  /** The best point so far; feasible at all times. */
  best: readonly number[];

  constructor(
    private readonly program: Program,
    private readonly budget: number,
    start: readonly number[],
  ) {
    this.columns = program.upper.length;
    this.rows = [...program.rows];
    this.tableau = new Tableau(program, budget);
    this.rounding = new Rounding(program);
    this.rootLower = program.upper.map(() => 0);
    this.rootUpper = [...program.upper];
    this.best = start;
  }

  get work(): number {
    return this.tableau.work;
  }

  /** Finds the maximum of an objective whose values are all multiples of `unit`, and keeps it for what follows. */
  maximise(objective: Row, unit: number): Found {
    if (this.exhausted) return this.found(objective, this.boundOfBox(objective));
    this.tableau.setObjective(objective);
    const outcome = this.tableau.primal();
    let root = this.boundHere(objective);
    let most = Math.min(this.boundOfBox(objective), root === undefined ? Infinity : floorToUnit(root, unit));
    let fractional = this.tryVertex(objective);
    if (valueOf(objective, this.best) < most) this.tryRounding(objective);
    if (outcome === 'outOfWork') return this.giveUp(objective, most);
    for (let idle = 0; idle < idleCutRounds && fractional >= 0 && most > valueOf(objective, this.best); idle += 1) {
      const before = this.tableau.objectiveValue;
      if (!this.cut()) break;
      root = this.boundHere(objective);
      most = Math.min(most, root === undefined ? Infinity : floorToUnit(root, unit));
      fractional = this.tryVertex(objective);
      if (before - this.tableau.objectiveValue > leastProgress * unit) idle = -1;
    }
    this.dropIdleCuts();
    let bound = most;
    if (valueOf(objective, this.best) < most) {
      if (fractional >= 0) this.dive(objective);
      bound = this.branch(objective, unit, most, root);
      this.tableau.refactor(this.rows, this.columns);
      this.restore([]);
      this.tableau.setObjective(objective);
      if (this.tableau.dual().outcome !== 'optimal' && !this.startAfresh(objective)) return this.giveUp(objective, bound);
    }
    const found = this.found(objective, bound);
    if (found.proven) this.keep(objective, found.value, root);
    return found;
  }

  /**
   * Takes as many of these 0/1 columns as possible, the earlier before any number of the later, and fixes them so. False when the budget
   * did not allow to prove it.
   */
  takeInOrder(columns: readonly number[]): boolean {
    const open = columns.filter((column) => this.rootLower[column] !== this.rootUpper[column]);
    for (let from = 0; from < open.length; from += orderBlock) {
      const block = open.slice(from, from + orderBlock);
      const objective = toRow(
        block.map((column, at) => [column, 2 ** (block.length - 1 - at)] as const),
        0,
      );
      if (!this.maximise(objective, 1).proven || !this.fix(objective, block)) return false;
    }
    return true;
  }

  /** Makes each column as large as possible, one after the other, and fixes it so. False when the budget did not allow to prove it. */
  enlargeInOrder(columns: readonly number[]): boolean {
    for (const column of columns) {
      if (this.rootLower[column] === this.rootUpper[column]) continue;
      const objective = toRow([[column, 1]], 0);
      if (!this.maximise(objective, 1).proven || !this.fix(objective, [column])) return false;
    }
    return true;
  }

  /** Cuts the present fractional vertex off; false when there was nothing to cut, or no work left. */
  private cut(): boolean {
    const vertex = Array.from({ length: this.columns }, (_, column) => this.tableau.valueOf(column));
    const cuts = findCuts(this.tableau, this.rows, this.columns, vertex);
    for (const cut of cuts) {
      this.tableau.addRow(cut);
      this.rows.push(cut);
      this.cuts.add(cut);
    }
    return cuts.length > 0 && this.tableau.dual().outcome === 'optimal';
  }

  /** Cuts that no longer hold the vertex only make pivots dearer. */
  private dropIdleCuts(): void {
    for (let index = this.rows.length - 1; index >= 0; index -= 1) {
      const row = this.rows[index];
      if (row === undefined || !this.cuts.has(row) || !this.tableau.isBasic(this.columns + index)) continue;
      this.tableau.removeRow(this.columns + index);
      this.rows.splice(index, 1);
    }
  }

  /** The best point stays as it is from here on, and with it every level that is proven already. */
  private giveUp(objective: Row, bound: number): Found {
    this.exhausted = true;
    return this.found(objective, Math.max(bound, valueOf(objective, this.best)));
  }

  private found(objective: Row, bound: number): Found {
    const value = valueOf(objective, this.best);
    return { value, proven: value === bound, bound };
  }

  private fix(objective: Row, columns: readonly number[]): boolean {
    if (this.exhausted) return false;
    for (const column of columns) {
      const value = this.best[column] ?? 0;
      this.rootLower[column] = value;
      this.rootUpper[column] = value;
      this.tableau.setBounds(column, value, value);
    }
    return this.tableau.dual().outcome === 'optimal' || this.startAfresh(objective);
  }

  /** Computes the tableau anew and finds the optimum of the present bounds; false when that fails too. */
  private startAfresh(objective: Row): boolean {
    this.tableau.refactor(this.rows, this.columns);
    this.tableau.setObjective(objective);
    return this.tableau.dual().outcome === 'optimal';
  }

  /** The objective's most over the bounds of the columns alone. */
  private boundOfBox(objective: Row): number {
    let sum = 0;
    objective.columns.forEach((column, at) => {
      const coefficient = objective.coefficients[at] ?? 0;
      sum += coefficient * ((coefficient > 0 ? this.rootUpper[column] : this.rootLower[column]) ?? 0);
    });
    return sum;
  }

  private wholeBound(objective: Row, unit: number): number {
    const here = this.boundHere(objective);
    return here === undefined ? Infinity : floorToUnit(here, unit);
  }

  private boundHere(objective: Row): DualBound | undefined {
    const { tableau, columns } = this;
    return dualBound(objective, this.rows, (row) => tableau.multiplierOf(columns + row), tableau.lower, tableau.upper, columns);
  }

  /** Clears the noise of pivoting away, and finds the optimum of the present bounds again. */
  private refresh(objective: Row): ReturnType<Tableau['dual']> {
    this.tableau.refactor(this.rows, this.columns);
    this.tableau.parkFixedColumns(this.parked);
    this.tableau.setObjective(objective);
    this.tableau.perturb();
    return this.tableau.dual();
  }

  private provenInfeasible(row: number): boolean {
    const multipliers = new Float64Array(this.rows.length);
    this.tableau.rowMultipliers(row, (variable, coefficient) => {
      if (variable >= this.columns) multipliers[variable - this.columns] = coefficient;
    });
    const bound = dualBound(undefined, this.rows, (index) => multipliers[index] ?? 0, this.tableau.lower, this.tableau.upper, this.columns);
    return bound !== undefined && bound.scaled < 0;
  }

  /** Keeps a proven value: as a row, and by fixing every column that cannot move without falling below it. */
  private keep(objective: Row, value: number, root: DualBound | undefined): void {
    this.tableau.keepObjectiveAtLeast(value);
    this.rows.push({ columns: objective.columns, coefficients: objective.coefficients.map((coefficient) => -coefficient), bound: -value });
    if (root === undefined) return;
    for (let column = 0; column < this.columns; column += 1) {
      const [lower = 0, upper = 0] = [this.rootLower[column], this.rootUpper[column]];
      if (lower === upper || this.tableau.isBasic(column)) continue;
      if (holdsAtLower(root, column, value)) this.rootUpper[column] = lower;
      else if (holdsAtUpper(root, column, value)) this.rootLower[column] = upper;
      else continue;
      this.tableau.setBounds(column, this.rootLower[column] ?? 0, this.rootUpper[column] ?? 0);
    }
    this.tableau.dropFixedColumns();
  }

  /** Takes the present vertex as the best point when it is whole, truly feasible and better. Answers a fractional column, or −1. */
  private tryVertex(objective: Row): number {
    const point = new Array<number>(this.columns);
    let fractional = -1;
    let worst = 0;
    for (let column = 0; column < this.columns; column += 1) {
      const value = this.tableau.valueOf(column);
      const whole = Math.round(value) + 0; // never −0
      point[column] = whole;
      const distance = Math.abs(value - whole);
      if (distance <= wholeTolerance) continue;
      const score =
        1 +
        distance +
        (this.program.stage[column] === stages.application ? applicationPreference : 0) -
        2 * Number(!this.isBranchedFirst(column));
      if (fractional < 0 || score > worst) [fractional, worst] = [column, score];
    }
    if (fractional < 0 && valueOf(objective, point) > valueOf(objective, this.best) && this.isFeasible(point)) this.best = point;
    return fractional;
  }

  private tryRounding(objective: Row): void {
    const vertex = Array.from({ length: this.columns }, (_, column) => this.tableau.valueOf(column));
    const point = this.rounding.round(vertex, this.rootLower, this.rootUpper);
    if (valueOf(objective, point) > valueOf(objective, this.best) && this.isFeasible(point)) this.best = point;
  }

  /** Numbers of things rather than amounts: an amount is seldom fractional once they are whole. */
  private isBranchedFirst(column: number): boolean {
    return this.program.upper[column] === 1;
  }

  private isFeasible(point: readonly number[]): boolean {
    for (let column = 0; column < this.columns; column += 1) {
      const value = point[column] ?? 0;
      if (value < (this.rootLower[column] ?? 0) || value > (this.rootUpper[column] ?? 0)) return false;
    }
    return this.rows.every((row) => valueOf(row, point) <= row.bound);
  }

  private restore(changes: readonly Change[]): void {
    const wanted = new Set(changes.map(({ column }) => column));
    for (const column of this.changed) {
      if (!wanted.has(column)) this.tableau.setBounds(column, this.rootLower[column] ?? 0, this.rootUpper[column] ?? 0);
    }
    for (const { column, lower, upper } of changes) this.tableau.setBounds(column, lower, upper);
    this.changed = [...wanted];
  }

  /** No work is left, or noise cannot be cleared: the tableau is not to be used any more. */
  private exhausted = false;
  private readonly cuts = new Set<Row>();
  private changed: number[] = [];
  /** Columns settled for the whole of a search below a root. */
  private parked: ReadonlySet<number> = new Set();

  /** Rounds the column nearest to a whole number again and again, for a good point to begin with. */
  private dive(objective: Row): void {
    const changes: Change[] = [];
    this.tableau.perturb();
    for (let step = 0; step < this.columns; step += 1) {
      const column = this.nearestToWhole();
      if (column < 0) break;
      const value = Math.round(this.tableau.valueOf(column));
      changes.push({ column, lower: value, upper: value });
      this.restore(changes);
      if (this.tableau.dual().outcome !== 'optimal' || this.tableau.objectiveValue <= valueOf(objective, this.best)) break;
      if (this.tryVertex(objective) < 0) break;
    }
    this.restore([]);
  }

  private nearestToWhole(): number {
    let nearest = -1;
    let least = 1;
    for (let column = 0; column < this.columns; column += 1) {
      const value = this.tableau.valueOf(column);
      const distance = Math.abs(value - Math.round(value));
      if (distance <= wholeTolerance) continue;
      // Up rather than down: what is taken decides more than what is left.
      const score = distance - (value > Math.round(value) ? 0 : 0.2) + Number(!this.isBranchedFirst(column));
      if (score < least) [nearest, least] = [column, score];
    }
    return nearest;
  }

  /** Columns that cannot move in any point better than the best. */
  private settled(root: DualBound | undefined, floor: number): Change[] {
    if (root === undefined) return [];
    return this.program.upper.flatMap((_, column): Change[] => {
      const [lower = 0, upper = 0] = [this.rootLower[column], this.rootUpper[column]];
      if (lower === upper) return [];
      if (holdsAtLower(root, column, floor)) return [{ column, lower, upper: lower }];
      return holdsAtUpper(root, column, floor) ? [{ column, lower: upper, upper }] : [];
    });
  }

  /** Depth first, the nearer side first. Answers the proven bound of the objective. */
  private branch(objective: Row, unit: number, most: number, root: DualBound | undefined): number {
    const settled = this.settled(root, valueOf(objective, this.best) + unit);
    const open: Node[] = [{ changes: settled, bound: most }];
    this.parked = new Set(settled.map(({ column }) => column));
    this.restore(settled);
    this.refresh(objective);
    let doubt = -Infinity;
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.bound <= valueOf(objective, this.best)) continue;
      this.restore(node.changes);
      let { outcome, row } = this.tableau.pivots > pivotsBetweenRefactorings ? this.refresh(objective) : this.tableau.dual();
      if (outcome === 'infeasible' && !this.provenInfeasible(row)) ({ outcome, row } = this.refresh(objective));
      if (outcome === 'outOfWork') return Math.max(node.bound, doubt, valueOf(objective, this.best), ...open.map(({ bound }) => bound));
      if (outcome === 'infeasible') {
        if (!this.provenInfeasible(row)) doubt = Math.max(doubt, node.bound);
        continue;
      }
      let bound = Math.min(node.bound, this.wholeBound(objective, unit));
      let fractional = this.tryVertex(objective);
      if (fractional < 0 && bound > valueOf(objective, this.best) && this.refresh(objective).outcome === 'optimal') {
        bound = Math.min(bound, this.wholeBound(objective, unit));
        fractional = this.tryVertex(objective);
      }
      if (bound <= valueOf(objective, this.best)) continue;
      if (fractional < 0) doubt = Math.max(doubt, bound);
      else open.push(...this.children(node, fractional, bound));
    }
    return Math.max(doubt, valueOf(objective, this.best));
  }

  /** The two sides of a fractional column; the one to look at first comes last. */
  private children(node: Node, column: number, bound: number): Node[] {
    const value = this.tableau.valueOf(column);
    const floor = Math.floor(value);
    const [lower = 0, upper = 0] = [this.tableau.lower[column], this.tableau.upper[column]];
    const others = node.changes.filter((change) => change.column !== column);
    const below: Node = { changes: [...others, { column, lower, upper: floor }], bound };
    const above: Node = { changes: [...others, { column, lower: floor + 1, upper }], bound };
    return value - floor > 0.5 ? [below, above] : [above, below];
  }
}
