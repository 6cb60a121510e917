import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { WorkerPool } from '../platform/index.js';
import { evaluationSteps, isQuick, quickSetLimits, TooManySets, type EvaluationOutcome, type EvaluationTask } from './domain/index.js';

/** Evaluates here what is quick, and in a worker thread what may take more than 50 ms. */
@Injectable()
export class Evaluator implements OnModuleDestroy {
  private readonly workers = new WorkerPool<EvaluationTask, EvaluationOutcome>('src/evaluation/evaluation.worker.js');

  async run(task: EvaluationTask): Promise<EvaluationOutcome> {
    const here = task.effort === 'interactive' && isQuick(task.input) ? await stepByStep(task) : undefined;
    return here ?? this.workers.run(task);
  }

  async onModuleDestroy(): Promise<void> {
    await this.workers.close();
  }
}

/** Lets the event loop turn between the steps; undefined where they would take too long. */
async function stepByStep(task: EvaluationTask): Promise<EvaluationOutcome | undefined> {
  try {
    const steps = evaluationSteps(task, quickSetLimits);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await setImmediate();
    }
  } catch (error) {
    if (error instanceof TooManySets) return undefined;
    throw error;
  }
}
