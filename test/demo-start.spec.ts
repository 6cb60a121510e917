import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { endService, killLeftovers, startService } from './support/service-process.js';

/** The start compiles the sources, makes a cluster and loads the demonstration data. */
const patienceMilliseconds = 120_000;

afterEach(killLeftovers, patienceMilliseconds);

describe('npm start', () => {
  it(
    'says where it listens and where the data lie, and proposes an evaluation that works as it stands',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'credit-recognition-demo-'));
      chmodSync(directory, 0o755);
      const service = await startService({ DATA_DIRECTORY: join(directory, 'data') });
      const { url, output } = service;

      expect(output).toContain(`address        ${url}\n`);
      expect(output).toContain(`documentation  ${url}/docs\n`);
      expect(existsSync(/^ {2}data +(\S+)$/m.exec(output)?.[1] ?? '')).toBe(true);

      const command = /^TOKEN=(?:.*\n)+?curl (?:.*\\\n)+.*$/m.exec(output)?.[0] ?? '';
      const { stdout } = await promisify(execFile)('sh', ['-c', command]);
      const { explanation } = JSON.parse(stdout) as { explanation: { summary: string[] } };
      expect(explanation.summary[0]).toBe('22 credits are recognised out of 5 completed courses.');

      await endService(service, 'SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
    patienceMilliseconds,
  );
});
