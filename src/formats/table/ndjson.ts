import { holdsCleanText } from '../json/index.js';
import { maximumLineBytes, readLines, rowError, rowValue, type Row } from '../lines/index.js';

/** A JSON object as a line of NDJSON holds it. What its fields must be is for its reader to check. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads newline-delimited JSON from a stream of UTF-8 bytes, with or without a byte order mark: one object a line; blank lines are none. What is
 * wrong is reported with its line, and reading goes on with the next. At most one line of `maximumBytes` is held.
 */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>, maximumBytes = maximumLineBytes): AsyncGenerator<Row<JsonObject>> {
  for await (const row of readLines(bytes, maximumBytes)) {
    if (row.kind === 'error') yield row;
    else if (row.value.trim() !== '') yield readObject(row.line, row.value);
  }
}

function readObject(line: number, text: string): Row<JsonObject> {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return rowError(line, 'malformed', 'is not a JSON object');
    // Only an escape can bring a character into a text that the line itself could not hold.
    if (text.includes('\\u') && !holdsCleanText(value)) return rowError(line, 'nul', 'holds a NUL character or half of a surrogate pair');
    return rowValue(line, value);
  } catch (error) {
    return rowError(line, 'malformed', `is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Writes objects as newline-delimited JSON, one a line. */
export async function* writeNdjson(objects: AsyncIterable<object> | Iterable<object>): AsyncGenerator<string> {
  for await (const object of objects) yield `${JSON.stringify(object)}\n`;
}
