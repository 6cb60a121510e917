import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type FieldError, Problem } from '../kernel/index.js';
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
import { type Enrolment, type EnrolmentDetails, readEnrolment as readStatement, type StatedEnrolment } from './domain/index.js';
import { ProgrammesService } from './programmes.service.js';
import {
  deleteEnrolment,
  type EnrolmentFilter,
  insertEnrolment,
  listEnrolments,
  readEnrolment,
  updateEnrolment,
} from './storage/enrolment.store.js';

@Injectable()
export class EnrolmentsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly learners: LearnersService,
    private readonly programmes: ProgrammesService,
  ) {}

  read(learner: string, id: string): Promise<Enrolment> {
    return reading(this.dataSource, (manager) => this.found(manager, learner, id));
  }

  list(learner: string, query: EnrolmentFilter & PageQuery): Promise<Page<Enrolment>> {
    return this.learners.readOf(learner, (manager) => listEnrolments(manager, learner, query, query));
  }

  create(learner: string, stated: StatedEnrolment): Promise<Enrolment> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const enrolment = await this.enrolmentOf(manager, newId(), detailsOf(stated), 1);
      await insertEnrolment(manager, learner, enrolment);
      await this.learners.refreshReaders(manager, learner);
      await record(manager, changeOf('enrolment', { learner, institution: enrolment.institution }, undefined, enrolment));
      return enrolment;
    });
  }

  /** Replaces what is recorded of an enrolment. Its programme stays: a change of programme is another enrolment. */
  change(learner: string, id: string, stated: StatedEnrolment, expected: ExpectedVersion): Promise<Enrolment> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, learner, id, expected);
      if (before.programme !== stated.programme) {
        throw refusal([{ pointer: '/programme', detail: 'cannot be changed; end this enrolment and record another one' }]);
      }
      const enrolment = await this.enrolmentOf(manager, id, detailsOf(stated), before.version + 1);
      await updateEnrolment(manager, learner, enrolment);
      await record(manager, changeOf('enrolment', { learner, institution: enrolment.institution }, before, enrolment));
      return enrolment;
    });
  }

  /** Removes an enrolment that was recorded by mistake; not while there are courses on its home record. */
  remove(learner: string, id: string, expected: ExpectedVersion): Promise<void> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, learner, id, expected);
      await deleteEnrolment(manager, learner, id);
      await this.learners.refreshReaders(manager, learner);
      const { institution } = before;
      await record(manager, { action: 'enrolment.removed', resource: { kind: 'enrolment', id }, learner, institution, before });
    });
  }

  private async locked(manager: EntityManager, learner: string, id: string, expected: ExpectedVersion): Promise<Enrolment> {
    await this.learners.lock(manager, learner);
    const enrolment = await this.found(manager, learner, id);
    expected.check(enrolment.version);
    return enrolment;
  }

  private async found(manager: EntityManager, learner: string, id: string): Promise<Enrolment> {
    const enrolment = await readEnrolment(manager, learner, id);
    if (enrolment === undefined) throw notFound();
    return enrolment;
  }

  private async enrolmentOf(manager: EntityManager, id: string, details: EnrolmentDetails, version: number): Promise<Enrolment> {
    const programme = (await this.programmes.find(manager, [details.programme])).get(details.programme);
    if (programme === undefined) throw refusal([{ pointer: '/programme', detail: 'is not a known programme' }]);
    const { institution, code, catalogueYear } = programme;
    return { ...details, id, institution, programmeCode: code, catalogueYear, version, modifiedAt: this.clock.now().toISOString() };
  }
}

function detailsOf(stated: StatedEnrolment): EnrolmentDetails {
  const read = readStatement(stated);
  if (read.kind === 'contradiction') throw refusal(read.errors);
  return read.details;
}

function refusal(errors: readonly FieldError[]): Problem {
  return new Problem('ruleViolated', 'The enrolment cannot be recorded so.', errors);
}
