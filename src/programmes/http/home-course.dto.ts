import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { textLimits, thousandths } from '../../kernel/index.js';
import type { Grade } from '../../kernel/index.js';
import { IsCredits, IsId, IsOneLine, JsonShape, MayBeAbsent, PageQuery, registerSchemas } from '../../platform/index.js';
import { type HomeCourseDetails, type HomeCourseStatus, homeCourseStatuses } from '../domain/index.js';

registerSchemas({
  Attributes: {
    type: 'array',
    description: 'What requirements may ask for, such as "Q" or "Lab".',
    items: { type: 'string', minLength: 1, maxLength: textLimits.word },
    maxItems: 50,
    uniqueItems: true,
  },
});

const statusMessage = { message: `must be one of ${homeCourseStatuses.join(', ')}` };

/** A course that the learner takes, or took, at the institution of an enrolment. */
export class HomeCourseForm {
  /** Id of the enrolment whose home record it is on. */
  @IsId()
  enrolment!: string;

  /** @example "MATH 101" */
  @IsOneLine(textLimits.code)
  code!: string;

  /** Counts the attempts at one course, or the times a repeatable one was taken. */
  @ApiPropertyOptional({ type: 'integer' })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(99)
  attempt = 1;

  @MayBeAbsent()
  @IsOneLine(500)
  title?: string;

  /**
   * In the credit system of the programme.
   * @example 6
   */
  @IsCredits()
  credits!: number;

  @MayBeAbsent()
  @JsonShape('Grade')
  grade?: Grade;

  @ApiProperty({ enum: homeCourseStatuses })
  @IsIn(homeCourseStatuses, statusMessage)
  status!: HomeCourseStatus;

  /** Taken without a grade. */
  @ApiPropertyOptional({ type: Boolean })
  @MayBeAbsent()
  @IsBoolean()
  passFail = false;

  @ApiPropertyOptional()
  @MayBeAbsent()
  @JsonShape('Attributes')
  attributes: string[] = [];
}

/** What the form says, with exact credits. */
export function homeCourseDetails({ credits, ...form }: HomeCourseForm): HomeCourseDetails {
  return { ...form, credits: thousandths(credits) };
}

/** Which home courses of the learner, and which page of them. */
export class HomeCoursesQuery extends PageQuery {
  /** Those of this enrolment. */
  @MayBeAbsent()
  @IsId()
  enrolment?: string;

  /** Those that stand so. */
  @ApiProperty({ enum: homeCourseStatuses })
  @MayBeAbsent()
  @IsIn(homeCourseStatuses, statusMessage)
  status?: HomeCourseStatus;
}
