import type { EntityManager } from 'typeorm';
import type { CalendarDate } from '../../kernel/index.js';
import { byId, explainConstraints, insertRows, type Page, type PageQuery, preparedQuery, rowsToRead } from '../../platform/index.js';
import type { Consent, ConsentEnd } from '../domain/index.js';
import { ConsentRow, ConsentTranscriptRow } from './consent.rows.js';

explainConstraints({
  consents_institution_id_fkey: 'The institution does not exist.',
  consent_transcripts_transcript_fkey: 'One of the transcripts is none of this learner.',
});

type FoundConsent = Readonly<{
  id: string;
  institution_id: string;
  covers_all: boolean;
  transcripts: readonly string[];
  purpose: string | null;
  until: string | null;
  given_at: Date;
  ended_at: Date | null;
  ended_by: ConsentEnd | null;
}>;

const select = `
  SELECT id, institution_id, covers_all, purpose, until, given_at, ended_at, ended_by, ARRAY(
    SELECT transcript_id FROM consent_transcripts covered
    WHERE covered.learner_id = consent.learner_id AND covered.consent_id = consent.id ORDER BY transcript_id) AS transcripts
  FROM consents consent`;

function consentOf(row: FoundConsent): Consent {
  return {
    id: row.id,
    institution: row.institution_id,
    ...(row.covers_all ? {} : { transcripts: row.transcripts }),
    ...(row.purpose === null ? {} : { purpose: row.purpose }),
    ...(row.until === null ? {} : { until: row.until }),
    givenAt: row.given_at.toISOString(),
    ...(row.ended_at === null || row.ended_by === null ? {} : { end: { by: row.ended_by, at: row.ended_at.toISOString() } }),
  };
}

export async function readConsent(manager: EntityManager, learner: string, id: string): Promise<Consent | undefined> {
  const rows = await preparedQuery<FoundConsent>(manager, `${select} WHERE learner_id = $1 AND id = $2`, [learner, id]);
  return rows.map(consentOf)[0];
}

/** A learner's consents in the order they were given, those that have ended included. */
export async function listConsents(manager: EntityManager, learner: string, query: PageQuery): Promise<Page<Consent>> {
  const order = byId('consents');
  const rows = await manager.query<FoundConsent[]>(
    `${select} WHERE learner_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [learner, order.after(query)?.[0] ?? null, rowsToRead(query)],
  );
  return order.page(query, rows, ({ id }) => [id], consentOf);
}

export async function insertConsent(manager: EntityManager, learner: string, consent: Consent): Promise<void> {
  const { id, institution, transcripts, purpose, until, givenAt } = consent;
  await manager.insert(ConsentRow, {
    learnerId: learner,
    id,
    institutionId: institution,
    coversAll: transcripts === undefined,
    purpose: purpose ?? null,
    until: until ?? null,
    givenAt: new Date(givenAt),
    endedAt: null,
    endedBy: null,
  });
  const covered = [...new Set(transcripts)].map((transcriptId) => ({
    learnerId: learner,
    consentId: id,
    transcriptId,
    institutionId: institution,
  }));
  await insertRows(manager, ConsentTranscriptRow, covered);
}

export async function endConsent(manager: EntityManager, learner: string, id: string, by: ConsentEnd, at: string): Promise<void> {
  await manager.query('UPDATE consents SET ended_at = $3, ended_by = $4 WHERE learner_id = $1 AND id = $2 AND ended_at IS NULL', [
    learner,
    id,
    at,
    by,
  ]);
}

/** Consents that hold although their last day is before a day. */
export function overdueConsents(manager: EntityManager, today: CalendarDate): Promise<{ readonly learner: string; readonly id: string }[]> {
  return manager.query('SELECT learner_id AS learner, id FROM consents WHERE ended_at IS NULL AND until < $1', [today]);
}
