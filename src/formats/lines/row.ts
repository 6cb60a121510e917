/** One row of a file that is read line by line, or what is wrong there; reading goes on after it. */
export type Row<T> =
  | { readonly kind: 'value'; readonly line: number; readonly value: T }
  | { readonly kind: 'error'; readonly line: number; readonly error: RowError };

/** What is wrong with a row. `field` names a column or holds a JSON Pointer, where one is to blame. */
export interface RowError {
  readonly code: RowErrorCode;
  /** A sentence without its subject: "is not UTF-8". */
  readonly detail: string;
  readonly field?: string;
}

export type RowErrorCode =
  /** Bytes that are not UTF-8. */
  | 'encoding'
  /** A NUL character, which no text may hold. */
  | 'nul'
  /** Longer than a row may be. */
  | 'tooLong'
  /** Not of the form of the format: JSON, quotes, dates. */
  | 'malformed'
  /** Fields too many, too few or with names that are not known. */
  | 'columns';

export function rowValue<T>(line: number, value: T): Row<T> {
  return { kind: 'value', line, value };
}

export function rowError(
  line: number,
  code: RowErrorCode,
  detail: string,
  field?: string,
): { kind: 'error'; line: number; error: RowError } {
  return { kind: 'error', line, error: { code, detail, ...(field === undefined ? {} : { field }) } };
}
