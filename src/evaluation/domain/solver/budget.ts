/** A few milliseconds' worth. */
const workBetweenPauses = 1_000_000;

/** Units of work, of which so many may be spent; shared by everything that works on one programme. */
export class Budget {
  spent = 0;
  private nextPause = workBetweenPauses;

  constructor(private readonly limit: number) {}

  get isSpent(): boolean {
    return this.spent > this.limit;
  }

  get left(): number {
    return Math.max(0, this.limit - this.spent);
  }

  /** True once for every so many units: time to let others work. */
  pauses(): boolean {
    if (this.spent < this.nextPause) return false;
    this.nextPause = this.spent + workBetweenPauses;
    return true;
  }
}
