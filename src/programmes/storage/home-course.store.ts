import type { EntityManager } from 'typeorm';
import { normaliseCode } from '../../kernel/index.js';
import { byId, explainConstraints, type Page, type PageQuery, rowsToRead } from '../../platform/index.js';
import type { HomeCourse, HomeCourseStatus } from '../domain/index.js';
import { HomeCourseRow } from './enrolment.rows.js';

explainConstraints({
  home_courses_attempt_key: 'This attempt at the course is on the home record already. Number the attempts if it was taken several times.',
});

/** What a home record may be held to. */
export interface HomeCourseFilter {
  readonly enrolment?: string;
  readonly status?: HomeCourseStatus;
}

function courseOf(row: HomeCourseRow): HomeCourse {
  const { id, code, attempt, title, credits, gradingScale, grade, status, passFail, attributes, version } = row;
  return {
    id,
    enrolment: row.enrolmentId,
    code,
    attempt,
    ...(title === null ? {} : { title }),
    credits,
    ...(gradingScale === null || grade === null ? {} : { grade: { scale: gradingScale, value: grade } }),
    status,
    passFail,
    attributes,
    version,
    modifiedAt: row.modifiedAt.toISOString(),
  };
}

function rowOf(learner: string, course: HomeCourse, institution: string): HomeCourseRow {
  const { enrolment, title, grade, modifiedAt, ...rest } = course;
  return {
    ...rest,
    learnerId: learner,
    enrolmentId: enrolment,
    normalisedCode: normaliseCode(course.code),
    title: title ?? null,
    gradingScale: grade?.scale ?? null,
    grade: grade?.value ?? null,
    modifiedAt: new Date(modifiedAt),
    readers: [institution],
  };
}

export async function readHomeCourse(manager: EntityManager, learner: string, id: string): Promise<HomeCourse | undefined> {
  const row = await manager.findOneBy(HomeCourseRow, { learnerId: learner, id });
  return row === null ? undefined : courseOf(row);
}

/** Courses of a learner's home records in the order they were recorded. */
export async function listHomeCourses(
  manager: EntityManager,
  learner: string,
  { enrolment, status }: HomeCourseFilter,
  query: PageQuery,
): Promise<Page<HomeCourse>> {
  const order = byId('home-courses');
  const [after] = order.after(query) ?? [];
  const wanted = manager.createQueryBuilder(HomeCourseRow, 'course').where('course.learnerId = :learner', { learner });
  if (enrolment !== undefined) wanted.andWhere('course.enrolmentId = :enrolment', { enrolment });
  if (status !== undefined) wanted.andWhere('course.status = :status', { status });
  if (after !== undefined) wanted.andWhere('course.id > :after', { after });
  const rows = await wanted.orderBy('course.id').limit(rowsToRead(query)).getMany();
  return order.page(query, rows, (row) => [row.id], courseOf);
}

/** Records a course that was taken at an institution. */
export async function insertHomeCourse(manager: EntityManager, learner: string, course: HomeCourse, institution: string): Promise<void> {
  await manager.insert(HomeCourseRow, rowOf(learner, course, institution));
}

export async function updateHomeCourse(manager: EntityManager, learner: string, course: HomeCourse, institution: string): Promise<void> {
  await manager.update(HomeCourseRow, { learnerId: learner, id: course.id }, rowOf(learner, course, institution));
}

export async function deleteHomeCourse(manager: EntityManager, learner: string, id: string): Promise<void> {
  await manager.delete(HomeCourseRow, { learnerId: learner, id });
}
