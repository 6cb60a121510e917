import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf } from '../../platform/index.js';
import { type EntryKind, entryKinds, type RecordedEntry } from '../domain/index.js';

/** One line of the ledger; lines are only ever added. */
export class RedemptionView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** `redeemed`: used for credit. `transferred`: that credit was taken to another programme. `undone`: it was given back. */
  @ApiProperty({ enum: entryKinds })
  kind!: EntryKind;

  /** Id of the completion. */
  @ApiProperty({ format: 'uuid' })
  completion!: string;

  /** Id of the receiving institution. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  /** The programme's code; of credit that was given back, where it was. */
  programme!: string;

  @ApiProperty({ format: 'date' })
  decidedOn!: string;

  /** Id of the entry that this one replaces. */
  @ApiProperty({ format: 'uuid' })
  replaces?: string;

  /** Whether this entry gives credit that no later one has moved or given back. */
  inForce!: boolean;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;
}

export function redemptionView(entry: RecordedEntry): RedemptionView {
  return asView(RedemptionView, entry);
}

export class RedemptionPage extends PageOf(RedemptionView) {}
