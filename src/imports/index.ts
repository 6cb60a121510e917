import type { RowClass } from '../platform/index.js';
import { ImportRowRow, ImportSourceRow } from './storage/import.rows.js';

export { commandOf, type ImportCommand, type RunnableCommand, runImport, usage } from './command.js';
export { ImportsModule } from './imports.module.js';
export { type CompletionsOptions, ImportsService, type RulesOptions } from './imports.service.js';
export type { ImportReport } from './report.js';
export type { Table } from './tables/read-table.js';
export type { ImportOptions } from './transactions.js';

/** What the module keeps in the database. */
export const importRows: readonly RowClass[] = [ImportRowRow, ImportSourceRow];
