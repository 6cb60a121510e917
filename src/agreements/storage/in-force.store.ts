import type { DataSource, EntityManager } from 'typeorm';
import type { CalendarDate, LocalisedText } from '../../kernel/index.js';
import { preparedQuery } from '../../platform/index.js';
import { anyMember, type Rule } from '../../rules/domain/index.js';
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
    `SELECT edition.agreement_id AS agreement, edition.number, course.code, course.credits::float8 AS credits
     FROM agreement_editions edition JOIN courses course ON course.id = edition.course_id AND course.provider_id = $3
     WHERE (edition.agreement_id, edition.number) IN (SELECT * FROM unnest($1::uuid[], $2::int[])) AND edition.institution_id = $3
     ORDER BY course.id`,
    [heads.map(({ agreement }) => agreement), heads.map(({ number }) => number), institution],
  );
}

/** A course of another institution as a revision was agreed on. */
export interface SendingCourse {
  readonly agreement: string;
  readonly number: number;
  readonly provider: string;
  readonly code: string;
  readonly title: LocalisedText;
  readonly credits: number;
  readonly creditSystem: string;
  readonly hours: number | null;
  readonly mooc: boolean;
}

/** The editions that others than an institution teach and that revisions were agreed on. */
export async function readSendingCourses(
  source: DataSource | EntityManager,
  heads: readonly RevisionHead[],
  institution: string,
): Promise<readonly SendingCourse[]> {
  return preparedQuery(
    source,
    `SELECT edition.agreement_id AS agreement, edition.number, course.provider_id AS provider, course.code, course.titles AS title,
       course.credits::float8 AS credits, course.credit_system AS "creditSystem", course.workload_hours::float8 AS hours,
       course.delivery = 'mooc' AS mooc
     FROM agreement_editions edition JOIN courses course ON course.id = edition.course_id AND course.provider_id <> $3
     WHERE (edition.agreement_id, edition.number) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
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

/** The order in which rules in force are listed: by agreement, revision and id. */
export type RuleKey = readonly [agreement: string, number: number, rule: string];

/** Which rules in force on a day are looked for, and which part of them. */
export interface RuleSearch {
  readonly date: CalendarDate;
  /** A course code in normal form. */
  readonly code: string;
  readonly after: RuleKey | undefined;
  readonly limit: number;
}

/** `$1` to `$6` are those of {@link parametersOf}. */
const ruleInForce = `
  SELECT rule.agreement_id AS agreement, rule.number, rule.rule_id, revision.attested_by AS "attestedBy", rule.rule,
    ARRAY(SELECT party.institution_id::text FROM agreement_parties party
      WHERE party.agreement_id = rule.agreement_id AND party.number = rule.number ORDER BY party.institution_id) AS parties
  FROM agreement_rules rule
  JOIN agreement_revisions revision ON revision.agreement_id = rule.agreement_id AND revision.number = rule.number
  WHERE revision.in_force @> $1::date
    AND ($3::uuid IS NULL OR (rule.agreement_id, rule.number, rule.rule_id COLLATE "C") > ($3, $4, $5))`;

function parametersOf({ date, code, after, limit }: RuleSearch): readonly unknown[] {
  const [agreement, number, rule] = after ?? [];
  return [date, code, agreement ?? null, number ?? null, rule ?? null, limit];
}

/** The end of a rule (`from` or `to`) is one of the institutions, or any party while one of them is a party. */
function between(end: 'from' | 'to', institutions: string): string {
  return `(rule.rule ->> '${end}' = ANY(${institutions}) OR rule.rule ->> '${end}' = '${anyMember}' AND EXISTS (
    SELECT FROM agreement_parties party
    WHERE party.agreement_id = rule.agreement_id AND party.number = rule.number AND party.institution_id::text = ANY(${institutions})))`;
}

/** The rule names the code: found by the index on codes, which holds under the policies where one on arrays would not. */
function names(side: 'source' | 'target'): string {
  return `EXISTS (SELECT FROM agreement_rule_codes named WHERE named.code = $2 AND named.side = '${side}'
    AND named.agreement_id = rule.agreement_id AND named.number = rule.number AND named.rule_id = rule.rule_id)`;
}

const inOrder = 'ORDER BY agreement, number, rule_id COLLATE "C" LIMIT $6';

/** Rules from one of the institutions, and to one where it is given, whose source names the code, or selects by pattern, subject or field. */
export function rulesThatMayTake(
  manager: EntityManager,
  search: RuleSearch,
  from: readonly string[],
  to: string | undefined,
): Promise<RuleInForce[]> {
  const concerned = `${ruleInForce} AND ${between('from', '$7::text[]')} AND ($8::text[] IS NULL OR ${between('to', '$8::text[]')})`;
  return manager.query(
    `SELECT * FROM (${concerned} AND ${names('source')}
       UNION ALL ${concerned} AND rule.has_wide_selector AND NOT rule.source_codes @> ARRAY[$2]::text[]) AS found ${inOrder}`,
    [...parametersOf(search), from, to === undefined ? null : [to]],
  );
}

/** Rules to an institution that award the code. */
export function rulesThatAward(manager: EntityManager, search: RuleSearch, to: string): Promise<RuleInForce[]> {
  return manager.query(`SELECT * FROM (${ruleInForce} AND ${between('to', '$7::text[]')} AND ${names('target')}) AS found ${inOrder}`, [
    ...parametersOf(search),
    [to],
  ]);
}
