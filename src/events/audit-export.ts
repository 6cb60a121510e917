import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock, transaction } from '../platform/index.js';
import { type ExportLine, exportFormat, exportStatement, writeLine } from './domain/index.js';
import { LogKeys, type Sign } from './log-keys.js';
import { readSealed, readUnsealed } from './storage/journal.store.js';
import { readHeadsUpTo, readLatestHead } from './storage/log.store.js';

/** Entries read at once: what an export holds in memory, however long it is. */
const pageSize = 500;

/** A reader who takes nothing for so long loses the export, and does not keep a connection from others: 30 seconds. */
const patienceMs = 30_000;

/** Writes a log as NDJSON, as it was at one moment. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keys: LogKeys,
  ) {}

  /** The log as a stream; when it breaks off, its last line is missing. */
  async export(institution: string): Promise<Readable> {
    const opening: ExportLine = {
      kind: 'log',
      format: exportFormat,
      institution,
      exportedAt: this.clock.now().toISOString(),
      keys: await this.keys.published(),
    };
    const sign = await this.keys.signer();
    const stream = new PassThrough();
    const stalled = new AbortController();
    const patience = setTimeout(() => {
      stalled.abort(new Error('nobody reads the export'));
    }, patienceMs);
    const read = transaction(this.dataSource, async (manager) => {
      // One snapshot, so that an entry that is sealed meanwhile is in the export once.
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      await pipeline(signedPages(manager, opening, sign, patience), stream, { signal: stalled.signal });
    });
    read
      .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        clearTimeout(patience);
      });
    return stream;
  }
}

type Opening = ExportLine & { readonly kind: 'log' };

/** The pages of an export and its end, which says how much there was. */
async function* signedPages(manager: EntityManager, opening: Opening, sign: Sign, patience: NodeJS.Timeout): AsyncGenerator<string> {
  const { institution, exportedAt } = opening;
  const hash = createHash('sha256');
  const count = { leaf: 0, unsealed: 0 };
  for await (const lines of pages(manager, opening)) {
    for (const { kind } of lines) if (kind === 'leaf' || kind === 'unsealed') count[kind] += 1;
    const text = lines.map(writeLine).join('');
    hash.update(text);
    yield text;
    patience.refresh();
  }
  const statement = { institution, exportedAt, size: count.leaf, unsealed: count.unsealed, digest: `sha-256:${hash.digest('hex')}` };
  yield writeLine({ kind: 'end', statement: await sign(exportStatement(statement)) });
}

async function* pages(manager: EntityManager, opening: Opening): AsyncGenerator<readonly ExportLine[]> {
  const { institution } = opening;
  yield [opening];
  const size = (await readLatestHead(manager, institution))?.size ?? 0;
  for (let from = 0; from < size; from += pageSize) yield sealedLines(manager, institution, from, Math.min(size, from + pageSize));
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const entries = await readUnsealed(manager, institution, after, pageSize);
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map(({ digest, entry }) => ({ kind: 'unsealed', digest, entry }));
    after = last.entry.id;
  }
}

/** The leaves from one place up to another, each head after the leaf that it ends with. */
async function sealedLines(manager: EntityManager, institution: string, from: number, to: number): Promise<readonly ExportLine[]> {
  const entries = await readSealed(manager, institution, from, to);
  const heads = await readHeadsUpTo(manager, institution, from, to);
  const placed = [
    ...entries.map(({ entry, digest, index }) => ({
      place: Number(index),
      line: { kind: 'leaf', index: Number(index), digest, entry } as const,
    })),
    ...heads.map(({ size, root, at, signature }) => ({ place: size - 0.5, line: { kind: 'head', size, root, at, signature } as const })),
  ];
  return placed.sort((one, other) => one.place - other.place).map(({ line }) => line);
}
