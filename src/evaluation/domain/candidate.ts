import type { Thousandths } from '../../kernel/index.js';
import type { Award, Rule } from '../../rules/domain/index.js';
import type { Completion, RevisionInForce } from './input.js';
import type { Reason } from './reasons.js';
import type { ConversionResult, GradeResult, RuleOutcome } from './result.js';

/** What matching leaves for the allocation: the applications that may be taken, and why everything else may not. */
export interface Candidates {
  /** All completions of the input, sorted by id; sets are ascending indices into this list. */
  readonly completions: readonly Completion[];
  /** Admissible as far as that does not depend on what else is taken; sorted by (rule, agreement, completions, option). */
  readonly applications: readonly Application[];
  /** Per completion (same order): every rule that could take it with the reason why it may not, applications apart. */
  readonly refusals: readonly (readonly RuleOutcome[])[];
  /** Per completion: a status that settles it whatever the rules say (failed, inProgress, not usable by programme policy). */
  readonly settled: readonly (Reason | undefined)[];
  /** Rules in conflict, by agreement, with a set they share. */
  readonly conflicts: readonly { readonly agreement: string; readonly rules: readonly string[]; readonly set: readonly number[] }[];
  /** False when more sets, or larger ones to give way to, were there than the limits allow, and some were left out: nothing can be proven then. */
  readonly complete: boolean;
}

/** A credit rule on one of its sets, with one option. */
export interface Application {
  readonly revision: RevisionInForce;
  readonly rule: Rule;
  /** Ascending indices into the sorted completions. */
  readonly set: readonly number[];
  /** Set when the outcome is a choice. */
  readonly choice?: { readonly option: number; readonly made: boolean; readonly provisional: boolean };
  readonly conversions: readonly ConversionResult[];
  readonly convertedSum: Thousandths;
  readonly awards: readonly CandidateAward[];
  readonly mooc: boolean;
  /**
   * Under `mostSpecific`: the larger sets on which other rules of the agreement are satisfied. Each must be broken – one of its completions consumed by an application whose set is no proper subset of it.
   */
  readonly givesWayTo: readonly (readonly number[])[];
}

export interface CandidateAward {
  readonly award: Award;
  readonly credits: Thousandths;
  readonly grade?: GradeResult;
  /** Recognised without a grade, as the programme's pass/fail policy counts it. */
  readonly passFail: boolean;
  /** An exception lets it fill a named course in spite of the electives-only policy. */
  readonly coreAllowed: boolean;
}
