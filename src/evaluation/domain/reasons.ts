import type { Grade } from '../../kernel/index.js';
import { completionStatuses, type RuleOutcome } from './result.js';

/**
 * Why a rule, or the programme whatever the rules say, does not take a completion. The keys of the parameters are stable; sentences and the
 * smallest change that would earn more are made from them. A key with `?` may be absent. Dates are `YYYY-MM-DD`, credits and hours numbers.
 *
 * | status | parameters |
 * |---|---|
 * | `alreadyRedeemed` | `redemption`: the agreement's policy; `institution`, `programme`: where it was redeemed |
 * | `refusedByRule` | `reason`: one of `refusalReasons`. The rule itself refuses |
 * | `needsAssessment` | none. The rule itself sends it to a person |
 * | `choiceOpen` | `by`: `student` or `registrar` or `best`. The option chosen does not exist |
 * | `evidenceMissing` | `evidence`: of `identityVerified`, `proctored`, `verifiedTranscript`, `minimumHours`; `minimumHours?`: demanded; `hours?`: stated; `verification?`: `failed` where the transcript's verification failed |
 * | `gradeTooLow` | `scale`, `minimum`: the grade demanded; `gradeScale?`, `grade?`: the grade as stated, absent when there is none; `comparable`: false when no table leads to that scale; `policy?`: true when the programme demands it |
 * | `outsideDates` | `governedBy`: which date; `date`; `from?`, `until?`: the rule's validity |
 * | `dateMissing` | `which`: `completion`, `enrolment` or `admission`; `policy?`: true when the programme needs it |
 * | `tooOld` | `date`: of completion; `earliest`: the first day that would do; `duration`, `before`: `request` or `admission`; `policy?` as above |
 * | `programmeExcluded` | `programme`: its code; `only?`, `except?`: as the rule says |
 * | `incompleteSet` | `missing`: labels of the selectors that may bring what is missing ("MATH 1283", "CMPT 1##", "ISCED 061 EQF 6"); `missingCourses`: how many of them at least (0 when only credits are missing); `missingCredits?`; `condition?`: `alsoHolds` when they need only be held |
 * | `outranked` | `byAgreement`, `byRule`: the rule that goes first, and `byCompletions`: ids of the set it is satisfied on; or `betterAttempt`: id of the attempt at the same course that is used |
 * | `notNeeded` | none. The rule has what it needs without this completion |
 * | `notEvaluated` | the rule does not speak of this case: `scale`, `maximum`, `gradeScale?`, `grade?`, `comparable`: the grade is above its band or does not compare; or `minimumCredits`, `credits`; or `condition`: `doesNotHold` and `held`: labels of the selectors that find what must not be held |
 * | `failed`, `inProgress` | `outcome`: of the completion |
 */
export type Reason = Pick<RuleOutcome, 'status' | 'parameters'>;

/** The reason that comes first in the order of statuses; of equal ones the first given. */
export function firstReason(a: Reason | undefined, b: Reason | undefined): Reason | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareReasons(a, b) <= 0 ? a : b;
}

/** Negative when `a` comes before `b` in the order of statuses. */
export function compareReasons(a: Reason, b: Reason): number {
  return completionStatuses.indexOf(a.status) - completionStatuses.indexOf(b.status);
}

/** The parameters of a grade that is below the one demanded. */
export function gradeTooLow(minimum: Grade, stated: Grade | undefined, comparable: boolean): Reason['parameters'] {
  return { scale: minimum.scale, minimum: minimum.value, ...statedGrade(stated), comparable };
}

/** The parameters of a grade as stated, where there is one. */
export function statedGrade(stated: Grade | undefined): Reason['parameters'] {
  return stated === undefined ? {} : { gradeScale: stated.scale, grade: stated.value };
}
