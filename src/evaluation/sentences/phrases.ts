import type { EvidenceDemand, Statement } from '../../rules/domain/index.js';
import type { CompletionStatus, RuleOutcome } from '../domain/index.js';

/** The parameters of an outcome, read as text whatever they are. */
export interface Words {
  /** The value of a parameter; empty when there is none. */
  readonly get: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** The texts of a list parameter. */
  readonly list: (name: string) => readonly string[];
}

/** What a sentence about a completion is made of. */
export interface Subject {
  /** The completion's course code. */
  readonly code: string;
  /** "rule r12", or what stands for it when the programme itself is the reason. */
  readonly rule: string;
}

/** The words of one language for the values of a closed list. */
export type Terms<Value extends string> = Readonly<Record<Value, string>>;

/** All sentences of one language. */
export interface Phrases {
  readonly status: Readonly<Record<CompletionStatus, (subject: Subject, words: Words) => string>>;
  readonly rule: (id: string) => string;
  readonly programmePolicy: string;
  readonly usedFor: (codes: readonly string[], awards: readonly string[], rule: string) => string;
  readonly award: (target: string, credits: string, requirements: readonly string[]) => string;
  readonly elective: (subject: string) => string;
  readonly recognised: (credits: string, count: number) => string;
  readonly remaining: (credits: string) => string;
  readonly nothingRemaining: string;
  readonly optimal: string;
  readonly notOptimal: (levels: number) => string;
  readonly provisional: string;
  readonly attested: (count: number) => string;
  readonly whatIf: string;
  readonly capped: (credits: string) => string;
  /** What is still to be done for a requirement. */
  readonly requirement: (title: string, credits: string) => string;
  readonly requirementNotOffered: (title: string, credits: string) => string;
  readonly statement: Readonly<Record<Statement['kind'], (course: string) => string>>;
  readonly improvement: (changes: readonly string[], credits: string, count: number) => string;
  readonly addCourse: (selector: string, grade: string | undefined) => string;
  readonly raiseGrade: (code: string, grade: string) => string;
  readonly addEvidence: (code: string, evidence: string) => string;
  readonly evidence: Terms<keyof EvidenceDemand>;
  readonly list: (items: readonly string[]) => string;
}

/** The word for a value; the value itself where a later engine has one that is not known here. */
export function term(terms: Readonly<Record<string, string>>, value: string): string {
  return terms[value] ?? value;
}

/** Which of the courses named would complete a set: all of them, or the number that it lacks. */
export function lacking(words: Words): { readonly courses: readonly string[]; readonly number: string | undefined } {
  const courses = words.list('missing');
  const number = words.get('missingCourses');
  return { courses, number: number === '0' || number === String(courses.length) ? undefined : number };
}

export function wordsOf(parameters: RuleOutcome['parameters'] | undefined): Words {
  return {
    get: (name) => {
      const value = parameters?.[name];
      return value === undefined ? '' : typeof value === 'object' ? value.join(', ') : String(value);
    },
    has: (name) => parameters?.[name] !== undefined,
    list: (name) => {
      const value = parameters?.[name];
      return typeof value === 'object' ? value : [];
    },
  };
}
