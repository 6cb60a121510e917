import type { AssistAgreement, AssistCourse, AssistInstitution, AssistReceiving, AssistTerm } from '../../../formats/assist/index.js';
import { type CalendarDate, normaliseCode, type Period } from '../../../kernel/index.js';
import type { InstitutionImport } from '../../../institutions/domain/index.js';
import type { ImportedCourse } from '../catalogue.js';
import type { ListedException } from '../listed-exception.js';
import { cellsOf } from './cells.js';
import type { AssistIds } from './result.js';

/** "MATH 20A". */
export function codeOf(course: AssistCourse): string {
  return `${course.prefix} ${course.number}`;
}

export function creditSystemOf(institution: AssistInstitution): string {
  return institution.terms === 'Quarter' ? 'us-quarter' : 'us-semester';
}

export function institutionOf(institution: AssistInstitution): InstitutionImport {
  return {
    kind: 'university',
    names: { en: institution.name },
    country: 'US',
    identifiers: [{ scheme: 'assist', value: String(institution.id) }],
    homeCreditSystem: creditSystemOf(institution),
  };
}

/**
 * The days between which a term's courses are completed, taken wide enough for semesters and quarters: the file names terms, not days.
 */
const termDays = {
  W: { first: '01-01', last: '04-15' },
  S: { first: '01-01', last: '06-30' },
  Su: { first: '05-01', last: '09-15' },
  F: { first: '08-01', last: '12-31' },
} as const;

function firstDay(term: AssistTerm): CalendarDate {
  return `${String(term.year)}-${termDays[term.season].first}`;
}

function lastDay(term: AssistTerm): CalendarDate {
  return `${String(term.year)}-${termDays[term.season].last}`;
}

function validityOf(course: AssistCourse): Period {
  return {
    ...(course.begin === undefined ? {} : { from: firstDay(course.begin) }),
    ...(course.end === undefined ? {} : { until: lastDay(course.end) }),
  };
}

/** The editions of all courses that the agreement names, each once, in the order of the file. */
export function coursesOf(agreement: AssistAgreement, ids: AssistIds): { courses: ImportedCourse[]; exceptions: ListedException[] } {
  const sides = [
    { institution: ids.receiving, creditSystem: creditSystemOf(agreement.receiving), courses: receivingCourses(agreement) },
    { institution: ids.sending, creditSystem: creditSystemOf(agreement.sending), courses: sendingCourses(agreement) },
  ];
  const exceptions: ListedException[] = [];
  const courses = sides.flatMap(({ institution, creditSystem, courses: named }) => {
    const byCode = new Map<string, { edition: ImportedCourse; first: AssistCourse }>();
    for (const course of named) {
      const code = normaliseCode(codeOf(course));
      const known = byCode.get(code);
      if (known !== undefined) {
        exceptions.push(...contradictions(known.first, course));
        continue;
      }
      exceptions.push(...rangeOf(course));
      byCode.set(code, { edition: editionOf(course, institution, creditSystem), first: course });
    }
    return [...byCode.values()].map(({ edition }) => edition);
  });
  return { courses, exceptions };
}

function editionOf(course: AssistCourse, provider: string, creditSystem: string): ImportedCourse {
  return {
    provider,
    code: codeOf(course),
    titles: { en: course.title },
    credits: course.units.minimum,
    creditSystem,
    validity: validityOf(course),
  };
}

function rangeOf(course: AssistCourse): ListedException[] {
  const { minimum, maximum } = course.units;
  if (minimum === maximum) return [];
  const detail = `${codeOf(course)} carries ${String(minimum)} to ${String(maximum)} units; ${String(minimum)} were taken`;
  return [{ code: 'creditRange', where: { pointer: course.pointer }, detail }];
}

/** A course that the file names twice is one edition: what differs the second time is listed, the first mention counts. */
function contradictions(first: AssistCourse, again: AssistCourse): ListedException[] {
  const facts = (course: AssistCourse): string => JSON.stringify([course.title, course.units, validityOf(course)]);
  if (facts(first) === facts(again)) return [];
  const detail = `${codeOf(again)} has another title, other units or other terms here than at ${first.pointer}, which was taken`;
  return [{ code: 'contradiction', where: { pointer: again.pointer }, detail }];
}

function receivingCourses(agreement: AssistAgreement): AssistCourse[] {
  const cells = agreement.assets.flatMap((asset) => (asset.kind === 'group' ? cellsOf(asset) : []));
  return [...cells, ...agreement.articulations].flatMap(({ receiving }) => namedBy(receiving));
}

function namedBy(receiving: AssistReceiving): readonly AssistCourse[] {
  switch (receiving.kind) {
    case 'Course':
      return [receiving.course, ...receiving.crossListed];
    case 'Series':
      return receiving.courses;
    case 'unknown':
      return [];
  }
}

function sendingCourses(agreement: AssistAgreement): AssistCourse[] {
  return agreement.articulations.flatMap(({ groups }) =>
    groups.flatMap(({ courses }) => courses.flatMap((item) => (item.kind === 'Course' ? [item.course, ...item.crossListed] : []))),
  );
}
