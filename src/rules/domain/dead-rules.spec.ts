import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  all,
  any,
  code,
  course,
  credit,
  gradingScales,
  institutions,
  letterGrade,
  noCredit,
  rule,
} from '../../../test/support/example-rules.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import { findConflicts, type Conflict } from './conflicts.js';
import { anyMember, type CourseSource, type Rule, type Selector, type Source } from './rule.js';

const x = credit(course('X 1', 3));
const y = credit(course('Y 1', 3));
const pattern = (text: string): CourseSource => ({ kind: 'course', select: { kind: 'pattern', pattern: text } });
const selecting = (select: Selector): CourseSource => ({ kind: 'course', select });

function conflictsOf(rules: readonly Rule[], rest: Partial<AgreementTerms> = {}): readonly Conflict[] {
  const report = findConflicts(agreement(rules, rest), gradingScales);
  expect(report.complete).toBe(true);
  return report.conflicts;
}

describe('a rule that can never fire', () => {
  const dead = (only: Rule): readonly (readonly [string, string])[] =>
    conflictsOf([only, rule('other', code('Z 9'), y)]).map((conflict) => [
      conflict.kind === 'neverFires' ? conflict.because : conflict.kind,
      conflict.pointers.join(),
    ]);
  const never = code('A 1', { minimumGrade: letterGrade('A'), maximumGrade: letterGrade('C') });

  it.each<[string, Rule, readonly (readonly [string, string])[]]>([
    [
      'no day',
      rule('a', code('A 1'), x, { validity: { from: '2024-01-02', until: '2024-01-01' } }),
      [['emptyValidity', '/rules/0/validity']],
    ],
    [
      'no programme',
      rule('a', code('A 1'), x, { conditions: { programmes: { only: ['BSC'], except: ['BSC', 'BA'] } } }),
      [['noProgramme', '/rules/0/conditions/programmes']],
    ],
    ['no grade', rule('a', all(code('B 1'), never), x), [['noGrade', '/rules/0/source/of/1']]],
    ['another way than the one without grade', rule('a', any(code('B 1'), never), x), []],
    [
      'no grade that is to be held',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: never } }),
      [['noGrade', '/rules/0/conditions/alsoHolds']],
    ],
    [
      'a provider other than the sender, without a platform',
      rule('a', selecting({ kind: 'code', code: 'A 1', provider: institutions.tsinghua, platform: institutions.xuetangx }), x),
      [['noCourse', '/rules/0/source']],
    ],
    [
      'held elsewhere',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: selecting({ kind: 'code', code: 'A 1', provider: institutions.tsinghua }) } }),
      [],
    ],
    [
      'held and not held',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: any(code('C 1'), code('D 1')), doesNotHold: any(code('D 1'), code('C 1')) } }),
      [['heldAndNotHeld', '/rules/0/conditions']],
    ],
    [
      'held and not held, of a pattern',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: pattern('C #'), doesNotHold: pattern('C #') } }),
      [['heldAndNotHeld', '/rules/0/conditions']],
    ],
    [
      'one of those held not held',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: any(code('C 1'), code('D 1')), doesNotHold: code('C 1') } }),
      [],
    ],
    [
      'held of a pattern, one of it not held',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: pattern('C #'), doesNotHold: code('C 1') } }),
      [],
    ],
    [
      'held by grade',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: code('C 1'), doesNotHold: code('C 1', { minimumGrade: letterGrade('A') }) } }),
      [],
    ],
    [
      'held somewhere, not held at one place',
      rule('a', code('B 1'), x, {
        from: anyMember,
        conditions: { alsoHolds: code('C 1'), doesNotHold: selecting({ kind: 'code', code: 'C 1', provider: institutions.langara }) },
      }),
      [],
    ],
    [
      'held, of a subject that is not held',
      rule('a', code('B 1'), x, { conditions: { alsoHolds: code('C 1'), doesNotHold: selecting({ kind: 'subject', subject: 'C' }) } }),
      [],
    ],
    ['not held alone', rule('a', code('B 1'), x, { conditions: { doesNotHold: code('C 1') } }), []],
    [
      'an unknown scale',
      rule('a', code('A 1', { minimumGrade: { scale: 'nowhere', value: 'A' }, maximumGrade: { scale: 'nowhere', value: 'B' } }), x),
      [],
    ],
  ])('because of %s', (_, only, expected) => {
    expect(dead(only)).toEqual(expected);
  });
});

