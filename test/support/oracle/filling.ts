import { at } from './arithmetic.js';
import { mayFill, standing } from './requirements.js';
import type { Item, Leaf, Tree } from './requirements.js';

/**
 * §5.4 to 5.6 of docs/evaluation.md for items that are settled: what each fills and counts. Items are placed one after another; of two
 * ways to place the first items that leave the same room behind, only one is carried on. Amounts are whole steps of a grid.
 */

/** The sums that the programme's policy caps, in grid steps; Infinity where there is no cap. */
export interface Caps {
  readonly transferred: number;
  readonly mooc: number;
  readonly passFail: number;
  readonly passFailHomeCourses: number;
}

/** An item in grid steps, with the application it belongs to. */
export interface Placed extends Item {
  readonly application: number | undefined;
}

export interface Board {
  readonly tree: Tree;
  /** Thousandths in one step of the grid. */
  readonly grid: number;
  readonly caps: Caps;
  readonly surplus: boolean;
  readonly items: readonly Placed[];
  /** Converted sum per application, in grid steps. */
  readonly converted: readonly number[];
}

/** How one item is placed: for the order of level 6. */
export interface Placement {
  /** Rank among the item's ways to fill, the preferred first; with the leaves filled (indices). */
  readonly rank: number;
  readonly leaves: readonly number[];
  readonly counted: number;
  /** What counts in each leaf filled; for a `course` leaf 0. */
  readonly amounts: readonly number[];
  /** Per leaf: surplus that counts there. */
  readonly surplus: readonly number[];
}

/** Room that is left and what has been reached; everything in grid steps. Two equal positions have the same future. */
export interface Position {
  /** Per leaf what counts in it; for a `course` leaf 1 when filled. */
  readonly leaves: readonly number[];
  readonly recognised: number;
  readonly mooc: number;
  readonly passFail: number;
  readonly passFailHome: number;
  /** Counted so far of the application under way, and loss of those before. */
  readonly counted: number;
  readonly loss: number;
  /** Leaves (bit mask) that must be complete in the end, because a surplus rests on it. */
  readonly mustComplete: number;
  /** Per capped node. */
  readonly nodeCourses: readonly number[];
  readonly nodeCredits: readonly number[];
}

export function keyOf(p: Position): string {
  const scalars = [p.recognised, p.mooc, p.passFail, p.passFailHome, p.counted, p.loss, p.mustComplete];
  return [...p.leaves, ...scalars, ...p.nodeCourses, ...p.nodeCredits].join();
}

export function start(board: Board): Position {
  const nothing = board.tree.capped.map(() => 0);
  return {
    leaves: board.tree.leaves.map(() => 0),
    recognised: 0,
    mooc: 0,
    passFail: 0,
    passFailHome: 0,
    counted: 0,
    loss: board.converted.reduce((sum, value, i) => sum + (board.items.some((item) => item.application === i) ? 0 : value), 0),
    mustComplete: 0,
    nodeCourses: nothing,
    nodeCredits: nothing,
  };
}

/** Sets of leaves an item may fill: any one, or several that pairwise share, or none; in the order of level 6 (longer before its beginning). */
export function waysToFill(tree: Tree, item: Item): readonly (readonly number[])[] {
  const ways = (chosen: readonly number[], next: number): readonly (readonly number[])[] => {
    const longer = tree.leaves.flatMap((leaf, i) =>
      i >= next && mayFill(item, leaf) && chosen.every((other) => tree.share(at(tree.leaves, other), leaf))
        ? ways([...chosen, i], i + 1)
        : [],
    );
    return [...longer, chosen];
  };
  return ways([], 0);
}

function stepsIn(board: Board, leaf: Leaf): number {
  return leaf.credits / board.grid;
}

/** Whole numbers from one down to another. */
function down(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, i) => from - i);
}

