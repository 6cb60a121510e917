import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { GradingScale } from '../../kernel/index.js';

@Entity('credit_systems')
@Check('credit_systems_id_check', `id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
@Check('credit_systems_year_check', 'credits_per_year > 0')
@Check(
  'credit_systems_hours_check',
  '(minimum_hours IS NULL) = (maximum_hours IS NULL) AND minimum_hours > 0 AND minimum_hours <= maximum_hours',
)
export class CreditSystemRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  creditsPerYear!: string | null;

  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  minimumHours!: string | null;

  @Column('numeric', { precision: 9, scale: 3, nullable: true })
  maximumHours!: string | null;

  @Column('text')
  source!: string;

  /** The institution that defined it; null when it ships with the service. */
  @ForeignKey('institutions')
  @Column('uuid', { nullable: true })
  institutionId!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}

@Entity('grading_scales')
@Check('grading_scales_id_check', `id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
export class GradingScaleRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('jsonb')
  grades!: GradingScale['grades'];

  @Column('text')
  passMark!: string;

  @Column('jsonb', { nullable: true })
  numeric!: NonNullable<GradingScale['numeric']> | null;

  @Column('jsonb', { nullable: true })
  distribution!: NonNullable<GradingScale['distribution']> | null;

  @Column('text')
  source!: string;

  /** The institution that defined it; null when it ships with the service. */
  @ForeignKey('institutions')
  @Column('uuid', { nullable: true })
  institutionId!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}
