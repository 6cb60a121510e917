import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  feasiblePoints,
  programOf,
  randomPrograms as instances,
  termsOf,
  valueAt,
  type RandomProgram,
} from '../../../../test/support/random-programs.js';
import { Program, stages, toRow, type Row, type Term } from './program.js';
import { Search, type Found } from './search.js';
import { inOneGo } from './steps.js';

function searchOf(instance: Pick<RandomProgram, 'uppers' | 'rows'>, budget: number): Search {
  return new Search(
    programOf(instance),
    budget,
    instance.uppers.map(() => 0),
  );
}

function maximise(search: Search, objective: Row, unit: number): Found {
  return inOneGo(search.maximise(objective, unit));
}

function takeInOrder(search: Search, columns: readonly number[]): boolean {
  return inOneGo(search.takeInOrder(columns));
}

function enlargeInOrder(search: Search, columns: readonly number[]): boolean {
  return inOneGo(search.enlargeInOrder(columns));
}

describe('search over integer programmes', () => {
  it('finds and proves, level by level, what enumeration finds', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const search = searchOf(instance, 1e9);
        let points = feasiblePoints(instance);
        for (const coefficients of instance.objectives) {
          const objective: Row = toRow(termsOf(coefficients), 0);
          const best = Math.max(...points.map((point) => valueAt(objective, point)));
          expect(maximise(search, objective, 1)).toEqual({ value: best, proven: true, bound: best });
          points = points.filter((point) => valueAt(objective, point) === best);
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
        const search = searchOf(binary, 1e9);
        expect(
          takeInOrder(
            search,
            binary.uppers.map((_, column) => column),
          ),
        ).toBe(true);
        const first = feasiblePoints(binary).sort((a, b) => (a.join('') < b.join('') ? 1 : -1))[0];
        expect(search.best).toEqual(first);
      }),
      { numRuns: 1000 },
    );
  });

  it('answers a true bound and a feasible point when the budget is too small', () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 0, max: 60 }), (instance, budget) => {
        const search = searchOf(instance, budget);
        const objective = toRow(termsOf(instance.objectives[0] ?? []), 0);
        const points = feasiblePoints(instance);
        const best = Math.max(...points.map((point) => valueAt(objective, point)));
        const found = maximise(search, objective, 1);
        expect(found.bound).toBeGreaterThanOrEqual(best);
        expect(points).toContainEqual(search.best);
        expect(found.value).toBe(valueAt(objective, search.best));
        if (found.proven) expect(found.value).toBe(best);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps what it calls proven, whatever the budget', () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: -1, max: 60 }), (instance, budget) => {
        const search = searchOf(instance, budget);
        let points = feasiblePoints(instance);
        for (const coefficients of instance.objectives) {
          const objective = toRow(termsOf(coefficients), 0);
          const best = Math.max(...points.map((point) => valueAt(objective, point)));
          const found = maximise(search, objective, 1);
          expect(found.bound).toBeGreaterThanOrEqual(best);
          expect(points).toContainEqual(search.best);
          if (!found.proven) break;
          expect(found.value).toBe(best);
          points = points.filter((point) => valueAt(objective, point) === best);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('proves a minimum that all points share without any work', () => {
    const search = new Search(new Program(), 0, []);
    expect(maximise(search, toRow([], 0), 1)).toEqual({ value: 0, proven: true, bound: 0 });
    expect(takeInOrder(search, [])).toBe(true);
    expect(enlargeInOrder(search, [])).toBe(true);
    expect(search.best).toEqual([]);
  });

  it('without work it rounds, and knows the bound of the columns alone', () => {
    // Three that exclude one another pairwise: a rounded point takes one, and without a step nothing shows that three are impossible.
    const pairs = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]; // prettier-ignore
    const program = programOf({ uppers: [1, 1, 1], rows: pairs.map((coefficients) => ({ coefficients, bound: 1 })) });
    const search = new Search(program, -1, [0, 0, 0]);
    expect(maximise(search, toRow(termsOf([1, 1, 1]), 0), 1)).toEqual({ value: 1, proven: false, bound: 3 });
    expect(takeInOrder(search, [0, 1, 2])).toBe(false);
    expect(enlargeInOrder(search, [1])).toBe(false);
    expect(search.best).toEqual([1, 0, 0]);
  });

  it('enlarges amounts in order, each before the next', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const search = new Search(
          programOf(instance, stages.consequence),
          1e9,
          instance.uppers.map(() => 0),
        );
        expect(
          enlargeInOrder(
            search,
            instance.uppers.map((_, column) => column),
          ),
        ).toBe(true);
        const first = feasiblePoints(instance).sort((a, b) => (a.join('') < b.join('') ? 1 : -1))[0];
        expect(search.best).toEqual(first);
      }),
      { numRuns: 1000 },
    );
  });

  it('never claims what it cannot prove, where numbers leave the exact range of a double', () => {
    const huge = 2 ** 34; // times the 2^20 of the multipliers and a coefficient of 9: beyond 2^53
    fc.assert(
      fc.property(instances, (instance) => {
        const search = searchOf(instance, 100_000);
        const points = feasiblePoints(instance);
        const objective = toRow(termsOf((instance.objectives[0] ?? []).map((coefficient) => coefficient * huge)), 0);
        const best = Math.max(...points.map((point) => valueAt(objective, point)));
        const found = maximise(search, objective, huge);
        expect(found.bound).toBeGreaterThanOrEqual(best);
        expect(points).toContainEqual(search.best);
        expect(found.value).toBe(valueAt(objective, search.best));
        if (found.proven) expect(found.value).toBe(best);
      }),
      { numRuns: 1000 },
    );
  });

  it('branches where cuts do not suffice: two halves at once', () => {
    // As much of the first weights as possible, punished for every unit above half of either weights' sum.
    const weights = [
      [112, 219, 323, 431, 537, 641, 747, 853, 157, 263, 367, 479],
      [853, 211, 629, 117, 443, 513, 737, 319, 571, 647, 131, 283],
      [397, 733, 251, 619, 163, 347, 577, 241, 811, 137, 659, 421],
    ];
    const halves = weights.map((row) => Math.floor(row.reduce((sum, weight) => sum + weight, 0) / 2));
    const program = new Program();
    const columns = (weights[0] ?? []).map(() => program.addColumn(1, stages.application));
    const excess = weights.map(() => program.addColumn(9999, stages.burden));
    weights.forEach((row, index) => {
      program.addRow([...columns.map((column) => [column, row[column] ?? 0] as const), [excess[index] ?? 0, -1]], halves[index] ?? 0);
    });
    const gains = columns.map((column) => [column, weights[0]?.[column] ?? 0] as const);
    const objective = toRow([...gains, ...excess.map((column) => [column, -5] as const)], 0);
    let best = -Infinity;
    for (let point = 0; point < 2 ** columns.length; point += 1) {
      const sums = weights.map((row) => row.reduce((sum, weight, at) => sum + (Math.floor(point / 2 ** at) % 2) * weight, 0));
      const burden = sums.reduce((sum, value, index) => sum + 5 * Math.max(0, value - (halves[index] ?? 0)), 0);
      best = Math.max(best, (sums[0] ?? 0) - burden);
    }
    const search = new Search(
      program,
      1e9,
      program.upper.map(() => 0),
    );
    expect(maximise(search, objective, 1)).toEqual({ value: best, proven: true, bound: best });
  });

  it('pauses in the middle of a level, and finds the same', () => {
    // Sixty things of odd sizes in five sacks: far more than a million units of work.
    const program = new Program();
    const sacks = [211, 223, 227, 229, 233];
    const columns = sacks.map(() => Array.from({ length: 60 }, () => program.addColumn(1, stages.application)));
    const size = (thing: number): number => 17 + ((thing * 37) % 41);
    for (const [sack, own] of columns.entries()) program.addRow(own.map((column, thing) => [column, size(thing)]), sacks[sack] ?? 0); // prettier-ignore
    for (let thing = 0; thing < 60; thing += 1) program.addRow(columns.map((own) => [own[thing] ?? 0, 1]), 1); // prettier-ignore
    const objective = toRow(columns.flatMap((own) => own.map((column, thing): Term => [column, size(thing) * 10 + (thing % 7)])), 0); // prettier-ignore
    const search = (): Search => new Search(program, 30_000_000, program.upper.map(() => 0)); // prettier-ignore
    const [whole, stepwise] = [search(), search()];
    const found = maximise(whole, objective, 1);
    const steps = stepwise.maximise(objective, 1);
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) pauses += 1;
    expect(step.value).toEqual(found);
    expect([stepwise.best, stepwise.work]).toEqual([whole.best, whole.work]);
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(whole.work / 2_000_000) - 1);
    expect(pauses).toBeGreaterThan(2);
  });
});
