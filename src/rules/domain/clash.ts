import { canonicalJson, normaliseCode } from '../../kernel/index.js';
import type { CompiledRule } from './compile.js';
import { compareExactness } from './exactness.js';
import {
  exactnessOn,
  exampleOf,
  recordsOf,
  takes,
  type Demand,
  type ExampleCompletion,
  type ExampleRecord,
  type ExampleWorld,
} from './example.js';
import type { Frame } from './frame.js';
import type { GradeBounds, GradeComparison } from './grade-bounds.js';
import type { Slot, Term, Terms } from './slots.js';

/** A rule made ready for the search for conflicts. */
export interface PreparedRule {
  /** Its position among the rules. */
  readonly index: number;
  readonly compiled: CompiledRule;
  readonly terms: Terms;
  /** The ways to hold what it demands besides; one empty way when it demands nothing. At most `searchLimits.heldTerms`. */
  readonly heldTerms: Terms;
  readonly refuses: boolean;
  /** Equal outcomes have equal texts. */
  readonly outcome: string;
}

/** What all rules of a search share. */
export interface SearchSetting {
  readonly parties: readonly string[];
  readonly mostSpecific: boolean;
  readonly grades: GradeComparison;
  /** Codes that rules name, in normal form: examples of patterns avoid them. */
  readonly namedCodes: ReadonlySet<string>;
  /** Takes units of work, one for each completion that is thought up or looked at; false when none is left. */
  readonly spend: (units: number) => boolean;
}

/** Completions that two rules both take, with no order between the rules. */
export interface Clash {
  readonly record: ExampleRecord;
  /** True when they take one course by grade bands that overlap. */
  readonly byGrade: boolean;
}

/** An example on which two rules clash within a frame, taking it in these two ways, both of as many completions. */
export function clashOf(
  [p, q]: readonly [PreparedRule, PreparedRule],
  ways: readonly [Term, Term],
  { receiver }: Frame,
  setting: SearchSetting,
): Clash | undefined {
  const world = { parties: setting.parties, receiver, grades: setting.grades };
  if (!setting.spend(ways[0].length ** 2)) return undefined;
  const pairs = pairedSlots(p, q, ways, world);
  const consumed = pairs === undefined ? undefined : examplesOf(pairs, setting.namedCodes, world);
  if (pairs === undefined || consumed === undefined || isOrdered(p.compiled, q.compiled, consumed, setting.mostSpecific)) return undefined;
  for (const held of heldBesides(p, q, consumed, setting, world)) {
    const record = recordsOf(consumed, held, world).find((each) => [p, q].every(({ compiled }) => takes(compiled, each, world)));
    if (record !== undefined) return { record, byGrade: pairs.some(differInGrade) };
  }
  return undefined;
}

/** Whether one of two rules goes before the other on this set (docs/evaluation.md §3). */
function isOrdered(p: CompiledRule, q: CompiledRule, consumed: readonly ExampleCompletion[], mostSpecific: boolean): boolean {
  if (!mostSpecific) return false;
  return compareExactness(exactnessOn(p, consumed), exactnessOn(q, consumed)) !== 0 || (p.only === undefined) !== (q.only === undefined);
}

type SlotPair = readonly [Demand, Demand];

/** Pairs each slot of one way with a slot of the other that one completion can fill: a perfect matching, by augmenting paths. */
function pairedSlots(p: PreparedRule, q: PreparedRule, [one, other]: readonly [Term, Term], world: ExampleWorld): SlotPair[] | undefined {
  const pairOf = (a: Slot, b: Slot): SlotPair => [
    { slot: a, from: p.compiled.rule.from },
    { slot: b, from: q.compiled.rule.from },
  ];
  // A way may hold one slot several times: each is a column of its own.
  const columns = other.map((slot) => ({ slot }));
  const rows = one.map((slot) => ({
    slot,
    fits: columns.filter((column) => exampleOf(pairOf(slot, column.slot), new Set(), world) !== undefined),
  }));
  type Row = (typeof rows)[number];
  const partners = new Map<Row['fits'][number], Row>();
  const augment = (row: Row, tried: Set<Row['fits'][number]>): boolean =>
    row.fits.some((column) => {
      if (tried.has(column)) return false;
      tried.add(column);
      const taken = partners.get(column);
      if (taken !== undefined && !augment(taken, tried)) return false;
      partners.set(column, row);
      return true;
    });
  if (!rows.every((row) => augment(row, new Set()))) return undefined;
  return [...partners].map(([column, row]) => pairOf(row.slot, column.slot));
}

