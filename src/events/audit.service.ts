import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../kernel/index.js';
import { notFound, type Page, type PageQuery, transaction } from '../platform/index.js';
import { consistencyRanges, digestText, inclusionRanges, type SignedHead } from './domain/index.js';
import { type EntryFilter, type FiledEntry, listEntries, readEntry, type SealedEntry } from './storage/journal.store.js';
import { listHeads, readHead, readLatestHead, readRangeHashes } from './storage/log.store.js';

export type { FiledEntry } from './storage/journal.store.js';

/** That an entry is in the log: it is the leaf at this place, and the path leads from it to the root of the head. */
export interface InclusionProof extends SealedEntry {
  readonly path: readonly string[];
  readonly head: SignedHead;
}

/** That an older head's log is the beginning of a newer one's. */
export interface ConsistencyProof {
  readonly from: SignedHead;
  readonly to: SignedHead;
  readonly path: readonly string[];
}

/** Reads the sealed log of an institution and proves what is in it. */
@Injectable()
export class AuditService {
  constructor(private readonly dataSource: DataSource) {}

  latestHead(institution: string): Promise<SignedHead> {
    return this.reading((manager) => latestHead(manager, institution));
  }

  heads(institution: string, query: PageQuery): Promise<Page<SignedHead>> {
    return this.reading((manager) => listHeads(manager, institution, query));
  }

  entries(institution: string, query: EntryFilter & PageQuery): Promise<Page<FiledEntry>> {
    return this.reading((manager) => listEntries(manager, institution, query, query));
  }

  /** Proves that an entry is in the log of so many entries, the newest unless said otherwise. */
  inclusionProof(institution: string, id: string, size?: number): Promise<InclusionProof> {
    return this.reading(async (manager) => {
      const found = await readEntry(manager, institution, id);
      if (found === undefined) throw notFound();
      const { index } = found;
      if (index === null) throw new Problem('ruleViolated', 'The entry is not sealed yet. Ask again in a second.');
      const head = await headOf(manager, institution, 'size', size);
      if (index >= head.size) throw unfit('size', `must be more than ${String(index)}, the place of the entry`);
      const path = await readRangeHashes(manager, institution, inclusionRanges(index, head.size));
      return { ...found, index, path: path.map(digestText), head };
    });
  }

  /** Proves that the log of `from` entries is the beginning of that of `to` entries, the newest unless said otherwise. */
  consistencyProof(institution: string, from: number, to?: number): Promise<ConsistencyProof> {
    return this.reading(async (manager) => {
      const older = await headOf(manager, institution, 'from', from);
      const newer = await headOf(manager, institution, 'to', to);
      if (older.size > newer.size) throw unfit('from', 'must be at most to');
      const path = await readRangeHashes(manager, institution, consistencyRanges(older.size, newer.size));
      return { from: older, to: newer, path: path.map(digestText) };
    });
  }

  private reading<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return transaction(this.dataSource, work);
  }
}

async function latestHead(manager: EntityManager, institution: string): Promise<SignedHead> {
  const head = await readLatestHead(manager, institution);
  if (head === undefined) throw notFound();
  return head;
}

/** A proof is worth something for what is signed only. */
async function headOf(manager: EntityManager, institution: string, parameter: string, size: number | undefined): Promise<SignedHead> {
  if (size === undefined) return latestHead(manager, institution);
  const head = await readHead(manager, institution, size);
  if (head === undefined) throw unfit(parameter, 'must be the size of a signed head of this log');
  return head;
}

function unfit(pointer: string, detail: string): Problem {
  return new Problem('validationFailed', 'There is no such proof.', [{ pointer, detail }]);
}
