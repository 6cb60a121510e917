import { afterEach, expect, it } from '@jest/globals';
import { WorkerPool } from './worker-pool.js';

/** A script whose work has no end, and one that is done at once. */
const scripts = { endless: '../test/support/endless.worker.mjs', echo: '../test/support/echo.worker.mjs' } as const;

let pool: WorkerPool<string, string> | undefined;
afterEach(() => pool?.close());

it('answers what the thread answers', async () => {
  pool = new WorkerPool(scripts.echo);
  expect(await pool.run('a task')).toBe('a task');
});

it('waits no longer than it may, and says so', async () => {
  pool = new WorkerPool(scripts.endless, 200);
  await expect(pool.run('a task')).rejects.toMatchObject({
    code: 'unavailable',
    status: 503,
    detail: 'This was not done within 0.2 seconds. Ask for less at once, or again when less is asked.',
  });
});
