import {
  at,
  add,
  divide,
  multiply,
  normaliseCode,
  parseRational,
  rational,
  roundToStep,
  splitByLargestRemainder,
  thousandths,
  type CreditSystem,
  type Rational,
  type Thousandths,
} from '../../../kernel/index.js';
import type { Conversion } from '../../../agreements/domain/index.js';
import type { Completion } from '../input.js';
import type { ConversionResult } from '../result.js';
import type { Agreement, Facts, Learned } from './facts.js';
import type { ReadAward } from './terms.js';

/** What a completion brings in (§4), exactly. */
export interface Converted {
  readonly method: ConversionResult['method'];
  readonly factor?: Rational;
  readonly credits: Rational;
  readonly entry?: Conversion;
}

const none: Converted = { method: 'none', credits: rational(0) };
const methods: readonly Conversion['method'][] = ['pinned', 'table', 'yearShare', 'hours'];

/** A decimal of at most three places. */
function exact(decimal: number): Rational {
  return rational(Math.round(decimal * 1000), 1000);
}

export function convert({ completion }: Learned, { revision }: Agreement, { input, systems }: Facts): Converted {
  const [from, to] = [completion.creditSystem, input.programme.creditSystem];
  const entries = revision.terms.conversions.filter((entry) => entry.from === from && entry.to === to);
  const [sending, receiving] = [systems.get(from), systems.get(to)];
  for (const method of methods) {
    for (const entry of entries) {
      const converted = entry.method === method ? byEntry(completion, entry, sending, receiving) : undefined;
      if (converted !== undefined) return { ...converted, entry };
    }
  }
  if (from === to) return byFactor(completion, 'same', rational(1));
  return byYearShare(completion, sending, receiving) ?? byHours(completion, sending, receiving) ?? none;
}

function byEntry(completion: Completion, entry: Conversion, sending?: CreditSystem, receiving?: CreditSystem): Converted | undefined {
  switch (entry.method) {
    case 'pinned': {
      const factor = parseRational(entry.factor);
      return factor === undefined ? undefined : byFactor(completion, 'pinned', factor);
    }
    case 'table': {
      const measure = completion[entry.unit];
      if (measure === undefined) return undefined;
      const reached = entry.rows.filter(({ atLeast }) => atLeast <= measure).sort((a, b) => b.atLeast - a.atLeast)[0];
      return { method: 'table', credits: exact(reached?.credits ?? 0) };
    }
    case 'yearShare':
      return byYearShare(completion, sending, receiving);
    case 'hours':
      return byHours(completion, sending, receiving);
  }
}

function byFactor(completion: Completion, method: Converted['method'], factor: Rational): Converted {
  return { method, factor, credits: multiply(exact(completion.credits), factor) };
}

function byYearShare(completion: Completion, sending?: CreditSystem, receiving?: CreditSystem): Converted | undefined {
  const [from, to] = [exact(sending?.creditsPerYear ?? 0), receiving?.creditsPerYear];
  return from.numerator === 0n || to === undefined ? undefined : byFactor(completion, 'yearShare', divide(exact(to), from));
}

/** Stated hours, else credits × the middle of the sending interval; over the middle of the receiving one. */
function byHours(completion: Completion, sending?: CreditSystem, receiving?: CreditSystem): Converted | undefined {
  const [from, to] = [middleOf(sending), middleOf(receiving)];
  if (to === undefined || to.numerator === 0n) return undefined;
  if (completion.hours !== undefined) {
    const credits = divide(exact(completion.hours), to);
    return completion.credits === 0
      ? { method: 'hours', credits }
      : { method: 'hours', credits, factor: divide(credits, exact(completion.credits)) };
  }
  return from === undefined ? undefined : byFactor(completion, 'hours', divide(from, to));
}

function middleOf(system: CreditSystem | undefined): Rational | undefined {
  const interval = system?.hoursPerCredit;
  return interval === undefined ? undefined : divide(add(exact(interval.minimum), exact(interval.maximum)), rational(2));
}

/** The converted sum of an application, rounded once, and the step in which it is split. */
export interface ConvertedSum {
  readonly credits: Thousandths;
  readonly step: Thousandths;
}

/** Rounded by the first entry that has a rounding other than `none`, else half up to a thousandth. */
export function convertedSum(conversions: readonly Converted[]): ConvertedSum {
  const sum = conversions.reduce((total, { credits }) => add(total, credits), rational(0));
  const roundings = conversions.flatMap(({ entry }) =>
    entry?.rounding === undefined || entry.rounding.mode === 'none' ? [] : [entry.rounding],
  );
  const mode = roundings[0]?.mode === 'down' ? 'down' : 'halfUp';
  const step = Math.max(1, thousandths(roundings[0]?.step ?? 0));
  return { credits: Number(roundToStep(multiply(sum, rational(1000)), BigInt(step), mode)), step };
}

/** What each award of an application carries (§4), in the rule's order. */
export function creditsOfAwards(
  awards: readonly ReadAward[],
  { credits, step }: ConvertedSum,
  { revision }: Agreement,
): readonly Thousandths[] {
  const sharing: ReadAward[] = [];
  let fixed = 0;
  for (const one of awards) {
    const { credits: given, effect } = one.award;
    if (effect !== 'credit') continue;
    if (given.kind === 'converted') sharing.push(one);
    else fixed += thousandths(given.credits);
  }
  const own = new Map(revision.receivingCourses.map((course) => [normaliseCode(course.code), course.credits]));
  const weights = sharing.map(({ code }) => (code === undefined ? undefined : own.get(code)));
  const known = weights.flatMap((weight) => (weight === undefined ? [] : [thousandths(weight)]));
  const equal = known.length < weights.length;
  const shares = splitByLargestRemainder(Math.max(0, credits - fixed), equal ? sharing.map(() => 1) : known, step);
  return awards.map((one) => {
    const { credits: given, effect } = one.award;
    if (effect !== 'credit') return 0;
    if (given.kind === 'fixed') return thousandths(given.credits);
    const share = at(shares, sharing.indexOf(one));
    return given.maximum === undefined ? share : Math.min(share, thousandths(given.maximum));
  });
}
