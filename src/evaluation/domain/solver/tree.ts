import { at } from '../../../kernel/index.js';
import { dualBound, floorToUnit, holdsAtLower, holdsAtUpper, type DualBound } from './bound.js';
import { BranchingCosts, type Branch } from './branching.js';
import type { Budget } from './budget.js';
import { numberAt } from './entries.js';
import type { Incumbent, Problem } from './incumbent.js';
import { stages } from './program.js';
import type { DualOutcome, Simplex } from './simplex.js';
import type { Steps } from './steps.js';
import { isBranchedFirst, isWhole, rounded, vertexOf, wholeTolerance } from './vertex.js';

const pivotsBetweenRefactorings = 600;
/** What is taken decides more than where it stands: a nudge when choosing what to branch on. */
const applicationPreference = 1.1;
/** In a dive up is preferred to down by so much: what is taken decides more than what is left. */
const divePreference = 0.2;

/** Units of work for each row and column of a bound, and each column of a point. */
const workPerEntry = 6;

/** New bounds of a column. */
export interface Change {
  readonly column: number;
  readonly lower: number;
  readonly upper: number;
}

interface Node {
  readonly changes: readonly Change[];
  readonly bound: number;
  /** What it was made by; of the root nothing. */
  readonly branch?: Branch;
}

/** The bound of an objective at the present vertex and bounds of a simplex, proven in whole numbers. */
export function boundAt(simplex: Simplex, { program, rows, objective }: Problem, budget: Budget): DualBound | undefined {
  const columns = program.upper.length;
  budget.spent += workPerEntry * (rows.length + columns);
  return dualBound(objective, rows, (row) => simplex.multiplierOf(columns + row), simplex, columns);
}

/** Branch and bound below a vertex. The simplex stands at the optimum of the problem and is the tree's own. */
export class Tree {
  private readonly columns: number;
  private changed: readonly number[] = [];
  /** Columns settled for the whole tree. */
  private parked: ReadonlySet<number> = new Set();
  private readonly costs: BranchingCosts;
  /** Nodes still to be looked at, the next one last. */
  private readonly nodes: Node[] = [];
  /** The bound of what floating point could not decide. */
  private doubt = -Infinity;

  constructor(
    private readonly problem: Problem,
    private readonly incumbent: Incumbent,
    private readonly simplex: Simplex,
    private readonly budget: Budget,
  ) {
    this.columns = problem.program.upper.length;
    this.costs = new BranchingCosts(this.columns);
  }

  /** Rounds the column nearest to a whole number again and again, for a good point to begin with. */
  *dive(): Steps<void> {
    const changes: Change[] = [];
    this.simplex.perturb();
    while (!this.offerVertex()) {
      const vertex = vertexOf(this.simplex, this.columns);
      const column = this.nearestToWhole(vertex);
      const value = rounded(numberAt(vertex, column));
      changes.push({ column, lower: value, upper: value });
      this.restore(changes);
      const { outcome } = yield* this.simplex.dual();
      if (outcome !== 'optimal' || this.simplex.objectiveValue <= this.incumbent.value) break;
    }
    this.restore([]);
  }

  /** Opens the root, of which `most` and `root` bound the objective. */
  open(most: number, root: DualBound | undefined): void {
    const settled = this.settled(root, this.incumbent.value + this.problem.unit);
    this.parked = new Set(settled.map(({ column }) => column));
    this.restore(settled);
    this.simplex.parkFixedColumns(this.parked);
    this.simplex.perturb();
    this.nodes.push({ changes: settled, bound: most });
  }

  /**
   * Depth first, the nearer side first, until no node is open, so many have been looked at, or so much work has been done. Answers the proven bound of the objective, and may
   * go on from there.
   */
  *branch({ nodes = Infinity, work = Infinity }: { readonly nodes?: number; readonly work?: number } = {}): Steps<number> {
    const end = this.budget.spent + work;
    for (let looked = 0; looked < nodes && this.budget.spent < end && !this.budget.isSpent; looked += 1) {
      const node = this.nodes.pop();
      if (node === undefined) break;
      if (node.bound > this.incumbent.value) yield* this.look(node);
    }
    return Math.max(this.doubt, this.incumbent.value, ...this.nodes.map(({ bound }) => bound));
  }

  private *look(node: Node): Steps<void> {
    const outcome = yield* this.solve(node);
    if (outcome === 'infeasible') return;
    if (outcome === 'outOfWork') {
      this.nodes.push(node);
      return;
    }
    const bound = outcome === 'doubtful' ? node.bound : yield* this.boundOf(node);
    if (bound <= this.incumbent.value) return;
    const column = outcome === 'doubtful' ? -1 : this.branchingColumn();
    if (column < 0) this.doubt = Math.max(this.doubt, bound);
    else this.nodes.push(...this.children(node, column, bound));
  }

  /** Brings the simplex to a node's optimum. What is infeasible without a proof in whole numbers is doubtful. */
  private *solve(node: Node): Steps<DualOutcome['outcome'] | 'doubtful'> {
    this.restore(node.changes);
    let { outcome, row } = yield* this.simplex.pivots > pivotsBetweenRefactorings ? this.refresh() : this.simplex.dual();
    if (outcome === 'infeasible' && !this.isProvenInfeasible(row)) ({ outcome, row } = yield* this.refresh());
    const { branch } = node;
    if (branch !== undefined && outcome === 'optimal') this.costs.learn(branch, this.simplex.objectiveValue);
    if (branch !== undefined && outcome === 'infeasible')
      this.costs.learn(branch, Math.min(branch.objective - this.problem.unit, this.incumbent.value));
    return outcome === 'infeasible' && !this.isProvenInfeasible(row) ? 'doubtful' : outcome;
  }

