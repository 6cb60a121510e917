import type { CalendarDate, Grade } from '../../kernel/index.js';
import type { CompletionOutcome, Verification } from '../domain/index.js';
import { governingStatement } from './governing.js';

/** A completion with what the catalogue knows of its edition filled in: what an evaluation asks of it. Credits are numbers with at most three decimals. */
export interface CompletionFacts {
  readonly id: string;
  readonly provider: string;
  readonly platform?: string;
  readonly code: string;
  /** The catalogue edition it was matched to. */
  readonly course?: string;
  readonly isced?: string;
  readonly eqfLevel?: number;
  /** 0 where neither transcript nor catalogue knows. */
  readonly credits: number;
  readonly creditSystem: string;
  readonly hours?: number;
  readonly weeks?: number;
  readonly grade?: Grade;
  readonly outcome: CompletionOutcome;
  readonly completedOn?: CalendarDate;
  readonly enrolledOn?: CalendarDate;
  readonly evidence: { readonly identityVerified: boolean; readonly proctored: boolean; readonly verification: Verification };
  readonly mooc: boolean;
  readonly repeatable: boolean;
}

/** Which bytes an evaluation rests on. */
export interface TranscriptFacts {
  readonly id: string;
  readonly digest: string;
  readonly verification: Verification;
}

/** SQL expressions of what a statement around it knows. */
export interface FactsContext {
  /** The learner's id. */
  readonly learner: string;
  /** An array of ids of transcripts, NULL for all. */
  readonly transcripts: string;
  /** The credit system of completions that say none. */
  readonly creditSystem: string;
}

/**
 * A JSON array of {@link CompletionFacts}, in the order of the ids; what is absent is null in it. A completion of an edition that nobody knows counts as an open
 * online course when it ran where such courses run.
 */
export function completionFactsSql({ learner, transcripts, creditSystem }: FactsContext): string {
  return `(
    SELECT coalesce(json_agg(json_build_object(
      'id', completion.id,
      'provider', completion.provider_id,
      'platform', stated.platform_id,
      'code', stated.code,
      'course', course.id,
      'isced', course.isced,
      'eqfLevel', course.eqf_level,
      'credits', coalesce(round(stated.credits / 1000.0, 3), course.credits, 0),
      'creditSystem', coalesce(stated.credit_system, course.credit_system, provider.home_credit_system, ${creditSystem}),
      'hours', coalesce(stated.hours, course.workload_hours),
      'weeks', coalesce(stated.weeks, course.weeks),
      'grade', CASE WHEN stated.grade IS NOT NULL THEN json_build_object('scale', stated.grading_scale, 'value', stated.grade) END,
      'outcome', stated.outcome,
      'completedOn', stated.completed_on,
      'enrolledOn', stated.enrolled_on,
      'evidence', json_build_object(
        'identityVerified', stated.identity_verified, 'proctored', stated.proctored, 'verification', stated.verification),
      'mooc', coalesce(course.delivery = 'mooc', coalesce(platform.kind, provider.kind) = 'platform'),
      'repeatable', coalesce(course.repeatable, FALSE)
    ) ORDER BY completion.id), '[]')
    FROM completions completion
    JOIN LATERAL ${governingStatement(`(${transcripts} IS NULL OR transcript.id = ANY(${transcripts}))`)} stated ON TRUE
    JOIN institutions provider ON provider.id = completion.provider_id
    LEFT JOIN institutions platform ON platform.id = stated.platform_id
    LEFT JOIN courses course ON course.id = completion.course_id
    WHERE completion.learner_id = ${learner}
  )`;
}

/** A JSON array of {@link TranscriptFacts}, in the order of the ids. */
export function transcriptFactsSql({ learner, transcripts }: Omit<FactsContext, 'creditSystem'>): string {
  return `(
    SELECT coalesce(json_agg(json_build_object('id', id, 'digest', document_digest, 'verification', verification) ORDER BY id), '[]')
    FROM transcripts
    WHERE learner_id = ${learner} AND (${transcripts} IS NULL OR id = ANY(${transcripts}))
  )`;
}
