import type { CalendarDate } from '../../kernel/index.js';
import type { EnrolmentStatus, HomeCourseStatus } from '../domain/index.js';

/** A course of a home record: what an evaluation asks of it. Credits are numbers with at most three decimals. */
export interface HomeCourseFacts {
  readonly id: string;
  readonly code: string;
  readonly credits: number;
  readonly status: HomeCourseStatus;
  readonly passFail: boolean;
  readonly attributes: readonly string[];
}

/** A learner's enrolment in the programme of an evaluation. */
export interface EnrolmentFacts {
  readonly id: string;
  readonly admissionDate: CalendarDate;
  readonly status: EnrolmentStatus;
}

/** A JSON array of {@link HomeCourseFacts} of a learner at an institution, in the order of the ids. Both are SQL expressions. */
export function homeRecordSql(learner: string, institution: string): string {
  return `(
    SELECT coalesce(json_agg(json_build_object(
      'id', course.id, 'code', course.code, 'credits', round(course.credits / 1000.0, 3), 'status', course.status,
      'passFail', course.pass_fail, 'attributes', course.attributes
    ) ORDER BY course.id), '[]')
    FROM home_courses course
    JOIN enrolments enrolment ON enrolment.learner_id = course.learner_id AND enrolment.id = course.enrolment_id
    JOIN programmes attended ON attended.id = enrolment.programme_id
    WHERE course.learner_id = ${learner} AND attended.institution_id = ${institution}
  )`;
}

/** The {@link EnrolmentFacts} of a learner in a programme, the active one before any other, then the latest; NULL without one. */
export function enrolmentSql(learner: string, programme: string): string {
  return `(
    SELECT json_build_object('id', id, 'admissionDate', admission_date, 'status', status)
    FROM enrolments
    WHERE learner_id = ${learner} AND programme_id = ${programme}
    ORDER BY status = 'active' DESC, admission_date DESC
    LIMIT 1
  )`;
}
