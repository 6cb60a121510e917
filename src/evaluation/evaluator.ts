import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { AgreementTerms } from '../agreements/index.js';
import { WorkerPool } from '../platform/index.js';
import { courseSourcesOfRule } from '../rules/domain/index.js';
import { evaluationSteps, type EvaluationOutcome, type EvaluationTask } from './domain/index.js';

/** Beyond these sizes matching alone may take longer than the event loop can be spared. */
const quickLimits = {
  rules: 3000,
  completions: 80,
  /** Completions held against selectors that no index leads to: patterns, subjects and fields. Each may be an application of its own. */
  comparisons: 5_000,
} as const;

/** Evaluates here what is quick, and in a worker thread what may take more than 50 ms. */
@Injectable()
export class Evaluator implements OnModuleDestroy {
  private readonly workers = new WorkerPool<EvaluationTask, EvaluationOutcome>('src/evaluation/evaluation.worker.js');

  run(task: EvaluationTask): Promise<EvaluationOutcome> {
    return isQuick(task) ? stepByStep(task) : this.workers.run(task);
  }

  async onModuleDestroy(): Promise<void> {
    await this.workers.close();
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
  const { agreements, completions } = input;
  const rules = agreements.reduce((sum, { terms }) => sum + terms.rules.length, 0);
  if (effort !== 'interactive' || rules > quickLimits.rules || completions.length > quickLimits.completions) return false;
  const wide = agreements.reduce((sum, { terms }) => sum + wideSelectors(terms), 0);
  return wide * completions.length <= quickLimits.comparisons;
}

const wideSelectorsOf = new WeakMap<AgreementTerms, number>();

/** How many selectors of a revision's rules are no codes; counted once. */
function wideSelectors(terms: AgreementTerms): number {
  const known = wideSelectorsOf.get(terms);
  if (known !== undefined) return known;
  const sources = terms.rules.flatMap((rule) => {
    const { consumed, held } = courseSourcesOfRule(rule, '');
    return [...consumed, ...held];
  });
  const count = sources.filter(({ source }) => source.select.kind !== 'code').length;
  wideSelectorsOf.set(terms, count);
  return count;
}
