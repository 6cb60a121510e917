import { Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OriginalBytes } from '../../platform/index.js';
import { ImportsService } from '../imports.service.js';
import type { Table } from '../tables/read-table.js';
import { FileBody, TableBody, TakesDocument, TakesTable, TakesText } from './file-body.js';
import { AgreementImportQuery, CompletionsImportQuery, ImportQuery, RulesImportQuery, UoPeopleImportQuery } from './import.dto.js';
import { ImportReportView, importReportView } from './import.view.js';

@ApiTags('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  /** Imports institutions, one a row. Their identifiers say which institution a row is about; what it leaves out stays. */
  @Post('institutions')
  @HttpCode(200)
  @TakesTable()
  async institutions(@Query() query: ImportQuery, @TableBody() table: Table): Promise<ImportReportView> {
    return importReportView(await this.imports.institutions(table, query));
  }

  /** Imports editions of courses, one a row. Provider, code and first day say which edition a row is about. */
  @Post('courses')
  @HttpCode(200)
  @TakesTable()
  async courses(@Query() query: ImportQuery, @TableBody() table: Table): Promise<ImportReportView> {
    return importReportView(await this.imports.courses(table, query));
  }

  /** Imports rules, one a row, into the latest revision of an agreement, as its next one. */
  @Post('rules')
  @HttpCode(200)
  @TakesTable()
  async rules(@Query() query: RulesImportQuery, @TableBody() table: Table): Promise<ImportReportView> {
    return importReportView(await this.imports.rules(table, query));
  }

  /** Imports completions, one a row. Those of one learner by one issuer on one day are one transcript. */
  @Post('completions')
  @HttpCode(200)
  @TakesTable()
  async completions(@Query() query: CompletionsImportQuery, @TableBody() table: Table): Promise<ImportReportView> {
    return importReportView(await this.imports.completions(table, query));
  }

  /** Imports a TES or Transferology flat file: an agreement for each pair of institutions. */
  @Post('tes')
  @HttpCode(200)
  @TakesText()
  async tes(@Query() query: AgreementImportQuery, @FileBody() bytes: AsyncIterable<Uint8Array>): Promise<ImportReportView> {
    return importReportView(await this.imports.tes(bytes, query));
  }

  /** Imports an ASSIST agreement by major: institutions, courses, the agreement, and the programme. */
  @Post('assist')
  @HttpCode(200)
  @TakesDocument()
  async assist(@Query() query: AgreementImportQuery, @OriginalBytes() bytes: Uint8Array): Promise<ImportReportView> {
    return importReportView(await this.imports.assist(bytes, query));
  }

  /** Imports the UoPeople table of MOOCs and certificates as an agreement. */
  @Post('uopeople')
  @HttpCode(200)
  @TakesDocument()
  async uoPeople(@Query() query: UoPeopleImportQuery, @OriginalBytes() bytes: Uint8Array): Promise<ImportReportView> {
    return importReportView(await this.imports.uoPeople(bytes, query));
  }
}
