import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of a file that waits until all of the file has arrived. Not logged: after a crash there is nothing to go on with. */
@Entity('import_rows')
@Check('import_rows_line_check', 'line >= 1')
export class ImportRowRow {
  @PrimaryColumn('uuid')
  importId!: string;

  /** What the row is about: rows about one thing are taken together. */
  @PrimaryColumn({ type: 'text', collation: 'C' })
  key!: string;

  @PrimaryColumn('integer')
  line!: number;

  @Column('jsonb')
  value!: object;

  /** Bytes of the value as JSON. */
  @Column('integer')
  size!: number;

  /** For whom it is imported. */
  @Column('uuid', { nullable: true, default: () => 'scope_id()' })
  scope!: string | null;
}

/** What an import made of one part of a file: so that the same again changes nothing, whatever became of it since. */
@Entity('import_sources')
@Check('import_sources_key_check', `key ~ '^sha-256:[0-9a-f]{64}$'`)
@Check('import_sources_digest_check', `digest ~ '^sha-256:[0-9a-f]{64}$'`)
export class ImportSourceRow {
  /** The digest of what identifies the part: the format, and whom and what it is about. */
  @PrimaryColumn('text')
  key!: string;

  /** The digest of what the part stated when it was taken last. */
  @Column('text')
  digest!: string;

  /** The agreement or programme that it became. */
  @Column('uuid')
  resourceId!: string;
}
