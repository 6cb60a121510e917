import { fromThousandths, normaliseCode, thousandths, type Grade } from '../../kernel/index.js';
import { compileSelector, type CompiledCourse, type CompiledRule, type SourceTree } from './compile.js';
import { exactnessOf, type Exactness } from './exactness.js';
import type { GradeBounds, GradeComparison } from './grade-bounds.js';
import { selectable, selects } from './match.js';
import { codesOf, intersectPatterns } from './pattern-overlap.js';
import { anyMember, type Party, type Selector } from './rule.js';
import { hasSet, minimalSets, type Stock } from './sets.js';
import type { Slot } from './slots.js';

/** A completion thought up to show what rules do; everything that plays no part is absent. */
export interface ExampleCompletion {
  readonly provider: string;
  readonly platform?: string;
  readonly code: string;
  readonly isced?: string;
  readonly eqfLevel?: number;
  readonly credits?: number;
  readonly grade?: Grade;
}

/** What examples are thought up from. */
export interface ExampleWorld {
  readonly parties: readonly string[];
  readonly receiver: string;
  readonly grades: GradeComparison;
  /** Grades that examples have only where nothing else is left. */
  readonly unwanted?: readonly GradeBounds[];
}

/** One thing that a completion must do: fit a slot, and come from a party of a rule where the slot does not say from where. */
export interface Demand {
  readonly slot: Slot;
  readonly from?: Party;
}

/** How many codes of a pattern are tried. */
const maximumCodes = 50;

/**
 * A completion that meets all of these demands; the codes to avoid (in normal form) are taken only where nothing else is left. Undefined when none is found: for codes there is none then, for patterns, subjects and fields there may be one.
 */
export function exampleOf(demands: readonly Demand[], avoid: ReadonlySet<string>, world: ExampleWorld): ExampleCompletion | undefined {
  const sources = demands.map(({ slot }) => slot.source);
  const place = placeOf(demands, world);
  const grade = world.grades.within(sources, world.unwanted ?? []);
  if (place === undefined || !sources.every((source) => world.grades.meets(grade, source))) return undefined;
  const selectors = sources.map(({ select }) => select);
  const credits = Math.max(...demands.map(({ slot }) => slot.credits));
  const known = {
    ...place,
    ...fieldOf(selectors),
    ...(credits > 0 && { credits: fromThousandths(credits) }),
    ...(grade !== undefined && { grade }),
  };
  const compiled = selectors.map(compileSelector);
  for (const code of codesFor(selectors, avoid)) {
    const example = { ...known, code };
    if (compiled.every((selector) => selects(selector, selectable(example)))) return example;
  }
  return undefined;
}

/** A selector that names no one course. */
type OpenSelector = Exclude<Selector, { kind: 'code' }>;

/** The code that a selector names, else codes that are likely to suit all selectors: those to avoid last. */
function* codesFor(selectors: readonly Selector[], avoid: ReadonlySet<string>): Generator<string> {
  const named = selectors.find((select) => select.kind === 'code');
  if (named !== undefined) {
    yield named.code;
    return;
  }
  const open = selectors.filter((select): select is OpenSelector => select.kind !== 'code');
  const patterns = open.reduce<readonly string[]>(
    (sofar, select) => sofar.flatMap((one) => patternsOf(select).flatMap((other) => intersectPatterns(one, other) ?? [])),
    ['*'],
  );
  const subject = open.find((select) => select.kind === 'subject')?.subject;
  const codes = patterns.flatMap((pattern) => [...codesOf(pattern, maximumCodes)]).map((code) => withSubject(code, subject));
  yield* codes.filter((code) => !avoid.has(normaliseCode(code)));
  yield* codes.filter((code) => avoid.has(normaliseCode(code)));
}

/** The code with the blank that separates its subject from its number. */
function withSubject(code: string, subject: string | undefined): string {
  const [normal, start] = [normaliseCode(code), normaliseCode(subject ?? '')];
  return subject !== undefined && normal.startsWith(start) ? `${subject} ${normal.slice(start.length)}` : code;
}

