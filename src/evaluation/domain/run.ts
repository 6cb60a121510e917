import { check } from './check/index.js';
import { setLimits } from './candidates.js';
import { evaluateInSteps, workBudgets } from './evaluate.js';
import type { EvaluationInput } from './input.js';
import type { EvaluationResult, Improvement } from './result.js';
import type { SetLimits } from './satisfied.js';
import type { OfferedCourse } from './suggest-courses.js';
import { inOneGo, type Steps } from './solver/steps.js';
import { suggestImprovements } from './suggest.js';

/** An evaluation as it is asked for. */
export interface EvaluationTask {
  readonly input: EvaluationInput;
  readonly effort: keyof typeof workBudgets;
  readonly suggestions: boolean;
  /** What the catalogue knows of courses that suggestions may name; each list is looked through once. */
  readonly offered?: readonly (readonly OfferedCourse[])[];
}

/** What an evaluation answers, and what is stored of it. */
export interface EvaluationOutcome {
  readonly result: EvaluationResult;
  /** What a checker that trusts nothing of the engine says of the result; `undecided` when its own bounds did not let it tell. */
  readonly check: 'passed' | 'undecided';
  /** The smallest changes that would earn more, where they were looked for; equally small ones beside each other. */
  readonly improvements?: readonly Improvement[];
}

/** A stored evaluation. */
export interface StoredEvaluation {
  readonly learner: string;
  readonly id: string;
  readonly programme: string;
  readonly outcome: EvaluationOutcome;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/**
 * Evaluates, has the result checked, and looks for what would earn more. A result that the checker refuses is a defect and thrown as one. Pauses every few
 * milliseconds of search and between whatever else it does, so that an event loop is not blocked for all of it.
 */
export function* evaluationSteps(
  { input, effort, suggestions, offered }: EvaluationTask,
  limits: SetLimits = setLimits,
): Steps<EvaluationOutcome> {
  const result = yield* evaluateInSteps(input, { workBudget: workBudgets[effort], setLimits: limits });
  yield;
  const violations = check(input, result);
  const defect = violations.find(({ code }) => code !== 'undecided');
  if (defect !== undefined) throw new Error(`the engine broke its own rules: ${defect.code}: ${defect.detail}`);
  yield;
  const improvements = suggestions ? { improvements: yield* suggestImprovements(input, result, offered, limits) } : {};
  return { result, check: violations.length === 0 ? 'passed' : 'undecided', ...improvements };
}

/** The same in one go. */
export function runEvaluation(task: EvaluationTask): EvaluationOutcome {
  return inOneGo(evaluationSteps(task));
}
