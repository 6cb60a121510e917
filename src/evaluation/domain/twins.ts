import type { Application, Candidates } from './candidate.js';
import type { RuleOutcome } from './result.js';
import { valueAt } from './value-at.js';

/**
 * Leaves out applications that another does everything for: the same completions, the same awards, no limit and no precedence on either. In any
 * allocation the earlier can stand in for the later, and the order of docs/evaluation.md §7.6 wants it to. Many agreements say the same of one course;
 * without this every one of them would be weighed against every other.
 */
export function withoutTwins(candidates: Candidates): Candidates {
  const firsts = new Map<string, Application>();
  const signatures = new Map<Application['awards'], string>();
  const refusals = candidates.refusals.map((outcomes): RuleOutcome[] => [...outcomes]);
  const applications = candidates.applications.filter((application) => {
    if (isDistinct(application)) return true;
    // Rules that say the same of a set bring the very same list of awards.
    const signature = valueAt(signatures, application.awards, () => signatureOf(application));
    const first = firsts.get(signature);
    if (first === undefined) {
      firsts.set(signature, application);
      return true;
    }
    for (const completion of application.set) refusals[completion]?.push(standInOutcome(application, first));
    return false;
  });
  return applications.length === candidates.applications.length ? candidates : { ...candidates, applications, refusals };
}

function standInOutcome({ revision, rule }: Application, first: Application): RuleOutcome {
  const parameters = { sameAsAgreement: first.revision.agreement, sameAsRule: first.rule.id };
  return { agreement: revision.agreement, rule: rule.id, status: 'notNeeded', parameters };
}

/** Whether something but what it brings tells an application apart from others. */
function isDistinct({ revision, choice, givesWayTo }: Application): boolean {
  return choice !== undefined || givesWayTo.length > 0 || revision.terms.limits.length > 0;
}

/** What an application does. */
function signatureOf({ set, convertedSum, awards }: Application): string {
  const given = awards.map(({ award: { target, effect, attributes }, credits, grade, passFail, coreAllowed }) => [
    target.kind === 'course' ? target.code : [target.subject, target.level],
    effect,
    attributes,
    credits,
    grade,
    passFail,
    coreAllowed,
  ]);
  return JSON.stringify([set, convertedSum, given]);
}