/** Patterns of codes that a selector is likely to match. */
function patternsOf(select: OpenSelector): readonly string[] {
  switch (select.kind) {
    case 'pattern':
      return [select.pattern];
    case 'subject': {
      if (select.level === undefined) return [`${select.subject}1##`, `${select.subject}*`];
      const number = String(select.level).replace(/0/g, '#').replace(/^#$/, '0');
      return [`${select.subject}${number}`, `${select.subject}${number}*`];
    }
    case 'field':
      return ['*'];
  }
}

/** The narrowest field that the selectors name, and the highest level. */
function fieldOf(selectors: readonly Selector[]): Pick<ExampleCompletion, 'isced' | 'eqfLevel'> {
  const fields = selectors.filter((select) => select.kind === 'field');
  const isced = fields.map((field) => field.isced).sort((a, b) => b.length - a.length)[0];
  const eqfLevel = Math.max(0, ...fields.map(({ minimumEqf }) => minimumEqf ?? 0));
  return { ...(isced !== undefined && { isced: isced.padEnd(4, '0') }), ...(eqfLevel > 0 && { eqfLevel }) };
}

/**
 * Provider and platform that suit all demands. Different senders are taken for the provider and the platform of one course only where a
 * selector names one of the two: the same code at two institutions is no common course.
 */
function placeOf(demands: readonly Demand[], world: ExampleWorld): Pick<ExampleCompletion, 'provider' | 'platform'> | undefined {
  const selectors = demands.map(({ slot }) => slot.source.select);
  const [providers, platforms] = [named(selectors, 'provider'), named(selectors, 'platform')];
  const senders = [...new Set(demands.flatMap(({ from }) => (from === undefined || from === anyMember ? [] : [from])))];
  const anybody = world.parties.find((party) => party !== world.receiver) ?? world.receiver;
  const tied = providers.length + platforms.length > 0;
  const places = (providers.length > 0 ? providers : [...senders, anybody]).flatMap((provider) =>
    (platforms.length > 0 ? platforms : [undefined, ...(tied ? [...senders, anybody] : [])]).map((platform) => ({
      provider,
      ...(platform !== undefined && { platform }),
    })),
  );
  return places.find((place) => demands.every(({ slot, from }) => suits(place, slot.source.select, from, world)));
}

function named(selectors: readonly Selector[], which: 'provider' | 'platform'): readonly string[] {
  return [...new Set(selectors.flatMap((select) => select[which] ?? []))];
}

function suits(
  place: Pick<ExampleCompletion, 'provider' | 'platform'>,
  select: Selector,
  from: Party | undefined,
  world: ExampleWorld,
): boolean {
  return (
    (select.provider === undefined || select.provider === place.provider) &&
    (select.platform === undefined || select.platform === place.platform) &&
    (from === undefined || isSender(place, from, world))
  );
}

function isSender({ provider, platform }: Pick<ExampleCompletion, 'provider' | 'platform'>, from: Party, world: ExampleWorld): boolean {
  const senders = from === anyMember ? world.parties : [from];
  return senders.includes(provider) || (platform !== undefined && senders.includes(platform));
}

/** Completions that are consumed together, and others that are held besides. */
export interface ExampleRecord {
  readonly consumed: readonly ExampleCompletion[];
  readonly held: readonly ExampleCompletion[];
}

/**
 * These completions consumed and those held; where better attempts at consumed courses are held, first the same with the consumed attempts as good:
 * of several attempts at a course only the best is usable.
 */
export function recordsOf(
  consumed: readonly ExampleCompletion[],
  held: readonly ExampleCompletion[],
  world: ExampleWorld,
): readonly ExampleRecord[] {
  const raised = consumed.map((completion) =>
    held.filter((other) => isAttemptAt(other, completion)).reduce((best, { grade }) => withBetter(best, grade, world), completion),
  );
  const asGood = raised.every((completion, index) => completion === consumed[index]);
  return asGood
    ? [{ consumed, held }]
    : [
        { consumed: raised, held },
        { consumed, held },
      ];
}

function withBetter(completion: ExampleCompletion, grade: Grade | undefined, world: ExampleWorld): ExampleCompletion {
  return grade !== undefined && world.grades.isBetter(grade, completion.grade) ? { ...completion, grade } : completion;
}

function isAttemptAt(one: ExampleCompletion, other: ExampleCompletion): boolean {
  return one.provider === other.provider && selectable(one).code === selectable(other).code;
}

/** Whether no other attempt at the course is better; of equal ones the first. */
function isBestAttempt(completion: ExampleCompletion, { consumed, held }: ExampleRecord, world: ExampleWorld): boolean {
  const attempts = [...consumed, ...held].filter((other) => isAttemptAt(other, completion));
  return attempts[0] === completion && !attempts.some(({ grade }) => world.grades.isBetter(grade, completion.grade));
}

/** Whether a rule takes exactly the consumed completions, its dates, programmes and evidence being right (docs/evaluation.md §1, §2). */
export function takes(rule: CompiledRule, record: ExampleRecord, world: ExampleWorld): boolean {
  const { consumed, held } = record;
  const { source, alsoHolds, doesNotHold, codesNamedTwice } = rule;
  const usable = (completion: ExampleCompletion): boolean =>
    codesNamedTwice.has(selectable(completion).code) || isBestAttempt(completion, record, world);
  if (!consumed.every(usable)) return false;
  const stock = stockOf(
    source,
    consumed,
    world,
    ({ selector }, completion) => selects(selector, selectable(completion)) && isSender(completion, rule.rule.from, world),
  );
  const { sets } = minimalSets(source.root, stock, consumed.length + 1);
  return (
    sets.some((set) => set.length === consumed.length) &&
    (alsoHolds === undefined || holds(alsoHolds, held, rule, world)) &&
    (doesNotHold === undefined || !holds(doesNotHold, held, rule, world))
  );
}

/** Whether the held completions satisfy what a rule demands, or forbids, to be held besides. */
export function holds(tree: SourceTree, held: readonly ExampleCompletion[], { rule }: CompiledRule, world: ExampleWorld): boolean {
  const stock = stockOf(tree, held, world, ({ selector }, completion) => {
    const anywhere = selector.provider !== undefined || selector.platform !== undefined;
    return selects(selector, selectable(completion)) && (anywhere || isSender(completion, rule.from, world));
  });
  return hasSet(tree.root, stock).found;
}

function stockOf(
  tree: SourceTree,
  completions: readonly ExampleCompletion[],
  world: ExampleWorld,
  matches: (leaf: CompiledCourse, completion: ExampleCompletion) => boolean,
): Stock {
  const credits = completions.map((completion) => thousandths(completion.credits ?? 0));
  const eligible = tree.leaves.map((leaf) =>
    completions.flatMap((completion, index) => {
      const enough = (credits[index] ?? 0) >= leaf.minimumCredits;
      const graded = leaf.selector.provider === world.receiver || world.grades.meets(completion.grade, leaf);
      return enough && graded && matches(leaf, completion) ? [index] : [];
    }),
  );
  return { eligible, credits };
}

/** How exactly a rule takes completions that it takes. */
export function exactnessOn({ source }: CompiledRule, consumed: readonly ExampleCompletion[]): Exactness {
  return exactnessOf(
    consumed.map((completion) =>
      Math.min(...source.leaves.filter(({ selector }) => selects(selector, selectable(completion))).map(({ selector }) => selector.rank)),
    ),
  );
}
