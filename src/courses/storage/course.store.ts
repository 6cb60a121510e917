import type { EntityManager } from 'typeorm';
import { type LocalisedText, normaliseCode } from '../../kernel/index.js';
import {
  explainConstraints,
  fromDateRange,
  insertRows,
  preparedQuery,
  rememberWords,
  searchTerms,
  toDateRange,
  updateRows,
} from '../../platform/index.js';
import type { Course, DeliveryMode } from '../domain/index.js';
import { CourseEditionReferenceRow, CourseRow } from './course.rows.js';

explainConstraints({
  courses_edition_excl:
    'Another edition of this code is valid on some of these days. Editions of one course never overlap: end the other one first, or open a new edition of it.',
  courses_provider_id_fkey: 'The provider does not exist.',
  courses_platform_id_fkey: 'The platform does not exist.',
  courses_credit_system_fkey: 'The credit system does not exist.',
  course_edition_references_course_id_fkey: 'The course does not exist.',
});

export const wordTable = 'course_words';

/** A row as SQL finds it. */
export interface FoundCourse {
  readonly id: string;
  readonly provider_id: string;
  readonly platform_id: string | null;
  readonly code: string;
  readonly titles: LocalisedText;
  readonly credits: string;
  readonly credit_system: string;
  readonly workload_hours: string | null;
  readonly weeks: string | null;
  readonly eqf_level: number | null;
  readonly isced: string | null;
  readonly languages: readonly string[];
  readonly learning_outcomes: readonly LocalisedText[];
  readonly proctored: boolean;
  readonly identity_verified: boolean;
  readonly delivery: DeliveryMode;
  readonly repeatable: boolean;
  readonly validity: string;
  readonly version: number;
  readonly modified_at: Date;
}

export const courseColumns = `
  id, provider_id, platform_id, code, titles, credits, credit_system, workload_hours, weeks, eqf_level, isced, languages, learning_outcomes, proctored,
  identity_verified, delivery, repeatable, validity, version, modified_at`;

