import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function nearestPackage(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('package.json was not found above the running code');
  return nearestPackage(parent);
}

/** The folder of package.json, the same whether this code runs from `src/` or from `dist/`. */
export const projectRoot = nearestPackage(dirname(fileURLToPath(import.meta.url)));
