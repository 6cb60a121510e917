import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CreditSystemsService, GradingScalesService, type ImportOutcome, InstitutionsService } from '../institutions/index.js';
import { type FieldError, Problem } from '../kernel/index.js';
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
  faultsOfChange,
  faultsOfMinimumGrades,
  programmeDigest,
  type ProgrammeDetails,
  type ProgrammeRecord,
  validateProgramme,
} from './domain/index.js';
import {
  insertProgrammes,
  listProgrammes,
  lockProgramme,
  lockProgrammeNamed,
  programmeCode,
  type ProgrammeFilter,
  readProgrammes,
  searchProgrammes,
  updateProgrammes,
} from './storage/programme.store.js';

/** A list of programmes: filters, a search text, a page. */
export type ProgrammeQuery = ProgrammeFilter & PageQuery & { readonly q?: string };

@Injectable()
export class ProgrammesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly institutions: InstitutionsService,
    private readonly creditSystems: CreditSystemsService,
    private readonly gradingScales: GradingScalesService,
  ) {}

  async read(id: string): Promise<ProgrammeRecord> {
    const [programme] = await readProgrammes(managerOf(this.dataSource), [id]);
    if (programme === undefined) throw notFound();
    return programme;
  }

  async list(query: ProgrammeQuery): Promise<Page<ProgrammeRecord>> {
    const manager = managerOf(this.dataSource);
    if (query.q === undefined) return listProgrammes(manager, query, query);
    const wish = searchWish(query.q);
    if (wish.words.length + wish.pairs.length > 0) return searchProgrammes(manager, wish, query, query);
    throw new Problem('validationFailed', 'There is nothing to search for.', [{ pointer: 'q', detail: 'must hold a letter or a digit' }]);
  }

  /** Those of the ids that exist, by id. */
  async find(manager: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, ProgrammeRecord>> {
    const programmes = await readProgrammes(manager, [...new Set(ids)]);
    return new Map(programmes.map((programme) => [programme.id, programme]));
  }

  /** How the institution's catalogue writes a programme code; undefined when it has no programme of that code in any year. */
  findCode(manager: EntityManager, institution: string, code: string): Promise<string | undefined> {
    return programmeCode(manager, institution, code);
  }

  async create(details: ProgrammeDetails): Promise<ProgrammeRecord> {
    const programme = this.recordOf(newId(), details, 1);
    return transaction(this.dataSource, async (manager) => {
      refuse(await this.faultsOf(manager, programme));
      await insertProgrammes(manager, [programme]);
      await record(manager, change(undefined, programme));
      return programme;
    });
  }

  /** Replaces what is recorded of a programme. */
  async change(id: string, details: ProgrammeDetails, expected: ExpectedVersion): Promise<ProgrammeRecord> {
    return transaction(this.dataSource, async (manager) => {
      const before = await requireOwn(await lockProgramme(manager, id), () => this.read(id));
      expected.check(before.version);
      const programme = this.recordOf(id, details, before.version + 1);
      refuse([...faultsOfChange(before, details), ...(await this.faultsOf(manager, programme))]);
      await updateProgrammes(manager, [programme]);
      await record(manager, change(before, programme));
      return programme;
    });
  }

  /**
   * Records programmes as a file states them, inside the caller's transaction; one outcome for each row. Institution, code and catalogue year say which
   * programme a row is about. The same rows again change nothing.
   */
  async import(manager: EntityManager, rows: readonly ProgrammeDetails[]): Promise<readonly ImportOutcome[]> {
    const outcomes: ImportOutcome[] = [];
    const changes: CommandRecord[] = [];
    for (const row of rows) outcomes.push(await this.importOne(manager, row, changes));
    await recordAll(manager, changes);
    return outcomes;
  }

  private async importOne(manager: EntityManager, details: ProgrammeDetails, changes: CommandRecord[]): Promise<ImportOutcome> {
    const before = await lockProgrammeNamed(manager, details);
    const programme = this.recordOf(before?.id ?? newId(), details, (before?.version ?? 0) + 1);
    if (before?.digest === programme.digest) return { kind: 'unchanged', id: before.id };
    const errors = await this.faultsOf(manager, programme);
    if (errors.length > 0) return { kind: 'refused', errors };
    await (before === undefined ? insertProgrammes(manager, [programme]) : updateProgrammes(manager, [programme]));
    changes.push(change(before, programme));
    return { kind: before === undefined ? 'created' : 'changed', id: programme.id };
  }

  private async faultsOf(manager: EntityManager, programme: ProgrammeRecord): Promise<FieldError[]> {
    return [...validateProgramme(programme), ...(await this.danglingReferences(manager, programme))];
  }

  private recordOf(id: string, details: ProgrammeDetails, version: number): ProgrammeRecord {
    return { ...details, id, digest: programmeDigest(details), version, modifiedAt: this.clock.now().toISOString() };
  }

  private async danglingReferences(manager: EntityManager, details: ProgrammeDetails): Promise<FieldError[]> {
    const scales = await this.gradingScales.find(
      manager,
      (details.policy.minimumGrades ?? []).map(({ scale }) => scale),
    );
    const faults = faultsOfMinimumGrades(details, new Map(scales.map((scale) => [scale.id, scale])));
    if (!(await this.institutions.find(manager, [details.institution])).has(details.institution)) {
      faults.push({ pointer: '/institution', detail: 'is not a known institution' });
    }
    if ((await this.creditSystems.find(manager, [details.creditSystem])).length === 0) {
      faults.push({ pointer: '/creditSystem', detail: 'is not a known credit system' });
    }
    return faults;
  }
}

function change(before: ProgrammeRecord | undefined, after: ProgrammeRecord): CommandRecord {
  return changeOf('programme', { institution: after.institution }, before, after);
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new Problem('ruleViolated', 'The programme cannot be recorded so.', errors);
}
