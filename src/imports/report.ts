import type { FieldError } from '../kernel/index.js';
import type { ListedException } from './domain/index.js';

/** What an import may record. */
export const importedResources = [
  'institutions',
  'courses',
  'programmes',
  'agreements',
  'rules',
  'learners',
  'transcripts',
  'completions',
] as const;
export type ImportedResource = (typeof importedResources)[number];

/** What became of what a file states; `removed` is a rule that an agreement had before and the file no longer states. */
export const changes = ['created', 'changed', 'unchanged', 'removed', 'refused'] as const;
export type Change = (typeof changes)[number];

export type ResourceCounts = { readonly resource: ImportedResource } & Readonly<Record<Change, number>>;

/**
 * Why a part of a file was not taken. The first five are about its form: bytes that are not UTF-8, a NUL, too long, not of the format, columns that
 * are wrong. `invalid`: a field is not what it must be. `refused`: it contradicts what is on record.
 */
export const importErrorCodes = ['encoding', 'nul', 'tooLong', 'malformed', 'columns', 'invalid', 'refused'] as const;
export type ImportErrorCode = (typeof importErrorCodes)[number];

/** What is wrong in a row of a file. */
export interface RowFault {
  readonly code: ImportErrorCode;
  /** A column or a JSON Pointer; absent where the row as a whole is wrong. */
  readonly field?: string;
  readonly detail: string;
}

/** The same with its line; without one the pointer leads into what the file as a whole states. */
export interface ImportError extends RowFault {
  readonly line?: number;
}

/** An agreement or programme that the file states. */
export interface StatedResource {
  readonly resource: 'agreements' | 'programmes';
  readonly id: string;
  readonly change: 'created' | 'changed' | 'unchanged';
  /** Of an agreement: the revision that says it. */
  readonly revision?: number;
}

/** What an import has done, or with `dryRun` would do. */
export interface ImportReport {
  readonly format: string;
  readonly dryRun: boolean;
  readonly atomic: boolean;
  /** Whether what is reported as created and changed has been kept. */
  readonly kept: boolean;
  readonly counts: readonly ResourceCounts[];
  readonly resources: readonly StatedResource[];
  readonly resourceCount: number;
  readonly exceptions: readonly ListedException[];
  readonly exceptionCount: number;
  /** In the order of the file. */
  readonly errors: readonly ImportError[];
  readonly errorCount: number;
}

/** A report lists no more than so many items of a kind, however many there are. */
const mostListed = 1000;

/** A list that keeps its first items and counts all. */
class Listing<Item> {
  readonly items: Item[] = [];
  count = 0;

  add(item: Item): void {
    this.count += 1;
    if (this.items.length < mostListed) this.items.push(item);
  }

  merge(other: Listing<Item>): void {
    for (const item of other.items) this.add(item);
    this.count += other.count - other.items.length;
  }
}

/** Collects what becomes of a file. `fieldName` turns a JSON Pointer into a row into what the file calls that field. */
export class Report {
  private readonly counts = new Map<ImportedResource, Record<Change, number>>();
  private readonly resources = new Listing<StatedResource>();
  private readonly exceptions = new Listing<ListedException>();
  private readonly errors = new Listing<ImportError>();

  constructor(private readonly fieldName: (pointer: string) => string) {}

  get hasErrors(): boolean {
    return this.errors.count > 0;
  }

  count(resource: ImportedResource, change: Change, times = 1): void {
    const counts = this.counts.get(resource) ?? { created: 0, changed: 0, unchanged: 0, removed: 0, refused: 0 };
    counts[change] += times;
    this.counts.set(resource, counts);
  }

  /** A row that could not be read, with all that is wrong in it. */
  refuseRead(resource: ImportedResource, line: number, faults: readonly RowFault[]): void {
    this.count(resource, 'refused');
    for (const fault of faults) this.errors.add({ line, ...fault });
  }

  /** A row that contradicts what is on record; pointers lead into the row. */
  refuseRow(resource: ImportedResource, line: number, errors: readonly FieldError[]): void {
    this.refuseRead(
      resource,
      line,
      errors.map(({ pointer, detail }) => ({ code: 'refused', ...(pointer === '' ? {} : { field: this.fieldName(pointer) }), detail })),
    );
  }

  /** A part of a document that contradicts what is on record. */
  refusePart(resource: ImportedResource, errors: readonly FieldError[]): void {
    this.count(resource, 'refused');
    for (const { pointer, detail } of errors) this.errors.add({ code: 'refused', ...(pointer === '' ? {} : { field: pointer }), detail });
  }

  state(resource: StatedResource): void {
    this.count(resource.resource, resource.change);
    this.resources.add(resource);
  }

  except(exceptions: Iterable<ListedException>): void {
    for (const exception of exceptions) this.exceptions.add(exception);
  }

  /** An empty report on another part of the same file. */
  part(): Report {
    return new Report(this.fieldName);
  }

  copy(): Report {
    const copy = this.part();
    copy.merge(this);
    return copy;
  }

  /** Adds what a part of the import has to report. */
  merge(part: Report): void {
    for (const [resource, counts] of part.counts) for (const change of changes) this.count(resource, change, counts[change]);
    this.resources.merge(part.resources);
    this.exceptions.merge(part.exceptions);
    this.errors.merge(part.errors);
  }

  finished(of: Pick<ImportReport, 'format' | 'dryRun' | 'atomic' | 'kept'>): ImportReport {
    const { resources, exceptions, errors } = this;
    return {
      ...of,
      counts: importedResources.flatMap((resource) => {
        const counts = this.counts.get(resource);
        return counts === undefined ? [] : [{ resource, ...counts }];
      }),
      resources: resources.items,
      resourceCount: resources.count,
      exceptions: exceptions.items,
      exceptionCount: exceptions.count,
      errors: errors.items.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)),
      errorCount: errors.count,
    };
  }
}
