import { ApiProperty } from '@nestjs/swagger';
import type { CreditSystem, GradingScale } from '../../kernel/index.js';
import { asView, PageOf, type Versioned } from '../../platform/index.js';
import type { Ownership } from '../domain/index.js';

export class HoursView {
  minimum!: number;
  maximum!: number;
}

/** A unit in which learning is counted. */
export class CreditSystemView implements CreditSystem, Ownership, Versioned {
  id!: string;
  name!: string;

  /** Credits of one full-time year of study. */
  creditsPerYear?: number;

  /** Hours of learner workload that one credit stands for. */
  hoursPerCredit?: HoursView;

  /** Where the figures come from. */
  source!: string;

  /** The institution that defined it; absent when it ships with the service. */
  @ApiProperty({ format: 'uuid' })
  institution?: string;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function creditSystemView(system: CreditSystem & Ownership): CreditSystemView {
  return asView(CreditSystemView, system);
}

export class CreditSystemPage extends PageOf(CreditSystemView) {}

export class ScaleGradeView {
  value!: string;
  points?: string;
}

export class MarksView {
  lowest!: string;
  highest!: string;
  descending?: boolean;
}

export class ShareView {
  value!: string;
  share!: string;
}

/** A grading scale. */
export class GradingScaleView implements GradingScale, Ownership, Versioned {
  id!: string;
  name!: string;

  /** From lowest to highest. */
  @ApiProperty({ type: ScaleGradeView, isArray: true })
  grades!: readonly ScaleGradeView[];

  /** The lowest grade or mark that passes. */
  passMark!: string;

  /** Set when any decimal from lowest to highest is a mark. */
  numeric?: MarksView;

  /** The share of each grade among the students who passed. */
  @ApiProperty({ type: ShareView, isArray: true })
  distribution?: readonly ShareView[];

  /** Where the scale comes from. */
  source!: string;

  /** The institution that defined it; absent when it ships with the service. */
  @ApiProperty({ format: 'uuid' })
  institution?: string;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function gradingScaleView(scale: GradingScale & Ownership): GradingScaleView {
  return asView(GradingScaleView, scale);
}

export class GradingScalePage extends PageOf(GradingScaleView) {}
