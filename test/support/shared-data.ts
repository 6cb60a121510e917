import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project-root.js';

/** Real data that nobody here wrote. It lies beside the project, since its licences do not allow a copy inside. */
const sharedData = join(projectRoot, '..', 'shared', 'data');

/** Whether a folder of the real data is here. */
export function hasSharedData(folder: string): boolean {
  return existsSync(join(sharedData, folder));
}

/** The names of the files in a folder that end in `.json`, `.csv`…, sorted. */
export function sharedFiles(folder: string, ending: string): string[] {
  return readdirSync(join(sharedData, folder))
    .filter((name) => name.endsWith(ending))
    .sort();
}

export function readSharedFile(folder: string, name: string): Uint8Array {
  return readFileSync(join(sharedData, folder, name));
}
