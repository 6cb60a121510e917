import { describe, expect, it } from '@jest/globals';
import { isIscedField } from './isced.js';

describe('a field of ISCED-F 2013', () => {
  it.each([
    '00',
    '03',
    '10',
    '99',
    '031',
    '030',
    '038',
    '039',
    '999',
    '0311',
    '0310',
    '0319',
    '0300',
    '0388',
    '0399',
    '0917',
    '1041',
    '9999',
  ])('is %s', (code) => {
    expect(isIscedField(code)).toBe(true);
  });

  it.each(['', '0', '11', '55', '033', '0333', '0317', '0389', '0330', '03111', '3.1', 'art', '０３１１'])('is not %s', (code) => {
    expect(isIscedField(code)).toBe(false);
  });
});
