import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { CoursesService } from '../courses/index.js';
import { CreditSystemsService, GradingScalesService, InstitutionsService } from '../institutions/index.js';
import { dateBefore, digestOf, type FieldError, Problem } from '../kernel/index.js';
import {
  changeOf,
  Clock,
  type CommandRecord,
  currentCaller,
  type ExpectedVersion,
  managerOf,
  newId,
  notFound,
  type Page,
  type PageQuery,
  reading,
  record,
  searchWish,
  seeingAll,
  transaction,
} from '../platform/index.js';
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
  type AgreementDetails,
  type AgreementTerms,
  type Attestation,
  type CatalogueWarning,
  type Revision,
} from './domain/index.js';
import {
  addParties,
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

  read(id: string): Promise<Agreement> {
    return reading(this.dataSource, (manager) => found(manager, id));
  }

  list(query: AgreementQuery): Promise<Page<Agreement>> {
    return reading(this.dataSource, (manager) => {
      if (query.q === undefined) return listAgreements(manager, query, query);
      const wish = searchWish(query.q);
      if (wish.words.length + wish.pairs.length > 0) return searchAgreements(manager, wish, query, query);
      throw new Problem('validationFailed', 'There is nothing to search for.', [{ pointer: 'q', detail: 'must hold a letter or a digit' }]);
    });
  }

  /** Records an agreement with its first revision. */
  create(details: AgreementDetails, stated: StatedRevision): Promise<Agreement> {
    return transaction(this.dataSource, (manager) => this.insert(manager, details, stated));
  }

  /** The same inside the caller's transaction. */
  async insert(manager: EntityManager, { title, visibility }: AgreementDetails, stated: StatedRevision): Promise<Agreement> {
    const agreement = { id: newId(), title, visibility, version: 1, modifiedAt: this.now() };
    const catalogue = await this.checked(manager, agreement.id, stated, '/revision');
    await insertAgreement(manager, agreement, stated.terms.parties);
    const revision = await this.insertRevision(manager, agreement, 1, stated, catalogue);
    await record(manager, change(undefined, stateOf(agreement, revision)));
    return agreement;
  }

  /** Changes what an agreement is called and who may read it; its terms change by a new revision only. */
  change(id: string, { title, visibility }: AgreementDetails, expected: ExpectedVersion): Promise<Agreement> {
    return transaction(this.dataSource, async (manager) => {
      const before = await lockForParty(manager, id);
      if (before === undefined) throw notFound();
      expected.check(before.version);
      const latest = requireParty(await latestRevision(manager, id));
      const agreement = { ...before, title, visibility, version: before.version + 1, modifiedAt: this.now() };
      await seeingAll(manager, () => updateAgreement(manager, agreement));
      await record(manager, change(stateOf(before, latest), stateOf(agreement, latest)));
      return agreement;
    });
  }

  async readRevision(agreement: string, number: number): Promise<Revision> {
    const revision = await reading(this.dataSource, (manager) => readRevision(manager, agreement, number));
    if (revision === undefined) throw notFound();
    return revision;
  }

  listRevisions(agreement: string, query: PageQuery): Promise<Page<Revision>> {
    return reading(this.dataSource, async (manager) => {
      const [revisions] = await Promise.all([listRevisions(manager, agreement, query), found(manager, agreement)]);
      return revisions;
    });
  }

  /**
   * The latest revision, whatever its days, of an agreement of the caller; until the end of the caller's transaction nobody else adds one. Undefined where
   * the caller sees no such agreement.
   */
  async lockLatest(manager: EntityManager, agreement: string): Promise<Revision | undefined> {
    if ((await lockForParty(manager, agreement)) === undefined) return undefined;
    return requireParty(await latestRevision(manager, agreement));
  }

  /** Records the next revision. From the first day of its period on it takes the place of the revisions before. */
  addRevision(agreement: string, stated: StatedRevision): Promise<Revision> {
    return transaction(this.dataSource, (manager) => this.revise(manager, agreement, stated));
  }

  /** The same inside the caller's transaction. */
  async revise(manager: EntityManager, agreement: string, stated: StatedRevision): Promise<Revision> {
    const revised = await lockForParty(manager, agreement);
    if (revised === undefined) throw notFound();
    const latest = requireParty(await latestRevision(manager, agreement));
    const catalogue = await this.checked(manager, agreement, stated, '');
    await seeingAll(manager, async () => {
      await endEarlier(manager, agreement, stated.terms.period.from);
      await addParties(manager, agreement, stated.terms.parties);
    });
    const revision = await this.insertRevision(manager, revised, latest.number + 1, stated, catalogue);
    await record(manager, { ...change(stateOf(revised, latest), stateOf(revised, revision)), action: 'agreement.revised' });
    return revision;
  }

  /** What its authors should look at: courses that catalogues do not know, or know otherwise, and rules that contradict each other. */
  async findings(agreement: string, number: number): Promise<Findings> {
    const revision = await this.readRevision(agreement, number);
    const catalogue = await loadCatalogue(managerOf(this.dataSource), this.registers, revision.terms);
    const pinned = await reading(this.dataSource, (manager) => readPinnedEditions(manager, revision));
    const { warnings } = validateAgainstCatalogue(revision.terms, catalogue, pinned);
    return { warnings, conflicts: await this.conflicts.find({ terms: revision.terms, scales: catalogue.scales }) };
  }

  /** What the terms name, once nothing is wrong with them. */
  private async checked(manager: EntityManager, agreement: string, stated: StatedRevision, at: string): Promise<KnownNames> {
    const { attestedBy, terms } = stated;
    const catalogue = await loadCatalogue(manager, this.registers, terms);
    const faults = [
      ...validateTerms(terms, agreement),
      ...unknownInstitutions(terms, catalogue),
      ...(await unknownFramework(manager, terms)),
      ...validateAgainstCatalogue(terms, catalogue).errors,
    ].map(({ pointer, detail }) => ({ pointer: `/terms${pointer}`, detail }));
    const { institution = attestedBy } = currentCaller() ?? {};
    if (!terms.parties.includes(attestedBy)) faults.push({ pointer: '/attestedBy', detail: 'must be a party of the agreement' });
    if (attestedBy !== institution) faults.push({ pointer: '/attestedBy', detail: 'must be the institution that you act for' });
    refuse(faults, at);
    return catalogue;
  }

  private async insertRevision(
    manager: EntityManager,
    { id, visibility }: Agreement,
    number: number,
    { attestedBy, source, terms }: StatedRevision,
    catalogue: KnownNames,
  ): Promise<Revision> {
    const attestation: Attestation = { by: attestedBy, source };
    const revision: Revision = {
      agreement: id,
      number,
      digest: digestOf(terms),
      terms,
      inForce: terms.period,
      attestation,
      recordedAt: this.now(),
    };
    await insertRevision(manager, revision, visibility, {
      editions: editionsToPin(terms, catalogue),
      creditSystems: catalogue.systems.map(({ id: system }) => system),
      gradingScales: catalogue.scales.map(({ id: scale }) => scale),
    });
    await this.registers.courses.refer(manager, catalogue.editions, { kind: 'agreement', id });
    return revision;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

/** What the journal has of an agreement: the latest revision stands for its terms, whose days follow from the revisions after it. */
type AgreementState = Agreement & { readonly revision: Omit<Revision, 'agreement' | 'terms' | 'inForce'> };

function stateOf(agreement: Agreement, { agreement: _agreement, terms: _terms, inForce: _inForce, ...revision }: Revision): AgreementState {
  return { ...agreement, revision };
}

function change(before: AgreementState | undefined, after: AgreementState): CommandRecord {
  return changeOf('agreement', { institution: after.revision.attestation.by }, before, after);
}

async function found(manager: EntityManager, id: string): Promise<Agreement> {
  const agreement = await readAgreement(manager, id);
  if (agreement === undefined) throw notFound();
  return agreement;
}

/** Keeps an agreement for the transaction; undefined where the caller sees none. One that others publish can be read, and is theirs to change. */
async function lockForParty(manager: EntityManager, id: string): Promise<Agreement | undefined> {
  const locked = await lockAgreement(manager, id);
  if (locked === undefined && (await readAgreement(manager, id)) !== undefined) throw notParty();
  return locked;
}

/** Whoever its parties are. */
async function latestRevision(manager: EntityManager, agreement: string): Promise<Revision> {
  const latest = await seeingAll(manager, async () => readRevision(manager, agreement, await latestNumber(manager, agreement)));
  if (latest === undefined) throw new Error('every agreement has a first revision, and revisions are never deleted');
  return latest;
}

/** Who has left an agreement reads on what it was a party to, and has no say any more. */
function requireParty(latest: Revision): Revision {
  const institution = currentCaller()?.institution;
  if (institution === undefined || latest.terms.parties.includes(institution)) return latest;
  throw notParty();
}

function notParty(): Problem {
  return new Problem('forbidden', 'Only a party of the latest revision may change the agreement.');
}

/** Takes from the revisions before the days from which another one is in force. */
async function endEarlier(manager: EntityManager, agreement: string, from: string | undefined): Promise<void> {
  for (const earlier of await revisionsWithDays(manager, agreement)) {
    const left = periodBefore(earlier.inForce ?? {}, from, (date) => dateBefore(date, 'P1D'));
    const { inForce: _, ...rest } = earlier;
    await setInForce(manager, left === undefined ? rest : { ...rest, inForce: left });
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
