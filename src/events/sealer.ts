import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asService, Clock, requestContext, transaction } from '../platform/index.js';
import { digestBytes, digestText, headStatement, leafHash } from './domain/index.js';
import { LogKeys, type Sign } from './log-keys.js';
import { extendLog, isElected, readLatestHead, readTree, readWaitingEntries, readWaitingLogs } from './storage/log.store.js';

/** How long an entry waits at most, as long as the sealer keeps up: the merge delay, in milliseconds. */
const roundMs = 1000;

/** Entries of one batch, which is one transaction and one head: enough to keep up, few enough to be short. */
const batchSize = 1000;

/**
 * Seals journal entries into the log of their institution, every second. Writers never wait for it. Of several processes one seals at a time; one that is
 * killed leaves whole batches, and the rest to the next.
 */
@Injectable()
export class Sealer implements OnApplicationShutdown {
  private readonly logger = new Logger(Sealer.name);
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keys: LogKeys,
  ) {}

  /** Seals every second until the app is closed. */
  start(): void {
    // No request's: whatever was going on when the app was started is not what the sealer works for.
    requestContext.run({}, () => {
      this.plan(0);
    });
  }

  /** Waits for the batch that is being sealed. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private plan(delay: number): void {
    this.timer = setTimeout(() => {
      const start = performance.now();
      this.round = this.seal().then(
        () => {
          if (!this.isStopped) this.plan(Math.max(0, roundMs - (performance.now() - start)));
        },
        (error: unknown) => {
          this.logger.error(error);
          if (!this.isStopped) this.plan(roundMs);
        },
      );
    }, delay);
  }

  /** Seals what waits, log by log; nothing while another process is at it. */
  seal(): Promise<void> {
    return asService('sealer', async () => {
      const logs = await transaction(this.dataSource, readWaitingLogs);
      if (logs.length === 0) return;
      const sign = await this.keys.signer();
      for (const log of logs) {
        let sealed = batchSize;
        while (sealed === batchSize && !this.isStopped) sealed = await this.sealBatch(log, sign);
      }
    });
  }

  /** Seals the next entries of a log; answers how many. */
  private sealBatch(institution: string, sign: Sign): Promise<number> {
    return transaction(this.dataSource, async (manager) => {
      if (!(await isElected(manager))) return 0;
      const entries = await readWaitingEntries(manager, institution, batchSize);
      if (entries.length === 0) return 0;
      const previous = await readLatestHead(manager, institution);
      const from = previous?.size ?? 0;
      const tree = await readTree(manager, institution, from);
      const nodes = entries.flatMap(({ digest }) => tree.append(leafHash(digestBytes(digest) ?? new Uint8Array())));
      const now = this.clock.now().toISOString();
      // A clock that was set back does not date a head before the one it follows.
      const at = previous !== undefined && previous.at > now ? previous.at : now;
      const head = { institution, size: tree.size, root: digestText(tree.root), at };
      await extendLog(manager, { from, entries, nodes, head: { ...head, signature: await sign(headStatement(head)) } });
      return entries.length;
    });
  }
}
