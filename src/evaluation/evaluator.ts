import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import { projectRoot } from '../platform/index.js';
import { evaluationSteps, type EvaluationOutcome, type EvaluationTask } from './domain/index.js';

/** Beyond these sizes matching alone may take longer than the event loop can be spared. */
const inlineRules = 3000;
const inlineCompletions = 200;

/** Evaluates here what is quick, and in a worker thread what may take more than 50 ms. */
@Injectable()
export class Evaluator implements OnModuleDestroy {
  private pool: Piscina<EvaluationTask, EvaluationOutcome> | undefined;

  run(task: EvaluationTask): Promise<EvaluationOutcome> {
    return isQuick(task) ? stepByStep(task) : this.workers().run(task);
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool?.destroy();
  }

  /** Threads start with the first evaluation that needs one. Workers run what has been built, also in tests that run the sources. */
  private workers(): Piscina<EvaluationTask, EvaluationOutcome> {
    const pool =
      this.pool ??
      new Piscina<EvaluationTask, EvaluationOutcome>({
        filename: join(projectRoot, 'dist/src/evaluation/evaluation.worker.js'),
        idleTimeout: 60_000,
      });
    this.pool = pool;
    return pool;
  }
}

/** Lets the event loop turn between the steps. */
async function stepByStep(task: EvaluationTask): Promise<EvaluationOutcome> {
  const steps = evaluationSteps(task);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

function isQuick({ effort, input }: EvaluationTask): boolean {
  const rules = input.agreements.reduce((sum, { terms }) => sum + terms.rules.length, 0);
  return effort === 'interactive' && rules <= inlineRules && input.completions.length <= inlineCompletions;
}
