import type { Thousandths } from '../../../kernel/index.js';
import type { One } from './terms.js';

/**
 * What sets are made of: completions, or whatever else a condition looks at, by position. Sets are lists of positions.
 */
export interface Pool {
  readonly size: number;
  /** The items, ascending, that make a set of a part on their own. */
  readonly fitting: (part: One) => readonly number[];
  readonly creditsOf: (item: number) => Thousandths;
}

export function sumOf(items: readonly number[], pool: Pool): Thousandths {
  return items.reduce((sum, item) => sum + pool.creditsOf(item), 0);
}

export function flagsOf(size: number, items: readonly number[]): boolean[] {
  const flags = new Array<boolean>(size).fill(false);
  for (const item of items) flags[item] = true;
  return flags;
}

/** What is left of the checker's work; a question that needs more ends in {@link Exhausted}. */
export interface Steps {
  left: number;
}

export class Exhausted extends Error {}

export function spend(steps: Steps): void {
  steps.left -= 1;
  if (steps.left < 0) throw new Exhausted();
}

/** Answers true to stop the search. */
export type Visit = (set: readonly number[]) => boolean;
