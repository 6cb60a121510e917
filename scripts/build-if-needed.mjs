import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds when something is newer than the last build, so that `npm start` works right after `npm ci` and is quick the next time. */

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist', 'src', 'main.js');

function newest(path) {
  const status = statSync(path);
  return status.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name)))) : status.mtimeMs;
}

const sources = ['src', 'migrations', 'package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
const isUpToDate =
  existsSync(built) && sources.every((name) => !existsSync(join(root, name)) || newest(join(root, name)) <= statSync(built).mtimeMs);
if (!isUpToDate) {
  console.log('building…');
  process.exitCode = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
