import { canonicalJson } from '../../kernel/index.js';

/** The name of the format, in the first line of every export. */
export const exportFormat = 'credit-recognition-audit-log/1';

/** What a check looks at in an entry; its digest is over all of it. */
export interface LoggedEntry {
  readonly id: string;
  readonly institution: string;
}

/** The first line: whose log, and the keys that the service signs with. */
export interface LogLine {
  readonly kind: 'log';
  readonly format: string;
  readonly institution: string;
  readonly exportedAt: string;
  /** A JWK set (RFC 7517). */
  readonly keys: object;
}

/** A sealed entry: its place in the log, and its digest, which the leaf is the hash of. */
export interface LeafLine {
  readonly kind: 'leaf';
  readonly index: number;
  readonly digest: string;
  readonly entry: LoggedEntry;
}

/** A head, after the leaf that it ends with. */
export interface HeadLine {
  readonly kind: 'head';
  readonly size: number;
  readonly root: string;
  readonly at: string;
  readonly signature: string;
}

/** An entry that is not sealed yet. */
export interface UnsealedLine {
  readonly kind: 'unsealed';
  readonly digest: string;
  readonly entry: LoggedEntry;
}

/** The last line: a JWS over an {@link ExportStatement}. */
export interface EndLine {
  readonly kind: 'end';
  readonly statement: string;
}

/** A line of an export: canonical JSON (RFC 8785) and a line feed. */
export type ExportLine = LogLine | LeafLine | HeadLine | UnsealedLine | EndLine;

/** A line as it is written. */
export function writeLine(line: ExportLine): string {
  return `${canonicalJson(line)}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a line without its line feed; undefined when it is none of an export, or is written otherwise than {@link writeLine} writes. */
export function readLine(text: string): ExportLine | undefined {
  const value = parsed(text);
  if (!isFields(value)) return undefined;
  if (isLogLine(value) || isLeafLine(value) || isHeadLine(value) || isUnsealedLine(value) || isEndLine(value)) return value;
  return undefined;
}

/** The JSON value that a text is the canonical form of; undefined when it is none, or so deeply nested that it cannot be read. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(fields: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => typeof fields[name] === 'string');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isEntry(value: unknown): value is LoggedEntry {
  return isFields(value) && areTexts(value, 'id', 'institution');
}

function isLogLine(fields: Fields): fields is Fields & LogLine {
  return fields['kind'] === 'log' && areTexts(fields, 'format', 'institution', 'exportedAt') && isFields(fields['keys']);
}

function isLeafLine(fields: Fields): fields is Fields & LeafLine {
  return fields['kind'] === 'leaf' && areTexts(fields, 'digest') && isCount(fields['index']) && isEntry(fields['entry']);
}

function isHeadLine(fields: Fields): fields is Fields & HeadLine {
  return fields['kind'] === 'head' && areTexts(fields, 'root', 'at', 'signature') && isCount(fields['size']);
}

function isUnsealedLine(fields: Fields): fields is Fields & UnsealedLine {
  return fields['kind'] === 'unsealed' && areTexts(fields, 'digest') && isEntry(fields['entry']);
}

function isEndLine(fields: Fields): fields is Fields & EndLine {
  return fields['kind'] === 'end' && areTexts(fields, 'statement');
}
