import { normaliseCode } from '../../kernel/index.js';
import { awardsOfRule, type AgreementTerms } from '../../agreements/domain/index.js';
import { courseSourcesOfRule } from '../../rules/domain/index.js';
import type { EvaluationInput } from './input.js';
import { requirementTree } from './requirements.js';
import type { SetLimits } from './satisfied.js';

/**
 * Beyond these sizes a step between two pauses may take longer than the event loop can be spared. Real input stays far within: 60 courses meet all rules of a
 * college 740 times, in 1,044 pairs.
 */
export const quickLimits = {
  rules: 3000,
  completions: 80,
  /** A completion meets every course source with its code, or with a selector that is no code and may match anything. Each may be an application of its own. */
  meetings: 2_500,
  /** Of two course sources of one agreement that meet one completion: their rules are held against each other. */
  pairs: 6_500,
  /** Every award of a rule that a completion meets may fill every requirement that has no parts. */
  placements: 50_000,
} as const;

/** What can only be told when sets are looked for, which itself takes a few milliseconds with these limits. */
export const quickSetLimits: SetLimits = { perRule: 1_000, inAll: 1_000, steps: 10_000, givingWay: 50_000, beyond: 'refused' };

/** Whether everything but the search, which pauses by itself, takes a few milliseconds. */
export function isQuick({ agreements, completions, programme }: EvaluationInput): boolean {
  const rules = agreements.reduce((sum, { terms }) => sum + terms.rules.length, 0);
  if (rules > quickLimits.rules || completions.length > quickLimits.completions) return false;
  const codes = completions.map(({ code }) => normaliseCode(code));
  let [meetings, pairs, awards] = [0, 0, 0];
  for (const { terms } of agreements) {
    const { byCode, wide } = courseSourcesOf(terms);
    for (const code of codes) {
      const named = byCode.get(code) ?? none;
      const met = wide.sources + named.sources;
      meetings += met;
      pairs += met * met;
      awards += wide.awards + named.awards;
    }
  }
  const placements = awards * requirementTree(programme).leaves.length;
  return meetings <= quickLimits.meetings && pairs <= quickLimits.pairs && placements <= quickLimits.placements;
}

/** Course sources, and the awards of their rules. */
interface Counts {
  readonly sources: number;
  readonly awards: number;
}

const none: Counts = { sources: 0, awards: 0 };

interface CourseSourceCounts {
  readonly byCode: ReadonlyMap<string, Counts>;
  /** Those that select by pattern, subject or field. */
  readonly wide: Counts;
}

const counts = new WeakMap<AgreementTerms, CourseSourceCounts>();

/** How many course sources of a revision's rules select a code, and how many no code; counted once. */
function courseSourcesOf(terms: AgreementTerms): CourseSourceCounts {
  const known = counts.get(terms);
  if (known !== undefined) return known;
  const byCode = new Map<string, Counts>();
  let wide = none;
  for (const rule of terms.rules) {
    const awards = awardsOfRule(rule).length;
    const oneMore = (before: Counts): Counts => ({ sources: before.sources + 1, awards: before.awards + awards });
    const { consumed, held } = courseSourcesOfRule(rule, '');
    for (const { source } of [...consumed, ...held]) {
      if (source.select.kind !== 'code') {
        wide = oneMore(wide);
        continue;
      }
      const code = normaliseCode(source.select.code);
      byCode.set(code, oneMore(byCode.get(code) ?? none));
    }
  }
  const result = { byCode, wide };
  counts.set(terms, result);
  return result;
}
