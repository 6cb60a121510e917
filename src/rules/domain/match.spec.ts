import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileSelector, selectorMatches } from './compile.js';
import { patternPrefix, selectable, selects, SelectorIndex, type CourseFacts } from './match.js';
import type { Selector } from './rule.js';

const physics: CourseFacts = { provider: 'tsinghua', platform: 'xuetangx', code: 'PHYS 128A', isced: '0533', eqfLevel: 6 };

describe('a selector matches', () => {
  const cases: readonly [sentence: string, select: Selector, matches: boolean][] = [
    ['code: without regard to case and spacing', { kind: 'code', code: 'phys128a' }, true],
    ['code: the whole of it', { kind: 'code', code: 'PHYS 128' }, false],
    ['provider, where given, equals the course’s', { kind: 'code', code: 'PHYS 128A', provider: 'tsinghua' }, true],
    ['another provider does not', { kind: 'code', code: 'PHYS 128A', provider: 'xuetangx' }, false],
    ['platform, where given, equals the course’s', { kind: 'code', code: 'PHYS 128A', platform: 'xuetangx' }, true],
    ['another platform does not', { kind: 'code', code: 'PHYS 128A', platform: 'edx' }, false],
    ['pattern: # is a digit, * the rest', { kind: 'pattern', pattern: 'PHYS 1##*' }, true],
    ['pattern: matches its whole code', { kind: 'pattern', pattern: 'PHYS 1##' }, false],
    ['pattern: without a wildcard is a code', { kind: 'pattern', pattern: 'PHYS 128A' }, true],
    ['subject equals the code’s subject', { kind: 'subject', subject: 'phys' }, true],
    ['subject: not its beginning', { kind: 'subject', subject: 'PHY' }, false],
    ['level equals the code’s level', { kind: 'subject', subject: 'PHYS', level: 100 }, true],
    ['another level does not', { kind: 'subject', subject: 'PHYS', level: 200 }, false],
    ['field: its ISCED code begins with isced', { kind: 'field', isced: '053' }, true],
    ['field: another ISCED code', { kind: 'field', isced: '054' }, false],
    ['field: EQF level at least minimumEqf', { kind: 'field', isced: '05', minimumEqf: 6 }, true],
    ['field: EQF level below', { kind: 'field', isced: '05', minimumEqf: 7 }, false],
  ];

  it.each(cases)('%s', (_, select, matches) => {
    expect(selectorMatches(select, physics)).toBe(matches);
    expect(selectorMatches(select, physics)).toBe(matches); // remembered
  });

  it('a field only where the course states its field, and its EQF level if one is demanded', () => {
    const bare: CourseFacts = { code: 'PHYS 128A' };
    expect(selectorMatches({ kind: 'field', isced: '0' }, bare)).toBe(false);
    expect(selectorMatches({ kind: 'field', isced: '0' }, { ...bare, isced: '0533' })).toBe(true);
    expect(selectorMatches({ kind: 'field', isced: '0', minimumEqf: 5 }, { ...bare, isced: '0533' })).toBe(false);
  });
});

describe('patternPrefix', () => {
  it('is what a code must begin with', () => {
    expect(['CMPT 1##', 'cmpt*', '*', '###', 'CMPT 128'].map(patternPrefix)).toEqual(['CMPT1', 'CMPT', '', '', 'CMPT128']);
  });
});

describe('SelectorIndex', () => {
  const codes = ['MA 101', 'MA 1', 'ma101', 'PH 202B', '数据结构', 'MA'];
  const selectors: fc.Arbitrary<Selector> = fc.oneof(
    fc.record({ kind: fc.constant('code' as const), code: fc.constantFrom(...codes) }),
    fc.record({ kind: fc.constant('pattern' as const), pattern: fc.constantFrom('MA 1##', 'MA*', '*', 'P# 2', '*101', '数据结构*') }),
    fc.record({ kind: fc.constant('subject' as const), subject: fc.constantFrom('ma', 'PH') }),
    fc.record({ kind: fc.constant('subject' as const), subject: fc.constantFrom('MA', 'PH'), level: fc.constantFrom(1, 100, 200) }),
    fc.record({ kind: fc.constant('field' as const), isced: fc.constantFrom('0', '05', '0533', '') }),
    fc.record({ kind: fc.constant('code' as const), code: fc.constantFrom(...codes), provider: fc.constantFrom('A', 'B') }),
  );
  const courses: fc.Arbitrary<CourseFacts> = fc
    .record({ code: fc.constantFrom(...codes), provider: fc.constantFrom('A', 'B'), isced: fc.constantFrom(undefined, '0533', '06') })
    .map(({ isced, ...rest }) => ({ ...rest, ...(isced !== undefined && { isced }) }));

  it('finds what trying every selector finds', () => {
    fc.assert(
      fc.property(fc.array(selectors), courses, (list, course) => {
        const index = new SelectorIndex<number>();
        const compiled = list.map(compileSelector);
        for (const [position, selector] of compiled.entries()) index.add(selector, position);
        const found: number[] = [];
        index.forEachMatch(selectable(course), (position) => found.push(position));
        expect(found.sort((a, b) => a - b)).toEqual(
          [...compiled.keys()].filter((position) => list[position] !== undefined && selectorMatches(list[position], course)),
        );
      }),
    );
  });

  it('and `selects` agrees', () => {
    expect(selects(compileSelector({ kind: 'code', code: 'ma 101' }), selectable({ code: 'MA101' }))).toBe(true);
  });
});
