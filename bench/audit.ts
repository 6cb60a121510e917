import { Sealer } from '../src/events/index.js';
import { asService, type Caller, newId, preparedQuery, record, requestContext, transaction } from '../src/platform/index.js';
import type { DataSource } from 'typeorm';
import { median } from './measure.js';
import { type BenchService, startBenchService } from './service.js';
import { figure, heading, Table, type Column } from './table.js';

const roundMs = 2000;
const rounds = 5;

interface Line {
  readonly writers: number;
  /** Journal entries a second, each in a transaction of its own, in each round. */
  readonly oneLog: readonly number[];
  readonly ownLogs: readonly number[];
  /** Entries that were not sealed when the last round ended. */
  readonly waiting: number;
}

/**
 * Writers of one institution's journal beside as many of institutions of their own, with the sealer running: when they do not wait for one another, the
 * rates are the same. Fewer entries wait at the end than are written in a second, as long as the sealer keeps up.
 */
export async function benchAudit(): Promise<void> {
  heading(
    `Audit log: journal entries a second while the sealer runs, medians of ${String(rounds)} rounds; N writers of one log : N writers of N logs, aim ≈ 1`,
  );
  const service = await startBenchService();
  try {
    service.app.get(Sealer).start();
    const table = new Table<Line>(columns, 8);
    // Of one writer both are the same: its ratio shows the noise of the machine.
    for (const writers of [1, 2, 4, 8]) table.print(await measure(service, writers));
  } finally {
    await service.stop();
  }
}

/** The two by turns, so that whatever else the machine does meets both. */
async function measure({ dataSource }: BenchService, writers: number): Promise<Line> {
  const [oneLog, ownLogs]: [number[], number[]] = [[], []];
  const institution = newId();
  const own = Array.from({ length: writers }, newId);
  const all = own.map(() => institution);
  await Promise.all([entriesASecond(dataSource, all), entriesASecond(dataSource, own)]);
  for (let round = 0; round < rounds; round += 1) {
    oneLog.push(await entriesASecond(dataSource, all));
    ownLogs.push(await entriesASecond(dataSource, own));
  }
  return { writers, oneLog, ownLogs, waiting: await waitingEntries(dataSource) };
}

async function waitingEntries(dataSource: DataSource): Promise<number> {
  const read = 'SELECT count(*)::int AS waiting FROM unsealed_entries';
  const [row] = await asService('bench', () => preparedQuery<{ waiting: number }>(dataSource, read, []));
  return row?.waiting ?? NaN;
}

async function entriesASecond(dataSource: DataSource, institutions: readonly string[]): Promise<number> {
  const start = performance.now();
  const counts = await Promise.all(institutions.map((institution) => write(dataSource, institution, start + roundMs)));
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / (performance.now() - start);
}

/** One writer, one command after another; answers how many. */
function write(dataSource: DataSource, institution: string, until: number): Promise<number> {
  const caller: Caller = { scope: institution, subject: 'bench', institution };
  return requestContext.run({ caller }, async () => {
    let count = 0;
    for (; performance.now() < until; count += 1) {
      const resource = { kind: 'course', id: newId() };
      await transaction(dataSource, (manager) => record(manager, { action: 'course.changed', resource, after: { count } }));
    }
    return count;
  });
}

const columns: readonly Column<Line>[] = [
  { heading: 'writers', of: ({ writers }) => String(writers) },
  { heading: 'one log/s', of: ({ oneLog }) => figure(median(oneLog)) },
  { heading: 'N logs/s', of: ({ ownLogs }) => figure(median(ownLogs)) },
  { heading: 'waiting', of: ({ waiting }) => String(waiting) },
  { heading: 'ratio', of: ({ oneLog, ownLogs }) => figure(median(oneLog) / median(ownLogs)) },
];
