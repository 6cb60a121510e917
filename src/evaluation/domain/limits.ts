import type { Limit } from '../../agreements/domain/index.js';
import { patternToRegExp } from '../../kernel/index.js';
import { selectorMatches } from '../../rules/domain/index.js';
import type { Candidates } from './candidate.js';
import type { RevisionInForce } from './input.js';
import type { Slot } from './slots.js';

/** A limit of an agreement (docs/evaluation.md §5.3) with what it counts among the candidates. */
export interface LimitedSlots {
  readonly revision: RevisionInForce;
  readonly limit: Limit;
  /** The awards whose number or credits are limited. */
  readonly slots: readonly number[];
  /** Over sending courses: applications with how many completions of the set each consumes. */
  readonly consumed?: readonly (readonly [application: number, count: number])[];
}

export function limitedSets(slots: readonly Slot[], candidates: Candidates): readonly LimitedSlots[] {
  const revisions = new Set(candidates.applications.map(({ revision }) => revision));
  return [...revisions].flatMap((revision) => revision.terms.limits.map((limit) => limitedSet(revision, limit, slots, candidates)));
}

function limitedSet(revision: RevisionInForce, limit: Limit, slots: readonly Slot[], candidates: Candidates): LimitedSlots {
  const { over } = limit;
  const own = [...slots.keys()].filter((index) => candidates.applications[slots[index]?.application ?? -1]?.revision === revision);
  switch (over.kind) {
    case 'everything':
      return { revision, limit, slots: own };
    case 'rules': {
      const rules = new Set(over.rules);
      return {
        revision,
        limit,
        slots: own.filter((index) => rules.has(candidates.applications[slots[index]?.application ?? -1]?.rule.id ?? '')),
      };
    }
    case 'receivingCourses': {
      const patterns = over.codes.map(patternToRegExp);
      const named = own.filter((index) => {
        const code = slots[index]?.filler.code;
        return code !== undefined && patterns.some((pattern) => pattern.test(code));
      });
      return { revision, limit, slots: named };
    }
    case 'sendingCourses': {
      const counts = candidates.applications.map((application) =>
        application.revision === revision
          ? application.set.filter((index) => over.select.some((selector) => matches(candidates, index, selector))).length
          : 0,
      );
      const consumed = counts.flatMap((count, application) => (count > 0 ? [[application, count] as const] : []));
      // Awards matter to a limit over sending courses only for their credits.
      const credited = limit.maximumCredits === undefined ? [] : own.filter((index) => (counts[slots[index]?.application ?? -1] ?? 0) > 0);
      return { revision, limit, slots: credited, consumed };
    }
  }
}

function matches(candidates: Candidates, index: number, selector: Parameters<typeof selectorMatches>[0]): boolean {
  const completion = candidates.completions[index];
  return completion !== undefined && selectorMatches(selector, completion);
}
