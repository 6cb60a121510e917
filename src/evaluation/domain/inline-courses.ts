import type { CatalogueEdition } from '../../agreements/domain/index.js';
import { contains, normaliseCode, overlaps, type CalendarDate, type FieldChecks } from '../../kernel/index.js';
import type { InlineCompletion, InlineCourse, InlineEvaluationRequest } from './request.js';
import { requestLimits } from './request-schema.js';
import type { OfferedCourse } from './suggest-courses.js';

/** The course editions of a self-contained request, found by code. */
export class InlineCourses {
  /** By provider and code. */
  readonly #editions = new Map<string, InlineCourse[]>();
  readonly #byCode = new Map<string, CatalogueEdition[]>();

  /** Reports editions of one course that overlap. */
  constructor(courses: readonly InlineCourse[], checks: FieldChecks) {
    courses.forEach((course, index) => {
      const key = courseKey(course);
      const editions = this.#editions.get(key) ?? [];
      this.#editions.set(key, editions);
      const fault = faultOf(course, editions);
      if (fault !== undefined) checks.report(`/courses/${String(index)}/validity`, fault);
      if (editions.length < requestLimits.editions) editions.push(course);
      this.#add(course, index);
    });
  }

  /** Every edition that has a code, whoever teaches it; an edition is known by its place in the request. */
  editionsOf(code: string): readonly CatalogueEdition[] {
    return this.#byCode.get(normaliseCode(code)) ?? [];
  }

  /** The edition of a completed course that ran on the day of completion; without a day the only one there is. */
  editionFor(completion: InlineCompletion): InlineCourse | undefined {
    const editions = this.#editions.get(courseKey(completion)) ?? [];
    const { completedOn } = completion;
    if (completedOn === undefined) return editions.length === 1 ? editions[0] : undefined;
    return editions.find(({ validity }) => contains(validity ?? {}, completedOn));
  }

  /** The latest edition of every course that an institution teaches, by code in normal form. */
  taughtBy(institution: string): ReadonlyMap<string, InlineCourse> {
    const taught = [...this.#editions.values()].flat().filter(({ provider }) => provider === institution);
    const byBeginning = taught.sort((a, b) => compareDates(a.validity?.from, b.validity?.from));
    return new Map(byBeginning.map((course) => [normaliseCode(course.code), course]));
  }

  #add({ provider, platform, code, validity }: InlineCourse, index: number): void {
    const edition = { id: String(index), provider, ...(platform === undefined ? {} : { platform }), validity: validity ?? {} };
    const key = normaliseCode(code);
    const known = this.#byCode.get(key);
    if (known === undefined) this.#byCode.set(key, [edition]);
    else known.push(edition);
  }
}

/** No date is before all others. */
function compareDates(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function faultOf({ validity }: InlineCourse, editions: readonly InlineCourse[]): string | undefined {
  if (editions.length >= requestLimits.editions) return `is one of more than ${String(requestLimits.editions)} editions of one course`;
  return editions.some((other) => overlaps(other.validity ?? {}, validity ?? {}))
    ? 'overlaps another edition of the same course; editions of one code never overlap'
    : undefined;
}

/** One text for a course, whichever edition. */
export function courseKey({ provider, code }: { readonly provider: string; readonly code: string }): string {
  return `${provider} ${normaliseCode(code)}`;
}

/** What a request says of courses that could be taken on a day. */
export function offeredCourses(
  { courses = [], institutions }: Pick<InlineEvaluationRequest, 'courses' | 'institutions'>,
  date: CalendarDate,
): readonly OfferedCourse[] {
  const systems = new Map(institutions.map(({ id, creditSystem }) => [id, creditSystem]));
  return courses.flatMap(({ provider, code, titles, credits, creditSystem = systems.get(provider), hours, mooc, validity = {} }) => {
    if (creditSystem === undefined || !contains(validity, date)) return [];
    const stated = {
      ...(titles === undefined ? {} : { title: titles }),
      ...(hours === undefined ? {} : { hours }),
      ...(mooc === undefined ? {} : { mooc }),
    };
    return [{ provider, code, credits, creditSystem, ...stated }];
  });
}
