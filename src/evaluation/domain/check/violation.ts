/**
 * What a result can break. Numbers in brackets are the sections of docs/evaluation.md.
 */
export const violationCodes = [
  /** A field is missing, has another type, or is no amount of credit (whole thousandths, not negative). */
  'malformed',
  /** The digest is not that of the input. */
  'inputDigest',
  /** A list is not sorted by id or key, or names something twice. */
  'order',
  /** The agreement, revision or rule is not in the input, takes no part, or gives no credit (2). */
  'unknownRule',
  'unknownCompletion',
  /** The completions are no subset-minimal set of the rule's source (1, 2). */
  'notASet',
  /** The request's or admission's date is not within the rule's validity (2). */
  'dates',
  /** The programme is not one the rule is for (2). */
  'programmes',
  /** What the learner also has to hold, or must not hold (2). */
  'heldCondition',
  /** The option is not the one chosen, or is misstated (2). */
  'choice',
  /** A refusal outranks the rule (3.1). */
  'refused',
  /** A more exact rule is satisfied on the same set (3.2). */
  'lessExact',
  /** Another rule is satisfied on a larger set that nothing breaks (3.3). */
  'outranked',
  /** A rule of an annex is satisfied on a set that meets this one (3.4). */
  'annex',
  /** A conflict is stated that is none, or missing (3). */
  'conflict',
  /** What a completion brings in is misstated (4). */
  'conversion',
  'convertedCredits',
  /** The awards are not those of the rule and option (4). */
  'awards',
  'awardCredits',
  'grade',
  'mooc',
  /** Two applications consume one completion (5.1). */
  'consumedTwice',
  /** A receiving course is granted twice (5.2). */
  'awardedTwice',
  /** A granted course is on the home record (5.2). */
  'onHomeRecord',
  /** An award that is not granted counts or fills something (5.2). */
  'notGranted',
  /** A limit of an agreement is exceeded (5.3). */
  'limit',
  'unknownRequirement',
  /** The requirement does not take this award (5.4). */
  'fill',
  /** A named course is filled by more than one award (5.4). */
  'filledTwice',
  'electivesOnly',
  /** An award fills requirements that do not share (5.4). */
  'notShared',
  'waivedRequirement',
  /** Home courses are missing, unknown, or not yet done (5.4). */
  'homeCourse',
  /** More counts than the award or home course has (5.5). */
  'counted',
  'transferCap',
  'moocCap',
  'passFailCap',
  'passFailHomeCourses',
  /** The credits of a fill are more than counts, or, for a named course, misstated (5.5, 5.6). */
  'fillCredits',
  /** More counts in a requirement than it needs (5.5). */
  'overfilled',
  'requirementTransfer',
  'surplus',
  /** The list of requirements is not that of the programme (6). */
  'requirements',
  'remaining',
  'complete',
  'offered',
  'statements',
  /** A level of the objective, or the loss of an application, is misstated (7). */
  'objective',
  /** The stated proof contradicts itself or the objective (7). */
  'proof',
  'totals',
  'binding',
  'provisional',
  'whatIf',
  'attested',
  /** The completions are not those of the input, or a status contradicts what was consumed (1). */
  'completionStatus',
  /** A question had too many sets to be decided within the checker's bound. */
  'undecided',
] as const;
export type ViolationCode = (typeof violationCodes)[number];

/** One sentence of docs/evaluation.md that a result breaks. */
export interface Violation {
  readonly code: ViolationCode;
  /** For the log: in English, with ids and figures. */
  readonly detail: string;
  /** A JSON Pointer (RFC 6901) into the result. */
  readonly path?: string;
}

export type Report = (code: ViolationCode, detail: string, path?: string) => void;
