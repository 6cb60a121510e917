import { canonicalJson, type GradingScale } from '../../kernel/index.js';
import { clashOf, type Clash, type PreparedRule, type SearchSetting } from './clash.js';
import { compileRule, type CompiledRule } from './compile.js';
import { deadBecause, type DeadReason } from './dead-rules.js';
import type { ExampleRecord } from './example.js';
import { frameOf, type Frame } from './frame.js';
import { GradeComparison, type PairTable } from './grade-bounds.js';
import { mayMeet, Places } from './places.js';
import { refusalOf } from './refused.js';
import type { Rule } from './rule.js';
import { termsOf, type Term, type Terms } from './slots.js';

/** The rules among which conflicts are looked for: the terms of an agreement are one. They are valid. */
export interface RuleBook {
  readonly parties: readonly string[];
  readonly precedence: 'mostSpecific' | 'bestForStudent';
  readonly rules: readonly Rule[];
  readonly gradeTables: readonly { readonly from: string; readonly to: string; readonly pairs?: PairTable['pairs'] }[];
}

/** What rules do to each other that their authors cannot have meant. Codes and data only; sentences are made elsewhere. */
export type Conflict = {
  /** Ids. */
  readonly rules: readonly string[];
  /** JSON Pointers into the rule book: what to change. */
  readonly pointers: readonly string[];
} & (
  | {
      /**
       * Two rules fire on the same completions with different outcomes and no order between them; or they do so by grade bands of one
       * course that overlap.
       */
      readonly kind: 'differentOutcomes' | 'overlappingGradeBands';
      readonly example: ConflictExample;
    }
  | { readonly kind: 'neverFires'; readonly because: DeadReason }
  /** The first rule gives nothing because the second refuses wherever it would fire. */
  | { readonly kind: 'alwaysRefused'; readonly example: ConflictExample }
);

/** As few completions as possible on which the rules of a conflict fire, with who recognises them, in which programme and when. */
export type ConflictExample = Frame & ExampleRecord;

export interface ConflictReport {
  /** In the order of the rules. */
  readonly conflicts: readonly Conflict[];
  /** False when the search reached one of its bounds, so that there may be more. */
  readonly complete: boolean;
}

/** The bounds of one search. With {@link maximumTerms} and {@link maximumSlots} they keep it within seconds. */
export const searchLimits = {
  /** Ways to satisfy all the rules together. */
  terms: 100_000,
  /** Pairs of such ways that are compared. */
  comparisons: 15_000_000,
  /** Completions that are thought up and looked at. */
  completions: 100_000,
  /** Ways to hold what one rule demands to be held besides. */
  heldTerms: 50,
  conflicts: 1_000,
} as const;

/**
 * Finds the rules that contradict each other or can never fire. Exact for sources that name codes (sums of credits apart, which are
 * tried in equal shares); for patterns, subjects and fields every conflict that is reported is one, and has been tried on its example.
 * Grades compare where their scales are given. Evidence, ages and rules of other agreements play no part.
 */
export function findConflicts(book: RuleBook, scales: readonly GradingScale[]): ConflictReport {
  return new ConflictSearch(book, scales).report();
}

const nothing: Terms = { terms: [[]], complete: true };

/** Two rules, each taking completions in one of its ways, with a frame that suits both. */
interface Meeting {
  readonly rules: readonly [PreparedRule, PreparedRule];
  readonly ways: readonly [Term, Term];
  readonly frame: Frame;
}

interface Found {
  readonly rules: readonly [PreparedRule, PreparedRule];
  readonly frame: Frame;
  readonly clash: Clash;
}

class ConflictSearch {
  readonly #setting: SearchSetting;
  readonly #rules: readonly PreparedRule[];
  readonly #left: { -readonly [Bound in keyof typeof searchLimits]: number } = { ...searchLimits };
  #complete = true;

