import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GradingScale } from '../../kernel/index.js';

@Entity('credit_systems')
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
  @Column('uuid', { nullable: true })
  institutionId!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}

@Entity('grading_scales')
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
  @Column('uuid', { nullable: true })
  institutionId!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}
