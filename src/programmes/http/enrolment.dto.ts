import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IsCalendarDate, IsId, MayBeAbsent, PageQuery } from '../../platform/index.js';
import { type EnrolmentStatus, enrolmentStatuses, type StatedEnrolment } from '../domain/index.js';

const statusMessage = { message: `must be one of ${enrolmentStatuses.join(', ')}` };

/** What is recorded of an enrolment. */
export class EnrolmentForm implements StatedEnrolment {
  /** Id of the programme, which stands for its catalogue year too. It stays for ever: a change of programme is another enrolment. */
  @IsId()
  programme!: string;

  /** @example "2024-09-01" */
  @IsCalendarDate()
  admissionDate!: string;

  @ApiProperty({ enum: enrolmentStatuses })
  @IsIn(enrolmentStatuses, statusMessage)
  status!: EnrolmentStatus;

  /** The last day; of an enrolment that is not active any more, and of no other. */
  @MayBeAbsent()
  @IsCalendarDate()
  endedOn?: string;
}

/** Which enrolments of the learner, and which page of them. */
export class EnrolmentsQuery extends PageQuery {
  /** Those in this programme. */
  @MayBeAbsent()
  @IsId()
  programme?: string;

  /** Those that stand so. */
  @ApiProperty({ enum: enrolmentStatuses })
  @MayBeAbsent()
  @IsIn(enrolmentStatuses, statusMessage)
  status?: EnrolmentStatus;
}
