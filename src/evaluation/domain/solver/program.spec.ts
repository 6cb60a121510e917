import { describe, expect, it } from '@jest/globals';
import { Program, stages, toRow, valueOf } from './program.js';

describe('an integer programme', () => {
  it('adds up terms of one column, and leaves out what cancels', () => {
    const row = toRow([[0, 1], [2, 3], [0, 2], [1, 5], [1, -5]], 4); // prettier-ignore
    expect(row).toEqual({ columns: new Int32Array([0, 2]), coefficients: new Float64Array([3, 3]), bound: 4 });
    expect(toRow([], 0)).toEqual({ columns: new Int32Array(), coefficients: new Float64Array(), bound: 0 });
  });

  it('knows the value of a row at a point that has all of its columns', () => {
    const row = toRow([[0, 2], [3, -1]], 0); // prettier-ignore
    expect(valueOf(row, new Float64Array([5, 0, 0, 4]))).toBe(6);
    expect(() => valueOf(row, new Float64Array([5]))).toThrow(RangeError);
    expect(valueOf(toRow([], 0), new Float64Array())).toBe(0);
  });

  it('numbers its columns, and keeps rows that some point breaks', () => {
    const program = new Program();
    expect([program.addColumn(1, stages.application), program.addColumn(3, stages.consequence)]).toEqual([0, 1]);
    program.addRow([[0, 1], [1, 1]], 4); // prettier-ignore
    program.addRow([[0, 5], [1, -9]], 5); // prettier-ignore
    program.addRow([], 0);
    expect(program.rows).toEqual([]);
    program.addRow([[0, 1], [1, 1]], 3); // prettier-ignore
    program.addRow([[0, 1], [1, -1]], 0); // prettier-ignore
    expect(program.rows).toHaveLength(2);
    expect(program.upper).toEqual([1, 3]);
  });

  it('tells decisions from what follows of them, and burdens from both', () => {
    const program = new Program();
    const columns = Object.values(stages).map((stage) => program.addColumn(1, stage));
    expect(columns.map((column) => program.isDecision(column))).toEqual([true, true, true, false, false]);
    expect(columns.map((column) => program.isBurden(column))).toEqual([false, false, false, false, true]);
  });
});
