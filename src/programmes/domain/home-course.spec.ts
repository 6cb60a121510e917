import { describe, expect, it } from '@jest/globals';
import type { GradingScale } from '../../kernel/index.js';
import { faultsOfHomeCourse, type HomeCourseDetails } from './home-course.js';

const letters: GradingScale = {
  id: 'letters',
  name: 'Letter grades',
  grades: [{ value: 'F' }, { value: 'C' }],
  passMark: 'C',
  source: 'made for this test',
};

const course: HomeCourseDetails = {
  enrolment: 'e',
  code: 'MATH 101',
  attempt: 1,
  credits: 6000,
  status: 'done',
  passFail: false,
  attributes: [],
};
const graded: HomeCourseDetails = { ...course, grade: { scale: 'letters', value: 'C' } };

describe('a course of a home record', () => {
  it('may have a grade of a scale that exists', () => {
    expect(faultsOfHomeCourse(course, undefined)).toEqual([]);
    expect(faultsOfHomeCourse(graded, letters)).toEqual([]);
  });

  it.each<[string, HomeCourseDetails, GradingScale | undefined]>([
    ['/grade', { ...graded, passFail: true }, letters],
    ['/grade/scale', graded, undefined],
    ['/grade/value', { ...graded, grade: { scale: 'letters', value: 'B' } }, letters],
  ])('is refused at %s where the grade cannot be', (pointer, details, scale) => {
    expect(faultsOfHomeCourse(details, scale).map((fault) => fault.pointer)).toEqual([pointer]);
  });
});
