import { describe, expect, it } from '@jest/globals';
import type { EvaluationInput, HomeCourse } from '../src/evaluation/domain/index.js';
import type { Limit } from '../src/agreements/domain/index.js';
import type { Requirement, TransferPolicy } from '../src/programmes/domain/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import {
  agreement,
  completion,
  course,
  elective,
  input,
  named,
  needsCourse,
  needsElectives,
  needsSubject,
  programme,
  requires,
  rule,
} from './support/oracle/builders.js';
import { oracle } from './support/oracle/oracle.js';

/** The oracle's own proof for §5 to §7 of docs/evaluation.md: cases small enough to compute by hand. */

const held = [completion('a', 'MA 101', 3), completion('b', 'MA 102', 3), completion('c', 'PH 202', 3)];
const [forA, forB, forC] = [course('MA 101'), course('MA 102'), course('PH 202')];
const home = (id: string, code: string, credits: number, rest: Partial<HomeCourse> = {}): HomeCourse => {
  return { id, code, credits, status: 'done', passFail: false, attributes: [], ...rest };
};

function evaluation(
  rules: readonly Rule[],
  of: readonly Requirement[],
  {
    limits = [],
    policy = {},
    ...rest
  }: Partial<EvaluationInput> & { readonly limits?: readonly Limit[]; readonly policy?: TransferPolicy } = {},
): EvaluationInput {
  return input(held, [agreement('g', rules, { limits })], programme(requires(...of), policy), rest);
}

/** The objective as a row: remaining, completed, recognised, consumed, loss. */
function objectiveOf(of: EvaluationInput): readonly number[] {
  const { objective } = oracle(of);
  const { remainingStudy, requirementsCompleted, recognisedCredits, completionsConsumed, loss } = objective;
  return [remainingStudy, requirementsCompleted, recognisedCredits, completionsConsumed, loss];
}

/** Per award and home course: `credits → requirement:credits …`, a surplus with a plus; `-` when not granted. */
function placed(of: EvaluationInput): readonly string[] {
  const { applications, homeCourses } = oracle(of);
  const awards = applications.flatMap((application) => application.awards.map((award) => ({ ...award, name: application.rule })));
  const all = [...awards, ...homeCourses.map((course) => ({ ...course, name: course.homeCourse, granted: true }))];
  return all.map(({ name, granted, counted, fills }) => {
    const where = fills.map(({ requirement, credits, surplus }) => `${surplus ? '+' : ''}${requirement}:${String(credits)}`);
    return granted ? [`${name} ${String(counted)} →`, ...where].join(' ') : `${name} -`;
  });
}

describe('§5 granting', () => {
  it('awards a receiving course once, and never when it is on the home record', () => {
    const rules = [rule('r', forA, [named('X 100', 3)]), rule('s', forB, [named('x100', 4)])];
    // Either fills 3 of the 10; 4 by s: 10 − 4 = 6 remain, 4 recognised, 1 consumed, loss max(0, 3 − 4) = 0.
    expect(objectiveOf(evaluation(rules, [needsSubject('q', 'X', 10)]))).toEqual([6, 0, 4, 1, 0]);
    const underWay = home('h', 'X 100', 3, { status: 'underWay' });
    expect(objectiveOf(evaluation(rules, [needsSubject('q', 'X', 10)], { homeRecord: [underWay] }))).toEqual([10, 0, 0, 0, 0]);
  });

  it('admits an award whole or not at all under a limit', () => {
    const rules = [rule('r', forA, [elective('X', 3), elective('X', 2)]), rule('s', forB, [elective('X', 4)])];
    const most = (limit: Omit<Limit, 'id'>): readonly string[] =>
      placed(evaluation(rules, [needsElectives('e', 20)], { limits: [{ id: 'l', ...limit }] }));
    // At most 6: 4 + 2 = 6 over 3 + 2 = 5.
    expect(most({ over: { kind: 'everything' }, maximumCredits: 6 })).toEqual(['r -', 'r 2 → e:2', 's 4 → e:4']);
    // One award: the 4.
    expect(most({ over: { kind: 'everything' }, maximumCourses: 1 })).toEqual(['s 4 → e:4']);
    // One of MA 101 and MA 102 may be consumed: 3 + 2 = 5 over 4.
    const both = [{ kind: 'pattern', pattern: 'MA 10#' }] as const;
    expect(most({ over: { kind: 'sendingCourses', select: both }, maximumCourses: 1 })).toEqual(['r 3 → e:3', 'r 2 → e:2']);
    // At most 3 credits by rule r.
    expect(most({ over: { kind: 'rules', rules: ['r'] }, maximumCredits: 3 })).toEqual(['r 3 → e:3', 'r -', 's 4 → e:4']);
    // Electives are not named: a limit on receiving courses does not see them.
    expect(most({ over: { kind: 'receivingCourses', codes: ['X*'] }, maximumCourses: 0 })).toHaveLength(3);
  });
});

