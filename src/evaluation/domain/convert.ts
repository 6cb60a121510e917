import {
  add,
  divide,
  formatRational,
  multiply,
  parseRational,
  rational,
  roundToStep,
  thousandths,
  type CreditSystem,
  type Rational,
  type Thousandths,
} from '../../kernel/index.js';
import type { Conversion, Rounding } from '../../agreements/domain/index.js';
import type { Completion } from './input.js';
import type { ConversionResult } from './result.js';

/** What one completion brings in, exactly. */
export interface Converted {
  readonly result: ConversionResult;
  readonly exact: Rational;
  /** Of the agreement's entry that was used, when it rounds. */
  readonly rounding?: StepRounding;
}

interface StepRounding {
  readonly mode: 'down' | 'halfUp';
  readonly step: Thousandths;
}

export type CreditSystems = ReadonlyMap<string, CreditSystem>;

/** One way to convert, made ready for a pair of systems. */
type Way = { readonly rounding?: StepRounding } & (
  | { readonly method: 'same' | 'pinned' | 'yearShare'; readonly factor: Rational; readonly text: string }
  | { readonly method: 'table'; readonly entry: Extract<Conversion, { readonly method: 'table' }> }
  /** `hours` of one receiving credit, and of one sending credit where known. */
  | { readonly method: 'hours'; readonly receiving: Rational; readonly sending: Rational | undefined }
);

interface Plan {
  readonly from: CreditSystem | undefined;
  readonly to: CreditSystem | undefined;
  readonly ways: readonly Way[];
}

const methodOrder = ['pinned', 'table', 'yearShare', 'hours'] as const;
const zero = rational(0);

/**
 * The conversions of an agreement (docs/evaluation.md §4): its own entries, `pinned` before `table` before `yearShare` before `hours`, then what
 * holds without an entry. Factors are worked out once per pair of systems.
 */
export class ConversionBook {
  readonly #entries: readonly Conversion[];
  readonly #plans = new Map<string, Plan>();

  constructor(conversions: readonly Conversion[]) {
    this.#entries = methodOrder.flatMap((method) => conversions.filter((conversion) => conversion.method === method));
  }

  /** Converts the credits of a completion into a system, by the first way that can be computed for it. */
  convert(completion: Completion, to: string, systems: CreditSystems): Converted {
    const credits = thousandths(completion.credits);
    for (const way of this.#planFor(completion.creditSystem, to, systems)) {
      const converted = applyWay(way, completion, credits);
      if (converted !== undefined) return converted;
    }
    return { result: resultOf(completion, 'none', zero), exact: zero };
  }

  /** A plan holds for the very systems it was made from: their definitions come with each input. */
  #planFor(from: string, to: string, systems: CreditSystems): readonly Way[] {
    const key = `${from}\u0000${to}`;
    const known = this.#plans.get(key);
    const [sending, receiving] = [systems.get(from), systems.get(to)];
    if (known !== undefined && known.from === sending && known.to === receiving) return known.ways;
    const own = this.#entries.filter((entry) => entry.from === from && entry.to === to);
    const ways = [
      ...own.flatMap((entry) => wayOfEntry(entry, sending, receiving).map((way) => withRounding(way, entry.rounding))),
      ...(from === to ? [byFactor('same', rational(1))] : []),
      ...yearShare(sending, receiving),
      ...hours(sending, receiving),
    ];
    this.#plans.set(key, { from: sending, to: receiving, ways });
    return ways;
  }
}

/** None when the entry cannot be computed for these systems. */
function wayOfEntry(entry: Conversion, from: CreditSystem | undefined, to: CreditSystem | undefined): readonly Way[] {
  switch (entry.method) {
    case 'pinned': {
      const factor = parseRational(entry.factor);
      return factor === undefined ? [] : [byFactor('pinned', factor)];
    }
    case 'table':
      return [{ method: 'table', entry }];
    case 'yearShare':
      return yearShare(from, to);
    case 'hours':
      return hours(from, to);
  }
}

function byFactor(method: 'same' | 'pinned' | 'yearShare', factor: Rational): Way {
  return { method, factor, text: formatRational(factor) };
}

