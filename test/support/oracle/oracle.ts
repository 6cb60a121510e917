import type { EvaluationInput, Objective } from '../../../src/evaluation/domain/index.js';
import { at, milli, parseNumber, roundToMultiple, times, whole } from './arithmetic.js';
import { valueApplication } from './awards.js';
import type { ValuedApplication } from './awards.js';
import { keyOf, place, reached, start, surplusesHold, waysToFill } from './filling.js';
import type { Board, Caps, Placed, Placement, Position } from './filling.js';
import { membersOf } from './matching.js';
import type { World } from './matching.js';
import { compareApplications, possibleApplications } from './precedence.js';
import { itemOfAward, itemOfHomeCourse, mayFill, standing, treeOf } from './requirements.js';
import type { Tree } from './requirements.js';
import { consumedBy, grants, takings } from './taking.js';

/**
 * The brute-force oracle of docs/evaluation.md: for small inputs it looks at every admissible set of applications, every way to grant
 * and fill, and every amount, and keeps the best by §7. It shares no code with the engine. Far too slow for real inputs.
 */

export interface OracleApplication {
  readonly rule: string;
  readonly agreement: string;
  readonly completions: readonly string[];
  readonly option: number | undefined;
  readonly convertedCredits: number;
  /** Per award of the rule, in its order. Amounts in credits. */
  readonly awards: readonly OracleAward[];
}

export interface OracleAward extends OracleFills {
  readonly granted: boolean;
  readonly credits: number;
}

export interface OracleFills {
  readonly counted: number;
  readonly fills: readonly { readonly requirement: string; readonly credits: number; readonly surplus: boolean }[];
}

export interface OracleAnswer {
  readonly objective: Objective;
  readonly applications: readonly OracleApplication[];
  /** Of the home courses that take part, by id. */
  readonly homeCourses: readonly (OracleFills & { readonly homeCourse: string })[];
}

/** Thrown for inputs that would take too long: generators must not make them, or a property must set them aside. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** The most positions looked at for one input: about a second. */
const maximumPositions = 60_000;

/** Levels 1 to 5 in thousandths, all to be made small: levels 2 and 3 are negated. */
type Score = readonly [number, number, number, number, number];

interface Problem {
  readonly world: World;
  readonly tree: Tree;
  /** Positions looked at so far. */
  readonly effort: { positions: number };
}

interface Taking {
  readonly taken: readonly ValuedApplication[];
  readonly granted: readonly boolean[];
  readonly board: Board;
  /** No placement scores better. */
  readonly atBest: Score;
}

export function oracle(input: EvaluationInput): OracleAnswer {
  const { world, applications } = possibleApplications(input);
  const problem: Problem = { world, tree: treeOf(input), effort: { positions: 0 } };
  const valued = applications.map((application) => valueApplication(world, application));
  const all = takings(world, valued).flatMap((taken) =>
    grants(world, taken).map((granted) => {
      spend(problem, 20); // about as dear as so many positions
      return takingOf(problem, taken, granted);
    }),
  );
  all.sort((a, b) => compareScores(a.atBest, b.atBest));
  let best: { score: Score; taking: Taking } | undefined;
  for (const taking of all) {
    if (best !== undefined && compareScores(taking.atBest, best.score) > 0) break;
    const score = bestScore(problem, taking);
    const difference = best === undefined ? -1 : compareScores(score, best.score) || compareLists(taking, best.taking);
    if (difference < 0) best = { score, taking };
  }
  if (best === undefined) throw new RangeError('taking nothing is always possible');
  return answer(problem, best.taking, best.score);
}

function compareScores(a: Score, b: Score): number {
  return a.map((value, level) => value - at(b, level)).find((difference) => difference !== 0) ?? 0;
}

/** Level 6 as far as applications and granted flags: a list that goes on is before its own beginning. */
function compareLists(a: Taking, b: Taking): number {
  for (const [i, application] of a.taken.entries()) {
    const other = b.taken[i];
    const difference = other === undefined ? -1 : compareApplications(application, other);
    if (difference !== 0) return difference;
  }
  if (b.taken.length > a.taken.length) return 1;
  const first = a.granted.findIndex((granted, i) => granted !== b.granted[i]);
  return first < 0 ? 0 : a.granted[first] === true ? -1 : 1;
}