describe('§5 filling', () => {
  it('lets each award fill one requirement, and a named course be filled once', () => {
    const rules = [rule('r', forA, [named('X 100', 3)]), rule('s', forB, [elective('X', 3)])];
    // r fills the course (3 of 3), s the subject (3 of 4): 1 remains; complete: q1. Root is not.
    const of = evaluation(rules, [needsCourse('q1', 'X 100', 3), needsSubject('q2', 'X', 4)]);
    expect(placed(of)).toEqual(['r 3 → q1:3', 's 3 → q2:3']);
    expect(objectiveOf(of)).toEqual([1, 1, 6, 2, 0]);
  });

  it('lets an award fill two requirements that share, and counts it once', () => {
    const rules = [rule('r', forA, [named('X 100', 3)])];
    const of = (sharesWith?: readonly string[]): EvaluationInput =>
      evaluation(rules, [needsCourse('q1', 'X 100', 3, sharesWith && { sharesWith }), needsSubject('q2', 'X', 3)]);
    expect(objectiveOf(of())).toEqual([3, 1, 3, 1, 0]);
    expect(objectiveOf(of(['q2']))).toEqual([0, 3, 3, 1, 0]); // both parts and the root
  });

  it('keeps exemptions and waivers to named courses, whatever their credits', () => {
    const rules = [rule('r', forA, [named('X 100', 3, { effect: 'exemption' })])];
    // 3 credits of the course are no longer needed, but 0 recognised; the loss is 3 sent credits.
    expect(objectiveOf(evaluation(rules, [needsCourse('q', 'X 100', 3)]))).toEqual([0, 2, 0, 1, 3]);
    expect(objectiveOf(evaluation(rules, [needsElectives('e', 3)]))).toEqual([3, 0, 0, 0, 0]);
  });

  it('matches level and attribute; unassigned credit without a level meets none', () => {
    const rules = [rule('r', forA, [elective('X', 3, { attributes: ['Q'] })])];
    const from = (match: object): readonly number[] =>
      objectiveOf(evaluation(rules, [{ id: 'q', kind: 'credits', credits: 3, from: [{ kind: 'subject', subject: 'X', ...match }] }])); // prettier-ignore
    expect(from({})).toEqual([0, 2, 3, 1, 0]);
    expect(from({ minimumLevel: 100 })[0]).toBe(3);
    expect(
      objectiveOf(evaluation(rules, [{ id: 'q', kind: 'credits', credits: 3, from: [{ kind: 'attribute', attribute: 'Q' }] }]))[0],
    ).toBe(0);
  });

  it('bars transferred awards from named courses where the policy says so, unless waived', () => {
    const rules = [rule('r', forA, [named('X 100', 3)])];
    const of = (exceptions: EvaluationInput['exceptions']): EvaluationInput =>
      evaluation(rules, [needsCourse('q1', 'X 100', 3), needsElectives('q2', 3)], { policy: { electivesOnly: 'transferred' }, exceptions });
    expect(placed(of([]))).toEqual(['r 3 → q2:3']);
    expect(placed(of([{ kind: 'policyWaived', reason: 'x', completion: 'a', clause: 'electivesOnly' }]))).toEqual(['r 3 → q1:3']); // q1 before q2
  });

  it('fills nothing that is waived', () => {
    const rules = [rule('r', forA, [named('X 100', 3)])];
    const of = evaluation(rules, [needsCourse('q', 'X 100', 3)], {
      exceptions: [{ kind: 'requirementWaived', reason: 'x', requirement: 'q' }],
    });
    expect(objectiveOf(of)).toEqual([0, 2, 3, 1, 0]); // complete all the same; 3 recognised without a home
    expect(placed(of)).toEqual(['r 3 →']);
  });
});

