import { describe, expect, it } from '@jest/globals';
import { applied, found, type Setup } from '../../../test/support/candidates.js';
import { all, completion, course, elective, named, rule } from '../../../test/support/oracle/builders.js';
import type { Award } from '../../rules/domain/index.js';
import { creditAwards } from './awards.js';
import type { CandidateAward } from './candidate.js';
import type { Completion, Exception } from './input.js';

/** docs/evaluation.md §4: what the awards of an application carry. */

const converted = (award: Award, maximum?: number): Award => ({
  ...award,
  credits: { kind: 'converted', ...(maximum !== undefined && { maximum }) },
});
const own = new Map([
  ['X1', 3000],
  ['X2', 1000],
  ['X3', 0],
  ['X4', 0],
]);

/** Credits of the awards when the converted sum is so many credits, rounded to so many. */
const credits = (awards: readonly Award[], sum: number, step = 0.001): readonly number[] =>
  creditAwards(awards, { sum: sum * 1000, step: step * 1000 }, own).map((one) => one.credits / 1000);

describe('the credits of awards', () => {
  const cases: readonly [sentence: string, awards: readonly Award[], sum: number, step: number, credits: readonly number[]][] = [
    ['a fixed award carries its credits', [named('X 1', 3), elective('X', 1.5)], 99, 0.001, [3, 1.5]],
    ['converted awards share the converted sum − the fixed credits', [named('X 9', 3), converted(elective('X', 0))], 5, 0.001, [3, 2]],
    ['never less than nothing', [named('X 9', 3), converted(elective('X', 0))], 2, 0.001, [3, 0]],
    ['weighted by their receiving courses’ own credits', [converted(named('x1', 0)), converted(named('X 2', 0))], 6, 0.001, [4.5, 1.5]],
    ['equally where not all of them are named courses', [converted(named('X 1', 0)), converted(elective('X', 0))], 6, 0.001, [3, 3]],
    ['equally where not all of their credits are known', [converted(named('X 1', 0)), converted(named('X 9', 0))], 6, 0.001, [3, 3]],
    ['equally where all weigh nothing', [converted(named('X 3', 0)), converted(named('X 4', 0))], 6, 0.001, [3, 3]],
    [
      'by largest remainder in thousandths',
      [converted(elective('X', 0)), converted(elective('Y', 0)), converted(elective('Z', 0))],
      1,
      0.001,
      [0.334, 0.333, 0.333],
    ],
    // 2.5 credits in steps of a half are 5 steps: 3.75 and 1.25, so the first gets the step that is left.
    ['in units of the rounding’s step', [converted(named('X 1', 0)), converted(named('X 2', 0))], 2.5, 0.5, [2, 0.5]],
    [
      'a remainder smaller than a step goes with the first',
      [named('X 9', 0.7), converted(elective('X', 0)), converted(elective('Y', 0))],
      3,
      0.5,
      [0.7, 1.3, 1],
    ],
    ['each is then cut to its maximum', [converted(named('X 1', 0), 4), converted(named('X 2', 0), 4)], 6, 0.001, [4, 1.5]],
    [
      'exemption and waiver carry 0 and take no share',
      [named('X 1', 3, { effect: 'exemption' }), converted(named('X 2', 0, { effect: 'waiver' })), converted(elective('X', 0))],
      5,
      0.001,
      [0, 0, 5],
    ],
    ['no awards', [], 5, 0.001, []],
  ];

  it.each(cases)('%s', (_, awards, sum, step, expected) => {
    expect(credits(awards, sum, step)).toEqual(expected);
  });
});

const graded = (award: Award, combine: 'lowest' | 'creditWeightedMean' = 'lowest'): Award => ({
  ...award,
  grade: { kind: 'converted', combine },
});

/** The awards of the one application of a rule on these completions. */
function awardsOf(held: readonly Completion[], awards: readonly Award[], setup: Setup = {}): readonly CandidateAward[] {
  const candidates = found(held, [rule('r', all(...held.map(({ code }) => course(code))), awards)], setup);
  expect(applied(candidates)).toHaveLength(1);
  return candidates.applications[0]?.awards ?? [];
}
const of = (id: string, rest: Partial<Completion> = {}): Completion => completion(id, `MA ${id}`, 3, rest);
const letter = (value: string): Pick<Completion, 'grade'> => ({ grade: { scale: 'letters', value } });

describe('MOOC', () => {
  const mooc = (...flags: readonly boolean[]): unknown => {
    const held = flags.map((flag, index) => of(String(index), { mooc: flag }));
    return found(held, [rule('r', all(...held.map(({ code }) => course(code))), [elective('X', 3)])]).applications.map((one) => one.mooc);
  };

  it('an award is MOOC if any completion of its application is', () => {
    expect([mooc(false), mooc(true), mooc(false, true), mooc(false, false)]).toEqual([[false], [true], [true], [false]]);
  });
});

describe('graded', () => {
  const award = graded(elective('X', 3));

  it('if its rule converts grades and the grade could be converted', () => {
    expect(awardsOf([of('1', letter('B'))], [award, elective('Y', 3)])).toEqual([
      { award, credits: 3000, grade: { kind: 'converted', scale: 'letters', value: 'B' }, passFail: false, coreAllowed: false },
      { award: elective('Y', 3), credits: 3000, passFail: true, coreAllowed: false },
    ]);
  });

  it('else pass/fail', () => {
    expect(awardsOf([of('1')], [award])).toEqual([
      { award, credits: 3000, grade: { kind: 'notConvertible', reason: 'noGrade' }, passFail: true, coreAllowed: false },
    ]);
  });

  it('and the policy’s moocWithoutGrade does not apply', () => {
    const setup: Setup = { policy: { moocWithoutGrade: true } };
    expect(awardsOf([of('1', letter('B'))], [award], setup)[0]?.passFail).toBe(false);
    const [mooc] = awardsOf([of('1', { ...letter('B'), mooc: true })], [award], setup);
    expect([mooc?.passFail, mooc?.grade]).toEqual([true, undefined]);
  });
});

describe('electivesOnly', () => {
  const exception = (completion_: string, clause: 'electivesOnly' | 'minimumGrade'): Exception => ({
    kind: 'policyWaived',
    reason: 'study abroad',
    completion: completion_,
    clause,
  });
  const allowed = (exceptions: readonly Exception[]): unknown =>
    awardsOf([of('1'), of('2')], [elective('X', 3)], { rest: { exceptions } })[0]?.coreAllowed;

  it('is waived for an award by an exception for one of its completions', () => {
    expect(allowed([exception('2', 'electivesOnly')])).toBe(true);
    expect(allowed([exception('3', 'electivesOnly'), exception('2', 'minimumGrade')])).toBe(false);
  });
});

describe('an application', () => {
  it('carries what each completion brings in, and their sum', () => {
    const held = [of('1', { creditSystem: 'S' }), of('2', letter('C'))];
    const [application] = found(held, [rule('r', all(course('MA 1'), course('MA 2')), [converted(elective('X', 0))])]).applications;
    expect(application?.conversions).toEqual([
      { completion: '1', credits: 3, creditSystem: 'S', method: 'yearShare', factor: '2', converted: '6' },
      {
        completion: '2',
        credits: 3,
        creditSystem: 'H',
        method: 'same',
        factor: '1',
        converted: '3',
        originalGrade: { scale: 'letters', value: 'C' },
      },
    ]);
    expect([application?.convertedSum, application?.awards.map((award) => award.credits)]).toEqual([9000, [9000]]);
  });
});
