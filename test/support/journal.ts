import type { DataSource } from 'typeorm';
import { type Caller, type CommandRecord, newId, record, requestContext, transaction } from '../../src/platform/index.js';

/** Somebody of the staff of an institution. */
export function memberOf(institution: string): Caller {
  return { scope: institution, subject: 'registrar@account', client: 'registry', institution };
}

/** A command about a course, one of its own unless said otherwise. */
export function courseChange(rest: Partial<CommandRecord> = {}): CommandRecord {
  return { action: 'course.changed', resource: { kind: 'course', id: newId() }, before: { credits: 3 }, after: { credits: 4 }, ...rest };
}

/** The id of every request in which commands are carried out. */
export const requestId = '0190d7a0-0000-7000-8000-0000000000aa';

/** Carries out commands that do nothing but write the journal, each in a transaction of its own; answers the ids of the entries. */
export async function carryOut(dataSource: DataSource, caller: Caller, commands: readonly CommandRecord[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const command of commands) {
    ids.push(await requestContext.run({ requestId, caller }, () => transaction(dataSource, (manager) => record(manager, command))));
  }
  return ids;
}

/** So many commands in one transaction. */
export function carryOutMany(dataSource: DataSource, caller: Caller, count: number): Promise<void> {
  return requestContext.run({ caller }, () =>
    transaction(dataSource, async (manager) => {
      for (let number = 0; number < count; number += 1) await record(manager, courseChange());
    }),
  );
}

/** Reads or writes as the service does for a caller. */
export function queryAs<Row>(dataSource: DataSource, caller: Caller, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return requestContext.run({ caller }, () => transaction(dataSource, (manager) => manager.query<Row[]>(sql, [...values])));
}
