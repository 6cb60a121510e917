import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { CoursesService } from '../courses/index.js';
import { CreditSystemsService, GradingScalesService, InstitutionsService } from '../institutions/index.js';
import { dateBefore, digestOf, type FieldError, type LocalisedText, Problem } from '../kernel/index.js';
import { Clock, type ExpectedVersion, newId, notFound, type Page, type PageQuery, searchWish, transaction } from '../platform/index.js';
import type { ConflictReport } from '../rules/domain/index.js';
import { loadCatalogue, type KnownNames, type Registers } from './catalogue.js';
import { ConflictFinder } from './conflict-finder.js';
import {
  editionsToPin,
  mentionedInstitutions,
  periodBefore,
  validateAgainstCatalogue,
  validateTerms,
  type Agreement,
  type AgreementTerms,
  type Attestation,
  type CatalogueWarning,
  type Revision,
} from './domain/index.js';
import {
  insertAgreement,
  insertRevision,
  latestNumber,
  listAgreements,
  listRevisions,
  lockAgreement,
  readAgreement,
  readPinnedEditions,
  readRevision,
  revisionsWithDays,
  searchAgreements,
  setInForce,
  updateAgreement,
  type AgreementFilter,
} from './storage/agreement.store.js';

/** A list of agreements: filters, a search text, a page. */
export type AgreementQuery = AgreementFilter & PageQuery & { readonly q?: string };

/** A revision as somebody states it. */
export interface StatedRevision {
  readonly attestedBy: string;
  readonly source: string;
  readonly terms: AgreementTerms;
}

/** What the authors of a revision should look at. */
export interface Findings {
  readonly warnings: readonly CatalogueWarning[];
  readonly conflicts: ConflictReport;
}

