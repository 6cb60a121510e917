import { at, type Thousandths } from '../../kernel/index.js';
import type { Application } from './candidate.js';
import { always } from './constants.js';
import type { Model } from './model.js';
import { amountColumns, levelsOf, orderColumns } from './objectives.js';
import type { ObjectiveLevel } from './result.js';
import { objectiveLevels } from './result.js';
import { Search } from './solver/search.js';
import type { Steps } from './solver/steps.js';

/** What fills a requirement, and how much of it counts there. */
export interface Placed {
  readonly leaf: number;
  readonly credits: Thousandths;
  readonly surplus: boolean;
}

/** The chosen allocation. */
export interface Allocation {
  /** Per application of the candidates. */
  readonly taken: readonly boolean[];
  /** Per slot of the model. */
  readonly granted: readonly boolean[];
  readonly counted: readonly Thousandths[];
  readonly placed: readonly (readonly Placed[])[];
  readonly provenLevels: number;
  /** Of the first level without proof: how far beyond what was reached nothing lies, in thousandths of a credit or in numbers. */
  readonly gap?: { readonly level: ObjectiveLevel; readonly amount: number };
  readonly work: number;
}

/** How far to go: to an allocation that reaches the best of levels 1 to 5, whichever it is, or to the one that is first in the order (level 6). */
export type Aim = 'anyBest' | 'firstInOrder';

/**
 * Finds the best allocation: level by level, then the order that makes it unique, then the amounts still open. When the budget is spent it
 * answers the best found, how many levels are proven, and the bound of the next.
 */
export function* allocate(
  model: Model,
  applications: readonly Application[],
  budget: number,
  aim: Aim = 'firstInOrder',
): Steps<Allocation> {
  const levels = levelsOf(model, applications);
  const search = new Search(
    model.program,
    budget,
    model.program.upper.map(() => 0),
  );
  let proven = 0;
  let gap: number | undefined;
  for (const { objective, unit, scale } of levels) {
    if (objective.columns.length === 0) {
      proven += 1;
      continue;
    }
    const found = yield* search.maximise(objective, unit);
    if (!found.proven) {
      gap = (found.bound - found.value) * scale;
      break;
    }
    proven += 1;
  }
  if (
    aim === 'firstInOrder' &&
    gap === undefined &&
    (yield* search.takeInOrder(orderColumns(model))) &&
    (yield* search.enlargeInOrder(amountColumns(model)))
  )
    proven += 1;
  search.end();
  const level = objectiveLevels[proven];
  return {
    ...readPoint(model, search.best),
    provenLevels: proven,
    ...(gap === undefined || level === undefined ? {} : { gap: { level, amount: gap } }),
    work: search.work,
  };
}

function readPoint(model: Model, point: readonly number[]): Pick<Allocation, 'taken' | 'granted' | 'counted' | 'placed'> {
  const isOne = (column: number): boolean => column === always || point[column] === 1;
  const granted = model.granted.map(isOne);
  const counted = model.slots.map(({ filler }, slot): Thousandths => {
    const column = model.counted[slot];
    if (column !== undefined) return at(point, column) * model.unit;
    return at(granted, slot) ? filler.credits : 0;
  });
  const taken = model.taken.map(isOne);
  return { taken, granted, counted, placed: readPlacements(model, point, counted, isOne) };
}

function readPlacements(
  model: Model,
  point: readonly number[],
  counted: readonly Thousandths[],
  isOne: (column: number) => boolean,
): Placed[][] {
  const placed = model.slots.map((): Placed[] => []);
  const room = model.tree.leaves.map(({ need }) => need);
  for (const { slot, leaf, column, amount } of model.placements) {
    if (!isOne(column)) continue;
    const own = model.counted[slot] === undefined ? undefined : amount[0];
    const credits = own === undefined ? Math.min(at(counted, slot), at(room, leaf)) : at(point, own[0]) * model.unit;
    room[leaf] = at(room, leaf) - credits;
    at(placed, slot).push({ leaf, credits, surplus: false });
  }
  for (const { slot, to, column } of model.surpluses) {
    const credits = at(point, column) * model.unit;
    if (credits > 0) at(placed, slot).push({ leaf: to, credits, surplus: true });
  }
  return placed;
}
