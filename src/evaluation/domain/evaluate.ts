import { fromThousandths } from '../../kernel/index.js';
import { allocate, type Aim, type Allocation, type Placed } from './allocate.js';
import { findCandidates } from './candidates.js';
import type { Application, Candidates } from './candidate.js';
import { engineVersion, inputDigest } from './digest.js';
import { explainCompletions } from './explain.js';
import type { EvaluationInput } from './input.js';
import { bindingConstraints } from './binding.js';
import { buildModel, type Model } from './model.js';
import type { SetLimits } from './satisfied.js';
import { inOneGo, type Steps } from './solver/steps.js';
import { withoutTwins } from './twins.js';
import { requirementResults, type RequirementState } from './progress.js';
import type { ApplicationResult, AwardResult, EvaluationResult, Fill, Objective } from './result.js';

/**
 * Work budgets in updated tableau entries, or what takes as long. The interactive one keeps an evaluation below 50 ms on one core of a small server; the
 * thorough one is for a worker thread and some two seconds.
 */
export const workBudgets = { interactive: 12_000_000, thorough: 750_000_000 } as const;

export interface EvaluationOptions {
  /** Units of work; workBudgets.interactive unless stated. */
  readonly workBudget?: number;
  /** How many sets of completions are looked for; candidates.setLimits unless stated. Throws TooManySets only where these say so. */
  readonly setLimits?: SetLimits;
}

/** The main job: which completions earn which credit in a programme (docs/evaluation.md). Pure and exact; see the result for what is proven. */
export function evaluate(input: EvaluationInput, options: EvaluationOptions = {}): EvaluationResult {
  return inOneGo(evaluateInSteps(input, options));
}

/** The same with pauses: every few milliseconds of search, and between matching, model, search and result. */
export function* evaluateInSteps(input: EvaluationInput, options: EvaluationOptions = {}): Steps<EvaluationResult> {
  const budget = options.workBudget ?? workBudgets.interactive;
  const { candidates, model, allocation, progress, applications, objective } = yield* solve(input, { budget, limits: options.setLimits });
  const provenLevels = candidates.complete ? allocation.provenLevels : 0;
  return {
    engineVersion,
    inputDigest: inputDigest(input),
    optimal: provenLevels === 6,
    provenLevels,
    ...boundOf(candidates, allocation, objective),
    work: { spent: allocation.work, budget },
    objective,
    provisional: takenOf(candidates, allocation).some(({ choice }) => choice?.provisional === true),
    whatIf: input.whatIf,
    attested: [
      ...new Set(
        takenOf(candidates, allocation).flatMap(({ revision }) => (revision.attestedBy === undefined ? [] : [revision.agreement])),
      ),
    ].sort(),
    applications,
    homeCourses: model.slots.flatMap(({ home }, slot) =>
      home === undefined
        ? []
        : [
            {
              homeCourse: home.id,
              counted: fromThousandths(allocation.counted[slot] ?? 0),
              fills: fillsOf(model, allocation.placed[slot] ?? []),
            },
          ],
    ),
    requirements: progress.results,
    totals: totalsOf(applications, model, allocation),
    binding: bindingConstraints(model, allocation),
    completions: explainCompletions(input, candidates, model, allocation),
    conflicts: candidates.conflicts.map(({ agreement, rules, set }) => ({ agreement, rules, completions: idsOf(candidates, set) })),
  };
}

/** What an evaluation reaches, without its explanations: all that trials of changes need. With pauses, as `evaluateInSteps`. */
export function* objectiveInSteps(input: EvaluationInput, workBudget: number, limits: SetLimits): Steps<Objective> {
  return (yield* solve(input, { budget: workBudget, limits, aim: 'anyBest' })).objective;
}

interface Solution {
  readonly candidates: Candidates;
  readonly model: Model;
  readonly allocation: Allocation;
  readonly progress: ReturnType<typeof requirementResults>;
  readonly applications: readonly ApplicationResult[];
  readonly objective: Objective;
}

interface Effort {
  readonly budget: number;
  readonly limits?: SetLimits | undefined;
  readonly aim?: Aim;
}

function* solve(input: EvaluationInput, { budget, limits, aim }: Effort): Steps<Solution> {
  const candidates = withoutTwins(findCandidates(input, limits));
  yield;
  const model = buildModel(input, candidates);
  yield;
  const allocation = yield* allocate(model, candidates.applications, budget, aim);
  yield;
  const progress = requirementResults(input, model, allocation);
  const applications = applicationResults(candidates, model, allocation);
  return { candidates, model, allocation, progress, applications, objective: objectiveOf(applications, progress.states, model) };
}

function takenOf(candidates: Candidates, allocation: Allocation): Application[] {
  return candidates.applications.filter((_, index) => allocation.taken[index] === true);
}

function idsOf(candidates: Candidates, set: readonly number[]): string[] {
  return set.flatMap((index) => candidates.completions[index]?.id ?? []);
}

