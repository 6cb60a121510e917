import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { LocalisedText } from '../../kernel/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { AgreementTerms } from '../domain/index.js';

@Entity('agreements')
@Index('agreements_search_vector_idx', { synchronize: false })
@Index('agreements_search_pairs_idx', { synchronize: false })
export class AgreementRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('jsonb')
  title!: LocalisedText;

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

  /** The institutions that are parties of any of its revisions. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

/** The distinct words of all titles, against which misspelt ones are matched. */
@Entity('agreement_words')
@Index('agreement_words_word_trgm_idx', { synchronize: false })
export class AgreementWordRow {
  @PrimaryColumn('text', { collation: 'C' })
  word!: string;
}

@Entity('agreement_revisions')
@Check('agreement_revisions_number_check', 'number >= 1')
@Check('agreement_revisions_digest_check', `digest ~ '^sha-256:[0-9a-f]{64}$'`)
export class AgreementRevisionRow {
  @ForeignKey('agreements')
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @Column('text')
  digest!: string;

  @Column('jsonb')
  terms!: AgreementTerms;

  /** Empty when a later revision has taken all of its days. */
  @Column('daterange')
  inForce!: string;

  @Index()
  @ForeignKey('institutions')
  @Column('uuid')
  attestedBy!: string;

  @Column('text')
  source!: string;

  @Column('timestamptz')
  recordedAt!: Date;

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

@Entity('agreement_parties')
@ForeignKey('agreement_revisions', ['agreementId', 'number'], ['agreementId', 'number'], { name: 'agreement_parties_revision_fkey' })
@Index(['institutionId', 'agreementId'])
export class AgreementPartyRow {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @ForeignKey('institutions')
  @PrimaryColumn('uuid')
  institutionId!: string;

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

/** An edition that a revision was agreed on. */
@Entity('agreement_editions')
@ForeignKey('agreement_revisions', ['agreementId', 'number'], ['agreementId', 'number'], { name: 'agreement_editions_revision_fkey' })
@Index(['courseId'])
export class AgreementEditionRow {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  /** Where the terms look for the code. */
  @ForeignKey('institutions')
  @PrimaryColumn('uuid')
  institutionId!: string;

  @ForeignKey('courses')
  @PrimaryColumn('uuid')
  courseId!: string;

  @Column('text')
  normalisedCode!: string;

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

/** A credit system that the terms of a revision name: it no longer changes. */
@Entity('agreement_credit_systems')
@ForeignKey('agreement_revisions', ['agreementId', 'number'], ['agreementId', 'number'], {
  name: 'agreement_credit_systems_revision_fkey',
})
@Index(['creditSystem'])
export class AgreementCreditSystemRow {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @ForeignKey('credit_systems')
  @PrimaryColumn('text')
  creditSystem!: string;

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

/** A grading scale that the terms of a revision name: it no longer changes. */
@Entity('agreement_grading_scales')
@ForeignKey('agreement_revisions', ['agreementId', 'number'], ['agreementId', 'number'], {
  name: 'agreement_grading_scales_revision_fkey',
})
@Index(['gradingScale'])
export class AgreementGradingScaleRow {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @ForeignKey('grading_scales')
  @PrimaryColumn('text')
  gradingScale!: string;

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

/** A rule of a revision by what it is looked up by; the terms hold it too. */
@Entity('agreement_rules')
@ForeignKey('agreement_revisions', ['agreementId', 'number'], ['agreementId', 'number'], { name: 'agreement_rules_revision_fkey' })
@Index('agreement_rules_wide_idx', ['agreementId', 'number'], { where: 'has_wide_selector' })
export class AgreementRuleRow {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @PrimaryColumn('text')
  ruleId!: string;

  @Column('jsonb')
  rule!: Rule;

  @Column('text', { array: true })
  sourceCodes!: readonly string[];

  @Column('boolean')
  hasWideSelector!: boolean;

  @Column('text', { array: true })
  targetCodes!: readonly string[];

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}

/** A code that a rule names, by which the rule is found. */
@Entity('agreement_rule_codes')
@ForeignKey('agreement_rules', ['agreementId', 'number', 'ruleId'], ['agreementId', 'number', 'ruleId'], {
  name: 'agreement_rule_codes_rule_fkey',
})
@Index(['code', 'side'])
@Check('agreement_rule_codes_side_check', `side IN ('source', 'target')`)
export class AgreementRuleCodeRow {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @PrimaryColumn('text')
  ruleId!: string;

  /** Whether the rule takes courses of that code, or awards them. */
  @PrimaryColumn('text')
  side!: 'source' | 'target';

  /** In normal form. */
  @PrimaryColumn('text')
  code!: string;

  /** The institutions that are parties of the revision. */
  @Column('uuid', { array: true })
  parties!: readonly string[];

  /** Whether everybody may read the agreement. */
  @Column('boolean')
  isPublic!: boolean;
}
