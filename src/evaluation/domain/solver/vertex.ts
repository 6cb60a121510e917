import { at } from '../../../kernel/index.js';
import type { Program } from './program.js';
import type { Simplex } from './simplex.js';

/** Values closer to a whole number than this are read as that number; the point they make is then checked exactly. */
export const wholeTolerance = 1e-5;

export function vertexOf(simplex: Simplex, columns: number): Float64Array {
  const vertex = new Float64Array(columns);
  for (let column = 0; column < columns; column += 1) vertex[column] = simplex.valueOf(column);
  return vertex;
}

export function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= wholeTolerance;
}

/** The nearest whole number, never −0. */
export function rounded(value: number): number {
  return Math.round(value) + 0;
}

/** Numbers of things rather than amounts are branched on first: an amount is seldom fractional once they are whole. */
export function isBranchedFirst({ upper }: Program, column: number): boolean {
  return at(upper, column) === 1;
}
