/** Calendar dates as `YYYY-MM-DD`; they compare as text. */
export type CalendarDate = string;

/** Inclusive on both ends; an end that is absent is open. */
export interface Period {
  readonly from?: CalendarDate;
  readonly until?: CalendarDate;
}

function partsOf(date: CalendarDate): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** True for a date that exists, in the form `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false;
  const { year, month, day } = partsOf(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function contains(period: Period, date: CalendarDate): boolean {
  return (period.from === undefined || period.from <= date) && (period.until === undefined || date <= period.until);
}

/** True when the period has no day: it ends before it begins. */
export function isEmptyPeriod(period: Period): boolean {
  return period.from !== undefined && period.until !== undefined && period.until < period.from;
}

export function overlaps(a: Period, b: Period): boolean {
  return (a.from ?? '') <= (b.until ?? '9999-12-31') && (b.from ?? '') <= (a.until ?? '9999-12-31');
}

/** ISO 8601-1 durations in whole years, months, weeks and days (`P5Y`, `P18M`, `P2W`), each at most four digits. */
export const durationPattern = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?$/;

/**
 * The date a duration before another: years and months first, keeping the day or the month's last day, then weeks and days.
 * Throws a RangeError when the duration is not of {@link durationPattern}. Dates before year 1 become `0001-01-01`.
 */
export function dateBefore(date: CalendarDate, duration: string): CalendarDate {
  const match = durationPattern.exec(duration);
  if (match === null) throw new RangeError(`${duration} is not a duration such as P5Y or P18M`);
  const [, yearsText = '0', monthsText = '0', weeksText = '0', daysText = '0'] = match;
  const [years, months, weeks, days] = [Number(yearsText), Number(monthsText), Number(weeksText), Number(daysText)];
  const { year, month, day } = partsOf(date);
  const monthIndex = year * 12 + (month - 1) - years * 12 - months;
  const [targetYear, targetMonth] = [Math.floor(monthIndex / 12), (((monthIndex % 12) + 12) % 12) + 1];
  if (targetYear < 1) return '0001-01-01';
  return minusDays(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)), weeks * 7 + days);
}

function minusDays(year: number, month: number, day: number, days: number): CalendarDate {
  let [y, m, d] = [year, month, day - days];
  while (d < 1) {
    [y, m] = m === 1 ? [y - 1, 12] : [y, m - 1];
    if (y < 1) return '0001-01-01';
    d += daysInMonth(y, m);
  }
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}
