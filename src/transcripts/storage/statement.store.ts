import type { EntityManager } from 'typeorm';
import { normaliseCode } from '../../kernel/index.js';
import { insertRows } from '../../platform/index.js';
import {
  certificateDigest,
  type CompletionIdentity,
  type KnownCompletion,
  type MatchedBy,
  type PlacedStatement,
  type StatedCompletion,
} from '../domain/index.js';
import { CompletionRow, CompletionStatementRow } from './transcript.rows.js';

/** The learner's completions of the providers that rows name: what the rows may turn out to be. */
export async function knownCompletions(
  manager: EntityManager,
  learner: string,
  rows: readonly StatedCompletion[],
): Promise<KnownCompletion[]> {
  const found = await manager.query<
    Readonly<{ id: string; provider_id: string; normalised_code: string; attempt: number; certificate_id: string | null }>[]
  >(
    `SELECT id, provider_id, normalised_code, attempt, certificate_id FROM completions
     WHERE learner_id = $1 AND provider_id = ANY($2) AND (normalised_code = ANY($3) OR certificate_id = ANY($4))`,
    [
      learner,
      [...new Set(rows.map(({ provider }) => provider))],
      [...new Set(rows.map(({ code }) => normaliseCode(code)))],
      rows.flatMap(({ certificateId }) => (certificateId === undefined ? [] : [certificateId])),
    ],
  );
  return found.map((row) => ({
    id: row.id,
    provider: row.provider_id,
    code: row.normalised_code,
    attempt: row.attempt,
    ...(row.certificate_id === null ? {} : { certificateId: row.certificate_id }),
  }));
}

/** Claims the certificates of rows for a learner; the answer is the positions of those that another learner has. */
export async function claimCertificates(manager: EntityManager, learner: string, rows: readonly CompletionIdentity[]): Promise<number[]> {
  const digests = rows.map(({ provider, certificateId }) =>
    certificateId === undefined ? undefined : certificateDigest(provider, certificateId),
  );
  // In one order, so that commands that claim the same certificates do not wait for each other in a circle.
  const claimed = [...new Set(digests.filter((digest) => digest !== undefined))].sort();
  if (claimed.length === 0) return [];
  await manager.query(
    'INSERT INTO achievement_claims (digest, learner_id) SELECT digest, $2 FROM unnest($1::text[]) AS claim(digest) ON CONFLICT DO NOTHING',
    [claimed, learner],
  );
  const taken = await manager.query<{ digest: string }[]>(
    'SELECT digest FROM achievement_claims WHERE digest = ANY($1) AND learner_id <> $2',
    [claimed, learner],
  );
  const foreign = new Set(taken.map(({ digest }) => digest));
  return digests.flatMap((digest, index) => (digest !== undefined && foreign.has(digest) ? [index] : []));
}

/** Records achievements; who sees them follows from the transcripts that state them. */
export async function insertCompletions(
  manager: EntityManager,
  learner: string,
  completions: readonly KnownCompletion[],
  modifiedAt: string,
): Promise<void> {
  const rows = completions.map(({ id, provider, code, attempt, certificateId }) => ({
    learnerId: learner,
    id,
    providerId: provider,
    normalisedCode: code,
    attempt,
    certificateId: certificateId ?? null,
    courseId: null,
    matchedBy: null,
    version: 1,
    modifiedAt: new Date(modifiedAt),
    readers: [],
  }));
  await insertRows(manager, CompletionRow, rows);
}

/** Makes the next version of completions about which something has become known. */
export async function touchCompletions(manager: EntityManager, learner: string, ids: readonly string[], modifiedAt: string): Promise<void> {
  if (ids.length === 0) return;
  await manager.query('UPDATE completions SET version = version + 1, modified_at = $3 WHERE learner_id = $1 AND id = ANY($2)', [
    learner,
    ids,
    modifiedAt,
  ]);
}

/** Records the certificate of completions that had none. */
export async function giveCertificates(
  manager: EntityManager,
  learner: string,
  certificates: readonly { readonly completion: string; readonly certificateId: string }[],
): Promise<void> {
  if (certificates.length === 0) return;
  await manager.query(
    `UPDATE completions SET certificate_id = given.certificate_id
     FROM unnest($2::uuid[], $3::text[]) AS given(id, certificate_id)
     WHERE learner_id = $1 AND completions.id = given.id`,
    [learner, certificates.map(({ completion }) => completion), certificates.map(({ certificateId }) => certificateId)],
  );
}

/** Records which catalogue edition completions are of; without one, that none was found. */
export async function setMatches(
  manager: EntityManager,
  learner: string,
  matches: readonly { readonly completion: string; readonly course?: string; readonly by: MatchedBy }[],
): Promise<void> {
  if (matches.length === 0) return;
  await manager.query(
    `UPDATE completions SET course_id = found.course_id, matched_by = CASE WHEN found.course_id IS NULL THEN NULL ELSE found.matched_by END
     FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS found(id, course_id, matched_by)
     WHERE learner_id = $1 AND completions.id = found.id`,
    [learner, matches.map(({ completion }) => completion), matches.map(({ course }) => course ?? null), matches.map(({ by }) => by)],
  );
}

function amount(value: number | undefined): string | null {
  return value === undefined ? null : String(value);
}

/** Records what a transcript states, row by row; who sees it follows from the transcript. */
export async function insertStatements(
  manager: EntityManager,
  learner: string,
  transcript: string,
  statements: readonly PlacedStatement[],
): Promise<void> {
  const rows = statements.map(({ completion, stated }, position) => ({
    learnerId: learner,
    transcriptId: transcript,
    position,
    completionId: completion,
    platformId: stated.platform ?? null,
    code: stated.code,
    title: stated.title ?? null,
    credits: stated.credits ?? null,
    creditSystem: stated.credits === undefined ? null : (stated.creditSystem ?? null),
    gradingScale: stated.grade?.scale ?? null,
    grade: stated.grade?.value ?? null,
    outcome: stated.outcome,
    enrolledOn: stated.enrolledOn ?? null,
    completedOn: stated.completedOn ?? null,
    hours: amount(stated.hours),
    weeks: amount(stated.weeks),
    identityVerified: stated.evidence.identityVerified,
    proctored: stated.evidence.proctored,
    readers: [],
  }));
  await insertRows(manager, CompletionStatementRow, rows);
}
