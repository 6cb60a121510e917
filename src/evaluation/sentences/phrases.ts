import type { EvidenceDemand, Statement } from '../../rules/domain/index.js';
import type { CompletionStatus, ProgrammeCap, ReasonParameters } from '../domain/index.js';

/** What a sentence about a completion is made of. */
export interface Subject {
  /** The completion's course code. */
  readonly code: string;
  /** "rule r12", or what stands for it when the programme itself is the reason. */
  readonly rule: string;
  /** The course code of another completion, by its id. */
  readonly codeOf: (completion: string) => string;
  /** The title of a requirement, by its id. */
  readonly titleOf: (requirement: string) => string;
}

/** A course that is not taken yet. */
export interface NewCourse {
  /** The course, or what selects it. */
  readonly selector: string;
  readonly title?: string;
  readonly credits?: number;
  /** The least credits, where they are not known. */
  readonly minimumCredits?: number;
  /** The least grade. */
  readonly grade?: string;
}

/** The words of one language for the values of a closed list. */
export type Terms<Value extends string> = Readonly<Record<Value, string>>;

/** All sentences of one language. Credits are numbers with at most three decimals. */
export interface Phrases {
  readonly status: { readonly [Status in CompletionStatus]: (subject: Subject, parameters: ReasonParameters[Status]) => string };
  readonly rule: (id: string) => string;
  readonly programmePolicy: string;
  /** Without awards: taken, though everything it would award is refused. */
  readonly usedFor: (codes: readonly string[], awards: readonly string[], rule: string) => string;
  readonly award: (target: string, credits: number, requirements: readonly string[]) => string;
  readonly elective: (subject: string | undefined) => string;
  readonly recognised: (credits: number, courses: number) => string;
  readonly remaining: (credits: number) => string;
  readonly nothingRemaining: string;
  /** Requirements without credits are open. */
  readonly noCreditsRemaining: string;
  readonly optimal: string;
  readonly notOptimal: (levels: number) => string;
  readonly provisional: string;
  readonly attested: (agreements: number) => string;
  readonly whatIf: string;
  readonly capped: (credits: number) => string;
  /** What is still to be done for a requirement. */
  readonly requirement: (title: string, credits: number) => string;
  readonly requirementNotOffered: (title: string, credits: number) => string;
  readonly statement: Readonly<Record<Statement['kind'], (course: string) => string>>;
  readonly improvement: (changes: readonly string[], credits: number, courses: number) => string;
  readonly addCourse: (course: NewCourse) => string;
  readonly raiseGrade: (code: string, grade: string) => string;
  readonly addEvidence: (code: string, evidence: string) => string;
  readonly evidence: Terms<Exclude<keyof EvidenceDemand, 'minimumHours'>>;
  readonly cap: Terms<Exclude<ProgrammeCap, 'requirementTransfer'>>;
}

/** How a language writes numbers, lists, and a noun beside a number. */
export interface Grammar {
  /** With at most three decimals. */
  readonly number: (value: number) => string;
  /** "A, B and C". */
  readonly list: (items: readonly string[]) => string;
  /** "A, B or C". */
  readonly either: (items: readonly string[]) => string;
  /** The form that goes with a number, as CLDR has it for the language. */
  readonly form: (count: number, one: string, other: string) => string;
}

export function grammarOf(language: string): Grammar {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });
  const alternatives = new Intl.ListFormat(language, { type: 'disjunction' });
  const rules = new Intl.PluralRules(language);
  // Most lists hold one item; to find that out again costs more than the rest of a sentence.
  const listed = (format: Intl.ListFormat, items: readonly string[]): string => (items.length === 1 ? items.join() : format.format(items));
  return {
    number: (value) => numbers.format(value),
    list: (items) => listed(lists, items),
    either: (items) => listed(alternatives, items),
    form: (count, one, other) => (rules.select(count) === 'one' ? one : other),
  };
}

/** How many of the courses that may complete a set it takes; undefined where it takes all of them, or none. */
export function numberNeeded({ missing, missingCourses }: ReasonParameters['incompleteSet']): number | undefined {
  return missingCourses === 0 || missingCourses === missing.length ? undefined : missingCourses;
}

/** The courses that are held, but not accepted as they are. */
export function unsuitableCourses({ unsuitable = [] }: ReasonParameters['incompleteSet'], { codeOf }: Subject): readonly string[] {
  return [...new Set(unsuitable.map(codeOf))];
}
