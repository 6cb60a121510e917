import { describe, expect, it } from '@jest/globals';
import { assistAnswer, assistFile } from '../../../../test/support/assist-file.js';
import { exceptionsOf, imported, importFile, section } from '../../../../test/support/assist-import.js';
import { editionOf } from '../index.js';

describe('the courses of an ASSIST agreement', () => {
  it('are editions with the units of their institution’s terms, valid from their first term to their last', () => {
    const rows = [
      {
        receiving: { code: 'PSYC 60', title: 'Statistics', begin: 'F1999' },
        articulation: { groups: [{ courses: [{ code: 'MATH 54', units: 4, begin: 'S2010', end: 'F2025' }] }] },
      },
      { receiving: { code: 'VIS 22', begin: 'W2022', end: 'Su2023' } },
      { receiving: { code: 'VIS 23', begin: '' } },
    ];
    const { courses, exceptions } = imported({ sections: [section(...rows)] });
    expect(courses).toEqual([
      {
        provider: 'ucsd',
        code: 'PSYC 60',
        titles: { en: 'Statistics' },
        credits: 4,
        creditSystem: 'us-quarter',
        validity: { from: '1999-08-01' },
      },
      expect.objectContaining({ code: 'VIS 22', validity: { from: '2022-01-01', until: '2023-09-15' } }),
      expect.objectContaining({ code: 'VIS 23', validity: {} }),
      expect.objectContaining({
        provider: 'smc',
        code: 'MATH 54',
        creditSystem: 'us-semester',
        validity: { from: '2010-01-01', until: '2025-12-31' },
      }),
    ]);
    expect(exceptions).toEqual([]);
  });

  it('are taken once; a range of units and a contradiction are listed', () => {
    const rows = [
      { receiving: { code: 'TDPR 6', units: 4, maxUnits: 6 } },
      { receiving: { code: 'X 1' } },
      { receiving: { code: 'X 1', units: 5 } },
    ];
    const result = imported({ sections: [section(...rows)] });
    expect(result.courses.map(({ code, credits }) => [code, credits])).toEqual([
      ['TDPR 6', 4],
      ['X 1', 4],
    ]);
    expect(exceptionsOf(result)).toEqual([
      { code: 'creditRange', pointer: '/result/templateAssets/0/sections/0/rows/0/cells/0/course' },
      { code: 'contradiction', pointer: '/result/templateAssets/0/sections/0/rows/2/cells/0/course' },
    ]);
  });

  it('become entries of the catalogue where their credits are known', () => {
    const [course] = imported({ sections: [section({ receiving: { code: 'VIS 23' } })] }).courses;
    if (course === undefined) throw new Error('no course');
    expect(editionOf(course, 'onCampus')).toMatchObject({
      code: 'VIS 23',
      credits: 4,
      delivery: 'onCampus',
      languages: [],
      repeatable: false,
    });
    expect(editionOf({ provider: 'p', code: 'c', titles: { en: 't' }, validity: {} }, 'mooc')).toBeUndefined();
    expect(editionOf({ provider: 'p', code: 'c', titles: { en: 't' }, validity: {}, credits: 1 }, 'mooc')).toBeUndefined();
  });

  it('come with the former names of their institutions as exceptions', () => {
    const answer = assistAnswer([]);
    const names = [
      { name: 'Old College', fromYear: 0 },
      { name: 'New College', fromYear: 1999 },
    ];
    const file = assistFile({
      ...answer,
      result: { ...answer.result, sendingInstitution: { ...answer.result.sendingInstitution, names } },
    });
    expect(exceptionsOf(importFile(file))).toEqual([{ code: 'simplified', pointer: '/result/sendingInstitution/names' }]);
  });
});
