import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setLimits } from '../src/evaluation/domain/candidates.js';
import { check } from '../src/evaluation/domain/check/index.js';
import { evaluate, workBudgets } from '../src/evaluation/domain/index.js';
import type { EvaluationInput, EvaluationResult, RuleOutcome } from '../src/evaluation/domain/index.js';
import { canonicalJson } from '../src/kernel/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import { instances } from './support/generators/instance.js';
import { mutations } from './support/generators/mutations.js';
import { reordered, reorderedThroughout } from './support/generators/reorder.js';
import type { Shuffle } from './support/generators/reorder.js';
import { compareObjectives, falseClaims, stated } from './support/oracle/compare.js';
import { oracle, TooLarge } from './support/oracle/oracle.js';
import type { OracleAnswer } from './support/oracle/oracle.js';

/**
 * The engine against docs/evaluation.md: the brute-force oracle, and what must hold of every answer. FC_RUNS sets how many inputs the
 * oracle answers; FC_SEED and FC_PATH (printed with a failure) replay one.
 */

const runs = Number(process.env['FC_RUNS'] ?? 10_000);
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 0x7fff_ffff);
const path = process.env['FC_PATH'];
const parameters = (numRuns: number): { readonly numRuns: number; readonly seed: number; readonly path?: string } => ({
  numRuns,
  seed,
  ...(path === undefined ? {} : { path }),
});
const patience = 1_800_000; // milliseconds: a slow machine, or FC_RUNS in the hundred thousands

/** The oracle's answer; inputs too large for it are set aside. */
function bruteForce(input: EvaluationInput): OracleAnswer {
  try {
    return oracle(input);
  } catch (error) {
    fc.pre(!(error instanceof TooLarge));
    throw error;
  }
}

/** A fresh copy, for which nothing can be remembered. */
function copyOf(input: EvaluationInput): EvaluationInput {
  return structuredClone(input);
}

/** An order that a number stands for. */
function shuffleBy(salt: number): Shuffle {
  let state = salt;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff);
  return (list) =>
    list
      .map((value) => ({ value, key: next() >> 8 }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);
}

/** Without what may follow the author's order: digest, way to the proof, and what a sentence lists. */
function withoutWording({ inputDigest: _digest, work: _work, completions, ...result }: EvaluationResult): unknown {
  const outcome = ({ agreement, rule, status }: Partial<RuleOutcome>): unknown => ({ agreement, rule, status });
  return {
    ...result,
    completions: completions.map(({ because, otherRules, ...completion }) => ({
      ...completion,
      because: because && outcome(because),
      otherRules: otherRules.map(outcome),
    })),
  };
}

/** Without what may make more completions earn less: refusals, doesNotHold, larger sets and annexes going first, and repeats replacing one another. */
function withoutDeterrents(input: EvaluationInput): EvaluationInput {
  const kind = ({ outcome }: Rule): boolean => outcome.kind === 'credit' || outcome.kind === 'choice';
  return {
    ...input,
    completions: input.completions.map((completion) => ({ ...completion, repeatable: true })),
    agreements: input.agreements.map(({ terms, ...revision }) => ({
      ...revision,
      terms: { ...terms, annexTo: 'no agreement', precedence: 'bestForStudent', rules: terms.rules.filter(kind).map(withoutDoesNotHold) },
    })),
  };
}

function withoutDoesNotHold(rule: Rule): Rule {
  const { programmes, alsoHolds, completedWithin, evidence } = rule.conditions ?? {};
  const conditions = { ...(programmes && { programmes }), ...(alsoHolds && { alsoHolds }), ...(completedWithin && { completedWithin }) };
  return { ...rule, conditions: { ...conditions, ...(evidence && { evidence }) } };
}

