import type { Completion, EvaluationInput, RevisionInForce } from '../../../src/evaluation/domain/index.js';
import type { CreditSystem } from '../../../src/kernel/index.js';
import type { Award } from '../../../src/rules/domain/index.js';
import { at, milli, over, parseNumber, plainCode, plus, roundToMultiple, times, whole, zero } from './arithmetic.js';
import type { Fraction } from './arithmetic.js';
import { gradeOn, positionOf } from './grading.js';
import { membersOf } from './matching.js';
import type { World } from './matching.js';
import type { PossibleApplication } from './precedence.js';

/** §4 of docs/evaluation.md: what an application's awards carry. Credits in whole thousandths. */

export interface ValuedAward {
  readonly award: Award;
  readonly credits: number;
  readonly passFail: boolean;
  readonly mooc: boolean;
  /** May fill a named course as far as the electives-only clause goes. */
  readonly namedAllowed: boolean;
}

export interface ValuedApplication extends PossibleApplication {
  readonly convertedSum: number;
  readonly valued: readonly ValuedAward[];
}

type Entry = RevisionInForce['terms']['conversions'][number];

function systemOf(input: EvaluationInput, id: string): CreditSystem | undefined {
  return input.creditSystems.find((system) => system.id === id);
}

/** Numbers of a credit system or of hours are decimals: read digit by digit. */
function decimal(value: number): Fraction {
  return parseNumber(String(value)) ?? zero;
}

function middle(system: CreditSystem | undefined): Fraction | undefined {
  const hours = system?.hoursPerCredit;
  return hours === undefined ? undefined : times(plus(decimal(hours.minimum), decimal(hours.maximum)), { n: 1n, d: 2n });
}

function byYearShare(input: EvaluationInput, completion: Completion): Fraction | undefined {
  const [sent, received] = [completion.creditSystem, input.programme.creditSystem].map((id) => systemOf(input, id)?.creditsPerYear);
  if (sent === undefined || received === undefined) return undefined;
  return over(times(decimal(completion.credits), decimal(received)), decimal(sent));
}

function byHours(input: EvaluationInput, completion: Completion): Fraction | undefined {
  const perSent = middle(systemOf(input, completion.creditSystem));
  const perReceived = middle(systemOf(input, input.programme.creditSystem));
  const credits = decimal(completion.credits);
  const hours = completion.hours !== undefined ? decimal(completion.hours) : perSent && times(credits, perSent);
  return hours === undefined || perReceived === undefined ? undefined : over(hours, perReceived);
}

function byEntry(input: EvaluationInput, entry: Entry, completion: Completion): Fraction | undefined {
  if (entry.method === 'yearShare') return byYearShare(input, completion);
  if (entry.method === 'hours') return byHours(input, completion);
  if (entry.method === 'pinned') {
    const factor = parseNumber(entry.factor);
    return factor && times(decimal(completion.credits), factor);
  }
  const amount = entry.unit === 'credits' ? completion.credits : completion[entry.unit];
  if (amount === undefined) return undefined;
  return decimal(entry.rows.filter((row) => row.atLeast <= amount).at(-1)?.credits ?? 0);
}

/** A completion's credits in the programme's system, in units of one credit, with the agreement's entry that was used. */
function convert(input: EvaluationInput, revision: RevisionInForce, completion: Completion): { value: Fraction; entry: Entry | undefined } {
  const { creditSystem } = input.programme;
  const entries = revision.terms.conversions.filter((entry) => entry.from === completion.creditSystem && entry.to === creditSystem);
  for (const method of ['pinned', 'table', 'yearShare', 'hours']) {
    const entry = entries.find((candidate) => candidate.method === method);
    const value = entry && byEntry(input, entry, completion);
    if (value !== undefined) return { value, entry };
  }
  if (completion.creditSystem === creditSystem) return { value: decimal(completion.credits), entry: undefined };
  return { value: byYearShare(input, completion) ?? byHours(input, completion) ?? zero, entry: undefined };
}

function convertedSum(input: EvaluationInput, revision: RevisionInForce, set: readonly Completion[]): { sum: number; step: number } {
  const conversions = set.map((completion) => convert(input, revision, completion));
  const exact = times(
    conversions.reduce((sum, { value }) => plus(sum, value), zero),
    whole(1000),
  );
  for (const { entry } of conversions) {
    const { mode = 'none', step = 0.001 } = entry?.rounding ?? {};
    if (mode !== 'none') return { sum: roundToMultiple(exact, milli(step), mode), step: milli(step) };
  }
  return { sum: roundToMultiple(exact, 1, 'halfUp'), step: 1 };
}

