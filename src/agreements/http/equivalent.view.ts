import { ApiProperty } from '@nestjs/swagger';
import { textIn } from '../../kernel/index.js';
import { asView, PageOf, Shaped } from '../../platform/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { Equivalent } from '../equivalents.service.js';

/** A course edition that a rule names. */
export class SendingCourseView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Id of the institution that teaches it. */
  @ApiProperty({ format: 'uuid' })
  provider!: string;

  code!: string;

  /** Its title in the first of the reader's languages that there is. */
  title!: string;
}

/** A rule in force by which a course counts. */
export class EquivalentView {
  /** Id of the agreement. */
  @ApiProperty({ format: 'uuid' })
  agreement!: string;

  /** Number of its revision. */
  revision!: number;

  /** The party that vouches for the revision. */
  @ApiProperty({ format: 'uuid' })
  attestedBy!: string;

  @Shaped('Rule')
  rule!: Rule;

  /** Ids of the institutions that recognise by it. */
  @Shaped('Ids')
  receiving!: readonly string[];

  /** The course is all that the rule asks for. */
  alone!: boolean;

  /** Editions valid on the day that the rule's source names by code. */
  sendingCourses!: SendingCourseView[];
}

export function equivalentView(equivalent: Equivalent, languages: readonly string[]): EquivalentView {
  const { agreement, number, attestedBy, rule, receiving, alone, sendingCourses } = equivalent;
  const courses = sendingCourses.map(({ id, provider, code, titles }) =>
    asView(SendingCourseView, { id, provider, code, title: textIn(titles, languages) }),
  );
  return asView(EquivalentView, { agreement, revision: number, attestedBy, rule, receiving, alone, sendingCourses: courses });
}

export class EquivalentPage extends PageOf(EquivalentView) {}