function takingOf(problem: Problem, taken: readonly ValuedApplication[], granted: readonly boolean[]): Taking {
  const { tree, world } = problem;
  const awards = taken.flatMap((application, i) => application.valued.map((valued) => ({ valued, i })));
  const items = [
    ...awards.filter((_, k) => granted[k] === true).map(({ valued, i }) => ({ ...itemOfAward(valued.award, valued), application: i })),
    ...world.home.map((course) => ({ ...itemOfHomeCourse(course), application: undefined })),
  ];
  const converted = taken.map(({ convertedSum }) => convertedSum);
  const board = boardOf(world.input, tree, items, converted);
  const most = new Map(
    tree.leaves.map((leaf) => {
      const matching = items.filter((item) => mayFill(item, leaf));
      if (leaf.kind === 'course') return [leaf.id, matching.length];
      return [
        leaf.id,
        Math.min(
          leaf.credits,
          matching.reduce((sum, { credits }) => sum + credits, 0),
        ),
      ];
    }),
  );
  const { remaining, completed } = standing(tree, (leaf) => most.get(leaf) ?? 0);
  const recognised = items.reduce((sum, item) => sum + (item.transferred ? item.credits : 0), 0);
  return { taken, granted, board, atBest: [remaining, -completed, -recognised, consumedBy(taken), 0] };
}

/** The caps that can cut something, and amounts in steps of the coarsest grid on which the optimum certainly lies. */
function boardOf(input: EvaluationInput, tree: Tree, items: readonly Placed[], converted: readonly number[]): Board {
  const { totalCredits, policy } = input.programme;
  const capIf = (cap: number, of: (item: Placed) => boolean): number =>
    items.reduce((sum, item) => sum + (of(item) ? item.credits : 0), 0) > cap ? cap : Infinity;
  const share = policy.maximumTransferredShare === undefined ? undefined : parseNumber(policy.maximumTransferredShare);
  const transferred = Math.min(
    milli(policy.maximumTransferredCredits ?? Infinity),
    share === undefined ? Infinity : roundToMultiple(times(share, whole(milli(totalCredits))), 1, 'down'),
    policy.residencyCredits === undefined ? Infinity : Math.max(0, milli(totalCredits) - milli(policy.residencyCredits)),
  );
  const caps: Caps = {
    transferred: capIf(transferred, (item) => item.transferred),
    mooc: capIf(milli(policy.maximumMoocCredits ?? Infinity), (item) => item.mooc),
    passFail: capIf(milli(policy.passFail?.maximumCredits ?? Infinity), (item) => item.passFail),
    passFailHomeCourses: policy.passFail?.maximumHomeCourses ?? Infinity,
  };
  const surplus = policy.surplusToElectives ?? false;
  const amounts = [caps.transferred, caps.mooc, caps.passFail, ...items.map(({ credits }) => credits), ...converted];
  const nodes = tree.capped.map(({ credits }) => credits);
  const grid = isNetwork(tree, items, caps, surplus) ? divisor([...amounts, ...nodes, ...tree.leaves.map(({ credits }) => credits)]) : 1;
  return {
    tree,
    grid,
    caps: { ...caps, transferred: caps.transferred / grid, mooc: caps.mooc / grid, passFail: caps.passFail / grid },
    surplus,
    items: items.map((item) => ({ ...item, credits: item.credits / grid })),
    converted: converted.map((sum) => sum / grid),
  };
}

/**
 * Whether an optimum lies on the grid of the common divisor. With no amount to choose (no cap that cuts, no node's cap on credits, no surplus)
 * it does. Else amounts are a flow when each credit passes through nested sums on the way in (application ⊂ MOOC ⊂ transferred, or application ⊂
 * pass/fail) and on the way out (leaf, nodes above it): then corners are whole multiples. Pass/fail crosses the other sums on the way in, shared awards
 * those on the way out, and home courses with a surplus under nodes' caps may: there every thousandth is looked at.
 */
function isNetwork(tree: Tree, items: readonly Placed[], caps: Caps, surplus: boolean): boolean {
  const nodeCaps = tree.capped.some(({ credits }) => credits !== Infinity);
  const cut = [caps.transferred, caps.mooc, caps.passFail].some((cap) => cap !== Infinity);
  if (!cut && !nodeCaps && !surplus) return true;
  const shares = tree.leaves.some((a) => tree.leaves.some((b) => tree.share(a, b)));
  const mixed = items.some((a) => items.some((b) => a.application === b.application && a.transferred && a.passFail !== b.passFail));
  const nestedIn = caps.passFail === Infinity || (caps.transferred === Infinity && caps.mooc === Infinity && !mixed);
  const nestedOut = !shares && !(surplus && nodeCaps && items.some(({ transferred }) => !transferred));
  return nestedIn && nestedOut;
}

/** The greatest common divisor of the finite amounts; 1 when all are 0. */
function divisor(amounts: readonly number[]): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  return Math.max(
    1,
    amounts.filter((amount) => amount !== Infinity).reduce((sum, amount) => gcd(sum, amount), 0),
  );
}

