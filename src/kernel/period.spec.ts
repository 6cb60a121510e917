import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contains, dateBefore, durationPattern, isCalendarDate, isEmptyPeriod, overlaps, type Period } from './period.js';

describe('dates', () => {
  it.each([
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2023-02-29', false],
    ['2024-04-31', false],
    ['2024-12-31', true],
    ['2024-00-01', false],
    ['2024-13-01', false],
    ['2024-01-00', false],
    ['0000-01-01', false],
    ['0001-01-01', true],
    ['2024-1-1', false],
    ['2024-01-01T00:00', false],
    ['', false],
  ])('%j exists: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });
});

describe('periods, inclusive at both ends, open where an end is missing', () => {
  it.each<[Period, string, boolean]>([
    [{}, '1999-01-01', true],
    [{ from: '2024-01-01' }, '2024-01-01', true],
    [{ from: '2024-01-01' }, '2023-12-31', false],
    [{ until: '2024-01-01' }, '2024-01-01', true],
    [{ until: '2024-01-01' }, '2024-01-02', false],
    [{ from: '2024-01-01', until: '2024-01-01' }, '2024-01-01', true],
  ])('%j contains %s: %s', (period, date, expected) => {
    expect(contains(period, date)).toBe(expected);
  });

  it.each<[Period, boolean]>([
    [{}, false],
    [{ from: '2024-01-02' }, false],
    [{ from: '2024-01-01', until: '2024-01-01' }, false],
    [{ from: '2024-01-02', until: '2024-01-01' }, true],
  ])('%j has no day: %s', (period, expected) => {
    expect(isEmptyPeriod(period)).toBe(expected);
  });

  it.each<[Period, Period, boolean]>([
    [{}, {}, true],
    [{ until: '2024-01-01' }, { from: '2024-01-01' }, true],
    [{ until: '2024-01-01' }, { from: '2024-01-02' }, false],
    [{ from: '2024-01-01', until: '2024-12-31' }, { from: '2024-06-01', until: '2024-06-30' }, true],
    [{ from: '2024-01-01', until: '2024-02-01' }, { from: '2024-03-01' }, false],
  ])('%j and %j overlap: %s', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });
});

describe('the date a duration before another', () => {
  it.each([
    ['2026-03-01', 'P5Y', '2021-03-01'],
    ['2024-02-29', 'P1Y', '2023-02-28'],
    ['2024-03-31', 'P1M', '2024-02-29'],
    ['2026-03-01', 'P18M', '2024-09-01'],
    ['2026-01-15', 'P13M', '2024-12-15'],
    ['2026-03-01', 'P2W', '2026-02-15'],
    ['2026-03-01', 'P1D', '2026-02-28'],
    ['2024-03-01', 'P1D', '2024-02-29'],
    ['2024-01-01', 'P1D', '2023-12-31'],
    ['2026-03-31', 'P1M1D', '2026-02-27'], // first the month, then the day
    ['2026-03-01', 'P1Y1M1W1D', '2025-01-24'], // 2025-02-01 less 8 days
    ['2026-03-01', 'P9999Y', '0001-01-01'],
    ['0001-03-01', 'P90D', '0001-01-01'],
    ['0120-03-01', 'P20Y', '0100-03-01'],
  ])('%s less %s is %s', (date, duration, expected) => {
    expect(dateBefore(date, duration)).toBe(expected);
  });

  it.each(['', 'P', '5Y', 'PT1H', 'P1.5Y', 'P-1Y'])('%j is no duration', (duration) => {
    expect(durationPattern.test(duration)).toBe(false);
    expect(() => dateBefore('2026-03-01', duration)).toThrow(RangeError);
  });

  it('days and weeks count like a calendar of the system', () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        fc.nat(5000),
        (date, days) => {
          const text = (at: number): string => new Date(at).toISOString().slice(0, 10);
          expect(dateBefore(text(date.getTime()), `P${String(days)}D`)).toBe(text(date.getTime() - days * day));
        },
      ),
    );
  });
});
