import { ApiProperty } from '@nestjs/swagger';
import { type Page, PageOf, type Versioned } from '../../platform/index.js';
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

  static of({ state, ...enrolment }: Enrolment): EnrolmentView {
    return { ...enrolment, ...state };
  }
}

export class EnrolmentPage extends PageOf(EnrolmentView) {
  static of(page: Page<Enrolment>): EnrolmentPage {
    return { ...page, items: page.items.map((enrolment) => EnrolmentView.of(enrolment)) };
  }
}
