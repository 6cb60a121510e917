import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../kernel/index.js';
import { asService, Clock, newId, transaction } from '../platform/index.js';
import { batchesOf, type Group, type GroupLimits, groupsOf } from './groups.js';
import { type ImportedResource, type ImportReport, Report, type RowFault } from './report.js';
import {
  deleteLeftBehind,
  deleteWaiting,
  insertWaiting,
  readWaiting,
  type RowPlace,
  type SizedRow,
  type WrittenRow,
} from './storage/row.store.js';
import { type ImportOptions, refusalOf, type Transactions, write } from './transactions.js';

/** A row of a file, or all that is wrong in it. */
export type ReadRow<Value> =
  | { readonly kind: 'value'; readonly line: number; readonly value: Value }
  | { readonly kind: 'error'; readonly line: number; readonly faults: readonly RowFault[] };

/** A file that is read row by row. */
export interface FileOfRows<Value> {
  /** What the report calls it. */
  readonly format: string;
  readonly rows: AsyncIterable<ReadRow<Value>>;
  /** What the file calls the field that a JSON Pointer into a row leads to. */
  readonly fieldName: (pointer: string) => string;
}

/** Where the rows of a file go. */
export interface RowTarget<Value> {
  /** What a row states. */
  readonly resource: ImportedResource;
  /** What a row is about: rows about one thing are taken together. */
  keyOf(value: Value): string;
  readonly largestGroup: GroupLimits;
  /** Records groups of rows inside a transaction, and reports what became of each row. What it throws refuses all of them. */
  take(manager: EntityManager, groups: readonly Group<Value>[], report: Report): Promise<void>;
}

/** The most that waits in memory before it is written down. */
const waitingLimits: GroupLimits = { rows: 500, bytes: 1024 * 1024 };

/** Longer than any request may take. */
const leftBehindMilliseconds = 24 * 3_600_000;

/**
 * How a file becomes resources. A file of rows is written down as it arrives and taken when all of it is here, so that it needs little memory, keeps no
 * transaction waiting for a slow sender, and leaves nothing of a transfer that broke off.
 */
@Injectable()
export class FileImports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Imports a file of rows. */
  async rows<Value extends object>(file: FileOfRows<Value>, target: RowTarget<Value>, options: ImportOptions): Promise<ImportReport> {
    const importId = newId();
    await this.deleteLeftBehind();
    try {
      const read = new Report(file.fieldName);
      const keep = (rows: readonly WrittenRow[]) => transaction(this.dataSource, (manager) => insertWaiting(manager, importId, rows));
      await keepWaiting(keep, file, target, read);
      return await this.written(file.format, options, read, (transactions, report) => takeAll(importId, target, transactions, report));
    } finally {
      await transaction(this.dataSource, (manager) => deleteWaiting(manager, importId));
    }
  }

  /** Imports a document that is one whole: one step, in which parts may be refused by themselves. */
  document(format: string, options: ImportOptions, work: (manager: EntityManager, report: Report) => Promise<void>): Promise<ImportReport> {
    return this.written(format, options, new Report(asItIs), async (transactions, report) => {
      const part = await transactions.run(async (manager) => {
        const done = report.part();
        await work(manager, done);
        return done;
      });
      report.merge(part);
    });
  }

  /** Whoever left it behind. */
  private deleteLeftBehind(): Promise<void> {
    const olderThan = firstIdOf(this.clock.now().getTime() - leftBehindMilliseconds);
    return asService('imports', () => transaction(this.dataSource, (manager) => deleteLeftBehind(manager, olderThan)));
  }

  private async written(
    format: string,
    options: ImportOptions,
    read: Report,
    work: (transactions: Transactions, report: Report) => Promise<void>,
  ): Promise<ImportReport> {
    const { report, kept } = await write(this.dataSource, options, read, work);
    const { dryRun, atomic } = options;
    return report.finished({ format, dryRun, atomic, kept });
  }
}

