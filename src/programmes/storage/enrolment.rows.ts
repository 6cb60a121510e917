import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Thousandths } from '../../kernel/index.js';
import type { EnrolmentStatus, HomeCourseStatus } from '../domain/index.js';

@Entity('enrolments')
@Check('enrolments_status_check', `status IN ('active', 'completed', 'withdrawn')`)
@Check('enrolments_ended_on_check', `(status = 'active') = (ended_on IS NULL) AND ended_on >= admission_date`)
export class EnrolmentRow {
  @ForeignKey('learners')
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @ForeignKey('programmes')
  @Column('uuid')
  programmeId!: string;

  @Column('date')
  admissionDate!: string;

  @Column('date', { nullable: true })
  endedOn!: string | null;

  @Column('text')
  status!: EnrolmentStatus;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  /** The institutions that see it: the one of the programme. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}

@Entity('home_courses')
@ForeignKey('enrolments', ['learnerId', 'enrolmentId'], ['learnerId', 'id'])
@Unique('home_courses_attempt_key', ['learnerId', 'enrolmentId', 'normalisedCode', 'attempt'])
@Check('home_courses_attempt_check', 'attempt BETWEEN 1 AND 99')
@Check('home_courses_credits_check', 'credits BETWEEN 0 AND 100000000')
@Check('home_courses_status_check', `status IN ('done', 'underWay')`)
@Check('home_courses_grade_check', '(grading_scale IS NULL) = (grade IS NULL)')
export class HomeCourseRow {
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enrolmentId!: string;

  @Column('text')
  code!: string;

  /** {@link normaliseCode} of the code. */
  @Column('text')
  normalisedCode!: string;

  @Column('integer')
  attempt!: number;

  @Column('text', { nullable: true })
  title!: string | null;

  @Column('integer')
  credits!: Thousandths;

  @ForeignKey('grading_scales')
  @Column('text', { nullable: true })
  gradingScale!: string | null;

  @Column('text', { nullable: true })
  grade!: string | null;

  @Column('text')
  status!: HomeCourseStatus;

  @Column('boolean')
  passFail!: boolean;

  @Column('text', { array: true })
  attributes!: readonly string[];

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  /** The institutions that see it: the one of the programme. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}
