import { describe, expect, it } from '@jest/globals';
import type { Completion } from '../src/evaluation/domain/index.js';
import type { Requirement, TransferPolicy } from '../src/programmes/domain/index.js';
import { a, asked, b, forA, forB, forC, c, gives, home } from './support/asked.js';
import { filled, levelsOf, stateOf } from './support/judged.js';
import { elective, named, needsCourse, needsElectives, needsSubject, rule } from './support/oracle/builders.js';

/** The programme's policy: caps of every kind, residency, electives only. The programme's total is 30 credits. */

const x100 = needsCourse('x', 'X 100', 3);
const rules = [rule('r', forA, [named('X 100', 3)]), gives('s', forB, 3), gives('t', forC, 3)];
const held = [a, b, c];

/** [remaining, completed, recognised, consumed, loss] under a policy; the programme asks for X 100 and 6 credits of anything. */
function under(policy: TransferPolicy, completions: readonly Completion[] = held) {
  return asked(completions, rules, { policy, of: [x100, needsElectives('z', 6)] });
}

describe('credit caps truncate what counts; the course still fills its requirement', () => {
  it('without a cap all counts', () => {
    expect(levelsOf(under({}))).toEqual([0, 3, 9, 3, 0]);
  });

  it.each<[string, TransferPolicy, readonly number[], string]>([
    // 7 of 9: 6 in z, 1 of X 100, which is filled all the same. Loss 3 − 1.
    ['transferred credits', { maximumTransferredCredits: 7 }, [0, 3, 7, 3, 2], 'maximumTransferredCredits'],
    // 30 × 1/4 = 7.5: 6 in z, 1.5 of X 100.
    ['a share of the total', { maximumTransferredShare: '1/4' }, [0, 3, 7.5, 3, 1.5], 'maximumTransferredCredits'],
    ['a share as a decimal', { maximumTransferredShare: '0.25' }, [0, 3, 7.5, 3, 1.5], 'maximumTransferredCredits'],
    ['residency: 30 − 24 = 6 may transfer', { residencyCredits: 24 }, [0, 3, 6, 3, 3], 'residencyCredits'],
    // The smallest of 8, 7.5 and 5: z lacks 1.
    ['the smallest of all', { maximumTransferredCredits: 8, maximumTransferredShare: '1/4', residencyCredits: 25 }, [1, 1, 5, 3, 4], 'residencyCredits'], // prettier-ignore
  ])('%s', (_, policy, levels, binding) => {
    const result = under(policy);
    expect(levelsOf(result)).toEqual(levels);
    expect(result.binding).toEqual([{ kind: binding }]);
    expect(stateOf(result, 'x')).toMatchObject({ complete: true });
    expect(result.totals.capped).toBe(9 - (levels[2] ?? 0));
  });

  it('nothing may transfer where all must be earned at the institution', () => {
    // X 100 is filled by an award that counts 0; the other two would count nothing anywhere.
    expect(levelsOf(under({ residencyCredits: 30 }))).toEqual([6, 1, 0, 1, 3]);
  });

  it('open online courses: an award is one if any consumed completion is', () => {
    const open = [a, { ...b, mooc: true }, { ...c, mooc: true }];
    const result = under({ maximumMoocCredits: 4 }, open);
    expect(levelsOf(result)).toEqual([2, 1, 7, 3, 2]); // 3 + 4 of 6; z has 4 of 6
    expect(result.binding).toEqual([{ kind: 'maximumMoocCredits' }]);
    const pair = [rule('p', { kind: 'all', of: [forA, forB] }, [elective('X', 6)])];
    expect(asked([a, { ...b, mooc: true }], pair, { policy: { maximumMoocCredits: 4 } }).totals).toMatchObject({
      recognised: 4,
      capped: 2,
    });
  });
});

