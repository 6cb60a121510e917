import { at, type Thousandths } from '../../../kernel/index.js';

/** A stated amount whose shape has been looked at, in integer thousandths. */
export function amountOf(credits: number): Thousandths {
  return Math.round(credits * 1000);
}

/** Whether two JSON values are equal; fields that are undefined are absent. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  for (const key in a) if (!isSame(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether keys are strictly ascending. */
export function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || at(keys, index - 1) < key);
}

export function areDistinct(keys: readonly string[]): boolean {
  return keys.length < 2 || new Set(keys).size === keys.length;
}

/** One text for several, as no text of an id holds what separates them. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join('\u0000');
}