describe('§5 counting', () => {
  const rules = [rule('r', forA, [named('X 100', 3)]), rule('s', forB, [elective('Y', 3)])];

  it('cuts what counts at the smallest cap, while the named course is filled all the same', () => {
    const of = (policy: TransferPolicy): readonly number[] =>
      objectiveOf(evaluation(rules, [needsCourse('q', 'X 100', 3), needsElectives('e', 3)], { policy }));
    expect(of({})).toEqual([0, 3, 6, 2, 0]);
    // 4 count: 3 in e, 1 of the named course, which is filled. Loss: (3 − 1) + 0.
    expect(of({ maximumTransferredCredits: 4 })).toEqual([0, 3, 4, 2, 2]);
    expect(of({ maximumTransferredCredits: 4, maximumTransferredShare: '1/15' })).toEqual([1, 1, 2, 2, 4]); // 30 / 15 = 2 in e, 1 remains there
    expect(of({ residencyCredits: 27.5 })).toEqual([0.5, 1, 2.5, 2, 3.5]); // 30 − 27.5
  });

  it('caps pass/fail credit, home courses included', () => {
    const homeRecord = [home('h', 'Z 1', 2, { passFail: true })];
    const of = (passFail: TransferPolicy['passFail']): readonly number[] =>
      objectiveOf(evaluation(rules, [needsElectives('e', 8)], { homeRecord, policy: passFail === undefined ? {} : { passFail } }));
    expect(of(undefined)).toEqual([0, 2, 6, 2, 0]); // 3 + 3 + 2
    expect(of({ maximumCredits: 7 })).toEqual([1, 0, 6, 2, 0]); // of 8 one is cut: of the home course, so that 6 are recognised
    expect(of({ maximumHomeCourses: 0 })).toEqual([2, 0, 6, 2, 0]);
  });

  it('caps open online courses', () => {
    const open = held.map((own) => ({ ...own, mooc: own.id === 'a' }));
    const of = input(open, [agreement('g', rules)], programme(requires(needsElectives('e', 6)), { maximumMoocCredits: 1 }));
    expect(objectiveOf(of)).toEqual([2, 0, 4, 2, 2]); // 1 + 3 of 6; loss 3 − 1
  });

  it('caps what transferred awards do in a node', () => {
    const of = (transfer: Requirement['transfer']): readonly number[] =>
      objectiveOf(
        input(
          held,
          [agreement('g', rules)],
          programme({ ...requires(needsCourse('q', 'X 100', 3), needsElectives('e', 3)), ...(transfer && { transfer }) }),
        ),
      );
    expect(of({ maximumCourses: 1 })).toEqual([3, 1, 6, 2, 0]); // one of both; the other is recognised without a home
    expect(of({ maximumCredits: 1 })).toEqual([2, 1, 6, 2, 0]); // the named course is not cut, 1 counts in e
  });

  it('moves surplus to electives', () => {
    const five = [rule('r', forA, [named('X 100', 5)])];
    const of = (requirement: Requirement, surplusToElectives: boolean): readonly string[] =>
      placed(evaluation(five, [requirement, needsElectives('z', 3)], { policy: { surplusToElectives } }));
    expect(of(needsCourse('q', 'X 100', 3), true)).toEqual(['r 5 → q:3 +z:2']); // 5 − 3
    expect(of(needsCourse('q', 'X 100', 3), false)).toEqual(['r 5 → q:3']);
    expect(of(needsSubject('q', 'X', 4), true)).toEqual(['r 5 → q:4 +z:1']);
    expect(of(needsSubject('q', 'X', 6), true)).toEqual(['r 5 → q:5']); // q is not complete
  });

  it('finds the halves that three crossing caps want', () => {
    // Three awards of 0.002: r is pass/fail (cap 0.001 with s), s is MOOC (cap 0.001 with t), and r and t alone fill q (at most 0.001 transferred).
    // r + s ≤ 1, s + t ≤ 1, r + t ≤ 1 thousandths: 3 halves would be 1.5; in whole thousandths one of the three counts 1, the others nothing.
    const graded = { grade: { kind: 'converted', combine: 'lowest' } } as const;
    const crossing = [
      rule('r', forA, [elective('X', 0.002)]),
      rule('s', forB, [elective('Y', 0.002)]),
      rule('t', forC, [elective('X', 0.002, graded)]),
    ];
    const open = held.map((own) => ({ ...own, mooc: own.id !== 'a', grade: { scale: 'letters', value: 'B' } }));
    const of = (cap: number): readonly number[] => {
      const policy = { passFail: { maximumCredits: cap }, maximumMoocCredits: cap };
      const inX = { ...needsSubject('q1', 'X', cap), transfer: { maximumCredits: cap } };
      return objectiveOf(input(open, [agreement('g', crossing)], programme(requires(inX, needsSubject('q2', 'Y', cap)), policy)));
    };
    // r = 1 and t = 1 may both be recognised; s = 0. Remaining: q1 0, q2 1. Or s = 1, r = t = 0: q1 1, q2 0. The former recognises 2 by 2 completions.
    // Loss: 2 × (3 − 0.001); s is not taken.
    expect(of(0.001)).toEqual([0.001, 1, 0.002, 2, 5.998]);
    // Caps of 2: r = s = t = 1 fills q1 with 2 and q2 with 1: 1 remains, 3 recognised; r = t = 2 leaves 2 and s = 2 leaves 2.
    expect(of(0.002)).toEqual([0.001, 1, 0.003, 3, 8.997]);
  });
});

