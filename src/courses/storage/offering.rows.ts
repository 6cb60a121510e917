import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('offerings')
export class OfferingRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  courseId!: string;

  @Column('daterange')
  period!: string;

  @Column('text')
  language!: string;

  @Column('integer', { nullable: true })
  capacity!: number | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;
}

@Entity('offering_hosts')
export class OfferingHostRow {
  @PrimaryColumn('uuid')
  offeringId!: string;

  @PrimaryColumn('uuid')
  institutionId!: string;
}
