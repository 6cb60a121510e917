import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { EntryKind } from '../domain/index.js';

/** One line of the ledger. Lines are only ever added. */
@Entity('redemption_entries')
@ForeignKey('completions', ['learnerId', 'completionId'], ['learnerId', 'id'])
@ForeignKey('redemption_entries', ['learnerId', 'replacesId'], ['learnerId', 'id'])
@Unique(['learnerId', 'replacesId'])
@Index(['learnerId', 'completionId'])
@Check('redemption_entries_kind_check', `kind IN ('redeemed', 'transferred', 'undone')`)
@Check('redemption_entries_replaces_check', `(kind = 'redeemed') = (replaces_id IS NULL)`)
export class RedemptionEntryRow {
  @PrimaryColumn('uuid')
  learnerId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  completionId!: string;

  @ForeignKey('institutions')
  @Column('uuid')
  institutionId!: string;

  @Column('text')
  programmeCode!: string;

  @Column('date')
  decidedOn!: string;

  @Column('text')
  kind!: EntryKind;

  /** The entry whose credit moves, or is given back. */
  @Column('uuid', { nullable: true })
  replacesId!: string | null;

  @Column('timestamptz')
  recordedAt!: Date;

  /** The institutions that see it; `refreshReaders` says which. */
  @Column('uuid', { array: true })
  readers!: readonly string[];
}
