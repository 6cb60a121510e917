import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type FieldError, Problem, textIn } from '../kernel/index.js';
import {
  changeOf,
  Clock,
  type CommandRecord,
  type ExpectedVersion,
  managerOf,
  newId,
  notFound,
  type Page,
  type PageQuery,
  record,
  recordAll,
  requireOwn,
  searchWish,
  transaction,
} from '../platform/index.js';
import {
  type ExternalIdentifier,
  faultsOfChange,
  faultsOfInstitution,
  type ImportOutcome,
  type Institution,
  type InstitutionDetails,
  type InstitutionImport,
  named,
  type NamedInstitution,
  type PlannedInstitution,
  planInstitutions,
} from './domain/index.js';
import { CreditSystemsService, GradingScalesService } from './measures.service.js';
import {
  idsNamedBy,
  insertInstitutions,
  type InstitutionFilter,
  listInstitutions,
  lockInstitutions,
  readInstitutions,
  readNames,
  searchInstitutions,
  updateInstitutions,
} from './storage/institution.store.js';

/** A list of institutions: filters, a search text, a page. */
export type InstitutionQuery = InstitutionFilter & PageQuery & { readonly q?: string };

@Injectable()
export class InstitutionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly creditSystems: CreditSystemsService,
    private readonly gradingScales: GradingScalesService,
  ) {}

  read(id: string): Promise<Institution> {
    return recorded(managerOf(this.dataSource), id);
  }

  async has(id: string): Promise<boolean> {
    return (await readNames(managerOf(this.dataSource), [id])).length > 0;
  }

  /** A page of institutions, named for the reader. */
  async list(query: InstitutionQuery, languages: readonly string[]): Promise<Page<NamedInstitution>> {
    const page = await this.page(query);
    return { ...page, items: page.items.map((institution) => named(institution, languages)) };
  }

  /** Those of the ids that exist, by id. */
  async find(manager: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, Institution>> {
    const institutions = await readInstitutions(manager, [...new Set(ids)]);
    return new Map(institutions.map((institution) => [institution.id, institution]));
  }

  /** The institutions that any of the identifiers names. */
  async findByIdentifiers(manager: EntityManager, identifiers: readonly ExternalIdentifier[]): Promise<readonly Institution[]> {
    return readInstitutions(manager, await idsNamedBy(manager, identifiers));
  }

  /** The names of institutions for a reader, by id. */
  async namesOf(ids: readonly string[], languages: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const texts = await readNames(managerOf(this.dataSource), [...new Set(ids)]);
    return new Map(texts.map(({ id, names }) => [id, textIn(names, languages)]));
  }

  async create(details: InstitutionDetails): Promise<Institution> {
    refuse(faultsOfInstitution(details));
    const institution = { ...details, id: newId(), version: 1, modifiedAt: this.now() };
    return transaction(this.dataSource, async (manager) => {
      refuse((await this.danglingInRows(manager, [details])).flat());
      await insertInstitutions(manager, [institution]);
      const created = await recorded(manager, institution.id);
      await record(manager, change(undefined, created));
      return created;
    });
  }

  /** Replaces what is recorded of an institution. */
  change(id: string, details: InstitutionDetails, expected: ExpectedVersion): Promise<Institution> {
    return transaction(this.dataSource, async (manager) => {
      const [locked] = await lockInstitutions(manager, [id]);
      const before = await requireOwn(locked, () => recorded(manager, id));
      expected.check(before.version);
      refuse([...faultsOfInstitution(details), ...faultsOfChange(before, details)]);
      refuse((await this.danglingInRows(manager, [details])).flat());
      await updateInstitutions(manager, [{ ...details, id, version: before.version + 1, modifiedAt: this.now() }]);
      const changed = await recorded(manager, id);
      await record(manager, change(before, changed));
      return changed;
    });
  }

  /**
   * Records institutions as a file states them, in one set, inside the caller's transaction; one outcome for each row. The rows' fields have been checked one
   * by one. The same rows again change nothing.
   */
  async import(manager: EntityManager, rows: readonly InstitutionImport[]): Promise<readonly ImportOutcome[]> {
    const ids = await idsNamedBy(
      manager,
      rows.flatMap(({ identifiers }) => identifiers),
    );
    const existing = await lockInstitutions(manager, ids);
    const before = new Map(existing.map((institution) => [institution.id, institution]));
    const plan = planInstitutions(rows, existing, await this.danglingInRows(manager, rows), rows.map(newId));
    const modifiedAt = this.now();
    const next = ({ id, details }: PlannedInstitution): Institution => ({
      ...details,
      id,
      version: (before.get(id)?.version ?? 0) + 1,
      modifiedAt,
    });
    await updateInstitutions(manager, plan.changed.map(next));
    await insertInstitutions(manager, plan.created.map(next));
    const written = [...plan.created, ...plan.changed].map(({ id }) => id);
    const after = await readInstitutions(manager, written);
    await recordAll(
      manager,
      after.map((institution) => change(before.get(institution.id), institution)),
    );
    return plan.outcomes;
  }

  /** For each row the measures it names that do not exist, and the members that are none. */
  private async danglingInRows(manager: EntityManager, rows: readonly InstitutionImport[]): Promise<FieldError[][]> {
    const stated = (ids: readonly (string | undefined)[]) => ids.filter((id) => id !== undefined);
    const systems = await this.creditSystems.find(manager, stated(rows.map(({ homeCreditSystem }) => homeCreditSystem)));
    const scales = await this.gradingScales.find(manager, stated(rows.map(({ homeGradingScale }) => homeGradingScale)));
    const known = { systems: new Set(systems.map(({ id }) => id)), scales: new Set(scales.map(({ id }) => id)) };
    const ids = rows.flatMap(({ members = [] }) => members);
    const institutions = ids.length === 0 ? new Map<string, Institution>() : await this.find(manager, ids);
    return rows.map((row) => [...unknownMeasures(row, known), ...unfitMembers(row, institutions)]);
  }

  private async page(query: InstitutionQuery): Promise<Page<Institution>> {
    const manager = managerOf(this.dataSource);
    if (query.q === undefined) return listInstitutions(manager, query, query);
    const wish = searchWish(query.q);
    if (wish.words.length + wish.pairs.length > 0) return searchInstitutions(manager, wish, query, query);
    throw new Problem('validationFailed', 'There is nothing to search for.', [{ pointer: 'q', detail: 'must hold a letter or a digit' }]);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function change(before: Institution | undefined, after: Institution): CommandRecord {
  return changeOf('institution', { institution: after.id }, before, after);
}

/** As the database has it, so that one version has one representation whichever request answers with it. */
async function recorded(manager: EntityManager, id: string): Promise<Institution> {
  const [institution] = await readInstitutions(manager, [id]);
  if (institution === undefined) throw notFound();
  return institution;
}

interface KnownMeasures {
  readonly systems: ReadonlySet<string>;
  readonly scales: ReadonlySet<string>;
}

function unknownMeasures({ homeCreditSystem, homeGradingScale }: InstitutionImport, known: KnownMeasures): FieldError[] {
  const faults: FieldError[] = [];
  if (homeCreditSystem !== undefined && !known.systems.has(homeCreditSystem)) {
    faults.push({ pointer: '/homeCreditSystem', detail: 'is not a known credit system' });
  }
  if (homeGradingScale !== undefined && !known.scales.has(homeGradingScale)) {
    faults.push({ pointer: '/homeGradingScale', detail: 'is not a known grading scale' });
  }
  return faults;
}

function unfitMembers({ members = [] }: InstitutionImport, known: ReadonlyMap<string, Institution>): FieldError[] {
  return members.flatMap((member, index) => {
    const kind = known.get(member)?.kind;
    if (kind !== undefined && kind !== 'consortium') return [];
    const detail = kind === undefined ? 'is not a known institution' : 'is a consortium itself';
    return [{ pointer: `/members/${String(index)}`, detail }];
  });
}

function refuse(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new Problem('ruleViolated', 'The institution cannot be recorded so.', faults);
}
