import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './error.js';
import type { SystemUser } from './places.js';
import { commandOf, signal, waitForExit } from './processes.js';

export const superuser = 'credit_recognition';

/** A cluster on disk: where it lies, with which programs and as which user it runs. */
export interface Cluster {
  readonly directory: string;
  readonly binaries: string;
  readonly user: SystemUser | undefined;
  /** False only for tests: a cluster that a power cut may destroy, and that is the faster for it. */
  readonly durable: boolean;
}

const dataOf = (cluster: Cluster): string => join(cluster.directory, 'data');
const logOf = (cluster: Cluster): string => join(cluster.directory, 'postgres.log');
const passwordFileOf = (cluster: Cluster): string => join(cluster.directory, 'password');

/** Nothing of this process's environment (PGDATA, PGPORT, LANG…) may change what the server does. */
const surroundings = (cluster: Cluster) => ({ cwd: '/', env: { TZ: 'UTC' }, ...(cluster.user ?? {}) });

/** The last lines PostgreSQL wrote, for the sentence that says why it did not start. */
function endOfLog(cluster: Cluster): string {
  return existsSync(logOf(cluster)) ? readFileSync(logOf(cluster), 'utf8').trim().split('\n').slice(-5).join('\n') : '';
}

/** The password of the cluster's only user, made with the cluster. */
export function passwordOf(cluster: Cluster): string {
  return readFileSync(passwordFileOf(cluster), 'utf8').trim();
}

async function initdb(cluster: Cluster, data: string, passwordFile: string, ctype: string): Promise<void> {
  // Code-point order and Unicode case rules that are PostgreSQL's own: the same on every machine, whatever locales it has.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${ctype}`];
  const access = [`--username=${superuser}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const program = join(cluster.binaries, 'bin', 'initdb');
  const speed = cluster.durable ? [] : ['--no-sync'];
  await promisify(execFile)(program, ['-D', data, '--encoding=UTF8', ...locale, ...access, ...speed], surroundings(cluster));
}

/** Makes the cluster if it is not there. Made beside and then renamed: a start killed half-way leaves nothing that looks whole. */
export async function createCluster(cluster: Cluster): Promise<void> {
  if (existsSync(dataOf(cluster))) return;
  const half = join(cluster.directory, 'data.half');
  const passwordFile = join(cluster.directory, 'password.half');
  const password = `${randomBytes(24).toString('base64url')}\n`;
  rmSync(half, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFileOf(cluster), password, { mode: 0o600 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (cluster.user !== undefined) {
    chownSync(half, cluster.user.uid, cluster.user.gid);
    chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
  }
  try {
    // The parser of text search asks the C library about letters; a machine without C.UTF-8 (macOS) still has C.
    await initdb(cluster, half, passwordFile, 'C.UTF-8').catch(() => initdb(cluster, half, passwordFile, 'C'));
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new EmbeddedPostgresError(`PostgreSQL could not make its data folder in ${cluster.directory}:\n${said}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, dataOf(cluster));
}

/** The process that postmaster.pid names, and whether it is really a server on this data and not a later process of the same number. */
function runningServer(cluster: Cluster): { pid: number; isOurs: boolean } | undefined {
  const file = join(dataOf(cluster), 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = commandOf(pid);
  if (command === undefined) return undefined;
  return { pid, isOurs: command.includes('postgres') && command.includes(dataOf(cluster)) };
}

/** Fast shutdown: open transactions are rolled back, the rest is written out. Harsher only when that does not end. */
async function endServer(pid: number): Promise<void> {
  for (const [name, milliseconds] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    signal(pid, name);
    if (await waitForExit(pid, milliseconds)) return;
  }
  throw new EmbeddedPostgresError(`PostgreSQL (process ${String(pid)}) does not stop.`);
}

/**
 * Ends a server that a killed service left running on this data. A postmaster.pid whose number some unrelated process has got meanwhile is removed,
 * because PostgreSQL would take that process for itself; one whose process is gone is PostgreSQL's own to judge.
 */
export async function endOrphan(cluster: Cluster): Promise<void> {
  const server = runningServer(cluster);
  if (server === undefined) return;
  if (server.isOurs) await endServer(server.pid);
  else rmSync(join(dataOf(cluster), 'postmaster.pid'));
}

function settings(cluster: Cluster, port: number, connections: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    // A path in a deep folder is longer than a socket's name may be, so there is no socket.
    unix_socket_directories: '',
    max_connections: connections,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...(cluster.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]);
}

async function untilReady(cluster: Cluster, server: ChildProcess): Promise<boolean> {
  // Recovery after a power cut replays up to max_wal_size (1 GB), which takes a slow disk minutes.
  const deadline = Date.now() + 300_000;
  while (server.exitCode === null && server.signalCode === null) {
    const file = join(dataOf(cluster), 'postmaster.pid');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true;
    if (Date.now() > deadline) throw new EmbeddedPostgresError(`PostgreSQL does not get ready:\n${endOfLog(cluster)}`);
    await sleep(20);
  }
  return false;
}

/** Starts the server and waits until it answers; the returned function stops it. */
export async function startServer(cluster: Cluster, port: number, connections: number): Promise<() => Promise<void>> {
  const log = openSync(logOf(cluster), 'w', 0o600);
  // A process group of its own: Ctrl-C in a terminal must reach this process first, which still answers the requests it has begun.
  const server = spawn(join(cluster.binaries, 'bin', 'postgres'), ['-D', dataOf(cluster), ...settings(cluster, port, connections)], {
    ...surroundings(cluster),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  server.unref();
  const failed = new Promise<never>((_resolve, reject) => server.once('error', reject));
  if (!(await Promise.race([untilReady(cluster, server), failed]))) {
    throw new EmbeddedPostgresError(`PostgreSQL did not start:\n${endOfLog(cluster)}`);
  }
  const endWithProcess = (): boolean => server.kill('SIGINT');
  process.once('exit', endWithProcess);
  return async () => {
    process.removeListener('exit', endWithProcess);
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) await endServer(server.pid);
  };
}
