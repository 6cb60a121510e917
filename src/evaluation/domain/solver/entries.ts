/**
 * Reads of typed arrays at an index that is known to be there; a miss is a defect and thrown. The kernel's `at` says the same of every list, but what the
 * compiler learns of a function holds for all its callers together: one that reads lists of many kinds makes a pivot ten times as long as these two.
 */
export function numberAt(list: Float64Array, index: number): number {
  const number = list[index];
  if (number === undefined) throw missing(list, index);
  return number;
}

export function indexAt(list: Int32Array, index: number): number {
  const number = list[index];
  if (number === undefined) throw missing(list, index);
  return number;
}

function missing(list: Float64Array | Int32Array, index: number): RangeError {
  return new RangeError(`nothing at ${String(index)} of ${String(list.length)}`);
}

/** The list and one number more. */
export function withNumber(list: Float64Array, number: number): Float64Array {
  const longer = new Float64Array(list.length + 1);
  longer.set(list);
  longer[list.length] = number;
  return longer;
}

export function withIndex(list: Int32Array, index: number): Int32Array {
  const longer = new Int32Array(list.length + 1);
  longer.set(list);
  longer[list.length] = index;
  return longer;
}
