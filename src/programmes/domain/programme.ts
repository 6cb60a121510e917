import type { LocalisedText } from '../../kernel/index.js';

/** A degree programme of an institution in one catalogue year. */
export interface Programme {
  readonly id: string;
  readonly institution: string;
  readonly code: string;
  readonly catalogueYear: number;
  readonly title: LocalisedText;
  readonly creditSystem: string;
  readonly totalCredits: number;
  readonly requirements: Requirement;
  readonly policy: TransferPolicy;
}

/**
 * One node of the requirement tree. Every node has an id of its own in the programme. Credits are in the programme's credit system.
 * "n from each of at least k sections" is an `atLeast` of k over nodes that are each an `atLeast` of n.
 */
export type Requirement = RequirementCommon &
  /** One named course, by any of its codes (cross-listings); `credits` are its own. */
  (
    | { readonly kind: 'course'; readonly codes: readonly string[]; readonly credits: number }
    | { readonly kind: 'all'; readonly of: readonly Requirement[] }
    /** n of these. A series "in its entirety" is an `all` among them. */
    | { readonly kind: 'atLeast'; readonly count: number; readonly of: readonly Requirement[] }
    /** n credits from awards that match any of these. */
    | { readonly kind: 'credits'; readonly credits: number; readonly from: readonly CourseMatch[] }
    /** Any award counts. */
    | { readonly kind: 'freeElectives'; readonly credits: number }
  );

export interface RequirementCommon {
  readonly id: string;
  readonly title?: LocalisedText;
  /** Ids of requirements with which this one may share an award: it then fills both and its credits count once in the total. Symmetric. Leaves only. */
  readonly sharesWith?: readonly string[];
  /** What transferred awards may at most do in this node: their number, or the credits that count. */
  readonly transfer?: { readonly maximumCourses?: number; readonly maximumCredits?: number };
}

/** Which awards a credit requirement takes: by receiving course code or pattern, or unassigned credit of a subject, or by attribute. */
export type CourseMatch =
  /** "CMPT 1##": `#` is a digit, `*` the rest; a plain code is a pattern too. Named courses only. */
  | { readonly kind: 'code'; readonly pattern: string }
  /** Named courses and electives of this subject; with a level, only of at least this level. */
  | { readonly kind: 'subject'; readonly subject: string; readonly minimumLevel?: number }
  | { readonly kind: 'attribute'; readonly attribute: string };

/** What the programme lets transferred credit do. All of it holds for one evaluation at a time; credits are in the programme's system. */
export interface TransferPolicy {
  /** The most transferred credits that count, absolutely or as a share ("1/2", "0.25") of the programme's total; the smaller of both. */
  readonly maximumTransferredCredits?: number;
  readonly maximumTransferredShare?: string;
  /** Credits that must be earned at the institution itself: what is left of the total is the most that transfers. */
  readonly residencyCredits?: number;
  /** The most MOOC credits that count; an award is MOOC if any consumed completion is. */
  readonly maximumMoocCredits?: number;
  /** Counts awards and home courses recognised without a grade. */
  readonly passFail?: { readonly maximumCredits?: number; readonly maximumHomeCourses?: number };
  /** The least grade of a transferred completion, per scale. */
  readonly minimumGrades?: readonly { readonly scale: string; readonly value: string }[];
  /** The greatest age of learning (ISO 8601 duration) on the request date. */
  readonly maximumAge?: string;
  /** Transferred awards, or MOOC awards only, may fill credit requirements and free electives but no named course. */
  readonly electivesOnly?: 'transferred' | 'mooc';
  /** MOOC awards carry no grade, whatever the rule says. */
  readonly moocWithoutGrade?: boolean;
  /** What an award has beyond the need of the requirement it completes may count as free electives. */
  readonly surplusToElectives?: boolean;
}
