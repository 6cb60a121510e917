import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { LocalisedText } from '../../kernel/index.js';
import {
  IsCalendarDate,
  IsId,
  IsLocalisedText,
  IsOneLine,
  JsonShape,
  MayBeAbsent,
  Nested,
  PageQuery,
  registerSchemas,
} from '../../platform/index.js';
import { ruleSchemas } from '../../rules/domain/index.js';
import {
  agreementSchemas,
  termsLimits,
  visibilities,
  type AgreementDetails,
  type AgreementTerms,
  type Visibility,
} from '../domain/index.js';

registerSchemas({ ...ruleSchemas, ...agreementSchemas });

/** A revision that one party vouches for. */
export class RevisionForm {
  /** Id of the party that vouches for it. */
  @IsId()
  attestedBy!: string;

  /**
   * The document or system it was taken from.
   * @example "Memorandum of 12 March 2026, annex B"
   */
  @IsOneLine(500)
  source!: string;

  /** What was agreed on. */
  @JsonShape('AgreementTerms', { depth: termsLimits.depth, nodes: termsLimits.nodes })
  terms!: AgreementTerms;
}

/** What is said of an agreement as a whole. */
export class AgreementChangeForm implements AgreementDetails {
  @IsLocalisedText()
  title!: LocalisedText;

  /** Who may read it: everybody, or its parties alone. */
  @ApiProperty({ enum: visibilities, required: false, default: 'parties' })
  @MayBeAbsent()
  @IsIn(visibilities, { message: `must be one of ${visibilities.join(', ')}` })
  visibility: Visibility = 'parties';
}

/** An agreement with its first revision. */
export class AgreementForm extends AgreementChangeForm {
  @Nested(() => RevisionForm)
  revision!: RevisionForm;
}

/** Which agreements, and which page of them. */
export class AgreementsQuery extends PageQuery {
  /** Words of a title or of a party’s name in any language, whole or their beginning, slightly misspelt or not; the best fit comes first. */
  @MayBeAbsent()
  @IsOneLine(200)
  q?: string;

  /** Those to which this institution is a party. */
  @MayBeAbsent()
  @IsId()
  institution?: string;

  /** Those of which a revision is in force on this day. */
  @MayBeAbsent()
  @IsCalendarDate()
  inForceOn?: string;
}
