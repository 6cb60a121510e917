import {
  literalLength,
  normaliseCode,
  partsOfCode,
  patternToRegExp,
  thousandths,
  type CodeParts,
  type Thousandths,
} from '../../../kernel/index.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { Award, CourseSource, Rule, Selector, Source } from '../../../rules/domain/index.js';
import type { Grade } from '../../../kernel/index.js';

/** What a selector looks at: a completion, or a home course, which has neither provider nor platform. */
export interface Selectable {
  readonly provider: string | undefined;
  readonly platform: string | undefined;
  /** In normal form. */
  readonly code: string;
  readonly parts: () => CodeParts;
  readonly isced: string | undefined;
  readonly eqfLevel: number | undefined;
}

export interface ReadSelector {
  readonly selector: Selector;
  /** In normal form; of a `code` selector only. */
  readonly code: string | undefined;
  /** Smaller is more exact (§3): code, pattern (the more literal characters the smaller), subject with level, subject, field. */
  readonly rank: number;
  /** Without `provider` and `platform`. */
  readonly matches: (course: Selectable) => boolean;
}

/** A `course` source. */
export interface Leaf {
  readonly select: ReadSelector;
  readonly minimumGrade: Grade | undefined;
  readonly maximumGrade: Grade | undefined;
  readonly minimumCredits: Thousandths;
}

/** A source all of whose sets hold one completion: one `course`, or any of several. */
export interface One {
  readonly kind: 'one';
  readonly leaves: readonly Leaf[];
}

/**
 * A source, with the two frequent shapes told apart that need no search over partitions: `each` is an `all` over parts that take one
 * completion each, `count` an `atLeast` over such parts.
 */
export type Node =
  | One
  | { readonly kind: 'each'; readonly parts: readonly One[] }
  | { readonly kind: 'count'; readonly courses: number; readonly credits: Thousandths; readonly of: One }
  | { readonly kind: 'any' | 'all'; readonly of: readonly Node[] }
  | { readonly kind: 'atLeast'; readonly courses: number; readonly credits: Thousandths; readonly of: readonly Node[] };

/** A rule as the checker reads it. */
export interface ReadRule {
  readonly rule: Rule;
  readonly source: Node;
  readonly selectors: readonly ReadSelector[];
  /** Bounds of the number of completions in its sets. */
  readonly size: SizeRange;
  /** Codes that its source names at least twice, in normal form. */
  readonly repeated: ReadonlySet<string>;
  readonly refusal: boolean;
  /** The awards of each option; of a `credit` outcome the only one; none for a refusal. */
  readonly options: readonly (readonly ReadAward[])[];
  readonly alsoHolds: Node | undefined;
  readonly doesNotHold: Node | undefined;
}

export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

export interface ReadAward {
  readonly award: Award;
  /** Normal form of a named course's code. */
  readonly code: string | undefined;
  readonly subject: string | undefined;
  readonly level: number | undefined;
  readonly attributes: readonly string[];
}

export interface ReadTerms {
  readonly terms: AgreementTerms;
  readonly rules: ReadonlyMap<string, ReadRule>;
  /** Rules that name codes only, under each of the codes. */
  readonly byCode: ReadonlyMap<string, readonly ReadRule[]>;
  /** Rules with a selector of another kind. */
  readonly broad: readonly ReadRule[];
}

const known = new WeakMap<AgreementTerms, ReadTerms>();

/** The terms made ready for look-up. Terms never change, so it is done once for each object. */
export function readTerms(terms: AgreementTerms): ReadTerms {
  const before = known.get(terms);
  if (before !== undefined) return before;
  const rules = terms.rules.map(readRule);
  const byCode = new Map<string, ReadRule[]>();
  const broad: ReadRule[] = [];
  for (const rule of rules) {
    const codes = new Set(rule.selectors.map(({ code }) => code));
    if (codes.has(undefined)) broad.push(rule);
    else for (const code of codes) if (code !== undefined) byCode.set(code, [...(byCode.get(code) ?? []), rule]);
  }
  const read = { terms, rules: new Map(rules.map((rule) => [rule.rule.id, rule])), byCode, broad };
  known.set(terms, read);
  return read;
}

function readRule(rule: Rule): ReadRule {
  const source = readSource(rule.source);
  const selectors = selectorsOf(source);
  const codes = selectors.flatMap(({ code }) => (code === undefined ? [] : [code]));
  const { conditions, outcome } = rule;
  const options = outcome.kind === 'credit' ? [outcome.awards] : outcome.kind === 'choice' ? outcome.options : [];
  return {
    rule,
    source,
    selectors,
    size: sizeOf(source),
    repeated: new Set(codes.filter((code, index) => codes.indexOf(code) !== index)),
    refusal: outcome.kind === 'noCredit' || outcome.kind === 'individualAssessment',
    options: options.map((awards) => awards.map(readAward)),
    alsoHolds: conditions?.alsoHolds === undefined ? undefined : readSource(conditions.alsoHolds),
    doesNotHold: conditions?.doesNotHold === undefined ? undefined : readSource(conditions.doesNotHold),
  };
}

function readAward(award: Award): ReadAward {
  const { target } = award;
  const attributes = award.attributes ?? [];
  if (target.kind === 'course') {
    const { subject, level } = partsOfCode(target.code);
    return { award, code: normaliseCode(target.code), subject, level, attributes };
  }
  const subject = target.subject === undefined ? undefined : normaliseCode(target.subject);
  return { award, code: undefined, subject, level: target.level, attributes };
}

