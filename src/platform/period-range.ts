import { dateBefore, type Period } from '../kernel/index.js';

/** A period as the text of a PostgreSQL `daterange`, both bounds inclusive. */
export function toDateRange(period: Period): string {
  return `[${period.from ?? ''},${period.until ?? ''}]`;
}

/** Reads the text of a `daterange` as PostgreSQL writes it: the lower bound inclusive, the upper one exclusive, an open one absent. */
export function fromDateRange(text: string): Period {
  const [, from, end] = /^[[(]([^,]*),([^,]*)\)$/.exec(text) ?? [];
  if (from === undefined || end === undefined) throw new TypeError(`${text} is not a range of dates that has a day`);
  return { ...(from === '' ? {} : { from }), ...(end === '' ? {} : { until: dateBefore(end, 'P1D') }) };
}
