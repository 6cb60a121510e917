import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { GradingScalesService } from '../institutions/index.js';
import { Problem } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import {
  changeOf,
  Clock,
  type ExpectedVersion,
  newId,
  notFound,
  type Page,
  type PageQuery,
  reading,
  record,
  transaction,
} from '../platform/index.js';
import { faultsOfHomeCourse, type HomeCourse, type HomeCourseDetails } from './domain/index.js';
import { readEnrolment } from './storage/enrolment.store.js';
import {
  deleteHomeCourse,
  type HomeCourseFilter,
  insertHomeCourse,
  listHomeCourses,
  readHomeCourse,
  updateHomeCourse,
} from './storage/home-course.store.js';

/** The home records of a learner: one for each enrolment, course by course. */
@Injectable()
export class HomeCoursesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly learners: LearnersService,
    private readonly gradingScales: GradingScalesService,
  ) {}

  read(learner: string, id: string): Promise<HomeCourse> {
    return reading(this.dataSource, (manager) => this.found(manager, learner, id));
  }

  list(learner: string, query: HomeCourseFilter & PageQuery): Promise<Page<HomeCourse>> {
    return this.learners.readOf(learner, (manager) => listHomeCourses(manager, learner, query, query));
  }

  create(learner: string, details: HomeCourseDetails): Promise<HomeCourse> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const { course, institution } = await this.checked(manager, learner, newId(), details, 1);
      await insertHomeCourse(manager, learner, course, institution);
      await record(manager, changeOf('homeCourse', { learner, institution }, undefined, course));
      return course;
    });
  }

  /** Replaces what is recorded of a home course. */
  change(learner: string, id: string, details: HomeCourseDetails, expected: ExpectedVersion): Promise<HomeCourse> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, learner, id, expected);
      const { course, institution } = await this.checked(manager, learner, id, details, before.version + 1);
      await updateHomeCourse(manager, learner, course, institution);
      await record(manager, changeOf('homeCourse', { learner, institution }, before, course));
      return course;
    });
  }

  remove(learner: string, id: string, expected: ExpectedVersion): Promise<void> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, learner, id, expected);
      const enrolment = await readEnrolment(manager, learner, before.enrolment);
      await deleteHomeCourse(manager, learner, id);
      const concerned = enrolment === undefined ? {} : { institution: enrolment.institution };
      await record(manager, { action: 'homeCourse.removed', resource: { kind: 'homeCourse', id }, learner, ...concerned, before });
    });
  }

  private async locked(manager: EntityManager, learner: string, id: string, expected: ExpectedVersion): Promise<HomeCourse> {
    await this.learners.lock(manager, learner);
    const course = await this.found(manager, learner, id);
    expected.check(course.version);
    return course;
  }

  private async found(manager: EntityManager, learner: string, id: string): Promise<HomeCourse> {
    const course = await readHomeCourse(manager, learner, id);
    if (course === undefined) throw notFound();
    return course;
  }

  /** The course, and the institution where it was taken. */
  private async checked(
    manager: EntityManager,
    learner: string,
    id: string,
    details: HomeCourseDetails,
    version: number,
  ): Promise<{ readonly course: HomeCourse; readonly institution: string }> {
    const { enrolment, grade } = details;
    const [scale] = grade === undefined ? [] : await this.gradingScales.find(manager, [grade.scale]);
    const errors = faultsOfHomeCourse(details, scale);
    const known = await readEnrolment(manager, learner, enrolment);
    if (known === undefined) errors.push({ pointer: '/enrolment', detail: 'is not an enrolment of this learner' });
    if (errors.length > 0 || known === undefined) {
      throw new Problem('ruleViolated', 'The course cannot be put on the home record so.', errors);
    }
    return { course: { ...details, id, version, modifiedAt: this.clock.now().toISOString() }, institution: known.institution };
  }
}
