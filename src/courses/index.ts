import type { RowClass } from '../platform/index.js';
import { CourseEditionReferenceRow, CourseRow, CourseWordRow } from './storage/course.rows.js';
import { OfferingHostRow, OfferingRow } from './storage/offering.rows.js';

export { CoursesModule } from './courses.module.js';
export { type CourseQuery, CoursesService, type NextEdition } from './courses.service.js';
export {
  type Assessment,
  type Course,
  type CourseDetails,
  type CourseImportOutcome,
  type DeliveryMode,
  deliveryModes,
  editionOn,
  isIscedField,
  type Offering,
  type OfferingDetails,
  type TitledCourse,
} from './domain/index.js';
export { CourseForm } from './http/course.dto.js';
export { OfferingsService } from './offerings.service.js';
export type { CourseKey, Referrer } from './storage/course.store.js';

/** What the module keeps in the database. */
export const courseRows: readonly RowClass[] = [CourseRow, CourseWordRow, CourseEditionReferenceRow, OfferingRow, OfferingHostRow];
