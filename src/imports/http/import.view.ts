import { ApiProperty } from '@nestjs/swagger';
import { asView } from '../../platform/index.js';
import { type ListedException, type ListedExceptionCode, listedExceptionCodes } from '../domain/index.js';
import {
  type Change,
  type ImportedResource,
  importedResources,
  type ImportError,
  type ImportErrorCode,
  importErrorCodes,
  type ImportReport,
  type ResourceCounts,
  type StatedResource,
} from '../report.js';

/** How many resources of a kind became what. */
export class ImportCountsView implements ResourceCounts {
  @ApiProperty({ enum: importedResources })
  resource!: ImportedResource;

  created!: number;

  changed!: number;

  unchanged!: number;

  /** Rules that an agreement had before and that the file no longer states. */
  removed!: number;

  refused!: number;
}

/** An agreement or programme that the file states. */
export class ImportedResourceView implements StatedResource {
  @ApiProperty({ enum: ['agreements', 'programmes'] })
  resource!: 'agreements' | 'programmes';

  /** With `dryRun` the id that nothing has: the resource was not kept. */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['created', 'changed', 'unchanged'] })
  change!: Extract<Change, 'created' | 'changed' | 'unchanged'>;

  /** Of an agreement: the revision that says it. */
  revision?: number;
}

/** What is not carried over, or not all of it. */
export class ListedExceptionView {
  @ApiProperty({ enum: listedExceptionCodes })
  code!: ListedExceptionCode;

  /** JSON Pointer (RFC 6901) into the document; the empty one is the whole. */
  pointer?: string;

  /** Line of the file, counted from 1. */
  line?: number;

  /** Column on that line. */
  field?: string;

  detail!: string;
}

/** Why a row, or a part of a document, was not taken. */
export class ImportErrorView implements ImportError {
  /** Line of the file on which the row begins, counted from 1. */
  line?: number;

  /** Column, or JSON Pointer (RFC 6901) into the row or document; absent where the whole is wrong. */
  field?: string;

  /**
   * About the form: `encoding`, `nul`, `tooLong`, `malformed`, `columns`. `invalid`: a field is not what it must be. `refused`: it contradicts what is on
   * record.
   */
  @ApiProperty({ enum: importErrorCodes })
  code!: ImportErrorCode;

  detail!: string;
}

/** What an import has done, or with `dryRun` would do. Lists hold the first 1,000 items; the counts beside them count all. */
export class ImportReportView {
  /** @example "courses" */
  format!: string;

  dryRun!: boolean;

  atomic!: boolean;

  /** Whether what is reported as created and changed has been kept: not with `dryRun`, nor with `atomic` where there are errors. */
  kept!: boolean;

  @ApiProperty({ type: ImportCountsView, isArray: true })
  counts!: readonly ImportCountsView[];

  /** The agreements and programmes that the file states. */
  @ApiProperty({ type: ImportedResourceView, isArray: true })
  resources!: readonly ImportedResourceView[];

  resourceCount!: number;

  /** What the file says and the service cannot hold: nothing is dropped silently. */
  @ApiProperty({ type: ListedExceptionView, isArray: true })
  exceptions!: readonly ListedExceptionView[];

  exceptionCount!: number;

  /** What was not taken, in the order of the file. */
  @ApiProperty({ type: ImportErrorView, isArray: true })
  errors!: readonly ImportErrorView[];

  errorCount!: number;
}

export function importReportView(report: ImportReport): ImportReportView {
  return asView(ImportReportView, {
    ...report,
    counts: report.counts.map((counts) => asView(ImportCountsView, counts)),
    resources: report.resources.map((resource) => asView(ImportedResourceView, resource)),
    exceptions: report.exceptions.map(exceptionView),
    errors: report.errors.map((error) => asView(ImportErrorView, error)),
  });
}

function exceptionView({ code, where, detail }: ListedException): ListedExceptionView {
  return asView(ListedExceptionView, { code, ...where, detail });
}

/** What a TES flat file of a revision cannot say. */
export class TesExceptionsView {
  @ApiProperty({ type: ListedExceptionView, isArray: true })
  exceptions!: readonly ListedExceptionView[];
}

export function tesExceptionsView(exceptions: readonly ListedException[]): TesExceptionsView {
  return asView(TesExceptionsView, { exceptions: exceptions.map(exceptionView) });
}
