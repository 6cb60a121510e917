import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { LocalisedText, Thousandths } from '../../kernel/index.js';
import type { Requirement, TransferPolicy } from '../domain/index.js';

@Entity('programmes')
@Unique(['institutionId', 'normalisedCode', 'catalogueYear'])
@Check('programmes_catalogue_year_check', 'catalogue_year BETWEEN 1800 AND 2999')
@Check('programmes_total_credits_check', 'total_credits BETWEEN 1 AND 100000000')
@Check('programmes_digest_check', `digest ~ '^sha-256:[0-9a-f]{64}$'`)
@Index('programmes_search_vector_idx', { synchronize: false })
@Index('programmes_search_pairs_idx', { synchronize: false })
export class ProgrammeRow {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('institutions')
  @Column('uuid')
  institutionId!: string;

  @Column('text')
  code!: string;

  /** {@link normaliseCode} of the code. */
  @Column('text')
  normalisedCode!: string;

  @Column('integer')
  catalogueYear!: number;

  @Column('jsonb')
  title!: LocalisedText;

  @ForeignKey('credit_systems')
  @Column('text')
  creditSystem!: string;

  @Column('integer')
  totalCredits!: Thousandths;

  @Column('jsonb')
  requirements!: Requirement;

  @Column('jsonb')
  policy!: TransferPolicy;

  @Column('text')
  digest!: string;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  modifiedAt!: Date;

  @Column('tsvector')
  searchVector!: string;

  @Column('text', { array: true })
  searchPairs!: readonly string[];

  /** {@link SearchTerms.size} of the titles. */
  @Column('integer')
  searchSize!: number;
}

/** The distinct words of all titles, against which misspelt ones are matched. */
@Entity('programme_words')
@Index('programme_words_word_trgm_idx', { synchronize: false })
export class ProgrammeWordRow {
  @PrimaryColumn('text', { collation: 'C' })
  word!: string;
}
