import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { GradingScale } from '../kernel/index.js';
import { WorkerPool } from '../platform/index.js';
import { courseSourcesOfRule, findConflicts, type ConflictReport } from '../rules/domain/index.js';
import type { AgreementTerms } from './domain/index.js';

/** What conflicts are looked for in: valid terms, and the scales that they name. */
export interface ConflictSearch {
  readonly terms: AgreementTerms;
  readonly scales: readonly GradingScale[];
}

/** So many course sources are compared with one another in a few milliseconds. */
const quickSources = 50;

/** Looks for conflicts here where that is quick, and in a worker thread where it may take more than 50 ms, and up to seconds. */
@Injectable()
export class ConflictFinder implements OnModuleDestroy {
  private readonly workers = new WorkerPool<ConflictSearch, ConflictReport>('src/agreements/conflicts.worker.js');

  find(search: ConflictSearch): Promise<ConflictReport> {
    return isQuick(search) ? Promise.resolve(findConflicts(search.terms, search.scales)) : this.workers.run(search);
  }

  async onModuleDestroy(): Promise<void> {
    await this.workers.close();
  }
}

function isQuick({ terms }: ConflictSearch): boolean {
  const sources = terms.rules.map((rule) => courseSourcesOfRule(rule, '').consumed.length);
  return sources.reduce((sum, count) => sum + count, 0) <= quickSources;
}
