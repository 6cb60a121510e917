import { ApiProperty } from '@nestjs/swagger';
import { fromThousandths, type Grade } from '../../kernel/index.js';
import { asView, PageOf, Shaped, type Versioned } from '../../platform/index.js';
import { type HomeCourse, type HomeCourseStatus, homeCourseStatuses } from '../domain/index.js';

/** A course of a home record. */
export class HomeCourseView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Id of the enrolment whose home record it is on. */
  @ApiProperty({ format: 'uuid' })
  enrolment!: string;

  code!: string;

  /** Counts the attempts at one course, or the times a repeatable one was taken. */
  attempt!: number;

  title?: string;

  /** In the credit system of the programme. */
  credits!: number;

  @Shaped('Grade')
  grade?: Grade;

  @ApiProperty({ enum: homeCourseStatuses })
  status!: HomeCourseStatus;

  /** Taken without a grade. */
  passFail!: boolean;

  @Shaped('Attributes')
  attributes!: readonly string[];

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function homeCourseView(course: HomeCourse): HomeCourseView {
  return asView(HomeCourseView, { ...course, credits: fromThousandths(course.credits) });
}

export class HomeCoursePage extends PageOf(HomeCourseView) {}
