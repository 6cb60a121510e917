import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AssistAgreement, readAssistAgreement } from '../../formats/assist/index.js';
import type { Programme } from '../../programmes/domain/index.js';
import { programmeDigest } from '../../programmes/domain/index.js';
import { ProgrammesService } from '../../programmes/index.js';
import { type AssistImport, assistInstitution, importAssist } from '../domain/index.js';
import { FileImports } from '../file-imports.js';
import { NamedCourses } from '../recording/named-courses.js';
import { NamedInstitutions } from '../recording/named-institutions.js';
import { StatedAgreements } from '../recording/stated-agreements.js';
import type { ImportReport, Report } from '../report.js';
import { insertSource, lockSource, type SourceKey, updateSource } from '../storage/source.store.js';
import type { ImportOptions } from '../transactions.js';
import { contentOf, type FromDocument } from './document.js';

/** Takes ASSIST agreements: institutions, courses, the agreement, and the programme of the major. */
@Injectable()
export class AssistImports {
  constructor(
    private readonly files: FileImports,
    private readonly institutions: NamedInstitutions,
    private readonly courses: NamedCourses,
    private readonly agreements: StatedAgreements,
    private readonly programmes: ProgrammesService,
  ) {}

  import(bytes: Uint8Array, options: ImportOptions & FromDocument): Promise<ImportReport> {
    const agreement = contentOf(readAssistAgreement(bytes), 'an ASSIST agreement by major');
    return this.files.document('assist', options, (manager, report) => this.take(manager, agreement, options.source, report));
  }

  private async take(manager: EntityManager, agreement: AssistAgreement, source: string | undefined, report: Report): Promise<void> {
    const sending = await this.institutions.find(manager, assistInstitution(agreement.sending), report);
    const receiving = await this.institutions.find(manager, assistInstitution(agreement.receiving), report);
    if (!sending.ok || !receiving.ok) {
      if (!sending.ok) report.refusePart('institutions', sending.errors);
      if (!receiving.ok) report.refusePart('institutions', receiving.errors);
      return;
    }
    const ids = { sending: sending.institution.id, receiving: receiving.institution.id, programme: '' };
    const stated = importAssist(agreement, ids);
    report.except(stated.exceptions);
    await this.courses.record(manager, stated.courses, 'onCampus', report);
    await this.takeTerms(manager, agreement, stated, ids.receiving, source, report);
    if (stated.programme !== undefined) await this.takeProgramme(manager, keyOf(agreement, 'programme'), stated.programme, report);
  }

  private async takeTerms(
    manager: EntityManager,
    agreement: AssistAgreement,
    { terms, articulations }: AssistImport,
    receiving: string,
    source: string | undefined,
    report: Report,
  ): Promise<void> {
    const title = titleOf(agreement);
    const refused = await this.agreements.record(
      manager,
      { key: keyOf(agreement, 'agreement'), title: { en: title }, attestedBy: receiving, source: source ?? `ASSIST: ${title}`, terms },
      report,
    );
    for (const [rule, errors] of refused) {
      const line = articulations.find((fate) => fate.kind === 'rules' && fate.rules.includes(rule));
      report.refusePart(
        'rules',
        errors.map(({ detail }) => ({ pointer: line?.pointer ?? '', detail: `${rule}: ${detail}` })),
      );
    }
  }

  /** The programme as the file states it, unless the file has stated the same before: what became of it since is the institution's own. */
  private async takeProgramme(manager: EntityManager, key: SourceKey, { id: _, ...details }: Programme, report: Report): Promise<void> {
    const digest = programmeDigest(details);
    const known = await lockSource(manager, key);
    if (known?.digest === digest) {
      report.state({ resource: 'programmes', id: known.resource, change: 'unchanged' });
      return;
    }
    const [outcome] = await this.programmes.import(manager, [details]);
    if (outcome === undefined) return;
    if (outcome.kind === 'refused') {
      report.refusePart('programmes', outcome.errors);
      return;
    }
    const { id, kind } = outcome;
    await (known === undefined ? insertSource : updateSource)(manager, key, { digest, resource: id });
    report.state({ resource: 'programmes', id, change: kind });
  }
}

/** Each file is an agreement of its own: one major, for one academic year, between two institutions. */
function keyOf({ academicYear, sending, receiving, name }: AssistAgreement, part: string): SourceKey {
  return ['assist', part, academicYear.code, String(sending.id), String(receiving.id), name];
}

function titleOf({ name, sending, receiving, academicYear }: AssistAgreement): string {
  return `${name}: ${sending.name} to ${receiving.name}, ${academicYear.code}`;
}
