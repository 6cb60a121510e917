import { decodeUtf8 } from '../json/index.js';
import { rowError, rowValue, type Row } from './row.js';

/** The longest line taken unless the caller says otherwise, in bytes: 1 MiB. */
export const maximumLineBytes = 1_048_576;

const lineFeed = 0x0a;

/**
 * The lines of a stream of UTF-8 bytes, numbered from 1, without their line feeds (a carriage return before one is kept: within quotes it is
 * content). A byte order mark at the beginning is left out. Holds no more than one line of at most `maximumBytes`; the rest of a longer one is
 * skipped. A line that is too long, not UTF-8 or holds a NUL is an error of its own, and reading goes on with the next.
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, maximumBytes = maximumLineBytes): AsyncGenerator<Row<string>> {
  const line = new LineBuffer(maximumBytes);
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      line.append(chunk.subarray(start, end));
      yield line.take();
      start = end + 1;
    }
    line.append(chunk.subarray(start));
  }
  if (!line.isEmpty) yield line.take();
}

/** Collects the pieces of one line after another. */
class LineBuffer {
  private pieces: Uint8Array[] = [];
  private length = 0;
  private number = 1;

  constructor(private readonly maximumBytes: number) {}

  get isEmpty(): boolean {
    return this.length === 0;
  }

  append(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.length += piece.length;
    if (this.length > this.maximumBytes) this.pieces = [];
    // The stream may use the memory of a chunk again: what is kept past it is copied.
    else this.pieces.push(piece.slice());
  }

  /** The line that has been collected; the next one begins empty. */
  take(): Row<string> {
    const row = this.read();
    this.pieces = [];
    this.length = 0;
    this.number += 1;
    return row;
  }

  private read(): Row<string> {
    if (this.length > this.maximumBytes) return rowError(this.number, 'tooLong', `is longer than ${String(this.maximumBytes)} bytes`);
    const text = decodeUtf8(joined(this.pieces, this.length));
    if (text === undefined) return rowError(this.number, 'encoding', 'is not UTF-8 text');
    if (text.includes('\0')) return rowError(this.number, 'nul', 'holds a NUL character');
    return rowValue(this.number, this.number === 1 ? text.replace(/^\uFEFF/u, '') : text);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first, ...others] = pieces;
  if (first === undefined || others.length === 0) return first ?? new Uint8Array();
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
