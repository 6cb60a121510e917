import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgreementsService } from '../agreements/index.js';
import { CoursesService } from '../courses/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { type FieldError, Problem } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import { transaction } from '../platform/index.js';
import { TranscriptsService, type Verification } from '../transcripts/index.js';
import { AssistImports } from './documents/assist.js';
import type { FromDocument } from './documents/document.js';
import { TesImports } from './documents/tes.js';
import { UoPeopleImports, type UoPeopleOptions } from './documents/uopeople.js';
import { FileImports } from './file-imports.js';
import type { ImportReport } from './report.js';
import { checkCourse, checkInstitution, courseTarget, institutionTarget } from './tables/catalogue.js';
import { checkCompletion, completionTarget } from './tables/completions.js';
import { fileOfTable, type Table } from './tables/read-table.js';
import { checkRuleShape, type RulesDestination, ruleTarget } from './tables/rules.js';
import type { ImportOptions } from './transactions.js';

export interface RulesOptions extends FromDocument {
  /** Id of the agreement that the rules become part of. */
  readonly agreement: string;
  /** The party that vouches for them; left out, the one that vouches for the latest revision. */
  readonly attestedBy?: string;
}

export interface CompletionsOptions {
  readonly verification: Verification;
}

/** What is read from files of each format, and written; each answers with a report, and the same file again changes nothing. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly files: FileImports,
    private readonly institutionsService: InstitutionsService,
    private readonly coursesService: CoursesService,
    private readonly agreements: AgreementsService,
    private readonly learners: LearnersService,
    private readonly transcripts: TranscriptsService,
    private readonly assistImports: AssistImports,
    private readonly tesImports: TesImports,
    private readonly uoPeopleImports: UoPeopleImports,
  ) {}

  institutions(table: Table, options: ImportOptions): Promise<ImportReport> {
    const file = fileOfTable('institution', table, checkInstitution);
    return this.files.rows(file, institutionTarget(this.institutionsService), options);
  }

  courses(table: Table, options: ImportOptions): Promise<ImportReport> {
    return this.files.rows(fileOfTable('course', table, checkCourse), courseTarget(this.coursesService), options);
  }

  async rules(table: Table, options: ImportOptions & RulesOptions): Promise<ImportReport> {
    const target = ruleTarget(this.agreements, await this.destinationOf(options));
    return this.files.rows(fileOfTable('rule', table, checkRuleShape), target, options);
  }

  completions(table: Table, options: ImportOptions & CompletionsOptions): Promise<ImportReport> {
    const { learners, transcripts } = this;
    const target = completionTarget({ learners, transcripts, verification: options.verification });
    return this.files.rows(fileOfTable('completion', table, checkCompletion), target, options);
  }

  tes(bytes: AsyncIterable<Uint8Array>, options: ImportOptions & FromDocument): Promise<ImportReport> {
    return this.tesImports.import(bytes, options);
  }

  assist(bytes: Uint8Array, options: ImportOptions & FromDocument): Promise<ImportReport> {
    return this.assistImports.import(bytes, options);
  }

  uoPeople(bytes: Uint8Array, options: ImportOptions & UoPeopleOptions): Promise<ImportReport> {
    return this.uoPeopleImports.import(bytes, options);
  }

  /** Where rules go, looked up before anything is read. */
  private async destinationOf({ agreement, attestedBy, source }: RulesOptions): Promise<RulesDestination> {
    const latest = await transaction(this.dataSource, (manager) => this.agreements.lockLatest(manager, agreement));
    if (latest === undefined) throw refusal({ pointer: 'agreement', detail: 'is not a known agreement' });
    const by = attestedBy ?? latest.attestation.by;
    if (!latest.terms.parties.includes(by)) throw refusal({ pointer: 'attestedBy', detail: 'must be a party of the agreement' });
    return { agreement, attestedBy: by, source: source ?? 'Table of rules' };
  }
}

function refusal(error: FieldError): Problem {
  return new Problem('ruleViolated', 'The rules cannot be imported.', [error]);
}
