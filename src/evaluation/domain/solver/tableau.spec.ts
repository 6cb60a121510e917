import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, programOf, randomPrograms, rowOf, valueAt, type RandomProgram } from '../../../../test/support/random-programs.js';
import { dualBound } from './bound.js';
import { Budget } from './budget.js';
import { Program, stages, toRow, valueOf, type Row, type Term } from './program.js';
import { Simplex } from './simplex.js';
import { inOneGo } from './steps.js';
import { rounded, vertexOf } from './vertex.js';

const tolerance = 1e-4;
const budget = (): Budget => new Budget(1e7);

/** By weak duality: a vertex inside bounds and rows whose value its own multipliers prove to be the most. */
function expectOptimum(tableau: Simplex, rows: readonly Row[], columns: number, objective: Row): void {
  const vertex = vertexOf(tableau, columns);
  vertex.forEach((value, column) => {
    expect(value).toBeGreaterThanOrEqual((tableau.lower[column] ?? 0) - tolerance);
    expect(value).toBeLessThanOrEqual((tableau.upper[column] ?? 0) + tolerance);
  });
  for (const row of rows) expect(valueOf(row, vertex)).toBeLessThanOrEqual(row.bound + tolerance);
  expect(tableau.objectiveValue).toBeCloseTo(valueOf(objective, vertex), 4);
  const bound = dualBound(objective, rows, (row) => tableau.multiplierOf(columns + row), tableau, columns);
  expect((bound?.scaled ?? NaN) / 2 ** 20).toBeCloseTo(tableau.objectiveValue, 3);
}

function solved(program: Program, objective: Row): Simplex {
  const tableau = new Simplex(program.upper, program.rows, budget());
  tableau.setObjective(objective);
  expect(inOneGo(tableau.primal())).toBe('optimal');
  return tableau;
}

/** A tableau with these bounds from the start, brought to its optimum by dual steps. */
function fresh(
  program: Program,
  objective: Row,
  bounds: readonly (readonly [column: number, lower: number, upper: number])[],
): Simplex | undefined {
  const tableau = new Simplex(program.upper, program.rows, budget());
  for (const [column, lower, upper] of bounds) tableau.setBounds(column, lower, upper);
  tableau.setObjective(objective);
  return inOneGo(tableau.dual()).outcome === 'optimal' ? tableau : undefined;
}

const objectiveOf = (instance: RandomProgram, index = 0): Row => rowOf(instance.objectives[index % instance.objectives.length] ?? []);

/** Bounds for some columns: each pair of numbers picks a column, and how much of its range is cut off on either side. */
const tightenings = fc.array(fc.tuple(fc.nat(5), fc.nat(3), fc.nat(3)), { maxLength: 4 });

function boundsOf({ uppers }: RandomProgram, cuts: readonly (readonly [number, number, number])[]) {
  const bounds = new Map<number, readonly [number, number, number]>();
  for (const [pick, below, above] of cuts) {
    const column = pick % uppers.length;
    const most = uppers[column] ?? 0;
    const lower = below % (most + 1);
    bounds.set(column, [column, lower, Math.max(lower, most - above)]);
  }
  return [...bounds.values()];
}