function readSource(source: Source): Node {
  if (source.kind === 'course') return { kind: 'one', leaves: [readLeaf(source)] };
  const of = source.of.map(readSource);
  const [part] = of;
  switch (source.kind) {
    case 'any':
      return of.every(isOne) ? joined(of) : { kind: 'any', of };
    case 'all':
      if (part !== undefined && of.length === 1) return part;
      return of.every(isOne) ? { kind: 'each', parts: of } : { kind: 'all', of };
    case 'atLeast': {
      const parts = of.flatMap(united);
      const ones = parts.filter(isOne);
      const others = parts.filter((node) => !isOne(node));
      const least = { courses: source.courses ?? 0, credits: thousandths(source.credits ?? 0) };
      if (others.length === 0) return { kind: 'count', ...least, of: joined(ones) };
      return { kind: 'atLeast', ...least, of: ones.length === 0 ? others : [joined(ones), ...others] };
    }
  }
}

/**
 * A part of an `atLeast` as the parts whose sets it unites: those of an `any`, and of an `atLeast` of one course. Unions of its sets are
 * unions of theirs, and there are far fewer ways to make them.
 */
function united(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'any':
      return node.of.flatMap(united);
    case 'count':
      return node.courses <= 1 && node.credits === 0 ? [node.of] : [node];
    case 'atLeast':
      return node.courses <= 1 && node.credits === 0 ? node.of : [node];
    default:
      return [node];
  }
}

function isOne(node: Node): node is One {
  return node.kind === 'one';
}

function joined(parts: readonly One[]): One {
  return { kind: 'one', leaves: parts.flatMap(({ leaves }) => leaves) };
}

function readLeaf({ select, minimumGrade, maximumGrade, minimumCredits }: CourseSource): Leaf {
  return { select: readSelector(select), minimumGrade, maximumGrade, minimumCredits: thousandths(minimumCredits ?? 0) };
}

/** A selector made ready; limits have selectors of their own. */
export function readSelector(selector: Selector): ReadSelector {
  switch (selector.kind) {
    case 'code': {
      const code = normaliseCode(selector.code);
      return { selector, code, rank: 0, matches: (course) => course.code === code };
    }
    case 'pattern': {
      const pattern = patternToRegExp(selector.pattern);
      return { selector, code: undefined, rank: 1 + 1 / (1 + literalLength(selector.pattern)), matches: ({ code }) => pattern.test(code) };
    }
    case 'subject': {
      const [subject, { level }] = [normaliseCode(selector.subject), selector];
      const matches = (course: Selectable): boolean => {
        const parts = course.parts();
        return parts.subject === subject && (level === undefined || parts.level === level);
      };
      return { selector, code: undefined, rank: level === undefined ? 4 : 3, matches };
    }
    case 'field': {
      const { isced: field, minimumEqf = 0 } = selector;
      const matches = ({ isced, eqfLevel = 0 }: Selectable): boolean => isced?.startsWith(field) === true && eqfLevel >= minimumEqf;
      return { selector, code: undefined, rank: 5, matches };
    }
  }
}

function selectorsOf(node: Node): readonly ReadSelector[] {
  switch (node.kind) {
    case 'one':
      return node.leaves.map(({ select }) => select);
    case 'each':
      return node.parts.flatMap(selectorsOf);
    case 'count':
      return selectorsOf(node.of);
    default:
      return node.of.flatMap(selectorsOf);
  }
}

function sizeOf(node: Node): SizeRange {
  switch (node.kind) {
    case 'one':
      return { least: 1, most: 1 };
    case 'each':
      return { least: node.parts.length, most: node.parts.length };
    case 'count':
      // Minimal sets of a mere number of courses have just that number.
      return { least: Math.max(1, node.courses), most: node.credits === 0 ? node.courses : Infinity };
    case 'any': {
      const parts = node.of.map(sizeOf);
      return { least: Math.min(...parts.map(({ least }) => least)), most: Math.max(...parts.map(({ most }) => most)) };
    }
    case 'all':
      return node.of.map(sizeOf).reduce((sum, part) => ({ least: sum.least + part.least, most: sum.most + part.most }));
    case 'atLeast':
      return { least: Math.max(1, node.courses), most: Infinity };
  }
}

/**
 * Exactness of a rule on a set (§3): the rank of its most exact selector on each completion, least exact first. A completion that no
 * selector matches is the least exact of all.
 */
export function exactness(rule: ReadRule, set: readonly Selectable[]): readonly number[] {
  const ranks = set.map((course) =>
    rule.selectors.reduce(
      (best, select) => (select.rank < best && inScope(select, course) && select.matches(course) ? select.rank : best),
      Infinity,
    ),
  );
  return ranks.sort((a, b) => b - a);
}

/** `provider` and `platform`, where given, equal the course's. */
export function inScope({ selector }: ReadSelector, { provider, platform }: Selectable): boolean {
  return (
    (selector.provider === undefined || selector.provider === provider) &&
    (selector.platform === undefined || selector.platform === platform)
  );
}

/** Negative when the first of two exactnesses on one set is more exact, zero when they are equal. */
export function compareExactness(a: readonly number[], b: readonly number[]): number {
  for (const [index, rank] of a.entries()) {
    const other = b[index] ?? rank;
    if (rank !== other) return rank < other ? -1 : 1;
  }
  return 0;
}
