import { Injectable } from '@nestjs/common';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { EntityManager } from 'typeorm';
import { CreditSystemsService, GradingScalesService, InstitutionsService } from '../institutions/index.js';
import { type FieldError, Problem } from '../kernel/index.js';
import { type Caller, Clock, currentCaller, newId, seeingAll, serviceScope } from '../platform/index.js';
import {
  checkClaim,
  checkRows,
  checkVerification,
  creditSystemOf,
  identify,
  type IdentifiedRow,
  type KnownReferences,
  type StatedCompletion,
  type Transcript,
  type TranscriptDetails,
  type Witness,
} from './domain/index.js';
import {
  claimCertificates,
  giveCertificates,
  insertCompletions,
  insertStatements,
  knownCompletions,
  touchCompletions,
} from './storage/statement.store.js';
import { insertTranscript } from './storage/transcript.store.js';

/** A transcript as it is handed in: what it says, and the bytes that say it. */
export interface HandedInTranscript extends TranscriptDetails {
  readonly rows: readonly StatedCompletion[];
  readonly document: { readonly mediaType: string; readonly bytes: Uint8Array };
}

/** What a transcript that was taken in has led to. */
export interface TakenIn {
  readonly transcript: Transcript;
  /** The completion that each row states. */
  readonly completions: readonly string[];
}

/** A row that is known to state one completion. */
type PlacedRow = IdentifiedRow & { readonly completion: string };

/** Takes transcripts in, whole or not at all. */
@Injectable()
export class TranscriptIntake {
  constructor(
    private readonly clock: Clock,
    private readonly institutions: InstitutionsService,
    private readonly creditSystems: CreditSystemsService,
    private readonly gradingScales: GradingScalesService,
  ) {}

  /**
   * Keeps the document, finds out which achievements its rows state, and records what they say. The learner is locked. An achievement is one whoever has
   * stated it before, so it is looked for, and kept, among the completions that the caller does not see, too.
   */
  async take(manager: EntityManager, learner: string, handedIn: HandedInTranscript): Promise<TakenIn> {
    const known = await this.references(manager, handedIn);
    refuse(faultsOf(handedIn, known), 'ruleViolated');
    const transcript = this.transcriptOf(handedIn);
    const placed = await seeingAll(manager, () => place(manager, learner, handedIn.rows));
    await claim(manager, learner, placed);
    await insertTranscript(manager, learner, transcript, handedIn.document.bytes, currentCaller()?.institution);
    const statements = handedIn.rows.map((row, index) => ({
      completion: placed[index]?.completion ?? '',
      stated: withCreditSystem(row, known),
    }));
    await seeingAll(manager, async () => {
      await storeCompletions(manager, learner, placed, transcript.modifiedAt);
      await insertStatements(manager, learner, transcript.id, statements);
    });
    return { transcript, completions: placed.map(({ completion }) => completion) };
  }

  /** What exists of all that the transcript names. */
  private async references(manager: EntityManager, { issuer, rows }: HandedInTranscript): Promise<KnownReferences> {
    const institutions = [issuer, ...rows.flatMap(({ provider, platform }) => [provider, ...(platform === undefined ? [] : [platform])])];
    const systems = rows.flatMap(({ creditSystem }) => (creditSystem === undefined ? [] : [creditSystem]));
    const scales = rows.flatMap(({ grade }) => (grade === undefined ? [] : [grade.scale]));
    return {
      institutions: await this.institutions.find(manager, institutions),
      creditSystems: new Set((await this.creditSystems.find(manager, systems)).map(({ id }) => id)),
      gradingScales: new Map((await this.gradingScales.find(manager, scales)).map((scale) => [scale.id, scale])),
    };
  }

  private transcriptOf({ issuer, issuedOn, verification, reason, document }: HandedInTranscript): Transcript {
    const { mediaType, bytes } = document;
    return {
      id: newId(),
      issuer,
      issuedOn,
      verification,
      ...(reason === undefined ? {} : { reason }),
      document: { mediaType, sizeBytes: bytes.byteLength, digest: `sha-256:${bytesToHex(sha256(bytes))}` },
      version: 1,
      modifiedAt: this.clock.now().toISOString(),
    };
  }
}

/** Credits without a system of their own are counted in the home credit system of the provider. */
function withCreditSystem(row: StatedCompletion, known: KnownReferences): StatedCompletion {
  const creditSystem = row.credits === undefined ? undefined : creditSystemOf(row, known.institutions);
  return creditSystem === undefined ? row : { ...row, creditSystem };
}

function faultsOf(handedIn: HandedInTranscript, known: KnownReferences): FieldError[] {
  const issuer = known.institutions.has(handedIn.issuer) ? [] : [{ pointer: '/issuer', detail: 'is not a known institution' }];
  const claimed = checkClaim(handedIn.verification, handedIn.issuer, witnessOf(currentCaller()));
  return [...issuer, ...checkVerification(handedIn), ...claimed, ...inRows(checkRows(handedIn.rows, known))];
}

/** Who says how far a transcript can be trusted. */
export function witnessOf(caller: Caller | undefined): Witness {
  if (caller === undefined || caller.scope === serviceScope) return { kind: 'service' };
  return caller.institution === undefined ? { kind: 'student' } : { kind: 'institution', id: caller.institution };
}

/** Errors with pointers into the list of rows, as errors of the transcript. */
function inRows(errors: readonly FieldError[]): FieldError[] {
  return errors.map(({ pointer, detail }) => ({ pointer: `/completions${pointer}`, detail }));
}

/** Finds the completion that each row states, or makes the id of a new one. */
async function place(manager: EntityManager, learner: string, rows: readonly StatedCompletion[]): Promise<PlacedRow[]> {
  const identification = identify(rows, await knownCompletions(manager, learner, rows));
  if (identification.kind === 'contradiction') throw refusal(inRows(identification.errors), 'ruleViolated');
  return identification.rows.map((row) => ({ ...row, completion: row.known?.id ?? newId() }));
}

async function claim(manager: EntityManager, learner: string, placed: readonly PlacedRow[]): Promise<void> {
  const taken = await claimCertificates(
    manager,
    learner,
    placed.map(({ identity }) => identity),
  );
  const errors = taken.map((index) => ({ pointer: `/${String(index)}/certificateId`, detail: 'is the certificate of another learner' }));
  refuse(inRows(errors), 'conflict');
}

async function storeCompletions(manager: EntityManager, learner: string, placed: readonly PlacedRow[], modifiedAt: string): Promise<void> {
  const added = placed.filter(({ known }) => known === undefined);
  await insertCompletions(
    manager,
    learner,
    added.map(({ completion, identity }) => ({ ...identity, id: completion })),
    modifiedAt,
  );
  const known = placed.filter((row) => row.known !== undefined);
  const certificates = known.flatMap(({ completion, identity }) =>
    identity.certificateId === undefined ? [] : [{ completion, certificateId: identity.certificateId }],
  );
  await giveCertificates(manager, learner, certificates);
  await touchCompletions(
    manager,
    learner,
    known.map(({ completion }) => completion),
    modifiedAt,
  );
}

function refusal(errors: readonly FieldError[], code: 'ruleViolated' | 'conflict'): Problem {
  return new Problem(code, 'The transcript cannot be taken in, and nothing of it was.', errors);
}

function refuse(errors: readonly FieldError[], code: 'ruleViolated' | 'conflict'): void {
  if (errors.length > 0) throw refusal(errors, code);
}
