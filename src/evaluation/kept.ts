/** More than this many values are not kept at once; the least recently used go first. */
const mostKept = 2000;

/** Values that never change under their key, kept in memory while they are used. */
export class Kept<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most = mostKept) {}

  /** The value of a key, which counts as used now. */
  get(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.keep(key, value);
    return value;
  }

  /** Keeps a value as the most recently used. */
  keep(key: string, value: Value): void {
    this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
  }

  /**
   * The values of keys, in their order. Those that are not kept are loaded in one go, by key; a key that is not loaded has none. However many keys
   * there are, all are answered.
   */
  async all(keys: readonly string[], load: (missing: readonly string[]) => Promise<ReadonlyMap<string, Value>>): Promise<Value[]> {
    const missing = keys.filter((key) => !this.values.has(key));
    const loaded: ReadonlyMap<string, Value> = missing.length === 0 ? new Map() : await load(missing);
    // Found before anything is kept, which may push out what was kept before.
    const found = keys.map((key) => ({ key, value: this.values.get(key) ?? loaded.get(key) }));
    return found.flatMap(({ key, value }) => {
      if (value === undefined) return [];
      this.keep(key, value);
      return [value];
    });
  }
}
