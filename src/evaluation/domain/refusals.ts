import { shortfallOf, type CompiledCourse } from '../../rules/domain/index.js';
import type { Choices } from './choices.js';
import type { CompiledRevision } from './compiled-revision.js';
import { missingParameters } from './conditions.js';
import type { Mention, RuleMatch } from './matching.js';
import type { Verdicts } from './precedence.js';
import { compareReasons, firstReason, type Reason } from './reasons.js';
import type { RuleOutcome } from './result.js';
import type { RuleOnSet, Satisfaction } from './satisfied.js';
import { valueAt } from './value-at.js';

/**
 * Per completion every rule that mentions it and has no application on a set with it, with the reason; in the order of statuses, then by
 * rule and agreement. A rule that refuses is told only where it does refuse.
 */
export function refusalsOf(
  satisfactions: readonly Satisfaction[],
  verdicts: Verdicts,
  choices: Choices,
  count: number,
): readonly (readonly RuleOutcome[])[] {
  const grounds = new Grounds(verdicts, choices);
  const refusals = Array.from({ length: count }, (): RuleOutcome[] => []);
  for (const satisfaction of satisfactions) {
    const { revision, compiled, mentions } = satisfaction.match;
    for (const mention of mentions) {
      const reason = grounds.reason(satisfaction, mention);
      if (reason === undefined) continue;
      refusals[mention.held.index]?.push({ agreement: revision.revision.agreement, rule: compiled.rule.id, ...reason });
    }
  }
  return refusals.map((outcomes) => outcomes.sort(compareOutcomes));
}

/** By status, then by rule and agreement. */
export function compareOutcomes(a: RuleOutcome, b: RuleOutcome): number {
  return compareReasons(a, b) || compareTexts(a.rule, b.rule) || compareTexts(a.agreement, b.agreement);
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What the precedence decided, looked up by rule and completion. */
class Grounds {
  readonly #choices: Choices;
  readonly #takes = new Map<RuleMatch, Set<number>>();
  readonly #outranked = new Map<RuleMatch, Map<number, RuleOnSet>>();
  readonly #admissible = new Map<CompiledRevision, Map<number, RuleOnSet[]>>();

  constructor({ admissible, outranked }: Verdicts, choices: Choices) {
    this.#choices = choices;
    for (const { onSet } of admissible) {
      const takes = valueAt(this.#takes, onSet.match, () => new Set<number>());
      const byCompletion = valueAt(this.#admissible, onSet.match.revision, () => new Map<number, RuleOnSet[]>());
      for (const index of onSet.set) {
        takes.add(index);
        valueAt(byCompletion, index, (): RuleOnSet[] => []).push(onSet);
      }
    }
    for (const { onSet, by } of outranked) {
      const byCompletion = valueAt(this.#outranked, onSet.match, () => new Map<number, RuleOnSet>());
      for (const index of onSet.set) valueAt(byCompletion, index, () => by);
    }
  }

  /** Why a rule does not take a completion that it mentions; undefined when it may, or when there is nothing to tell. */
  reason(satisfaction: Satisfaction, mention: Mention): Reason | undefined {
    const { match, satisfied } = satisfaction;
    const { outcome } = match.compiled.rule;
    const { index } = mention.held;
    switch (outcome.kind) {
      case 'credit':
      case 'choice':
        return this.#takes.get(match)?.has(index) === true ? this.#openChoice(match) : this.#obstacle(satisfaction, mention);
      case 'noCredit':
        return this.#refusal(satisfied, index, { status: 'refusedByRule', parameters: { reason: outcome.reason } });
      case 'individualAssessment':
        return this.#refusal(satisfied, index, { status: 'needsAssessment', parameters: {} }) ?? this.#obstacle(satisfaction, mention);
    }
  }

  /** A rule that may be taken but has no application: the option chosen does not exist. */
  #openChoice({ revision, compiled }: RuleMatch): Reason | undefined {
    const { outcome } = compiled.rule;
    if (outcome.kind !== 'choice' || this.#choices.optionsOf(revision.revision.agreement, compiled.rule).length > 0) return undefined;
    return { status: 'choiceOpen', parameters: { by: outcome.by } };
  }

  /** The refusal, where the rule does refuse this completion and no admissible rule overcomes it there: on a larger set, or more exactly. */
  #refusal(satisfied: readonly RuleOnSet[], index: number, refused: Reason): Reason | undefined {
    const refusing = satisfied.filter(({ set }) => set.includes(index));
    const [first] = refusing;
    if (first === undefined) return undefined;
    const admissible = this.#admissible.get(first.match.revision)?.get(index) ?? [];
    const stronger = admissible.find(({ set }) => refusing.some((other) => isWithin(set, other.set) || isWithin(other.set, set)));
    return stronger === undefined ? refused : outrankedBy(stronger);
  }

  #obstacle({ match, stock, obstacle, satisfied, failed }: Satisfaction, { held, obstacle: own }: Mention): Reason | undefined {
    if (own !== undefined || obstacle !== undefined) return firstReason(own, obstacle);
    const by = this.#outranked.get(match)?.get(held.index);
    let first = by === undefined ? undefined : outrankedBy(by);
    for (const { set, reason } of failed) if (set.includes(held.index)) first = firstReason(first, reason);
    if (first !== undefined) return first;
    // The rule has sets, and this completion is in none of them.
    if (satisfied.length > 0 || failed.length > 0) return { status: 'notNeeded', parameters: {} };
    const shortfall = shortfallOf(match.compiled.source.root, stock, held.index);
    if (shortfall.courses === 0 && shortfall.credits === 0) return { status: 'notNeeded', parameters: {} };
    return { status: 'incompleteSet', parameters: missingParameters(shortfall, (leaf) => unsuitableFor(leaf, match)) };
  }
}

const none: readonly never[] = [];

/** Completions of the course of a source that the source does not accept as they are. */
function unsuitableFor({ leaf }: CompiledCourse, { mentions }: RuleMatch): readonly string[] {
  let ids: readonly string[] = none;
  for (const { held, unfit } of mentions) if (unfit.includes(leaf) && held.betterAttempt === undefined) ids = [...ids, held.completion.id];
  return ids;
}

function outrankedBy({ match, set }: RuleOnSet): Reason {
  const byCompletions = match.mentions.flatMap(({ held }) => (set.includes(held.index) ? [held.completion.id] : []));
  return {
    status: 'outranked',
    parameters: { byAgreement: match.revision.revision.agreement, byRule: match.compiled.rule.id, byCompletions },
  };
}

function isWithin(inner: readonly number[], outer: readonly number[]): boolean {
  return inner.every((index) => outer.includes(index));
}