function yearShare(from: CreditSystem | undefined, to: CreditSystem | undefined): readonly Way[] {
  const [sending, receiving] = [thousandths(from?.creditsPerYear ?? 0), thousandths(to?.creditsPerYear ?? 0)];
  return sending === 0 || receiving === 0 ? [] : [byFactor('yearShare', rational(receiving, sending))];
}

function hours(from: CreditSystem | undefined, to: CreditSystem | undefined): readonly Way[] {
  const [sending, receiving] = [middleOfHours(from), middleOfHours(to)];
  return receiving === undefined || receiving.numerator === 0n ? [] : [{ method: 'hours', receiving, sending }];
}

/** The hours of one credit: the middle of the interval. */
function middleOfHours(system: CreditSystem | undefined): Rational | undefined {
  const interval = system?.hoursPerCredit;
  return interval === undefined ? undefined : rational(thousandths(interval.minimum) + thousandths(interval.maximum), 2000);
}

function withRounding(way: Way, rounding: Rounding | undefined): Way {
  if (rounding === undefined || rounding.mode === 'none') return way;
  return { ...way, rounding: { mode: rounding.mode, step: thousandths(rounding.step ?? 0.001) } };
}

/** Undefined when the completion does not state what this way needs. */
function applyWay(way: Way, completion: Completion, credits: Thousandths): Converted | undefined {
  const rounding = way.rounding === undefined ? {} : { rounding: way.rounding };
  switch (way.method) {
    case 'table': {
      const amount = completion[way.entry.unit];
      if (amount === undefined) return undefined;
      const reached = way.entry.rows.filter(({ atLeast }) => atLeast <= amount);
      const row = reached.reduce((best, next) => (next.atLeast > best.atLeast ? next : best), { atLeast: -1, credits: 0 });
      const exact = rational(thousandths(row.credits), 1000);
      return { result: resultOf(completion, 'table', exact), exact, ...rounding };
    }
    case 'hours': {
      const exact = byHours(way.receiving, way.sending, completion, credits);
      if (exact === undefined) return undefined;
      const factor = credits === 0 ? undefined : formatRational(divide(exact, rational(credits, 1000)));
      return { result: resultOf(completion, 'hours', exact, factor), exact, ...rounding };
    }
    default: {
      const exact = multiply(rational(credits, 1000), way.factor);
      return { result: resultOf(completion, way.method, exact, way.text), exact, ...rounding };
    }
  }
}

function byHours(receiving: Rational, sending: Rational | undefined, completion: Completion, credits: Thousandths): Rational | undefined {
  if (completion.hours !== undefined) return divide(rational(thousandths(completion.hours), 1000), receiving);
  return sending === undefined ? undefined : divide(multiply(rational(credits, 1000), sending), receiving);
}

function resultOf(completion: Completion, method: ConversionResult['method'], exact: Rational, factor?: string): ConversionResult {
  return {
    completion: completion.id,
    credits: completion.credits,
    creditSystem: completion.creditSystem,
    method,
    ...(factor !== undefined && { factor }),
    converted: formatRational(exact),
    ...(completion.grade !== undefined && { originalGrade: completion.grade }),
  };
}

/** The exact sum of what the completions of an application bring in, rounded once, and the step of that rounding. */
export function convertedSum(conversions: readonly Converted[]): { readonly sum: Thousandths; readonly step: Thousandths } {
  const { mode, step } = conversions.find(({ rounding }) => rounding !== undefined)?.rounding ?? { mode: 'halfUp', step: 1 };
  const whole = conversions.map(({ exact }) => wholeThousandths(exact));
  const known = whole.filter((amount) => amount !== undefined);
  if (step === 1 && known.length === whole.length) return { sum: known.reduce((sum, amount) => sum + amount, 0), step };
  const exact = conversions.reduce((sum, conversion) => add(sum, conversion.exact), zero);
  return { sum: Number(roundToStep(multiply(exact, rational(1000)), BigInt(step), mode)), step };
}

/** Credits in thousandths where that is exact, which is usual and spares the sum of fractions. */
function wholeThousandths({ numerator, denominator }: Rational): Thousandths | undefined {
  return 1000n % denominator === 0n ? Number(numerator * (1000n / denominator)) : undefined;
}
