import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, Matches, MaxLength } from 'class-validator';
import { IsAmount, IsId, IsOneLine, MayBeAbsent, Nested, NestedList, PageQuery } from '../../platform/index.js';

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const slugMessage = { message: 'must be words of lower-case letters and digits joined by hyphens, such as uvic-unit' };
const decimal = /^\d{1,12}(\.\d{1,9})?$/;
const decimalMessage = { message: 'must be a decimal number in text, such as "3.7"' };

/** An interval, both ends included. */
export class HoursForm {
  @IsAmount(1000)
  minimum!: number;

  @IsAmount(1000)
  maximum!: number;
}

/** How a credit system is defined. */
export class CreditSystemChangeForm {
  @IsOneLine(200)
  name!: string;

  /** Credits of one full-time year of study. */
  @MayBeAbsent()
  @IsAmount(100_000)
  creditsPerYear?: number;

  /** Hours of learner workload that one credit stands for. */
  @MayBeAbsent()
  @Nested(() => HoursForm)
  hoursPerCredit?: HoursForm;

  /** Where the figures come from. */
  @IsOneLine(1000)
  source!: string;
}

/** A credit system of an institution. */
export class CreditSystemForm extends CreditSystemChangeForm {
  /**
   * What others will name it by.
   * @example "uvic-unit"
   */
  @ApiProperty({ pattern: slug.source })
  @Matches(slug, slugMessage)
  @MaxLength(60)
  id!: string;

  /** The institution that defines it. */
  @IsId()
  institution!: string;
}

export class ScaleGradeForm {
  /** @example "B+" */
  @IsOneLine(60)
  value!: string;

  /**
   * Grade points, or the mark the grade begins at.
   * @example "3.3"
   */
  @MayBeAbsent()
  @ApiProperty({ pattern: decimal.source })
  @Matches(decimal, decimalMessage)
  points?: string;
}

/** The marks of a numeric scale. */
export class MarksForm {
  @ApiProperty({ pattern: decimal.source })
  @Matches(decimal, decimalMessage)
  lowest!: string;

  @ApiProperty({ pattern: decimal.source })
  @Matches(decimal, decimalMessage)
  highest!: string;

  /** A smaller number is better. */
  @MayBeAbsent()
  @IsBoolean()
  descending?: boolean;
}

export class ShareForm {
  /** A grade of the scale that passes. */
  @IsOneLine(60)
  value!: string;

  /**
   * A decimal from 0 to 1.
   * @example "0.25"
   */
  @ApiProperty({ pattern: decimal.source })
  @Matches(decimal, decimalMessage)
  share!: string;
}

/** How a grading scale is defined. */
export class GradingScaleChangeForm {
  @IsOneLine(200)
  name!: string;

  /** From lowest to highest. A scale of marks may name none. */
  @NestedList(() => ScaleGradeForm, 200)
  grades!: ScaleGradeForm[];

  /** The lowest grade or mark that passes. */
  @IsOneLine(60)
  passMark!: string;

  /** Set when any decimal from lowest to highest is a mark. */
  @MayBeAbsent()
  @Nested(() => MarksForm)
  numeric?: MarksForm;

  /** The share of each grade among the students who passed, as in an ECTS grading table; together exactly 1. */
  @MayBeAbsent()
  @NestedList(() => ShareForm, 200)
  distribution?: ShareForm[];

  /** Where the scale comes from. */
  @IsOneLine(1000)
  source!: string;
}

/** A grading scale of an institution. */
export class GradingScaleForm extends GradingScaleChangeForm {
  /**
   * What others will name it by.
   * @example "uvic"
   */
  @ApiProperty({ pattern: slug.source })
  @Matches(slug, slugMessage)
  @MaxLength(60)
  id!: string;

  /** The institution that defines it. */
  @IsId()
  institution!: string;
}

/** Whose, and which page of them. */
export class MeasuresQuery extends PageQuery {
  /** Only those that this institution has defined. */
  @MayBeAbsent()
  @IsId()
  institution?: string;
}
