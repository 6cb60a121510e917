import { describe, expect, it } from '@jest/globals';
import { FieldChecks } from '../../kernel/index.js';
import { InlineCourses, offeredCourses } from './inline-courses.js';
import type { InlineCourse } from './request.js';
import { requestLimits } from './request-schema.js';

const edition = (credits: number, validity?: InlineCourse['validity'], rest: Partial<InlineCourse> = {}): InlineCourse => ({
  provider: 'A',
  code: 'MA 1',
  credits,
  ...(validity === undefined ? {} : { validity }),
  ...rest,
});
const of = (...courses: InlineCourse[]) => new InlineCourses(courses, new FieldChecks());
const completed = (completedOn?: string, code = 'ma1') => ({
  id: 'c',
  provider: 'A',
  code,
  ...(completedOn === undefined ? {} : { completedOn }),
});

function faultsOf(...courses: InlineCourse[]): readonly string[] {
  const checks = new FieldChecks();
  new InlineCourses(courses, checks);
  return checks.errors.map(({ pointer }) => pointer);
}

describe('course editions of a request', () => {
  const [older, newer] = [edition(3, { until: '2023-12-31' }), edition(4, { from: '2024-01-01' })];

  it('are found by the day of completion; without a day only where there is one edition', () => {
    const two = of(newer, older);
    expect(two.editionFor(completed('2023-12-31'))).toBe(older);
    expect(two.editionFor(completed('2024-01-01'))).toBe(newer);
    expect(two.editionFor(completed())).toBeUndefined();
    expect(two.editionFor(completed('2024-01-01', 'MA 2'))).toBeUndefined();
    const always = edition(5);
    expect(of(always).editionFor(completed())).toBe(always);
    expect(of(always).editionFor(completed('1900-01-01'))).toBe(always);
  });

  it('never overlap', () => {
    expect(faultsOf(older, newer, edition(3, undefined, { provider: 'B' }))).toEqual([]);
    expect(faultsOf(edition(3), edition(4))).toEqual(['/courses/1/validity']);
    expect(faultsOf(older, edition(4), newer)).toEqual(['/courses/1/validity', '/courses/2/validity']);
  });

  it('are known by code whoever teaches them, and where they run', () => {
    const courses = of(older, edition(3, undefined, { provider: 'B', platform: 'P', code: 'ma 1' }));
    expect(courses.editionsOf('MA1')).toEqual([
      { id: '0', provider: 'A', validity: { until: '2023-12-31' } },
      { id: '1', provider: 'B', platform: 'P', validity: {} },
    ]);
    expect(courses.editionsOf('MA 2')).toEqual([]);
  });

  it('of one institution are told by the latest, whatever the order', () => {
    const middle = edition(9, { from: '2010-01-01', until: '2010-12-31' }, { code: 'MA 2' });
    const last = edition(8, { from: '2011-01-01' }, { code: 'MA 2' });
    for (const courses of [of(older, newer, middle, last), of(last, newer, older, middle)]) {
      expect(courses.taughtBy('A')).toEqual(
        new Map([
          ['MA1', newer],
          ['MA2', last],
        ]),
      );
    }
    expect(of(older).taughtBy('B').size).toBe(0);
  });
});

it('more editions of one course than may be are told', () => {
  const many = Array.from({ length: requestLimits.editions + 1 }, (_, index) => {
    const year = String(1000 + index);
    return edition(3, { from: `${year}-01-01`, until: `${year}-12-31` });
  });
  expect(faultsOf(...many)).toEqual([`/courses/${String(requestLimits.editions)}/validity`]);
});

describe('courses that could be taken', () => {
  const offered = (courses: readonly InlineCourse[]) =>
    offeredCourses({ courses, institutions: [{ id: 'A', creditSystem: 'ects' }, { id: 'B' }] }, '2025-03-10');

  it('are the editions of the day, in the system of the edition or of its provider', () => {
    expect(offered([edition(3, { until: '2024-12-31' }), edition(4, { from: '2025-01-01' })])).toEqual([
      { provider: 'A', code: 'MA 1', credits: 4, creditSystem: 'ects' },
    ]);
    expect(offered([edition(3, undefined, { provider: 'B', creditSystem: 'uk-cats' }), edition(3, undefined, { provider: 'B' })])).toEqual([
      { provider: 'B', code: 'MA 1', credits: 3, creditSystem: 'uk-cats' },
    ]);
    expect(offeredCourses({ institutions: [] }, '2025-03-10')).toEqual([]);
  });

  it('are told with title, hours, and whether they are open online courses, where that is stated', () => {
    const stated = { hours: 90, mooc: true };
    expect(offered([edition(3, undefined, { titles: { en: 'Algebra' }, ...stated })])).toMatchObject([
      { title: { en: 'Algebra' }, ...stated },
    ]);
  });
});
