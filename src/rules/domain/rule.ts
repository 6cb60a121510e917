import type { Grade, LocalisedText, Period } from '../../kernel/index.js';

/**
 * The rule language. An equivalence rule says which completions earn which receiving outcome, under which conditions, in which
 * period. It is data: validated when written, compiled once, never interpreted from text. Credits are numbers with at most three
 * decimals, codes ignore case and spacing. docs/rules.md says what exactly a rule means.
 */

/** An institution's id, or any member of the agreement that holds the rule. */
export type Party = string;
export const anyMember = 'anyMember';

/** Which date is held against a rule's validity; for completion and enrolment that of every consumed completion. */
export type GoverningDate = 'completion' | 'enrolment' | 'request' | 'admission';

export interface Rule {
  /** Stable across the revisions of its agreement. */
  readonly id: string;
  readonly from: Party;
  readonly to: Party;
  readonly source: Source;
  readonly outcome: Outcome;
  readonly conditions?: Conditions;
  readonly validity: Period;
  readonly governedBy: GoverningDate;
  /** Seen by all; a party's private remarks live outside the revision. */
  readonly note?: LocalisedText;
}

/** Which completions a rule takes. */
export type Source = CourseSource | AllSource | AnySource | AtLeastSource;

export interface CourseSource {
  readonly kind: 'course';
  readonly select: Selector;
  readonly minimumGrade?: Grade;
  readonly maximumGrade?: Grade;
  /** In the completion's own credit system. */
  readonly minimumCredits?: number;
}

export interface AllSource {
  readonly kind: 'all';
  readonly of: readonly Source[];
}

export interface AnySource {
  readonly kind: 'any';
  readonly of: readonly Source[];
}

/** At least so many courses, or credits in the completions' own system, or both, out of these. */
export interface AtLeastSource {
  readonly kind: 'atLeast';
  readonly courses?: number;
  readonly credits?: number;
  readonly of: readonly Source[];
}

interface SelectorScope {
  /** Who teaches: an institution's id. */
  readonly provider?: string;
  /** Where it runs: an institution's id. */
  readonly platform?: string;
}

export type Selector = SelectorScope &
  (
    | { readonly kind: 'code'; readonly code: string }
    /** "CMPT 1##": `#` is a digit, `*` the rest. */
    | { readonly kind: 'pattern'; readonly pattern: string }
    | { readonly kind: 'subject'; readonly subject: string; readonly level?: number }
    /** An ISCED-F 2013 code or its beginning, and the least EQF level. */
    | { readonly kind: 'field'; readonly isced: string; readonly minimumEqf?: number }
  );

export type Outcome =
  | { readonly kind: 'credit'; readonly awards: readonly Award[] }
  | { readonly kind: 'choice'; readonly by: 'student' | 'registrar' | 'best'; readonly options: readonly (readonly Award[])[] }
  /** Looked at, and refused. */
  | { readonly kind: 'noCredit'; readonly reason: RefusalReason }
  /** Always goes to a person. */
  | { readonly kind: 'individualAssessment' };

/** The typed grounds of a refusal; the first five are kinds of substantial difference (Lisbon Recognition Convention, Article VI). */
export const refusalReasons = [
  'level',
  'workload',
  'contentOrOutcomes',
  'qualityAssurance',
  'prerequisites',
  'noDegreeCredit',
  'remedial',
  'duplicate',
  'other',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface Award {
  readonly target: AwardTarget;
  readonly credits: { readonly kind: 'fixed'; readonly credits: number } | { readonly kind: 'converted'; readonly maximum?: number };
  readonly grade: { readonly kind: 'none' } | { readonly kind: 'converted'; readonly combine: 'lowest' | 'creditWeightedMean' };
  /** `exemption` fills a named course with 0 credits; `waiver` removes the requirement. */
  readonly effect: 'credit' | 'exemption' | 'waiver';
  /** "Q", "Lab", "UCTA". */
  readonly attributes?: readonly string[];
}

export type AwardTarget =
  | { readonly kind: 'course'; readonly code: string }
  | { readonly kind: 'elective'; readonly subject?: string; readonly level?: number; readonly label?: LocalisedText };

export interface Conditions {
  /** Programme codes. */
  readonly programmes?: { readonly only?: readonly string[]; readonly except?: readonly string[] };
  /** Looked at, not consumed. */
  readonly alsoHolds?: Source;
  readonly doesNotHold?: Source;
  /** An ISO 8601 duration such as P5Y, counted back from a date. */
  readonly completedWithin?: { readonly duration: string; readonly before: 'request' | 'admission' };
  readonly evidence?: EvidenceDemand;
}

export interface EvidenceDemand {
  readonly identityVerified?: boolean;
  readonly proctored?: boolean;
  readonly verifiedTranscript?: boolean;
  readonly minimumHours?: number;
}

/** What an agreement says about a receiving course without giving credit for it. */
export interface Statement {
  /** The receiving course's code. */
  readonly target: string;
  readonly kind: 'takeAfterTransfer' | 'noArticulation' | 'individualAssessment';
  readonly reason?: LocalisedText;
}