/** One completion for each list of demands, none of them with a code of another where that can be. */
export function examplesOf(
  all: readonly (readonly Demand[])[],
  avoid: ReadonlySet<string>,
  world: ExampleWorld,
): ExampleCompletion[] | undefined {
  const used = new Set(avoid);
  const examples: ExampleCompletion[] = [];
  for (const demands of all) {
    const example = exampleOf(demands, used, world);
    if (example === undefined) return undefined;
    used.add(normaliseCode(example.code));
    examples.push(example);
  }
  return examples;
}

/** Ways to hold what both rules demand besides, of fewest completions first. */
function* heldBesides(
  p: PreparedRule,
  q: PreparedRule,
  consumed: readonly ExampleCompletion[],
  setting: SearchSetting,
  world: ExampleWorld,
): Generator<readonly ExampleCompletion[]> {
  const avoid = new Set([...setting.namedCodes, ...consumed.map(({ code }) => normaliseCode(code))]);
  const wanted = { ...world, unwanted: forbiddenGrades([p, q]) };
  const [mine, theirs] = [waysToHold(p, avoid, wanted), waysToHold(q, avoid, wanted)];
  const pairs = mine.flatMap((a) => theirs.map((b) => ({ a, b })));
  pairs.sort((one, other) => one.a.length + one.b.length - other.a.length - other.b.length);
  for (const { a, b } of pairs) {
    if (!setting.spend(consumed.length ** 2 + a.length + b.length)) return;
    yield union(a, b);
  }
}

/** The grade bands in which courses must not be held besides. */
export function forbiddenGrades(rules: readonly PreparedRule[]): readonly GradeBounds[] {
  const leaves = rules.flatMap(({ compiled }) => compiled.doesNotHold?.leaves ?? []);
  return leaves.filter(({ minimumGrade, maximumGrade }) => minimumGrade !== undefined || maximumGrade !== undefined);
}

/** The completions that a rule demands to be held besides, in each of its ways. */
function waysToHold(rule: PreparedRule, avoid: ReadonlySet<string>, world: ExampleWorld): readonly (readonly ExampleCompletion[])[] {
  return rule.heldTerms.terms.map((term) => heldExamples(term, rule, avoid, world)).filter((held) => held !== undefined);
}

/** What fills a way to hold what a rule demands besides; a selector that names no institution means the rule's own senders. */
export function heldExamples(
  term: Term,
  { compiled }: PreparedRule,
  avoid: ReadonlySet<string>,
  world: ExampleWorld,
): ExampleCompletion[] | undefined {
  const demands = term.map((slot): Demand[] => {
    const { provider, platform } = slot.source.select;
    return [provider === undefined && platform === undefined ? { slot, from: compiled.rule.from } : { slot }];
  });
  return examplesOf(demands, avoid, world);
}

/** Both lists, what is equal in both once. */
function union(one: readonly ExampleCompletion[], other: readonly ExampleCompletion[]): readonly ExampleCompletion[] {
  const left = one.map(canonicalJson);
  const added = other.filter((completion) => {
    const at = left.indexOf(canonicalJson(completion));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...one, ...added];
}

function differInGrade([a, b]: SlotPair): boolean {
  const [one, other] = [a, b].map(({ slot: { source } }) => canonicalJson([source.minimumGrade ?? null, source.maximumGrade ?? null]));
  const graded = [a, b].every(({ slot: { source } }) => source.minimumGrade !== undefined || source.maximumGrade !== undefined);
  return graded && one !== other;
}
