import type { EntityManager } from 'typeorm';
import { normaliseCode, thousandths, type Thousandths } from '../../kernel/index.js';
import { byId, Conditions, type Page, type PageQuery, preparedQuery, rowsToRead } from '../../platform/index.js';
import type { CompletionCredits, CompletionOutcome, CompletionRecord, MatchedBy, PlacedStatement, Verification } from '../domain/index.js';
import { governingStatement } from './governing.js';

/** What a list of completions may be held to. */
export interface CompletionFilter {
  readonly transcript?: string;
  readonly provider?: string;
  readonly code?: string;
  readonly outcome?: CompletionOutcome;
  /** Whether a catalogue edition was found. */
  readonly matched?: boolean;
}

/** A statement with the identity of the achievement it is about, as SQL finds them. */
type FoundStatement = Readonly<{
  provider_id: string;
  attempt: number;
  certificate_id: string | null;
  platform_id: string | null;
  code: string;
  title: string | null;
  credits: Thousandths | null;
  credit_system: string | null;
  grading_scale: string | null;
  grade: string | null;
  outcome: CompletionOutcome;
  enrolled_on: string | null;
  completed_on: string | null;
  hours: string | null;
  weeks: string | null;
  identity_verified: boolean;
  proctored: boolean;
}>;

type FoundCompletion = FoundStatement &
  Readonly<{
    id: string;
    course_id: string | null;
    matched_by: MatchedBy | null;
    version: number;
    modified_at: Date;
    transcript_id: string;
    verification: Verification;
    course_credits: string | null;
    course_credit_system: string | null;
  }>;

const statementColumns = `
  completion.provider_id, completion.attempt, completion.certificate_id, stated.platform_id, stated.code, stated.title, stated.credits,
  stated.credit_system, stated.grading_scale, stated.grade, stated.outcome, stated.enrolled_on, stated.completed_on, stated.hours, stated.weeks,
  stated.identity_verified, stated.proctored`;

const select = `
  SELECT ${statementColumns}, completion.id, completion.course_id, completion.matched_by, completion.version, completion.modified_at,
    stated.transcript_id, stated.verification, course.credits AS course_credits, course.credit_system AS course_credit_system
  FROM completions completion
  JOIN LATERAL ${governingStatement('TRUE')} stated ON TRUE
  LEFT JOIN courses course ON course.id = completion.course_id`;

function creditsOf(row: FoundCompletion): CompletionCredits | undefined {
  if (row.credits !== null && row.credit_system !== null) {
    return { amount: row.credits, creditSystem: row.credit_system, source: 'transcript' };
  }
  if (row.course_credits === null || row.course_credit_system === null) return undefined;
  return { amount: thousandths(Number(row.course_credits)), creditSystem: row.course_credit_system, source: 'course' };
}

function statedOf(row: FoundStatement): CompletionRecord['stated'] {
  return {
    provider: row.provider_id,
    ...(row.platform_id === null ? {} : { platform: row.platform_id }),
    code: row.code,
    ...(row.title === null ? {} : { title: row.title }),
    ...(row.credits === null ? {} : { credits: row.credits }),
    ...(row.credit_system === null ? {} : { creditSystem: row.credit_system }),
    ...(row.grading_scale === null || row.grade === null ? {} : { grade: { scale: row.grading_scale, value: row.grade } }),
    outcome: row.outcome,
    ...(row.enrolled_on === null ? {} : { enrolledOn: row.enrolled_on }),
    ...(row.completed_on === null ? {} : { completedOn: row.completed_on }),
    ...(row.certificate_id === null ? {} : { certificateId: row.certificate_id }),
    attempt: row.attempt,
    ...(row.hours === null ? {} : { hours: Number(row.hours) }),
    ...(row.weeks === null ? {} : { weeks: Number(row.weeks) }),
    evidence: { identityVerified: row.identity_verified, proctored: row.proctored },
  };
}

function recordOf(row: FoundCompletion): CompletionRecord {
  const credits = creditsOf(row);
  return {
    id: row.id,
    stated: statedOf(row),
    transcript: row.transcript_id,
    verification: row.verification,
    ...(row.course_id === null || row.matched_by === null ? {} : { match: { course: row.course_id, by: row.matched_by } }),
    ...(credits === undefined ? {} : { credits }),
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

/** What a transcript states, row by row. */
export async function readStatements(manager: EntityManager, learner: string, transcript: string): Promise<PlacedStatement[]> {
  const rows = await preparedQuery<FoundStatement & { readonly completion_id: string }>(
    manager,
    `SELECT ${statementColumns}, completion_id
     FROM completion_statements stated
     JOIN completions completion ON completion.learner_id = stated.learner_id AND completion.id = stated.completion_id
     WHERE stated.learner_id = $1 AND transcript_id = $2 ORDER BY position`,
    [learner, transcript],
  );
  return rows.map((row) => ({ completion: row.completion_id, stated: statedOf(row) }));
}

/** Those of the ids that are completions of the learner, in the order of the ids' making. */
export async function readCompletions(manager: EntityManager, learner: string, ids: readonly string[]): Promise<CompletionRecord[]> {
  const rows = await preparedQuery<FoundCompletion>(
    manager,
    `${select} WHERE completion.learner_id = $1 AND completion.id = ANY($2) ORDER BY completion.id`,
    [learner, ids],
  );
  return rows.map(recordOf);
}

/** A learner's completions in the order they were first stated. */
export async function listCompletions(
  manager: EntityManager,
  learner: string,
  filter: CompletionFilter,
  query: PageQuery,
): Promise<Page<CompletionRecord>> {
  const order = byId('completions');
  const conditions = new Conditions();
  conditions.add(learner, (value) => `completion.learner_id = ${value}`);
  conditions.add(filter.transcript, statedBy);
  conditions.add(filter.provider, (provider) => `completion.provider_id = ${provider}`);
  conditions.add(filter.code === undefined ? undefined : normaliseCode(filter.code), (code) => `completion.normalised_code = ${code}`);
  conditions.add(filter.outcome, (outcome) => `stated.outcome = ${outcome}`);
  conditions.add(filter.matched, (matched) => `(completion.course_id IS NOT NULL) = ${matched}::boolean`);
  conditions.add(order.after(query)?.[0], (id) => `completion.id > ${id}`);
  const rows = await preparedQuery<FoundCompletion>(
    manager,
    `${select} WHERE ${conditions.sql} ORDER BY completion.id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], recordOf);
}

function statedBy(transcript: string): string {
  return `EXISTS (
    SELECT FROM completion_statements statement
    WHERE statement.learner_id = completion.learner_id AND statement.completion_id = completion.id AND statement.transcript_id = ${transcript}
  )`;
}
