import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Program, stages, toRow, valueOf, type Row, type Term } from './program.js';
import { Search } from './search.js';

interface Instance {
  readonly uppers: readonly number[];
  readonly rows: readonly { readonly coefficients: readonly number[]; readonly bound: number }[];
  readonly objectives: readonly (readonly number[])[];
}

const size = { min: 1, max: 6 };

const instances: fc.Arbitrary<Instance> = fc.integer(size).chain((columns) =>
  fc.record({
    uppers: fc.array(fc.constantFrom(1, 1, 1, 2, 3), { minLength: columns, maxLength: columns }),
    rows: fc.array(
      fc.record({
        coefficients: fc.array(fc.integer({ min: -4, max: 7 }), { minLength: columns, maxLength: columns }),
        bound: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 6 },
    ),
    objectives: fc.array(fc.array(fc.integer({ min: -3, max: 9 }), { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);

function programOf(instance: Instance): Program {
  const program = new Program();
  instance.uppers.forEach((upper) => program.addColumn(upper, stages.application));
  for (const { coefficients, bound } of instance.rows) program.addRow(termsOf(coefficients), bound);
  return program;
}

function termsOf(coefficients: readonly number[]): Term[] {
  return coefficients.map((coefficient, column): Term => [column, coefficient]);
}

/** Every whole point that the rows allow. */
function feasiblePoints(instance: Instance): number[][] {
  let points: number[][] = [[]];
  for (const upper of instance.uppers) {
    points = points.flatMap((point) => Array.from({ length: upper + 1 }, (_, value) => [...point, value]));
  }
  return points.filter((point) =>
    instance.rows.every(
      ({ coefficients, bound }) => coefficients.reduce((sum, coefficient, at) => sum + coefficient * (point[at] ?? 0), 0) <= bound,
    ),
  );
}

describe('search over integer programmes', () => {
  it('finds and proves, level by level, what enumeration finds', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const search = new Search(
          programOf(instance),
          1e9,
          instance.uppers.map(() => 0),
        );
        let points = feasiblePoints(instance);
        for (const coefficients of instance.objectives) {
          const objective: Row = toRow(termsOf(coefficients), 0);
          const best = Math.max(...points.map((point) => valueOf(objective, point)));
          expect(search.maximise(objective, 1)).toEqual({ value: best, proven: true, bound: best });
          points = points.filter((point) => valueOf(objective, point) === best);
          expect(points).toContainEqual(search.best);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('takes columns in order: the earlier before any number of the later', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const binary = { ...instance, uppers: instance.uppers.map(() => 1) };
        const search = new Search(
          programOf(binary),
          1e9,
          binary.uppers.map(() => 0),
        );
        expect(search.takeInOrder(binary.uppers.map((_, column) => column))).toBe(true);
        const first = feasiblePoints(binary).sort((a, b) => (a.join('') < b.join('') ? 1 : -1))[0];
        expect(search.best).toEqual(first);
      }),
      { numRuns: 1000 },
    );
  });

  it('answers a true bound and a feasible point when the budget is too small', () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 0, max: 60 }), (instance, budget) => {
        const search = new Search(
          programOf(instance),
          budget,
          instance.uppers.map(() => 0),
        );
        const objective = toRow(termsOf(instance.objectives[0] ?? []), 0);
        const points = feasiblePoints(instance);
        const best = Math.max(...points.map((point) => valueOf(objective, point)));
        const found = search.maximise(objective, 1);
        expect(found.bound).toBeGreaterThanOrEqual(best);
        expect(points).toContainEqual(search.best);
        expect(found.value).toBe(valueOf(objective, search.best));
        if (found.proven) expect(found.value).toBe(best);
      }),
      { numRuns: 1000 },
    );
  });
});
