import { normaliseCode } from './course-code.js';
import { maximumCredits, toThousandths } from './credits.js';
import { languageTagPattern, type LocalisedText } from './localised-text.js';
import { durationPattern, isCalendarDate, isEmptyPeriod, type Period } from './period.js';
import type { FieldError } from './problem.js';

/**
 * Collects everything that is wrong with a value whose shape is right already: what a schema cannot say. Pointers are JSON Pointers
 * from the value that is checked; no name in our shapes needs escaping.
 */
export class FieldChecks {
  readonly #errors: FieldError[] = [];

  /** In the order in which they were found. */
  get errors(): readonly FieldError[] {
    return this.#errors;
  }

  report(pointer: string, detail: string): void {
    this.#errors.push({ pointer, detail });
  }

  /** An amount of credit, see {@link toThousandths}; `positive` refuses 0. */
  credits(pointer: string, credits: number | undefined, positive = false): void {
    if (credits === undefined) return;
    const value = toThousandths(credits);
    if (value === undefined) {
      this.report(pointer, `must be an amount of credit from 0 to ${String(maximumCredits)} with at most three decimals`);
    } else if (positive && value === 0) this.report(pointer, 'must be more than 0');
  }

  /** A whole number of things, at least `minimum`. */
  count(pointer: string, count: number | undefined, minimum: number): void {
    if (count !== undefined && (!Number.isSafeInteger(count) || count < minimum)) {
      this.report(pointer, `must be a whole number of at least ${String(minimum)}`);
    }
  }

  /** Hours, weeks and other amounts from 0 to `maximum` with at most three decimals. */
  amount(pointer: string, amount: number | undefined, maximum: number): void {
    if (amount !== undefined && (toThousandths(amount) === undefined || amount > maximum)) {
      this.report(pointer, `must be from 0 to ${String(maximum)} with at most three decimals`);
    }
  }

  text(pointer: string, text: string | undefined): void {
    if (text?.trim() === '') this.report(pointer, 'must not be blank');
  }

  localisedText(pointer: string, text: LocalisedText | undefined): void {
    if (text === undefined) return;
    const entries = Object.entries(text);
    if (entries.length === 0) this.report(pointer, 'must be written in at least one language');
    for (const [tag, value] of entries) {
      if (languageTagPattern.test(tag)) this.text(`${pointer}/${tag}`, value);
      else this.report(pointer, `names a language, ${JSON.stringify(tag)}, that is not a BCP 47 tag such as en or zh-Hans`);
    }
  }

  period(pointer: string, period: Period): void {
    const { from, until } = period;
    if (from !== undefined && !isCalendarDate(from)) this.report(`${pointer}/from`, 'must be a date that exists, as YYYY-MM-DD');
    if (until !== undefined && !isCalendarDate(until)) this.report(`${pointer}/until`, 'must be a date that exists, as YYYY-MM-DD');
    if (isEmptyPeriod(period)) this.report(`${pointer}/until`, 'must not be before the first day: the period has no day');
  }

  /** A duration of {@link durationPattern} that is longer than nothing. */
  duration(pointer: string, duration: string | undefined): void {
    if (duration === undefined) return;
    if (!durationPattern.test(duration))
      this.report(pointer, 'must be a duration in whole years, months, weeks and days, such as P5Y or P18M');
    else if (!/[1-9]/.test(duration)) this.report(pointer, 'must be longer than nothing');
  }

  /** A course or programme code, or a pattern over codes (see `patternToRegExp`): any that is not blank. */
  code(pointer: string, code: string | undefined): void {
    if (code !== undefined && normaliseCode(code) === '') this.report(pointer, 'must not be blank');
  }

  /** The level of a course code: a digit followed by at most five zeros, as `partsOfCode` tells it. */
  level(pointer: string, level: number | undefined): void {
    if (level !== undefined && !/^\d0{0,5}$/.test(String(level))) {
      this.report(pointer, 'must be a digit followed by zeros, such as 100 or 2000: no course code has another level');
    }
  }

  nonEmpty(pointer: string, list: readonly unknown[] | undefined): void {
    if (list?.length === 0) this.report(pointer, 'must not be empty');
  }

  /** Reports each text that stands in the list already. */
  unique(texts: readonly string[], pointerOf: (index: number) => string, detail: string): void {
    const seen = new Set<string>();
    for (const [index, text] of texts.entries()) {
      if (seen.has(text)) this.report(pointerOf(index), detail);
      seen.add(text);
    }
  }

  /** The same for codes, whatever their case and spacing. */
  uniqueCodes(codes: readonly string[], pointerOf: (index: number) => string, detail: string): void {
    this.unique(codes.map(normaliseCode), pointerOf, detail);
  }
}