function applicationResults(candidates: Candidates, model: Model, allocation: Allocation): ApplicationResult[] {
  const slotsOf = candidates.applications.map((): number[] => []);
  model.slots.forEach(({ application }, slot) => {
    if (application !== undefined) slotsOf[application]?.push(slot);
  });
  return candidates.applications.flatMap((application, index): ApplicationResult[] => {
    if (allocation.taken[index] !== true) return [];
    const slots = slotsOf[index] ?? [];
    const counted = slots.reduce((sum, slot) => sum + (allocation.counted[slot] ?? 0), 0);
    const { revision, rule, choice } = application;
    return [
      {
        agreement: revision.agreement,
        revision: revision.revision,
        rule: rule.id,
        completions: idsOf(candidates, application.set),
        ...(choice === undefined ? {} : { choice: { option: choice.option, made: choice.made } }),
        conversions: application.conversions,
        convertedCredits: fromThousandths(application.convertedSum),
        awards: slots.flatMap((slot) => awardResult(model, allocation, slot)),
        loss: fromThousandths(Math.max(0, application.convertedSum - counted)),
      },
    ];
  });
}

function awardResult(model: Model, allocation: Allocation, index: number): AwardResult[] {
  const slot = model.slots[index];
  if (slot?.award === undefined) return [];
  const { award, grade } = slot.award;
  return [
    {
      target: award.target,
      effect: award.effect,
      granted: allocation.granted[index] === true,
      credits: fromThousandths(slot.filler.credits),
      counted: fromThousandths(allocation.counted[index] ?? 0),
      ...(grade === undefined ? {} : { grade }),
      attributes: slot.filler.attributes,
      mooc: slot.mooc,
      fills: fillsOf(model, allocation.placed[index] ?? []),
    },
  ];
}

function fillsOf(model: Model, placed: readonly Placed[]): Fill[] {
  return placed.map(({ leaf, credits, surplus }) => {
    const node = model.tree.leaves[leaf];
    const shown = node?.requirement.kind === 'course' && !surplus ? Math.min(credits, node.need) : credits;
    return { requirement: node?.id ?? '', credits: fromThousandths(shown), surplus };
  });
}

function objectiveOf(applications: readonly ApplicationResult[], states: readonly RequirementState[], model: Model): Objective {
  const sum = (amounts: readonly number[]): number =>
    fromThousandths(amounts.reduce((total, amount) => total + Math.round(amount * 1000), 0));
  return {
    remainingStudy: fromThousandths(states.find(({ node }) => node === model.tree.root)?.remaining ?? 0),
    requirementsCompleted: states.filter(({ complete }) => complete).length,
    recognisedCredits: sum(applications.flatMap(({ awards }) => awards.map(({ counted }) => counted))),
    completionsConsumed: applications.reduce((total, { completions }) => total + completions.length, 0),
    loss: sum(applications.map(({ loss }) => loss)),
  };
}

function totalsOf(applications: readonly ApplicationResult[], model: Model, allocation: Allocation): EvaluationResult['totals'] {
  let [recognised, unplaced, capped] = [0, 0, 0];
  model.slots.forEach(({ award, filler }, slot) => {
    if (award === undefined) return;
    const counted = allocation.counted[slot] ?? 0;
    const placed = allocation.placed[slot] ?? [];
    recognised += counted;
    if (allocation.granted[slot] === true) capped += filler.credits - counted;
    unplaced += counted - (placed.length === 0 ? 0 : Math.min(counted, placedCredits(placed)));
  });
  const wasted = applications.reduce((sum, { loss }) => sum + Math.round(loss * 1000), 0);
  return {
    recognised: fromThousandths(recognised),
    unplaced: fromThousandths(unplaced),
    capped: fromThousandths(capped),
    wasted: fromThousandths(wasted),
  };
}

/** What of an award stands somewhere: in shared requirements it counts once. */
function placedCredits(placed: readonly Placed[]): number {
  const main = Math.max(0, ...placed.filter(({ surplus }) => !surplus).map(({ credits }) => credits));
  return placed.filter(({ surplus }) => surplus).reduce((sum, { credits }) => sum + credits, main);
}

/** What is known of the first level without proof, in the level's own direction; what is wanted small is never below nothing. */
function boundOf(candidates: Candidates, allocation: Allocation, objective: Objective): Pick<EvaluationResult, 'bound'> {
  if (allocation.gap === undefined || !candidates.complete) return {};
  const { level, amount } = allocation.gap;
  const credits = (reached: number, better: number): number => fromThousandths(Math.max(0, Math.round(reached * 1000) + better));
  switch (level) {
    case 'remainingStudy':
      return { bound: { level, value: credits(objective.remainingStudy, -amount) } };
    case 'requirementsCompleted':
      return { bound: { level, value: objective.requirementsCompleted + amount } };
    case 'recognisedCredits':
      return { bound: { level, value: credits(objective.recognisedCredits, amount) } };
    case 'completionsConsumed':
      return { bound: { level, value: Math.max(0, objective.completionsConsumed - amount) } };
    case 'loss':
      return { bound: { level, value: credits(objective.loss, -amount) } };
    case 'order':
      return {};
  }
}
