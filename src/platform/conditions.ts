/** The conditions of a list with their parameters, for a statement that names only the filters somebody set. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  /** The placeholder of a value: `$1`, `$2`… */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }

  /** Adds a condition on a value, unless there is no value: `add(filter.country, (value) => \`country = ${value}\`)`. */
  add(value: unknown, condition: (placeholder: string) => string): void {
    if (value !== undefined) this.parts.push(condition(this.parameter(value)));
  }

  /** What follows WHERE. */
  get sql(): string {
    return this.parts.length === 0 ? 'TRUE' : this.parts.join(' AND ');
  }
}
