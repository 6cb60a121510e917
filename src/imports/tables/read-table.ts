import type { Type } from '@nestjs/common';
import { type CsvRecord, readCsv, readNdjson } from '../../formats/table/index.js';
import type { Row } from '../../formats/lines/index.js';
import { type FieldError, Problem } from '../../kernel/index.js';
import { FormPipe, refuseUnfit } from '../../platform/index.js';
import { type RecordKind, type Resource, resourceOfCells, unknownColumns } from '../domain/index.js';
import type { FileOfRows, ReadRow } from '../file-imports.js';
import type { RowFault } from '../report.js';

/** A table as it arrives. */
export interface Table {
  readonly format: 'ndjson' | 'csv';
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A resource that is what the API asks of it, or everything that it is not, with JSON Pointers. */
export type Checked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly errors: readonly FieldError[] };

const forms = new FormPipe();

/** Runs a check on a resource that recursive code can bear; what it refuses as invalid is an answer. */
export async function checkBy<Value>(resource: Resource, check: () => Promise<Checked<Value>>): Promise<Checked<Value>> {
  try {
    refuseUnfit(resource);
    return await check();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'validationFailed') throw error;
    return { ok: false, errors: error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.detail }] };
  }
}

/** Holds a resource against the form that the API has for it. */
export function checkForm<Form extends object>(form: Type<Form>, resource: Resource): Promise<Checked<Form>> {
  return checkBy(resource, async () => {
    const value = await forms.transform(resource, { type: 'body', metatype: form });
    if (value instanceof form) return { ok: true, value };
    throw new Error('a form is checked into an instance of its class');
  });
}

/** The resources of a table, each held against `check`. */
export function fileOfTable<Value>(
  kind: RecordKind,
  table: Table,
  check: (resource: Resource) => Promise<Checked<Value>>,
): FileOfRows<Value> {
  const isCsv = table.format === 'csv';
  const fieldName = isCsv ? columnOf : (pointer: string) => pointer;
  const resources = isCsv ? fromCsv(kind, table.bytes) : fromNdjson(table.bytes);
  return { format: `${kind}s`, rows: checked(resources, check, fieldName), fieldName };
}

/** `/validity/from` as the column `validity.from`; what lies within a column of JSON goes on in the same way. */
function columnOf(pointer: string): string {
  const fields = pointer.split('/').slice(1);
  return fields.map((field) => field.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

async function* checked<Value>(
  rows: AsyncIterable<ReadRow<Resource>>,
  check: (resource: Resource) => Promise<Checked<Value>>,
  fieldName: (pointer: string) => string,
): AsyncGenerator<ReadRow<Value>> {
  for await (const row of rows) {
    if (row.kind === 'error') {
      yield row;
      continue;
    }
    const { line } = row;
    const result = await check(row.value);
    if (result.ok) yield { kind: 'value', line, value: result.value };
    else yield { kind: 'error', line, faults: result.errors.map((error) => invalid(fieldName(error.pointer), error.detail)) };
  }
}

function invalid(field: string, detail: string): RowFault {
  return { code: 'invalid', ...(field === '' ? {} : { field }), detail };
}

async function* fromNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadRow<Resource>> {
  for await (const row of readNdjson(bytes)) yield row.kind === 'value' ? row : unreadable(row);
}

/** The columns are looked at once, before the first row: a column that nobody knows is wrong for all of them. */
async function* fromCsv(kind: RecordKind, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadRow<Resource>> {
  let isHeaderChecked = false;
  for await (const row of readCsv(bytes)) {
    if (row.kind === 'error') {
      yield unreadable(row);
      continue;
    }
    const unknown = isHeaderChecked ? [] : unknownColumns(kind, [...row.value.keys()]);
    isHeaderChecked = true;
    if (unknown.length > 0) {
      const detail = `names columns that a table of ${kind}s does not have: ${unknown.join(', ').slice(0, 500)}`;
      yield { kind: 'error', line: 1, faults: [{ code: 'columns', detail }] };
      return;
    }
    yield fromCells(kind, row.line, row.value);
  }
}

/** A period whose two cells are empty is open at both ends; without them no other field would say so. */
function fromCells(kind: RecordKind, line: number, cells: CsvRecord): ReadRow<Resource> {
  const resource = resourceOfCells(kind, cells);
  const isOpen = cells.get('validity.from') === '' && cells.get('validity.until') === '';
  if (resource.ok) return { kind: 'value', line, value: isOpen ? { validity: {}, ...resource.value } : resource.value };
  return { kind: 'error', line, faults: resource.errors.map(({ field, detail }) => invalid(field, detail)) };
}

/** A row that its reader could not read. */
export function unreadable({ line, error }: Extract<Row<unknown>, { kind: 'error' }>): ReadRow<never> {
  return { kind: 'error', line, faults: [error] };
}
