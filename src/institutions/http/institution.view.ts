import { ApiProperty } from '@nestjs/swagger';
import type { LocalisedText } from '../../kernel/index.js';
import { asView, PageOf, Shaped, type Versioned } from '../../platform/index.js';
import { institutionKinds, type InstitutionKind, type NamedInstitution } from '../domain/index.js';

export class ExternalIdentifierView {
  scheme!: string;
  value!: string;
}

/** An institution as recorded. */
export class InstitutionView implements NamedInstitution, Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: institutionKinds })
  kind!: InstitutionKind;

  /** Its name in the first of the reader's languages that there is. */
  name!: string;

  @Shaped('LocalisedText')
  names!: LocalisedText;

  /** ISO 3166-1 alpha-2. */
  country?: string;

  @ApiProperty({ type: ExternalIdentifierView, isArray: true })
  identifiers!: readonly ExternalIdentifierView[];

  homeCreditSystem?: string;
  homeGradingScale?: string;

  /** Ids of the members of a consortium. */
  @Shaped('Ids')
  members!: readonly string[];

  website?: string;
  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function institutionView(institution: NamedInstitution): InstitutionView {
  return asView(InstitutionView, institution);
}

export class InstitutionPage extends PageOf(InstitutionView) {}
