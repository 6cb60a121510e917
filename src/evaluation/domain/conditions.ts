import { fromThousandths } from '../../kernel/index.js';
import {
  eligibleFor,
  hasSet,
  selects,
  shortfallOf,
  type CompiledCourse,
  type Shortfall,
  type SourceTree,
  type Stock,
} from '../../rules/domain/index.js';
import { leafObstacle, periodObstacle } from './eligibility.js';
import type { EvaluationInput } from './input.js';
import { isSender, type RuleMatch, type Scene } from './matching.js';
import type { Reason, ReasonParameters } from './reasons.js';
import type { Held } from './usable.js';

/** Why a rule is satisfied on no set at all: its governing date, or the programme (docs/evaluation.md §2); the first in the order of statuses. */
export function programmeObstacle({ compiled }: RuleMatch, { requestDate, admissionDate, programme }: EvaluationInput): Reason | undefined {
  const { governedBy, validity, conditions } = compiled.rule;
  if (governedBy === 'request' || governedBy === 'admission') {
    const obstacle = periodObstacle(governedBy, validity, governedBy === 'request' ? requestDate : admissionDate);
    if (obstacle !== undefined) return obstacle;
  }
  const { only, except } = compiled;
  if (only?.has(programme.code) !== false && except?.has(programme.code) !== true) return undefined;
  return { status: 'programmeExcluded', parameters: { programme: programme.code, ...conditions?.programmes } };
}

/**
 * What `alsoHolds` and `doesNotHold` of one rule look at: all completions that count, then the home courses, by selector, grade and
 * credits alone.
 */
export class HeldConditions {
  readonly #match: RuleMatch;
  readonly #scene: Scene;
  readonly #stocks = new Map<SourceTree, Stock>();
  /** False once it could not be told whether something is held. */
  complete = true;

  constructor(match: RuleMatch, scene: Scene) {
    this.#match = match;
    this.#scene = scene;
  }

  /** Why the rule is not satisfied on this set; what could not be told counts against it. */
  obstacle(set: readonly number[]): Reason | undefined {
    const { alsoHolds, doesNotHold } = this.#match.compiled;
    if (alsoHolds !== undefined && this.#holds(alsoHolds, set) !== true) return this.#notHeld(alsoHolds, set);
    if (doesNotHold === undefined || this.#holds(doesNotHold, set) === false) return undefined;
    const stock = this.#stockWithout(doesNotHold, set);
    const labels = doesNotHold.leaves.filter((leaf) => eligibleFor(leaf, stock).length > 0).map(({ selector }) => selector.label);
    return { status: 'notEvaluated', parameters: { condition: 'doesNotHold', held: [...new Set(labels)] } };
  }

  /** Undefined where it could not be told. */
  #holds(tree: SourceTree, set: readonly number[]): boolean | undefined {
    const { found, complete } = hasSet(tree.root, this.#stockWithout(tree, set), this.#scene.work);
    if (complete) return found;
    this.complete = false;
    return undefined;
  }

  #notHeld(tree: SourceTree, set: readonly number[]): Reason {
    const shortfall = shortfallOf(tree.root, this.#stockWithout(tree, set));
    const parameters = missingParameters(shortfall, (leaf) => this.#unsuitable(leaf));
    return { status: 'incompleteSet', parameters: { ...parameters, condition: 'alsoHolds' } };
  }

  /** Completions of the course that its grade or credits keep from being what the condition asks for. */
  #unsuitable(leaf: CompiledCourse): readonly string[] {
    const { revision } = this.#match;
    return this.#seen(leaf).flatMap((held) =>
      held.betterAttempt === undefined && leafObstacle(held, leaf, revision.gradeTables, this.#scene.book) !== undefined
        ? [held.completion.id]
        : [],
    );
  }

  #stockWithout(tree: SourceTree, set: readonly number[]): Stock {
    const stock = this.#stockOf(tree);
    return { eligible: stock.eligible.map((indices) => indices.filter((index) => !set.includes(index))), credits: stock.credits };
  }

  #stockOf(tree: SourceTree): Stock {
    const known = this.#stocks.get(tree);
    if (known !== undefined) return known;
    const { credits, home } = this.#scene;
    const eligible = tree.leaves.map((leaf) =>
      leaf.selector.provider === this.#scene.input.programme.institution ? this.#home(leaf) : this.#completions(leaf),
    );
    const stock = { eligible, credits: [...credits, ...home.map((course) => course.credits)] };
    this.#stocks.set(tree, stock);
    return stock;
  }

  /** By the selector, and by grade and credits; every attempt is seen. */
  #completions(leaf: CompiledCourse): readonly number[] {
    const { gradeTables } = this.#match.revision;
    return this.#seen(leaf).flatMap((held) => (leafObstacle(held, leaf, gradeTables, this.#scene.book) === undefined ? [held.index] : []));
  }

  /** What a selector takes; where it names no institution it means the rule's `from`. */
  #seen(leaf: CompiledCourse): readonly Held[] {
    const { revision, compiled } = this.#match;
    const { provider, platform } = leaf.selector;
    const named = provider !== undefined || platform !== undefined;
    return this.#scene.held.filter(
      (held) => held.counts && selects(leaf.selector, held.course) && (named || isSender(compiled, revision, held.course)),
    );
  }

  /** Home courses state no grades: a demanded grade is met. */
  #home(leaf: CompiledCourse): readonly number[] {
    const { held, home } = this.#scene;
    return home.flatMap(({ course, credits }, index) =>
      selects(leaf.selector, course) && credits >= leaf.minimumCredits ? [held.length + index] : [],
    );
  }
}

/**
 * What is missing. `unsuitableFor` finds the completions of a course that are held, but not accepted as they are: such a course is not named as if it were
 * not held.
 */
export function missingParameters(
  { missing, courses, credits }: Shortfall,
  unsuitableFor: (leaf: CompiledCourse) => readonly string[],
): ReasonParameters['incompleteSet'] {
  const unsuitable: string[] = [];
  const labels: string[] = [];
  for (const leaf of missing) {
    const held = leaf.selector.kind === 'code' ? unsuitableFor(leaf) : [];
    unsuitable.push(...held);
    if (held.length === 0) labels.push(leaf.selector.label);
  }
  return {
    missing: distinct(labels),
    missingCourses: courses,
    ...(credits > 0 && { missingCredits: fromThousandths(credits) }),
    ...(unsuitable.length > 0 && { unsuitable: [...distinct(unsuitable)].sort() }),
  };
}

function distinct(texts: readonly string[]): readonly string[] {
  return texts.some((text, index) => texts.indexOf(text) < index) ? [...new Set(texts)] : texts;
}
