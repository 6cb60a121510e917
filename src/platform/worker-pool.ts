import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { Problem } from '../kernel/index.js';
import { projectRoot } from './project-root.js';

/** No task is waited for longer, in the queue and at work; real ones take seconds. */
const longestMilliseconds = 60_000;

/** Of each thread; the largest evaluations that are not stopped before take some 300. */
const mostMegabytes = 1024;

interface WorkerPoolOptions {
  /** Milliseconds. */
  readonly longest?: number;
  readonly threads?: number;
  readonly megabytes?: number;
}

/**
 * Threads for one kind of work that would block the event loop for too long; the first task starts them. Task and answer are copied from thread to thread, so
 * they are plain data.
 */
export class WorkerPool<Task, Answer> {
  private readonly longest: number;
  private readonly threads: number;
  private readonly megabytes: number;
  private pool: Piscina<Task, Answer> | undefined;

  /** `script` is what has been built, relative to `dist`, also in tests that run the sources; its default export does the work. */
  constructor(
    private readonly script: string,
    { longest = longestMilliseconds, threads = availableParallelism(), megabytes = mostMegabytes }: WorkerPoolOptions = {},
  ) {
    this.longest = longest;
    this.threads = threads;
    this.megabytes = megabytes;
  }

  /** Throws a Problem where the work is not done in time, or needs more memory than there is; its thread is ended then. */
  async run(task: Task): Promise<Answer> {
    this.pool ??= this.start();
    const signal = AbortSignal.timeout(this.longest);
    try {
      return await this.pool.run(task, { signal });
    } catch (error) {
      const seconds = String(this.longest / 1000);
      if (signal.aborted)
        throw new Problem('unavailable', `This was not done within ${seconds} seconds. Ask for less at once, or again when less is asked.`);
      if (isOutOfMemory(error)) throw new Problem('unavailable', 'This needs more memory than there is. Ask for less at once.');
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }

  /** As few threads as many: only a thread that was ended beneath the fewest is replaced before another task comes, and takes what waits. */
  private start(): Piscina<Task, Answer> {
    const { threads, megabytes } = this;
    return new Piscina<Task, Answer>({
      filename: join(projectRoot, 'dist', this.script),
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
