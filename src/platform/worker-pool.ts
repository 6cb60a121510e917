import { join } from 'node:path';
import { Piscina } from 'piscina';
import { Problem } from '../kernel/index.js';
import { projectRoot } from './project-root.js';

/** A thread without work ends after this time. */
const idleMilliseconds = 60_000;

/** No task is waited for longer, in the queue and at work; real ones take seconds. */
const longestMilliseconds = 60_000;

/**
 * Threads for one kind of work that would block the event loop for too long; the first task starts them. Task and answer are copied from thread to thread, so
 * they are plain data.
 */
export class WorkerPool<Task, Answer> {
  private pool: Piscina<Task, Answer> | undefined;

  /** `script` is what has been built, relative to `dist`, also in tests that run the sources; its default export does the work. */
  constructor(
    private readonly script: string,
    private readonly longest = longestMilliseconds,
  ) {}

  /** Throws a Problem where the work is not done in time; its thread is ended then. */
  async run(task: Task): Promise<Answer> {
    this.pool ??= new Piscina<Task, Answer>({ filename: join(projectRoot, 'dist', this.script), idleTimeout: idleMilliseconds });
    const signal = AbortSignal.timeout(this.longest);
    try {
      return await this.pool.run(task, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
      const seconds = String(this.longest / 1000);
      throw new Problem('unavailable', `This was not done within ${seconds} seconds. Ask for less at once, or again when less is asked.`);
    }
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}
