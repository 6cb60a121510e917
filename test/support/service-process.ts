import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../src/platform/project-root.js';

/** The service in a process of its own, as `npm start` runs it; for tests that kill it. */
export interface ServiceProcess {
  readonly process: ChildProcess;
  readonly url: string;
  /** What it has written until the start was over. */
  readonly output: string;
}

/** What a process wrote and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Kills what a failed test has left running; for `afterEach`. */
export async function killLeftovers(): Promise<void> {
  for (const child of running) {
    const ended = once(child, 'exit');
    if (child.kill('SIGTERM')) await ended;
  }
}

function launch(environment: Readonly<Record<string, string>>): ChildProcess {
  const hooks = join(projectRoot, 'test', 'support', 'register-typescript.mjs');
  const child = spawn(process.execPath, ['--import', hooks, join(projectRoot, 'src', 'main.ts')], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function addressIn(line: string): string | undefined {
  const entry: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  const isReady = typeof entry === 'object' && entry !== null && 'msg' in entry && entry.msg === 'ready';
  return isReady && 'url' in entry && typeof entry.url === 'string' ? entry.url : undefined;
}

/** Starts the service and waits until it listens. */
export async function startService(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const child = launch(environment);
  const lines: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  if (child.stdout === null) throw new Error('the process has no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const url = addressIn(line);
    if (url === undefined) continue;
    // Nobody reads on; a full pipe must not stop the process.
    child.stdout.resume();
    return { process: child, url, output: lines.join('\n') };
  }
  throw new Error(`the service did not start:\n${lines.join('\n')}`);
}

/** Runs the service where it is expected to refuse the start. */
export async function refusedStart(environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = launch(environment);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output };
}

/** Sends a signal and waits for the end. */
export async function endService(service: ServiceProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(service.process, 'exit');
  service.process.kill(signal);
  await ended;
  return service.process.exitCode;
}
