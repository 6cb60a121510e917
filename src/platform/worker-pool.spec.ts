import { afterEach, expect, it } from '@jest/globals';
import { WorkerPool } from './worker-pool.js';

/** A script that answers its task at once, unless the task is to go on for ever. */
const script = '../test/support/echo.worker.mjs';

let pool: WorkerPool<string, string> | undefined;
afterEach(() => pool?.close());

it('answers what the thread answers', async () => {
  pool = new WorkerPool(script);
  expect(await pool.run('a task')).toBe('a task');
});

it('waits no longer than it may, says so, and frees the thread for what waits', async () => {
  pool = new WorkerPool(script, { longest: 2000, threads: 1 });
  const endless = pool.run('for ever');
  const refused = expect(endless).rejects.toMatchObject({
    code: 'unavailable',
    status: 503,
    detail: 'This was not done within 2 seconds. Ask for less at once, or again when less is asked.',
  });
  // Asked half a second later, so that there is time for it when the only thread is ended.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await pool.run('a task')).toBe('a task');
  await refused;
});

it('says when there is not enough memory', async () => {
  pool = new WorkerPool(script, { threads: 1, megabytes: 50 });
  await expect(pool.run('too much')).rejects.toMatchObject({
    code: 'unavailable',
    detail: 'This needs more memory than there is. Ask for less at once.',
  });
});
