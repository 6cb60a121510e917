import type { EntityManager } from 'typeorm';
import { digestOf } from '../../kernel/index.js';
import { explainConstraints } from '../../platform/index.js';

explainConstraints({ import_sources_pkey: 'The same file is being imported by somebody else. Try again when that is done.' });

/** What identifies a part of a file: its format, and whom and what it is about. */
export type SourceKey = readonly string[];

/** What the part stated when it was taken last, and the resource that it became. */
export interface ImportedSource {
  readonly digest: string;
  readonly resource: string;
}

/** Reads it and keeps it for this transaction: two imports of one file follow one another. */
export async function lockSource(manager: EntityManager, key: SourceKey): Promise<ImportedSource | undefined> {
  const rows = await manager.query<ImportedSource[]>(
    'SELECT digest, resource_id AS resource FROM import_sources WHERE key = $1 FOR UPDATE',
    [digestOf(key)],
  );
  return rows[0];
}

export async function insertSource(manager: EntityManager, key: SourceKey, { digest, resource }: ImportedSource): Promise<void> {
  await manager.query('INSERT INTO import_sources (key, digest, resource_id) VALUES ($1, $2, $3)', [digestOf(key), digest, resource]);
}

export async function updateSource(manager: EntityManager, key: SourceKey, { digest, resource }: ImportedSource): Promise<void> {
  await manager.query('UPDATE import_sources SET digest = $2, resource_id = $3 WHERE key = $1', [digestOf(key), digest, resource]);
}
