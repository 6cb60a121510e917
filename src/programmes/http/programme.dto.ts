import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { type LocalisedText, textLimits } from '../../kernel/index.js';
import { IsCredits, IsId, IsLocalisedText, IsOneLine, JsonShape, MayBeAbsent, PageQuery, registerSchemas } from '../../platform/index.js';
import { programmeLimits, programmeSchemas, type Requirement, type TransferPolicy } from '../domain/index.js';

registerSchemas(programmeSchemas);

const [earliestYear, latestYear] = [1800, 2999];

/** What is recorded of a programme. */
export class ProgrammeForm {
  /** Id of the institution. It stays for ever. */
  @IsId()
  institution!: string;

  /**
   * It stays for ever.
   * @example "BSC-CS"
   */
  @IsOneLine(textLimits.code)
  code!: string;

  /**
   * The year of the catalogue in which the programme stands so. It stays for ever: another year is another programme.
   * @example 2025
   */
  @IsInt()
  @Min(earliestYear)
  @Max(latestYear)
  catalogueYear!: number;

  @IsLocalisedText()
  title!: LocalisedText;

  /**
   * Id of the credit system in which all credits of the programme are counted.
   * @example "ects"
   */
  @IsOneLine(textLimits.identifier)
  creditSystem!: string;

  /** @example 180 */
  @IsCredits()
  totalCredits!: number;

  /** What a student must do: the root of the tree. */
  @JsonShape('Requirement', programmeLimits)
  requirements!: Requirement;

  /** What transferred credit may do; without it, everything. */
  @ApiPropertyOptional()
  @MayBeAbsent()
  @JsonShape('TransferPolicy')
  policy: TransferPolicy = {};
}

/** Which programmes, and which page of them. */
export class ProgrammesQuery extends PageQuery {
  /** Words of a title in any language, whole or their beginning, slightly misspelt or not; the best fit comes first. */
  @MayBeAbsent()
  @IsOneLine(200)
  q?: string;

  /** Those of this institution. */
  @MayBeAbsent()
  @IsId()
  institution?: string;

  /** Those with this code, without regard to case and spacing. */
  @MayBeAbsent()
  @IsOneLine(textLimits.code)
  code?: string;

  /** Those of this catalogue year. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(earliestYear)
  @Max(latestYear)
  catalogueYear?: number;
}
