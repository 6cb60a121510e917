import type { EvaluationInput, RevisionInForce } from '../../../src/evaluation/domain/index.js';
import type { Award, Rule, Selector } from '../../../src/rules/domain/index.js';
import { at, compareText, plainCode } from './arithmetic.js';
import { courseSources, membersOf, satisfiedOn, selects, takesPart, worldOf } from './matching.js';
import type { World } from './matching.js';

/** §2 (applications) and §3 (which are inadmissible) of docs/evaluation.md. */

export interface PossibleApplication {
  readonly revision: RevisionInForce;
  readonly rule: Rule;
  readonly set: number;
  /** The option, where the outcome is a choice. */
  readonly option: number | undefined;
  readonly awards: readonly Award[];
  /** §3.3: the larger sets, each of which something taken must break. */
  readonly larger: readonly number[];
}

interface Satisfied {
  readonly revision: RevisionInForce;
  readonly rule: Rule;
  readonly sets: readonly number[];
}

/** Every application that §3.1, 3.2 and 3.4 admit, in the order of level 6: rule, agreement, completions, option. */
export function possibleApplications(input: EvaluationInput): {
  readonly world: World;
  readonly applications: readonly PossibleApplication[];
} {
  const world = worldOf(input);
  const satisfied = input.agreements.flatMap((revision): readonly Satisfied[] =>
    revision.terms.rules
      .filter((rule) => takesPart(input, revision, rule))
      .map((rule) => ({ revision, rule, sets: satisfiedOn(world, revision, rule) })),
  );
  const applications = satisfied.flatMap(({ revision, rule, sets }) =>
    sets
      .filter((set) => !isRefused(world, satisfied, revision, rule, set) && !hasAnnex(satisfied, revision, set))
      .flatMap((set) =>
        optionsOf(input, revision, rule).map(({ option, awards }): PossibleApplication => {
          return { revision, rule, set, option, awards, larger: largerSets(satisfied, revision, rule, set) };
        }),
      ),
  );
  return { world, applications: applications.sort((a, b) => compareApplications(a, b)) };
}

function optionsOf(
  input: EvaluationInput,
  revision: RevisionInForce,
  { id, outcome }: Rule,
): readonly { readonly option: number | undefined; readonly awards: readonly Award[] }[] {
  if (outcome.kind === 'credit') return [{ option: undefined, awards: outcome.awards }];
  if (outcome.kind !== 'choice') return [];
  const made = input.choices.find((choice) => choice.agreement === revision.agreement && choice.rule === id);
  const options = outcome.options.map((awards, option) => ({ option, awards }));
  return made === undefined || outcome.by === 'best' ? options : options.filter(({ option }) => option === made.option);
}

/** Sorted ids compare one by one; of two sets of one rule neither begins the other, since both are minimal. */
export function compareApplications(
  a: Pick<PossibleApplication, 'rule' | 'revision' | 'set' | 'option'>,
  b: Pick<PossibleApplication, 'rule' | 'revision' | 'set' | 'option'>,
): number {
  const bySet = (): number => {
    const [left, right] = [membersOf(a.set), membersOf(b.set)];
    for (const [i, member] of left.entries()) if (right[i] !== undefined && right[i] !== member) return member - right[i];
    return right.length - left.length;
  };
  return (
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.revision.agreement, b.revision.agreement) ||
    bySet() ||
    (a.option ?? 0) - (b.option ?? 0)
  );
}

/** Smaller is more exact: kind of selector, then (for patterns) minus the number of literal characters. */
type Rank = readonly [number, number];

function rankOfSelector(select: Selector): Rank {
  if (select.kind === 'code') return [0, 0];
  if (select.kind === 'pattern') return [1, -plainCode(select.pattern).replaceAll('#', '').replaceAll('*', '').length];
  if (select.kind === 'subject') return select.level === undefined ? [3, 0] : [2, 0];
  return [4, 0];
}

function compareRanks(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** Exactness over a set: per completion the most exact selector of the rule's source that matches it; least exact first. */
function exactness(world: World, rule: Rule, set: number): readonly Rank[] {
  const ranks = membersOf(set).map((i) => {
    const matching = courseSources(rule.source).filter(({ select }) => selects(select, at(world.completions, i)));
    return at(matching.map(({ select }) => rankOfSelector(select)).sort(compareRanks), 0);
  });
  return ranks.sort((a, b) => compareRanks(b, a));
}

/** Negative when the first rule is more exact than the second on the set, by selectors alone. */
function compareExactness(world: World, a: Rule, b: Rule, set: number): number {
  const [left, right] = [exactness(world, a, set), exactness(world, b, set)];
  for (const [i, rank] of left.entries()) {
    const difference = compareRanks(rank, at(right, i));
    if (difference !== 0) return difference;
  }
  return 0;
}

function isMoreExact(world: World, a: Rule, b: Rule, set: number): boolean {
  const difference = compareExactness(world, a, b, set);
  const restricted = (rule: Rule): boolean => rule.conditions?.programmes?.only !== undefined;
  return difference < 0 || (difference === 0 && restricted(a) && !restricted(b));
}

/** §3.1 and §3.2. */
function isRefused(world: World, satisfied: readonly Satisfied[], revision: RevisionInForce, rule: Rule, set: number): boolean {
  const others = satisfied.filter((other) => other.revision === revision && other.rule !== rule);
  const negative = others
    .filter(({ rule: { outcome } }) => outcome.kind === 'noCredit' || outcome.kind === 'individualAssessment')
    .filter(({ sets }) => sets.some((larger) => (larger & set) === set));
  if (negative.some((other) => compareExactness(world, rule, other.rule, set) >= 0)) return true;
  if (revision.terms.precedence === 'bestForStudent') return false;
  return others.some((other) => other.sets.includes(set) && isMoreExact(world, other.rule, rule, set));
}

/** §3.4. */
function hasAnnex(satisfied: readonly Satisfied[], revision: RevisionInForce, set: number): boolean {
  return satisfied.some(
    (other) => other.revision.terms.annexTo === revision.agreement && other.sets.some((theirs) => (theirs & set) !== 0),
  );
}

/** §3.3: the proper supersets on which another rule of the agreement is satisfied. */
function largerSets(satisfied: readonly Satisfied[], revision: RevisionInForce, rule: Rule, set: number): readonly number[] {
  if (revision.terms.precedence === 'bestForStudent') return [];
  const others = satisfied.filter((other) => other.revision === revision && other.rule !== rule);
  return [...new Set(others.flatMap(({ sets }) => sets.filter((larger) => larger !== set && (larger & set) === set)))];
}

/** §3.3 for a set of applications taken: every larger set is broken by one of them. */
export function allLargerBroken(taken: readonly PossibleApplication[]): boolean {
  const isProperSubset = (small: number, large: number): boolean => small !== large && (small & large) === small;
  return taken.every(({ larger }) =>
    larger.every((broken) => taken.some(({ set }) => (set & broken) !== 0 && !isProperSubset(set, broken))),
  );
}
