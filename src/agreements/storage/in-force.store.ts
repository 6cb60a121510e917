import type { DataSource, EntityManager } from 'typeorm';
import type { CalendarDate } from '../../kernel/index.js';
import { preparedQuery } from '../../platform/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { AgreementTerms } from '../domain/index.js';

/** Which revision of an agreement is in force on a day. */
export interface RevisionHead {
  readonly agreement: string;
  readonly number: number;
  readonly digest: string;
  readonly attestedBy: string;
}

/** The SQL of a JSON list of the heads of the revisions in force; institution and date are SQL expressions. */
export function revisionsInForceSql(institution: string, date: string): string {
  return `(SELECT coalesce(json_agg(json_build_object('agreement', revision.agreement_id, 'number', revision.number, 'digest', revision.digest,
      'attestedBy', revision.attested_by) ORDER BY revision.agreement_id), '[]')
    FROM agreement_parties party
    JOIN agreement_revisions revision ON revision.agreement_id = party.agreement_id AND revision.number = party.number
    WHERE party.institution_id = ${institution} AND revision.in_force @> ${date})`;
}

/** The terms of revisions by agreement and number. */
export async function readTerms(
  source: DataSource | EntityManager,
  heads: readonly RevisionHead[],
): Promise<readonly (RevisionHead & { readonly terms: AgreementTerms })[]> {
  return preparedQuery(
    source,
    'terms-of-revisions',
    `SELECT agreement_id AS agreement, number, digest, attested_by AS "attestedBy", terms FROM agreement_revisions
     WHERE (agreement_id, number) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
    [heads.map(({ agreement }) => agreement), heads.map(({ number }) => number)],
  );
}

/** A course of the receiving institution as a revision was agreed on; a later edition changes nothing until the terms are recorded anew. */
export interface ReceivingCourse {
  readonly agreement: string;
  readonly number: number;
  readonly code: string;
  readonly credits: number;
}

/** The editions that an institution teaches and that revisions were agreed on. */
export async function readReceivingCourses(
  source: DataSource | EntityManager,
  heads: readonly RevisionHead[],
  institution: string,
): Promise<readonly ReceivingCourse[]> {
  return preparedQuery(
    source,
    'receiving-courses-of-revisions',
    `SELECT edition.agreement_id AS agreement, edition.number, course.code, course.credits::float8 AS credits
     FROM agreement_editions edition JOIN courses course ON course.id = edition.course_id AND course.provider_id = $3
     WHERE (edition.agreement_id, edition.number) IN (SELECT * FROM unnest($1::uuid[], $2::int[])) AND edition.institution_id = $3
     ORDER BY course.id`,
    [heads.map(({ agreement }) => agreement), heads.map(({ number }) => number), institution],
  );
}

/** A rule in force with the revision that holds it. */
export interface RuleInForce {
  readonly agreement: string;
  readonly number: number;
  readonly attestedBy: string;
  readonly parties: readonly string[];
  readonly rule: Rule;
}

/** More rules than this about one course nobody reads; the earliest by agreement and id are kept. */
const mostRules = 5000;

const ruleInForce = `
  SELECT rule.agreement_id AS agreement, rule.number, revision.attested_by AS "attestedBy", rule.rule,
    ARRAY(SELECT institution_id::text FROM agreement_parties party WHERE party.agreement_id = rule.agreement_id AND party.number = rule.number) AS parties
  FROM agreement_rules rule
  JOIN agreement_revisions revision ON revision.agreement_id = rule.agreement_id AND revision.number = rule.number
  WHERE revision.in_force @> $1::date AND EXISTS (SELECT FROM agreement_parties party
    WHERE party.agreement_id = rule.agreement_id AND party.number = rule.number AND party.institution_id = ANY($2::uuid[]))`;
const inOrder = `ORDER BY agreement, number, rule ->> 'id' COLLATE "C" LIMIT ${String(mostRules)}`;

/** Rules in force between institutions and others whose source names a code, or selects by pattern, subject or field. */
export function rulesThatMayTake(
  manager: EntityManager,
  date: CalendarDate,
  institutions: readonly string[],
  code: string,
): Promise<RuleInForce[]> {
  return manager.query(
    `SELECT * FROM (${ruleInForce} AND rule.source_codes @> ARRAY[$3]::text[]
       UNION ALL ${ruleInForce} AND rule.has_wide_selector AND NOT rule.source_codes @> ARRAY[$3]::text[]) AS found ${inOrder}`,
    [date, institutions, code],
  );
}

/** Rules in force of which institutions are parties and that award a code. */
export function rulesThatAward(
  manager: EntityManager,
  date: CalendarDate,
  institutions: readonly string[],
  code: string,
): Promise<RuleInForce[]> {
  return manager.query(`SELECT * FROM (${ruleInForce} AND rule.target_codes @> ARRAY[$3]::text[]) AS found ${inOrder}`, [
    date,
    institutions,
    code,
  ]);
}
