import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Course, type CourseDetails } from './course.js';
import { type CoursePlan, detailsOf, planCourses, type RecordedCourses } from './course-import.js';

const row = (fields: Partial<CourseDetails> = {}): CourseDetails => ({
  provider: 'thu',
  code: 'POV 101',
  titles: { en: 'Poverty Eradication' },
  credits: 2,
  creditSystem: 'ects',
  languages: [],
  learningOutcomes: [],
  assessment: { proctored: false, identityVerified: false },
  delivery: 'mooc',
  repeatable: false,
  validity: { from: '2020-01-01' },
  ...fields,
});

const recorded = (details: CourseDetails, id = 'c'): Course => ({ ...details, id, version: 1, modifiedAt: '2026-01-01T00:00:00.000Z' });
const nothing: RecordedCourses = { editions: [], referenced: new Set(), dangling: [] };

const plan = (rows: readonly CourseDetails[], known: Partial<RecordedCourses> = {}): CoursePlan =>
  planCourses(
    rows,
    { ...nothing, ...known },
    rows.map((_row, index) => `new-${String(index)}`),
  );

const kindsOf = ({ outcomes }: CoursePlan): string[] => outcomes.map(({ kind }) => kind);

/** What is recorded after a plan has been carried out. */
const after = (known: readonly Course[], { created, changed }: CoursePlan): Course[] => {
  const replaced = new Map(changed.map(({ id, details }) => [id, details]));
  return [
    ...known.map((course) => recorded(replaced.get(course.id) ?? detailsOf(course), course.id)),
    ...created.map(({ id, details }) => recorded(details, id)),
  ];
};

describe('an import of courses', () => {
  it('creates, changes and leaves alone', () => {
    const editions = [recorded(row())];
    expect(kindsOf(plan([row()], { editions }))).toEqual(['unchanged']);
    expect(plan([row({ credits: 3 })], { editions })).toMatchObject({
      outcomes: [{ kind: 'changed', id: 'c' }],
      changed: [{ id: 'c' }],
      created: [],
    });
    expect(plan([row({ code: 'POV 102' })], { editions })).toMatchObject({ outcomes: [{ kind: 'created', id: 'new-0' }], changed: [] });
  });

  it('takes two rows that say the same as one, and refuses the second of two that differ', () => {
    expect(kindsOf(plan([row(), row({ code: 'pov101' }), row()]))).toEqual(['created', 'refused', 'unchanged']);
    expect(kindsOf(plan([row(), row({ credits: 3 })], { editions: [recorded(row())] }))).toEqual(['unchanged', 'refused']);
  });

  it('lets an edition that now ends make room for the next one', () => {
    const rows = [row({ validity: { from: '2022-01-01' } }), row({ validity: { from: '2020-01-01', until: '2021-12-31' } })];
    expect(kindsOf(plan(rows, { editions: [recorded(row())] }))).toEqual(['created', 'changed']);
  });

  it('refuses an overlap, with what is recorded and within the file', () => {
    const editions = [recorded(row())];
    expect(kindsOf(plan([row({ validity: { from: '2021-01-01' } })], { editions }))).toEqual(['refused']);
    expect(kindsOf(plan([row({ validity: {} }), row({ validity: { from: '2021-01-01' } })]))).toEqual(['created', 'refused']);
  });

  it('refuses to change what something refers to', () => {
    const known = { editions: [recorded(row())], referenced: new Set(['c']) };
    expect(kindsOf(plan([row()], known))).toEqual(['unchanged']);
    expect(kindsOf(plan([row({ credits: 3 })], known))).toEqual(['refused']);
  });

  it('refuses rows with faults, and rows that name what does not exist', () => {
    const errors = [{ pointer: '/provider', detail: 'is not a known institution' }];
    expect(plan([row(), row({ credits: -1 })], { dangling: [errors] }).outcomes).toMatchObject([
      { kind: 'refused', errors },
      { kind: 'refused', errors: [{ pointer: '/credits' }] },
    ]);
  });

  it('changes nothing the second time, and never lets editions overlap, whatever the file says', () => {
    const days = ['2020-01-01', '2020-07-01', '2021-01-01', '2021-07-01', '2022-01-01'];
    const day = fc.constantFrom(...days);
    const period = fc.record({ from: day, until: day }, { requiredKeys: [] });
    const rows = fc.array(fc.record({ validity: period, credits: fc.constantFrom(1, 2), code: fc.constantFrom('A 1', 'a1', 'B 1') }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(rows, rows, (earlier, later) => {
        const editions = after([], plan(earlier.map(row)));
        const file = later.map(row);
        const first = plan(file, { editions });
        const known = after(editions, first);
        const second = plan(file, { editions: known });
        expect(second.created).toEqual([]);
        expect(second.changed).toEqual([]);
        expect(kindsOf(second)).not.toContain('created');
        expect(plan(known.map(detailsOf))).toMatchObject({ created: { length: known.length } });
      }),
    );
  });
});