/** Whether it may have to stand aside: a pass/fail home course, of which the policy lets only so many count or fill anything. */
function mayBeOneTooMany(board: Board, item: Placed): boolean {
  return item.passFail && !item.transferred && board.caps.passFailHomeCourses !== Infinity;
}

/** What an item may count: all of it where no cap concerns it, since counting more worsens nothing; else any amount. */
function countsOf(board: Board, position: Position, item: Placed): readonly number[] {
  const { caps } = board;
  const rooms: number[] = [];
  if (item.transferred && caps.transferred !== Infinity) rooms.push(caps.transferred - position.recognised);
  if (item.mooc && caps.mooc !== Infinity) rooms.push(caps.mooc - position.mooc);
  if (item.passFail && caps.passFail !== Infinity) rooms.push(caps.passFail - position.passFail);
  if (rooms.length === 0 && mayBeOneTooMany(board, item)) return item.credits === 0 ? [0] : [item.credits, 0];
  return rooms.length === 0 ? [item.credits] : down(Math.min(item.credits, ...rooms), 0);
}

/** Calls `emit` for every way to place the item, with the position it leads to. */
export function place(
  board: Board,
  position: Position,
  index: number,
  ways: readonly (readonly number[])[],
  emit: (next: Position, placement: Placement) => void,
): void {
  const item = at(board.items, index);
  ways.forEach((leaves, rank) => {
    const filled = fillLeaves(board, position, item, leaves);
    if (filled === undefined) return;
    for (const counted of countsOf(board, position, item)) {
      const used = mayBeOneTooMany(board, item) && (counted > 0 || leaves.length > 0) ? 1 : 0;
      if (position.passFailHome + used > board.caps.passFailHomeCourses) continue;
      const next = { ...filled, ...count(board, filled, index, counted), passFailHome: position.passFailHome + used };
      forAmounts(board, next, item, leaves, counted, (amounts, after) => {
        const none = board.tree.leaves.map(() => 0);
        emit(after, { rank, leaves, counted, amounts, surplus: none });
        for (const { surplus, final } of surpluses(board, after, item, leaves, counted, amounts)) {
          emit(final, { rank, leaves, counted, amounts, surplus });
        }
      });
    }
  });
}

/** Marks named courses as filled and counts transferred awards against the nodes' numbers; undefined when that is not possible. */
function fillLeaves(board: Board, position: Position, item: Placed, leaves: readonly number[]): Position | undefined {
  const [filled, nodeCourses] = [[...position.leaves], [...position.nodeCourses]];
  for (const i of leaves) {
    const leaf = at(board.tree.leaves, i);
    if (leaf.kind === 'course') {
      if (filled[i] === 1) return undefined;
      filled[i] = 1;
    }
    if (item.transferred) for (const node of leaf.under) nodeCourses[node] = at(nodeCourses, node) + 1;
  }
  if (nodeCourses.some((courses, node) => courses > at(board.tree.capped, node).courses)) return undefined;
  return { ...position, leaves: filled, nodeCourses };
}

/** The sums over counted amounts; at the last award of an application its loss is settled. */
function count(board: Board, position: Position, index: number, counted: number): Partial<Position> {
  const { caps } = board;
  const item = at(board.items, index);
  const { application } = item;
  const sums = {
    recognised: position.recognised + (item.transferred ? counted : 0),
    mooc: position.mooc + (item.mooc && caps.mooc !== Infinity ? counted : 0),
    passFail: position.passFail + (item.passFail && caps.passFail !== Infinity ? counted : 0),
  };
  if (application === undefined) return sums;
  const total = position.counted + counted;
  if (board.items[index + 1]?.application === application) return { ...sums, counted: total };
  return { ...sums, counted: 0, loss: position.loss + Math.max(0, at(board.converted, application) - total) };
}

/**
 * What counts in each leaf filled. Where neither a surplus nor a node's cap makes it a matter of choice, as much as there is room for:
 * a leaf looks at its sum alone.
 */
