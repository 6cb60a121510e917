import { ApiProperty } from '@nestjs/swagger';
import { listSchema, textIn, type LocalisedText, type Period } from '../../kernel/index.js';
import { asView, PageOf, registerSchemas, Shaped, type Versioned } from '../../platform/index.js';
import { searchLimits } from '../../rules/domain/index.js';
import {
  findingsRef,
  findingsSchemas,
  termsLimits,
  visibilities,
  type Agreement,
  type AgreementTerms,
  type Revision,
  type Visibility,
} from '../domain/index.js';
import type { Findings } from '../agreements.service.js';

registerSchemas({
  ...findingsSchemas,
  CatalogueWarnings: listSchema(
    'Courses that the catalogues do not know, or know otherwise than the revision.',
    findingsRef('CatalogueWarning'),
    {
      maxItems: termsLimits.nodes,
    },
  ),
  RuleConflicts: listSchema('Rules that contradict each other or can never fire.', findingsRef('RuleConflict'), {
    maxItems: searchLimits.conflicts,
  }),
});

/** An agreement between institutions. */
export class AgreementView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Its title in the first of the reader's languages that there is. */
  name!: string;

  @Shaped('LocalisedText')
  title!: LocalisedText;

  /** Who may read it: everybody, or its parties alone. */
  @ApiProperty({ enum: visibilities })
  visibility!: Visibility;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function agreementView(agreement: Agreement, languages: readonly string[]): AgreementView {
  return asView(AgreementView, { ...agreement, name: textIn(agreement.title, languages) });
}

export class AgreementPage extends PageOf(AgreementView) {}

/** An immutable revision of an agreement. */
export class RevisionView {
  /** Id of the agreement. */
  @ApiProperty({ format: 'uuid' })
  agreement!: string;

  /** Counted from 1. */
  number!: number;

  /**
   * SHA-256 over the RFC 8785 canonical form of the terms.
   * @example "sha-256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
   */
  digest!: string;

  /** `attested`: one party vouches for it, and the others have not confirmed it. */
  @ApiProperty({ enum: ['attested'] })
  state!: 'attested';

  /** Id of the party that vouches for it. */
  @ApiProperty({ format: 'uuid' })
  attestedBy!: string;

  /** The document or system it was taken from. */
  source!: string;

  /** The days on which it is in force; absent when later revisions have taken all of them. */
  @Shaped('Period')
  inForce?: Period;

  @Shaped('AgreementTerms')
  terms!: AgreementTerms;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;
}

export function revisionView({ attestation, ...revision }: Revision): RevisionView {
  return asView(RevisionView, { ...revision, state: 'attested', attestedBy: attestation.by, source: attestation.source });
}

export class RevisionPage extends PageOf(RevisionView) {}

/** What the authors of a revision should look at. */
export class FindingsView {
  @Shaped('CatalogueWarnings')
  warnings!: Findings['warnings'];

  @Shaped('RuleConflicts')
  conflicts!: Findings['conflicts']['conflicts'];

  /** False when the search for conflicts reached one of its bounds, so that there may be more. */
  complete!: boolean;
}

export function findingsView({ warnings, conflicts }: Findings): FindingsView {
  return asView(FindingsView, { warnings, conflicts: conflicts.conflicts, complete: conflicts.complete });
}
