import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Candidates } from '../../src/evaluation/domain/candidate.js';
import { findCandidates, setLimits } from '../../src/evaluation/domain/candidates.js';
import type { Completion, EvaluationInput, Reason, RuleOutcome } from '../../src/evaluation/domain/index.js';
import type { TransferPolicy } from '../../src/programmes/domain/index.js';
import type { Rule } from '../../src/rules/domain/index.js';
import { agreement, input, needsElectives, programme } from './oracle/builders.js';

/** What a test of the candidates says about its one agreement `g` and the programme, where that matters. */
export interface Setup {
  readonly terms?: Partial<AgreementTerms>;
  readonly policy?: TransferPolicy;
  readonly rest?: Partial<EvaluationInput>;
  /** False: the learner is not admitted yet. */
  readonly admitted?: boolean;
  /** How many sets of one rule are looked for. */
  readonly perRule?: number;
}

/** The candidates of these completions under these rules of agreement `g`. */
export function found(
  completions: readonly Completion[],
  rules: readonly Rule[],
  { terms = {}, policy = {}, rest = {}, admitted = true, perRule = setLimits.perRule }: Setup = {},
): Candidates {
  const full = input(completions, [agreement('g', rules, terms)], programme(needsElectives('e', 30), policy), rest);
  const { admissionDate: _, ...unadmitted } = full;
  return findCandidates(admitted ? full : unadmitted, { ...setLimits, perRule });
}

/** "rule: completions", with the option where the rule leaves a choice. */
export function applied({ applications, completions }: Candidates): readonly string[] {
  return applications.map(({ rule, set, choice }) => {
    const ids = set.flatMap((index) => completions[index]?.id ?? []).join('+');
    return `${rule.id}${choice === undefined ? '' : `/${String(choice.option)}`}: ${ids}`;
  });
}

/** What became of the rules for one completion. */
export function refusalsOf({ completions, refusals }: Candidates, id: string): readonly RuleOutcome[] {
  return refusals[completions.findIndex((completion) => completion.id === id)] ?? [];
}

/** The first of them: its status and parameters. */
export function refusal(candidates: Candidates, id: string): Reason | undefined {
  const [first] = refusalsOf(candidates, id);
  if (first === undefined) return undefined;
  const { agreement: _agreement, rule: _rule, ...reason } = first;
  return reason;
}

/** The status that settles a completion whatever the rules say. */
export function settled({ completions, settled: all }: Candidates, id: string): Candidates['settled'][number] {
  return all[completions.findIndex((completion) => completion.id === id)];
}