function forAmounts(
  board: Board,
  position: Position,
  item: Placed,
  leaves: readonly number[],
  counted: number,
  then: (amounts: readonly number[], after: Position) => void,
): void {
  const fill = (current: Position, amounts: readonly number[]): void => {
    const index = leaves[amounts.length];
    if (index === undefined) {
      then(amounts, current);
      return;
    }
    const leaf = at(board.tree.leaves, index);
    if (leaf.kind === 'course') {
      fill(current, [...amounts, 0]);
      return;
    }
    const most = roomIn(board, current, item, index, counted);
    const isFree = board.surplus || (item.transferred && leaf.under.some((node) => at(board.tree.capped, node).credits !== Infinity));
    for (const amount of down(most, isFree ? 0 : most)) fill(add(board, current, item, index, amount), [...amounts, amount]);
  };
  fill(position, []);
}

/** What may still count in a leaf, at most `wanted`. */
function roomIn(board: Board, position: Position, item: Placed, index: number, wanted: number): number {
  const leaf = at(board.tree.leaves, index);
  const nodes = item.transferred ? leaf.under : [];
  const rooms = nodes.map((node) => at(board.tree.capped, node).credits / board.grid - at(position.nodeCredits, node));
  return Math.min(wanted, stepsIn(board, leaf) - at(position.leaves, index), ...rooms);
}

function add(board: Board, position: Position, item: Placed, index: number, amount: number): Position {
  if (amount === 0) return position;
  const leaves = position.leaves.map((counted, i) => (i === index ? counted + amount : counted));
  const { under } = at(board.tree.leaves, index);
  if (!item.transferred || under.length === 0) return { ...position, leaves };
  // Only nodes with a cap on credits are worth remembering.
  const concerned = under.filter((node) => at(board.tree.capped, node).credits !== Infinity);
  return { ...position, leaves, nodeCredits: position.nodeCredits.map((sum, node) => (concerned.includes(node) ? sum + amount : sum)) };
}

/** §5.6: every surplus above 0 in every free elective. */
function surpluses(
  board: Board,
  position: Position,
  item: Placed,
  leaves: readonly number[],
  counted: number,
  amounts: readonly number[],
): readonly { readonly surplus: readonly number[]; readonly final: Position }[] {
  const [main, another] = leaves;
  if (!board.surplus || main === undefined || another !== undefined) return [];
  const leaf = at(board.tree.leaves, main);
  if (leaf.kind === 'freeElectives') return [];
  const beyond = leaf.kind === 'course' ? Math.min(counted, item.credits - stepsIn(board, leaf)) : counted - at(amounts, 0);
  const mustComplete = leaf.kind === 'course' ? position.mustComplete : position.mustComplete | (1 << main);
  return board.tree.leaves.flatMap((elective, index) => {
    if (elective.kind !== 'freeElectives' || !mayFill(item, elective)) return [];
    return down(roomIn(board, position, item, index, beyond), 1).map((amount) => ({
      surplus: board.tree.leaves.map((_, i) => (i === index ? amount : 0)),
      final: { ...add(board, position, item, index, amount), mustComplete },
    }));
  });
}

/** Whether every credit requirement on whose completion a surplus rests is complete. */
export function surplusesHold(board: Board, position: Position): boolean {
  return board.tree.leaves.every((leaf, i) => (position.mustComplete & (1 << i)) === 0 || at(position.leaves, i) === stepsIn(board, leaf));
}

/** Levels 1 to 3 and 5 reached at a final position, in thousandths. */
export function reached(board: Board, position: Position): { remaining: number; completed: number; recognised: number; loss: number } {
  const { tree, grid } = board;
  const counted = new Map(tree.leaves.map((leaf, i) => [leaf.id, at(position.leaves, i) * (leaf.kind === 'course' ? 1 : grid)]));
  const { remaining, completed } = standing(tree, (leaf) => counted.get(leaf) ?? 0);
  return { remaining, completed, recognised: position.recognised * grid, loss: position.loss * grid };
}
