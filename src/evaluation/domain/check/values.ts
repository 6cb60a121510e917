import type { Thousandths } from '../../../kernel/index.js';

/** A stated amount whose shape has been looked at, in integer thousandths. */
export function amountOf(credits: number): Thousandths {
  return Math.round(credits * 1000);
}

/** Whether two JSON values are equal; fields that are undefined are absent. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  for (const [key, value] of left) if (!isSame(value, right.get(key))) return false;
  for (const [key, value] of right) if (value !== undefined && !left.has(key)) return false;
  return true;
}

/** Whether keys are strictly ascending. */
export function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
}
