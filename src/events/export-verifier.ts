import { createHash } from 'node:crypto';
import { readLines } from '../formats/lines/index.js';
import {
  type EndLine,
  exportFormat,
  type ExportLine,
  exportStatement,
  headStatement,
  LogCheck,
  type LogLine,
  readLine,
} from './domain/index.js';
import { signatureFaults, type TrustedKeys, trustedKeys } from './signatures.js';

/** Something that is wrong in an export. */
export interface Finding {
  /** From 1 on. */
  readonly line: number;
  /** A sentence without its subject, the line. */
  readonly detail: string;
}

/** What an export holds. */
export interface ExportSummary {
  readonly institution: string;
  readonly exportedAt: string;
  readonly sealed: number;
  readonly heads: number;
  readonly unsealed: number;
}

export type Report = (finding: Finding) => void;

/** Checks an exported log; needs nothing but the export and the keys, the pinned ones or else those that the export brings itself. */
export async function verifyExport(
  bytes: AsyncIterable<Uint8Array>,
  pinned: TrustedKeys | undefined,
  report: Report,
): Promise<ExportSummary | undefined> {
  const input = new CountedBytes();
  let verifier: ExportVerifier | undefined;
  let [line, length] = [0, 0];
  for await (const row of readLines(input.through(bytes))) {
    line = row.line;
    const text = row.kind === 'value' ? row.value : '';
    length += Buffer.byteLength(text) + 1;
    const read = row.kind === 'value' ? readLine(text) : undefined;
    if (read === undefined) report({ line, detail: 'is no line of an export as it was written' });
    else if (verifier !== undefined) await verifier.take(line, text, read);
    else if (read.kind === 'log') verifier = new ExportVerifier(read, text, pinned, report);
    else report({ line, detail: 'should be the first line of an export' });
  }
  if (length !== input.length) report({ line, detail: 'is followed by, or holds, bytes that are not of an export' });
  if (verifier === undefined) report({ line, detail: 'ends a file that is no export' });
  return verifier?.end(line);
}

/** Line breaks and marks that a reader of lines does not show are bytes all the same. */
class CountedBytes {
  length = 0;

  async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.length += piece.length;
      yield piece;
    }
  }
}

class ExportVerifier {
  private readonly check: LogCheck;
  private readonly keys: TrustedKeys;
  private readonly hash = createHash('sha256');
  private heads = 0;
  private isEnded = false;

  constructor(
    private readonly opening: LogLine,
    text: string,
    pinned: TrustedKeys | undefined,
    private readonly report: Report,
  ) {
    this.check = new LogCheck(opening.institution);
    this.keys = pinned ?? trustedKeys(opening.keys);
    this.hash.update(`${text}\n`);
    if (opening.format !== exportFormat) report({ line: 1, detail: `is of the format ${opening.format}; this checks ${exportFormat}` });
  }

  async take(line: number, text: string, read: ExportLine): Promise<void> {
    for (const detail of await this.faultsOf(read)) this.report({ line, detail });
    this.hash.update(`${text}\n`);
  }

  end(line: number): ExportSummary {
    for (const detail of this.check.end()) this.report({ line, detail });
    if (!this.isEnded) this.report({ line, detail: 'is not the end that the service has signed: the export is cut off' });
    const { institution, exportedAt } = this.opening;
    return { institution, exportedAt, sealed: this.check.size, heads: this.heads, unsealed: this.check.unsealed };
  }

  private async faultsOf(read: ExportLine): Promise<readonly string[]> {
    if (this.isEnded) return ['comes after the end'];
    switch (read.kind) {
      case 'log':
        return ['opens a second export'];
      case 'leaf':
        return this.check.leaf(read);
      case 'unsealed':
        return this.check.unsealedEntry(read);
      case 'head': {
        this.heads += 1;
        const statement = headStatement({ ...read, institution: this.opening.institution });
        return [...this.check.head(read), ...(await signatureFaults(read.signature, statement, this.keys))];
      }
      case 'end':
        return this.faultsOfEnd(read);
    }
  }

  private faultsOfEnd({ statement }: EndLine): Promise<readonly string[]> {
    this.isEnded = true;
    const { institution, exportedAt } = this.opening;
    const { size, unsealed } = this.check;
    const digest = `sha-256:${this.hash.copy().digest('hex')}`;
    return signatureFaults(statement, exportStatement({ institution, exportedAt, size, unsealed, digest }), this.keys);
  }
}
