import type { Grade, LocalisedText } from '../../kernel/index.js';
import type { AwardTarget, Statement } from '../../rules/domain/index.js';
import type { CompletionStatus, ProgrammeCap, Reason } from './reasons.js';

/** What an evaluation answers: codes and parameters only; sentences are rendered outside, in the reader's language. */
export interface EvaluationResult {
  readonly engineVersion: string;
  readonly inputDigest: string;
  /** True when every level of the objective is proven. */
  readonly optimal: boolean;
  /** How many levels of the objective are proven, in order: 0 to 6. */
  readonly provenLevels: number;
  /** What is known of the first level that is not proven: no allocation is better than this. */
  readonly bound?: { readonly level: ObjectiveLevel; readonly value: number };
  /** Units of work spent, and the budget; never time. */
  readonly work: { readonly spent: number; readonly budget: number };
  readonly objective: Objective;
  /** True when an application rests on a choice nobody has made yet; no decision may rest on it. */
  readonly provisional: boolean;
  /** True when completions not yet achieved, and home courses under way, were counted. */
  readonly whatIf: boolean;
  /** Agreements (ids) that rest on one party's word, of those that gave credit. */
  readonly attested: readonly string[];
  readonly applications: readonly ApplicationResult[];
  readonly homeCourses: readonly HomeCourseResult[];
  readonly requirements: readonly RequirementResult[];
  readonly totals: Totals;
  /** Policy caps and agreement limits that kept something out. */
  readonly binding: readonly BindingConstraint[];
  readonly completions: readonly CompletionResult[];
  readonly conflicts: readonly ConflictResult[];
}

export const objectiveLevels = [
  'remainingStudy',
  'requirementsCompleted',
  'recognisedCredits',
  'completionsConsumed',
  'loss',
  'order',
] as const;
export type ObjectiveLevel = (typeof objectiveLevels)[number];

/** The objective, compared level by level; credits in the programme's system. */
export interface Objective {
  /** Least first. */
  readonly remainingStudy: number;
  /** Most first. */
  readonly requirementsCompleted: number;
  /** Most first. */
  readonly recognisedCredits: number;
  /** Fewest first. */
  readonly completionsConsumed: number;
  /** Least first. */
  readonly loss: number;
}

/** A rule applied to a subset-minimal set of completions. */
export interface ApplicationResult {
  readonly agreement: string;
  readonly revision: number;
  readonly rule: string;
  /** Sorted ids. */
  readonly completions: readonly string[];
  /** The option taken where the rule leaves a choice, and whether somebody chose it. */
  readonly choice?: { readonly option: number; readonly made: boolean };
  /** What each completion brings in, in the programme's system. */
  readonly conversions: readonly ConversionResult[];
  /** The converted sum, rounded once, as the agreement says. */
  readonly convertedCredits: number;
  readonly awards: readonly AwardResult[];
  /** max(0, converted − counted). */
  readonly loss: number;
}

export interface ConversionResult {
  readonly completion: string;
  readonly credits: number;
  readonly creditSystem: string;
  readonly method: 'same' | 'pinned' | 'table' | 'yearShare' | 'hours' | 'none';
  /** Receiving credits per sending credit, as a fraction; absent where the method knows none (table, none). */
  readonly factor?: string;
  /** Before rounding, as a fraction: "10/3". */
  readonly converted: string;
  readonly originalGrade?: Grade;
}

export interface AwardResult {
  readonly target: AwardTarget;
  readonly effect: 'credit' | 'exemption' | 'waiver';
  /** False when the award could not be granted: the course is awarded already, is on the home record, or a limit is reached. */
  readonly granted: boolean;
  /** What the rule gives. */
  readonly credits: number;
  /** What counts after the programme's caps. */
  readonly counted: number;
  readonly grade?: GradeResult;
  readonly attributes: readonly string[];
  readonly mooc: boolean;
  /** The requirements it fills, with the credits that count in each; more than one only where they share or surplus goes to free electives. */
  readonly fills: readonly Fill[];
}

export interface Fill {
  readonly requirement: string;
  readonly credits: number;
  readonly surplus: boolean;
}