describe('§6 and §7', () => {
  it('takes the cheapest of n, and counts complete nodes', () => {
    const choice: Requirement = {
      id: 'n',
      kind: 'atLeast',
      count: 1,
      of: [needsCourse('q1', 'X 100', 4), needsCourse('q2', 'Y 100', 3), needsElectives('q3', 5)],
    };
    const rules = [rule('r', forA, [named('Z 1', 3)])];
    expect(objectiveOf(evaluation([], [choice]))).toEqual([3, 0, 0, 0, 0]); // q2 is the cheapest
    expect(objectiveOf(evaluation(rules, [choice]))).toEqual([2, 0, 3, 1, 0]); // 3 of the 5 electives
    const rulesForAll = [rule('r', forA, [named('X 100', 4)]), rule('s', forB, [named('Y 100', 3)])];
    expect(objectiveOf(evaluation(rulesForAll, [choice]))).toEqual([0, 4, 7, 2, 0]); // q1, q2, n and the root
  });

  it('prefers fewer completions, then less loss', () => {
    const rules = [
      rule('r', forA, [elective('X', 3)]),
      rule('s', { kind: 'all', of: [forB, forC] }, [elective('X', 3)]),
      rule('t', { kind: 'all', of: [forA, forB] }, [elective('X', 3)]),
    ];
    // r and s: 6 recognised with 3 completions; loss (3 − 3) + (6 − 3) = 3.
    expect(objectiveOf(evaluation(rules, [needsElectives('e', 3)]))).toEqual([0, 2, 6, 3, 3]);
    // r or t alone give 3 when only one award is admitted: r, with one completion.
    const limits: readonly Limit[] = [{ id: 'l', over: { kind: 'everything' }, maximumCourses: 1 }];
    expect(objectiveOf(evaluation(rules, [needsElectives('e', 3)], { limits }))).toEqual([0, 2, 3, 1, 0]);
  });

  it('breaks ties by the smaller rule, completion, option and requirement', () => {
    const same = (id: string): Rule => rule(id, { kind: 'any', of: [forB, forA] }, [named('X 100', 3)]);
    const of = evaluation([same('s'), same('r')], [needsSubject('q2', 'X', 3), needsSubject('q1', 'X', 3)]);
    expect(oracle(of).applications.map(({ rule: id, completions }) => [id, completions])).toEqual([['r', ['a']]]);
    expect(placed(of)).toEqual(['r 3 → q1:3']);
    const option = [named('X 100', 3)];
    const choice = { ...same('r'), outcome: { kind: 'choice', by: 'student', options: [option, option] } } as const;
    expect(oracle(evaluation([choice], [needsSubject('q', 'X', 3)])).applications[0]?.option).toBe(0);
    const choices = [{ agreement: 'g', rule: 'r', option: 1 }];
    expect(oracle(evaluation([choice], [needsSubject('q', 'X', 3)], { choices })).applications[0]?.option).toBe(1);
  });

  it('lists home courses as awards of themselves, and fixes open amounts as large as possible from the first on', () => {
    const rules = [rule('r', forA, [elective('X', 3)])];
    const of = evaluation(rules, [needsElectives('e', 4)], { homeRecord: [home('h', 'X 200', 2)] });
    expect(placed(of)).toEqual(['r 3 → e:3', 'h 2 → e:1']); // 3 first, then the 1 that is left
    expect(objectiveOf(of)).toEqual([0, 2, 3, 1, 0]);
  });
});
