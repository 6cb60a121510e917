import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalJson, type CreditSystem, type FieldError, type GradingScale, Problem } from '../kernel/index.js';
import {
  changeOf,
  Clock,
  type CommandRecord,
  type ExpectedVersion,
  managerOf,
  notFound,
  type Page,
  type PageQuery,
  record,
  recordAll,
  requireOwn,
  transaction,
} from '../platform/index.js';
import { faultsOfCreditSystem, faultsOfGradingScale, type Ownership } from './domain/index.js';
import {
  creditSystemTable,
  gradingScaleTable,
  insertMeasures,
  listMeasures,
  lockMeasure,
  type MeasureTable,
  overwriteMeasures,
  readMeasures,
  removeUnreferenced,
} from './storage/measure.store.js';

type MeasureRow = ReturnType<typeof creditSystemTable.toRow> | ReturnType<typeof gradingScaleTable.toRow>;

/** What credit systems and grading scales have in common: they ship with the service or are defined by an institution, and stay as they are once used. */
abstract class MeasuresService<Measure extends { readonly id: string }, Row extends MeasureRow> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly table: MeasureTable<Measure, Row>,
    private readonly kind: string,
    private readonly noun: string,
    private readonly faultsOf: (measure: Measure) => FieldError[],
  ) {}

  read(id: string): Promise<Measure & Ownership> {
    return this.recorded(managerOf(this.dataSource), id);
  }

  list(query: PageQuery & { readonly institution?: string }): Promise<Page<Measure & Ownership>> {
    return listMeasures(managerOf(this.dataSource), this.table, query);
  }

  /** Those of the ids that exist. */
  find(manager: EntityManager, ids: readonly string[]): Promise<(Measure & Ownership)[]> {
    return readMeasures(manager, this.table, [...new Set(ids)]);
  }

  /** Defines one for an institution. */
  async create(institution: string, measure: Measure): Promise<Measure & Ownership> {
    this.refuseIncoherent(measure);
    const created = { ...measure, institution, version: 1, modifiedAt: this.clock.now().toISOString() };
    return transaction(this.dataSource, async (manager) => {
      await insertMeasures(manager, this.table, [created]);
      return this.journalled(manager, undefined, measure.id);
    });
  }

  /** Redefines one of an institution, which is possible until something refers to it: amounts and grades already stated would change their meaning. */
  protected async redefine(measure: Measure, expected: ExpectedVersion): Promise<Measure & Ownership> {
    this.refuseIncoherent(measure);
    return transaction(this.dataSource, async (manager) => {
      const locked = await lockMeasure(manager, this.table, measure.id);
      const before = await requireOwn(locked, () => this.recorded(manager, measure.id));
      expected.check(before.version);
      const { institution, version } = before;
      if (institution === undefined) throw new Problem('conflict', `This ${this.noun} ships with the service and cannot be changed.`);
      const changed = { ...measure, institution, version: version + 1, modifiedAt: this.clock.now().toISOString() };
      if (!(await removeUnreferenced(manager, this.table, measure.id))) {
        throw new Problem('conflict', `This ${this.noun} is in use and cannot be changed any more. Define another one beside it.`);
      }
      await insertMeasures(manager, this.table, [changed]);
      return this.journalled(manager, before, measure.id);
    });
  }

  /** Brings what ships with the service up to date; what an institution has defined under the same id stays. */
  async ship(manager: EntityManager, shipped: readonly Measure[]): Promise<void> {
    const known = new Map(
      (
        await this.find(
          manager,
          shipped.map(({ id }) => id),
        )
      ).map((measure) => [measure.id, measure]),
    );
    const modifiedAt = this.clock.now().toISOString();
    const added = shipped.filter(({ id }) => !known.has(id)).map((measure) => ({ ...measure, version: 1, modifiedAt }));
    const changed = shipped.flatMap((measure) => {
      const before = known.get(measure.id);
      if (before === undefined || before.institution !== undefined || isSame(before, measure)) return [];
      return [{ ...measure, version: before.version + 1, modifiedAt }];
    });
    await insertMeasures(manager, this.table, added);
    await overwriteMeasures(manager, this.table, changed);
    await recordAll(
      manager,
      [...added, ...changed].map((measure) => this.changeFrom(known.get(measure.id), measure)),
    );
  }

  private changeFrom(before: (Measure & Ownership) | undefined, after: Measure & Ownership): CommandRecord {
    return changeOf(this.kind, after.institution === undefined ? {} : { institution: after.institution }, before, after);
  }

  private async journalled(manager: EntityManager, before: (Measure & Ownership) | undefined, id: string): Promise<Measure & Ownership> {
    const after = await this.recorded(manager, id);
    await record(manager, this.changeFrom(before, after));
    return after;
  }

  /** As the database has it, so that one version has one representation whichever request answers with it. */
  private async recorded(manager: EntityManager, id: string): Promise<Measure & Ownership> {
    const [found] = await readMeasures(manager, this.table, [id]);
    if (found === undefined) throw notFound();
    return found;
  }

  private refuseIncoherent(measure: Measure): void {
    const faults = this.faultsOf(measure);
    if (faults.length > 0) throw new Problem('ruleViolated', `The ${this.noun} contradicts itself.`, faults);
  }
}

function isSame(kept: object & Ownership, shipped: object): boolean {
  const { version, modifiedAt } = kept;
  return canonicalJson(kept) === canonicalJson({ ...shipped, version, modifiedAt });
}

@Injectable()
export class CreditSystemsService extends MeasuresService<CreditSystem, ReturnType<typeof creditSystemTable.toRow>> {
  constructor(dataSource: DataSource, clock: Clock) {
    super(dataSource, clock, creditSystemTable, 'creditSystem', 'credit system', faultsOfCreditSystem);
  }

  change(id: string, definition: Omit<CreditSystem, 'id'>, expected: ExpectedVersion): Promise<CreditSystem & Ownership> {
    return this.redefine({ ...definition, id }, expected);
  }
}

@Injectable()
export class GradingScalesService extends MeasuresService<GradingScale, ReturnType<typeof gradingScaleTable.toRow>> {
  constructor(dataSource: DataSource, clock: Clock) {
    super(dataSource, clock, gradingScaleTable, 'gradingScale', 'grading scale', faultsOfGradingScale);
  }

  change(id: string, definition: Omit<GradingScale, 'id'>, expected: ExpectedVersion): Promise<GradingScale & Ownership> {
    return this.redefine({ ...definition, id }, expected);
  }
}