function bestScore(problem: Problem, { board, taken }: Taking): Score {
  let positions = new Map([['', start(board)]]);
  board.items.forEach((item, index) => {
    const ways = waysToFill(board.tree, item);
    const next = new Map<string, Position>();
    for (const position of positions.values()) {
      place(board, position, index, ways, (after) => {
        spend(problem);
        next.set(keyOf(after), after);
      });
    }
    positions = next;
  });
  const scores = [...positions.values()]
    .filter((position) => surplusesHold(board, position))
    .map((p) => scoreOf(board, p, consumedBy(taken)));
  return at(scores.sort(compareScores), 0);
}

function spend(problem: Problem, positions = 1): void {
  problem.effort.positions += positions;
  if (problem.effort.positions > maximumPositions) throw new TooLarge('too many positions for the oracle');
}

function scoreOf(board: Board, position: Position, consumed: number): Score {
  const { remaining, completed, recognised, loss } = reached(board, position);
  return [remaining, -completed, -recognised, consumed, loss];
}

interface Way {
  readonly position: Position;
  readonly placements: readonly Placement[];
}

/** Level 6 among ways of one taking: pairs first, then what counts, then what counts where, then surplus, the largest first. */
function compareWays(tree: Tree, a: readonly Placement[], b: readonly Placement[]): number {
  const lists = (ways: readonly Placement[]): readonly (readonly number[])[] => [
    ways.map(({ rank }) => rank),
    ways.map(({ counted }) => -counted),
    ways.flatMap(({ amounts }) => amounts.map((amount) => -amount)),
    ways.flatMap(({ surplus }) => tree.leaves.map((_, i) => -at(surplus, i))),
  ];
  const [left, right] = [lists(a), lists(b)];
  for (const [kind, list] of left.entries()) {
    for (const [i, value] of list.entries()) {
      const difference = value - at(at(right, kind), i);
      if (difference !== 0) return difference;
    }
  }
  return 0;
}

function bestWay(problem: Problem, { board, taken }: Taking, score: Score): readonly Placement[] {
  let ways = new Map<string, Way>([['', { position: start(board), placements: [] }]]);
  board.items.forEach((item, index) => {
    const options = waysToFill(board.tree, item);
    const next = new Map<string, Way>();
    for (const way of ways.values()) {
      place(board, way.position, index, options, (position, placement) => {
        spend(problem);
        const [key, placements] = [keyOf(position), [...way.placements, placement]];
        const known = next.get(key);
        if (known === undefined || compareWays(board.tree, placements, known.placements) < 0) next.set(key, { position, placements });
      });
    }
    ways = next;
  });
  const optimal = [...ways.values()].filter(
    ({ position }) => surplusesHold(board, position) && compareScores(scoreOf(board, position, consumedBy(taken)), score) === 0,
  );
  return at(
    optimal.map(({ placements }) => placements).sort((a, b) => compareWays(board.tree, a, b)),
    0,
  );
}

function fillsOf(board: Board, item: Placed, placement: Placement): OracleFills {
  const inCredits = (steps: number): number => (steps * board.grid) / 1000;
  const { leaves } = board.tree;
  const main = placement.leaves.map((index, k) => {
    const { id, kind, credits } = at(leaves, index);
    const steps = kind === 'course' ? Math.min(placement.counted, credits / board.grid) : at(placement.amounts, k);
    return { requirement: id, credits: inCredits(steps), surplus: false };
  });
  const surplus = leaves.flatMap(({ id }, i) => {
    const steps = at(placement.surplus, i);
    return steps === 0 ? [] : [{ requirement: id, credits: inCredits(steps), surplus: true }];
  });
  return { counted: inCredits(placement.counted), fills: [...main, ...surplus] };
}

function answer(problem: Problem, taking: Taking, score: Score): OracleAnswer {
  const { board, taken, granted } = taking;
  const way = bestWay(problem, taking, score);
  const placed = board.items.map((item, i) => fillsOf(board, item, at(way, i)));
  const grantedFlags = [...granted];
  let next = 0;
  const applications = taken.map(({ rule, revision, set, option, convertedSum, valued }): OracleApplication => ({
    rule: rule.id,
    agreement: revision.agreement,
    completions: membersOf(set).map((i) => at(problem.world.completions, i).id),
    option,
    convertedCredits: convertedSum / 1000,
    awards: valued.map(({ credits }): OracleAward => {
      const isGranted = grantedFlags.shift() === true;
      const fills = isGranted ? at(placed, next++) : { counted: 0, fills: [] };
      return { granted: isGranted, credits: credits / 1000, ...fills };
    }),
  }));
  const homeCourses = problem.world.home.map(({ id }, i) => ({ homeCourse: id, ...at(placed, next + i) }));
  const [remaining, completed, recognised, consumed, loss] = score;
  const objective = {
    remainingStudy: remaining / 1000,
    requirementsCompleted: -completed,
    recognisedCredits: -recognised / 1000,
    completionsConsumed: consumed,
    loss: loss / 1000,
  };
  return { objective, applications, homeCourses };
}
