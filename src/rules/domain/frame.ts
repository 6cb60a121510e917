import { isEmptyPeriod, type CalendarDate, type Period } from '../../kernel/index.js';
import { anyMember, type GoverningDate, type Rule } from './rule.js';

/** What an example says besides completions. */
export interface Frame {
  /** The institution that recognises. */
  readonly receiver: string;
  /** The code of the programme; absent where any programme will do, or any but those that the rules except. */
  readonly programme?: string;
  /** Dates that lie within the validities they govern; those that any day suits are absent. */
  readonly dates: Readonly<Partial<Record<GoverningDate, CalendarDate>>>;
}

/** A receiver, a programme and dates that suit all of these rules; undefined when there are none. */
export function frameOf(rules: readonly Rule[], parties: readonly string[]): Frame | undefined {
  const receiver = receiverOf(rules, parties);
  const programme = programmeOf(rules);
  const dates = datesOf(rules);
  if (receiver === undefined || programme === undefined || dates === undefined) return undefined;
  return { receiver, ...(programme.code !== undefined && { programme: programme.code }), dates };
}

function receiverOf(rules: readonly Rule[], parties: readonly string[]): string | undefined {
  const named = [...new Set(rules.map(({ to }) => to).filter((to) => to !== anyMember))];
  if (named.length > 1) return undefined;
  return named[0] ?? parties.find((party) => rules.every(({ from }) => from !== party));
}

/** A programme in which all of these rules hold; no code when any other than the excepted ones will do. */
function programmeOf(rules: readonly Rule[]): { readonly code?: string } | undefined {
  const named = rules.flatMap(({ conditions }) => conditions?.programmes ?? []);
  const only = named.flatMap((programmes) => programmes.only ?? []);
  if (named.every((programmes) => programmes.only === undefined)) return {};
  const code = only.find((each) =>
    named.every((programmes) => programmes.only?.includes(each) !== false && programmes.except?.includes(each) !== true),
  );
  return code === undefined ? undefined : { code };
}

function datesOf(rules: readonly Rule[]): Frame['dates'] | undefined {
  const periods: Partial<Record<GoverningDate, Period>> = {};
  for (const { governedBy, validity } of rules) {
    const common = intersection(periods[governedBy] ?? {}, validity);
    if (isEmptyPeriod(common)) return undefined;
    periods[governedBy] = common;
  }
  return datesIn(periods);
}

/** A day of each period; nobody completes a course before enrolling in it. */
function datesIn(periods: Partial<Record<GoverningDate, Period>>): Frame['dates'] | undefined {
  const completion = periods.completion?.until ?? latest([periods.completion?.from, periods.enrolment?.from]);
  const enrolment = periods.enrolment?.from ?? earliest([periods.enrolment?.until, completion]);
  if (enrolment !== undefined && completion !== undefined && periods.completion !== undefined && completion < enrolment) return undefined;
  const request = periods.request?.from ?? periods.request?.until;
  const admission = periods.admission?.from ?? periods.admission?.until;
  return {
    ...(periods.completion !== undefined && completion !== undefined && { completion }),
    ...(periods.enrolment !== undefined && enrolment !== undefined && { enrolment }),
    ...(request !== undefined && { request }),
    ...(admission !== undefined && { admission }),
  };
}

function intersection(a: Period, b: Period): Period {
  const [from, until] = [latest([a.from, b.from]), earliest([a.until, b.until])];
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function latest(dates: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  return dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
}

function earliest(dates: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  return dates.filter((date) => date !== undefined).sort()[0];
}
