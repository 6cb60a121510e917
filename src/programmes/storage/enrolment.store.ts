import type { EntityManager } from 'typeorm';
import { byId, Conditions, explainConstraints, type Page, type PageQuery, preparedQuery, rowsToRead } from '../../platform/index.js';
import type { Enrolment, EnrolmentState, EnrolmentStatus } from '../domain/index.js';
import { EnrolmentRow } from './enrolment.rows.js';

explainConstraints({
  enrolments_period_excl: 'The learner is enrolled in this programme on some of these days already.',
  enrolments_programme_id_fkey: 'The programme does not exist.',
  enrolments_learner_id_fkey: 'There is no such learner.',
  home_courses_learner_id_enrolment_id_fkey: 'The enrolment does not exist, or there are still courses on its home record.',
});

/** What a list of enrolments may be held to. */
export interface EnrolmentFilter {
  readonly programme?: string;
  readonly status?: EnrolmentStatus;
}

type FoundEnrolment = Readonly<{
  id: string;
  programme_id: string;
  institution_id: string;
  code: string;
  catalogue_year: number;
  admission_date: string;
  ended_on: string | null;
  status: EnrolmentStatus;
  version: number;
  modified_at: Date;
}>;

const select = `
  SELECT enrolment.id, programme_id, institution_id, code, catalogue_year, admission_date, ended_on, status, enrolment.version,
    enrolment.modified_at
  FROM enrolments enrolment JOIN programmes programme ON programme.id = programme_id`;

/** A check constraint holds status and end together, so an end without a status that has one is never read. */
function stateOf({ status, ended_on }: FoundEnrolment): EnrolmentState {
  return status === 'active' || ended_on === null ? { status: 'active' } : { status, endedOn: ended_on };
}

function enrolmentOf(row: FoundEnrolment): Enrolment {
  return {
    id: row.id,
    programme: row.programme_id,
    institution: row.institution_id,
    programmeCode: row.code,
    catalogueYear: row.catalogue_year,
    admissionDate: row.admission_date,
    state: stateOf(row),
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

function rowOf(learner: string, enrolment: Enrolment): EnrolmentRow {
  const { id, programme, institution, admissionDate, state, version, modifiedAt } = enrolment;
  return {
    learnerId: learner,
    id,
    programmeId: programme,
    admissionDate,
    endedOn: state.status === 'active' ? null : state.endedOn,
    status: state.status,
    version,
    modifiedAt: new Date(modifiedAt),
    readers: [institution],
  };
}

export async function readEnrolment(manager: EntityManager, learner: string, id: string): Promise<Enrolment | undefined> {
  const rows = await preparedQuery<FoundEnrolment>(manager, `${select} WHERE learner_id = $1 AND enrolment.id = $2`, [learner, id]);
  return rows.map(enrolmentOf)[0];
}

/** A learner's enrolments in the order they were recorded. */
export async function listEnrolments(
  manager: EntityManager,
  learner: string,
  filter: EnrolmentFilter,
  query: PageQuery,
): Promise<Page<Enrolment>> {
  const order = byId('enrolments');
  const conditions = new Conditions();
  conditions.add(learner, (value) => `learner_id = ${value}`);
  conditions.add(filter.programme, (programme) => `programme_id = ${programme}`);
  conditions.add(filter.status, (status) => `status = ${status}`);
  conditions.add(order.after(query)?.[0], (id) => `enrolment.id > ${id}`);
  const rows = await preparedQuery<FoundEnrolment>(
    manager,
    `${select} WHERE ${conditions.sql} ORDER BY enrolment.id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], enrolmentOf);
}

export async function insertEnrolment(manager: EntityManager, learner: string, enrolment: Enrolment): Promise<void> {
  await manager.insert(EnrolmentRow, rowOf(learner, enrolment));
}

export async function updateEnrolment(manager: EntityManager, learner: string, enrolment: Enrolment): Promise<void> {
  await manager.update(EnrolmentRow, { learnerId: learner, id: enrolment.id }, rowOf(learner, enrolment));
}

export async function deleteEnrolment(manager: EntityManager, learner: string, id: string): Promise<void> {
  await manager.delete(EnrolmentRow, { learnerId: learner, id });
}
