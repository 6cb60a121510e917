import type { EntityManager } from 'typeorm';
import { byId, Conditions, explainConstraints, type Page, type PageQuery, preparedQuery, rowsToRead } from '../../platform/index.js';
import type { Transcript, Verification, VerificationResult } from '../domain/index.js';
import { TranscriptRow } from './transcript.rows.js';

explainConstraints({
  transcripts_document_key: 'This document is among the transcripts of the learner already.',
  transcripts_issuer_id_fkey: 'The issuer does not exist.',
  transcripts_learner_id_fkey: 'There is no such learner.',
});

/** What a list of transcripts may be held to. */
export interface TranscriptFilter {
  readonly issuer?: string;
  readonly verification?: Verification;
}

type FoundTranscript = Readonly<{
  id: string;
  issuer_id: string;
  issued_on: string;
  document_media_type: string;
  size: number;
  document_digest: string;
  verification: Verification;
  verification_reason: string | null;
  version: number;
  modified_at: Date;
}>;

/** The document itself is read only where somebody asks for it. */
const columns = `id, issuer_id, issued_on, document_media_type, length(document) AS size, document_digest, verification, verification_reason,
  version, modified_at`;

function transcriptOf(row: FoundTranscript): Transcript {
  return {
    id: row.id,
    issuer: row.issuer_id,
    issuedOn: row.issued_on,
    document: { mediaType: row.document_media_type, sizeBytes: row.size, digest: row.document_digest },
    verification: row.verification,
    ...(row.verification_reason === null ? {} : { reason: row.verification_reason }),
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

export async function readTranscript(manager: EntityManager, learner: string, id: string): Promise<Transcript | undefined> {
  const rows = await preparedQuery<FoundTranscript>(manager, `SELECT ${columns} FROM transcripts WHERE learner_id = $1 AND id = $2`, [
    learner,
    id,
  ]);
  return rows.map(transcriptOf)[0];
}

/** The transcript that was made from a document, found by the document's digest. */
export async function readTranscriptOf(manager: EntityManager, learner: string, digest: string): Promise<Transcript | undefined> {
  const rows = await manager.query<FoundTranscript[]>(`SELECT ${columns} FROM transcripts WHERE learner_id = $1 AND document_digest = $2`, [
    learner,
    digest,
  ]);
  return rows.map(transcriptOf)[0];
}

/** A learner's transcripts in the order they were handed in. */
export async function listTranscripts(
  manager: EntityManager,
  learner: string,
  filter: TranscriptFilter,
  query: PageQuery,
): Promise<Page<Transcript>> {
  const order = byId('transcripts');
  const conditions = new Conditions();
  conditions.add(learner, (value) => `learner_id = ${value}`);
  conditions.add(filter.issuer, (issuer) => `issuer_id = ${issuer}`);
  conditions.add(filter.verification, (verification) => `verification = ${verification}`);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await preparedQuery<FoundTranscript>(
    manager,
    `SELECT ${columns} FROM transcripts WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], transcriptOf);
}

/** The bytes that were handed in. */
export async function readDocument(manager: EntityManager, learner: string, id: string): Promise<Buffer | undefined> {
  const rows = await manager.query<{ document: Buffer }[]>('SELECT document FROM transcripts WHERE learner_id = $1 AND id = $2', [
    learner,
    id,
  ]);
  return rows[0]?.document;
}

/** Records a transcript that an institution has handed in, or else the student or the service. */
export async function insertTranscript(
  manager: EntityManager,
  learner: string,
  transcript: Transcript,
  bytes: Uint8Array,
  recordedBy: string | undefined,
): Promise<void> {
  await manager.insert(TranscriptRow, {
    learnerId: learner,
    id: transcript.id,
    issuerId: transcript.issuer,
    issuedOn: transcript.issuedOn,
    document: Buffer.from(bytes),
    documentMediaType: transcript.document.mediaType,
    documentDigest: transcript.document.digest,
    verification: transcript.verification,
    verificationReason: transcript.reason ?? null,
    version: transcript.version,
    modifiedAt: new Date(transcript.modifiedAt),
    recordedBy: recordedBy ?? null,
    readers: recordedBy === undefined ? [] : [recordedBy],
  });
}

/** Records what came of checking a transcript, and the version that makes; false where that is for somebody else to say. */
export async function updateVerification(
  manager: EntityManager,
  learner: string,
  { id, verification, reason, version, modifiedAt }: Pick<Transcript, 'id' | 'version' | 'modifiedAt'> & VerificationResult,
): Promise<boolean> {
  const { affected } = await manager.update(
    TranscriptRow,
    { learnerId: learner, id },
    { verification, verificationReason: reason ?? null, version, modifiedAt: new Date(modifiedAt) },
  );
  return affected === 1;
}
