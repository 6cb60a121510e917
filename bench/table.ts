/** A column of a table: its heading, and how a row fills it. */
export interface Column<Row> {
  readonly heading: string;
  readonly of: (row: Row) => string;
  /** Texts stand left, numbers right. */
  readonly isText?: boolean;
}

/** Prints a table row by row as the rows come, so that a long run shows where it is. */
export class Table<Row> {
  private readonly widths: readonly number[];

  constructor(
    private readonly columns: readonly Column<Row>[],
    /** Characters of the first column; the others are as wide as their heading. */
    first: number,
  ) {
    this.widths = columns.map(({ heading }, index) => (index === 0 ? first : Math.max(7, heading.length)));
    this.line(columns.map(({ heading }) => heading));
  }

  print(row: Row): void {
    this.line(this.columns.map(({ of }) => of(row)));
  }

  private line(cells: readonly string[]): void {
    const padded = cells.map((cell, index) => {
      const width = this.widths[index] ?? 0;
      return this.columns[index]?.isText === true ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(padded.join('  ').trimEnd());
  }
}

/** Three significant figures. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return String(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

export function percent(share: number): string {
  return Number.isFinite(share) ? `${String(Math.round(share * 100))} %` : '–';
}

export function heading(text: string): void {
  console.log(`\n${text}\n${'─'.repeat(text.length)}`);
}
