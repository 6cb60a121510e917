import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalisedText } from '../../kernel/index.js';
import type { DeliveryMode } from '../domain/index.js';

@Entity('courses')
export class CourseRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  providerId!: string;

  @Column('uuid', { nullable: true })
  platformId!: string | null;

  @Column('text')
  code!: string;

  /** The code without case and spacing, by which editions are told apart and found. */
  @Column('text')
  normalisedCode!: string;

  @Column('jsonb')
  titles!: LocalisedText;

  @Column('numeric', { precision: 9, scale: 3 })
  credits!: string;

  @Column('text')
  creditSystem!: string;

  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  workloadHours!: string | null;

  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  weeks!: string | null;

  @Column('smallint', { nullable: true })
  eqfLevel!: number | null;

  /** In C collation, so that a field is found by the beginning of its code. */
  @Column({ type: 'text', nullable: true, collation: 'C' })
  isced!: string | null;

  @Column('text', { array: true })
  languages!: readonly string[];

  @Column('jsonb')
  learningOutcomes!: readonly LocalisedText[];

  @Column('boolean')
  proctored!: boolean;

  @Column('boolean')
  identityVerified!: boolean;

  @Column('text')
  delivery!: DeliveryMode;

  @Column('boolean')
  repeatable!: boolean;

  @Column('daterange')
  validity!: string;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  @Column('tsvector')
  searchVector!: string;

  @Column('text', { array: true })
  searchPairs!: readonly string[];

  /** The size of the shortest title, see `searchTerms`. */
  @Column('integer')
  searchSize!: number;
}

/** The distinct words of all titles, against which misspelt ones are matched. */
@Entity('course_words')
export class CourseWordRow {
  @PrimaryColumn('text', { collation: 'C' })
  word!: string;
}

/** What refers to an edition. While anything does, the edition does not change. */
@Entity('course_edition_references')
export class CourseEditionReferenceRow {
  @PrimaryColumn('uuid')
  courseId!: string;

  @PrimaryColumn('text')
  referrerKind!: 'agreement';

  @PrimaryColumn('uuid')
  referrerId!: string;
}
