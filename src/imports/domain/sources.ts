import type { Source } from '../../rules/domain/index.js';

/** One completion of a course by its code. */
export function courseSource(code: string): Source {
  return { kind: 'course', select: { kind: 'code', code } };
}

/** All of several parts, or any of them; a single part is itself. */
export function joined(kind: 'all' | 'any', parts: readonly Source[]): Source {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind, of: parts };
}
