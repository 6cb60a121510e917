import type { CourseDetails, DeliveryMode } from '../../courses/domain/index.js';

/**
 * What a file of rules says of one edition of a course. Institutions are the ids that the caller gave them. Credits are absent where the file
 * states none.
 */
export type ImportedCourse = Pick<CourseDetails, 'provider' | 'platform' | 'code' | 'titles' | 'validity'> &
  Partial<Pick<CourseDetails, 'credits' | 'creditSystem'>>;

/**
 * The edition as the catalogue keeps it, taught as the caller knows. What a file of rules leaves open is recorded as not known: no language, no
 * outcomes, assessment neither proctored nor with a verified identity, not repeatable. Undefined where the credits are not known: a catalogue
 * entry needs them.
 */
export function editionOf(course: ImportedCourse, delivery: DeliveryMode): CourseDetails | undefined {
  const { credits, creditSystem, ...named } = course;
  if (credits === undefined || creditSystem === undefined) return undefined;
  return {
    ...named,
    credits,
    creditSystem,
    languages: [],
    learningOutcomes: [],
    assessment: { proctored: false, identityVerified: false },
    delivery,
    repeatable: false,
  };
}
