import { floorToUnit, holdsAtLower, holdsAtUpper, type DualBound } from './bound.js';
import { Budget } from './budget.js';
import { findCuts } from './cuts.js';
import { indexAt, numberAt } from './entries.js';
import { Incumbent, type Problem } from './incumbent.js';
import { searchAround, searchNear } from './neighbourhood.js';
import { atLeast, toRow, type Program, type Row } from './program.js';
import { Rounding } from './rounding.js';
import { sharpenedRows } from './sharpen.js';
import { Simplex } from './simplex.js';
import type { Steps } from './steps.js';
import { boundAt, Tree } from './tree.js';
import { isWhole, rounded, vertexOf } from './vertex.js';

/** Columns whose order is decided in one go: with weights 2^0 … 2^7 the relaxation still tells the least of them from noise. */
const orderBlock = 8;
/** Cutting stops after so many rounds that did not bring the bound down by this share of a step. */
const idleCutRounds = 4;
const leastProgress = 0.05;
/** The share of the work left after which a tree is thought to be large: a better point then cuts off more than looking on does. */
const shareOfSmallTree = 0.05;
const pivotsBetweenRefactorings = 600;
/** Units of work for each row of looking for cuts in it, of rounding a vertex along it, and of beginning a search. */
const workPerRow = 100;

/** What a search for the maximum of one objective found. */
export interface Found {
  readonly value: number;
  readonly proven: boolean;
  /** No point is better than this; equals `value` when proven. */
  readonly bound: number;
}

/** What is known of an objective before anything is branched on. */
interface Root {
  readonly most: number;
  readonly bound: DualBound | undefined;
  readonly isWhole: boolean;
}

/**
 * Maximises one objective after another over an integer programme, each kept at its best while the next is sought: linear relaxations by the simplex method and
 * cuts; on a gap a search near the relaxation's vertex, then branch and bound. Every bound and every answer is verified in whole numbers; the budget counts
 * updated tableau entries, so the same programme gives the same answer on every machine. Pauses every few milliseconds.
 */
export class Search {
  private readonly simplex: Simplex;
  private readonly rows: Row[];
  private readonly columns: number;
  private readonly rounding: Rounding;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly budget: Budget;
  private readonly cuts = new Set<Row>();
  /** No work is left, or noise cannot be cleared: the tableau is not to be used any more. */
  private exhausted = false;
  private point: Float64Array;

  /** `start` is a point that keeps to every row, such as that of zeros. */
  constructor(
    private readonly program: Program,
    budget: number,
    start: readonly number[],
  ) {
    this.columns = program.upper.length;
    this.rows = sharpenedRows(program);
    this.budget = new Budget(budget);
    this.simplex = new Simplex(program.upper, this.rows, this.budget);
    this.rounding = new Rounding(program);
    this.lower = new Float64Array(this.columns);
    this.upper = Float64Array.from(program.upper);
    this.point = Float64Array.from(start);
  }

  /** The best point so far; feasible at all times. */
  get best(): readonly number[] {
    return [...this.point];
  }

  /** Ends the search: what it has found can be read still. */
  end(): void {
    this.simplex.release();
  }

  /** Units of work spent so far. */
  get work(): number {
    return this.budget.spent;
  }

  /** Finds the maximum of an objective whose values are all multiples of `unit`, and keeps it for what follows. */
  maximise(objective: Row, unit: number): Steps<Found> {
    return this.seek(objective, unit, true);
  }

  /** With `around` a good part of the work may go into better points; an order has few that are better, and many levels. */
  private *seek(objective: Row, unit: number, around: boolean): Steps<Found> {
    const { program, rows, lower, upper } = this;
    const problem: Problem = { program, rows, box: { lower, upper }, objective, unit };
    const incumbent = new Incumbent(problem, this.point);
    const limit = boundOfBox(problem);
    if (this.exhausted) return this.found(incumbent, limit);
    // Nothing is left to seek; and only where its columns stand now does the objective reach so much.
    if (incumbent.value === limit) return (yield* this.fix(objective)) ? this.found(incumbent, limit) : this.giveUp(incumbent, limit);
    // Of a large programme the tableau alone was work enough.
    if (this.budget.pauses()) yield;
    this.budget.spent += workPerRow * rows.length;
    this.simplex.setObjective(objective);
    const outcome = yield* this.simplex.primal();
    let root = this.rootOf(problem, incumbent, limit);
    if (incumbent.value < root.most) this.offerRounding(incumbent);
    if (outcome === 'outOfWork') return this.giveUp(incumbent, root.most);
    root = yield* this.cutOff(problem, incumbent, root);
    const bound = incumbent.value < root.most ? yield* this.closeGap(problem, incumbent, root, around) : root.most;
    const found = this.found(incumbent, bound);
    if (!found.proven) return found;
    const isKept = yield* this.keep(problem, found.value, root.bound);
    return isKept ? found : this.giveUp(incumbent, bound);
  }

