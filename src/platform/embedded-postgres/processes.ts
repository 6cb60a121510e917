import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const hasProcfs = existsSync('/proc/self/stat');

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** The command line of a running process, or undefined when there is no such process. */
export function commandOf(pid: number): string | undefined {
  return hasProcfs ? readOrNothing(`/proc/${String(pid)}/cmdline`)?.replaceAll('\0', ' ') : ps(pid, 'command');
}

/**
 * What tells a process from a later one with the same number: when it started, and in which boot of the machine.
 * Undefined when there is no such process.
 */
export function identityOf(pid: number): string | undefined {
  if (!hasProcfs) return ps(pid, 'lstart');
  const stat = readOrNothing(`/proc/${String(pid)}/stat`);
  // The command name in parentheses may hold spaces; counted after it, the start time is the twentieth field and the state the first.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields?.[19] === undefined || fields[0] === 'Z') return undefined;
  return `${fields[19]} ${readOrNothing('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}`;
}

/** Waits until the process is gone; false when it is still there after the time. */
export async function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (identityOf(pid) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; a process that has gone meanwhile is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
