import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Matrix } from './matrix.js';

const size = { minLength: 4, maxLength: 4 };
const entries = fc.array(fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(0)), size), size);

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const matrix = new Matrix(rows[0]?.length ?? 0);
  for (const row of rows) matrix.append(Float64Array.from(row));
  return matrix;
}

function rowsOf(matrix: Matrix, height: number): number[][] {
  return Array.from({ length: height }, (_, row) => [...matrix.row(row)].map((entry) => entry + 0));
}

describe('a matrix', () => {
  it('pivots there and back', () => {
    fc.assert(
      fc.property(entries, fc.nat(3), fc.nat(3), (rows, row, column) => {
        fc.pre(rows[row]?.[column] !== 0);
        const matrix = matrixOf(rows);
        matrix.pivot(row, column, matrix.column(column));
        matrix.pivot(row, column, matrix.column(column));
        rowsOf(matrix, 4).forEach((own, index) => {
          own.forEach((entry, at) => {
            expect(entry).toBeCloseTo(rows[index]?.[at] ?? NaN, 9);
          });
        });
      }),
    );
  });

  it('exchanges what a row and a column stand for', () => {
    // 2x + y = r and 4x + 3y = s: x = r/2 − y/2, s = 2r + y. The entry of x is 1/2 in its own row, −4/2 in the other.
    const matrix = matrixOf([[2, 1], [4, 3]]); // prettier-ignore
    expect(matrix.pivot(0, 0, matrix.column(0))).toBe(2);
    expect(rowsOf(matrix, 2)).toEqual([[0.5, 0.5], [-2, 1]]); // prettier-ignore
    const outside = new Float64Array([6, 5]);
    matrix.pivotOutside(outside, 0, 2);
    expect([...outside]).toEqual([-3, 2]);
  });

  it('clears noise away, in a row that pivots and in a column that is read', () => {
    const matrix = matrixOf([[1, 1e-10, 2], [1e-10, 1, 1]]); // prettier-ignore
    expect([...matrix.column(0)]).toEqual([1, 0]);
    matrix.pivot(0, 0, matrix.column(0));
    expect(rowsOf(matrix, 2)).toEqual([[1, 0, 2], [0, 1, 1]]); // prettier-ignore
  });

  it('gives its memory to one other matrix, however often it is released', () => {
    const [width, height] = [1000, 100];
    const zerosOf = (): Matrix => {
      const matrix = new Matrix(width);
      matrix.appendZeros(height);
      return matrix;
    };
    const matrix = zerosOf();
    const { buffer } = matrix.row(0);
    matrix.release();
    const second = zerosOf();
    expect(second.row(0).buffer).toBe(buffer);
    matrix.release();
    expect(zerosOf().row(0).buffer).not.toBe(buffer);
  });

  it('keeps some rows and columns, and is copied without a tie', () => {
    const matrix = matrixOf([[1, 2, 3], [4, 5, 6], [7, 8, 9]]); // prettier-ignore
    const copy = matrix.copy();
    matrix.keepRows(new Int32Array([0, 2]));
    matrix.keepColumns(new Int32Array([1, 2]));
    matrix.negateRow(1);
    matrix.negateColumn(0, matrix.column(0));
    expect(rowsOf(matrix, 2)).toEqual([[-2, 3], [8, -9]]); // prettier-ignore
    expect(rowsOf(copy, 3)).toEqual([[1, 2, 3], [4, 5, 6], [7, 8, 9]]); // prettier-ignore
    const sum = new Float64Array([1, 1]);
    matrix.addTo(sum, 1, 2);
    expect([...sum]).toEqual([17, -17]);
    expect(rowsOf(matrix.copy(), 2)).toEqual([[-2, 3], [8, -9]]); // prettier-ignore
    matrix.appendZeros(1);
    expect(rowsOf(matrix, 3)).toEqual([[-2, 3], [8, -9], [0, 0]]); // prettier-ignore
  });
});
