import type { ApplicationResult, EvaluationResult, Objective } from '../../../src/evaluation/domain/index.js';
import type { OracleAnswer, OracleApplication } from './oracle.js';

/** Holding the engine's results against the oracle's answers. */

/** What oracle and engine must agree on, in one form. */
export function stated({ objective, applications, homeCourses }: OracleAnswer | EvaluationResult): unknown {
  return {
    objective,
    applications: applications.map((application) => ({
      rule: application.rule,
      agreement: application.agreement,
      completions: application.completions,
      option: optionOf(application),
      convertedCredits: application.convertedCredits,
      awards: application.awards.map(({ granted, credits, counted, fills }) => ({ granted, credits, counted, fills })),
    })),
    // One under way outside a what-if takes no part; a result may list it.
    homeCourses: homeCourses.filter(({ counted, fills }) => counted > 0 || fills.length > 0),
  };
}

function optionOf(application: OracleApplication | ApplicationResult): number | undefined {
  return 'revision' in application ? application.choice?.option : application.option;
}

/** Levels 1 to 5 of §7 with how much worse the first objective is than the second: negative when it is better. */
function differences(a: Objective, b: Objective): readonly { readonly level: keyof Objective; readonly worse: number }[] {
  return [
    { level: 'remainingStudy', worse: a.remainingStudy - b.remainingStudy },
    { level: 'requirementsCompleted', worse: b.requirementsCompleted - a.requirementsCompleted },
    { level: 'recognisedCredits', worse: b.recognisedCredits - a.recognisedCredits },
    { level: 'completionsConsumed', worse: a.completionsConsumed - b.completionsConsumed },
    { level: 'loss', worse: a.loss - b.loss },
  ];
}

/** Negative when the first objective is better by §7, level by level. */
export function compareObjectives(a: Objective, b: Objective): number {
  return differences(a, b).find(({ worse }) => worse !== 0)?.worse ?? 0;
}

/** What a result claims beyond the truth: a proven level that is not the best, a bound that the best lies beyond, or more than the best. */
export function falseClaims(best: Objective, { objective, provenLevels, bound }: EvaluationResult): readonly string[] {
  const levels = differences(objective, best);
  const claims = levels.slice(0, provenLevels).filter(({ worse }) => worse !== 0);
  const next = levels[provenLevels];
  // A bound holds for what keeps the proven levels, as the best does when they are right.
  const beyond = next !== undefined && (bound?.level !== next.level || isBeyond(best, next.level, bound.value));
  return [
    ...claims.map(({ level }) => `${level} is not the best`),
    ...(beyond ? [`no true bound of ${next.level}`] : []),
    ...(compareObjectives(objective, best) < 0 ? ['better than the best'] : []),
  ];
}

/** True when a value is better than a bound on it. */
function isBeyond(best: Objective, level: keyof Objective, bound: number): boolean {
  const isMost = level === 'requirementsCompleted' || level === 'recognisedCredits';
  return isMost ? best[level] > bound : best[level] < bound;
}
