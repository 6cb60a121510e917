import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgreementsService, type StatedRevision } from '../../agreements/index.js';
import { digestOf, type LocalisedText } from '../../kernel/index.js';
import { recordWithout, type RefusedRules } from './left-out-rules.js';
import type { Report, StatedResource } from '../report.js';
import { countRules } from './rule-counts.js';
import { type ImportedSource, insertSource, lockSource, type SourceKey, updateSource } from '../storage/source.store.js';

/** An agreement that a published file states as a whole. */
export interface StatedAgreement extends StatedRevision {
  /** Which file, or part of a file, it is. */
  readonly key: SourceKey;
  readonly title: LocalisedText;
}

type AgreementState = Pick<StatedResource, 'id' | 'change'> & { readonly revision: number };

/**
 * Records what files state as agreements: the first time an agreement with its first revision, later a revision wherever the file says something
 * else than before. The same again changes nothing, even where the agreement has been revised by hand since.
 */
@Injectable()
export class StatedAgreements {
  constructor(private readonly agreements: AgreementsService) {}

  /** Records an agreement, without the rules that are refused; these are for the caller to report where they stand in the file. */
  async record(manager: EntityManager, stated: StatedAgreement, report: Report): Promise<RefusedRules> {
    const known = await lockSource(manager, stated.key);
    const latest = known && (await this.agreements.lockLatest(manager, known.resource));
    const recording = await recordWithout(
      manager,
      stated.terms,
      () => true,
      (inner, terms) => this.keep(inner, { ...stated, terms }, known, latest?.number),
    );
    if (recording.kind === 'refused') {
      report.refusePart('agreements', recording.errors);
      report.count('rules', 'refused', stated.terms.rules.length - recording.refused.size);
      return recording.refused;
    }
    const { recorded, terms } = recording;
    report.state({ resource: 'agreements', ...recorded });
    countRules(report, recorded.change === 'unchanged' ? terms.rules : (latest?.terms.rules ?? []), terms.rules);
    return recording.refused;
  }

  private async keep(
    manager: EntityManager,
    stated: StatedAgreement,
    known: ImportedSource | undefined,
    latest = 0,
  ): Promise<AgreementState> {
    const digest = digestOf(stated.terms);
    if (known === undefined) {
      const { id } = await this.agreements.insert(manager, { title: stated.title, visibility: 'public' }, stated);
      await insertSource(manager, stated.key, { digest, resource: id });
      return { id, change: 'created', revision: 1 };
    }
    const { resource } = known;
    if (known.digest === digest) return { id: resource, change: 'unchanged', revision: latest };
    const { number } = await this.agreements.revise(manager, resource, stated);
    await updateSource(manager, stated.key, { digest, resource });
    return { id: resource, change: 'changed', revision: number };
  }
}
