import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { InstitutionsService } from '../institutions/index.js';
import { Problem } from '../kernel/index.js';
import { asService, Clock, newId, notFound, type Page, type PageQuery, reading, record, transaction } from '../platform/index.js';
import { type Consent, type ConsentDetails, type ConsentEnd, faultsOfConsent } from './domain/index.js';
import { LearnersService } from './learners.service.js';
import { endConsent, insertConsent, listConsents, overdueConsents, readConsent } from './storage/consent.store.js';

/** So often it is looked for consents whose last day has passed: they hold on for a minute at most. */
const sweepMilliseconds = 60_000;

/** With whom a student shares transcripts. */
@Injectable()
export class ConsentsService implements OnApplicationBootstrap, OnModuleDestroy {
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly institutions: InstitutionsService,
    private readonly learners: LearnersService,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    this.sweeper = setInterval(() => void this.endOverdue().catch(() => undefined), sweepMilliseconds).unref();
    return this.endOverdue();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeper);
  }

  read(learner: string, id: string): Promise<Consent> {
    return reading(this.dataSource, (manager) => found(manager, learner, id));
  }

  list(learner: string, query: PageQuery): Promise<Page<Consent>> {
    return this.learners.readOf(learner, (manager) => listConsents(manager, learner, query));
  }

  /** Gives a consent; the institution sees the transcripts as soon as it is given. */
  give(learner: string, details: ConsentDetails): Promise<Consent> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const errors = faultsOfConsent(details, this.clock.today());
      const { institution } = details;
      if (!(await this.institutions.find(manager, [institution])).has(institution)) {
        errors.push({ pointer: '/institution', detail: 'is not a known institution' });
      }
      if (errors.length > 0) throw new Problem('ruleViolated', 'The consent cannot be given so.', errors);
      const consent: Consent = { ...details, id: newId(), givenAt: this.clock.now().toISOString() };
      await insertConsent(manager, learner, consent);
      await this.learners.refreshReaders(manager, learner);
      await record(manager, {
        action: 'consent.given',
        resource: { kind: 'consent', id: consent.id },
        learner,
        institution,
        after: consent,
      });
      return consent;
    });
  }

  /** Withdraws a consent; from here on the institution sees no more than it would have seen without. */
  withdraw(learner: string, id: string): Promise<Consent> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const before = await found(manager, learner, id);
      if (before.end !== undefined) throw new Problem('conflict', 'This consent has ended already.');
      return this.end(manager, learner, before, 'withdrawal');
    });
  }

  /** Ends consents whose last day has passed, each in a transaction of its own. */
  async endOverdue(): Promise<void> {
    await asService('consents', async () => {
      const overdue = await transaction(this.dataSource, (manager) => overdueConsents(manager, this.clock.today()));
      for (const { learner, id } of overdue) await this.expire(learner, id);
    });
  }

  private expire(learner: string, id: string): Promise<void> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const before = await readConsent(manager, learner, id);
      // Another process may have been here before, or the student.
      if (before !== undefined && before.end === undefined) await this.end(manager, learner, before, 'expiry');
    });
  }

  private async end(manager: EntityManager, learner: string, before: Consent, by: ConsentEnd): Promise<Consent> {
    const after: Consent = { ...before, end: { by, at: this.clock.now().toISOString() } };
    await endConsent(manager, learner, before.id, by, this.clock.now().toISOString());
    await this.learners.refreshReaders(manager, learner);
    const action = by === 'withdrawal' ? 'consent.withdrawn' : 'consent.expired';
    const { id, institution } = before;
    await record(manager, { action, resource: { kind: 'consent', id }, learner, institution, before, after });
    return after;
  }
}

async function found(manager: EntityManager, learner: string, id: string): Promise<Consent> {
  const consent = await readConsent(manager, learner, id);
  if (consent === undefined) throw notFound();
  return consent;
}
