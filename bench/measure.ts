/** What a piece of work took: wall-clock and processor time, in milliseconds. They differ where other programs keep the machine busy. */
export interface Took {
  readonly wall: number;
  readonly processor: number;
}

export function timed<Result>(work: () => Result): { readonly result: Result; readonly took: Took } {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { result, took: { wall, processor: (user + system) / 1000 } };
}

/** The least of several tries of the same work: what the work takes when the collector and other programs stay out of its way. */
export function timedBest<Result>(tries: number, work: () => Result): { readonly result: Result; readonly took: Took } {
  let best = timed(work);
  for (let one = 1; one < tries; one += 1) {
    const again = timed(work);
    if (again.took.wall < best.took.wall) best = again;
  }
  return best;
}

/** The value below which a share of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The share of things that are so. */
export function shareOf<Thing>(things: readonly Thing[], isSo: (thing: Thing) => boolean): number {
  return things.length === 0 ? NaN : things.filter(isSo).length / things.length;
}
