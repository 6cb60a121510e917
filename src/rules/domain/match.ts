import { normaliseCode, partsOfCode, type CodeParts } from '../../kernel/index.js';

/** A selector with its codes normalised and its pattern compiled. */
export type CompiledSelector = {
  readonly provider: string | undefined;
  readonly platform: string | undefined;
  /** See `selectorRank`. */
  readonly rank: number;
  /** See `selectorLabel`. */
  readonly label: string;
} & (
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'pattern'; readonly prefix: string; readonly expression: RegExp }
  | { readonly kind: 'subject'; readonly subject: string; readonly level: number | undefined }
  | { readonly kind: 'field'; readonly isced: string; readonly minimumEqf: number | undefined }
);

/** What selectors look at. */
export interface CourseFacts {
  readonly code: string;
  readonly provider?: string;
  readonly platform?: string;
  readonly isced?: string;
  readonly eqfLevel?: number;
}

/** A course made ready for selectors: its code is normalised once, and taken apart only when a selector asks. */
export class SelectableCourse {
  /** In normal form. */
  readonly code: string;
  #parts: CodeParts | undefined;

  constructor(readonly facts: CourseFacts) {
    this.code = normaliseCode(facts.code);
  }

  get parts(): CodeParts {
    this.#parts ??= partsOfCode(this.facts.code);
    return this.#parts;
  }
}

const selectables = new WeakMap<CourseFacts, SelectableCourse>();

/** The course made ready; the same object gives the same answer without any work. */
export function selectable(facts: CourseFacts): SelectableCourse {
  const known = selectables.get(facts);
  if (known !== undefined) return known;
  const course = new SelectableCourse(facts);
  selectables.set(facts, course);
  return course;
}

/** Whether a selector takes a course: provider and platform where it names them, and its code, pattern, subject or field. */
export function selects(selector: CompiledSelector, course: SelectableCourse): boolean {
  return inScope(selector, course) && describes(selector, course);
}

function inScope(selector: CompiledSelector, { facts }: SelectableCourse): boolean {
  return (
    (selector.provider === undefined || selector.provider === facts.provider) &&
    (selector.platform === undefined || selector.platform === facts.platform)
  );
}

function describes(selector: CompiledSelector, course: SelectableCourse): boolean {
  switch (selector.kind) {
    case 'code':
      return selector.code === course.code;
    case 'pattern':
      return selector.expression.test(course.code);
    case 'subject':
      return selector.subject === course.parts.subject && (selector.level === undefined || selector.level === course.parts.level);
    case 'field':
      return (
        course.facts.isced?.startsWith(selector.isced) === true &&
        (selector.minimumEqf === undefined || (course.facts.eqfLevel ?? 0) >= selector.minimumEqf)
      );
  }
}

/** What a code must begin with to match a pattern, in normal form: the pattern up to its first wildcard. */
export function patternPrefix(pattern: string): string {
  const normal = normaliseCode(pattern);
  const wildcard = normal.search(/[#*]/);
  return wildcard < 0 ? normal : normal.slice(0, wildcard);
}

/** Finds the selectors that take a course without looking at the others: by code, by subject, and by what a code or field begins with. */
export class SelectorIndex<T> {
  readonly #codes = new Map<string, Entry<T>[]>();
  readonly #subjects = new Map<string, Entry<T>[]>();
  readonly #patterns = new PrefixMap<Entry<T>>();
  readonly #fields = new PrefixMap<Entry<T>>();

  add(selector: CompiledSelector, value: T): void {
    const entry = { selector, value, isOpen: selector.provider === undefined && selector.platform === undefined };
    switch (selector.kind) {
      case 'code':
        push(this.#codes, selector.code, entry);
        break;
      case 'pattern':
        this.#patterns.add(selector.prefix, entry);
        break;
      case 'subject':
        push(this.#subjects, selector.subject, entry);
        break;
      case 'field':
        this.#fields.add(selector.isced, entry);
        break;
    }
  }

  /** Calls `visit` with the value of every selector that takes the course. */
  forEachMatch(course: SelectableCourse, visit: (value: T) => void): void {
    // The index has compared the code already.
    for (const { selector, value, isOpen } of this.#codes.get(course.code) ?? nothing)
      if (isOpen || inScope(selector, course)) visit(value);
    for (const entries of this.#patterns.ofPrefixes(course.code)) visitMatches(entries, course, visit);
    if (this.#subjects.size > 0) visitMatches(this.#subjects.get(course.parts.subject) ?? nothing, course, visit);
    const { isced } = course.facts;
    if (isced !== undefined) for (const entries of this.#fields.ofPrefixes(isced)) visitMatches(entries, course, visit);
  }
}

interface Entry<T> {
  readonly selector: CompiledSelector;
  readonly value: T;
  /** Names neither provider nor platform, as most selectors do: kept here, where looking costs least. */
  readonly isOpen: boolean;
}

const nothing: readonly never[] = [];

function visitMatches<T>(entries: readonly Entry<T>[], course: SelectableCourse, visit: (value: T) => void): void {
  for (const { selector, value } of entries) if (selects(selector, course)) visit(value);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Values under prefixes; a text meets all values whose prefix it begins with, by one look-up per length of prefix in use. */
class PrefixMap<T> {
  readonly #values = new Map<string, T[]>();
  readonly #lengths: number[] = [];

  add(prefix: string, value: T): void {
    push(this.#values, prefix, value);
    if (!this.#lengths.includes(prefix.length)) this.#lengths.push(prefix.length);
  }

  ofPrefixes(text: string): readonly (readonly T[])[] {
    if (this.#lengths.length === 0) return nothing;
    return this.#lengths.flatMap((length): readonly (readonly T[])[] => {
      const values = length <= text.length ? this.#values.get(text.slice(0, length)) : undefined;
      return values === undefined ? nothing : [values];
    });
  }
}
