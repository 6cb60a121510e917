import { type Column, type RecordKind, recordColumns } from './columns.js';
import type { Resource } from './resource.js';

/**
 * The header of a table of this kind: a column for every simple field, JSON in a cell for lists and texts in several languages, whose columns are not known
 * beforehand.
 */
export function headerOf(kind: RecordKind): readonly string[] {
  return written(kind).map(({ path }) => path);
}

/** The cells of a resource under that header. Fields that no table takes, such as ids and versions, are left out; an absent field is an empty cell. */
export function cellsOf(kind: RecordKind, resource: Resource): readonly string[] {
  return written(kind).map(({ path, type }) => {
    const value = valueAt(resource, path.split('.'));
    if (value === undefined || value === null) return '';
    return type === 'json' || typeof value !== 'string' ? JSON.stringify(value) : value;
  });
}

function written(kind: RecordKind): Column[] {
  const columns = recordColumns[kind].filter(({ path }) => !path.endsWith('.*'));
  return columns.filter(({ path }) => !columns.some((other) => other.path.startsWith(`${path}.`)));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  const [field, ...rest] = path;
  if (field === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return valueAt(Object.getOwnPropertyDescriptor(value, field)?.value, rest);
}
