import type { DataSource, EntityManager } from 'typeorm';
import { learnerKeySql, preparedQuery } from '../platform/index.js';
import { type EnrolmentFacts, enrolmentSql, type HomeCourseFacts, homeRecordSql } from '../programmes/index.js';
import { type CompletionFacts, completionFactsSql, type TranscriptFacts, transcriptFactsSql } from '../transcripts/index.js';
import { redemptionFactsSql } from './storage/redemption.store.js';

/** A completion already used for credit; the programme by its code. */
export interface RedemptionFacts {
  readonly completion: string;
  readonly institution: string;
  readonly programme: string;
}

/** Everything of what a learner owns that an evaluation for one programme depends on. */
export interface LearnerFacts {
  /** The transcripts taken into account: a transcript that was asked for and is not among them is none of this learner. */
  readonly transcripts: readonly TranscriptFacts[];
  readonly completions: readonly CompletionFacts[];
  /** Absent while the learner is not enrolled in the programme. */
  readonly enrolment?: EnrolmentFacts;
  /** At the programme's institution, whichever of its programmes the courses were taken in. */
  readonly homeRecord: readonly HomeCourseFacts[];
  /** Uses that stand, at any institution. */
  readonly redemptions: readonly RedemptionFacts[];
  /** The learner's key for the journal, in base64; absent while there is none. It is no part of what is evaluated. */
  readonly journalKey?: string;
}

/** Whose evaluation, for which programme, out of which transcripts. */
export interface LearnerFactsWish {
  readonly programmeId: string;
  /** All of the learner's when left out. */
  readonly transcriptIds?: readonly string[];
}

const learner = '$1::uuid';
const transcripts = '$2::uuid[]';

const statement = `
  SELECT json_strip_nulls(json_build_object(
    'transcripts', ${transcriptFactsSql({ learner, transcripts })},
    'completions', ${completionFactsSql({ learner, transcripts, creditSystem: 'programme.credit_system' })},
    'enrolment', ${enrolmentSql(learner, 'programme.id')},
    'homeRecord', ${homeRecordSql(learner, 'programme.institution_id')},
    'redemptions', ${redemptionFactsSql(learner)},
    'journalKey', ${learnerKeySql(learner)}
  )) AS facts
  FROM programmes programme
  WHERE programme.id = $3 AND EXISTS (SELECT FROM learners WHERE learner_id = ${learner})`;

/**
 * Reads in one prepared statement, whose answer PostgreSQL builds, all that an evaluation wants to know of a learner; undefined when there is no such learner
 * or no such programme.
 */
export async function loadLearnerForEvaluation(
  source: DataSource | EntityManager,
  learnerId: string,
  { transcriptIds, programmeId }: LearnerFactsWish,
): Promise<LearnerFacts | undefined> {
  const rows = await preparedQuery<{ facts: LearnerFacts }>(source, statement, [learnerId, transcriptIds ?? null, programmeId]);
  return rows[0]?.facts;
}