  constructor(book: RuleBook, scales: readonly GradingScale[]) {
    const compiled = book.rules.map(compileRule);
    const tables = book.gradeTables.flatMap(({ from, to, pairs }) => (pairs === undefined ? [] : [{ from, to, pairs }]));
    this.#setting = {
      parties: book.parties,
      mostSpecific: book.precedence === 'mostSpecific',
      grades: new GradeComparison(scales, tables),
      namedCodes: codesNamedBy(compiled),
      spend: (units) => !this.#spent('completions', units),
    };
    this.#rules = compiled.map((rule, index) => this.#prepare(rule, index));
  }

  report(): ConflictReport {
    const found: { readonly at: number; readonly conflict: Conflict }[] = [];
    const refusals = new Places(this.#rules.filter(({ refuses }) => refuses));
    const alive = this.#rules.filter((rule) => {
      const conflict = this.#alone(rule, refusals);
      if (conflict !== undefined) found.push({ at: rule.index, conflict });
      return conflict === undefined;
    });
    found.push(...this.#clashes(alive).map((each) => ({ at: each.rules[0].index, conflict: clashConflict(each) })));
    found.sort((a, b) => a.at - b.at);
    const conflicts = found.slice(0, searchLimits.conflicts).map(({ conflict }) => conflict);
    return { conflicts, complete: this.#complete && conflicts.length === found.length };
  }

  #prepare(compiled: CompiledRule, index: number): PreparedRule {
    const { source, conditions, outcome } = compiled.rule;
    const terms = this.#left.terms > 0 ? termsOf(source, '/source') : { terms: [], complete: false };
    const heldTerms = conditions?.alsoHolds === undefined ? nothing : firstOf(termsOf(conditions.alsoHolds, '/conditions/alsoHolds'));
    this.#left.terms -= terms.terms.length;
    if (!terms.complete || !heldTerms.complete) this.#complete = false;
    const refuses = outcome.kind === 'noCredit' || outcome.kind === 'individualAssessment';
    return { index, compiled, terms, heldTerms, refuses, outcome: canonicalJson(outcome) };
  }

  /** Why a rule gives nothing, whatever other rules give. */
  #alone(rule: PreparedRule, refusals: Places): Conflict | undefined {
    const frame = frameOf([rule.compiled.rule], this.#setting.parties);
    const dead = deadBecause(rule, frame, this.#setting);
    if (dead !== undefined) {
      return { kind: 'neverFires', rules: [rule.compiled.rule.id], pointers: [pointerOf(rule) + dead.at], because: dead.because };
    }
    if (rule.refuses || frame === undefined) return undefined;
    const refusal = refusalOf(rule, frame, refusals, this.#setting);
    if (refusal === undefined) return undefined;
    return { kind: 'alwaysRefused', ...named(rule, refusal.by), example: { ...frame, ...refusal.record } };
  }

  /** The clashing pairs, each with an example of as few completions as were found: the ways to take fewest come first. */
  #clashes(rules: readonly PreparedRule[]): readonly Found[] {
    const found = new Map<string, Found>();
    for (const { rules: pair, ways, frame } of this.#meetings(rules)) {
      const key = pair.map(({ index }) => index).join();
      if (found.has(key)) continue;
      const clash = clashOf(pair, ways, frame, this.#setting);
      if (clash !== undefined) found.set(key, { rules: pair, frame, clash });
      if (this.#left.completions < 0) break;
    }
    return [...found.values()];
  }

  /** Ways of different rules that may take the same completions, fewest first. */
  *#meetings(rules: readonly PreparedRule[]): Generator<Meeting> {
    for (const [one, other] of new Places(rules).pairs()) {
      if (this.#spent('comparisons')) return;
      const [first, second] = one.rule.index <= other.rule.index ? [one, other] : [other, one];
      const pair = [first.rule, second.rule] as const;
      const frame =
        mayClash(...pair) && mayMeet(one, other)
          ? frameOf([first.rule.compiled.rule, second.rule.compiled.rule], this.#setting.parties)
          : undefined;
      if (frame !== undefined) yield { rules: pair, ways: [first.term, second.term], frame };
    }
  }

  #spent(bound: 'comparisons' | 'completions', units = 1): boolean {
    this.#left[bound] -= units;
    if (this.#left[bound] < 0) this.#complete = false;
    return this.#left[bound] < 0;
  }
}

/** Between a credit rule and one that refuses there is always an order. */
function mayClash(p: PreparedRule, q: PreparedRule): boolean {
  return p.index !== q.index && p.refuses === q.refuses && p.outcome !== q.outcome;
}

function clashConflict({ rules, frame, clash: { record, byGrade } }: Found): Conflict {
  return { kind: byGrade ? 'overlappingGradeBands' : 'differentOutcomes', ...named(...rules), example: { ...frame, ...record } };
}

function named(...rules: readonly PreparedRule[]): Pick<Conflict, 'rules' | 'pointers'> {
  return { rules: rules.map(({ compiled }) => compiled.rule.id), pointers: rules.map(pointerOf) };
}

function pointerOf({ index }: PreparedRule): string {
  return `/rules/${String(index)}`;
}

/** The shortest of these, as many as are tried. */
function firstOf({ terms, complete }: Terms): Terms {
  return { terms: terms.slice(0, searchLimits.heldTerms), complete: complete && terms.length <= searchLimits.heldTerms };
}

function codesNamedBy(rules: readonly CompiledRule[]): ReadonlySet<string> {
  const leaves = rules.flatMap(({ source, alsoHolds, doesNotHold }) =>
    [source, alsoHolds, doesNotHold].flatMap((tree) => tree?.leaves ?? []),
  );
  return new Set(leaves.flatMap(({ selector }) => (selector.kind === 'code' ? [selector.code] : [])));
}
