import { maximumLineBytes, readLines, rowError, rowValue, type Row } from '../lines/index.js';

/** A record of a CSV file: its cells by the names of the header. */
export type CsvRecord = ReadonlyMap<string, string>;

/** More columns than this make no table of ours. */
const maximumColumns = 1000;

/**
 * Reads CSV as RFC 4180 has it, from a stream of UTF-8 bytes, with or without a byte order mark; lines may end with LF alone. The first record
 * is the header. Every record must have as many fields as the header; a blank line is none. What is wrong is reported with the line on which the record
 * begins, and reading goes on with the next line. At most one record of `maximumBytes` is held.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, maximumBytes = maximumLineBytes): AsyncGenerator<Row<CsvRecord>> {
  let header: readonly string[] | undefined;
  for await (const row of readFields(bytes, maximumBytes)) {
    if (row.kind === 'error') {
      yield row;
      // Without a header no record means anything.
      if (header === undefined) return;
    } else if (header === undefined) {
      const fault = headerFault(row.value);
      if (fault !== undefined) {
        yield rowError(row.line, 'columns', fault);
        return;
      }
      header = row.value;
    } else yield recordOf(header, row.line, row.value);
  }
}

function headerFault(names: readonly string[]): string | undefined {
  if (names.length > maximumColumns) return `must not have more than ${String(maximumColumns)} columns`;
  const blank = names.findIndex((name) => name.trim() === '');
  if (blank >= 0) return `must name column ${String(blank + 1)}`;
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  return repeated === undefined ? undefined : `must not name the column "${repeated}" twice`;
}

function recordOf(header: readonly string[], line: number, fields: readonly string[]): Row<CsvRecord> {
  if (fields.length === header.length) return rowValue(line, new Map(header.map((name, index) => [name, fields[index] ?? ''])));
  return rowError(line, 'columns', `must have ${String(header.length)} fields as the header has, not ${String(fields.length)}`);
}

/** The records of a CSV stream as lists of fields, the header among them. */
async function* readFields(bytes: AsyncIterable<Uint8Array>, maximumBytes: number): AsyncGenerator<Row<readonly string[]>> {
  let open: RecordInProgress | undefined;
  for await (const row of readLines(bytes, maximumBytes)) {
    if (row.kind === 'error') {
      yield open === undefined ? row : { ...row, line: open.line };
      open = undefined;
      continue;
    }
    if (open === undefined && row.value.trim() === '') continue;
    const record: RecordInProgress = open ?? new RecordInProgress(row.line, maximumBytes);
    const state = record.add(row.value);
    open = state === 'open' ? record : undefined;
    if (state === 'complete') yield rowValue(record.line, record.fields);
    else if (state !== 'open') yield state;
  }
  if (open !== undefined) yield rowError(open.line, 'malformed', 'has a quote that is not closed');
}

/** What became of a record with its next line: it is complete, goes on (the line ended within quotes), or is wrong. */
type RecordState = 'complete' | 'open' | ReturnType<typeof rowError>;

/** One record, which grows line by line. */
class RecordInProgress {
  readonly fields: string[] = [];
  /** What has been read of a quoted field that is not closed yet. */
  private quoted: string | undefined;
  private length = 0;

  constructor(
    readonly line: number,
    private readonly maximumLength: number,
  ) {}

  add(text: string): RecordState {
    this.length += text.length;
    if (this.length > this.maximumLength) return rowError(this.line, 'tooLong', `is longer than ${String(this.maximumLength)} bytes`);
    if (this.quoted !== undefined) this.quoted += '\n';
    let at = 0;
    for (;;) {
      const next = this.quoted === undefined ? this.unquotedField(text, at) : this.quotedField(text, at, this.quoted);
      if (typeof next !== 'number') return next;
      at = next;
    }
  }

  /** Reads a field that begins here; where the next one begins, or what became of the record. */
  private unquotedField(text: string, at: number): number | RecordState {
    if (text[at] === '"') {
      this.quoted = '';
      return at + 1;
    }
    const comma = text.indexOf(',', at);
    const field = comma < 0 ? text.slice(at).replace(/\r$/, '') : text.slice(at, comma);
    if (field.includes('"')) return this.malformed('has a quote within a field that is not quoted');
    this.fields.push(field);
    return comma < 0 ? 'complete' : comma + 1;
  }

  /** Goes on reading a quoted field, of which `before` is known; two quotes in it are one. */
  private quotedField(text: string, at: number, before: string): number | RecordState {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      this.quoted = before + text.slice(at);
      return 'open';
    }
    if (text[quote + 1] === '"') {
      this.quoted = before + text.slice(at, quote + 1);
      return quote + 2;
    }
    this.fields.push(before + text.slice(at, quote));
    this.quoted = undefined;
    if (text[quote + 1] === ',') return quote + 2;
    return /^\r?$/.test(text.slice(quote + 1)) ? 'complete' : this.malformed('has something else than a comma after a quoted field');
  }

  private malformed(detail: string): RecordState {
    return rowError(this.line, 'malformed', detail);
  }
}
