import type fc from 'fast-check';

/** Draws from fast-check's own random stream, so that its seed and path replay an instance. */
export class Dice {
  constructor(private readonly random: fc.Random) {}

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return this.random.nextInt(least, most);
  }

  chance(probability: number): boolean {
    return this.int(0, 9_999) < probability * 10_000;
  }

  pick<T>(list: readonly T[]): T {
    const value = list[this.int(0, list.length - 1)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }

  /** So many times what `make` makes. */
  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  shuffle<T>(list: readonly T[]): T[] {
    return list
      .map((value) => ({ value, key: this.int(0, 1_000_000) }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);
  }

  /** Some elements, in a random order. */
  some<T>(list: readonly T[], least: number, most: number): T[] {
    return this.shuffle(list).slice(0, this.int(least, most));
  }
}