describe(`the engine (seed ${String(seed)})`, () => {
  it(
    'answers what the oracle answers, proven, and the checker agrees',
    () => {
      let unproven = 0;
      fc.assert(
        fc.property(instances(), (input) => {
          const answer = bruteForce(input);
          const result = evaluate(input, { workBudget: workBudgets.thorough });
          expect(check(input, result)).toEqual([]);
          if (result.optimal) expect(stated(result)).toEqual(stated(answer));
          else unproven += 1;
          expect(falseClaims(answer.objective, result)).toEqual([]);
        }),
        parameters(runs),
      );
      expect(unproven).toBeLessThanOrEqual(runs / 1_000);
    },
    patience,
  );

  it(
    'claims no more than is so when the budget is spent',
    () => {
      fc.assert(
        fc.property(instances(), fc.nat(20), (input, doublings) => {
          const answer = bruteForce(input);
          const result = evaluate(input, { workBudget: 2 ** doublings });
          expect(check(input, result)).toEqual([]);
          expect(falseClaims(answer.objective, result)).toEqual([]);
        }),
        parameters(Math.ceil(runs / 5)),
      );
    },
    patience,
  );

  it(
    'breaks no rule, and claims no more than is so, where rules may be satisfied on more sets than are looked for',
    () => {
      fc.assert(
        fc.property(instances(), fc.integer({ min: 1, max: 4 }), fc.nat(40), fc.nat(20), (input, perRule, givingWay, doublings) => {
          // Up to three of the sets of a rule, or all of them; and so of the steps of looking for them.
          const sets = perRule < 4 ? { ...setLimits, perRule } : setLimits;
          const result = evaluate(input, { setLimits: { ...sets, givingWay, steps: 2 ** doublings } });
          expect(check(input, result)).toEqual([]);
          if (result.optimal) expect(stated(result)).toEqual(stated(bruteForce(input)));
        }),
        parameters(Math.ceil(runs / 5)),
      );
    },
    patience,
  );

  it(
    'gives the same bytes for the same input, in whatever order its lists come',
    () => {
      fc.assert(
        fc.property(instances(), fc.integer(), (input, salt) => {
          const bytes = canonicalJson(evaluate(input));
          expect(canonicalJson(evaluate(copyOf(input)))).toBe(bytes);
          expect(canonicalJson(evaluate(reordered(input, shuffleBy(salt))))).toBe(bytes);
        }),
        parameters(Math.ceil(runs / 5)),
      );
    },
    patience,
  );

  it(
    'gives the same answer in whatever order terms and programme list what they hold',
    () => {
      fc.assert(
        fc.property(instances(), fc.integer(), (input, salt) => {
          const [one, other] = [evaluate(input), evaluate(reorderedThroughout(input, shuffleBy(salt)))];
          fc.pre(one.optimal && other.optimal);
          expect(withoutWording(other)).toEqual(withoutWording(one));
        }),
        parameters(Math.ceil(runs / 5)),
      );
    },
    patience,
  );

  it(
    'never gives less for one completion more',
    () => {
      fc.assert(
        fc.property(instances(), fc.nat(), (drawn, pick) => {
          const input = withoutDeterrents(drawn);
          const less = { ...input, completions: input.completions.filter((_, i) => i !== pick % input.completions.length) };
          const [more, fewer] = [evaluate(input), evaluate(less)];
          fc.pre(more.optimal && fewer.optimal);
          expect(compareObjectives(more.objective, fewer.objective)).toBeLessThanOrEqual(0);
        }),
        parameters(Math.ceil(runs / 5)),
      );
    },
    patience,
  );
});

describe(`the checker (seed ${String(seed)})`, () => {
  it(
    'rejects every result that is spoilt in one place',
    () => {
      fc.assert(
        fc.property(instances(), (input) => {
          const accepted = mutations(evaluate(input)).filter(({ result }) => check(input, result).length === 0);
          expect(accepted.map(({ name }) => name)).toEqual([]);
        }),
        parameters(Math.ceil(runs / 10)),
      );
    },
    patience,
  );
});
