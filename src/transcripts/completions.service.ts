import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CoursesService } from '../courses/index.js';
import { Problem } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import {
  changeOf,
  Clock,
  type ExpectedVersion,
  notFound,
  type Page,
  type PageQuery,
  reading,
  record,
  seeingAll,
  transaction,
} from '../platform/index.js';
import { type CompletionRecord, matchEdition } from './domain/index.js';
import { type CompletionFilter, listCompletions, readCompletions } from './storage/completion.store.js';
import { setMatches, touchCompletions } from './storage/statement.store.js';

/** What a learner has achieved, transcript by transcript stated, and the catalogue editions it is of. */
@Injectable()
export class CompletionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly learners: LearnersService,
    private readonly courses: CoursesService,
  ) {}

  read(learner: string, id: string): Promise<CompletionRecord> {
    return reading(this.dataSource, (manager) => this.found(manager, learner, id));
  }

  list(learner: string, query: CompletionFilter & PageQuery): Promise<Page<CompletionRecord>> {
    return this.learners.readOf(learner, (manager) => listCompletions(manager, learner, query, query));
  }

  /** Those of the ids that are completions of the learner. */
  find(manager: EntityManager, learner: string, ids: readonly string[]): Promise<CompletionRecord[]> {
    return readCompletions(manager, learner, ids);
  }

  /** Says which edition a completion is of; without one, the catalogue is asked again, and what it says takes the place of what was said before. */
  match(learner: string, id: string, course: string | undefined, expected: ExpectedVersion): Promise<CompletionRecord> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const completion = await this.found(manager, learner, id);
      expected.check(completion.version);
      await seeingAll(manager, async () => {
        await touchCompletions(manager, learner, [id], this.clock.now().toISOString());
        if (course === undefined) await this.matchAgain(manager, learner, [completion]);
        else await this.matchTo(manager, learner, completion, course);
      });
      const matched = await this.found(manager, learner, id);
      await record(manager, { ...changeOf('completion', { learner }, completion, matched), action: 'completion.matched' });
      return matched;
    });
  }

  /** Looks completions up in the catalogue, those aside for which a registrar has said which edition they are of. */
  async matchByCatalogue(manager: EntityManager, learner: string, ids: readonly string[]): Promise<void> {
    const completions = await readCompletions(manager, learner, ids);
    await this.matchAgain(
      manager,
      learner,
      completions.filter(({ match }) => match?.by !== 'registrar'),
    );
  }

  private async matchAgain(manager: EntityManager, learner: string, completions: readonly CompletionRecord[]): Promise<void> {
    const editions = await this.courses.editionsOf(
      manager,
      completions.map(({ stated }) => stated),
    );
    const matches = completions.map(({ id, stated }) => {
      const course = matchEdition(stated, editions);
      return { completion: id, by: 'catalogue' as const, ...(course === undefined ? {} : { course }) };
    });
    await setMatches(manager, learner, matches);
  }

  private async matchTo(manager: EntityManager, learner: string, completion: CompletionRecord, course: string): Promise<void> {
    const [edition] = await this.courses.find(manager, [course]);
    const fault =
      edition === undefined
        ? 'is not a known course'
        : edition.provider === completion.stated.provider
          ? undefined
          : 'is a course of another provider';
    if (fault !== undefined)
      throw new Problem('ruleViolated', 'The completion cannot be matched so.', [{ pointer: '/course', detail: fault }]);
    await setMatches(manager, learner, [{ completion: completion.id, course, by: 'registrar' }]);
  }

  private async found(manager: EntityManager, learner: string, id: string): Promise<CompletionRecord> {
    const [completion] = await readCompletions(manager, learner, [id]);
    if (completion === undefined) throw notFound();
    return completion;
  }
}