  /**
   * Takes as many of these 0/1 columns as possible, the earlier before any number of the later, and fixes them so. False when the budget
   * did not allow to prove it.
   */
  *takeInOrder(columns: readonly number[]): Steps<boolean> {
    const open = columns.filter((column) => this.isOpen(column));
    for (let from = 0; from < open.length; from += orderBlock) {
      const block = open.slice(from, from + orderBlock);
      const terms = block.map((column, index) => [column, 2 ** (block.length - 1 - index)] as const);
      if (!(yield* this.settle(toRow(terms, 0)))) return false;
    }
    return true;
  }

  /** Makes each column as large as possible, one after the other, and fixes it so. False when the budget did not allow to prove it. */
  *enlargeInOrder(columns: readonly number[]): Steps<boolean> {
    for (const column of columns) if (this.isOpen(column) && !(yield* this.settle(toRow([[column, 1]], 0)))) return false;
    return true;
  }

  private isOpen(column: number): boolean {
    return numberAt(this.lower, column) !== numberAt(this.upper, column);
  }

  /** Maximises an objective and fixes its columns where they then stand; false when that is not proven, or cannot be kept. */
  private *settle(objective: Row): Steps<boolean> {
    const { proven } = yield* this.seek(objective, 1, false);
    return proven && !this.exhausted && (yield* this.fix(objective));
  }

  /** Fixes the columns of an objective where they stand; false when no vertex is found there. */
  private *fix(objective: Row): Steps<boolean> {
    for (const column of objective.columns) this.setBounds(column, numberAt(this.point, column), numberAt(this.point, column));
    const { outcome } = yield* this.simplex.dual();
    return outcome === 'optimal' || (outcome !== 'outOfWork' && (yield* this.startAfresh(objective)));
  }

  private setBounds(column: number, lower: number, upper: number): void {
    this.lower[column] = lower;
    this.upper[column] = upper;
    this.simplex.setBounds(column, lower, upper);
  }

  /** Offers the present vertex when it is whole, and bounds the objective by its multipliers. */
  private rootOf(problem: Problem, incumbent: Incumbent, before: number): Root {
    const vertex = vertexOf(this.simplex, this.columns);
    const isWholeVertex = vertex.every(isWhole);
    if (isWholeVertex) incumbent.offer(vertex.map(rounded));
    const bound = boundAt(this.simplex, problem, this.budget);
    return { most: Math.min(before, bound === undefined ? Infinity : floorToUnit(bound, problem.unit)), bound, isWhole: isWholeVertex };
  }

  private offerRounding(incumbent: Incumbent): void {
    incumbent.offer(this.rounding.round(vertexOf(this.simplex, this.columns), { lower: this.lower, upper: this.upper }));
    this.budget.spent += workPerRow * this.rows.length;
  }

  /** Adds cuts while they bring the bound down. */
  private *cutOff(problem: Problem, incumbent: Incumbent, first: Root): Steps<Root> {
    let root = first;
    for (let idle = 0; idle < idleCutRounds && !root.isWhole && root.most > incumbent.value; idle += 1) {
      const before = this.simplex.objectiveValue;
      if (!(yield* this.cut())) break;
      root = this.rootOf(problem, incumbent, root.most);
      if (before - this.simplex.objectiveValue > leastProgress * problem.unit) idle = -1;
    }
    this.dropIdleCuts();
    return root;
  }

