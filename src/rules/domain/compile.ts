import { literalLength, normaliseCode, patternToRegExp, thousandths, type Grade, type Thousandths } from '../../kernel/index.js';
import { patternPrefix, selectable, selects, type CompiledSelector, type CourseFacts } from './match.js';
import type { Rule, Selector, Source } from './rule.js';

/** A `course` source made ready; `leaf` is its position among the course sources of its tree, in reading order. */
export interface CompiledCourse {
  readonly kind: 'course';
  readonly leaf: number;
  readonly selector: CompiledSelector;
  readonly minimumGrade?: Grade;
  readonly maximumGrade?: Grade;
  /** 0 when the source demands none. */
  readonly minimumCredits: Thousandths;
  readonly single: true;
}

/** A source with its selectors compiled. `single`: each of its sets is one completion. */
export type CompiledSource =
  CompiledCourse | { readonly kind: 'all' | 'any'; readonly of: readonly CompiledSource[]; readonly single: boolean } | CompiledAtLeast;

export interface CompiledAtLeast {
  readonly kind: 'atLeast';
  /** 0 when the source demands no number of courses, or no credits. */
  readonly courses: number;
  readonly credits: Thousandths;
  readonly of: readonly CompiledSource[];
  readonly single: false;
}

export interface SourceTree {
  readonly root: CompiledSource;
  /** All course sources, by `leaf`. */
  readonly leaves: readonly CompiledCourse[];
}

/** A rule made ready for matching: nothing of it is normalised or parsed again. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly source: SourceTree;
  readonly alsoHolds?: SourceTree;
  readonly doesNotHold?: SourceTree;
  readonly only?: ReadonlySet<string>;
  readonly except?: ReadonlySet<string>;
  /** Normalised codes that two or more `code` selectors of the source name: repeats of such a course are usable one by one. */
  readonly codesNamedTwice: ReadonlySet<string>;
}

/** Compiles a valid rule. Throws a RangeError on credits that are none (see `thousandths`). */
export function compileRule(rule: Rule): CompiledRule {
  const source = compileSource(rule.source);
  const { alsoHolds, doesNotHold, programmes } = rule.conditions ?? {};
  return {
    rule,
    source,
    ...(alsoHolds !== undefined && { alsoHolds: compileSource(alsoHolds) }),
    ...(doesNotHold !== undefined && { doesNotHold: compileSource(doesNotHold) }),
    ...(programmes?.only !== undefined && { only: new Set(programmes.only) }),
    ...(programmes?.except !== undefined && { except: new Set(programmes.except) }),
    codesNamedTwice: codesNamedTwice(source.leaves),
  };
}

const none: ReadonlySet<string> = new Set();

function codesNamedTwice(leaves: readonly CompiledCourse[]): ReadonlySet<string> {
  if (leaves.length < 2) return none;
  const codes = leaves.flatMap(({ selector }) => (selector.kind === 'code' ? [selector.code] : []));
  if (new Set(codes).size === codes.length) return none;
  return new Set(codes.filter((code, index) => codes.indexOf(code) !== index));
}

/** Compiles a source and numbers its course sources. */
export function compileSource(source: Source): SourceTree {
  const leaves: CompiledCourse[] = [];
  return { root: compileNode(source, leaves), leaves };
}

function compileNode(source: Source, leaves: CompiledCourse[]): CompiledSource {
  if (source.kind === 'course') {
    const { select, kind, minimumCredits, ...grades } = source;
    const selector = compileSelector(select);
    const leaf: CompiledCourse = {
      kind,
      leaf: leaves.length,
      selector,
      ...grades,
      minimumCredits: thousandths(minimumCredits ?? 0),
      single: true,
    };
    leaves.push(leaf);
    return leaf;
  }
  const of = source.of.map((part) => compileNode(part, leaves));
  switch (source.kind) {
    case 'any':
      return { kind: 'any', of, single: of.every((part) => part.single) };
    case 'all':
      return { kind: 'all', of, single: false };
    case 'atLeast':
      return { kind: 'atLeast', courses: source.courses ?? 0, credits: thousandths(source.credits ?? 0), of, single: false };
  }
}

/** Compiles a selector: codes in normal form, patterns as expressions. */
export function compileSelector(select: Selector): CompiledSelector {
  const { provider, platform } = select;
  const common = { provider, platform, rank: selectorRank(select), label: selectorLabel(select) };
  switch (select.kind) {
    case 'code':
      return { ...common, kind: 'code', code: normaliseCode(select.code) };
    case 'pattern':
      return { ...common, kind: 'pattern', prefix: patternPrefix(select.pattern), expression: patternToRegExp(select.pattern) };
    case 'subject':
      return { ...common, kind: 'subject', subject: normaliseCode(select.subject), level: select.level };
    case 'field':
      return { ...common, kind: 'field', isced: select.isced, minimumEqf: select.minimumEqf };
  }
}

const selectors = new WeakMap<Selector, CompiledSelector>();

/** Whether a selector, by itself, takes a course: provider, platform, and code, pattern, subject or field. Selectors are compiled once. */
export function selectorMatches(selector: Selector, course: CourseFacts): boolean {
  let compiled = selectors.get(selector);
  if (compiled === undefined) {
    compiled = compileSelector(selector);
    selectors.set(selector, compiled);
  }
  return selects(compiled, selectable(course));
}

/** What separates two kinds of selector in rank: more characters than any pattern has. */
const kindStep = 1_000_000;

/**
 * How exact a selector is, smaller being more exact: a code, then patterns (more literal characters first), then a subject with a level,
 * a subject, a field (docs/evaluation.md §3).
 */
export function selectorRank(select: Selector): number {
  switch (select.kind) {
    case 'code':
      return 0;
    case 'pattern':
      return kindStep - literalLength(select.pattern);
    case 'subject':
      return select.level === undefined ? 3 * kindStep : 2 * kindStep;
    case 'field':
      return 4 * kindStep;
  }
}

/** A selector as people write it: "MATH 1273", "CMPT 1##", "MATH 100", "ISCED 061 EQF 6". */
export function selectorLabel(select: Selector): string {
  switch (select.kind) {
    case 'code':
      return select.code;
    case 'pattern':
      return select.pattern;
    case 'subject':
      return select.level === undefined ? select.subject : `${select.subject} ${String(select.level)}`;
    case 'field':
      return select.minimumEqf === undefined ? `ISCED ${select.isced}` : `ISCED ${select.isced} EQF ${String(select.minimumEqf)}`;
  }
}