describe('the simplex tableau', () => {
  it('finds the optimum of one objective after another', () => {
    fc.assert(
      fc.property(randomPrograms, (instance) => {
        const program = programOf(instance);
        const columns = instance.uppers.length;
        const tableau = new Simplex(program.upper, program.rows, budget());
        for (const coefficients of instance.objectives) {
          const objective = rowOf(coefficients);
          tableau.setObjective(objective);
          expect(inOneGo(tableau.primal())).toBe('optimal');
          expectOptimum(tableau, program.rows, columns, objective);
          const best = Math.max(...feasiblePoints(instance).map((point) => valueAt(objective, point)));
          expect(tableau.objectiveValue).toBeGreaterThanOrEqual(best - tolerance);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('mends the vertex after bounds have changed, or shows the row that cannot be mended', () => {
    fc.assert(
      fc.property(randomPrograms, tightenings, (instance, cuts) => {
        const [program, objective] = [programOf(instance), objectiveOf(instance)];
        const tableau = solved(program, objective);
        const bounds = boundsOf(instance, cuts);
        for (const [column, lower, upper] of bounds) tableau.setBounds(column, lower, upper);
        const { outcome, row } = inOneGo(tableau.dual());
        const other = fresh(program, objective, bounds);
        expect(outcome).toBe(other === undefined ? 'infeasible' : 'optimal');
        if (outcome === 'optimal') {
          expectOptimum(tableau, program.rows, instance.uppers.length, objective);
          expect(tableau.objectiveValue).toBeCloseTo(other?.objectiveValue ?? NaN, 4);
          return;
        }
        const multipliers = new Map<number, number>();
        tableau.rowMultipliers(row, (variable, coefficient) => multipliers.set(variable - instance.uppers.length, coefficient));
        const proof = dualBound(undefined, program.rows, (index) => multipliers.get(index) ?? 0, tableau, instance.uppers.length); // prettier-ignore
        expect(proof?.scaled).toBeLessThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives bounds back', () => {
    fc.assert(
      fc.property(randomPrograms, tightenings, (instance, cuts) => {
        const [program, objective] = [programOf(instance), objectiveOf(instance)];
        const tableau = solved(program, objective);
        const before = tableau.objectiveValue;
        for (const [column, lower, upper] of boundsOf(instance, cuts)) {
          tableau.setBounds(column, lower, upper);
          inOneGo(tableau.dual());
        }
        for (const [column] of boundsOf(instance, cuts)) tableau.setBounds(column, 0, instance.uppers[column] ?? 0);
        expect(inOneGo(tableau.dual()).outcome).toBe('optimal');
        expect(tableau.objectiveValue).toBeCloseTo(before, 4);
      }),
      { numRuns: 1000 },
    );
  });

  it('computed anew it stands at the same vertex', () => {
    fc.assert(
      fc.property(randomPrograms, tightenings, (instance, cuts) => {
        const [program, objective, columns] = [programOf(instance), objectiveOf(instance), instance.uppers.length];
        const tableau = solved(program, objective);
        for (const [column, lower, upper] of boundsOf(instance, cuts)) tableau.setBounds(column, lower, upper);
        fc.pre(inOneGo(tableau.dual()).outcome === 'optimal');
        const [vertex, value] = [vertexOf(tableau, columns), tableau.objectiveValue];
        inOneGo(tableau.refactor(program.rows, columns));
        tableau.setObjective(objective);
        expect(tableau.pivots).toBe(0);
        vertexOf(tableau, columns).forEach((own, column) => {
          expect(own).toBeCloseTo(vertex[column] ?? NaN, 4);
        });
        expect(tableau.objectiveValue).toBeCloseTo(value, 4);
        expectOptimum(tableau, program.rows, columns, objective);
      }),
      { numRuns: 1000 },
    );
  });

  it('with a row added later it is the tableau that had it from the start', () => {
    fc.assert(
      fc.property(randomPrograms, (instance) => {
        fc.pre(instance.rows.length > 0);
        const columns = instance.uppers.length;
        const objective = objectiveOf(instance);
        const less = programOf({ ...instance, rows: instance.rows.slice(1) });
        const tableau = solved(less, objective);
        const added = rowOf(instance.rows[0]?.coefficients ?? [], instance.rows[0]?.bound);
        tableau.addRows([added]);
        expect(inOneGo(tableau.dual()).outcome).toBe('optimal'); // 0 is feasible for every row
        expectOptimum(tableau, [...less.rows, added], columns, objective);
        expect(tableau.objectiveValue).toBeCloseTo(solved(programOf(instance), objective).objectiveValue, 4);
      }),
      { numRuns: 1000 },
    );
  });

  it('without rows that do not hold the vertex it is the tableau that never had them', () => {
    fc.assert(
      fc.property(randomPrograms, tightenings, fc.nat(2), (instance, cuts, spared) => {
        const columns = instance.uppers.length;
        const [objective, next] = [objectiveOf(instance), objectiveOf(instance, 1)];
        const program = programOf(instance);
        const tableau = solved(program, objective);
        const isIdle = program.rows.map((_, row) => (row + spared) % 3 > 0 && tableau.isBasic(columns + row));
        fc.pre(isIdle.includes(true));
        tableau.removeRows(new Set(isIdle.flatMap((idle, row) => (idle ? [columns + row] : []))));
        const rows = program.rows.filter((_, row) => isIdle[row] !== true);
        expectOptimum(tableau, rows, columns, objective);
        // And it goes on as such: other bounds, another objective, a row more.
        for (const [column, lower, upper] of boundsOf(instance, cuts)) tableau.setBounds(column, lower, upper);
        fc.pre(inOneGo(tableau.dual()).outcome === 'optimal');
        expectOptimum(tableau, rows, columns, objective);
        inOneGo(tableau.refactor(rows, columns));
        tableau.setObjective(next);
        inOneGo(tableau.primal());
        expectOptimum(tableau, rows, columns, next);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['parked', 'dropped'] as const)('columns that cannot move may be %s, and keep their value', (how) => {
    fc.assert(
      fc.property(randomPrograms, fc.array(fc.tuple(fc.nat(5), fc.boolean()), { maxLength: 4 }), (instance, fixed) => {
        const columns = instance.uppers.length;
        const [program, objective, next] = [programOf(instance), objectiveOf(instance), objectiveOf(instance, 1)];
        const tableau = solved(program, objective);
        const bounds = new Map(fixed.map(([pick, up]) => [pick % columns, up ? (instance.uppers[pick % columns] ?? 0) : 0]));
        for (const [column, value] of bounds) tableau.setBounds(column, value, value);
        fc.pre(inOneGo(tableau.dual()).outcome === 'optimal');
        if (how === 'dropped') tableau.dropFixedColumns();
        else tableau.parkFixedColumns(new Set(bounds.keys()));
        tableau.setObjective(next);
        expect(inOneGo(tableau.primal())).toBe('optimal');
        const other = fresh(
          program,
          next,
          [...bounds].map(([column, value]) => [column, value, value] as const),
        );
        expect(tableau.objectiveValue).toBeCloseTo(other?.objectiveValue ?? NaN, 4);
        for (const [column, value] of bounds) expect(tableau.valueOf(column)).toBeCloseTo(value, 5);
        inOneGo(tableau.refactor(program.rows, columns));
        tableau.setObjective(next);
        expect(inOneGo(tableau.dual()).outcome).toBe('optimal');
        expect(tableau.objectiveValue).toBeCloseTo(other?.objectiveValue ?? NaN, 4);
        if (how === 'dropped') return;
        // What was parked moves again after that.
        for (const column of bounds.keys()) tableau.setBounds(column, 0, instance.uppers[column] ?? 0);
        expect(inOneGo(tableau.dual()).outcome).toBe('optimal');
        expect(tableau.objectiveValue).toBeCloseTo(solved(program, next).objectiveValue, 4);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps an objective at its best as a row', () => {
    fc.assert(
      fc.property(randomPrograms, (instance) => {
        const [program, objective, next, columns] = [
          programOf(instance),
          objectiveOf(instance),
          objectiveOf(instance, 1),
          instance.uppers.length,
        ];
        const tableau = solved(program, objective);
        const floor = Math.floor(tableau.objectiveValue + 1e-6);
        tableau.keepObjectiveAtLeast(floor);
        tableau.setObjective(next);
        expect(inOneGo(tableau.primal())).toBe('optimal');
        expect(valueOf(objective, vertexOf(tableau, columns))).toBeGreaterThanOrEqual(floor - tolerance);
        const kept: Row = { columns: objective.columns, coefficients: objective.coefficients.map((value) => -value), bound: -floor };
        expectOptimum(tableau, [...program.rows, kept], columns, next);
      }),
      { numRuns: 1000 },
    );
  });

  it('perturbed it still proves true bounds', () => {
    fc.assert(
      fc.property(randomPrograms, tightenings, (instance, cuts) => {
        const [program, objective, columns] = [programOf(instance), objectiveOf(instance), instance.uppers.length];
        const tableau = solved(program, objective);
        tableau.perturb();
        for (const [column, lower, upper] of boundsOf(instance, cuts)) tableau.setBounds(column, lower, upper);
        fc.pre(inOneGo(tableau.dual()).outcome === 'optimal');
        const bound = dualBound(objective, program.rows, (row) => tableau.multiplierOf(columns + row), tableau, columns);
        const other = fresh(program, objective, boundsOf(instance, cuts));
        expect((bound?.scaled ?? NaN) / 2 ** 20).toBeGreaterThanOrEqual((other?.objectiveValue ?? NaN) - 1e-9);
        expect((bound?.scaled ?? NaN) / 2 ** 20).toBeCloseTo(other?.objectiveValue ?? NaN, 2);
      }),
      { numRuns: 1000 },
    );
  });

  it('names the rows whose column stands at a fraction', () => {
    // max x + y with 2x + 2y ≤ 3: one of them is 1, the other ½.
    const tableau = solved(programOf({ uppers: [1, 1], rows: [{ coefficients: [2, 2], bound: 3 }] }), rowOf([1, 1]));
    expect(tableau.objectiveValue).toBeCloseTo(1.5);
    expect(tableau.fractionalRows(2)).toEqual([0]);
    expect([...vertexOf(tableau, 2)].sort()).toEqual([0.5, 1]);
  });

  it('stops when no work is left', () => {
    const program = programOf({ uppers: [1, 1], rows: [{ coefficients: [1, 1], bound: 1 }] });
    const tableau = new Simplex(program.upper, program.rows, new Budget(-1));
    tableau.setObjective(toRow([[0, 1]], 0));
    expect(inOneGo(tableau.primal())).toBe('outOfWork');
    expect(inOneGo(tableau.dual())).toEqual({ outcome: 'outOfWork', row: -1 });
  });

  it('has nothing to do for a programme of nothing', () => {
    const tableau = new Simplex([], [], budget());
    tableau.setObjective(toRow([], 0));
    expect(inOneGo(tableau.primal())).toBe('optimal');
    expect(inOneGo(tableau.dual()).outcome).toBe('optimal');
    inOneGo(tableau.refactor([], 0));
    tableau.dropFixedColumns();
    expect(tableau.objectiveValue).toBeCloseTo(0);
  });

  it('comes out of a corner in which many ways are equally good', () => {
    // Degenerate: every row passes through the origin, where the first steps have length 0.
    const columns = 8;
    const rows = Array.from({ length: columns }, (_, row) => ({
      coefficients: Array.from({ length: columns }, (__, column) => (column === row ? 1 : column === (row + 1) % columns ? -1 : 0)),
      bound: 0,
    }));
    const program = programOf({ uppers: Array.from({ length: columns }, () => 1), rows });
    const objective = rowOf(Array.from({ length: columns }, (_, column) => 1 + (column % 3)));
    const tableau = solved(program, objective);
    expectOptimum(tableau, program.rows, columns, objective);
    expect([...vertexOf(tableau, columns)]).toEqual(Array.from({ length: columns }, () => 1));
  });

  it('comes out of a corner in which steps of no length follow one another for long', () => {
    // Every row passes through the origin: each of a hundred waits for the next, and some two for a third, twice.
    const columns = 100;
    const program = new Program();
    for (let column = 0; column < columns; column += 1) program.addColumn(1, stages.application);
    for (let column = 0; column + 1 < columns; column += 1) program.addRow([[column, 1], [column + 1, -1]], 0); // prettier-ignore
    for (let column = 0; column + 50 < columns; column += 1) program.addRow([[column, 1], [column + 50, -2], [(column + 7) % columns, 1]], 0); // prettier-ignore
    const objective = toRow(
      program.upper.map((_, column): Term => [column, 1 + ((column * 31) % 17)]),
      0,
    );
    const tableau = solved(program, objective);
    expectOptimum(tableau, program.rows, columns, objective);
    expect([...vertexOf(tableau, columns).map(rounded)]).toEqual(program.upper);
    // Without work in the middle of it the bounds are the true ones again.
    for (let work = 0; work < 400_000; work += 20_000) {
      const short = new Simplex(program.upper, program.rows, new Budget(work));
      short.setObjective(objective);
      inOneGo(short.primal());
      expect([...short.lower.slice(0, columns)]).toEqual(program.upper.map(() => 0));
      expect([...short.upper.slice(0, columns)]).toEqual(program.upper);
    }
  });
});
