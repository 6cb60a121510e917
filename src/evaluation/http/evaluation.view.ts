import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, registerSchemas, Shaped } from '../../platform/index.js';
import {
  requestSchemas,
  resultSchemas,
  type EvaluationOutcome,
  type EvaluationResult,
  type Improvement,
  type StoredEvaluation,
} from '../domain/index.js';
import { explain, type Explanation } from '../sentences/index.js';

registerSchemas({ ...requestSchemas, ...resultSchemas });

/** A completion and what became of it, in words. */
export class CompletionExplanationView {
  /** Id of the completion. */
  completion!: string;

  /** Why it counts so, or why it does not. */
  sentence!: string;

  /** Which other rules were in play, and why they lost. */
  @ApiProperty({ type: String, isArray: true })
  otherRules!: readonly string[];
}

/** The result in words, in the reader's language. */
export class ExplanationView implements Explanation {
  /** The language of the sentences. */
  @ApiProperty({ enum: ['en', 'zh', 'fr'] })
  language!: string;

  /** What is recognised, what is still missing, and how far that is proven. */
  @ApiProperty({ type: String, isArray: true })
  summary!: readonly string[];

  @ApiProperty({ type: CompletionExplanationView, isArray: true })
  completions!: readonly CompletionExplanationView[];

  /** What still has to be done, requirement by requirement. */
  @ApiProperty({ type: String, isArray: true })
  requirements!: readonly string[];

  /** The smallest changes that would earn more. */
  @ApiProperty({ type: String, isArray: true })
  improvements!: readonly string[];
}

/** An evaluation: its result, and the same in words. */
export class EvaluationView {
  /** Absent when the evaluation was made from the body alone and nothing is stored. */
  @ApiProperty({ format: 'uuid' })
  id?: string;

  /** Id of the learner. */
  @ApiProperty({ format: 'uuid' })
  learner?: string;

  /** Id of the programme. */
  @ApiProperty({ format: 'uuid' })
  programme?: string;

  @ApiProperty({ format: 'date-time' })
  createdAt?: string;

  @Shaped('EvaluationResult')
  result!: EvaluationResult;

  /** What a checker that trusts nothing of the engine says of the result; `undecided` when its own bounds did not let it tell. */
  @ApiProperty({ enum: ['passed', 'undecided'] })
  check!: 'passed' | 'undecided';

  /** The smallest changes that would earn more, each proven by evaluating it; absent when they were not asked for. */
  @Shaped('Improvements')
  improvements?: readonly Improvement[];

  explanation!: ExplanationView;
}

export function outcomeView({ result, check, improvements }: EvaluationOutcome, languages: readonly string[]): EvaluationView {
  const { completions, ...rest } = explain(result, improvements ?? [], languages);
  const explanation = asView(ExplanationView, {
    ...rest,
    completions: completions.map((completion) => asView(CompletionExplanationView, completion)),
  });
  return asView(EvaluationView, { result, check, explanation, ...(improvements === undefined ? {} : { improvements }) });
}

export function evaluationView(
  { id, learner, programme, createdAt, outcome }: StoredEvaluation,
  languages: readonly string[],
): EvaluationView {
  const { result, check, improvements, explanation } = outcomeView(outcome, languages);
  return asView(EvaluationView, {
    id,
    learner,
    programme,
    createdAt,
    result,
    check,
    explanation,
    ...(improvements === undefined ? {} : { improvements }),
  });
}

export class EvaluationPage extends PageOf(EvaluationView) {}
