import {
  type CalendarDate,
  contains,
  type FieldError,
  FieldChecks,
  type LocalisedText,
  normaliseCode,
  overlaps,
  type Period,
  textIn,
} from '../../kernel/index.js';
import { isIscedField } from './isced.js';

export const deliveryModes = ['onCampus', 'blended', 'mooc', 'liveOnline', 'hybridClassroom', 'distance'] as const;
/**
 * How a course is taught. `onCampus`: face to face. `blended`: partly so, partly online, for one group. `mooc`: an open online course for any number of
 * learners. `liveOnline`: a global open course, taught live over the net to students of many universities. `hybridClassroom`: one class shared by campuses,
 * each student at home elsewhere. `distance`: other guided study at a distance, small private online courses included.
 */
export type DeliveryMode = (typeof deliveryModes)[number];

export interface Assessment {
  /** Somebody, or something, watches over the assessment. */
  readonly proctored: boolean;
  /** Who takes the assessment is verified. */
  readonly identityVerified: boolean;
}

/** What is recorded of one edition of a course. Amounts have at most three decimals. */
export interface CourseDetails {
  /** Id of the institution that teaches it and answers for it. */
  readonly provider: string;
  /** Id of the institution on whose platform it runs, if elsewhere. */
  readonly platform?: string;
  readonly code: string;
  readonly titles: LocalisedText;
  readonly credits: number;
  /** Id of the credit system of `credits`. */
  readonly creditSystem: string;
  /** Hours of learner workload. */
  readonly workloadHours?: number;
  readonly weeks?: number;
  /** European Qualifications Framework, 1 to 8. */
  readonly eqfLevel?: number;
  /** ISCED-F 2013, two to four digits. */
  readonly isced?: string;
  /** Languages of instruction. */
  readonly languages: readonly string[];
  readonly learningOutcomes: readonly LocalisedText[];
  readonly assessment: Assessment;
  readonly delivery: DeliveryMode;
  /** Attempts are completions of their own, and each may earn credit. */
  readonly repeatable: boolean;
  /** Editions of one code of a provider never overlap. */
  readonly validity: Period;
}

export interface Course extends CourseDetails {
  readonly id: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** Where the fields of an edition are not what they should be, or contradict each other, with JSON Pointers. */
export function faultsOfCourse(details: CourseDetails): FieldError[] {
  const checks = new FieldChecks();
  checks.code('/code', details.code);
  checks.localisedText('/titles', details.titles);
  checks.credits('/credits', details.credits);
  checks.amount('/workloadHours', details.workloadHours, 100_000);
  checks.amount('/weeks', details.weeks, 1000);
  checks.period('/validity', details.validity);
  for (const [index, outcome] of details.learningOutcomes.entries()) checks.localisedText(`/learningOutcomes/${String(index)}`, outcome);
  if (details.isced !== undefined && !isIscedField(details.isced)) checks.report('/isced', 'is not a code of ISCED-F 2013');
  if (details.platform === details.provider)
    checks.report('/platform', 'is the provider itself: leave it out unless the course runs elsewhere');
  return [...checks.errors];
}

/** What editions are told apart by, besides their validity. */
export function editionKey(course: { readonly provider: string; readonly code: string }): string {
  return `${course.provider} ${normaliseCode(course.code)}`;
}

/** The edition that is valid on a day, of editions that do not overlap. */
export function editionOn<Edition extends { readonly validity: Period }>(
  editions: readonly Edition[],
  date: CalendarDate,
): Edition | undefined {
  return editions.find((edition) => contains(edition.validity, date));
}

/** Whether two editions claim the same day of one code. */
export function clash(one: CourseDetails, other: CourseDetails): boolean {
  return editionKey(one) === editionKey(other) && overlaps(one.validity, other.validity);
}

/** A course for a reader. */
export interface TitledCourse extends Course {
  /** Its title in the first of the reader's languages that there is. */
  readonly title: string;
  readonly providerName: string;
  readonly platformName?: string;
}

/** Names a course and its institutions for a reader; `names` are those of the institutions by id. */
export function titled(course: Course, names: ReadonlyMap<string, string>, languages: readonly string[]): TitledCourse {
  const platformName = course.platform === undefined ? undefined : names.get(course.platform);
  return {
    ...course,
    title: textIn(course.titles, languages),
    providerName: names.get(course.provider) ?? '',
    ...(platformName === undefined ? {} : { platformName }),
  };
}
