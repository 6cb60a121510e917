import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Course, type CourseDetails, CoursesService, type DeliveryMode } from '../../courses/index.js';
import { editionKey } from '../../courses/domain/index.js';
import { canonicalJson, normaliseCode, overlaps } from '../../kernel/index.js';
import { editionOf, type ImportedCourse, type ListedException } from '../domain/index.js';
import type { Report } from '../report.js';

/** The credits of a receiving course in its institution's own credit system, where the catalogue knows them. */
export type CreditsOf = (institution: string, code: string) => number | undefined;

/**
 * The courses that a file of rules names. What is in the catalogue already stays as it is: the file knows less of a course than its own institution does,
 * and what agreements refer to no longer changes.
 */
@Injectable()
export class NamedCourses {
  constructor(private readonly courses: CoursesService) {}

  /** Records the editions for whose days the catalogue has none, and lists where it says something else than the file. */
  async record(manager: EntityManager, stated: readonly ImportedCourse[], delivery: DeliveryMode, report: Report): Promise<void> {
    const recorded = await this.courses.editionsOf(manager, stated);
    const missing: CourseDetails[] = [];
    for (const course of stated) {
      const key = editionKey(course);
      const meeting = recorded.filter((edition) => editionKey(edition) === key && overlaps(edition.validity, course.validity));
      const edition = meeting.length === 0 ? editionOf(course, delivery) : undefined;
      if (edition !== undefined) missing.push(edition);
      else if (meeting.length === 0) report.except([exception('incomplete', `${course.code} states no credits, so it is not recorded`)]);
      else {
        report.count('courses', 'unchanged');
        report.except(differences(course, meeting));
      }
    }
    const outcomes = await this.courses.import(manager, missing);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind !== 'refused') report.count('courses', outcome.kind);
      else {
        const code = missing[index]?.code ?? '';
        report.refusePart(
          'courses',
          outcome.errors.map(({ detail }) => ({ pointer: '', detail: `${code} ${detail}` })),
        );
      }
    }
  }

  /** What is known of the credits of courses, by the edition that begins last. */
  async creditsOf(
    manager: EntityManager,
    institution: { id: string; homeCreditSystem?: string },
    codes: readonly string[],
  ): Promise<CreditsOf> {
    const editions = await this.courses.editionsOf(
      manager,
      codes.map((code) => ({ provider: institution.id, code })),
    );
    const latest = new Map<string, Course>();
    for (const edition of editions) {
      const code = normaliseCode(edition.code);
      if ((edition.validity.from ?? '') >= (latest.get(code)?.validity.from ?? '')) latest.set(code, edition);
    }
    return (id, code) => {
      const edition = id === institution.id ? latest.get(normaliseCode(code)) : undefined;
      return edition?.creditSystem === institution.homeCreditSystem ? edition?.credits : undefined;
    };
  }
}

/** What the file says of a course and the catalogue does not. */
function differences(course: ImportedCourse, meeting: readonly Course[]): ListedException[] {
  const [edition] = meeting;
  if (edition === undefined) return [];
  const facts: [name: string, isSame: boolean][] = [
    ['title', course.titles['en'] === edition.titles['en']],
    ['credits', course.credits === edition.credits && course.creditSystem === edition.creditSystem],
    ['validity', canonicalJson(course.validity) === canonicalJson(edition.validity)],
  ];
  const different = facts.flatMap(([name, isSame]) => (isSame ? [] : [name]));
  if (different.length === 0) return [];
  const detail = `the catalogue has ${course.code} with another ${different.join(' and another ')}, which stays`;
  return [exception('contradiction', detail)];
}

/** About the file as a whole: where a course is named first is not known here. */
function exception(code: ListedException['code'], detail: string): ListedException {
  return { code, where: { pointer: '' }, detail };
}