@Injectable()
export class AgreementsService {
  private readonly registers: Registers;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly conflicts: ConflictFinder,
    institutions: InstitutionsService,
    courses: CoursesService,
    creditSystems: CreditSystemsService,
    gradingScales: GradingScalesService,
  ) {
    this.registers = { institutions, courses, creditSystems, gradingScales };
  }

  async read(id: string): Promise<Agreement> {
    const agreement = await readAgreement(this.dataSource.manager, id);
    if (agreement === undefined) throw notFound();
    return agreement;
  }

  async list(query: AgreementQuery): Promise<Page<Agreement>> {
    const { manager } = this.dataSource;
    if (query.q === undefined) return listAgreements(manager, query, query);
    const wish = searchWish(query.q);
    if (wish.words.length + wish.pairs.length > 0) return searchAgreements(manager, wish, query, query);
    throw new Problem('validationFailed', 'There is nothing to search for.', [{ pointer: 'q', detail: 'must hold a letter or a digit' }]);
  }

  /** Records an agreement with its first revision. */
  create(title: LocalisedText, stated: StatedRevision): Promise<Agreement> {
    return transaction(this.dataSource, (manager) => this.insert(manager, title, stated));
  }

  /** The same inside the caller's transaction. */
  async insert(manager: EntityManager, title: LocalisedText, stated: StatedRevision): Promise<Agreement> {
    const agreement = { id: newId(), title, version: 1, modifiedAt: this.now() };
    await insertAgreement(manager, agreement);
    await this.record(manager, agreement.id, 1, stated, '/revision');
    return agreement;
  }

  /** Changes what an agreement is called; its terms change by a new revision only. */
  change(id: string, title: LocalisedText, expected: ExpectedVersion): Promise<Agreement> {
    return transaction(this.dataSource, async (manager) => {
      const before = await lockAgreement(manager, id);
      if (before === undefined) throw notFound();
      expected.check(before.version);
      const agreement = { ...before, title, version: before.version + 1, modifiedAt: this.now() };
      await updateAgreement(manager, agreement);
      return agreement;
    });
  }

  async readRevision(agreement: string, number: number): Promise<Revision> {
    const revision = await readRevision(this.dataSource.manager, agreement, number);
    if (revision === undefined) throw notFound();
    return revision;
  }

  async listRevisions(agreement: string, query: PageQuery): Promise<Page<Revision>> {
    await this.read(agreement);
    return listRevisions(this.dataSource.manager, agreement, query);
  }

  /** The latest revision, whatever its days; until the end of the caller's transaction nobody else adds one. */
  async lockLatest(manager: EntityManager, agreement: string): Promise<Revision | undefined> {
    if ((await lockAgreement(manager, agreement)) === undefined) return undefined;
    return readRevision(manager, agreement, await latestNumber(manager, agreement));
  }

  /** Records the next revision. From the first day of its period on it takes the place of the revisions before. */
  addRevision(agreement: string, stated: StatedRevision): Promise<Revision> {
    return transaction(this.dataSource, (manager) => this.revise(manager, agreement, stated));
  }

  /** The same inside the caller's transaction. */
  async revise(manager: EntityManager, agreement: string, stated: StatedRevision): Promise<Revision> {
    if ((await lockAgreement(manager, agreement)) === undefined) throw notFound();
    for (const earlier of await revisionsWithDays(manager, agreement)) {
      const left = periodBefore(earlier.inForce ?? {}, stated.terms.period.from, (date) => dateBefore(date, 'P1D'));
      const { inForce: _, ...rest } = earlier;
      await setInForce(manager, left === undefined ? rest : { ...rest, inForce: left });
    }
    return this.record(manager, agreement, (await latestNumber(manager, agreement)) + 1, stated, '');
  }

  /** What its authors should look at: courses that catalogues do not know, or know otherwise, and rules that contradict each other. */
  async findings(agreement: string, number: number): Promise<Findings> {
    const { manager } = this.dataSource;
    const revision = await this.readRevision(agreement, number);
    const catalogue = await loadCatalogue(manager, this.registers, revision.terms);
    const { warnings } = validateAgainstCatalogue(revision.terms, catalogue, await readPinnedEditions(manager, revision));
    return { warnings, conflicts: await this.conflicts.find({ terms: revision.terms, scales: catalogue.scales }) };
  }

  private async record(manager: EntityManager, agreement: string, number: number, stated: StatedRevision, at: string): Promise<Revision> {
    const { attestedBy, source, terms } = stated;
    const catalogue = await loadCatalogue(manager, this.registers, terms);
    const faults = [
      ...validateTerms(terms, agreement),
      ...unknownInstitutions(terms, catalogue),
      ...(await unknownFramework(manager, terms)),
      ...validateAgainstCatalogue(terms, catalogue).errors,
    ].map(({ pointer, detail }) => ({ pointer: `/terms${pointer}`, detail }));
    if (!terms.parties.includes(attestedBy)) faults.push({ pointer: '/attestedBy', detail: 'must be a party of the agreement' });
    refuse(faults, at);
    const attestation: Attestation = { by: attestedBy, source };
    const revision: Revision = {
      agreement,
      number,
      digest: digestOf(terms),
      terms,
      inForce: terms.period,
      attestation,
      recordedAt: this.now(),
    };
    await insertRevision(manager, revision, {
      editions: editionsToPin(terms, catalogue),
      creditSystems: catalogue.systems.map(({ id }) => id),
      gradingScales: catalogue.scales.map(({ id }) => id),
    });
    await this.registers.courses.refer(manager, catalogue.editions, { kind: 'agreement', id: agreement });
    return revision;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function unknownInstitutions(terms: AgreementTerms, { institutions }: KnownNames): readonly FieldError[] {
  return mentionedInstitutions(terms).flatMap(({ at, institution }) =>
    institutions.has(institution) ? [] : [{ pointer: at, detail: 'is not a known institution' }],
  );
}

async function unknownFramework(manager: EntityManager, { annexTo }: AgreementTerms): Promise<readonly FieldError[]> {
  if (annexTo === undefined) return [];
  const framework = isUuid(annexTo) ? await readAgreement(manager, annexTo) : undefined;
  return framework === undefined ? [{ pointer: '/annexTo', detail: 'is not a known agreement' }] : [];
}

function refuse(errors: readonly FieldError[], at: string): void {
  if (errors.length === 0) return;
  throw new Problem(
    'ruleViolated',
    'The terms cannot be recorded so.',
    errors.map(({ pointer, detail }) => ({ pointer: at + pointer, detail })),
  );
}