/** A converted grade with its way of conversion, or why there is none. */
export type GradeResult =
  | {
      readonly kind: 'converted';
      readonly scale: string;
      readonly value: string;
      /** Exact mean of points, where one was taken. */ readonly mean?: string;
    }
  | { readonly kind: 'notConvertible'; readonly reason: 'noTable' | 'noPoints' | 'noGrade' };

export interface HomeCourseResult {
  readonly homeCourse: string;
  readonly counted: number;
  readonly fills: readonly Fill[];
}

export interface RequirementResult {
  readonly requirement: string;
  readonly title?: LocalisedText;
  /** What is still unmet, in credits. */
  readonly remaining: number;
  readonly complete: boolean;
  /** Complete, leaving aside what no agreement in force offers. */
  readonly completeAsOffered: boolean;
  /** Leaves only: false when no rule in force awards anything that could fill it. */
  readonly offered?: boolean;
  /** Leaves only: still to be done; false when it is complete, or a requirement above it is complete without it. */
  readonly open?: boolean;
  readonly statements: readonly {
    readonly agreement: string;
    readonly target: string;
    readonly kind: Statement['kind'];
    readonly reason?: LocalisedText;
  }[];
}

export interface Totals {
  /** Transferred credits that count. */
  readonly recognised: number;
  /** Of these, what fills no requirement. */
  readonly unplaced: number;
  /** Awarded, but cut off by the programme's caps. */
  readonly capped: number;
  /** Converted sent credits of consumed completions that are not recognised. */
  readonly wasted: number;
}

export interface BindingConstraint {
  readonly kind: ProgrammeCap | 'limit';
  /** The limit's or requirement's id; for a limit also its agreement. */
  readonly id?: string;
  readonly agreement?: string;
}

/** A cap of the programme. */
export interface CapBinding extends BindingConstraint {
  readonly kind: ProgrammeCap;
}

/** A limit of an agreement. */
export interface LimitBinding extends BindingConstraint {
  readonly kind: 'limit';
  readonly id: string;
  readonly agreement: string;
}

/** What became of one completion: exactly one status, the first that applies, and every rule that was in play with why it lost. */
export interface CompletionResult {
  readonly completion: string;
  /** As stated, so that sentences can name the course. */
  readonly provider: string;
  readonly code: string;
  readonly status: CompletionStatus;
  /** What the status rests on: a rule, or without one the programme's policy or the completion itself. */
  readonly because?: Because;
  /** The other rules that could take this completion, with what became of each. */
  readonly otherRules: readonly RuleOutcome[];
}

/** A reason with the rule it rests on, if it is a rule. */
export type Because<Status extends CompletionStatus = CompletionStatus> = Reason<Status> & {
  readonly agreement?: string;
  readonly rule?: string;
};

/** What became of one rule for one completion. */
export type RuleOutcome = Reason & { readonly agreement: string; readonly rule: string };

/** Rules that fire on the same completions with different outcomes and no order between them. */
export interface ConflictResult {
  readonly agreement: string;
  readonly rules: readonly string[];
  readonly completions: readonly string[];
}

/** The smallest change that would earn more, proven by evaluating it. */
export interface Improvement {
  readonly changes: readonly Change[];
  readonly objective: Objective;
}

export type Change =
  | {
      readonly kind: 'addCompletion';
      readonly provider?: string;
      readonly platform?: string;
      readonly selector: string;
      /** What the catalogue says of the course, where the selector is its code and the catalogue has it. */
      readonly title?: LocalisedText;
      readonly credits?: number;
      readonly creditSystem?: string;
      /** The least credits it must carry, where the rule demands some and the catalogue does not know the course. */
      readonly minimumCredits?: number;
      /** The least grade. */
      readonly grade?: Grade;
    }
  | { readonly kind: 'raiseGrade'; readonly completion: string; readonly grade: Grade }
  | {
      readonly kind: 'addEvidence';
      readonly completion: string;
      readonly evidence: 'identityVerified' | 'proctored' | 'verifiedTranscript';
    };
