import { join } from 'node:path';
import { Piscina } from 'piscina';
import { projectRoot } from './project-root.js';

/** A thread without work ends after this time. */
const idleMilliseconds = 60_000;

/**
 * Threads for one kind of work that would block the event loop for too long; the first task starts them. Task and answer are copied from thread to thread, so
 * they are plain data.
 */
export class WorkerPool<Task, Answer> {
  private pool: Piscina<Task, Answer> | undefined;

  /** `script` is what has been built, relative to `dist`, also in tests that run the sources; its default export does the work. */
  constructor(private readonly script: string) {}

  run(task: Task): Promise<Answer> {
    this.pool ??= new Piscina<Task, Answer>({ filename: join(projectRoot, 'dist', this.script), idleTimeout: idleMilliseconds });
    return this.pool.run(task);
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}
