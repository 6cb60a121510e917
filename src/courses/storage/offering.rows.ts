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

  /** The institution that recorded it, and may change it; none where the service did. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;
}

@Entity('offering_hosts')
export class OfferingHostRow {
  @PrimaryColumn('uuid')
  offeringId!: string;

  @PrimaryColumn('uuid')
  institutionId!: string;

  /** That of the offering. */
  @Column('uuid', { nullable: true })
  recordedBy!: string | null;
}
