import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, Shaped, type Versioned } from '../../platform/index.js';
import type { Offering } from '../domain/index.js';

export class DatesView {
  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  until!: string;
}

/** A dated run of an edition. */
export class OfferingView implements Offering, Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** The edition. */
  @ApiProperty({ format: 'uuid' })
  course!: string;

  period!: DatesView;

  /** The institutions where its students sit. */
  @Shaped('Ids')
  hosts!: readonly string[];

  /** The language of instruction of this run. */
  language!: string;

  /** How many students it takes; absent when there is no limit. */
  capacity?: number;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export class OfferingPage extends PageOf(OfferingView) {}

export function offeringView(offering: Offering): OfferingView {
  return asView(OfferingView, offering);
}
