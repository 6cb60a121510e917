import { inputDigest } from '../digest.js';
import type { EvaluationInput } from '../input.js';
import type { EvaluationResult, HomeCourseResult } from '../result.js';
import { checkApplications, takenOf, type Taken } from './applications.js';
import { checkAwards, type Filler } from './awards.js';
import { capsOf, checkCaps, sumsOf } from './caps.js';
import { checkConflicts } from './conflicts.js';
import { factsOf, type Facts, type Home } from './facts.js';
import { checkFilling } from './filling.js';
import { checkGranted, checkLimits } from './limits.js';
import { readProgramme } from './programme.js';
import { checkRequirements } from './requirements.js';
import type { Context } from './rules-in-play.js';
import { hasShape } from './shape.js';
import { checkFlags, checkStatuses } from './statuses.js';
import { checkBinding, checkObjective, checkProof, checkTotals } from './summary.js';
import { amountOf, isAscending, keyOf } from './values.js';
import type { Report, Violation } from './violation.js';

export { violationCodes, type Violation, type ViolationCode } from './violation.js';

/** How many steps the searches over sets of completions may take together; a typical result needs some three hundred, the worst use takes tens of milliseconds. */
const maximumSteps = 10_000;

/**
 * Holds a result against its input, sentence by sentence of docs/evaluation.md, trusting nothing that computed it: it shares no code with the engine but
 * the kernel and the digest. It verifies that the result is feasible and that what it says of itself is so; that nothing better exists is the
 * business of the proof. Answers with every violation, none for a good result; it does not throw, whatever the result looks like.
 */
export function check(input: EvaluationInput, result: EvaluationResult): readonly Violation[] {
  const violations: Violation[] = [];
  const report: Report = (code, detail, path) => {
    violations.push(path === undefined ? { code, detail } : { code, detail, path });
  };
  if (hasShape(result, report)) checkResult(input, result, report);
  return violations;
}

function checkResult(input: EvaluationInput, result: EvaluationResult, report: Report): void {
  const facts = factsOf(input);
  const context: Context = { facts, steps: { left: maximumSteps }, rules: new Map() };
  const programme = readProgramme(input.programme);
  const taken = takenOfAll(context, result, report);
  checkApplications(context, taken, report);
  checkConflicts(context, result, report);

  const granted = taken.flatMap((one) => checkAwards(facts, one, report));
  checkGranted(facts, granted, report);
  checkLimits(taken, granted, report);
  const fillers = [...granted, ...homeFillers(facts, result.homeCourses, report)];
  const filled = checkFilling(facts, programme, fillers, report);
  const [sums, caps] = [sumsOf(fillers), capsOf(input)];
  checkCaps(fillers, sums, caps, report);

  const study = checkRequirements(facts, programme, filled, result.requirements, report);
  checkObjective(result, taken, study, sums, report);
  checkProof(result, report);
  checkTotals(result, granted, sums, report);
  checkBinding(facts, programme, result, sums, caps, report);
  checkFlags(facts, result, taken, report);
  checkStatuses(facts, taken, result.completions, report);
  if (result.inputDigest !== inputDigest(input)) report('inputDigest', 'the result is of another input', '/inputDigest');
}

/** Sorted by rule, agreement and completions (§7.6); those that name something unknown are left out of what follows. */
function takenOfAll(context: Context, { applications }: EvaluationResult, report: Report): readonly Taken[] {
  // No character stands before the separator of keys, so keys compare as the lists of their parts do.
  const keys = applications.map(({ rule, agreement, completions }) => keyOf(rule, agreement, ...completions));
  if (!isAscending(keys)) report('order', 'applications are not sorted', '/applications');
  return applications.flatMap((stated, index) => takenOf(context, stated, `/applications/${String(index)}`, report) ?? []);
}

/** What home courses fill, as awards of themselves (§5.4). One under way counts in a what-if only, and may be left out otherwise. */
function homeFillers(facts: Facts, results: readonly HomeCourseResult[], report: Report): readonly Filler[] {
  if (!isAscending(results.map(({ homeCourse }) => homeCourse))) report('order', 'home courses are not sorted', '/homeCourses');
  const home = new Map(facts.home.map((course) => [course.homeCourse.id, course]));
  const stated = new Set(results.map(({ homeCourse }) => homeCourse));
  if (facts.home.some(({ counts, homeCourse }) => counts && !stated.has(homeCourse.id)))
    report('homeCourse', 'one is left out', '/homeCourses');
  return results.flatMap(({ homeCourse, counted, fills }, index) => {
    const [course, path] = [home.get(homeCourse), `/homeCourses/${String(index)}`];
    if (course === undefined) {
      report('homeCourse', `${homeCourse} is not on the home record`, path);
      return [];
    }
    if (!course.counts && (counted > 0 || fills.length > 0)) report('homeCourse', `${homeCourse} is under way`, path);
    return [homeFiller(course, { path, counted: amountOf(counted), fills })];
  });
}

function homeFiller({ homeCourse, code, credits, parts }: Home, stated: Pick<Filler, 'path' | 'counted' | 'fills'>): Filler {
  const { subject, level } = parts();
  const { attributes, passFail } = homeCourse;
  return {
    code,
    subject,
    level,
    attributes,
    effect: 'credit',
    credits,
    transferred: false,
    mooc: false,
    passFail,
    mayFillNamed: true,
    ...stated,
  };
}
