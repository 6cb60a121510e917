import { describe, expect, it } from '@jest/globals';
import { all, any, code, credit, course, elective, exampleAgreements, rule } from '../../../test/support/example-rules.js';
import { compileRule, compileSource, selectorLabel, selectorRank } from './compile.js';
import { compareExactness, exactnessOf } from './exactness.js';
import type { Selector, Source } from './rule.js';

const award = credit(course('X 1', 3));

describe('compileRule', () => {
  it('numbers the course sources in reading order, with what they demand', () => {
    const { leaves, root } = compileSource(
      all(code('A 1', { minimumCredits: 1.5 }), any(code('B 2'), code('a1', { minimumGrade: { scale: 's', value: 'C' } }))),
    );
    expect(
      leaves.map(({ leaf, selector, minimumCredits, minimumGrade }) => ({ leaf, label: selector.label, minimumCredits, minimumGrade })),
    ).toEqual([
      { leaf: 0, label: 'A 1', minimumCredits: 1500, minimumGrade: undefined },
      { leaf: 1, label: 'B 2', minimumCredits: 0, minimumGrade: undefined },
      { leaf: 2, label: 'a1', minimumCredits: 0, minimumGrade: { scale: 's', value: 'C' } },
    ]);
    expect(root).toMatchObject({ kind: 'all', single: false, of: [{ single: true }, { kind: 'any', single: true }] });
  });

  it('reads an absent demand of an atLeast as none', () => {
    expect(compileSource({ kind: 'atLeast', courses: 2, of: [code('A')] }).root).toMatchObject({ courses: 2, credits: 0, single: false });
    expect(compileSource({ kind: 'atLeast', credits: 4.5, of: [code('A')] }).root).toMatchObject({ courses: 0, credits: 4500 });
  });

  it('knows which codes are named twice, without regard to case and spacing', () => {
    const named = (...codes: string[]): readonly string[] => [
      ...compileRule(rule('r', all(...codes.map((text) => code(text))), award)).codesNamedTwice,
    ];
    expect(named('MUSC 1170', 'musc1170', 'MUSC 1')).toEqual(['MUSC1170']);
    expect(named('MUSC 1170', 'MUSC 1171')).toEqual([]);
    expect(named('MUSC 1170')).toEqual([]);
    const pattern: Source = { kind: 'course', select: { kind: 'pattern', pattern: 'MUSC 1170' } };
    expect(compileRule(rule('r', all(code('MUSC 1170'), pattern), award)).codesNamedTwice.size).toBe(0);
  });

  it('compiles the conditions', () => {
    const { only, except, alsoHolds, doesNotHold } = compileRule(
      rule('r', code('A'), award, {
        conditions: { programmes: { only: ['P'], except: ['Q'] }, alsoHolds: code('B'), doesNotHold: all(code('C'), code('D')) },
      }),
    );
    expect([only, except]).toEqual([new Set(['P']), new Set(['Q'])]);
    expect([alsoHolds?.leaves.length, doesNotHold?.leaves.length]).toEqual([1, 2]);
    const bare = compileRule(rule('r', code('A'), award));
    expect(Object.keys(bare).sort()).toEqual(['codesNamedTwice', 'rule', 'source']);
  });

  it('compiles every example', () => {
    const rules = Object.values(exampleAgreements).flatMap((terms) => terms.rules);
    expect(rules.map(compileRule).map(({ rule: { id } }) => id)).toEqual(rules.map(({ id }) => id));
    expect(elective('MATH', 100, 'MATH 1st', 3).target.kind).toBe('elective');
  });
});

describe('exactness', () => {
  const pattern = (text: string): Selector => ({ kind: 'pattern', pattern: text });
  /** From the most exact to the least. */
  const ladder: readonly (readonly [label: string, select: Selector])[] = [
    ['CMPT 128', { kind: 'code', code: 'CMPT 128' }],
    ['CMPT 12#', pattern('CMPT 12#')], // 6 literal characters
    ['CMPT 1##', pattern('CMPT 1##')], // 5
    ['*', pattern('*')],
    ['CMPT 100', { kind: 'subject', subject: 'CMPT', level: 100 }],
    ['CMPT', { kind: 'subject', subject: 'CMPT' }],
    ['ISCED 061 EQF 6', { kind: 'field', isced: '061', minimumEqf: 6 }],
  ];

  it('code before pattern (more literal characters first) before subject with level before subject before field', () => {
    const ranks = ladder.map(([, select]) => selectorRank(select));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(ladder.length);
    expect(selectorRank(pattern('AB*'))).toBe(selectorRank(pattern('#CD')));
  });

  it('selectors read as people write them', () => {
    expect(ladder.map(([, select]) => selectorLabel(select))).toEqual(ladder.map(([label]) => label));
    expect(selectorLabel({ kind: 'field', isced: '061' })).toBe('ISCED 061');
  });

  it('is compared lexicographically, least exact first', () => {
    expect(compareExactness(exactnessOf([0, 9]), exactnessOf([9, 0]))).toBe(0);
    expect(compareExactness(exactnessOf([0, 9]), exactnessOf([8, 8]))).toBeGreaterThan(0); // 9, 0 against 8, 8
    expect(compareExactness(exactnessOf([9, 0]), exactnessOf([1, 9]))).toBeLessThan(0);
    expect(compareExactness([], [])).toBe(0);
  });

  it('on sets of different size there is no order', () => {
    expect(() => compareExactness([1], [1, 2])).toThrow(RangeError);
  });
});
