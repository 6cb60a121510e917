import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instances } from '../../../test/support/generators/instance.js';
import { reordered } from '../../../test/support/generators/reorder.js';
import { valueApplication, type ValuedApplication } from '../../../test/support/oracle/awards.js';
import { membersOf } from '../../../test/support/oracle/matching.js';
import { possibleApplications } from '../../../test/support/oracle/precedence.js';
import type { Candidates } from './candidate.js';
import { findCandidates } from './candidates.js';
import type { EvaluationInput } from './input.js';

/** The candidates against the oracle, which enumerates every subset of the completions, on random small evaluations. */

const numRuns = Number(process.env['FC_RUNS'] ?? 1_000);

interface Stated {
  readonly application: readonly [rule: string, agreement: string, set: readonly number[], option: number | undefined];
  readonly convertedSum: number;
  readonly awards: readonly unknown[];
  /** In some order of their own. */
  readonly larger: readonly string[];
}

function statedByEngine({ applications }: Candidates): readonly Stated[] {
  return applications.map((one) => ({
    application: [one.rule.id, one.revision.agreement, one.set, one.choice?.option],
    convertedSum: one.convertedSum,
    awards: one.awards.map(({ credits, passFail, coreAllowed }) => ({ credits, passFail, mooc: one.mooc, coreAllowed })),
    larger: one.givesWayTo.map((set) => set.join()).sort(),
  }));
}

/** What the oracle admits, without what can never be taken: some larger set has nothing beside the application that breaks it. */
function statedByOracle(input: EvaluationInput): readonly Stated[] {
  const { world, applications } = possibleApplications(input);
  let left = applications.map((one) => valueApplication(world, one));
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    const among = left;
    left = among.filter(({ set, larger }) => larger.every((larger_) => among.some((other) => breaks(other, set, larger_))));
  }
  const waived = (id: string | undefined): boolean =>
    input.exceptions.some((one) => one.kind === 'policyWaived' && one.clause === 'electivesOnly' && one.completion === id);
  return left.map((one) => ({
    application: [one.rule.id, one.revision.agreement, membersOf(one.set), one.option],
    convertedSum: one.convertedSum,
    awards: one.valued.map(({ credits, passFail, mooc }) => ({
      credits,
      passFail,
      mooc,
      coreAllowed: membersOf(one.set).some((index) => waived(world.completions[index]?.id)),
    })),
    larger: one.larger.map((set) => membersOf(set).join()).sort(),
  }));
}

function breaks({ set }: ValuedApplication, own: number, larger: number): boolean {
  return (set & own) === 0 && (set & larger) !== 0 && (set & ~larger) !== 0;
}

describe('findCandidates', () => {
  it('finds the applications of the definition, what they carry and what they give way to', () => {
    fc.assert(
      fc.property(instances(), (input) => {
        const candidates = findCandidates(input);
        expect(candidates.complete).toBe(true);
        expect(statedByEngine(candidates)).toEqual(statedByOracle(input));
      }),
      { numRuns },
    );
  });

  it('does not depend on the order of the lists', () => {
    fc.assert(
      fc.property(instances(), fc.nat(), (input, salt) => {
        const shuffle = <T>(list: readonly T[]): readonly T[] =>
          list.length < 2 ? list : [...list.slice(salt % list.length), ...list.slice(0, salt % list.length)].reverse();
        const { applications, ...rest } = findCandidates(reordered(input, shuffle));
        const { applications: first, ...others } = findCandidates(input);
        expect(applications.map(({ revision: _, ...one }) => one)).toEqual(first.map(({ revision: _, ...one }) => one));
        expect(rest).toEqual(others);
      }),
      { numRuns: numRuns / 4 },
    );
  });
});
