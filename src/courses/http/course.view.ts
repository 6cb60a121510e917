import { ApiProperty } from '@nestjs/swagger';
import type { LocalisedText, Period } from '../../kernel/index.js';
import { asView, PageOf, Shaped, type Versioned } from '../../platform/index.js';
import { type DeliveryMode, deliveryModes, type TitledCourse } from '../domain/index.js';

export class AssessmentView {
  proctored!: boolean;
  identityVerified!: boolean;
}

/** One edition of a course. */
export class CourseView implements TitledCourse, Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** The institution that teaches it and answers for it. */
  @ApiProperty({ format: 'uuid' })
  provider!: string;

  /** Its name in the first of the reader's languages that there is. */
  providerName!: string;

  /** The institution on whose platform it runs, if that is not the provider. */
  @ApiProperty({ format: 'uuid' })
  platform?: string;

  platformName?: string;
  code!: string;

  /** Its title in the first of the reader's languages that there is. */
  title!: string;

  @Shaped('LocalisedText')
  titles!: LocalisedText;

  credits!: number;
  creditSystem!: string;

  /** Hours of learner workload. */
  workloadHours?: number;

  weeks?: number;

  /** Level of the European Qualifications Framework. */
  eqfLevel?: number;

  /** Field of ISCED-F 2013. */
  isced?: string;

  /** Languages of instruction. */
  @Shaped('LanguageTags')
  languages!: readonly string[];

  @Shaped('LearningOutcomes')
  learningOutcomes!: readonly LocalisedText[];

  assessment!: AssessmentView;

  @ApiProperty({ enum: deliveryModes })
  delivery!: DeliveryMode;

  repeatable!: boolean;

  @Shaped('Period')
  validity!: Period;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export class CoursePage extends PageOf(CourseView) {}

export function courseView(course: TitledCourse): CourseView {
  return asView(CourseView, course);
}
