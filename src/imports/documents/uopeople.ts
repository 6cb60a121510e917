import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { readUoPeopleTable, type UoPeopleTable } from '../../formats/uopeople/index.js';
import { type Institution, InstitutionsService } from '../../institutions/index.js';
import { Problem, textIn } from '../../kernel/index.js';
import { managerOf } from '../../platform/index.js';
import { importUoPeople, type UoPeopleImport } from '../domain/index.js';
import { FileImports } from '../file-imports.js';
import { NamedInstitutions } from '../recording/named-institutions.js';
import { StatedAgreements } from '../recording/stated-agreements.js';
import type { RefusedRules } from '../recording/left-out-rules.js';
import type { ImportReport, Report } from '../report.js';
import type { ImportOptions } from '../transactions.js';
import { contentOf, type FromDocument } from './document.js';

/** The scheme under which an institution keeps the name that the table has for it: the table knows no other identifier, and no country. */
export const uoPeopleScheme = 'uopeople';

export interface UoPeopleOptions extends FromDocument {
  /** Id of the institution whose table it is. */
  readonly receiving: string;
}

/** Takes the table of certificates as one agreement of the receiving institution with all providers that are on record. */
@Injectable()
export class UoPeopleImports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly files: FileImports,
    private readonly institutions: InstitutionsService,
    private readonly named: NamedInstitutions,
    private readonly agreements: StatedAgreements,
  ) {}

  async import(bytes: Uint8Array, options: ImportOptions & UoPeopleOptions): Promise<ImportReport> {
    const table = contentOf(readUoPeopleTable(bytes), 'a table of certificates in the form of UoPeople');
    const receiving = (await this.institutions.find(managerOf(this.dataSource), [options.receiving])).get(options.receiving);
    if (receiving === undefined) {
      const error = { pointer: 'receiving', detail: 'is not a known institution' };
      throw new Problem('ruleViolated', 'The table cannot be imported.', [error]);
    }
    return this.files.document('uopeople', options, (manager, report) => this.take(manager, table, receiving, options.source, report));
  }

  private async take(
    manager: EntityManager,
    table: UoPeopleTable,
    receiving: Institution,
    source: string | undefined,
    report: Report,
  ): Promise<void> {
    const names = table.courses.flatMap(({ credentials }) => credentials.map(({ institution }) => institution));
    const ids = await this.named.idsByName(manager, uoPeopleScheme, [...new Set(names)]);
    const stated = importUoPeople(table, {
      receiving: receiving.id,
      creditSystem: receiving.homeCreditSystem ?? '',
      provider: (name) => ids.get(name) ?? unknown(name),
    });
    report.except([...stated.exceptions, ...coursesLeftOut(table)]);
    const terms = {
      ...stated.terms,
      rules: stated.terms.rules.filter(({ from }) => !isUnknown(from)),
      parties: stated.terms.parties.filter((party) => !isUnknown(party)),
    };
    report.count('institutions', 'unchanged', terms.parties.length);
    const refused = new Map(refusedProviders(stated));
    if (terms.rules.length > 0) {
      const title = `Certificates recognised by ${textIn(receiving.names, [])}`;
      const key = ['uopeople', receiving.id];
      const revision = {
        key,
        title: { en: title },
        attestedBy: receiving.id,
        source: source ?? 'Table of certificates of UoPeople',
        terms,
      };
      for (const [rule, errors] of await this.agreements.record(manager, revision, report)) refused.set(rule, errors);
    }
    reportRefused(stated, refused, report);
  }
}

const unknownPrefix = 'unknown:';

function unknown(name: string): string {
  return unknownPrefix + name;
}

function isUnknown(id: string): boolean {
  return id.startsWith(unknownPrefix);
}

/** Rules on certificates of a provider that is not on record. */
function refusedProviders({ terms }: UoPeopleImport): RefusedRules {
  return new Map(
    terms.rules.flatMap(({ id, from }) => {
      const name = from.slice(unknownPrefix.length);
      const detail = `${name} is not on record: record it with the identifier ${name} of the scheme ${uoPeopleScheme}`;
      return isUnknown(from) ? [[id, [{ pointer: '', detail }]]] : [];
    }),
  );
}

function reportRefused({ windows }: UoPeopleImport, refused: RefusedRules, report: Report): void {
  for (const fate of windows) {
    const errors = fate.kind === 'rule' ? refused.get(fate.rule) : undefined;
    if (errors !== undefined)
      report.refusePart(
        'rules',
        errors.map(({ detail }) => ({ pointer: fate.pointer, detail })),
      );
  }
}

/** A catalogue entry needs credits and days, and the table states the ones for few courses and the others for none. */
function coursesLeftOut({ courses }: UoPeopleTable): UoPeopleImport['exceptions'] {
  if (courses.length === 0) return [];
  return [
    { code: 'incomplete', where: { pointer: '' }, detail: 'the courses are not recorded in the catalogue: not all of them state credits' },
  ];
}
