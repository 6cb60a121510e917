import { describe, expect, it } from '@jest/globals';
import { clash, type Course, type CourseDetails, editionOn, faultsOfCourse, titled } from './course.js';
import { faultsOfOffering } from './offering.js';

const details: CourseDetails = {
  provider: 'thu',
  platform: 'xuetangx',
  code: 'POV 101',
  titles: { en: 'China’s Poverty Eradication', zh: '中国消除贫困之路' },
  credits: 2,
  creditSystem: 'china-credit',
  workloadHours: 64,
  weeks: 8,
  eqfLevel: 6,
  isced: '0311',
  languages: ['zh'],
  learningOutcomes: [{ en: 'Explains how poverty was measured.' }],
  assessment: { proctored: true, identityVerified: true },
  delivery: 'mooc',
  repeatable: false,
  validity: { from: '2020-01-01', until: '2020-12-31' },
};

describe('a course', () => {
  it('is recorded when every field is what it should be', () => {
    expect(faultsOfCourse(details)).toEqual([]);
  });

  it('is told every fault at once', () => {
    const faults = faultsOfCourse({
      ...details,
      platform: 'thu',
      code: ' ',
      titles: {},
      credits: -1,
      workloadHours: 0.0001,
      weeks: -1,
      isced: '0317',
      learningOutcomes: [{ en: 'fine' }, { en: ' ' }],
      validity: { from: '2020-12-31', until: '2020-01-01' },
    });
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
      '/code',
      '/credits',
      '/isced',
      '/learningOutcomes/1/en',
      '/platform',
      '/titles',
      '/validity/until',
      '/weeks',
      '/workloadHours',
    ]);
  });

  it('clashes with another edition of its code on a common day', () => {
    expect(clash(details, { ...details, code: 'pov101', validity: { from: '2020-12-31' } })).toBe(true);
    expect(clash(details, { ...details, validity: { from: '2021-01-01' } })).toBe(false);
    expect(clash(details, { ...details, code: 'POV 102' })).toBe(false);
    expect(clash(details, { ...details, provider: 'pku' })).toBe(false);
  });

  it('has one edition on a day', () => {
    const next = { ...details, validity: { from: '2021-01-01' } };
    expect(editionOn([details, next], '2020-12-31')).toBe(details);
    expect(editionOn([details, next], '2021-01-01')).toBe(next);
    expect(editionOn([details], '2021-01-01')).toBeUndefined();
  });

  it('is titled for its reader, its institutions named', () => {
    const course: Course = { ...details, id: 'c', version: 1, modifiedAt: '2026-01-01T00:00:00.000Z' };
    const names = new Map([
      ['thu', '清华大学'],
      ['xuetangx', '学堂在线'],
    ]);
    expect(titled(course, names, ['zh'])).toMatchObject({ title: '中国消除贫困之路', providerName: '清华大学', platformName: '学堂在线' });
    const { platform: _platform, ...own } = course;
    expect(titled(own, names, [])).toMatchObject({ title: 'China’s Poverty Eradication' });
    expect(titled(own, new Map(), [])).toMatchObject({ providerName: '' });
  });
});

describe('an offering', () => {
  const offering = { course: 'c', period: { from: '2020-09-01', until: '2021-01-15' }, hosts: ['thu'], language: 'en' };

  it('begins while its edition is valid, and may end later', () => {
    expect(faultsOfOffering(offering, details)).toEqual([]);
    const late = { ...offering, period: { from: '2021-01-01', until: '2020-12-31' } };
    expect(faultsOfOffering(late, details).map(({ pointer }) => pointer)).toEqual(['/period/until', '/period/from']);
  });
});
