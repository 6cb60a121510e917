import { runEvaluation, type EvaluationTask } from './domain/index.js';

/** What a worker thread does: one evaluation, whole. */
export default function work(task: EvaluationTask): ReturnType<typeof runEvaluation> {
  return runEvaluation(task);
}
