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

/** All sentences of one language. */
export interface Phrases {
  readonly status: Readonly<Record<CompletionStatus, (subject: Subject, words: Words) => string>>;
  readonly rule: (id: string) => string;
  readonly programmePolicy: string;
  readonly usedFor: (code: string, awards: readonly string[], rule: string) => string;
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
  readonly requirement: (title: string, credits: string) => string;
  readonly requirementNotOffered: (title: string, credits: string) => string;
  readonly improvement: (changes: readonly string[], gained: string) => string;
  readonly addCourse: (selector: string, grade: string | undefined) => string;
  readonly raiseGrade: (code: string, grade: string) => string;
  readonly addEvidence: (code: string, evidence: string) => string;
  readonly evidence: Readonly<Record<string, string>>;
  readonly list: (items: readonly string[]) => string;
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
