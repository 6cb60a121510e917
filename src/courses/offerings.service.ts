import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CreditSystemsService, InstitutionsService } from '../institutions/index.js';
import { Problem } from '../kernel/index.js';
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
  record,
  requireOwn,
  seeingAll,
  transaction,
} from '../platform/index.js';
import { danglingHosts, refuse, type Registers } from './course-checks.js';
import { type Course, faultsOfOffering, type Offering, type OfferingDetails } from './domain/index.js';
import { shareCourse } from './storage/course.store.js';
import {
  insertOffering,
  listOfferings,
  lockOffering,
  type OfferingFilter,
  readOffering,
  updateOffering,
} from './storage/offering.store.js';

@Injectable()
export class OfferingsService {
  private readonly registers: Registers;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    institutions: InstitutionsService,
    creditSystems: CreditSystemsService,
  ) {
    this.registers = { institutions, creditSystems };
  }

  read(id: string): Promise<Offering> {
    return recorded(managerOf(this.dataSource), id);
  }

  list(query: OfferingFilter & PageQuery): Promise<Page<Offering>> {
    return listOfferings(managerOf(this.dataSource), query, query);
  }

  create(details: OfferingDetails): Promise<Offering> {
    return transaction(this.dataSource, async (manager) => {
      const concerned = await this.check(manager, details);
      const id = newId();
      const offering = { ...details, id, version: 1, modifiedAt: this.clock.now().toISOString() };
      await insertOffering(manager, offering, currentCaller()?.institution);
      const created = await recorded(manager, id);
      await record(manager, changeOf('offering', concerned, undefined, created));
      return created;
    });
  }

  change(id: string, details: OfferingDetails, expected: ExpectedVersion): Promise<Offering> {
    return transaction(this.dataSource, async (manager) => {
      const before = await requireOwn(await lockOffering(manager, id), () => recorded(manager, id));
      expected.check(before.version);
      const concerned = await this.check(manager, details);
      await updateOffering(manager, { ...details, id, version: before.version + 1, modifiedAt: this.clock.now().toISOString() });
      const changed = await recorded(manager, id);
      await record(manager, changeOf('offering', concerned, before, changed));
      return changed;
    });
  }

  /** Answers who teaches the edition, which, whoever that is, is kept from ending while this goes on. */
  private async check(manager: EntityManager, details: OfferingDetails): Promise<Pick<CommandRecord, 'institution'>> {
    const edition = await seeingAll(manager, () => shareCourse(manager, details.course));
    refuseUninvolved(details, edition);
    const missing = edition === undefined ? [{ pointer: '/course', detail: 'is not a known course' }] : faultsOfOffering(details, edition);
    refuse([...missing, ...(await danglingHosts(manager, this.registers, details.hosts))], 'offering');
    return edition === undefined ? {} : { institution: edition.provider };
  }
}

/** An offering is recorded by who teaches the course, by the platform it runs on, or by one of its hosts. */
function refuseUninvolved({ hosts }: OfferingDetails, edition: Course | undefined): void {
  const institution = currentCaller()?.institution;
  if (institution === undefined || edition === undefined) return;
  if ([edition.provider, edition.platform, ...hosts].includes(institution)) return;
  throw new Problem('forbidden', 'An offering is recorded by the provider of its course, by the platform, or by one of its hosts.');
}

/** As the database has it, so that one version has one representation whichever request answers with it. */
async function recorded(manager: EntityManager, id: string): Promise<Offering> {
  const offering = await readOffering(manager, id);
  if (offering === undefined) throw notFound();
  return offering;
}
