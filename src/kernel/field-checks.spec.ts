import { describe, expect, it } from '@jest/globals';
import { FieldChecks } from './field-checks.js';

/** Where the checks find something wrong. */
function pointers(check: (checks: FieldChecks) => void): readonly string[] {
  const checks = new FieldChecks();
  check(checks);
  return checks.errors.map(({ pointer }) => pointer);
}

const faulty = (check: (checks: FieldChecks) => void): boolean => pointers(check).length > 0;

describe('FieldChecks', () => {
  it.each<[number | undefined, boolean]>([
    [undefined, false],
    [0, false],
    [1.5, false],
    [3.333, false],
    [0.1 + 0.2, true],
    [3.3333, true],
    [-1, true],
    [100_001, true],
    [NaN, true],
    [Infinity, true],
  ])('credits %s', (credits, expected) => {
    expect(
      faulty((checks) => {
        checks.credits('/c', credits);
      }),
    ).toBe(expected);
  });

  it('credits that must be positive', () => {
    expect(
      faulty((checks) => {
        checks.credits('/c', 0, true);
      }),
    ).toBe(true);
    expect(
      faulty((checks) => {
        checks.credits('/c', 0.001, true);
      }),
    ).toBe(false);
  });

  it.each<[number | undefined, boolean]>([
    [undefined, false],
    [1, false],
    [0, true],
    [1.5, true],
    [-1, true],
    [2 ** 60, true],
  ])('a count of at least 1: %s', (count, expected) => {
    expect(
      faulty((checks) => {
        checks.count('/n', count, 1);
      }),
    ).toBe(expected);
  });

  it.each<[number | undefined, boolean]>([
    [undefined, false],
    [12.5, false],
    [10.0001, true],
    [101, true],
    [-1, true],
  ])('an amount up to 100: %s', (amount, expected) => {
    expect(
      faulty((checks) => {
        checks.amount('/n', amount, 100);
      }),
    ).toBe(expected);
  });

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['x', false],
    ['', true],
    [' \u3000', true],
  ])('a text: %j', (text, expected) => {
    expect(
      faulty((checks) => {
        checks.text('/t', text);
      }),
    ).toBe(expected);
    expect(
      faulty((checks) => {
        checks.code('/t', text);
      }),
    ).toBe(expected);
  });

  it('a text in several languages', () => {
    expect(
      pointers((checks) => {
        checks.localisedText('/t', undefined);
      }),
    ).toEqual([]);
    expect(
      pointers((checks) => {
        checks.localisedText('/t', { en: 'x', 'zh-Hans': '中' });
      }),
    ).toEqual([]);
    expect(
      pointers((checks) => {
        checks.localisedText('/t', {});
      }),
    ).toEqual(['/t']);
    expect(
      pointers((checks) => {
        checks.localisedText('/t', { english: 'x', fr: ' ' });
      }),
    ).toEqual(['/t', '/t/fr']);
  });

  it.each<[string | undefined, string | undefined, readonly string[]]>([
    [undefined, undefined, []],
    ['2024-02-29', undefined, []],
    [undefined, '2023-02-29', ['/p/until']],
    ['2023-13-01', '2024-00-10', ['/p/from', '/p/until']],
    ['2024-01-02', '2024-01-01', ['/p/until']],
    ['2024-01-01', '2024-01-01', []],
    ['0000-01-01', undefined, ['/p/from']],
  ])('a period from %s until %s', (from, until, expected) => {
    const period = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
    expect(
      pointers((checks) => {
        checks.period('/p', period);
      }),
    ).toEqual(expected);
  });

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['P5Y', false],
    ['P1Y2M3W4D', false],
    ['P0Y10M', false],
    ['P', true],
    ['5Y', true],
    ['P1.5Y', true],
    ['P0D', true],
    ['PT5H', true],
  ])('a duration: %s', (duration, expected) => {
    expect(
      faulty((checks) => {
        checks.duration('/d', duration);
      }),
    ).toBe(expected);
  });

  it.each<[number | undefined, boolean]>([
    [undefined, false],
    [0, false],
    [7, false],
    [100, false],
    [900_000, false],
    [150, true],
    [1_000_000, true],
    [-100, true],
    [1.5, true],
  ])('a level: %s', (level, expected) => {
    expect(
      faulty((checks) => {
        checks.level('/l', level);
      }),
    ).toBe(expected);
  });

  it('lists that must hold something, and nothing twice', () => {
    const at = (index: number): string => `/l/${String(index)}`;
    expect(
      faulty((checks) => {
        checks.nonEmpty('/l', []);
      }),
    ).toBe(true);
    expect(
      faulty((checks) => {
        checks.nonEmpty('/l', ['a']);
      }),
    ).toBe(false);
    expect(
      faulty((checks) => {
        checks.nonEmpty('/l', undefined);
      }),
    ).toBe(false);
    expect(
      pointers((checks) => {
        checks.unique(['a', 'b', 'a', 'a'], at, 'twice');
      }),
    ).toEqual(['/l/2', '/l/3']);
    expect(
      pointers((checks) => {
        checks.uniqueCodes(['CS 1', 'cs1'], at, 'twice');
      }),
    ).toEqual(['/l/1']);
  });
});
