import type { DataSource, EntityManager } from 'typeorm';
import { Problem } from '../kernel/index.js';
import { problemOfDatabaseError, transaction } from '../platform/index.js';
import type { Report } from './report.js';

/** What the caller of an import may choose. */
export interface ImportOptions {
  /** Report what would be done, and keep nothing of it. */
  readonly dryRun: boolean;
  /** Keep nothing if anything is wrong. */
  readonly atomic: boolean;
}

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** How an import writes: each step is kept by itself, or all of them are steps of one transaction that may be taken back. */
export interface Transactions {
  /** A step of its own, kept whole or not at all; a refusal by the database is thrown as the Problem it means. */
  run<Result>(work: Work<Result>): Promise<Result>;
}

/** Work inside a transaction of which nothing remains where it fails. */
export async function savepoint<Result>(manager: EntityManager, work: Work<Result>): Promise<Result> {
  try {
    return await manager.transaction(work);
  } catch (error) {
    throw problemOfDatabaseError(error) ?? error;
  }
}

/** The refusal that an error is; what is no refusal (a defect, or a database out of reach) is thrown on. */
export function refusalOf(error: unknown): Problem {
  if (error instanceof Problem && error.status < 500) return error;
  throw error;
}

/** Ends a transaction that is not to be kept. */
class TakenBack extends Error {
  override readonly name = 'TakenBack';
}

/** Runs the writing part of an import as its options ask for; the answer is what it has to report, and whether it was kept. */
export async function write(
  dataSource: DataSource,
  options: ImportOptions,
  read: Report,
  work: (transactions: Transactions, report: Report) => Promise<void>,
): Promise<{ readonly report: Report; readonly kept: boolean }> {
  if (options.dryRun || options.atomic) return writeWhole(dataSource, options, read, work);
  const report = read.copy();
  await work({ run: (step) => transaction(dataSource, step) }, report);
  return { report, kept: true };
}

async function writeWhole(
  dataSource: DataSource,
  { dryRun, atomic }: ImportOptions,
  read: Report,
  work: (transactions: Transactions, report: Report) => Promise<void>,
): Promise<{ readonly report: Report; readonly kept: boolean }> {
  let report = read;
  try {
    await transaction(dataSource, async (manager) => {
      // The work may be repeated, and then reports anew.
      report = read.copy();
      await work({ run: (step) => savepoint(manager, step) }, report);
      if (dryRun || (atomic && report.hasErrors)) throw new TakenBack();
    });
    return { report, kept: true };
  } catch (error) {
    if (error instanceof TakenBack) return { report, kept: false };
    throw error;
  }
}
