import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type FieldError, Problem } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import {
  changeOf,
  Clock,
  currentCaller,
  type ExpectedVersion,
  notFound,
  type Page,
  type PageQuery,
  reading,
  record,
  seeingAll,
  transaction,
} from '../platform/index.js';
import { CompletionsService } from './completions.service.js';
import { checkClaim, checkVerification, type ReadTranscript, type Transcript, type VerificationResult } from './domain/index.js';
import { readStatements } from './storage/completion.store.js';
import { touchCompletions } from './storage/statement.store.js';
import {
  listTranscripts,
  readDocument,
  readTranscript,
  readTranscriptOf,
  type TranscriptFilter,
  updateVerification,
} from './storage/transcript.store.js';
import { type HandedInTranscript, TranscriptIntake, witnessOf } from './transcript-intake.js';

@Injectable()
export class TranscriptsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly learners: LearnersService,
    private readonly intake: TranscriptIntake,
    private readonly completions: CompletionsService,
  ) {}

  read(learner: string, id: string): Promise<ReadTranscript> {
    return reading(this.dataSource, (manager) => this.found(manager, learner, id));
  }

  list(learner: string, query: TranscriptFilter & PageQuery): Promise<Page<Transcript>> {
    return this.learners.readOf(learner, (manager) => listTranscripts(manager, learner, query, query));
  }

  /** The transcript of the learner whose document has a digest, if one has. */
  findByDocument(manager: EntityManager, learner: string, digest: string): Promise<Transcript | undefined> {
    return readTranscriptOf(manager, learner, digest);
  }

  /** The bytes that were handed in. */
  async document(learner: string, id: string): Promise<Buffer> {
    const bytes = await reading(this.dataSource, (manager) => readDocument(manager, learner, id));
    if (bytes === undefined) throw notFound();
    return bytes;
  }

  create(learner: string, handedIn: HandedInTranscript): Promise<ReadTranscript> {
    return transaction(this.dataSource, (manager) => this.add(manager, learner, handedIn));
  }

  /** Takes a transcript in, inside the caller's transaction, and looks up in the catalogue what it states. */
  async add(manager: EntityManager, learner: string, handedIn: HandedInTranscript): Promise<ReadTranscript> {
    await this.learners.lock(manager, learner);
    const { transcript, completions } = await this.intake.take(manager, learner, handedIn);
    await seeingAll(manager, () => this.completions.matchByCatalogue(manager, learner, completions));
    await this.learners.refreshReaders(manager, learner);
    const added = await this.found(manager, learner, transcript.id);
    await record(manager, changeOf('transcript', { learner }, undefined, added));
    return added;
  }

  /** Records what came of checking a transcript; which statement is followed may depend on it, so its completions are looked up again. */
  async verify(learner: string, id: string, result: VerificationResult, expected: ExpectedVersion): Promise<ReadTranscript> {
    refuse(checkVerification(result));
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const before = await this.found(manager, learner, id);
      const { version, issuer, statements } = before;
      expected.check(version);
      refuse(checkClaim(result.verification, issuer, witnessOf(currentCaller())));
      const modifiedAt = this.clock.now().toISOString();
      if (!(await updateVerification(manager, learner, { ...result, id, version: version + 1, modifiedAt }))) {
        throw new Problem('forbidden', 'Another institution has handed in this transcript, and says what came of checking it.');
      }
      const completions = statements.map(({ completion }) => completion);
      await seeingAll(manager, async () => {
        await touchCompletions(manager, learner, completions, modifiedAt);
        await this.completions.matchByCatalogue(manager, learner, completions);
      });
      const after = await this.found(manager, learner, id);
      await record(manager, { ...changeOf('transcript', { learner }, before, after), action: 'transcript.verified' });
      return after;
    });
  }

  private async found(manager: EntityManager, learner: string, id: string): Promise<ReadTranscript> {
    const transcript = await readTranscript(manager, learner, id);
    if (transcript === undefined) throw notFound();
    return { ...transcript, statements: await readStatements(manager, learner, id) };
  }
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new Problem('ruleViolated', 'The result cannot be recorded so.', errors);
}