function asItIs(pointer: string): string {
  return pointer;
}

/** The least UUIDv7 of a moment. */
function firstIdOf(milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** Writes down the rows of a file as they arrive, and reports those that cannot be read. */
async function keepWaiting<Value>(
  keep: (rows: readonly WrittenRow[]) => Promise<void>,
  file: FileOfRows<Value>,
  target: RowTarget<Value>,
  report: Report,
): Promise<void> {
  const unreadable: RowFault[] = [];
  let isReadable = false;
  let waiting: WrittenRow[] = [];
  let size = 0;
  for await (const row of file.rows) {
    isReadable ||= row.kind === 'value' || !row.faults.some(isOfForm);
    if (row.kind === 'error') {
      report.refuseRead(target.resource, row.line, row.faults);
      if (!isReadable && unreadable.length < 100) unreadable.push(...row.faults.map((fault) => atLine(row.line, fault)));
      continue;
    }
    const json = JSON.stringify(row.value);
    waiting.push({ key: target.keyOf(row.value), line: row.line, json });
    size += json.length;
    if (waiting.length < waitingLimits.rows && size < waitingLimits.bytes) continue;
    await keep(waiting);
    waiting = [];
    size = 0;
  }
  await keep(waiting);
  if (!isReadable && unreadable.length > 0) throw notOfTheFormat(file.format, unreadable);
}

/** The row cannot be read at all, whatever it says. */
function isOfForm({ code, field }: RowFault): boolean {
  return field === undefined && code !== 'invalid';
}

function atLine(line: number, fault: RowFault): RowFault {
  return { ...fault, detail: `line ${String(line)} ${fault.detail}` };
}

/** A file of which no row can be read is another file than it claims to be. */
function notOfTheFormat(format: string, faults: readonly RowFault[]): Problem {
  return new Problem(
    'validationFailed',
    `Not one row of the file can be read as ${format}.`,
    faults.map(({ detail }) => ({ pointer: '', detail })),
  );
}

async function* waitingRows<Value>(transactions: Transactions, importId: string): AsyncGenerator<SizedRow<Value>> {
  let after: RowPlace | undefined;
  for (;;) {
    const place = after;
    const rows = await transactions.run((manager) => readWaiting<Value>(manager, importId, place));
    yield* rows;
    after = rows.at(-1);
    if (after === undefined) return;
  }
}

/** Takes all rows of an import, batch by batch. */
async function takeAll<Value>(importId: string, target: RowTarget<Value>, transactions: Transactions, report: Report): Promise<void> {
  const { resource, largestGroup } = target;
  const groups = groupsOf(waitingRows<Value>(transactions, importId), largestGroup, ({ line }) => {
    report.refuseRow(resource, line, [{ pointer: '', detail: tooMuch(largestGroup) }]);
  });
  for await (const batch of batchesOf(groups)) await takeBatch(batch, target, transactions, report);
}

function tooMuch({ rows, bytes }: GroupLimits): string {
  return `is about something of which the file says more than ${String(rows)} rows or ${String(bytes / 1024 / 1024)} MiB`;
}

/** Takes groups together; where that is refused, each by itself, so that one does not stand in the way of the others. */
async function takeBatch<Value>(
  batch: readonly Group<Value>[],
  target: RowTarget<Value>,
  transactions: Transactions,
  report: Report,
): Promise<void> {
  try {
    const part = await transactions.run(async (manager) => {
      const taken = report.part();
      await target.take(manager, batch, taken);
      return taken;
    });
    report.merge(part);
  } catch (error) {
    const { detail, errors } = refusalOf(error);
    if (batch.length > 1) for (const group of batch) await takeBatch([group], target, transactions, report);
    else {
      const reasons = errors.length > 0 ? errors : [{ pointer: '', detail }];
      for (const { line } of batch.flatMap(({ rows }) => rows)) report.refuseRow(target.resource, line, reasons);
    }
  }
}
