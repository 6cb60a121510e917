import { describe, expect, it } from '@jest/globals';
import { readUoPeopleTable } from './index.js';

const window = { start_date: '2021-05-14', end_date: '' };
const credential = {
  code: '',
  institution: 'Harbour Learning',
  name: ' Algebra ',
  url: 'https://example.org/a',
  ace_valid_dates: [window],
};
const course = { name: 'College Algebra', credits: 3, transferable_credits: [credential] };

describe('the UoPeople table', () => {
  it('is read course by course; a blank date leaves its end open', () => {
    expect(readUoPeopleTable(JSON.stringify({ 'MATH 1201': course, 'BIOL 1': { name: 'Biology', transferable_credits: [] } }))).toEqual({
      ok: true,
      value: {
        courses: [
          {
            pointer: '/MATH 1201',
            code: 'MATH 1201',
            name: 'College Algebra',
            credits: 3,
            credentials: [
              {
                pointer: '/MATH 1201/transferable_credits/0',
                code: '',
                institution: 'Harbour Learning',
                name: 'Algebra',
                url: 'https://example.org/a',
                windows: [{ pointer: '/MATH 1201/transferable_credits/0/ace_valid_dates/0', period: { from: '2021-05-14' } }],
              },
            ],
          },
          { pointer: '/BIOL 1', code: 'BIOL 1', name: 'Biology', credentials: [] },
        ],
      },
    });
  });

  it('with parts of another shape is refused with every error', () => {
    const windows = [{ start_date: '2021-02-30', end_date: '2020-01-01' }, { start_date: '2021-05-14', end_date: '2021-05-13' }, null];
    const { url: _url, ...broken } = { ...credential, ace_valid_dates: windows };
    const file = JSON.stringify({ A: { ...course, credits: 1.2345, transferable_credits: [broken] }, B: 7 });
    const reading = readUoPeopleTable(file);
    expect(reading.ok ? [] : reading.errors.map(({ pointer }) => pointer)).toEqual([
      '/A/credits',
      '/A/transferable_credits/0/ace_valid_dates/0/start_date',
      '/A/transferable_credits/0/ace_valid_dates/0/end_date',
      '/A/transferable_credits/0/ace_valid_dates/1/end_date',
      '/A/transferable_credits/0/ace_valid_dates/2',
      '/B',
    ]);
  });

  it('that is no JSON is refused', () => {
    expect(readUoPeopleTable('code,name')).toMatchObject({ ok: false, errors: [{ pointer: '' }] });
  });
});