  /** The bound at the present vertex, which is offered when it is whole. */
  private *boundOf(node: Node): Steps<number> {
    let bound = Math.min(node.bound, this.boundHere());
    if (this.offerVertex() && bound > this.incumbent.value) {
      const { outcome } = yield* this.refresh();
      if (outcome !== 'optimal') return bound;
      bound = Math.min(bound, this.boundHere());
      this.offerVertex();
    }
    return bound;
  }

  private boundHere(): number {
    const here = boundAt(this.simplex, this.problem, this.budget);
    return here === undefined ? Infinity : floorToUnit(here, this.problem.unit);
  }

  /** Offers the present vertex when it is whole; answers whether it is. */
  private offerVertex(): boolean {
    const vertex = vertexOf(this.simplex, this.columns);
    this.budget.spent += workPerEntry * this.columns;
    if (!vertex.every(isWhole)) return false;
    this.incumbent.offer(vertex.map(rounded));
    return true;
  }

  /** Clears the noise of pivoting away, and finds the optimum of the present bounds again. */
  private *refresh(): Steps<DualOutcome> {
    yield* this.simplex.refactor(this.problem.rows, this.columns);
    this.simplex.parkFixedColumns(this.parked);
    this.simplex.setObjective(this.problem.objective);
    this.simplex.perturb();
    return yield* this.simplex.dual();
  }

  private isProvenInfeasible(row: number): boolean {
    const { rows } = this.problem;
    const multipliers = new Float64Array(rows.length);
    this.simplex.rowMultipliers(row, (variable, coefficient) => {
      if (variable >= this.columns) multipliers[variable - this.columns] = coefficient;
    });
    this.budget.spent += workPerEntry * (rows.length + this.columns);
    const bound = dualBound(undefined, rows, (index) => numberAt(multipliers, index), this.simplex, this.columns);
    return bound !== undefined && bound.scaled < 0;
  }

  private restore(changes: readonly Change[]): void {
    const { lower, upper } = this.problem.box;
    const wanted = new Set(changes.map(({ column }) => column));
    for (const column of this.changed) {
      if (!wanted.has(column)) this.simplex.setBounds(column, numberAt(lower, column), numberAt(upper, column));
    }
    for (const change of changes) this.simplex.setBounds(change.column, change.lower, change.upper);
    this.changed = [...wanted];
  }

  private nearestToWhole(vertex: Float64Array): number {
    let nearest = -1;
    let least = Infinity;
    vertex.forEach((value, column) => {
      if (isWhole(value)) return;
      const distance = Math.abs(value - Math.round(value));
      const later = isBranchedFirst(this.problem.program, column) ? 0 : 1;
      const score = distance + later - (value > Math.round(value) ? 0 : divePreference);
      if (score < least) [nearest, least] = [column, score];
    });
    return nearest;
  }

  /** Columns that cannot move in any point better than the best. */
  private settled(root: DualBound | undefined, floor: number): Change[] {
    if (root === undefined) return [];
    const changes: Change[] = [];
    for (let column = 0; column < this.columns; column += 1) {
      const [least, most] = [numberAt(this.problem.box.lower, column), numberAt(this.problem.box.upper, column)];
      if (least === most) continue;
      if (holdsAtLower(root, column, floor)) changes.push({ column, lower: least, upper: least });
      else if (holdsAtUpper(root, column, floor)) changes.push({ column, lower: most, upper: most });
    }
    return changes;
  }

  /** A fractional column, or −1 where all are whole. */
  private branchingColumn(): number {
    const { program } = this.problem;
    let best = -1;
    let most = -Infinity;
    for (let column = 0; column < this.columns; column += 1) {
      const value = this.simplex.valueOf(column);
      const fraction = value - Math.floor(value);
      if (fraction <= wholeTolerance || fraction >= 1 - wholeTolerance) continue;
      const preference = at(program.stage, column) === stages.application ? applicationPreference : 1;
      const score = isBranchedFirst(program, column) ? this.costs.score(column, fraction) * preference : -1 / fraction;
      if (score > most) [best, most] = [column, score];
    }
    return best;
  }

  /** The two sides of a fractional column; the one to look at first comes last. */
  private children({ changes }: Node, column: number, bound: number): Node[] {
    const value = this.simplex.valueOf(column);
    const floor = Math.floor(value);
    const fraction = value - floor;
    const [lower, upper] = [numberAt(this.simplex.lower, column), numberAt(this.simplex.upper, column)];
    const others = changes.filter((change) => change.column !== column);
    const side = (up: boolean): Node => ({
      changes: [...others, up ? { column, lower: floor + 1, upper } : { column, lower, upper: floor }],
      bound,
      branch: { column, up, distance: up ? 1 - fraction : fraction, objective: this.simplex.objectiveValue },
    });
    return fraction > 0.5 ? [side(false), side(true)] : [side(true), side(false)];
  }
}
