import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AgreementTerms, termsLimits } from '../../agreements/domain/index.js';
import { readTes, type TesRow } from '../../formats/tes/index.js';
import type { ExternalIdentifier, InstitutionImport } from '../../institutions/index.js';
import { identifierKey } from '../../institutions/domain/index.js';
import { type FieldError, textIn } from '../../kernel/index.js';
import type { Rule } from '../../rules/domain/index.js';
import { importTes, type ListedException, type TesImport, tesInstitutions } from '../domain/index.js';
import { FileImports, type ReadRow, type RowTarget } from '../file-imports.js';
import type { Group } from '../groups.js';
import type { RefusedRules } from '../recording/left-out-rules.js';
import { NamedCourses } from '../recording/named-courses.js';
import { NamedInstitutions } from '../recording/named-institutions.js';
import { StatedAgreements } from '../recording/stated-agreements.js';
import type { ImportReport, Report } from '../report.js';
import type { ImportOptions } from '../transactions.js';
import { unreadable } from '../tables/read-table.js';
import type { FromDocument } from './document.js';

/** Takes TES flat files: the rows of each pair of institutions are one agreement. */
@Injectable()
export class TesImports {
  constructor(
    private readonly files: FileImports,
    private readonly institutions: NamedInstitutions,
    private readonly courses: NamedCourses,
    private readonly agreements: StatedAgreements,
  ) {}

  import(bytes: AsyncIterable<Uint8Array>, options: ImportOptions & FromDocument): Promise<ImportReport> {
    const file = { format: 'tes', rows: rowsOf(bytes), fieldName: (pointer: string) => pointer };
    return this.files.rows(file, this.target(options.source ?? 'TES flat file'), options);
  }

  private target(source: string): RowTarget<TesRow> {
    return {
      resource: 'rules',
      keyOf: (row) => {
        const { sending, receiving } = tesInstitutions(row);
        return JSON.stringify([receiving, sending].map(({ identifiers }) => identifiers.map(identifierKey)));
      },
      largestGroup: { rows: termsLimits.rules, bytes: 32 * 1024 * 1024 },
      take: async (manager, groups, report) => {
        for (const group of groups) await this.take(manager, group, source, report);
      },
    };
  }

  /** Records the agreement of one pair of institutions. */
  private async take(manager: EntityManager, group: Group<TesRow>, source: string, report: Report): Promise<void> {
    const [first] = group.rows;
    if (first === undefined) return;
    const stated = tesInstitutions(first.value);
    const receiving = await this.institutions.find(manager, stated.receiving, report);
    if (!receiving.ok) {
      refuseAll(group, notOnRecord('ReceiveInstitutionCode', stated.receiving), report);
      return;
    }
    const sending = await this.institutions.find(manager, stated.sending, report);
    if (!sending.ok) {
      refuseAll(group, notOnRecord('SendInstitutionCode', stated.sending), report);
      return;
    }
    const [from, to] = [sending.institution, receiving.institution];
    const codes = group.rows.flatMap(({ value }) => value.receivingCourses);
    const file = importTes(group.rows, {
      institution: (_, code) => (code === first.value.sending.code ? from.id : to.id),
      credits: await this.courses.creditsOf(manager, to, codes),
    });
    reportListed(file, report);
    const title = `${textIn(from.names, [])} to ${textIn(to.names, [])}`;
    for (const terms of file.agreements) {
      const agreement = { key: ['tes', to.id, from.id], title: { en: title }, attestedBy: to.id, source, terms };
      reportRefused(file, terms, await this.agreements.record(manager, agreement, report), report);
    }
  }
}

/** What is longer names no institution that anybody could record. */
const longestCode = 200;

async function* rowsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadRow<TesRow>> {
  for await (const row of readTes(bytes)) {
    if (row.kind === 'error') yield unreadable(row);
    else {
      const { line, value } = row;
      const { sending, receiving } = value;
      const long = [sending, receiving].flatMap(({ code }, index) => (code.length > longestCode ? [index === 0 ? 'Send' : 'Receive'] : []));
      if (long.length === 0) yield { kind: 'value', line, value };
      else {
        const detail = `must not be longer than ${String(longestCode)} characters`;
        yield { kind: 'error', line, faults: long.map((side) => ({ code: 'invalid', field: `${side}InstitutionCode`, detail })) };
      }
    }
  }
}

function refuseAll({ rows }: Group<TesRow>, errors: readonly FieldError[], report: Report): void {
  for (const { line } of rows) report.refuseRow('rules', line, errors);
}

function notOnRecord(column: string, { identifiers, country }: InstitutionImport): FieldError[] {
  const named = identifiers.map(({ scheme, value }: ExternalIdentifier) => `${value} of the scheme ${scheme}`).join(', ');
  const detail =
    country === undefined
      ? `is no institution on record, and the file does not say its country: record it first, with the identifier ${named}`
      : `is no institution on record, and cannot be recorded`;
  return [{ pointer: column, detail }];
}

/** What the rows say and the agreement does not. */
function reportListed({ rows, exceptions, privateComments }: TesImport, report: Report): void {
  report.except(exceptions);
  report.count('rules', 'refused', rows.filter(({ kind }) => kind === 'exception').length);
  report.except(
    privateComments.map(({ line }): ListedException => ({
      code: 'remarkNotEvaluated',
      where: { line, field: 'CommentsPrivate' },
      detail: 'is for the receiving institution alone, and not kept: an agreement is seen by all its parties',
    })),
  );
}

/** Rules that were refused, where their rows stand; what is wrong with a course is said of its code. */
function reportRefused({ rows }: TesImport, { rules }: AgreementTerms, refused: RefusedRules, report: Report): void {
  const stated = new Map(rules.map((rule) => [rule.id, rule]));
  for (const row of rows) {
    const rule = row.kind === 'rule' ? stated.get(row.rule) : undefined;
    const errors = rule === undefined ? undefined : refused.get(rule.id);
    if (rule === undefined || errors === undefined) continue;
    report.refuseRow(
      'rules',
      row.line,
      errors.map((error) => errorOfCourse(rule, error)),
    );
  }
}

/** A pointer into a rule of such a file leads to a course on one side of it. */
function errorOfCourse({ source, outcome }: Rule, { pointer, detail }: FieldError): FieldError {
  const [, sending] = /^\/source(?:\/of\/(\d+))?\//.exec(pointer) ?? [];
  const [, receiving] = /^\/outcome\/awards\/(\d+)\//.exec(pointer) ?? [];
  if (receiving !== undefined && outcome.kind === 'credit') {
    const target = outcome.awards[Number(receiving)]?.target;
    return { pointer: 'ReceiveCourseCode', detail: `${target?.kind === 'course' ? target.code : ''} ${detail}` };
  }
  const part = source.kind === 'all' ? source.of[Number(sending)] : source;
  if (!pointer.startsWith('/source') || part?.kind !== 'course' || part.select.kind !== 'code') return { pointer: '', detail };
  return { pointer: 'SendCourseCode', detail: `${part.select.code} ${detail}` };
}
