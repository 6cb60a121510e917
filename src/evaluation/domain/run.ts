import { evaluate, workBudgets } from './evaluate.js';
import type { EvaluationInput } from './input.js';
import type { EvaluationResult, Improvement } from './result.js';
import { suggestImprovements } from './suggest.js';

/** An evaluation as it is asked for. */
export interface EvaluationTask {
  readonly input: EvaluationInput;
  readonly effort: keyof typeof workBudgets;
  readonly suggestions: boolean;
}

/** What an evaluation answers, and what is stored of it. */
export interface EvaluationOutcome {
  readonly result: EvaluationResult;
  /** The smallest changes that would earn more, where they were looked for; equally small ones beside each other. */
  readonly improvements?: readonly Improvement[];
}

export function runEvaluation({ input, effort, suggestions }: EvaluationTask): EvaluationOutcome {
  const result = evaluate(input, { workBudget: workBudgets[effort] });
  const improvements = suggestions ? { improvements: suggestImprovements(input, result) } : {};
  return { result, ...improvements };
}
