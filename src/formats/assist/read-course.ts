import { toThousandths } from '../../kernel/index.js';
import type { Place } from '../json/index.js';
import type { AssistCourse, AssistReceiving, AssistRemark, AssistTerm } from './agreement.js';

export function readCourse(place: Place): AssistCourse {
  const [begin, end] = [readTerm(place.at('begin')), readTerm(place.at('end'))];
  return {
    pointer: place.pointer,
    prefix: place.at('prefix').text().trim(),
    number: place.at('courseNumber').text().trim(),
    title: place.at('courseTitle').text().trim(),
    units: readUnits(place),
    ...(begin === undefined ? {} : { begin }),
    ...(end === undefined ? {} : { end }),
  };
}

function readUnits(place: Place): AssistCourse['units'] {
  const units = { minimum: readCredits(place.at('minUnits')), maximum: readCredits(place.at('maxUnits')) };
  if (units.maximum < units.minimum) place.at('maxUnits').reject('must not be less than minUnits');
  return units;
}

function readCredits(place: Place): number {
  const credits = place.number();
  if (toThousandths(credits) === undefined) place.reject('must be a number of units, not negative and with at most three decimals');
  return credits;
}

const seasons = ['W', 'S', 'Su', 'F'] as const;

/** "F2012"; empty where no term is stated. */
function readTerm(place: Place): AssistTerm | undefined {
  const text = place.text().trim();
  if (text === '') return undefined;
  const [, letters, year] = /^(W|S|Su|F)(\d{4})$/.exec(text) ?? [];
  const season = seasons.find((candidate) => candidate === letters);
  if (season !== undefined) return { season, year: Number(year) };
  place.reject(`must be a term such as F2012, W2013, S2013 or Su2013, not "${text}"`);
  return undefined;
}

/** The course or series that a cell or an articulation is about. Cells wrap their cross-listed courses, articulations do not. */
export function readReceiving(place: Place, crossListed: (course: Place) => Place): AssistReceiving {
  const type = place.at('type').text();
  if (type === 'Course') {
    return {
      kind: 'Course',
      course: readCourse(place.at('course')),
      crossListed: place
        .at('visibleCrossListedCourses')
        .items()
        .map((item) => readCourse(crossListed(item))),
    };
  }
  if (type !== 'Series') return { kind: 'unknown', type };
  const series = place.at('series');
  const courses = series
    .at('courses')
    .items()
    .map((item) => ({ position: item.at('position').integer(), course: readCourse(item) }))
    .sort((a, b) => a.position - b.position)
    .map(({ course }) => course);
  if (courses.length === 0) series.at('courses').reject('must not be empty');
  return { kind: 'Series', name: series.at('name').text().trim(), conjunction: series.at('conjunction').oneOf(['And', 'Or']), courses };
}

/**
 * The notes in the lists of these names, each list optional. A note is an object with a text `content`; what has another shape is kept as JSON.
 */
export function readRemarks(place: Place, fields: readonly string[]): AssistRemark[] {
  return fields.flatMap((field) => {
    const items = place.optional(field)?.items() ?? [];
    return items.map((item) => ({ pointer: item.pointer, field, content: item.textIn('content') ?? item.json() }));
  });
}
