import type { FieldError } from '../../kernel/index.js';

/** What a reader makes of a file: its content, or everything that is wrong with it, each error located by a JSON Pointer into the file. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Reads UTF-8 bytes (with or without a byte order mark) or text as JSON. A file that is neither gives one error at the root; nothing is
 * repaired.
 */
export function readJson(file: Uint8Array | string): Reading<unknown> {
  const text = typeof file === 'string' ? file : decodeUtf8(file);
  if (text === undefined) return failed('is not UTF-8 text');
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
    return { ok: true, value };
  } catch (error) {
    return failed(`is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}

/** The text of UTF-8 bytes, a byte order mark kept; undefined where a byte sequence is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function failed(detail: string): Reading<never> {
  return { ok: false, errors: [{ pointer: '', detail }] };
}

/**
 * Whether a text is made of characters that can be kept: no NUL, no half of a surrogate pair. JSON can smuggle both into a text as escapes, and
 * no database takes them.
 */
export function isCleanText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Whether all texts in a JSON value, names of fields included, are clean. Counts on nothing about its depth. */
export function holdsCleanText(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string' && !isCleanText(next)) return false;
    if (typeof next === 'object' && next !== null) {
      if (!Object.keys(next).every(isCleanText)) return false;
      for (const part of Object.values(next) as unknown[]) open.push(part);
    }
  }
  return true;
}
