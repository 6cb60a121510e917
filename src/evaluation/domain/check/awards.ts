import { at, formatRational, type Thousandths } from '../../../kernel/index.js';
import type { AwardResult, ConversionResult, Fill } from '../result.js';
import type { Taken } from './applications.js';
import { convert, convertedSum, creditsOfAwards, type Converted } from './conversions.js';
import type { Facts, Learned } from './facts.js';
import { expectedGrade, isExpected } from './grades.js';
import type { Creditable } from './programme.js';
import type { ReadAward } from './terms.js';
import { amountOf, isSame } from './values.js';
import type { Report } from './violation.js';

/** What fills requirements: a granted award, or a home course. Its credits are recomputed, `counted` and `fills` are as stated. */
export interface Filler extends Creditable {
  readonly path: string;
  readonly transferred: boolean;
  readonly mooc: boolean;
  readonly passFail: boolean;
  /** An exception waives the electives-only clause for one of its completions. */
  readonly mayFillNamed: boolean;
  readonly counted: Thousandths;
  readonly fills: readonly Fill[];
}

/** A granted award with what limits ask for. */
export interface Granted extends Filler {
  readonly taken: Taken;
}

/** §4: conversions, what each award carries, and its grade. Answers with the granted awards. */
export function checkAwards(facts: Facts, taken: Taken, report: Report): readonly Granted[] {
  const { stated, path, learned, rule, awards } = taken;
  const conversions = learned.map((one) => convert(one, rule.agreement, facts));
  checkConversions(taken, conversions, report);
  const sum = convertedSum(conversions);
  if (amountOf(stated.convertedCredits) !== sum.credits)
    report('convertedCredits', `${String(sum.credits)} thousandths`, `${path}/convertedCredits`);
  if (stated.awards.length !== awards.length) report('awards', `rule ${stated.rule} has ${String(awards.length)} awards`, `${path}/awards`);
  const credits = creditsOfAwards(awards, sum, rule.agreement);
  return awards.flatMap((award, index) => {
    const result = stated.awards[index];
    return result === undefined
      ? []
      : checkAward(facts, taken, { award, result, credits: at(credits, index) }, `${path}/awards/${String(index)}`, report);
  });
}

function checkConversions({ stated, learned, path }: Taken, conversions: readonly Converted[], report: Report): void {
  const listed = stated.conversions.length === conversions.length;
  const holds = conversions.every((converted, index) => {
    const [result, one] = [stated.conversions[index], learned[index]];
    return result !== undefined && one !== undefined && isConversion(result, one, converted);
  });
  if (!listed || !holds) report('conversion', `what the completions of rule ${stated.rule} bring in is misstated`, `${path}/conversions`);
}

function isConversion(
  stated: ConversionResult,
  { completion, credits }: Learned,
  { method, factor, credits: converted }: Converted,
): boolean {
  return (
    stated.completion === completion.id &&
    amountOf(stated.credits) === credits &&
    stated.creditSystem === completion.creditSystem &&
    stated.method === method &&
    stated.factor === (factor === undefined ? undefined : formatRational(factor)) &&
    stated.converted === formatRational(converted) &&
    isSame(stated.originalGrade, completion.grade)
  );
}

interface StatedAward {
  readonly award: ReadAward;
  readonly result: AwardResult;
  readonly credits: Thousandths;
}

function checkAward(facts: Facts, taken: Taken, { award, result, credits }: StatedAward, path: string, report: Report): readonly Granted[] {
  const { policy } = facts.input.programme;
  const { target, effect, grade } = award.award;
  if (!isSame(result.target, target) || result.effect !== effect || !isSame(result.attributes, award.attributes)) {
    report('awards', 'the rule awards something else', path);
  }
  if (amountOf(result.credits) !== credits) report('awardCredits', `${String(credits)} thousandths`, `${path}/credits`);
  const mooc = taken.learned.some(({ completion }) => completion.mooc);
  if (result.mooc !== mooc) report('mooc', `a MOOC: ${String(mooc)}`, `${path}/mooc`);
  const wanted =
    grade.kind === 'none' || (mooc && policy.moocWithoutGrade === true)
      ? undefined
      : expectedGrade(taken.learned, award.award, taken.rule.agreement, facts);
  if (wanted === undefined ? result.grade !== undefined : !isExpected(result.grade, wanted, facts.input.receivingScale)) {
    report('grade', 'the grade is converted otherwise', `${path}/grade`);
  }
  if (!result.granted) {
    if (result.counted !== 0 || result.fills.length > 0) report('notGranted', 'it counts or fills something', path);
    return [];
  }
  const mayFillNamed = taken.learned.some(({ waived }) => waived.has('electivesOnly'));
  const passFail = wanted?.kind !== 'converted';
  const { code, subject, level, attributes } = award;
  const counted = amountOf(result.counted);
  return [
    {
      code,
      subject,
      level,
      attributes,
      effect,
      credits,
      path,
      transferred: true,
      mooc,
      passFail,
      mayFillNamed,
      counted,
      fills: result.fills,
      taken,
    },
  ];
}
