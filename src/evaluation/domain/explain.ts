import { at, normaliseCode } from '../../kernel/index.js';
import { groupBy, isProperSubset } from './arithmetic.js';
import type { Allocation } from './allocate.js';
import { exceeds, exhaustedCaps, limitRooms, type Room } from './binding.js';
import type { Application, Candidates } from './candidate.js';
import type { Cap } from './caps.js';
import type { EvaluationInput } from './input.js';
import type { Model } from './model.js';
import type { Reason } from './reasons.js';
import { compareOutcomes } from './refusals.js';
import type { CompletionResult, RuleOutcome } from './result.js';
import { valueAt } from './value-at.js';

/** One status per completion, the first that applies, and what became of every rule in play (docs/evaluation.md §8). */
export function explainCompletions(
  input: EvaluationInput,
  candidates: Candidates,
  model: Model,
  allocation: Allocation,
): CompletionResult[] {
  const context = new Explanation(input, candidates, model, allocation);
  return candidates.completions.map((completion, index) => ({
    completion: completion.id,
    provider: completion.provider,
    code: completion.code,
    ...context.explain(index),
  }));
}

class Explanation {
  private readonly applicationsOf: ReadonlyMap<number, number[]>;
  private readonly slotsOf: ReadonlyMap<number, number[]>;
  private readonly consumer: ReadonlyMap<number, number>;
  private readonly rooms: readonly Room[];
  private readonly exhausted: readonly Cap[];
  private readonly awardedCodes: ReadonlySet<string>;
  /** Why an application is not taken, the same for each of its completions. */
  private readonly reasons = new Map<number, Reason>();

  constructor(
    input: EvaluationInput,
    private readonly candidates: Candidates,
    private readonly model: Model,
    private readonly allocation: Allocation,
  ) {
    const uses = candidates.applications.flatMap(({ set }, application) => set.map((completion) => ({ application, completion })));
    this.applicationsOf = new Map(
      [...groupBy(uses, ({ completion }) => completion)].map(([key, group]) => [key, group.map(({ application }) => application)]),
    );
    this.slotsOf = groupBy(model.slots.keys(), (slot) => at(model.slots, slot).application);
    this.consumer = new Map(
      uses
        .filter(({ application }) => allocation.taken[application] === true)
        .map(({ completion, application }) => [completion, application]),
    );
    this.rooms = limitRooms(model, allocation);
    this.exhausted = exhaustedCaps(model, allocation);
    const granted = model.slots.filter((_, slot) => allocation.granted[slot] === true);
    this.awardedCodes = new Set([
      ...granted.flatMap(({ filler }) => filler.code ?? []),
      ...input.homeRecord.map(({ code }) => normaliseCode(code)),
    ]);
  }

  explain(index: number): Pick<CompletionResult, 'status' | 'because' | 'otherRules'> {
    const settled = this.candidates.settled[index];
    const used = this.consumer.get(index);
    const outcomes = [...this.applicationOutcomes(index, used), ...at(this.candidates.refusals, index)].sort(compareOutcomes);
    if (used !== undefined) {
      const because = outcomeOf(at(this.candidates.applications, used), { status: 'used', parameters: {} });
      return { status: 'used', because, otherRules: outcomes };
    }
    if (settled !== undefined) return { status: settled.status, because: settled, otherRules: outcomes };
    const [because, ...otherRules] = outcomes;
    if (because !== undefined) return { status: because.status, because, otherRules };
    const matched = at(this.candidates.completions, index).course !== undefined;
    return { status: matched ? 'notEvaluated' : 'unmatched', otherRules: [] };
  }

  /** Of each rule the outcome that speaks most for it. */
  private applicationOutcomes(index: number, used: number | undefined): RuleOutcome[] {
    const usedRule = used === undefined ? undefined : at(this.candidates.applications, used).rule;
    const outcomes = (this.applicationsOf.get(index) ?? []).flatMap((application): RuleOutcome[] => {
      const candidate = at(this.candidates.applications, application);
      return candidate.rule === usedRule
        ? []
        : [
            outcomeOf(
              candidate,
              valueAt(this.reasons, application, () => this.whyNotTaken(candidate, application)),
            ),
          ];
    });
    if (outcomes.length < 2) return outcomes;
    const best = groupBy(outcomes.sort(compareOutcomes), ({ agreement, rule }) => `${agreement}\u0000${rule}`);
    return [...best.values()].map((ofRule) => at(ofRule, 0));
  }

  private whyNotTaken(application: Application, index: number): Reason {
    const slots = this.slotsOf.get(index) ?? [];
    const larger = application.givesWayTo.find((set) => !this.isBroken(set));
    if (larger !== undefined) {
      const byCompletions = this.idsOf(larger);
      return { status: 'outranked', parameters: { byAgreement: application.revision.agreement, byCompletions } };
    }
    const room = this.rooms.find((candidate) => this.isRefusedBy(candidate, index, slots));
    if (room !== undefined) return { status: 'limitReached', parameters: { limit: room.binding.id } };
    const cap = this.exhausted.find((candidate) => slots.some((slot) => candidate.slots.has(slot)));
    if (cap !== undefined) {
      const { kind, id } = cap.binding;
      return { status: 'capReached', parameters: { cap: kind, ...(id === undefined ? {} : { requirement: id }) } };
    }
    const { outcome } = application.rule;
    if (outcome.kind === 'choice' && application.choice?.provisional === true) {
      return { status: 'choiceOpen', parameters: { by: outcome.by, option: application.choice.option } };
    }
    return { status: 'notNeeded', parameters: this.whatDoesInstead(application, slots) };
  }

  private whatDoesInstead(application: Application, slots: readonly number[]): Reason<'notNeeded'>['parameters'] {
    const awarded = slots.flatMap((slot) => at(this.model.slots, slot).filler.code ?? []).filter((code) => this.awardedCodes.has(code));
    const busy = this.idsOf(application.set.filter((completion) => this.consumer.has(completion)));
    return { ...(awarded.length > 0 ? { alreadyAwarded: awarded } : {}), ...(busy.length > 0 ? { usedElsewhere: busy } : {}) };
  }

  /** Whether a taken application keeps a larger set from being taken as one (docs/evaluation.md §3.3). */
  private isBroken(larger: readonly number[]): boolean {
    return larger.some((completion) => {
      const consumer = this.consumer.get(completion);
      return consumer !== undefined && !isProperSubset(at(this.candidates.applications, consumer).set, larger);
    });
  }

  private isRefusedBy(room: Room, application: number, slots: readonly number[]): boolean {
    if ((room.consumed.get(application) ?? 0) > room.number) return true;
    const limited = slots.filter((slot) => room.slots.has(slot));
    const credits = limited.reduce((sum, slot) => sum + at(this.model.slots, slot).filler.credits, 0);
    return limited.length > 0 && exceeds(room, limited.length, credits);
  }

  private idsOf(set: readonly number[]): string[] {
    return set.map((index) => at(this.candidates.completions, index).id);
  }
}

function outcomeOf({ revision, rule }: Application, reason: Reason): RuleOutcome {
  return { agreement: revision.agreement, rule: rule.id, ...reason };
}