describe('a rule that is always refused', () => {
  const refused = (a: Rule, b: Rule, rest: Partial<AgreementTerms> = {}): boolean =>
    conflictsOf([a, b], rest).some(({ kind, rules }) => kind === 'alwaysRefused' && rules.join() === 'a,b');
  const a = (source: Source, rest: Partial<Rule> = {}): Rule => rule('a', source, x, rest);
  const b = (source: Source, rest: Partial<Rule> = {}): Rule => rule('b', source, noCredit(), rest);
  const graded = (least: string): CourseSource => code('A 1', { minimumGrade: letterGrade(least) });
  const bsc = { conditions: { programmes: { only: ['BSC'] } } };

  it.each<[string, Rule, Rule, boolean]>([
    ['the same course', a(code('A 1')), b(code('A 1')), true],
    ['to a person', a(code('A 1')), rule('b', code('A 1'), { kind: 'individualAssessment' }), true],
    ['a narrower course', a(graded('B')), b(graded('C')), true],
    ['a wider course', a(graded('C')), b(graded('B')), false],
    ['fewer credits', a(code('A 1', { minimumCredits: 3 })), b(code('A 1', { minimumCredits: 2 })), true],
    ['more credits', a(code('A 1')), b(code('A 1', { minimumCredits: 2 })), false],
    ['a vaguer refusal', a(code('A 1')), b(pattern('A #')), false],
    ['the same pattern', a(pattern('A #')), b(pattern('a#')), true],
    ['the same subject', a(selecting({ kind: 'subject', subject: 'A' })), b(selecting({ kind: 'subject', subject: 'a' })), true],
    ['a wider field', a(selecting({ kind: 'field', isced: '0613', minimumEqf: 6 })), b(selecting({ kind: 'field', isced: '06' })), true],
    ['a narrower field', a(selecting({ kind: 'field', isced: '06' })), b(selecting({ kind: 'field', isced: '0613' })), false],
    [
      'a field of a higher level',
      a(selecting({ kind: 'field', isced: '06' })),
      b(selecting({ kind: 'field', isced: '06', minimumEqf: 6 })),
      false,
    ],
    ['a field, of a code', a(selecting({ kind: 'field', isced: '06' })), b(pattern('A #')), false],
    ['grades of an unknown scale', a(code('A 1', { minimumGrade: { scale: 'nowhere', value: 'A' } })), b(code('A 1')), false],
    [
      'a course held as well',
      a(code('A 1'), { conditions: { alsoHolds: any(code('C 1'), code('D 1')), doesNotHold: code('C 1') } }),
      b(code('A 1')),
      true,
    ],
    ['all ways', a(any(code('A 1'), code('B 1'))), b(any(code('C 1'), code('B 1'), code('A 1'))), true],
    ['any attempt, against the best', a(any(code('A 1'), code('A 1'))), b(code('A 1')), false],
    ['some ways', a(any(code('A 1'), code('B 1'))), b(code('A 1')), false],
    ['both courses', a(all(code('A 1'), code('B 1'))), b(all(code('B 1'), code('A 1'))), true],
    ['one of both courses', a(all(code('A 1'), code('B 1'))), b(code('A 1')), false],
    ['the course of one provider', a(code('A 1')), b(selecting({ kind: 'code', code: 'A 1', provider: institutions.langara })), false],
    [
      'a longer time',
      a(code('A 1'), { validity: { from: '2020-01-01', until: '2020-12-31' } }),
      b(code('A 1'), { validity: { from: '2019-01-01' } }),
      true,
    ],
    ['a shorter time', a(code('A 1')), b(code('A 1'), { validity: { from: '2019-01-01' } }), false],
    ['another date', a(code('A 1')), b(code('A 1'), { governedBy: 'request' }), false],
    ['another receiver', a(code('A 1')), b(code('A 1'), { to: institutions.victoria }), false],
    ['any receiver', a(code('A 1')), b(code('A 1'), { to: anyMember, from: anyMember }), true],
    ['a programme of all', a(code('A 1')), b(code('A 1'), bsc), false],
    ['all programmes', a(code('A 1'), bsc), b(code('A 1')), true],
    ['the same programme', a(code('A 1'), bsc), b(code('A 1'), bsc), true],
    ['all but another programme', a(code('A 1'), bsc), b(code('A 1'), { conditions: { programmes: { except: ['BA'] } } }), true],
    ['all but this programme', a(code('A 1'), bsc), b(code('A 1'), { conditions: { programmes: { except: ['BSC'] } } }), false],
    ['all but one programme of all', a(code('A 1')), b(code('A 1'), { conditions: { programmes: { except: ['BSC'] } } }), false],
    [
      'who holds the same',
      a(code('A 1'), { conditions: { alsoHolds: code('C 1') } }),
      b(code('A 1'), { conditions: { alsoHolds: code('C 1') } }),
      true,
    ],
    ['who holds something', a(code('A 1')), b(code('A 1'), { conditions: { alsoHolds: code('C 1') } }), false],
    ['whoever lacks evidence', a(code('A 1')), b(code('A 1'), { conditions: { evidence: { proctored: true } } }), false],
    ['a sum of credits', a({ kind: 'atLeast', credits: 3, of: [code('A 1')] }), b(code('A 1', { minimumCredits: 3 })), false],
  ])('on %s', (_, one, other, expected) => {
    expect(refused(one, other)).toBe(expected);
    expect(refused(one, other, { precedence: 'bestForStudent' })).toBe(expected);
  });

  it('is shown with an example, and meets no other rule', () => {
    expect(conflictsOf([a(graded('B')), b(graded('C')), rule('c', graded('B'), y)]).map(({ kind, rules }) => [kind, rules])).toEqual([
      ['alwaysRefused', ['a', 'b']],
      ['alwaysRefused', ['c', 'b']],
    ]);
    expect(conflictsOf([a(graded('B')), b(graded('C'))])).toEqual([
      {
        kind: 'alwaysRefused',
        rules: ['a', 'b'],
        pointers: ['/rules/0', '/rules/1'],
        example: { receiver: 'ubcv', dates: {}, consumed: [{ provider: 'langara', code: 'A 1', grade: letterGrade('B') }], held: [] },
      },
    ]);
  });
});
