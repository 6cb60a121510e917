import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalisedText } from '../../kernel/index.js';
import type { InstitutionKind } from '../domain/index.js';

@Entity('institutions')
export class InstitutionRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: InstitutionKind;

  @Column('jsonb')
  names!: LocalisedText;

  @Column('text', { nullable: true })
  country!: string | null;

  @Column('text', { nullable: true })
  homeCreditSystem!: string | null;

  @Column('text', { nullable: true })
  homeGradingScale!: string | null;

  @Column('text', { nullable: true })
  website!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  @Column('tsvector')
  searchVector!: string;

  @Column('text', { array: true })
  searchPairs!: readonly string[];

  /** {@link SearchTerms.size} of the names. */
  @Column('integer')
  searchSize!: number;
}

/** Unique across institutions: the key says it. */
@Entity('institution_identifiers')
export class InstitutionIdentifierRow {
  @PrimaryColumn('text')
  scheme!: string;

  @PrimaryColumn('text')
  value!: string;

  @Column('uuid')
  institutionId!: string;
}

@Entity('institution_members')
export class InstitutionMemberRow {
  @PrimaryColumn('uuid')
  consortiumId!: string;

  @PrimaryColumn('uuid')
  memberId!: string;
}

/** The distinct words of all names, against which misspelt ones are matched. */
@Entity('institution_words')
export class InstitutionWordRow {
  @PrimaryColumn('text', { collation: 'C' })
  word!: string;
}
