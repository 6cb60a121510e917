import type { DataSource } from 'typeorm';
import { revisionsInForceSql, type RevisionHead } from '../../agreements/index.js';
import type { CalendarDate } from '../../kernel/index.js';
import { preparedQuery } from '../../platform/index.js';

/** Which programme and which revisions an evaluation rests on. */
export interface ContextHead {
  readonly programmeDigest: string;
  readonly institution: string;
  readonly gradingScale?: string;
  /** Grows whenever a credit system or a grading scale is defined or redefined. */
  readonly measuresVersion: number;
  readonly revisions: readonly RevisionHead[];
}

const statement = `
  SELECT programme.digest AS "programmeDigest", programme.institution_id AS institution, institution.home_grading_scale AS "gradingScale",
    ((SELECT coalesce(sum(version), 0) FROM credit_systems) + (SELECT coalesce(sum(version), 0) FROM grading_scales))::int AS "measuresVersion",
    ${revisionsInForceSql('programme.institution_id', '$2::date')} AS revisions
  FROM programmes programme JOIN institutions institution ON institution.id = programme.institution_id
  WHERE programme.id = $1`;

/** Undefined when there is no such programme. */
export async function readContextHead(source: DataSource, programme: string, policyDate: CalendarDate): Promise<ContextHead | undefined> {
  const rows = await preparedQuery<Omit<ContextHead, 'gradingScale'> & { gradingScale: string | null }>(source, statement, [
    programme,
    policyDate,
  ]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { gradingScale, ...head } = row;
  return { ...head, ...(gradingScale === null ? {} : { gradingScale }) };
}
