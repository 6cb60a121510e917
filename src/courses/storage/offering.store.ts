import type { EntityManager } from 'typeorm';
import {
  byId,
  Conditions,
  explainConstraints,
  fromDateRange,
  insertRows,
  type Page,
  type PageQuery,
  preparedQuery,
  rowsToRead,
  toDateRange,
  updateRows,
} from '../../platform/index.js';
import type { Offering } from '../domain/index.js';
import { OfferingHostRow, OfferingRow } from './offering.rows.js';

explainConstraints({
  offerings_course_id_fkey: 'The course does not exist.',
  offering_hosts_institution_id_fkey: 'A host does not exist.',
});

/** What a list of offerings may be held to. */
export interface OfferingFilter {
  readonly course?: string;
  readonly host?: string;
  readonly language?: string;
  /** Only those that run on this day. */
  readonly runsOn?: string;
}

interface FoundOffering {
  readonly id: string;
  readonly course_id: string;
  readonly period: string;
  readonly language: string;
  readonly capacity: number | null;
  readonly hosts: readonly string[];
  readonly version: number;
  readonly modified_at: Date;
}

const columns = `
  id, course_id, period, language, capacity, version, modified_at,
  (SELECT json_agg(institution_id ORDER BY institution_id) FROM offering_hosts WHERE offering_id = offerings.id) AS hosts`;

function offeringOf(row: FoundOffering): Offering {
  // A CHECK sees to it that both ends are there.
  const { from = '', until = '' } = fromDateRange(row.period);
  return {
    id: row.id,
    course: row.course_id,
    period: { from, until },
    hosts: row.hosts,
    language: row.language,
    ...(row.capacity === null ? {} : { capacity: row.capacity }),
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

function rowOf(offering: Offering, recordedBy: string | null): OfferingRow {
  return {
    id: offering.id,
    courseId: offering.course,
    period: toDateRange(offering.period),
    language: offering.language,
    capacity: offering.capacity ?? null,
    version: offering.version,
    modifiedAt: new Date(offering.modifiedAt),
    recordedBy,
  };
}

async function insertHosts(manager: EntityManager, offering: Offering, recordedBy: string | null): Promise<void> {
  await insertRows(
    manager,
    OfferingHostRow,
    offering.hosts.map((institutionId) => ({ offeringId: offering.id, institutionId, recordedBy })),
  );
}

/** Records an offering for an institution, or for the service itself. */
export async function insertOffering(manager: EntityManager, offering: Offering, institution: string | undefined): Promise<void> {
  const recordedBy = institution ?? null;
  await insertRows(manager, OfferingRow, [rowOf(offering, recordedBy)]);
  await insertHosts(manager, offering, recordedBy);
}

/** Overwrites an offering, its hosts included. */
export async function updateOffering(manager: EntityManager, offering: Offering): Promise<void> {
  const [known] = await manager.query<{ recorded_by: string | null }[]>('SELECT recorded_by FROM offerings WHERE id = $1', [offering.id]);
  const recordedBy = known?.recorded_by ?? null;
  await updateRows(manager, OfferingRow, [rowOf(offering, recordedBy)]);
  await manager.query('DELETE FROM offering_hosts WHERE offering_id = $1', [offering.id]);
  await insertHosts(manager, offering, recordedBy);
}

export async function readOffering(manager: EntityManager, id: string): Promise<Offering | undefined> {
  const [row] = await preparedQuery<FoundOffering>(manager, `SELECT ${columns} FROM offerings WHERE id = $1`, [id]);
  return row === undefined ? undefined : offeringOf(row);
}

/** Reads an offering that the caller may change, and keeps it for this transaction. */
export async function lockOffering(manager: EntityManager, id: string): Promise<Offering | undefined> {
  const locked = await manager.query<unknown[]>('SELECT FROM offerings WHERE id = $1 FOR NO KEY UPDATE', [id]);
  return locked.length === 0 ? undefined : readOffering(manager, id);
}

/** Whether an edition has a run whose first day is outside of a period. */
export async function hasOfferingBeginningOutside(manager: EntityManager, course: string, period: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>('SELECT FROM offerings WHERE course_id = $1 AND NOT $2::daterange @> lower(period) LIMIT 1', [
    course,
    period,
  ]);
  return rows.length > 0;
}

/** Offerings in the order they were recorded. */
export async function listOfferings(manager: EntityManager, filter: OfferingFilter, query: PageQuery): Promise<Page<Offering>> {
  const order = byId('offerings');
  const conditions = new Conditions();
  conditions.add(filter.course, (course) => `course_id = ${course}`);
  conditions.add(filter.host, (host) => `id IN (SELECT offering_id FROM offering_hosts WHERE institution_id = ${host})`);
  conditions.add(filter.language, (tag) => `(language = ${tag} OR starts_with(language, ${tag} || '-'))`);
  conditions.add(filter.runsOn, (date) => `period @> ${date}::date`);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundOffering[]>(
    `SELECT ${columns} FROM offerings WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], offeringOf);
}
