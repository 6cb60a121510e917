import type { Program, Term } from './solver/program.js';

/** In place of a column: what is 1, or 0, in every best allocation, so that no search need look at it. */
export const always = -1;
export const never = -2;

/** The sum of the terms that are constants. */
export function constantOf(terms: readonly Term[]): number {
  return terms.reduce((sum, [column, coefficient]) => (column === always ? sum + coefficient : sum), 0);
}

/** The terms that are not. */
export function openTerms(terms: readonly Term[]): readonly Term[] {
  return terms.filter(([column]) => column >= 0);
}

export function negated(terms: readonly Term[]): Term[] {
  return terms.map(([column, amount]): Term => [column, -amount]);
}

/** Adds a row whose terms may be constants. */
export function addRow(program: Program, terms: readonly Term[], bound: number): void {
  const open = openTerms(terms);
  if (open.length > 0) program.addRow(open, bound - constantOf(terms));
}
