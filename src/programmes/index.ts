import type { RowClass } from '../platform/index.js';
import { EnrolmentRow, HomeCourseRow } from './storage/enrolment.rows.js';
import { ProgrammeRow, ProgrammeWordRow } from './storage/programme.rows.js';

export type {
  Enrolment,
  EnrolmentDetails,
  HomeCourse,
  HomeCourseDetails,
  Programme,
  ProgrammeDetails,
  ProgrammeRecord,
  StatedEnrolment,
} from './domain/index.js';
export { EnrolmentsService } from './enrolments.service.js';
export { HomeCoursesService } from './home-courses.service.js';
export { ProgrammesModule } from './programmes.module.js';
export { type ProgrammeQuery, ProgrammesService } from './programmes.service.js';

export { type EnrolmentFacts, enrolmentSql, type HomeCourseFacts, homeRecordSql } from './storage/facts.sql.js';

/** What the module keeps in the database. */
export const programmeRows: readonly RowClass[] = [ProgrammeRow, ProgrammeWordRow, EnrolmentRow, HomeCourseRow];
