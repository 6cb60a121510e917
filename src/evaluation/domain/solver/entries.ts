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

/** One list and then the other. */
export function joinedNumbers(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** The entries at these places, in their order. */
export function picked(list: Float64Array, places: Int32Array): Float64Array {
  const entries = new Float64Array(places.length);
  for (let index = 0; index < places.length; index += 1) entries[index] = numberAt(list, indexAt(places, index));
  return entries;
}

/** Those of the indices below `length` of which a condition holds. */
export function indicesWhere(length: number, holds: (index: number) => boolean): Int32Array {
  const indices = new Int32Array(length);
  let count = 0;
  for (let index = 0; index < length; index += 1) if (holds(index)) indices[count++] = index;
  return indices.subarray(0, count);
}

export function joinedIndices(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
