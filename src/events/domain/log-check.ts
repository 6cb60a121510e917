import { digestOf } from '../../kernel/index.js';
import { digestBytes, digestText } from './digests.js';
import type { HeadLine, LeafLine, LoggedEntry, UnsealedLine } from './export-lines.js';
import { GrowingTree, leafHash } from './merkle.js';

/**
 * Grows the tree of an exported log again, line by line, and says in sentences what does not fit. Signatures are checked elsewhere. Keeps the ids of the
 * entries, about a hundred bytes each.
 */
export class LogCheck {
  private readonly tree = GrowingTree.empty();
  private readonly ids = new Set<string>();
  private headSize = 0;
  private headAt = '';
  /** The id before in the batch that the next head seals. */
  private lastId = '';
  private unsealedCount = 0;

  constructor(private readonly institution: string) {}

  /** Number of leaves so far. */
  get size(): number {
    return this.tree.size;
  }

  /** Number of heads that hold what is so far, 0 or more. */
  get sealedSize(): number {
    return this.headSize;
  }

  get unsealed(): number {
    return this.unsealedCount;
  }

  leaf({ index, digest, entry }: LeafLine): readonly string[] {
    const faults = this.faultsOfEntry(digest, entry);
    if (this.unsealedCount > 0) faults.push('is a sealed entry after entries that are not sealed');
    if (index < this.size) faults.push(`has the index ${String(index)}, which was there before`);
    if (index > this.size) faults.push(`has the index ${String(index)}: the entry ${String(this.size)} is missing`);
    if (entry.id <= this.lastId) faults.push('is out of order: entries of one batch stand in the order of their ids');
    this.lastId = entry.id;
    this.tree.append(leafHash(digestBytes(digest) ?? new Uint8Array()));
    return faults;
  }

  head({ size, root, at }: HeadLine): readonly string[] {
    const faults: string[] = [];
    if (this.unsealedCount > 0) faults.push('is a head after entries that are not sealed');
    if (size !== this.size) faults.push(`is the head of ${String(size)} entries, but stands after ${String(this.size)}`);
    else if (root !== digestText(this.tree.root))
      faults.push(`has another root than the entries before it, which have ${digestText(this.tree.root)}`);
    if (size <= this.headSize) faults.push('seals nothing that an earlier head has not sealed');
    if (at < this.headAt) faults.push('is dated before an earlier head');
    this.headSize = this.size;
    this.headAt = at;
    this.lastId = '';
    return faults;
  }

  unsealedEntry({ digest, entry }: UnsealedLine): readonly string[] {
    this.unsealedCount += 1;
    return this.faultsOfEntry(digest, entry);
  }

  /** What is missing where the export ends. */
  end(): readonly string[] {
    return this.headSize === this.size
      ? []
      : [`ends after ${String(this.size)} sealed entries, but no head seals more than ${String(this.headSize)}`];
  }

  private faultsOfEntry(digest: string, entry: LoggedEntry): string[] {
    const faults: string[] = [];
    if (digestOf(entry) !== digest) faults.push('has another digest than its entry');
    if (entry.institution !== this.institution) faults.push('is an entry of another log');
    if (this.ids.has(entry.id)) faults.push(`is the entry ${entry.id} a second time`);
    this.ids.add(entry.id);
    return faults;
  }
}
