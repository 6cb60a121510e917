import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CreditSystemsService, InstitutionsService } from '../institutions/index.js';
import { dateBefore, Problem } from '../kernel/index.js';
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
  seeingAll,
  toDateRange,
  transaction,
} from '../platform/index.js';
import { danglingReferences, refuse, type Registers } from './course-checks.js';
import {
  type Course,
  type CourseDetails,
  type CourseImportOutcome,
  faultsOfCourse,
  planCourses,
  type PlannedCourse,
  titled,
  type TitledCourse,
} from './domain/index.js';
import { type CourseFilter, listCourses, searchCourses } from './storage/course-list.store.js';
import {
  type CourseKey,
  editionsAt,
  editionsOf,
  insertCourses,
  insertReferences,
  institutionsWithCourses,
  lockCourses,
  readCourses,
  referencedAmong,
  type Referrer,
  updateCourses,
} from './storage/course.store.js';
import { hasOfferingBeginningOutside } from './storage/offering.store.js';

/** A list of courses: filters, a search text, a page. */
export type CourseQuery = CourseFilter & PageQuery & { readonly q?: string };

/** The next edition of a course: what it says anew. Its first day ends the edition before. */
export type NextEdition = Omit<CourseDetails, 'provider' | 'code'>;

@Injectable()
export class CoursesService {
  private readonly registers: Registers;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly institutions: InstitutionsService,
    creditSystems: CreditSystemsService,
  ) {
    this.registers = { institutions, creditSystems };
  }

  async read(id: string, languages: readonly string[]): Promise<TitledCourse> {
    return this.shown(await recorded(managerOf(this.dataSource), id), languages);
  }

  /** A page of courses, titled for the reader. */
  async list(query: CourseQuery, languages: readonly string[]): Promise<Page<TitledCourse>> {
    const page = await this.page(query);
    return { ...page, items: await this.titled(page.items, languages) };
  }

  /** Courses with the titles and names that a reader understands. */
  async titled(courses: readonly Course[], languages: readonly string[]): Promise<TitledCourse[]> {
    const ids = courses.flatMap(({ provider, platform }) => [provider, ...(platform === undefined ? [] : [platform])]);
    const names = await this.institutions.namesOf(ids, languages);
    return courses.map((course) => titled(course, names, languages));
  }

  /** Those of the ids that exist. */
  find(manager: EntityManager, ids: readonly string[]): Promise<Course[]> {
    return readCourses(manager, ids);
  }

  /** All editions of providers' courses, by code without case and spacing; `editionOn` tells which one is valid on a day. */
  editionsOf(manager: EntityManager, keys: readonly CourseKey[]): Promise<Course[]> {
    return editionsOf(manager, keys);
  }

  /** All editions with one of the codes that one of the institutions teaches or that run on it. */
  editionsAt(manager: EntityManager, institutions: readonly string[], codes: readonly string[]): Promise<Course[]> {
    return editionsAt(manager, institutions, codes);
  }

  /** Those of the institutions whose courses are kept here. */
  institutionsWithCourses(manager: EntityManager, institutions: readonly string[]): Promise<ReadonlySet<string>> {
    return institutionsWithCourses(manager, institutions);
  }

  async create(details: CourseDetails, languages: readonly string[]): Promise<TitledCourse> {
    refuse(faultsOfCourse(details), 'course');
    return this.shown(await transaction(this.dataSource, (manager) => this.insert(manager, details)), languages);
  }

  /** Replaces what is recorded of an edition. One that something refers to no longer changes. */
  async change(id: string, details: CourseDetails, expected: ExpectedVersion, languages: readonly string[]): Promise<TitledCourse> {
    const changed = await transaction(this.dataSource, async (manager) => {
      const before = await this.lock(manager, id, expected);
      if ((await seeingAll(manager, () => referencedAmong(manager, [id]))).size > 0) {
        throw new Problem(
          'conflict',
          'An agreement refers to this edition, so it no longer changes. Open a new edition of the course instead.',
        );
      }
      refuse(faultsOfCourse(details), 'course');
      refuse((await danglingReferences(manager, this.registers, [details])).flat(), 'course');
      await refuseOfferingsOutside(manager, id, details);
      const after = await this.update(manager, before, details);
      await record(manager, change(before, after));
      return after;
    });
    return this.shown(changed, languages);
  }

  /**
   * Opens the next edition of a course and ends this one on the day before, which does not change what an agreement refers to: it only says until when it is
   * taught so.
   */
  async openNext(id: string, next: NextEdition, expected: ExpectedVersion, languages: readonly string[]): Promise<TitledCourse> {
    const opened = await transaction(this.dataSource, async (manager) => {
      const before = await this.lock(manager, id, expected);
      const details = { ...next, provider: before.provider, code: before.code };
      refuse(faultsOfCourse(details), 'edition');
      const { from } = details.validity;
      if (from === undefined || from <= (before.validity.from ?? '')) {
        throw new Problem('ruleViolated', 'The next edition must begin after the one it follows.', [
          { pointer: '/validity/from', detail: 'must be a day after the first day of the edition before' },
        ]);
      }
      const last = dateBefore(from, 'P1D');
      if (before.validity.until === undefined || before.validity.until > last) {
        const ended = { ...before, validity: { ...before.validity, until: last } };
        await refuseOfferingsOutside(manager, id, ended);
        const after = await this.update(manager, before, ended);
        await record(manager, { ...change(before, after), action: 'course.ended' });
      }
      return this.insert(manager, details);
    });
    return this.shown(opened, languages);
  }

  /**
   * Records courses as a file states them, in one set, inside the caller's transaction; one outcome for each row. A row states one edition whole: provider, code and
   * the first day of its validity say which. The same rows again change nothing.
   */
  async import(manager: EntityManager, rows: readonly CourseDetails[]): Promise<readonly CourseImportOutcome[]> {
    const known = await editionsOf(manager, rows);
    const editions = await lockCourses(
      manager,
      known.map(({ id }) => id),
    );
    const ids = editions.map(({ id }) => id);
    const referenced = await seeingAll(manager, () => referencedAmong(manager, ids));
    const dangling = await danglingReferences(manager, this.registers, rows);
    const plan = planCourses(rows, { editions, referenced, dangling }, rows.map(newId));
    const before = new Map(editions.map((edition) => [edition.id, edition]));
    const modifiedAt = this.now();
    const next = ({ id, details }: PlannedCourse): Course => ({ ...details, id, version: (before.get(id)?.version ?? 0) + 1, modifiedAt });
    await updateCourses(manager, plan.changed.map(next));
    await insertCourses(manager, plan.created.map(next));
    const written = [...plan.created, ...plan.changed].map(({ id }) => id);
    const after = await readCourses(manager, written);
    await recordAll(
      manager,
      after.map((course) => change(before.get(course.id), course)),
    );
    return plan.outcomes;
  }

  /** Records inside the caller's transaction that something refers to editions, which from then on do not change. Unknown editions are refused. */
  refer(manager: EntityManager, courses: readonly string[], referrer: Referrer): Promise<void> {
    return seeingAll(manager, () => insertReferences(manager, courses, referrer));
  }

  private async shown(course: Course, languages: readonly string[]): Promise<TitledCourse> {
    const [shown] = await this.titled([course], languages);
    if (shown === undefined) throw notFound();
    return shown;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private async page(query: CourseQuery): Promise<Page<Course>> {
    const manager = managerOf(this.dataSource);
    if (query.q === undefined) return listCourses(manager, query, query);
    const wish = searchWish(query.q);
    if (wish.words.length + wish.pairs.length > 0) return searchCourses(manager, { text: query.q, wish }, query, query);
    throw new Problem('validationFailed', 'There is nothing to search for.', [{ pointer: 'q', detail: 'must hold a letter or a digit' }]);
  }

  private async lock(manager: EntityManager, id: string, expected: ExpectedVersion): Promise<Course> {
    const [locked] = await lockCourses(manager, [id]);
    const course = await requireOwn(locked, () => recorded(manager, id));
    expected.check(course.version);
    return course;
  }

  private async insert(manager: EntityManager, details: CourseDetails): Promise<Course> {
    refuse((await danglingReferences(manager, this.registers, [details])).flat(), 'course');
    const id = newId();
    await insertCourses(manager, [{ ...details, id, version: 1, modifiedAt: this.now() }]);
    const created = await recorded(manager, id);
    await record(manager, change(undefined, created));
    return created;
  }

  private async update(manager: EntityManager, before: Course, details: CourseDetails): Promise<Course> {
    await updateCourses(manager, [{ ...details, id: before.id, version: before.version + 1, modifiedAt: this.now() }]);
    return recorded(manager, before.id);
  }
}

function change(before: Course | undefined, after: Course): CommandRecord {
  return changeOf('course', { institution: after.provider }, before, after);
}

/** As the database has it, so that one version has one representation whichever request answers with it. */
async function recorded(manager: EntityManager, id: string): Promise<Course> {
  const [course] = await readCourses(manager, [id]);
  if (course === undefined) throw notFound();
  return course;
}

async function refuseOfferingsOutside(manager: EntityManager, id: string, { validity }: CourseDetails): Promise<void> {
  if (await hasOfferingBeginningOutside(manager, id, toDateRange(validity))) {
    throw new Problem('conflict', 'An offering of this edition begins outside of that validity. Move the offering first.');
  }
}
