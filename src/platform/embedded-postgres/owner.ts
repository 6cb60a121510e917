import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresError } from './error.js';
import { identityOf } from './processes.js';

function ownerOf(file: string): { pid: number; identity: string } | undefined {
  try {
    const [pid, ...identity] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid), identity: identity.join('\n') };
  } catch {
    return undefined;
  }
}

/**
 * Marks a folder as used by this process and returns what takes the mark away. A mark whose process is gone (killed, or the machine went down) counts
 * for nothing; one whose process is alive stops this start, because two processes on one cluster would stop each other's PostgreSQL.
 */
export function takeOwnership(file: string): () => void {
  const owner = ownerOf(file);
  if (owner !== undefined) {
    if (identityOf(owner.pid) === owner.identity) {
      throw new EmbeddedPostgresError(
        `The data folder is in use by process ${String(owner.pid)} (${file}). Stop that process, or set DATA_DIRECTORY to another folder.`,
      );
    }
    rmSync(file, { force: true });
  }
  // `wx` fails when another start was faster.
  writeFileSync(file, `${String(process.pid)}\n${identityOf(process.pid) ?? ''}`, { flag: 'wx' });
  return () => {
    rmSync(file, { force: true });
  };
}
