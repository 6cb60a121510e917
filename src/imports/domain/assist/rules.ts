import type { AssistCourse, AssistReceiving } from '../../../formats/assist/index.js';
import { type Award, type Outcome, type Rule, ruleLimits } from '../../../rules/domain/index.js';
import { digestOf } from '../../../kernel/index.js';
import { courseSource, joined } from '../sources.js';
import { codeOf } from './catalogue.js';
import type { AssistIds } from './result.js';
import { courseKey, isSubset, keyOf, meets, union, type SourceSet } from './source-sets.js';

/** One articulation: any of these sets of sending courses stands for what it receives. */
export interface Articulated {
  readonly receiving: Exclude<AssistReceiving, { kind: 'unknown' }>;
  readonly sets: readonly SourceSet[];
}

/** More rules than this are not formed from one agreement by combining sets that overlap. */
const maximumRules = 1000;

export interface AssistRules {
  readonly rules: readonly Rule[];
  /** Sets that earn more courses than one rule can hold, and so have none. */
  readonly tooLarge: readonly SourceSet[];
  /** False where sets overlap in too many ways: not all of those that join others were looked at. */
  readonly complete: boolean;
}

/**
 * The rules of an agreement. ASSIST reads every line on its own against the courses a student holds: whoever holds CHEM 11 and CHEM 12 has
 * CHEM 6A (← 11), 6B (← 11 & 12) and 6C (← 12). A rule consumes what it takes, so one rule per line would grant one of the three. Therefore
 * there is one rule per set of sending courses that the lines name, and it awards everything that these courses satisfy. Sets that overlap
 * without one holding the other are joined to one more rule, so that whatever is held can be consumed without loss.
 */
export function rulesOf(articulated: readonly Articulated[], ids: AssistIds): AssistRules {
  const { sets, complete } = closedUnderOverlap(articulated.flatMap((line) => line.sets));
  const rules: Rule[] = [];
  const tooLarge: SourceSet[] = [];
  for (const set of sets) {
    const received = articulated.filter((line) => line.sets.some((part) => isSubset(part, set))).map(({ receiving }) => receiving);
    const outcome = outcomeOf(received);
    if (outcome === undefined) tooLarge.push(set);
    else rules.push(ruleOf(set, outcome, ids));
  }
  return { rules, tooLarge, complete };
}

/** The id of the rule that takes exactly these courses. */
export function ruleIdOf(set: SourceSet): string {
  const key = keyOf(set);
  return key.length <= 100 ? key : digestOf(key);
}

function closedUnderOverlap(stated: readonly SourceSet[]): { sets: SourceSet[]; complete: boolean } {
  const known = new Map(stated.map((set) => [keyOf(set), set]));
  const sets = [...known.values()];
  // The list grows while it is walked: every set meets every other one once.
  for (const [index, set] of sets.entries()) {
    for (const other of sets.slice(0, index)) {
      if (!meets(set, other)) continue;
      const joined = union([set, other]);
      if (known.has(keyOf(joined))) continue;
      if (sets.length >= maximumRules) return { sets, complete: false };
      known.set(keyOf(joined), joined);
      sets.push(joined);
    }
  }
  return { sets, complete: true };
}

function ruleOf(set: SourceSet, outcome: Outcome, ids: AssistIds): Rule {
  return {
    id: ruleIdOf(set),
    from: ids.sending,
    to: ids.receiving,
    source: joined(
      'all',
      set.map(({ codes }) => joined('any', codes.map(courseSource))),
    ),
    outcome,
    // The file states no days for a line: when a course was completed plays no part, and need not be known. The agreement's own period says in
    // which year its lines are valid.
    validity: {},
    governedBy: 'request',
  };
}

/** A receiving course with the key that it shares with its cross-listings. */
interface Received {
  readonly key: string;
  readonly course: AssistCourse;
}

/**
 * What a set earns: the courses of all lines together; undefined where a rule cannot hold so many. A series joined by OR leaves a choice, which
 * the file gives to nobody: what serves the student best counts. A single course carries its own units. Several courses from one set carry at
 * most their own units each and together at most what the sending courses convert to, so that one course that stands for two does not
 * earn more credit than it has.
 */
function outcomeOf(received: readonly Articulated['receiving'][]): Outcome | undefined {
  let options: readonly (readonly Received[])[] = [[]];
  for (const receiving of received) {
    const added = optionsOf(receiving);
    options = options.flatMap((option) => added.map((courses) => distinct([...option, ...courses])));
    if (options.length > ruleLimits.awards || options.some((option) => option.length > ruleLimits.awards)) return undefined;
  }
  const [first, ...others] = options.map(awardsOf);
  if (first === undefined || others.length === 0) return { kind: 'credit', awards: first ?? [] };
  return { kind: 'choice', by: 'best', options: [first, ...others] };
}

function optionsOf(receiving: Articulated['receiving']): readonly (readonly Received[])[] {
  if (receiving.kind === 'Course') {
    return [[{ key: courseKey([receiving.course, ...receiving.crossListed].map(codeOf)), course: receiving.course }]];
  }
  const courses = receiving.courses.map((course) => ({ key: courseKey([codeOf(course)]), course }));
  return receiving.conjunction === 'And' ? [courses] : courses.map((course) => [course]);
}

/** Each course once, sorted by key; the first mention counts. */
function distinct(courses: readonly Received[]): Received[] {
  const byKey = new Map([...courses].reverse().map((received) => [received.key, received]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function awardsOf(courses: readonly Received[]): Award[] {
  return courses.map(({ course }) => ({
    target: { kind: 'course', code: codeOf(course) },
    credits: courses.length === 1 ? { kind: 'fixed', credits: course.units.minimum } : { kind: 'converted', maximum: course.units.minimum },
    grade: { kind: 'none' },
    effect: 'credit',
  }));
}
