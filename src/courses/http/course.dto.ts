import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { type LocalisedText, type Period, textLimits } from '../../kernel/index.js';
import {
  IsAmount,
  IsCalendarDate,
  IsCredits,
  IsId,
  IsLanguageTag,
  IsLanguageTags,
  IsLocalisedText,
  IsOneLine,
  IsPeriod,
  JsonShape,
  MayBeAbsent,
  Nested,
  PageQuery,
  registerSchemas,
} from '../../platform/index.js';
import { type DeliveryMode, deliveryModes } from '../domain/index.js';

registerSchemas({
  LearningOutcomes: {
    type: 'array',
    description: 'What a learner knows and can do at the end, one statement after another.',
    items: { $ref: '#/components/schemas/LocalisedText' },
    maxItems: 100,
  },
});

const deliveryMessage = { message: `must be one of ${deliveryModes.join(', ')}` };
const iscedMessage = { message: 'must be a code of ISCED-F 2013 with two to four digits' };

/** How completion is assessed. */
export class AssessmentForm {
  /** Somebody, or something, watches over the assessment. */
  @IsBoolean()
  proctored!: boolean;

  /** Who takes the assessment is verified. */
  @IsBoolean()
  identityVerified!: boolean;
}

/** What an edition says of its course: everything but who teaches it under which code. */
export class EditionForm {
  /** The institution on whose platform it runs, if that is not the provider. */
  @MayBeAbsent()
  @IsId()
  platform?: string;

  @IsLocalisedText()
  titles!: LocalisedText;

  /** At most three decimals. */
  @IsCredits()
  credits!: number;

  /**
   * The id of the credit system of `credits`.
   * @example "ects"
   */
  @IsOneLine(textLimits.identifier)
  creditSystem!: string;

  /** Hours of learner workload. */
  @MayBeAbsent()
  @IsAmount(100_000)
  workloadHours?: number;

  @MayBeAbsent()
  @IsAmount(1000)
  weeks?: number;

  /** Level of the European Qualifications Framework. */
  @ApiProperty({ type: 'integer' })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(8)
  eqfLevel?: number;

  /**
   * Field of ISCED-F 2013, two to four digits.
   * @example "0311"
   */
  @MayBeAbsent()
  @ApiProperty({ pattern: '^\\d{2,4}$' })
  @Matches(/^\d{2,4}$/, iscedMessage)
  isced?: string;

  /** Languages of instruction. */
  @MayBeAbsent()
  @IsLanguageTags()
  @ApiProperty({ required: false })
  languages: readonly string[] = [];

  @MayBeAbsent()
  @JsonShape('LearningOutcomes')
  @ApiProperty({ required: false })
  learningOutcomes: readonly LocalisedText[] = [];

  @Nested(() => AssessmentForm)
  assessment!: AssessmentForm;

  /**
   * `onCampus`: face to face. `blended`: partly so, partly online. `mooc`: an open online course. `liveOnline`: a global open course, taught live over the net to
   * students of many universities. `hybridClassroom`: one class shared by campuses. `distance`: other guided study at a distance.
   */
  @ApiProperty({ enum: deliveryModes })
  @IsIn(deliveryModes, deliveryMessage)
  delivery!: DeliveryMode;

  /** Each attempt may earn credit. */
  @ApiProperty({ type: 'boolean', default: false, required: false })
  @MayBeAbsent()
  @IsBoolean()
  repeatable = false;

  /** The days on which this edition holds; editions of one code of a provider never overlap. */
  @IsPeriod()
  validity!: Period;
}

/** One edition of a course. */
export class CourseForm extends EditionForm {
  /** The institution that teaches it and answers for it. */
  @IsId()
  provider!: string;

  /**
   * Compared without case and spacing.
   * @example "CMPT 120"
   */
  @IsOneLine(textLimits.code)
  code!: string;
}

/** Which courses, and which page of them. */
export class CoursesQuery extends PageQuery {
  /** Words of a title in any language, whole or their beginning, slightly misspelt or not, or a code; the best fit comes first. */
  @MayBeAbsent()
  @IsOneLine(200)
  q?: string;

  @MayBeAbsent()
  @IsId()
  provider?: string;

  @MayBeAbsent()
  @IsId()
  platform?: string;

  /** Without case and spacing. */
  @MayBeAbsent()
  @IsOneLine(textLimits.code)
  code?: string;

  /** Only editions that hold on this day. */
  @MayBeAbsent()
  @IsCalendarDate()
  validOn?: string;

  @ApiProperty({ enum: deliveryModes })
  @MayBeAbsent()
  @IsIn(deliveryModes, deliveryMessage)
  delivery?: DeliveryMode;

  /** A field of ISCED-F 2013 and everything within it. */
  @MayBeAbsent()
  @ApiProperty({ pattern: '^\\d{2,4}$' })
  @Matches(/^\d{2,4}$/, iscedMessage)
  isced?: string;

  /** A language of instruction; `zh` finds `zh-CN` too. */
  @MayBeAbsent()
  @IsLanguageTag()
  language?: string;
}
