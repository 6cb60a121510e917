import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { LocalisedText } from '../../kernel/index.js';
import type { InstitutionKind } from '../domain/index.js';

@Entity('institutions')
@Check('institutions_kind_check', `kind IN ('university', 'platform', 'consortium')`)
@Check('institutions_country_check', `country ~ '^[A-Z]{2}$' AND (kind = 'consortium' OR country IS NOT NULL)`)
@Index('institutions_search_vector_idx', { synchronize: false })
@Index('institutions_search_pairs_idx', { synchronize: false })
export class InstitutionRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: InstitutionKind;

  @Column('jsonb')
  names!: LocalisedText;

  @Index()
  @Column('text', { nullable: true })
  country!: string | null;

  @ForeignKey('credit_systems')
  @Column('text', { nullable: true })
  homeCreditSystem!: string | null;

  @ForeignKey('grading_scales')
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

  @Index()
  @ForeignKey('institutions')
  @Column('uuid')
  institutionId!: string;
}

@Entity('institution_members')
@Check('institution_members_check', 'consortium_id <> member_id')
export class InstitutionMemberRow {
  @ForeignKey('institutions')
  @PrimaryColumn('uuid')
  consortiumId!: string;

  @Index()
  @ForeignKey('institutions')
  @PrimaryColumn('uuid')
  memberId!: string;
}

/** The distinct words of all names, against which misspelt ones are matched. */
@Entity('institution_words')
@Index('institution_words_word_trgm_idx', { synchronize: false })
export class InstitutionWordRow {
  @PrimaryColumn('text', { collation: 'C' })
  word!: string;
}
