import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityMetadata, type ObjectLiteral } from 'typeorm';
import { accountsOfLearner, eraseAccountsOfLearner } from '../access/index.js';
import {
  Clock,
  destroyLearnerKey,
  type ExpectedVersion,
  forgetAnswersAbout,
  notFound,
  record,
  seeingAll,
  transaction,
} from '../platform/index.js';
import type { Learner } from './domain/index.js';
import { LearnersService } from './learners.service.js';
import { readLearner } from './storage/learner.store.js';

/** Everything that is kept about a learner. */
export interface RecordExport {
  readonly learner: string;
  /** RFC 3339, UTC. */
  readonly exportedAt: string;
  /** Rows by what they are. */
  readonly records: Readonly<Record<string, readonly object[]>>;
}

/**
 * All that is a learner's as one: to be handed out, or erased. What belongs to it is read from the schema, where every row about a learner says whose it is,
 * so that no module can forget to join in.
 */
@Injectable()
export class RecordsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly learners: LearnersService,
  ) {}

  export(learner: string): Promise<RecordExport> {
    return transaction(this.dataSource, async (manager) => {
      await this.found(manager, learner);
      const records = await seeingAll(manager, () => this.collect(manager, learner));
      return { learner, exportedAt: this.clock.now().toISOString(), records };
    });
  }

  /** Erases every row, and the key without which the digests in the journal say nothing. */
  erase(learner: string, expected: ExpectedVersion): Promise<void> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const before = await this.found(manager, learner);
      expected.check(before.version);
      await record(manager, { action: 'learner.erased', resource: { kind: 'learner', id: learner }, learner, before });
      await seeingAll(manager, async () => {
        await forgetAnswersAbout(manager, learner);
        await eraseAccountsOfLearner(manager, learner);
        for (const { target } of tablesOfLearners(this.dataSource)) await manager.delete(target, { learnerId: learner });
        await destroyLearnerKey(manager, learner);
      });
    });
  }

  private async collect(manager: EntityManager, learner: string): Promise<RecordExport['records']> {
    const records: Record<string, readonly object[]> = { accounts: await accountsOfLearner(manager, learner) };
    for (const { target, tableName, primaryColumns } of tablesOfLearners(this.dataSource).reverse()) {
      const order = Object.fromEntries(primaryColumns.map(({ propertyName }) => [propertyName, 'ASC' as const]));
      const rows = await manager.find(target, { where: { learnerId: learner }, order });
      records[camelCase(tableName)] = rows.map(readable);
    }
    return records;
  }

  private async found(manager: EntityManager, id: string): Promise<Learner> {
    const learner = await readLearner(manager, id);
    if (learner === undefined) throw notFound();
    return learner;
  }
}

/** The tables whose rows are a learner's, each before those that it refers to. Accounts are known to who keeps them. */
function tablesOfLearners({ entityMetadatas }: DataSource): EntityMetadata[] {
  const owned = entityMetadatas.filter(({ tableName, columns }) => tableName !== 'accounts' && columns.some(isLearnerId));
  const ordered = new Set<EntityMetadata>();
  const visit = (table: EntityMetadata): void => {
    if (ordered.has(table)) return;
    for (const referring of owned) {
      if (referring !== table && referring.foreignKeys.some(({ referencedEntityMetadata }) => referencedEntityMetadata === table))
        visit(referring);
    }
    ordered.add(table);
  };
  for (const table of owned) visit(table);
  return [...ordered];
}

function isLearnerId({ propertyName }: { readonly propertyName: string }): boolean {
  return propertyName === 'learnerId';
}

function camelCase(tableName: string): string {
  return tableName.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** A row as JSON: bytes in base64. */
function readable(row: ObjectLiteral): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? base64(value) : (value as unknown)]),
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