/** Amounts have at most three decimals and are the nearest doubles of what the columns hold, so nothing is lost either way. */
export function courseOf(row: FoundCourse): Course {
  return {
    id: row.id,
    provider: row.provider_id,
    ...(row.platform_id === null ? {} : { platform: row.platform_id }),
    code: row.code,
    titles: row.titles,
    credits: Number(row.credits),
    creditSystem: row.credit_system,
    ...(row.workload_hours === null ? {} : { workloadHours: Number(row.workload_hours) }),
    ...(row.weeks === null ? {} : { weeks: Number(row.weeks) }),
    ...(row.eqf_level === null ? {} : { eqfLevel: row.eqf_level }),
    ...(row.isced === null ? {} : { isced: row.isced }),
    languages: row.languages,
    learningOutcomes: row.learning_outcomes,
    assessment: { proctored: row.proctored, identityVerified: row.identity_verified },
    delivery: row.delivery,
    repeatable: row.repeatable,
    validity: fromDateRange(row.validity),
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

/** What a course is found by: the words of its titles, and its code as written and as one word. */
function searchColumns(course: Course): Pick<CourseRow, 'searchVector' | 'searchPairs' | 'searchSize'> {
  const titles = Object.values(course.titles);
  const { vector, pairs } = searchTerms([...titles, course.code, normaliseCode(course.code)]);
  return { searchVector: vector, searchPairs: pairs, searchSize: searchTerms(titles).size };
}

function rowOf(course: Course): CourseRow {
  return {
    id: course.id,
    providerId: course.provider,
    platformId: course.platform ?? null,
    code: course.code,
    normalisedCode: normaliseCode(course.code),
    titles: course.titles,
    credits: String(course.credits),
    creditSystem: course.creditSystem,
    workloadHours: course.workloadHours === undefined ? null : String(course.workloadHours),
    weeks: course.weeks === undefined ? null : String(course.weeks),
    eqfLevel: course.eqfLevel ?? null,
    isced: course.isced ?? null,
    languages: course.languages,
    learningOutcomes: course.learningOutcomes,
    proctored: course.assessment.proctored,
    identityVerified: course.assessment.identityVerified,
    delivery: course.delivery,
    repeatable: course.repeatable,
    validity: toDateRange(course.validity),
    version: course.version,
    modifiedAt: new Date(course.modifiedAt),
    ...searchColumns(course),
  };
}

/** Those of the ids that exist. */
export async function readCourses(manager: EntityManager, ids: readonly string[]): Promise<Course[]> {
  const rows = await preparedQuery<FoundCourse>(manager, `SELECT ${courseColumns} FROM courses WHERE id = ANY($1)`, [ids]);
  return rows.map(courseOf);
}

/**
 * Reads those editions that the caller may change, and keeps them for this transaction: nobody else can change them, nor begin to refer to them. In one
 * order, so that two commands never wait for each other in a circle.
 */
export async function lockCourses(manager: EntityManager, ids: readonly string[]): Promise<Course[]> {
  const locked = await manager.query<{ id: string }[]>('SELECT id FROM courses WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids]);
  return readCourses(
    manager,
    locked.map(({ id }) => id),
  );
}

/** Reads an edition and keeps it from changing in this transaction, while others may read it so too. */
export async function shareCourse(manager: EntityManager, id: string): Promise<Course | undefined> {
  const rows = await manager.query<FoundCourse[]>(`SELECT ${courseColumns} FROM courses WHERE id = $1 FOR SHARE`, [id]);
  return rows[0] === undefined ? undefined : courseOf(rows[0]);
}

/** Which editions of a provider's course. */
export interface CourseKey {
  readonly provider: string;
  readonly code: string;
}

/** All editions of the courses, by code without case and spacing. */
export async function editionsOf(manager: EntityManager, keys: readonly CourseKey[]): Promise<Course[]> {
  const rows = await manager.query<FoundCourse[]>(
    `SELECT ${courseColumns} FROM courses
     WHERE (provider_id, normalised_code) IN (SELECT * FROM unnest($1::uuid[], $2::text[])) ORDER BY id`,
    [keys.map(({ provider }) => provider), keys.map(({ code }) => normaliseCode(code))],
  );
  return rows.map(courseOf);
}

/** All editions with one of the codes that one of the institutions teaches or that run on it. */
export async function editionsAt(manager: EntityManager, institutions: readonly string[], codes: readonly string[]): Promise<Course[]> {
  const rows = await manager.query<FoundCourse[]>(
    `SELECT ${courseColumns} FROM courses
     WHERE normalised_code = ANY($2) AND (provider_id = ANY($1) OR platform_id = ANY($1)) ORDER BY id`,
    [institutions, codes.map(normaliseCode)],
  );
  return rows.map(courseOf);
}

/** Those of the institutions whose courses are kept here: some course is taught by it or runs on it. */
export async function institutionsWithCourses(manager: EntityManager, institutions: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT wanted.id FROM unnest($1::uuid[]) AS wanted(id)
     WHERE EXISTS (SELECT FROM courses WHERE provider_id = wanted.id) OR EXISTS (SELECT FROM courses WHERE platform_id = wanted.id)`,
    [institutions],
  );
  return new Set(rows.map(({ id }) => id));
}

async function rememberTitles(manager: EntityManager, courses: readonly Course[]): Promise<void> {
  await rememberWords(
    manager,
    wordTable,
    courses.flatMap(({ titles }) => searchTerms(Object.values(titles)).words),
  );
}

export async function insertCourses(manager: EntityManager, courses: readonly Course[]): Promise<void> {
  await insertRows(manager, CourseRow, courses.map(rowOf));
  await rememberTitles(manager, courses);
}

export async function updateCourses(manager: EntityManager, courses: readonly Course[]): Promise<void> {
  await updateRows(manager, CourseRow, courses.map(rowOf));
  await rememberTitles(manager, courses);
}

/** What may refer to an edition. */
export interface Referrer {
  readonly kind: CourseEditionReferenceRow['referrerKind'];
  readonly id: string;
}

/** Records that something refers to editions, once. */
export async function insertReferences(manager: EntityManager, courses: readonly string[], referrer: Referrer): Promise<void> {
  await manager.query(
    `INSERT INTO course_edition_references (course_id, referrer_kind, referrer_id)
     SELECT id, $2, $3 FROM unnest($1::uuid[]) AS id ON CONFLICT DO NOTHING`,
    [courses, referrer.kind, referrer.id],
  );
}

/** Those of the editions that something refers to. */
export async function referencedAmong(manager: EntityManager, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ course_id: string }[]>(
    'SELECT DISTINCT course_id FROM course_edition_references WHERE course_id = ANY($1)',
    [ids],
  );
  return new Set(rows.map((row) => row.course_id));
}
