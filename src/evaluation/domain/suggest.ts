import { awardsOfRule } from '../../agreements/domain/index.js';
import { setLimits } from './candidates.js';
import { objectiveInSteps } from './evaluate.js';
import type { EvaluationInput } from './input.js';
import { fillerOf, rulesTowards } from './progress.js';
import { requirementTree } from './requirements.js';
import type { EvaluationResult, Improvement, Objective } from './result.js';
import { NewCourses, type OfferedCourse } from './suggest-courses.js';
import { reasonsOf, Remedies } from './suggest-remedies.js';
import type { SetLimits } from './satisfied.js';
import type { Proposal } from './suggest-step.js';

/** The bounds of one search: evaluations tried, the work of each, and the changes of one proposal. */
const mostTrials = 24;
const workPerTrial = 1_000_000;
/** Equally small proposals that are told. */
const mostAlternatives = 3;

/**
 * The smallest changes that would earn more: fewest raised grades, pieces of evidence and added completions, each proven by evaluating it. First what
 * completions without use are short of; where nothing of that helps, courses not taken yet that would fill an open requirement. Pauses after each
 * evaluation, so that whoever runs it can do something else in between. `offered` is what the catalogue knows of courses that might be taken.
 */
export function* suggestImprovements(
  input: EvaluationInput,
  result: EvaluationResult,
  offered: readonly (readonly OfferedCourse[])[] = [],
  limits: SetLimits = setLimits,
): Generator<undefined, readonly Improvement[]> {
  const courses = new NewCourses(input, offered);
  const remedies = new Remedies(input, result, courses);
  const unused = result.completions.filter(({ status }) => status !== 'used');
  const nearMisses = unused.flatMap((unit) => reasonsOf(unit).flatMap((reason) => remedies.of(unit.completion, reason)));
  const found = yield* firstThatHelp(input, nearMisses, result.objective, limits);
  return found.length > 0 ? found : yield* firstThatHelp(input, coursesFor(input, result, courses), result.objective, limits);
}

/** Tries proposals, the smallest first, and answers those of the smallest size that improve the objective. */
function* firstThatHelp(
  input: EvaluationInput,
  proposals: readonly Proposal[],
  before: Objective,
  limits: SetLimits,
): Generator<undefined, readonly Improvement[]> {
  const found: Improvement[] = [];
  const bySize = [...distinct(proposals)].sort((a, b) => a.length - b.length);
  for (const steps of bySize.slice(0, mostTrials)) {
    const smallest = found[0]?.changes.length;
    if (found.length === mostAlternatives || (smallest !== undefined && steps.length > smallest)) break;
    const after = steps.reduce((changed, { apply }) => apply(changed), input);
    const objective = yield* objectiveInSteps(after, workPerTrial, limits);
    if (isBetter(objective, before)) found.push({ changes: steps.map(({ change }) => change), objective });
    yield;
  }
  return found;
}

/** The same changes in another order are the same proposal. */
function distinct(proposals: readonly Proposal[]): readonly Proposal[] {
  const byChanges = new Map<string, Proposal>();
  for (const proposal of proposals) {
    const key = proposal
      .map(({ change }) => JSON.stringify(change))
      .sort()
      .join();
    if (!byChanges.has(key)) byChanges.set(key, proposal);
  }
  return [...byChanges.values()];
}

/** More is earned when one of the first three levels gains; fewer completions for the same is no gain to the student. */
function isBetter(after: Objective, before: Objective): boolean {
  if (after.remainingStudy !== before.remainingStudy) return after.remainingStudy < before.remainingStudy;
  if (after.requirementsCompleted !== before.requirementsCompleted) return after.requirementsCompleted > before.requirementsCompleted;
  return after.recognisedCredits > before.recognisedCredits;
}

/** Courses not taken yet, by rules that need few of them and award something an open requirement takes. */
function coursesFor(input: EvaluationInput, result: EvaluationResult, courses: NewCourses): readonly Proposal[] {
  const stillOpen = new Set(result.requirements.filter(({ open }) => open === true).map(({ requirement }) => requirement));
  const leaves = requirementTree(input.programme).leaves.filter(({ id }) => stillOpen.has(id));
  return input.agreements.flatMap((revision) =>
    rulesTowards(input.programme, revision).flatMap((rule) => {
      const fillers = awardsOfRule(rule).map(fillerOf);
      return fillers.some((filler) => leaves.some((leaf) => leaf.fits(filler))) ? courses.waysOf(rule, revision) : [];
    }),
  );
}
