import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, type Versioned } from '../../platform/index.js';
import { type Enrolment, type EnrolmentStatus, enrolmentStatuses } from '../domain/index.js';

/** A learner in a programme of one catalogue year. */
export class EnrolmentView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Id of the programme, which stands for its catalogue year too. */
  @ApiProperty({ format: 'uuid' })
  programme!: string;

  /** Id of the programme's institution. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  programmeCode!: string;
  catalogueYear!: number;

  @ApiProperty({ format: 'date' })
  admissionDate!: string;

  @ApiProperty({ enum: enrolmentStatuses })
  status!: EnrolmentStatus;

  /** The last day. */
  @ApiProperty({ format: 'date' })
  endedOn?: string;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function enrolmentView({ state, ...enrolment }: Enrolment): EnrolmentView {
  return asView(EnrolmentView, { ...enrolment, ...state });
}

export class EnrolmentPage extends PageOf(EnrolmentView) {}
