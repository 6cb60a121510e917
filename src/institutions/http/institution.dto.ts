import { ApiProperty } from '@nestjs/swagger';
import { IsISO31661Alpha2, IsIn, IsUrl, Matches, MaxLength } from 'class-validator';
import type { LocalisedText } from '../../kernel/index.js';
import { IsId, IsIds, IsLocalisedText, IsOneLine, MayBeAbsent, NestedList, PageQuery } from '../../platform/index.js';
import { institutionKinds, type InstitutionKind } from '../domain/index.js';

const countryMessage = { message: 'must be an ISO 3166-1 alpha-2 code such as CN or FR' };

/** How others call an institution. */
export class ExternalIdentifierForm {
  /**
   * `schac`, `ror`, `erasmus`, `cn-moe`, `ipeds`, `opeid` and the like.
   * @example "schac"
   */
  @ApiProperty({ pattern: '^[a-z][a-z0-9-]{0,39}$' })
  @Matches(/^[a-z][a-z0-9-]{0,39}$/, { message: 'must be a short name in lower case such as schac or cn-moe' })
  scheme!: string;

  /** @example "uva.es" */
  @IsOneLine(200)
  value!: string;
}

/** What is recorded of an institution. */
export class InstitutionForm {
  /** It stays for ever. */
  @ApiProperty({ enum: institutionKinds })
  @IsIn(institutionKinds, { message: `must be one of ${institutionKinds.join(', ')}` })
  kind!: InstitutionKind;

  @IsLocalisedText()
  names!: LocalisedText;

  /**
   * ISO 3166-1 alpha-2; only a consortium may do without.
   * @example "CN"
   */
  @MayBeAbsent()
  @Matches(/^[A-Z]{2}$/, countryMessage)
  @IsISO31661Alpha2(countryMessage)
  country?: string;

  /** One identifier names one institution. */
  @MayBeAbsent()
  @NestedList(() => ExternalIdentifierForm, 50)
  @ApiProperty({ required: false })
  identifiers: readonly ExternalIdentifierForm[] = [];

  /**
   * The id of the credit system that the institution itself uses.
   * @example "ects"
   */
  @MayBeAbsent()
  @IsOneLine(100)
  homeCreditSystem?: string;

  /**
   * The id of the grading scale that the institution itself uses.
   * @example "percentage-60"
   */
  @MayBeAbsent()
  @IsOneLine(100)
  homeGradingScale?: string;

  /** Of a consortium: the ids of its members. */
  @MayBeAbsent()
  @IsIds()
  @ApiProperty({ required: false })
  members: readonly string[] = [];

  /** @example "https://www.tsinghua.edu.cn" */
  @ApiProperty({ format: 'uri' })
  @MayBeAbsent()
  @MaxLength(500)
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true }, { message: 'must be an address that begins with https:// or http://' })
  website?: string;
}

/** Which institutions, and which page of them. */
export class InstitutionsQuery extends PageQuery {
  /** Words of a name in any language, whole or their beginning, slightly misspelt or not; the best fit comes first. */
  @MayBeAbsent()
  @IsOneLine(200)
  q?: string;

  @ApiProperty({ enum: institutionKinds })
  @MayBeAbsent()
  @IsIn(institutionKinds, { message: `must be one of ${institutionKinds.join(', ')}` })
  kind?: InstitutionKind;

  /** ISO 3166-1 alpha-2. */
  @MayBeAbsent()
  @Matches(/^[A-Z]{2}$/, countryMessage)
  @IsISO31661Alpha2(countryMessage)
  country?: string;

  /** With an identifier of this scheme. */
  @MayBeAbsent()
  @IsOneLine(40)
  identifierScheme?: string;

  /** With this identifier. */
  @MayBeAbsent()
  @IsOneLine(200)
  identifier?: string;

  /** The members of this consortium. */
  @MayBeAbsent()
  @IsId()
  memberOf?: string;
}
