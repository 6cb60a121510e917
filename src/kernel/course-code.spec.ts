import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CodeParts, literalLength, normaliseCode, partsOfCode, patternToRegExp } from './course-code.js';

describe('course codes', () => {
  it.each([
    ['CS 20A', 'CS20A'],
    ['cs20a', 'CS20A'],
    ['CS\u3000 20\ta', 'CS20A'],
    ['ＣＳ２０Ａ', 'CS20A'],
    ['数据结构 1', '数据结构1'],
    ['', ''],
  ])('%j is %j in normal form', (code, normal) => {
    expect(normaliseCode(code)).toBe(normal);
  });

  it('are in normal form once they have been brought into it', () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        expect(normaliseCode(normaliseCode(code))).toBe(normaliseCode(code));
      }),
    );
  });

  it.each<[string, CodeParts]>([
    ['CMPT 128', { subject: 'CMPT', level: 100 }],
    ['COM ST 20A', { subject: 'COMST', level: 20 }],
    ['MATH 1273', { subject: 'MATH', level: 1000 }],
    ['MATH 7', { subject: 'MATH', level: 7 }],
    ['cmpt128', { subject: 'CMPT', level: 100 }],
    ['  PHYS  4AL ', { subject: 'PHYS', level: 4 }],
    ['ＣＳ　１０１', { subject: 'CS', level: 100 }],
    ['ART H120', { subject: 'ART', level: 100 }],
    ['30240184X', { subject: '', level: 300_000 }],
    ['CRWR', { subject: 'CRWR' }],
    ['THESIS A', { subject: 'THESIS' }],
    ['数据结构', { subject: '数据结构' }],
    ['', { subject: '' }],
  ])('%j says of itself %j', (code, parts) => {
    expect(partsOfCode(code)).toEqual(parts);
  });
});

describe('patterns over codes', () => {
  it.each([
    ['CMPT 1##', 'cmpt128', true],
    ['CMPT 1##', 'CMPT 1281', false],
    ['CMPT 1##', 'CMPT 12A', false],
    ['CMPT 1##*', 'CMPT 128W', true],
    ['CMPT*', 'CMPT', true],
    ['*', '', true],
    ['**A**', 'BAB', true],
    ['A.1', 'AX1', false],
    ['A.1', 'a.1', true],
    ['C++ (1)', 'c++(1)', true],
    ['A*1*12', 'A112', true],
    ['A*1*12', 'A12', false],
    ['*AB*AB*', 'ABXAB', true],
    ['*AB*AB*', 'ABA B', true],
    ['*AB*ABA', 'ABABA', true],
    ['*1#*#', 'X1111', true],
    ['*1#*#', 'X11', false],
    ['*A*1', 'A\u{1F600}1', true],
  ])('%j against %j: %s', (pattern, code, expected) => {
    expect(patternToRegExp(pattern).test(normaliseCode(code))).toBe(expected);
  });

  it('takes what an expression takes that tries every way', () => {
    const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
    fc.assert(
      fc.property(letters('AB1#*'), letters('AB12'), (pattern, code) => {
        const everyWay = new RegExp(`^${pattern.replaceAll('#', '[0-9]').replaceAll('*', '.*')}$`);
        expect(patternToRegExp(pattern).test(code)).toBe(everyWay.test(code));
      }),
    );
  });

  it('takes no longer for many wildcards than for one', () => {
    // Tried in every way, 50 wildcards in 100 characters would take longer than the universe has been there.
    const expression = patternToRegExp('*A'.repeat(50));
    expect(expression.test('A'.repeat(99) + 'B')).toBe(false);
    expect(expression.test('A'.repeat(100))).toBe(true);
  });

  it('a code without wildcards matches itself, whatever it is written with', () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        fc.pre(!/[#*]/.test(normaliseCode(code)));
        expect(patternToRegExp(code).test(normaliseCode(code))).toBe(true);
      }),
    );
  });

  it.each([
    ['CMPT 1##', 5],
    ['CMPT 12#', 6],
    ['C*', 1],
    ['*', 0],
  ])('%j has %d characters that stand for themselves', (pattern, length) => {
    expect(literalLength(pattern)).toBe(length);
  });
});
