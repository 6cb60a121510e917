import { floorToUnit } from './bound.js';
import type { Budget } from './budget.js';
import { numberAt } from './entries.js';
import { Incumbent, type Problem } from './incumbent.js';
import { atLeast } from './program.js';
import { reduce } from './reduce.js';
import { Simplex } from './simplex.js';
import type { Steps } from './steps.js';
import { boundAt, Tree } from './tree.js';
import { isWhole, rounded } from './vertex.js';

/** Nodes of a search among few columns: enough to settle most of them. */
const mostNodes = 200;
/** A search around the incumbent is repeated while it finds something, so often at most. */
const mostRounds = 3;
/** The same for a search around the incumbent; a round keeps a part of what it takes, which becomes less from round to round. */
const nodesAround = 30;
const mostRoundsAround = 60;
const firstKept = 0.4;
const lessKept = 0.01;
const leastKept = 0.05;
/** The share of what work is left that may go into it. */
const shareAround = 0.1;
/** Units of work for each row of leaving fixed columns out. */
const workPerRow = 60;

/**
 * Looks for better points near a vertex of the relaxation: first where every decision that is whole there is kept, then where vertex and incumbent agree.
 * What remains is small, and so is the work.
 */
export function* searchNear(problem: Problem, incumbent: Incumbent, vertex: Float64Array, most: number, budget: Budget): Steps<void> {
  yield* searchWithin(problem, incumbent, wholeDecisions(problem, vertex), { most, nodes: mostNodes }, budget);
  for (let round = 0; round < mostRounds && incumbent.value < most && !budget.isSpent; round += 1) {
    const { point, value: before } = incumbent;
    if (point === undefined) return;
    const agreed = wholeDecisions(problem, vertex).filter(([column, value]) => numberAt(point, column) === value);
    yield* searchWithin(problem, incumbent, agreed, { most, nodes: mostNodes }, budget);
    if (incumbent.value === before) return;
  }
}

/**
 * Looks for better points around the incumbent, ever farther away: a part of what it takes is kept, and all else is open. For a share of the work that is left.
 */
export function* searchAround(problem: Problem, incumbent: Incumbent, most: number, budget: Budget): Steps<void> {
  const limit = budget.spent + budget.left * shareAround;
  const random = new RandomNumbers();
  for (let round = 0; round < mostRoundsAround && incumbent.value < most && budget.spent < limit; round += 1) {
    const share = Math.max(leastKept, firstKept - round * lessKept);
    const taken = wholeDecisions(problem, incumbent.point ?? new Float64Array()).filter(([, value]) => value > 0 && random.next() < share);
    yield* searchWithin(problem, incumbent, taken, { most, nodes: nodesAround }, budget);
  }
}

type Decision = readonly [column: number, value: number];

function wholeDecisions({ program }: Problem, vertex: Float64Array): Decision[] {
  return [...vertex.entries()].flatMap(([column, value]): Decision[] =>
    program.isDecision(column) && isWhole(value) ? [[column, rounded(value)]] : [],
  );
}

interface Limits {
  /** No point is better than this. */
  readonly most: number;
  readonly nodes: number;
}

/** Searches for something better where some columns are fixed. */
function* searchWithin(problem: Problem, incumbent: Incumbent, fixed: readonly Decision[], limits: Limits, budget: Budget): Steps<void> {
  const { objective, rows, unit } = problem;
  const [lower, upper] = [problem.box.lower.slice(), problem.box.upper.slice()];
  for (const [column, value] of fixed) [lower[column], upper[column]] = [value, value];
  const within = reduce({ ...problem, rows: [...rows, atLeast(objective, incumbent.value + unit)], box: { lower, upper } });
  budget.spent += workPerRow * rows.length;
  if (within === undefined) return;
  const { problem: small, base, expand } = within;
  const best = new Incumbent(small, undefined, incumbent.value - base);
  const simplex = new Simplex(small.program.upper, small.rows, budget);
  yield* improve(small, best, simplex, { ...limits, most: limits.most - base }, budget);
  simplex.release();
  if (best.point !== undefined) incumbent.offer(expand(best.point));
}

function* improve(problem: Problem, best: Incumbent, simplex: Simplex, { most, nodes }: Limits, budget: Budget): Steps<void> {
  simplex.setObjective(problem.objective);
  simplex.perturb();
  const { outcome } = yield* simplex.dual();
  if (outcome !== 'optimal') return;
  const root = boundAt(simplex, problem, budget);
  const bound = Math.min(most, root === undefined ? Infinity : floorToUnit(root, problem.unit));
  if (bound <= best.value) return;
  const tree = new Tree(problem, best, simplex, budget);
  yield* tree.dive();
  if (best.value >= bound) return;
  tree.open(bound, root);
  yield* tree.branch({ nodes });
}

/** Numbers in [0, 1), the same ones every time: the generator of the C standard's example (ISO/IEC 9899, 7.24.2). */
class RandomNumbers {
  private state = 1;

  next(): number {
    this.state = (Math.imul(this.state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (this.state >> 16) / 0x8000;
  }
}
