/** From here on (half a megabyte) fresh memory is dear: it comes page by page, and each makes the collector look for what is gone. */
const large = 2 ** 16;
/** More than this (64 MB) is not kept. */
const most = 2 ** 23;

let spare: Float64Array | undefined;

/** So many zeros, in the memory that was given back last where that is enough. */
export function zeros(length: number): Float64Array {
  if (length < large || spare === undefined || spare.length < length) return new Float64Array(length);
  const memory = spare.subarray(0, length).fill(0);
  spare = undefined;
  return memory;
}

/** Gives memory back that nobody uses any more; who never does leaves it to the collector. */
export function giveBack(memory: Float64Array): void {
  const whole = new Float64Array(memory.buffer);
  if (whole.length >= large && whole.length <= most && whole.length > (spare?.length ?? 0)) spare = whole;
}
