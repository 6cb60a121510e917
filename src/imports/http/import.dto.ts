import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { type TesCodeType, tesCodeTypes } from '../../formats/tes/index.js';
import { IsId, IsOneLine, MayBeAbsent } from '../../platform/index.js';
import type { Verification } from '../../transcripts/index.js';

/** A parameter that is `true` or `false`. */
function IsFlag(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'boolean', default: false }),
    MayBeAbsent(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** How a file is imported. */
export class ImportQuery {
  /** Answer the same report, and write nothing. */
  @IsFlag()
  dryRun = false;

  /** Keep nothing if anything in the file is wrong; else what is right is kept. */
  @IsFlag()
  atomic = false;
}

/** How a file is imported that states an agreement. */
export class AgreementImportQuery extends ImportQuery {
  /**
   * The document or system that the file was taken from; left out, the file says what it is.
   * @example "Export of the articulation office, 12 March 2026"
   */
  @MayBeAbsent()
  @IsOneLine(500)
  source?: string;
}

/** Where rules are imported. */
export class RulesImportQuery extends AgreementImportQuery {
  /** Id of the agreement that the rules become part of. */
  @IsId()
  agreement!: string;

  /** Id of the party that vouches for them; left out, the one that vouches for the latest revision. */
  @MayBeAbsent()
  @IsId()
  attestedBy?: string;
}

/** For whom a table of certificates is imported. */
export class UoPeopleImportQuery extends AgreementImportQuery {
  /** Id of the institution that recognises the certificates. */
  @IsId()
  receiving!: string;
}

const importedVerifications = ['attested', 'unverified'] as const satisfies readonly Verification[];

/** How completions are imported. */
export class CompletionsImportQuery extends ImportQuery {
  /** `attested`: their issuer itself hands them in. `unverified`: somebody else does. */
  @ApiPropertyOptional({ enum: importedVerifications, default: 'unverified' })
  @MayBeAbsent()
  @IsIn(importedVerifications, { message: `must be one of ${importedVerifications.join(', ')}` })
  verification: (typeof importedVerifications)[number] = 'unverified';
}

/** By which codes a TES flat file names institutions. */
export class TesExportQuery {
  @ApiProperty({ enum: tesCodeTypes, default: 'IPEDSID', required: false })
  @MayBeAbsent()
  @IsIn(tesCodeTypes, { message: `must be one of ${tesCodeTypes.join(', ')}` })
  codeType: TesCodeType = 'IPEDSID';
}
