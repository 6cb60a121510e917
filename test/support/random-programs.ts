import fc from 'fast-check';
import { Program, stages, valueOf, type Row, type Stage, type Term } from '../../src/evaluation/domain/solver/program.js';

/** Small integer programmes at random, and what enumeration finds of them. */
export interface RandomProgram {
  readonly uppers: readonly number[];
  readonly rows: readonly { readonly coefficients: readonly number[]; readonly bound: number }[];
  readonly objectives: readonly (readonly number[])[];
}

export const randomPrograms: fc.Arbitrary<RandomProgram> = fc.integer({ min: 1, max: 6 }).chain((columns) => {
  const exactly = { minLength: columns, maxLength: columns };
  return fc.record({
    uppers: fc.array(fc.constantFrom(1, 1, 1, 2, 3), exactly),
    rows: fc.array(fc.record({ coefficients: fc.array(fc.integer({ min: -4, max: 7 }), exactly), bound: fc.integer({ min: 0, max: 9 }) }), {
      maxLength: 6,
    }),
    objectives: fc.array(fc.array(fc.integer({ min: -3, max: 9 }), exactly), { minLength: 1, maxLength: 3 }),
  });
});

export function programOf({ uppers, rows }: Pick<RandomProgram, 'uppers' | 'rows'>, stage: Stage = stages.application): Program {
  const program = new Program();
  uppers.forEach((upper) => program.addColumn(upper, stage));
  for (const { coefficients, bound } of rows) program.addRow(termsOf(coefficients), bound);
  return program;
}

export function termsOf(coefficients: readonly number[]): Term[] {
  return coefficients.map((coefficient, column): Term => [column, coefficient]);
}

/** Every whole point between these bounds that the rows allow. */
export function feasiblePoints(
  { uppers, rows }: Pick<RandomProgram, 'uppers' | 'rows'>,
  lowers: readonly number[] = uppers.map(() => 0),
): number[][] {
  let points: number[][] = [[]];
  uppers.forEach((upper, column) => {
    const lower = lowers[column] ?? 0;
    points = points.flatMap((point) => Array.from({ length: upper - lower + 1 }, (_, step) => [...point, lower + step]));
  });
  const within = (point: readonly number[], coefficients: readonly number[], bound: number): boolean =>
    coefficients.reduce((sum, coefficient, at) => sum + coefficient * (point[at] ?? 0), 0) <= bound;
  return points.filter((point) => rows.every(({ coefficients, bound }) => within(point, coefficients, bound)));
}

/** A row over all columns. */
export function rowOf(coefficients: readonly number[], bound = 0): Row {
  return { columns: Int32Array.from(coefficients.keys()), coefficients: Float64Array.from(coefficients), bound };
}

/** The value of a row's sum at a point. */
export function valueAt(row: Row, point: readonly number[]): number {
  return valueOf(row, Float64Array.from(point));
}
