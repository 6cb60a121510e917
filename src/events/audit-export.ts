import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock, requestContext, transaction } from '../platform/index.js';
import { type ExportLine, exportFormat, exportStatement, type LogLine, writeLine } from './domain/index.js';
import { LogKeys, type Sign } from './log-keys.js';
import { readSealed, readWaitingSince } from './storage/journal.store.js';
import { type Cut, readCut, readHeadsUpTo } from './storage/log.store.js';

/** Entries read at once: what an export holds in memory, however long it is. */
const pageSize = 500;

const leastId = '00000000-0000-0000-0000-000000000000';

/** Reads a page in a transaction of its own, so that a slow reader keeps no connection from others. */
type ReadPage = <Result>(work: (manager: EntityManager) => Promise<Result>) => Promise<Result>;

/** Writes logs as NDJSON. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keys: LogKeys,
  ) {}

  /** A log as a stream: everything that was there when it began. When it breaks off, its last line is missing. */
  async export(institution: string): Promise<Readable> {
    const exportedAt = this.clock.now().toISOString();
    const context = { ...requestContext.getStore() };
    // The stream is read later, by whoever sends it: on whose behalf must not depend on that.
    const readPage: ReadPage = (work) => requestContext.run(context, () => transaction(this.dataSource, work));
    const sign = await this.keys.signer();
    const cut = await readPage((manager) => readCut(manager, institution));
    // Last, so that the keys that signed the heads up to the cut, and the one that signs the end, are among them when a new one comes meanwhile.
    const keys = await this.keys.published();
    const opening: LogLine = { kind: 'log', format: exportFormat, institution, exportedAt, keys };
    return Readable.from(signedPages(opening, pages(opening, cut, readPage), sign), { objectMode: false });
  }
}

/** The pages of an export as text, and its end, which says how much there was. */
async function* signedPages(
  { institution, exportedAt }: LogLine,
  whole: AsyncIterable<readonly ExportLine[]>,
  sign: Sign,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const count = { leaf: 0, unsealed: 0 };
  for await (const lines of whole) {
    for (const { kind } of lines) if (kind === 'leaf' || kind === 'unsealed') count[kind] += 1;
    const text = lines.map(writeLine).join('');
    hash.update(text);
    yield text;
  }
  const statement = { institution, exportedAt, size: count.leaf, unsealed: count.unsealed, digest: `sha-256:${hash.digest('hex')}` };
  yield writeLine({ kind: 'end', statement: await sign(exportStatement(statement)) });
}

async function* pages(opening: LogLine, cut: Cut, readPage: ReadPage): AsyncGenerator<readonly ExportLine[]> {
  const { institution } = opening;
  yield [opening];
  for (let from = 0; from < cut.size; from += pageSize) {
    const to = Math.min(cut.size, from + pageSize);
    yield await readPage((manager) => sealedLines(manager, institution, from, to));
  }
  yield* unsealedPages(institution, cut, readPage);
}

/** The leaves from one place up to another, each head after the leaf that it ends with. */
async function sealedLines(manager: EntityManager, institution: string, from: number, to: number): Promise<readonly ExportLine[]> {
  const entries = await readSealed(manager, institution, from, to);
  const heads = await readHeadsUpTo(manager, institution, from, to);
  const placed: { readonly place: number; readonly line: ExportLine }[] = [
    ...entries.map(({ entry, digest, index }) => ({ place: index, line: { kind: 'leaf', index, digest, entry } as const })),
    // Between the leaf of index size - 1 and the next.
    ...heads.map(({ size, root, at, signature }) => ({ place: size - 0.5, line: { kind: 'head', size, root, at, signature } as const })),
  ];
  return placed.sort((one, other) => one.place - other.place).map(({ line }) => line);
}

/** The entries that were not sealed at the cut, whether or not they have been since. */
async function* unsealedPages(institution: string, cut: Cut, readPage: ReadPage): AsyncGenerator<readonly ExportLine[]> {
  let after = leastId;
  for (;;) {
    const entries = await readPage((manager) => readWaitingSince(manager, institution, cut, after, pageSize));
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map(({ digest, entry }) => ({ kind: 'unsealed', digest, entry }));
    after = last.entry.id;
  }
}
