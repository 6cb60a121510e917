import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feasiblePoints, programOf, randomPrograms, rowOf, valueAt } from '../../../../test/support/random-programs.js';
import { Program, stages, toRow, type Row, type Term } from './program.js';
import { sharpenedRows } from './sharpen.js';
import { Simplex } from './simplex.js';
import { Budget } from './budget.js';
import { inOneGo } from './steps.js';

/** An award that may stand in each of these requirements, in one of them only; what it counts there is part of what it counts. */
function awardIn(needs: readonly number[], credits: number) {
  const program = new Program();
  const granted = program.addColumn(1, stages.grant);
  const counted = program.addColumn(credits, stages.consequence);
  program.addRow([[counted, 1], [granted, -credits]], 0); // prettier-ignore
  const parts = needs.map((need) => {
    const [place, amount] = [program.addColumn(1, stages.placement), program.addColumn(need, stages.consequence)];
    program.addRow([[amount, 1], [place, -need]], 0); // prettier-ignore
    program.addRow([[amount, 1], [counted, -1]], 0); // prettier-ignore
    return { place, amount };
  });
  program.addRow([...parts.map(({ place }): Term => [place, 1]), [granted, -1]], 0);
  return { program, counted, parts };
}

function relaxed(program: Program, rows: readonly Row[], objective: Row): number {
  const simplex = new Simplex(program.upper, rows, new Budget(1e7));
  simplex.setObjective(objective);
  inOneGo(simplex.primal());
  return simplex.objectiveValue;
}

describe('sharpened rows', () => {
  it('allow the same whole points', () => {
    fc.assert(
      fc.property(randomPrograms, (instance) => {
        const rows = sharpenedRows(programOf(instance));
        for (const point of feasiblePoints({ ...instance, rows: [] })) {
          const isFeasible = instance.rows.every(({ coefficients, bound }) => valueAt(rowOf(coefficients), point) <= bound);
          expect(rows.every((row) => valueAt(row, point) <= row.bound)).toBe(isFeasible);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('allow the same whole points of an award that may stand in several places', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (needs, credits) => {
          const { program } = awardIn(needs, credits);
          const rows = sharpenedRows(program);
          for (const point of feasiblePoints({ uppers: program.upper, rows: [] })) {
            const isWithin = (row: Row): boolean => valueAt(row, point) <= row.bound;
            expect(rows.every(isWithin)).toBe(program.rows.every(isWithin));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('count an award once, where the relaxation would count it in each place', () => {
    // 6 credits, granted for a third: 2 count. Spread over two places that need 6, a third each, both would count all 2.
    const { program, counted, parts } = awardIn([6, 6], 6);
    program.addRow([[counted, 1]], 2); // prettier-ignore
    const objective = toRow(
      parts.map(({ amount }): Term => [amount, 1]),
      0,
    );
    expect(relaxed(program, program.rows, objective)).toBeCloseTo(4);
    expect(relaxed(program, sharpenedRows(program), objective)).toBeCloseTo(2);
    expect(sharpenedRows(program)).toHaveLength(program.rows.length - 1);
  });

  it('leave parts alone that can be there together', () => {
    const { program } = awardIn([6, 6], 6);
    const apart = new Program();
    for (const upper of program.upper) apart.addColumn(upper, stages.placement);
    // All but the row by which one place excludes the other.
    for (const { columns, coefficients, bound } of program.rows.slice(0, -1)) {
      apart.addRow([...columns].map((column, term): Term => [column, coefficients[term] ?? 0]), bound); // prettier-ignore
    }
    expect(sharpenedRows(apart)).toEqual(apart.rows);
  });
});
