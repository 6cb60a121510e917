import { type FieldError, Problem } from '../kernel/index.js';

/**
 * How deep a body may be nested, lists included. Far above what any form of ours needs, and far below where recursive code (class-transformer,
 * class-validator, JSON.stringify) exhausts the stack.
 */
const deepestLevel = 64;

/** More errors than this help nobody, and an answer must not grow with the attack. */
export const mostErrors = 100;

/** One reference token of a JSON Pointer (RFC 6901, section 3). */
export function pointerToken(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Whether a value holds others; a list counts as an object whose fields are its indices. */
export function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** An object or list still to be looked at, linked to where it lies so that a pointer is built only for an error. */
interface Place {
  readonly value: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

function pointerOf(place: Place, key: string): string {
  const keys = [key];
  for (let here = place; here.parent !== undefined; here = here.parent) keys.push(here.key);
  return keys.reverse().map(pointerToken).join('');
}

/** PostgreSQL stores no NUL, and a lone half of a surrogate pair is not a character: it would be replaced unseen. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function faultOf(key: string, value: unknown): string | undefined {
  // A name such as `constructor` or `__proto__` is found on every object: it would pass for a known field, or break the code that reads it.
  if (key in Object.prototype || !isStorable(key)) return 'is not a known field';
  if (typeof value === 'string' && !isStorable(value)) return 'must not hold a NUL character or half of a surrogate pair';
  return undefined;
}

/** Refuses what no form can accept, before anything recursive sees the body. */
export function refuseUnfit(body: Readonly<Record<string, unknown>>): void {
  const errors: FieldError[] = [];
  const open: Place[] = [{ value: body, key: '', parent: undefined, depth: 1 }];
  for (let place = open.pop(); place !== undefined && errors.length < mostErrors; place = open.pop()) {
    if (place.depth > deepestLevel)
      throw new Problem('validationFailed', `The body is nested more than ${String(deepestLevel)} levels deep.`);
    for (const [key, value] of Object.entries(place.value)) {
      const fault = faultOf(key, value);
      if (fault !== undefined) errors.push({ pointer: pointerOf(place, key), detail: fault });
      if (isContainer(value)) open.push({ value, key, parent: place, depth: place.depth + 1 });
    }
  }
  if (errors.length > 0) {
    throw new Problem('validationFailed', 'The body holds fields or characters that are not accepted.', errors.slice(0, mostErrors));
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a JSON body; refuses what is no UTF-8 (RFC 8259, section 8.1) or no JSON as malformed. An empty body is an absent one. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Problem('malformed', 'The body is not valid UTF-8.');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem('malformed', 'The body is not valid JSON.');
  }
  if (isContainer(body)) refuseUnfit(body);
  return body;
}
