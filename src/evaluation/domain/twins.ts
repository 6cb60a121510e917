import type { Application, Candidates } from './candidate.js';
import type { RuleOutcome } from './result.js';

/**
 * Leaves out applications that another does everything for: the same completions, the same awards, no limit and no precedence on either. In any
 * allocation the earlier can stand in for the later, and the order of docs/evaluation.md §7.6 wants it to. Many agreements say the same of one course;
 * without this every one of them would be weighed against every other.
 */
export function withoutTwins(candidates: Candidates): Candidates {
  const firsts = new Map<string, Application>();
  const refusals = candidates.refusals.map((outcomes): RuleOutcome[] => [...outcomes]);
  const applications = candidates.applications.filter((application) => {
    const signature = signatureOf(application);
    if (signature === undefined) return true;
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

/** What an application does; undefined when something but its awards tells it apart from others. */
function signatureOf({ revision, set, choice, convertedSum, awards, givesWayTo }: Application): string | undefined {
  if (choice !== undefined || givesWayTo.length > 0 || revision.terms.limits.length > 0) return undefined;
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