/** Largest remainder: every share a multiple of the step, what is smaller than a step with the first. */
function split(amount: number, weights: readonly number[], step: number): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const fair = weights.map((weight) => (total === 0 ? { n: 1n, d: BigInt(weights.length) } : { n: BigInt(weight), d: BigInt(total) }));
  const units = Math.floor(amount / step);
  const ideal = fair.map((share) => times(share, whole(units)));
  const shares = ideal.map((value) => Number(value.n / value.d));
  const order = ideal
    .map((value, index) => ({ index, rest: { n: value.n % value.d, d: value.d } }))
    .sort((a, b) => Number(b.rest.n * a.rest.d - a.rest.n * b.rest.d) || a.index - b.index);
  const missing = units - shares.reduce((sum, share) => sum + share, 0);
  const favoured = new Set(order.slice(0, missing).map(({ index }) => index));
  return shares.map((share, index) => (share + (favoured.has(index) ? 1 : 0)) * step + (index === 0 ? amount % step : 0));
}

function creditsOfAwards(revision: RevisionInForce, awards: readonly Award[], sum: number, step: number): readonly number[] {
  const carries = awards.filter(({ effect }) => effect === 'credit'); // the others carry 0 whatever they state
  const fixed = carries.reduce((total, { credits }) => total + (credits.kind === 'fixed' ? milli(credits.credits) : 0), 0);
  const converted = carries.filter(({ credits }) => credits.kind === 'converted');
  const own = converted.map(({ target }) =>
    target.kind === 'course'
      ? revision.receivingCourses.find(({ code }) => plainCode(code) === plainCode(target.code))?.credits
      : undefined,
  );
  const weights = own.flatMap((credits) => (credits === undefined ? [] : [milli(credits)]));
  const known = weights.length === converted.length;
  const shares = split(Math.max(0, sum - fixed), known ? weights : converted.map(() => 1), step);
  const sharesLeft = [...shares];
  return awards.map((award) => {
    if (award.effect !== 'credit') return 0;
    if (award.credits.kind === 'fixed') return milli(award.credits.credits);
    const share = sharesLeft.shift() ?? 0;
    return award.credits.maximum === undefined ? share : Math.min(share, milli(award.credits.maximum));
  });
}

function gradeConverts(input: EvaluationInput, revision: RevisionInForce, award: Award, set: readonly Completion[]): boolean {
  const { receivingScale } = input;
  if (award.grade.kind === 'none' || receivingScale === undefined) return false;
  const needsPoints = award.grade.combine === 'creditWeightedMean';
  const scale = input.gradingScales.find(({ id }) => id === receivingScale);
  return set.every(({ grade }) => {
    const read = grade === undefined ? undefined : gradeOn(input.gradingScales, revision, grade, receivingScale);
    if (read === undefined || positionOf(input.gradingScales, read) === undefined) return false;
    const points = scale?.grades.find(({ value }) => value === read.value)?.points;
    return !needsPoints || points !== undefined || (scale?.numeric !== undefined && parseNumber(read.value) !== undefined);
  });
}

export function valueApplication(world: World, application: PossibleApplication): ValuedApplication {
  const { input } = world;
  const { revision, awards } = application;
  const set = membersOf(application.set).map((i) => at(world.completions, i));
  const { sum, step } = convertedSum(input, revision, set);
  const credits = creditsOfAwards(revision, awards, sum, step);
  const mooc = set.some((completion) => completion.mooc);
  const { electivesOnly, moocWithoutGrade = false } = input.programme.policy;
  const barred = electivesOnly === 'transferred' || (electivesOnly === 'mooc' && mooc);
  const waived = set.some(({ id }) =>
    input.exceptions.some((e) => e.kind === 'policyWaived' && e.clause === 'electivesOnly' && e.completion === id),
  );
  const valued = awards.map((award, i): ValuedAward => {
    const graded = gradeConverts(input, revision, award, set) && !(mooc && moocWithoutGrade);
    return { award, credits: at(credits, i), passFail: !graded, mooc, namedAllowed: !barred || waived };
  });
  return { ...application, convertedSum: sum, valued };
}
