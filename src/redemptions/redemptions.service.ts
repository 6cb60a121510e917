import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { InstitutionsService } from '../institutions/index.js';
import { type CalendarDate, type FieldError, Problem } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import { Clock, newId, notFound, type Page, type PageQuery, reading, record, transaction } from '../platform/index.js';
import { ProgrammesService } from '../programmes/index.js';
import { CompletionsService } from '../transcripts/index.js';
import { decide, type LedgerCommand, type LedgerRefusal, type RecordedEntry } from './domain/index.js';
import { insertEntry, listEntries, readLedger, type RedemptionFilter } from './storage/redemption.store.js';

/** A use of a completion for credit in a programme. */
export interface Use {
  readonly completion: string;
  readonly institution: string;
  /** The programme's code. */
  readonly programme: string;
  readonly decidedOn: CalendarDate;
}

/** The ledger of completions used for credit, learner by learner. */
@Injectable()
export class RedemptionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly institutions: InstitutionsService,
    private readonly learners: LearnersService,
    private readonly programmes: ProgrammesService,
    private readonly completions: CompletionsService,
  ) {}

  async read(learner: string, id: string): Promise<RecordedEntry> {
    const ledger = await reading(this.dataSource, (manager) => readLedger(manager, learner));
    const entry = ledger.find((candidate) => candidate.id === id);
    if (entry === undefined) throw notFound();
    return entry;
  }

  list(learner: string, query: RedemptionFilter & PageQuery): Promise<Page<RecordedEntry>> {
    return this.learners.readOf(learner, (manager) => listEntries(manager, learner, query, query));
  }

  /** Enters that a completion was used for credit in a programme. */
  redeem(learner: string, use: Use): Promise<RecordedEntry> {
    return transaction(this.dataSource, (manager) => this.enter(manager, learner, use));
  }

  /** The same inside the caller's transaction. */
  async enter(manager: EntityManager, learner: string, { completion, institution, programme, decidedOn }: Use): Promise<RecordedEntry> {
    await this.learners.lock(manager, learner);
    const errors = await this.faultsOfUse(manager, learner, completion, institution);
    const code = await this.programmes.findCode(manager, institution, programme);
    if (errors.length > 0 || code === undefined) throw refusal([...errors, ...(code === undefined ? [unknownProgramme] : [])]);
    return this.add(manager, learner, { kind: 'redeem', completion, institution, programme: code }, decidedOn);
  }

  /** Enters that the credit of an entry was taken to another programme of its institution. */
  transfer(learner: string, entry: string, programme: string, decidedOn: CalendarDate): Promise<RecordedEntry> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      const institution = (await readLedger(manager, learner)).find(({ id }) => id === entry)?.institution;
      if (institution === undefined) throw notFound();
      const code = await this.programmes.findCode(manager, institution, programme);
      if (code === undefined) throw refusal([unknownProgramme]);
      return this.add(manager, learner, { kind: 'transfer', entry, programme: code }, decidedOn);
    });
  }

  /** Enters that the credit of an entry was given back. */
  undo(learner: string, entry: string, decidedOn: CalendarDate): Promise<RecordedEntry> {
    return transaction(this.dataSource, async (manager) => {
      await this.learners.lock(manager, learner);
      return this.add(manager, learner, { kind: 'undo', entry }, decidedOn);
    });
  }

  private async faultsOfUse(manager: EntityManager, learner: string, completion: string, institution: string): Promise<FieldError[]> {
    const errors: FieldError[] = [];
    const [found] = await this.completions.find(manager, learner, [completion]);
    if (found === undefined) errors.push({ pointer: '/completion', detail: 'is not a completion of this learner' });
    else if (found.stated.outcome !== 'achieved') errors.push({ pointer: '/completion', detail: 'is not achieved' });
    if (!(await this.institutions.find(manager, [institution])).has(institution)) {
      errors.push({ pointer: '/institution', detail: 'is not a known institution' });
    }
    return errors;
  }

  private async add(manager: EntityManager, learner: string, command: LedgerCommand, decidedOn: CalendarDate): Promise<RecordedEntry> {
    const verdict = decide(await readLedger(manager, learner), command, newId(), decidedOn);
    if (verdict.kind === 'refused') throw refusals[verdict.reason]();
    const recordedAt = this.clock.now().toISOString();
    await insertEntry(manager, learner, verdict.entry, recordedAt);
    await this.learners.refreshReaders(manager, learner);
    const { id, kind, institution } = verdict.entry;
    const after = { ...verdict.entry, recordedAt };
    await record(manager, {
      action: `redemption.${kind === 'redeemed' ? 'entered' : kind}`,
      resource: { kind: 'redemption', id },
      learner,
      institution,
      after,
    });
    return { ...after, inForce: kind !== 'undone' };
  }
}

const unknownProgramme: FieldError = { pointer: '/programme', detail: 'is not a programme of this institution' };

function refusal(errors: readonly FieldError[]): Problem {
  return new Problem('ruleViolated', 'The use cannot be entered so.', errors);
}

const refusals: Readonly<Record<LedgerRefusal, () => Problem>> = {
  unknownEntry: notFound,
  alreadyReplaced: () => new Problem('conflict', 'A later entry has replaced this one already. Move or undo that one.'),
  nothingToReplace: () => new Problem('conflict', 'This entry gives credit back itself; there is nothing to move or to undo.'),
  decidedLater: () => refusal([{ pointer: '/decidedOn', detail: 'must not be before the day on which the entry was decided' }]),
  alreadyRedeemed: () => new Problem('conflict', 'The completion is used for credit in this programme already.'),
};
