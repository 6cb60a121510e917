import { type Column, columnNamed, type RecordKind } from './columns.js';

/** A resource as the API takes it. What its fields must be is for the resource's own schema to check. */
export type Resource = Readonly<Record<string, unknown>>;

/** A cell that is not what its column wants. */
export interface CellError {
  readonly field: string;
  readonly detail: string;
}

export type ResourceReading =
  { readonly ok: true; readonly value: Resource } | { readonly ok: false; readonly errors: readonly CellError[] };

type Tree = Record<string, unknown>;

/**
 * The resource that a row of cells holds, by the names of its columns. An empty cell leaves its field out. All errors of a row are given at once; a column that
 * is not known is one.
 */
export function resourceOfCells(kind: RecordKind, cells: ReadonlyMap<string, string>): ResourceReading {
  const errors: CellError[] = [];
  const value: Tree = {};
  for (const [name, text] of cells) {
    if (text === '') continue;
    const column = columnNamed(kind, name);
    const cell = column === undefined ? { detail: `is not a column of a table of ${kind}s` } : readCell(column, text);
    if ('detail' in cell) errors.push({ field: name, detail: cell.detail });
    else if (!place(value, name.split('.'), cell.value)) errors.push({ field: name, detail: 'is stated in another column already' });
  }
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors };
}

type CellReading = { readonly value: unknown } | { readonly detail: string };

function readCell({ type }: Column, text: string): CellReading {
  switch (type) {
    case 'text':
      return { value: text };
    case 'number':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? { value: Number(text) } : { detail: 'must be a number such as 3 or 2.5' };
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : { detail: 'must be true or false' };
    case 'json':
      return readJsonCell(text);
  }
}

function readJsonCell(text: string): CellReading {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { detail: 'must be JSON' };
  }
}

/** Puts a value at its path; false where something stands there, or on the way, already. */
function place(tree: Tree, path: readonly string[], value: unknown): boolean {
  const [field = '', ...rest] = path;
  if (rest.length === 0) {
    if (Object.hasOwn(tree, field)) return false;
    tree[field] = value;
    return true;
  }
  const branch = Object.hasOwn(tree, field) ? tree[field] : (tree[field] = {});
  return isTree(branch) && place(branch, rest, value);
}
function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
