import { type CalendarDate, type FieldError, isCalendarDate, isEmptyPeriod, toThousandths } from '../../kernel/index.js';
import { Place, readJson, type Reading } from '../json/index.js';
import type { UoPeopleCourse, UoPeopleCredential, UoPeopleTable, UoPeopleWindow } from './table.js';

/**
 * Reads the table: an object of courses by code. A file with a part that is missing or of another shape is refused whole, with every error located by
 * a JSON Pointer.
 */
export function readUoPeopleTable(file: Uint8Array | string): Reading<UoPeopleTable> {
  const document = readJson(file);
  if (!document.ok) return document;
  const errors: FieldError[] = [];
  const root = Place.root(document.value, errors);
  const courses = root.names().map((code) => readCourse(code, root.at(code)));
  return errors.length === 0 ? { ok: true, value: { courses } } : { ok: false, errors };
}

function readCourse(code: string, place: Place): UoPeopleCourse {
  const credits = place.optional('credits');
  return {
    pointer: place.pointer,
    code: code.trim(),
    name: place.at('name').text().trim(),
    ...(credits === undefined ? {} : { credits: readCredits(credits) }),
    credentials: place.at('transferable_credits').items().map(readCredential),
  };
}

function readCredits(place: Place): number {
  const credits = place.number();
  if (toThousandths(credits) === undefined) place.reject('must be an amount of credit, not negative and with at most three decimals');
  return credits;
}

function readCredential(place: Place): UoPeopleCredential {
  return {
    pointer: place.pointer,
    code: place.at('code').text().trim(),
    institution: place.at('institution').text().trim(),
    name: place.at('name').text().trim(),
    url: place.optional('url')?.text().trim() ?? '',
    windows: place.at('ace_valid_dates').items().map(readWindow),
  };
}

function readWindow(place: Place): UoPeopleWindow {
  const [from, until] = [readDate(place.at('start_date')), readDate(place.at('end_date'))];
  const period = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
  if (isEmptyPeriod(period)) place.at('end_date').reject('must not be before start_date');
  return { pointer: place.pointer, period };
}

function readDate(place: Place): CalendarDate | undefined {
  const text = place.text().trim();
  if (text === '') return undefined;
  if (!isCalendarDate(text)) place.reject('must be a date that exists, as YYYY-MM-DD, or blank');
  return text;
}
