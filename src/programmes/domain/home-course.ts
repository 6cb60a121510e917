import type { FieldError, Grade, GradingScale, Thousandths } from '../../kernel/index.js';
import { rankOf } from '../../kernel/index.js';

export const homeCourseStatuses = ['done', 'underWay'] as const;
export type HomeCourseStatus = (typeof homeCourseStatuses)[number];

/** One course of a home record: taken at the institution where the learner is enrolled. */
export interface HomeCourseDetails {
  /** The enrolment whose home record it is on. */
  readonly enrolment: string;
  readonly code: string;
  /** Counts the attempts at one course, or the times a repeatable one was taken, from 1. */
  readonly attempt: number;
  readonly title?: string;
  /** In the credit system of the programme. */
  readonly credits: Thousandths;
  readonly grade?: Grade;
  readonly status: HomeCourseStatus;
  /** Taken without a grade. */
  readonly passFail: boolean;
  /** What requirements may ask for: "Q", "Lab". */
  readonly attributes: readonly string[];
}

export interface HomeCourse extends HomeCourseDetails {
  readonly id: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** Where the parts of a home course contradict each other; `scale` is that of its grade, if it exists. */
export function faultsOfHomeCourse({ grade, passFail }: HomeCourseDetails, scale: GradingScale | undefined): FieldError[] {
  if (grade === undefined) return [];
  if (passFail) return [{ pointer: '/grade', detail: 'must be left out of a course that is taken without a grade' }];
  if (scale === undefined) return [{ pointer: '/grade/scale', detail: 'is not a known grading scale' }];
  return rankOf(scale, grade.value) === undefined ? [{ pointer: '/grade/value', detail: `is not a grade of the scale ${scale.name}` }] : [];
}
