import { at } from '../../../kernel/index.js';
import { indexAt, numberAt } from './entries.js';
import { giveBack, zeros } from './spare-memory.js';

/** Entries below this are noise of floating point: what is not cleared away spreads over the whole matrix. */
export const noise = 1e-9;

/** A row of which so much is not zero is subtracted faster entry by entry than by the list of what is not. */
const denseShare = 0.65;

/** A dense matrix whose rows and columns come and go. */
export class Matrix {
  private readonly rows: Float64Array[] = [];
  private readonly blocks: Float64Array[] = [];
  /** Of the row of a pivot: the columns where it is not zero, and what stands there. */
  private readonly touched: Int32Array;
  private readonly values: Float64Array;
  private count = 0;
  private pivotRow: Float64Array = new Float64Array(0);
  /** Where a column is copied to. */
  private entries = new Float64Array(0);

  constructor(private width: number) {
    this.touched = new Int32Array(width);
    this.values = new Float64Array(width);
  }

  copy(): Matrix {
    const copy = new Matrix(this.width);
    copy.appendZeros(this.rows.length);
    for (const [index, row] of this.rows.entries()) copy.row(index).set(row);
    return copy;
  }

  /** Adds a row at the end, which from then on is the matrix's own. */
  append(row: Float64Array): void {
    this.rows.push(row);
  }

  /** Adds so many rows of zeros, in one block of memory, which costs the collector less than as many small ones. */
  appendZeros(count: number): void {
    const { width } = this;
    const block = zeros(count * width);
    this.blocks.push(block);
    for (let row = 0; row < count; row += 1) this.rows.push(block.subarray(row * width, (row + 1) * width));
  }

  /** Gives its memory to the next, once; nothing of the matrix may be used any more. */
  release(): void {
    this.rows.length = 0;
    for (const block of this.blocks.splice(0)) giveBack(block);
  }

  /** Leaves only these rows, in their order. */
  keepRows(kept: Int32Array): void {
    for (const [row, from] of kept.entries()) this.rows[row] = at(this.rows, from);
    this.rows.length = kept.length;
  }

  /** Leaves only these columns, in their order. */
  keepColumns(kept: Int32Array): void {
    this.rows.forEach((row, index) => {
      for (let column = 0; column < kept.length; column += 1) row[column] = numberAt(row, indexAt(kept, column));
      this.rows[index] = row.subarray(0, kept.length);
    });
    this.width = kept.length;
  }

  /** A row as it stands; good until the matrix changes. */
  row(row: number): Float64Array {
    return at(this.rows, row);
  }

  /** A copy of a column, with noise cleared away in both; good until the next is asked for. */
  column(column: number): Float64Array {
    if (this.entries.length !== this.rows.length) this.entries = new Float64Array(this.rows.length);
    const { entries } = this;
    this.rows.forEach((row, index) => {
      const entry = numberAt(row, column);
      entries[index] = isNoise(entry) ? 0 : entry;
      if (entry !== 0 && isNoise(entry)) row[column] = 0;
    });
    return entries;
  }

  negateRow(row: number): void {
    const own = at(this.rows, row);
    for (let column = 0; column < own.length; column += 1) own[column] = -numberAt(own, column);
  }

  /** `entries` is the column as it is: only rows where it is not zero are gone to. */
  negateColumn(column: number, entries: Float64Array): void {
    for (let row = 0; row < entries.length; row += 1) {
      const entry = numberAt(entries, row);
      if (entry !== 0) at(this.rows, row)[column] = -entry;
    }
  }

  /** Adds so many times a row. */
  addTo(target: Float64Array, row: number, times: number): void {
    const own = at(this.rows, row);
    for (let column = 0; column < own.length; column += 1) target[column] = numberAt(target, column) + times * numberAt(own, column);
  }

  /** Exchanges what a row and a column stand for; `entries` is the column as it is. Answers how many entries that changed. */
  pivot(row: number, column: number, entries: Float64Array): number {
    const pivot = numberAt(entries, row);
    this.divide(at(this.rows, row), column, pivot);
    let work = 0;
    this.rows.forEach((other, index) => {
      const times = numberAt(entries, index);
      if (times === 0 || index === row) return;
      this.subtract(other, times);
      other[column] = -times / pivot;
      work += this.count + 1;
    });
    return work;
  }

  /** The same for a row that is kept outside. */
  pivotOutside(entries: Float64Array, column: number, pivot: number): void {
    const times = numberAt(entries, column);
    this.subtract(entries, times);
    entries[column] = -times / pivot;
  }

  /** Divides the row of a pivot, and notes what stands in it beside the pivot's column. */
  private divide(row: Float64Array, column: number, pivot: number): void {
    this.count = 0;
    this.pivotRow = row;
    for (let other = 0; other < row.length; other += 1) {
      const entry = numberAt(row, other);
      if (entry === 0 || other === column) continue;
      const value = isNoise(entry) ? 0 : entry / pivot;
      row[other] = value;
      if (value === 0) continue;
      this.touched[this.count] = other;
      this.values[this.count] = value;
      this.count += 1;
    }
    row[column] = 1 / pivot;
  }

  /** Subtracts so many times the row of the pivot, entry by entry where most of it is not zero; what that makes of the pivot's column is overwritten. */
  private subtract(from: Float64Array, times: number): void {
    if (this.count > denseShare * this.width) subtractDense(from, this.pivotRow, times);
    else subtractSparse(from, this.touched, this.values, this.count, times);
  }
}

function isNoise(entry: number): boolean {
  return entry < noise && entry > -noise;
}

function subtractDense(from: Float64Array, row: Float64Array, times: number): void {
  for (let column = 0; column < row.length; column += 1) from[column] = numberAt(from, column) - times * numberAt(row, column);
}

function subtractSparse(from: Float64Array, touched: Int32Array, values: Float64Array, count: number, times: number): void {
  for (let index = 0; index < count; index += 1) {
    const column = indexAt(touched, index);
    from[column] = numberAt(from, column) - times * numberAt(values, index);
  }
}
