import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgreementsService, type AgreementTerms } from '../agreements/index.js';
import { awardsOfRule } from '../agreements/domain/index.js';
import { type TesCodeType, tesHeader, writeTesRow } from '../formats/tes/index.js';
import { type Institution, InstitutionsService } from '../institutions/index.js';
import { textIn } from '../kernel/index.js';
import { managerOf } from '../platform/index.js';
import { anyMember } from '../rules/domain/index.js';
import { codeSchemes, exportTes, type ListedException, type TesAddress, type TesDirectory } from './domain/index.js';
import { type CreditsOf, NamedCourses } from './recording/named-courses.js';

/** The rules of a revision as a TES flat file, and what such a file cannot say. */
export interface TesFile {
  readonly text: string;
  readonly exceptions: readonly ListedException[];
}

@Injectable()
export class TesExportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly agreements: AgreementsService,
    private readonly institutions: InstitutionsService,
    private readonly courses: NamedCourses,
  ) {}

  /** Writes the rules of a revision; institutions are named by their codes of one type. */
  async export(agreement: string, number: number, codeType: TesCodeType): Promise<TesFile> {
    const { terms } = await this.agreements.readRevision(agreement, number);
    const { rows, exceptions } = exportTes(terms, await this.directory(terms, codeType));
    const lines: string[] = [];
    const unwritable: ListedException[] = [];
    for (const row of rows) {
      const line = writeTesRow(row);
      if (line.kind === 'line') lines.push(line.text);
      else {
        const detail = `${row.sendingCourses.join(' & ')} for ${row.receivingCourses.join(' & ')}: ${line.field} ${line.detail}`;
        unwritable.push({ code: 'inexpressible', where: { pointer: '/rules' }, detail });
      }
    }
    return { text: tesHeader + lines.join(''), exceptions: [...exceptions, ...unwritable] };
  }

  private async directory(terms: AgreementTerms, codeType: TesCodeType): Promise<TesDirectory> {
    const manager = managerOf(this.dataSource);
    const institutions = await this.institutions.find(manager, terms.parties);
    const credits = new Map<string, CreditsOf>();
    for (const institution of institutions.values()) {
      const codes = receivedAt(terms, institution.id);
      if (codes.length > 0) credits.set(institution.id, await this.courses.creditsOf(manager, institution, codes));
    }
    return {
      codeType,
      institution: (id) => addressOf(institutions.get(id), codeType),
      credits: (id, code) => credits.get(id)?.(id, code),
    };
  }
}

/** The codes of the courses that an institution awards. */
function receivedAt({ rules }: AgreementTerms, institution: string): string[] {
  const own = rules.filter(({ to }) => to === institution || to === anyMember);
  return own.flatMap((rule) => awardsOfRule(rule).flatMap(({ target }) => (target.kind === 'course' ? [target.code] : [])));
}

/** Cities and states are not kept here. */
function addressOf(institution: Institution | undefined, codeType: TesCodeType): TesAddress | undefined {
  const code = institution?.identifiers.find(({ scheme }) => scheme === codeSchemes[codeType])?.value;
  if (institution === undefined || code === undefined) return undefined;
  const { names, country } = institution;
  return { code, name: textIn(names, []), ...(country === undefined ? {} : { country }) };
}
