import { at, thousandths, type Grade, type Thousandths } from '../../kernel/index.js';
import { anyMember, SelectableCourse, type CompiledCourse, type CompiledRule, type SearchWork } from '../../rules/domain/index.js';
import type { CompiledRevision } from './compiled-revision.js';
import { leafObstacle, ruleObstacle, type Setting } from './eligibility.js';
import { GradeBook } from './grades.js';
import type { EvaluationInput } from './input.js';
import { compareReasons, firstReason, type Reason } from './reasons.js';
import { heldCompletions, type Held } from './usable.js';

/** A completion that `from` and at least one selector of a rule match. */
export interface Mention {
  readonly held: Held;
  /** Rank of the most exact selector that matches it. */
  readonly rank: number;
  /** The course sources it is eligible for. */
  readonly leaves: readonly number[];
  /** Those that match it too, but do not accept it as it is. */
  readonly unfit: readonly number[];
  /** Why it is eligible for none, where that is so: the first reason in the order of statuses. */
  readonly obstacle: Reason | undefined;
}

/** A rule with the completions it mentions, by index: what could fire, and only that. */
export interface RuleMatch {
  readonly revision: CompiledRevision;
  readonly compiled: CompiledRule;
  readonly mentions: readonly Mention[];
}

/** What matching looks at: the learner's completions and home courses in a setting. */
export interface Scene extends Setting {
  readonly held: readonly Held[];
  /** Credits by index. */
  readonly credits: readonly Thousandths[];
  /** The home courses that conditions see: done, in a what-if also under way; by id. */
  readonly home: readonly { readonly course: SelectableCourse; readonly credits: Thousandths }[];
  /** What is left for finding the sets of all rules. */
  readonly work: SearchWork;
}

export function sceneOf(input: EvaluationInput, steps: number): Scene {
  const book = new GradeBook(input.gradingScales);
  const held = heldCompletions(input, book);
  const { institution } = input.programme;
  const home = input.homeRecord
    .filter(({ status }) => status === 'done' || input.whatIf)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ code, credits }) => ({ course: new SelectableCourse({ code, provider: institution }), credits: thousandths(credits) }));
  return { input, book, held, credits: held.map(({ credits }) => credits), home, work: { steps } };
}

/** A completion with the course sources of one rule that match it. */
interface Sighting {
  readonly held: Held;
  readonly matched: CompiledCourse[];
}

/** The rules of a revision that take part and mention a completion that counts, by rule id. */
export function matchRevision(revision: CompiledRevision, scene: Scene): readonly RuleMatch[] {
  const seen = new Array<Sighting[] | undefined>(revision.rules.length);
  for (const held of scene.held) {
    if (!held.counts || !comesFrom(revision.senders, held.course)) continue;
    revision.index.forEachMatch(held.course, ({ position, leaf }) => {
      const sightings = seen[position];
      const last = sightings?.[sightings.length - 1];
      if (sightings === undefined) seen[position] = [{ held, matched: [leaf] }];
      else if (last?.held === held) last.matched.push(leaf);
      else sightings.push({ held, matched: [leaf] });
    });
  }
  const matches: RuleMatch[] = [];
  for (let position = 0; position < seen.length; position += 1) {
    const sightings = seen[position];
    if (sightings === undefined) continue;
    const compiled = at(revision.rules, position);
    if (!takesPart(compiled, revision, scene)) continue;
    const mentions: Mention[] = [];
    for (const sighting of sightings) {
      if (isSender(compiled, revision, sighting.held.course)) mentions.push(mentionOf(sighting, compiled, revision, scene));
    }
    if (mentions.length > 0) matches.push({ revision, compiled, mentions });
  }
  return matches;
}

/** Only rules into the programme's institution do. */
function takesPart({ rule }: CompiledRule, { parties }: CompiledRevision, { input }: Scene): boolean {
  const { institution } = input.programme;
  return rule.to === institution || (rule.to === anyMember && parties.has(institution));
}

/** Whether a course comes from the rule's `from`, by its provider or its platform. */
export function isSender({ rule }: CompiledRule, { parties }: CompiledRevision, course: SelectableCourse): boolean {
  const { provider, platform } = course.facts;
  return rule.from === anyMember ? comesFrom(parties, course) : rule.from === provider || rule.from === platform;
}

function comesFrom(institutions: ReadonlySet<string>, { facts }: SelectableCourse): boolean {
  const { provider, platform } = facts;
  return (provider !== undefined && institutions.has(provider)) || (platform !== undefined && institutions.has(platform));
}

const none: readonly never[] = [];

function mentionOf({ held, matched }: Sighting, compiled: CompiledRule, revision: CompiledRevision, scene: Scene): Mention {
  const general = ruleObstacle(held, compiled, revision, scene);
  const leaves: number[] = [];
  let unfit: readonly number[] = none;
  let obstacle: Reason | undefined;
  let rank = Infinity;
  for (const leaf of matched) {
    rank = Math.min(rank, leaf.selector.rank);
    const reason = firstReason(general, leafObstacle(held, leaf, revision.gradeTables, scene.book));
    if (reason === undefined) leaves.push(leaf.leaf);
    else {
      unfit = [...unfit, leaf.leaf];
      obstacle = obstacle === undefined ? reason : nearerReason(obstacle, reason, scene.book);
    }
  }
  return { held, rank, leaves, unfit, obstacle: leaves.length === 0 ? obstacle : undefined };
}

/** Of two course sources that both fail: the first reason in the order of statuses; of two grades too low the lower demand. */
function nearerReason(a: Reason, b: Reason, book: GradeBook): Reason {
  const order = compareReasons(a, b);
  if (order !== 0) return order < 0 ? a : b;
  if (a.status !== 'gradeTooLow' || b.status !== 'gradeTooLow') return a;
  return (book.compare(demandedGrade(b), demandedGrade(a)) ?? 0) < 0 ? b : a;
}

function demandedGrade({ parameters: { scale, minimum } }: Reason<'gradeTooLow'>): Grade {
  return { scale, value: minimum };
}
