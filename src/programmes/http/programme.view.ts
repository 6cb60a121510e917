import { ApiProperty } from '@nestjs/swagger';
import { type LocalisedText, textIn } from '../../kernel/index.js';
import { asView, PageOf, Shaped, type Versioned } from '../../platform/index.js';
import type { ProgrammeRecord, Requirement, TransferPolicy } from '../domain/index.js';

/** A programme as recorded. */
export class ProgrammeView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Id of the institution. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  code!: string;
  catalogueYear!: number;

  /** Its title in the first of the reader's languages that there is. */
  name!: string;

  @Shaped('LocalisedText')
  title!: LocalisedText;

  /** Id of the credit system in which all credits of the programme are counted. */
  creditSystem!: string;

  totalCredits!: number;

  @Shaped('Requirement')
  requirements!: Requirement;

  @Shaped('TransferPolicy')
  policy!: TransferPolicy;

  /**
   * SHA-256 over the RFC 8785 canonical form of everything that is recorded of the programme.
   * @example "sha-256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
   */
  digest!: string;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function programmeView(programme: ProgrammeRecord, languages: readonly string[]): ProgrammeView {
  return asView(ProgrammeView, { ...programme, name: textIn(programme.title, languages) });
}

export class ProgrammePage extends PageOf(ProgrammeView) {}
