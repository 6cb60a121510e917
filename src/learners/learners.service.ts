import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { InstitutionsService } from '../institutions/index.js';
import { type FieldError, Problem } from '../kernel/index.js';
import {
  changeOf,
  Clock,
  currentCaller,
  type ExpectedVersion,
  newId,
  notFound,
  type Page,
  type PageQuery,
  record,
  seeingAll,
  reading,
  transaction,
} from '../platform/index.js';
import { AccessLog } from './access-log.js';
import { type IdentifierKey, type Learner, type LinkedIdentifier, type ProvenIdentifier, repeatedIdentifiers } from './domain/index.js';
import {
  claimantOf,
  claimIdentifiers,
  deleteIdentifier,
  insertIdentifier,
  insertLearner,
  isSteward,
  type LearnerFilter,
  listLearners,
  lockLearner,
  readLearner,
  releaseIdentifier,
  updateLearner,
} from './storage/learner.store.js';
import { refreshReaders } from './storage/readers.js';

/** A list of learners: filters by one identifier, a page. */
export type LearnerQuery = LearnerFilter & PageQuery;

/** What is said of a new learner. */
export interface LearnerDetails {
  readonly displayName?: string;
  readonly identifiers: readonly ProvenIdentifier[];
}

@Injectable()
export class LearnersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly institutions: InstitutionsService,
    private readonly accessLog: AccessLog,
  ) {}

  read(id: string): Promise<Learner> {
    return reading(this.dataSource, async (manager) => found(await readLearner(manager, id)));
  }

  list(query: LearnerQuery): Promise<Page<Learner>> {
    return transaction(this.dataSource, async (manager) => {
      const page = await listLearners(manager, query, query);
      const shown = page.items.map(({ id }) => id);
      await this.accessLog.record(manager, shown, { operation: 'GET /v1/learners', path: '/v1/learners' });
      return page;
    });
  }

  /** Reads what belongs to a learner, in the round trip that says whether there is one; refuses, as if it did not exist, where there is not. */
  readOf<Result>(learner: string, work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return reading(this.dataSource, async (manager) => {
      const [result] = await Promise.all([work(manager), this.requireLearner(manager, learner)]);
      return result;
    });
  }

  /** Refuses, as if it did not exist, what is asked of a learner who is not on record. */
  async requireLearner(manager: EntityManager, id: string): Promise<void> {
    found(await readLearner(manager, id));
  }

  /**
   * The same inside a command: from here to the end of the transaction the commands on what this learner owns follow one another, so that what one of
   * them has read still holds when it writes.
   */
  async lock(manager: EntityManager, id: string): Promise<void> {
    if (!(await lockLearner(manager, id))) throw notFound();
  }

  /**
   * Says anew which institutions see what of a learner, inside the transaction that has changed a transcript, an enrolment, a consent or the ledger, and
   * that holds the learner's lock.
   */
  async refreshReaders(manager: EntityManager, id: string): Promise<void> {
    await seeingAll(manager, () => refreshReaders(manager, id));
  }

  /** The id of the learner who has an identifier. */
  findByIdentifier(manager: EntityManager, identifier: IdentifierKey): Promise<string | undefined> {
    return claimantOf(manager, identifier);
  }

  async create(details: LearnerDetails): Promise<Learner> {
    return transaction(this.dataSource, (manager) => this.insert(manager, details));
  }

  /** The same inside the caller's transaction. */
  async insert(manager: EntityManager, details: LearnerDetails): Promise<Learner> {
    const { identifiers } = details;
    refuse(
      repeatedIdentifiers(identifiers).map((index) => ({ pointer: `/identifiers/${String(index)}`, detail: 'is given twice' })),
      'ruleViolated',
    );
    const learner: Learner = {
      id: newId(),
      ...named(details),
      identifiers: identifiers.map((identifier) => ({ ...identifier, id: newId() })),
      version: 1,
      modifiedAt: this.now(),
    };
    await this.claim(manager, learner.id, learner.identifiers, (index) => `/identifiers/${String(index)}`);
    await insertLearner(manager, learner, currentCaller()?.institution);
    await record(manager, changeOf('learner', { learner: learner.id }, undefined, learner));
    return learner;
  }

  /** Replaces what is said of a learner; the identifiers are linked and unlinked one by one. */
  change(id: string, details: Pick<LearnerDetails, 'displayName'>, expected: ExpectedVersion): Promise<Learner> {
    return transaction(this.dataSource, async (manager) => {
      const before = await this.locked(manager, id, expected);
      await requireSteward(manager, id);
      return this.changed(manager, 'learner.changed', before, { id, ...named(details), identifiers: before.identifiers });
    });
  }

  /** Links an identifier, which must not be another learner's. */
  link(id: string, identifier: ProvenIdentifier): Promise<Learner> {
    const linked: LinkedIdentifier = { ...identifier, id: newId() };
    return transaction(this.dataSource, async (manager) => {
      const learner = await this.locked(manager, id);
      await requireSteward(manager, id);
      await this.claim(manager, id, [linked], () => '');
      await insertIdentifier(manager, id, linked);
      return this.changed(manager, 'learner.linked', learner, { ...learner, identifiers: [...learner.identifiers, linked] });
    });
  }

  /** Takes an identifier away from a learner; another learner may have it then. */
  unlink(id: string, identifierId: string, expected: ExpectedVersion): Promise<Learner> {
    return transaction(this.dataSource, async (manager) => {
      const learner = await this.locked(manager, id, expected);
      await requireSteward(manager, id);
      const unlinked = found(learner.identifiers.find((identifier) => identifier.id === identifierId));
      await deleteIdentifier(manager, id, identifierId);
      await releaseIdentifier(manager, id, unlinked);
      const identifiers = learner.identifiers.filter((identifier) => identifier !== unlinked);
      return this.changed(manager, 'learner.unlinked', learner, { ...learner, identifiers });
    });
  }

  private async locked(manager: EntityManager, id: string, expected?: ExpectedVersion): Promise<Learner> {
    await this.lock(manager, id);
    const learner = found(await readLearner(manager, id));
    expected?.check(learner.version);
    return learner;
  }

  private async changed(
    manager: EntityManager,
    action: string,
    before: Learner,
    after: Omit<Learner, 'version' | 'modifiedAt'>,
  ): Promise<Learner> {
    const next = { ...after, version: before.version + 1, modifiedAt: this.now() };
    await updateLearner(manager, next);
    await record(manager, { ...changeOf('learner', { learner: next.id }, before, next), action });
    return next;
  }

  private async claim(
    manager: EntityManager,
    learner: string,
    identifiers: readonly LinkedIdentifier[],
    pointerOf: (index: number) => string,
  ): Promise<void> {
    const known = await this.institutions.find(
      manager,
      identifiers.map(({ institution }) => institution),
    );
    const unknown = identifiers.flatMap(({ institution }, index) =>
      known.has(institution) ? [] : [{ pointer: `${pointerOf(index)}/institution`, detail: 'is not a known institution' }],
    );
    refuse([...unknown, ...foreignProofs(identifiers, pointerOf)], 'ruleViolated');
    const taken = await claimIdentifiers(manager, learner, identifiers);
    refuse(
      taken.map((identifier) => ({ pointer: pointerOf(identifiers.indexOf(identifier)), detail: 'belongs to another learner' })),
      'conflict',
    );
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

/** An institution that merely reads a learner's record says nothing about who the learner is. */
async function requireSteward(manager: EntityManager, learner: string): Promise<void> {
  const institution = currentCaller()?.institution;
  if (institution === undefined || (await isSteward(manager, learner, institution))) return;
  throw new Problem('forbidden', 'This is for the institution that recorded the learner, and for those at which the learner is enrolled.');
}

/** Only the institution that gave an identifier can say so; the service itself, which acts for none, says what it has been told. */
function foreignProofs(identifiers: readonly LinkedIdentifier[], pointerOf: (index: number) => string): FieldError[] {
  const caller = currentCaller()?.institution;
  return identifiers.flatMap(({ institution, proof }, index) =>
    proof === 'issuer' && caller !== undefined && institution !== caller
      ? [
          {
            pointer: `${pointerOf(index)}/proof`,
            detail: 'is "issuer" only where the institution itself states its identifier; you may state "registrar"',
          },
        ]
      : [],
  );
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw notFound();
  return value;
}

function named({ displayName }: Pick<LearnerDetails, 'displayName'>): Pick<Learner, 'displayName'> {
  return displayName === undefined ? {} : { displayName };
}

function refuse(errors: readonly FieldError[], code: 'ruleViolated' | 'conflict'): void {
  if (errors.length > 0) throw new Problem(code, 'The identifiers cannot be linked to this learner.', errors);
}
