import type { MigrationClass } from '../src/platform/database.js';
import { Extensions0001 } from './0001-extensions.js';

/** Every migration, in the order they run. */
export const migrations: readonly MigrationClass[] = [Extensions0001];
