import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { textLimits } from '../../kernel/index.js';
import { IsCalendarDate, IsId, IsOneLine, MayBeAbsent, PageQuery } from '../../platform/index.js';

/** What undoes an entry. */
export class UndoForm {
  /** @example "2025-09-01" */
  @IsCalendarDate()
  decidedOn!: string;
}

/** Where the credit of an entry is taken to. */
export class TransferForm extends UndoForm {
  /**
   * The code of another programme of the institution.
   * @example "BSC-CS"
   */
  @IsOneLine(textLimits.code)
  programme!: string;
}

/** A use of a completion for credit. */
export class RedemptionForm extends TransferForm {
  /** Id of a completion of the learner. */
  @IsId()
  completion!: string;

  /** Id of the receiving institution. */
  @IsId()
  institution!: string;
}

/** Which entries of the ledger, and which page of them. */
export class RedemptionsQuery extends PageQuery {
  /** Those of this completion. */
  @MayBeAbsent()
  @IsId()
  completion?: string;

  /** Those at this institution. */
  @MayBeAbsent()
  @IsId()
  institution?: string;

  /** Only uses that stand, or only entries that do not. */
  @ApiProperty({ type: 'boolean' })
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  inForce?: boolean;
}