  /** Cuts the present fractional vertex off; false when there was nothing to cut, or no work left. */
  private *cut(): Steps<boolean> {
    const cuts = findCuts(this.simplex, this.rows, vertexOf(this.simplex, this.columns), this.budget);
    this.budget.spent += workPerRow * this.rows.length;
    if (cuts.length === 0) return false;
    this.simplex.addRows(cuts);
    this.rows.push(...cuts);
    for (const cut of cuts) this.cuts.add(cut);
    const { outcome } = yield* this.simplex.dual();
    return outcome === 'optimal';
  }

  /** Cuts that no longer hold the vertex only make pivots dearer. */
  private dropIdleCuts(): void {
    const idle = new Set<number>();
    for (const [index, row] of this.rows.entries()) {
      if (this.cuts.has(row) && this.simplex.isBasic(this.columns + index)) idle.add(this.columns + index);
    }
    if (idle.size === 0) return;
    this.simplex.removeRows(idle);
    const kept = this.rows.filter((_, index) => !idle.has(this.columns + index));
    this.rows.splice(0, this.rows.length, ...kept);
  }

  /** Looks for better points and proves that there are no others; answers the bound. The root's own vertex stays as it is. */
  private *closeGap(problem: Problem, incumbent: Incumbent, { most, bound }: Root, around: boolean): Steps<number> {
    const simplex = this.simplex.copy();
    try {
      const tree = new Tree(problem, incumbent, simplex, this.budget);
      yield* tree.dive();
      const vertex = vertexOf(this.simplex, this.columns);
      if (incumbent.value < most) yield* searchNear(problem, incumbent, vertex, most, this.budget);
      if (incumbent.value >= most) return most;
      tree.open(most, bound);
      const left = yield* tree.branch({ work: shareOfSmallTree * this.budget.left });
      if (around && left > incumbent.value) yield* searchAround(problem, incumbent, left, this.budget);
      return yield* tree.branch();
    } finally {
      simplex.release();
    }
  }

  /** The best point stays as it is from here on, and with it every level that is proven already. */
  private giveUp(incumbent: Incumbent, bound: number): Found {
    this.exhausted = true;
    return this.found(incumbent, Math.max(bound, incumbent.value));
  }

  private found({ point, value }: Incumbent, bound: number): Found {
    if (point !== undefined) this.point = point;
    return { value, proven: value === bound, bound };
  }

  /** Computes the tableau anew and finds the optimum of the present bounds; false when that fails too. */
  private *startAfresh(objective: Row): Steps<boolean> {
    yield* this.simplex.refactor(this.rows, this.columns);
    this.simplex.setObjective(objective);
    const { outcome } = yield* this.simplex.dual();
    return outcome === 'optimal' && (yield* this.clearPerturbation(objective));
  }

  /** From a vertex that is optimal for a perturbed objective to one that is for the objective itself. */
  private *clearPerturbation(objective: Row): Steps<boolean> {
    if (!this.simplex.isPerturbed) return true;
    this.simplex.setObjective(objective);
    return (yield* this.simplex.primal()) === 'optimal';
  }

  /** Keeps a proven value: as a row, and by fixing every column that cannot move without falling below it. False when no work is left to do it. */
  private *keep({ objective }: Problem, value: number, root: DualBound | undefined): Steps<boolean> {
    const isNoisy = this.simplex.pivots > pivotsBetweenRefactorings;
    if (!(yield* isNoisy ? this.startAfresh(objective) : this.clearPerturbation(objective))) return false;
    this.simplex.keepObjectiveAtLeast(value);
    this.rows.push(atLeast(objective, value));
    if (root === undefined) return true;
    for (let column = 0; column < this.columns; column += 1) {
      const [lower, upper] = [numberAt(this.lower, column), numberAt(this.upper, column)];
      if (lower === upper || this.simplex.isBasic(column)) continue;
      if (holdsAtLower(root, column, value)) this.setBounds(column, lower, lower);
      else if (holdsAtUpper(root, column, value)) this.setBounds(column, upper, upper);
    }
    this.simplex.dropFixedColumns();
    return true;
  }
}

/** The objective's most over the bounds of the columns alone. */
function boundOfBox({ objective: { columns, coefficients }, box }: Problem): number {
  let sum = 0;
  for (let term = 0; term < columns.length; term += 1) {
    const coefficient = numberAt(coefficients, term);
    sum += coefficient * numberAt(coefficient > 0 ? box.upper : box.lower, indexAt(columns, term));
  }
  return sum;
}
