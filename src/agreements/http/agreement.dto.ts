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
import { agreementSchemas, termsLimits, type AgreementTerms } from '../domain/index.js';

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

/** An agreement with its first revision. */
export class AgreementForm {
  @IsLocalisedText()
  title!: LocalisedText;

  @Nested(() => RevisionForm)
  revision!: RevisionForm;
}

/** What an agreement is called. */
export class AgreementTitleForm {
  @IsLocalisedText()
  title!: LocalisedText;
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