describe('pass/fail', () => {
  const graded = { grade: { kind: 'converted', combine: 'lowest' } } as const;
  const homeRecord = [home('h1', 'Z 1', 2, { passFail: true }), home('h2', 'Z 2', 2, { passFail: true }), home('h3', 'Z 3', 2)];
  const own = [gives('s', forB, 3), rule('t', forC, [elective('X', 3, graded)])];
  const certified = { ...c, grade: { scale: 'letters', value: 'B' } };
  const capped = (passFail: TransferPolicy['passFail']) =>
    asked([b, certified], own, { policy: passFail === undefined ? {} : { passFail }, rest: { homeRecord }, of: [needsElectives('z', 20)] });

  it('caps awards and home courses together; what has a grade is free', () => {
    // Without: 3 + 3 + 2 + 2 + 2 = 12. With 4 of s (3), h1, h2 (4): graded 3 + 2 and 4 more are 9.
    expect(levelsOf(capped(undefined))).toEqual([8, 0, 6, 2, 0]);
    expect(levelsOf(capped({ maximumCredits: 4 }))).toEqual([11, 0, 6, 2, 0]); // 3 of s and 1 of the home courses
    expect(capped({ maximumCredits: 4 }).binding).toEqual([{ kind: 'passFail' }]);
  });

  it('at most so many home courses count or fill anything', () => {
    expect(levelsOf(capped({ maximumHomeCourses: 1 }))).toEqual([10, 0, 6, 2, 0]); // h1 or h2
    expect(levelsOf(capped({ maximumHomeCourses: 0 }))).toEqual([12, 0, 6, 2, 0]);
    const of: readonly Requirement[] = [needsCourse('x', 'Z 1', 2)];
    expect(levelsOf(asked([], [], { of, rest: { homeRecord }, policy: { passFail: { maximumHomeCourses: 0 } } }))).toEqual([2, 0, 0, 0, 0]);
  });

  it('counts an award whose grade could not be converted as passed without a grade', () => {
    const { grade: _, ...ungraded } = certified;
    const of = [needsElectives('z', 20)];
    expect(asked([ungraded], own, { policy: { passFail: { maximumCredits: 1 } }, of }).totals.recognised).toBe(1);
    expect(asked([certified], own, { policy: { passFail: { maximumCredits: 1 } }, of }).totals.recognised).toBe(3);
  });

  it('and every open online course where the programme takes them without grades', () => {
    const policy: TransferPolicy = { passFail: { maximumCredits: 1 }, moocWithoutGrade: true };
    expect(asked([{ ...certified, mooc: true }], own, { policy, of: [needsElectives('z', 20)] }).totals.recognised).toBe(1);
  });

  it('crosses other caps to the thousandth', () => {
    // s is pass/fail, t graded and an open course: at most 0.002 of either, and 0.003 in all.
    const tiny = [gives('s', forB, 0.003), rule('t', forC, [elective('X', 0.003, graded)])];
    const policy: TransferPolicy = { passFail: { maximumCredits: 0.002 }, maximumMoocCredits: 0.002, maximumTransferredCredits: 0.003 };
    const result = asked([b, { ...certified, mooc: true }], tiny, { policy, of: [needsElectives('z', 20)] });
    expect(result.totals.recognised).toBe(0.003);
    expect(result.applications.flatMap(({ awards }) => awards.map(({ counted }) => counted))).toEqual([0.002, 0.001]); // the first as large as may be
  });
});

describe('electives only', () => {
  const of = [x100, needsElectives('z', 6)];

  it.each([
    ['transferred', false, 3],
    ['transferred', true, 3],
    ['mooc', false, 0],
    ['mooc', true, 3],
  ] as const)('%s, of an open online course: %s', (electivesOnly, mooc, remaining) => {
    const result = asked([{ ...a, mooc }], rules.slice(0, 1), { policy: { electivesOnly }, of });
    expect(stateOf(result, 'x')).toMatchObject({ remaining });
    expect(filled(result)).toEqual([remaining === 0 ? 'r: x 3' : 'r: z 3']);
  });
});

describe('a node may cap what transferred awards do in it', () => {
  const minor = (transfer: NonNullable<Requirement['transfer']>): readonly Requirement[] => [
    { id: 'minor', kind: 'all', of: [x100, needsSubject('y', 'X', 6)], transfer },
  ];

  it('their number, named courses included', () => {
    const result = asked(held, rules, { of: minor({ maximumCourses: 2 }) });
    // X 100 and one of y: 3 of 6 remain; the third is recognised without a home.
    expect(levelsOf(result)).toEqual([3, 1, 9, 3, 0]);
    expect(result.totals).toMatchObject({ recognised: 9, unplaced: 3 });
    expect(result.binding).toEqual([{ kind: 'requirementTransfer', id: 'minor' }]);
  });

  it('the credits that count in credit requirements; named courses are not cut', () => {
    const result = asked(held, rules, { of: minor({ maximumCredits: 2 }) });
    expect(levelsOf(result)).toEqual([4, 1, 9, 3, 0]); // y lacks 6 − 2
  });

  it('home courses are not transferred', () => {
    const homeRecord = [home('h', 'X 100', 3)];
    const result = asked([b], rules.slice(1, 2), { of: minor({ maximumCourses: 0 }), rest: { homeRecord } });
    expect(filled(result)).toEqual(['h: x 3']);
    expect(levelsOf(result)).toEqual([6, 1, 3, 1, 0]);
  });

  it('surplus counts against the credits of the node it goes to', () => {
    const of: readonly Requirement[] = [x100, needsElectives('z', 6, { transfer: { maximumCredits: 1 } })];
    const five = [rule('r', forA, [named('X 100', 5)])];
    const result = asked([a], five, { of, policy: { surplusToElectives: true } });
    expect(filled(result)).toEqual(['r: x 3, +z 1']); // 2 beyond the need, 1 admitted
  });
});
