import { describe, expect, it } from '@jest/globals';
import type { Limit } from '../src/agreements/domain/index.js';
import type { Exception, Redemption } from '../src/evaluation/domain/index.js';
import type { Requirement, TransferPolicy } from '../src/programmes/domain/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import { a, asked, b, c, forA, forB, forC, gives, home, taken } from './support/asked.js';
import { applied, becauseOf, filled, levelsOf, requirementsThatAre, stateOf, statuses } from './support/judged.js';
import { all, completion, course, elective, named, needsCourse, needsElectives, needsSubject, rule } from './support/oracle/builders.js';

/** The constraints of an evaluation, sentence by sentence; limits and the programme's policy. Small numbers, worked out in the comments. */

const x100 = needsCourse('x', 'X 100', 3);
const fills = (id: string, source: Rule['source'], credits: number): Rule => rule(id, source, [named('X 100', credits)]);

describe('1 a completion is consumed by at most one application', () => {
  it('the better one', () => {
    expect(taken([a], [gives('r', forA, 2), gives('s', forA, 3)])).toEqual(['s: a']);
    expect(taken([a, b], [gives('r', forA, 3), gives('s', all(forA, forB), 5)])).toEqual(['s: a+b']); // 5 > 3
  });

  const entries: readonly Redemption[] = [
    { completion: 'a', institution: 'Z', programme: 'BSC' },
    { completion: 'a', institution: 'H', programme: 'OTHER' },
    { completion: 'a', institution: 'H', programme: 'BSC' },
  ];

  it.each([
    ['oncePerProgramme', ['used', 'used', 'alreadyRedeemed']],
    ['oncePerInstitution', ['used', 'alreadyRedeemed', 'alreadyRedeemed']],
    ['once', ['alreadyRedeemed', 'alreadyRedeemed', 'alreadyRedeemed']],
  ] as const)('and by none if it is redeemed where %s forbids it: elsewhere, in another programme, in this one', (redemption, expected) => {
    const answers = entries.map((entry) => asked([a], [gives('r', forA, 3)], { terms: { redemption }, rest: { redemptions: [entry] } }));
    expect(answers.map((answer) => statuses(answer)['a'])).toEqual(expected);
  });
});

describe('2 awards and requirements', () => {
  it('a receiving course is awarded once, however it is written', () => {
    const rules = [rule('r', forA, [named('X 100', 3)]), rule('s', forB, [named('x100', 4)])];
    // s gives one credit more; r would be taken for nothing.
    const result = asked([a, b], rules);
    expect(applied(result)).toEqual(['s: b → x100 4']);
    expect(becauseOf(result, 'a')).toMatchObject({ status: 'notNeeded', parameters: { alreadyAwarded: ['X100'] } });
  });

  it('an application may be taken for its other awards', () => {
    const rules = [rule('r', forA, [named('X 100', 3), elective('Y', 1)]), rule('s', forB, [named('X 100', 3)])];
    // r alone 4; r and s together 4 too, and one completion more.
    expect(applied(asked([a, b], rules))).toEqual(['r: a → X 100 3, Y 1']);
    const two = [rule('r', forA, [named('X 100', 3), elective('Y', 1)]), rule('s', forB, [named('X 100', 3), elective('Y', 2)])];
    // 3 + 1 + 2, of which X 100 is granted to the first.
    expect(applied(asked([a, b], two))).toEqual(['r: a → X 100 3, Y 1', 's: b → (X 100 0), Y 2']);
  });

  it.each(['done', 'underWay'] as const)('and not if it is on the home record, %s', (status) => {
    const result = asked([a], [fills('r', forA, 3)], { rest: { homeRecord: [home('h', 'x 100', 3, { status })] } });
    expect(applied(result)).toEqual([]);
    expect(becauseOf(result, 'a')).toMatchObject({ status: 'notNeeded', parameters: { alreadyAwarded: ['X100'] } });
  });

  it('unassigned credit may be given again and again', () => {
    expect(taken([a, b], [gives('r', forA, 3), gives('s', forB, 3)])).toEqual(['r: a', 's: b']);
  });

  it('an award fills at most one requirement', () => {
    const result = asked([a], [fills('r', forA, 3)], { of: [x100, needsSubject('subject', 'X', 3)] });
    expect(filled(result)).toEqual(['r: subject 3']); // both leave 3; both complete one; the smaller id
    expect(levelsOf(result)).toEqual([3, 1, 3, 1, 0]);
  });

  it('or both of two that share, and its credits count once in the total', () => {
    const of = [needsCourse('x', 'X 100', 3, { sharesWith: ['subject'] }), needsSubject('subject', 'X', 3, { sharesWith: ['x'] })];
    const result = asked([a], [fills('r', forA, 3)], { of });
    expect(filled(result)).toEqual(['r: subject 3, x 3']);
    expect(levelsOf(result)).toEqual([0, 3, 3, 1, 0]);
  });

  it('of three of which two pairs share, never all three', () => {
    const of = [
      needsSubject('p', 'X', 3, { sharesWith: ['q', 'r'] }),
      needsSubject('q', 'X', 3, { sharesWith: ['p'] }),
      needsSubject('r', 'X', 3, { sharesWith: ['p'] }),
    ];
    // q and r do not share: p with one of them.
    expect(filled(asked([a], [gives('s', forA, 3)], { of }))).toEqual(['s: p 3, q 3']);
  });

  it('awards are not split', () => {
    const of = [needsSubject('p', 'X', 2), needsSubject('q', 'X', 3)];
    const result = asked([a], [gives('r', forA, 5)], { of });
    // 5 in q leaves 2; 5 in p would leave 3. Not 2 + 3.
    expect(filled(result)).toEqual(['r: q 3']);
    expect(levelsOf(result)).toEqual([2, 1, 5, 1, 0]);
  });

  it.each<[string, Requirement, boolean, string]>([
    ['what a named course does not need', x100, true, 'r: x 3, +e 2'],
    ['not without the policy', needsCourse('x', 'X 100', 4), false, 'r: x 4'],
    ['what a completed credit requirement does not need', needsSubject('x', 'X', 4), true, 'r: x 4, +e 1'],
    ['nothing of one that is not complete', needsSubject('x', 'X', 6), true, 'r: x 5'],
  ])('except surplus into free electives where the policy says so: %s', (_, requirement, surplusToElectives, expected) => {
    const result = asked([a], [fills('r', forA, 5)], { of: [requirement, needsElectives('e', 3)], policy: { surplusToElectives } });
    expect(filled(result)).toEqual([expected]);
  });

  it('home courses are allocated along with the rest, as awards of themselves', () => {
    const of: readonly Requirement[] = [{ id: 'x', kind: 'course', codes: ['X 100', 'X 101'], credits: 3 }, needsElectives('e', 5)];
    const homeRecord = [home('h', 'X 101', 4)];
    const result = asked([a], [fills('r', forA, 3)], { of, rest: { homeRecord } });
    // h in e and the award in x leaves 5 − 4; the other way round 5 − 3.
    expect(filled(result)).toEqual(['r: x 3', 'h: e 4']);
    expect(levelsOf(result)).toEqual([1, 1, 3, 1, 0]);
    expect(result.totals.recognised).toBe(3); // home courses are no transfer
  });

  it('a home course under way counts in a what-if only', () => {
    const homeRecord = [home('h', 'X 100', 3, { status: 'underWay' })];
    expect(levelsOf(asked([], [], { of: [x100], rest: { homeRecord } }))).toEqual([3, 0, 0, 0, 0]);
    expect(levelsOf(asked([], [], { of: [x100], rest: { homeRecord, whatIf: true } }))).toEqual([0, 2, 0, 0, 0]);
  });

  it('exemptions and waivers fill named courses with 0 credits, and nothing else', () => {
    for (const effect of ['exemption', 'waiver'] as const) {
      const rules = [rule('r', forA, [named('X 100', 0, { effect })])];
      // The course's 3 credits need not be studied; 0 are recognised; 3 sent are lost.
      expect(levelsOf(asked([a], rules, { of: [x100] }))).toEqual([0, 2, 0, 1, 3]);
      expect(levelsOf(asked([a], rules))).toEqual([30, 0, 0, 0, 0]);
    }
  });

  it('a credit requirement takes codes by pattern, subjects from a level up, and attributes', () => {
    const filling = (from: (Requirement & { kind: 'credits' })['from'], ...awards: Rule['source'][]): number =>
      levelsOf(asked([a], [rule('r', awards[0] ?? forA, [named('X 210', 3, { attributes: ['Lab'] })])], { of: [{ id: 'q', kind: 'credits', credits: 3, from }] }))[0] ?? NaN; // prettier-ignore
    expect(filling([{ kind: 'code', pattern: 'X 2##' }])).toBe(0);
    expect(filling([{ kind: 'code', pattern: 'X 1##' }])).toBe(3);
    expect(filling([{ kind: 'subject', subject: 'x' }])).toBe(0);
    expect(filling([{ kind: 'subject', subject: 'X', minimumLevel: 200 }])).toBe(0);
    expect(filling([{ kind: 'subject', subject: 'X', minimumLevel: 300 }])).toBe(3);
    expect(filling([{ kind: 'attribute', attribute: 'Lab' }])).toBe(0);
    expect(filling([{ kind: 'attribute', attribute: 'Q' }, { kind: 'code', pattern: 'Y*' }])).toBe(3); // prettier-ignore
  });

  it('unassigned credit belongs to its subject and level, not to a code', () => {
    const from = (match: (Requirement & { kind: 'credits' })['from'][number]): Requirement => ({
      id: 'q',
      kind: 'credits',
      credits: 3,
      from: [match],
    });
    const unassigned = (level?: number): Rule =>
      rule('r', forA, [{ ...elective('X', 3), target: { kind: 'elective', subject: 'X', ...(level === undefined ? {} : { level }) } }]);
    const remaining = (own: Rule, match: (Requirement & { kind: 'credits' })['from'][number]): number | undefined =>
      levelsOf(asked([a], [own], { of: [from(match)] }))[0];
    expect(remaining(unassigned(), { kind: 'subject', subject: 'X' })).toBe(0);
    expect(remaining(unassigned(), { kind: 'subject', subject: 'X', minimumLevel: 100 })).toBe(3); // no level: not met
    expect(remaining(unassigned(200), { kind: 'subject', subject: 'X', minimumLevel: 100 })).toBe(0);
    expect(remaining(unassigned(200), { kind: 'code', pattern: 'X*' })).toBe(3);
  });
});

describe('3 agreement limits admit an award whole or not at all', () => {
  const rules = [rule('r', forA, [elective('X', 3), elective('X', 2)]), rule('s', forB, [elective('X', 4)]), fills('t', forC, 3)];
  const under = (limit: Omit<Limit, 'id'>) => asked([a, b, c], rules, { terms: { limits: [{ id: 'l', ...limit }] } });

  it.each<[string, Omit<Limit, 'id'>, readonly string[]]>([
    // Of 3 + 4 (r and s) and 4 + 3 (s and t), both 7 for two completions, r comes first.
    ['all credits', { over: { kind: 'everything' }, maximumCredits: 7 }, ['r: a → X 3, (X 0)', 's: b → X 4']],
    ['all awards', { over: { kind: 'everything' }, maximumCourses: 1 }, ['s: b → X 4']],
    [
      'awards of rules',
      { over: { kind: 'rules', rules: ['r'] }, maximumCourses: 1 },
      ['r: a → X 3, (X 0)', 's: b → X 4', 't: c → X 100 3'],
    ],
    [
      'credits of rules',
      { over: { kind: 'rules', rules: ['r', 's'] }, maximumCredits: 6 },
      ['r: a → (X 0), X 2', 's: b → X 4', 't: c → X 100 3'],
    ],
    ['named courses', { over: { kind: 'receivingCourses', codes: ['X 1##'] }, maximumCourses: 0 }, ['r: a → X 3, X 2', 's: b → X 4']],
    [
      'credits of named courses',
      { over: { kind: 'receivingCourses', codes: ['x100'] }, maximumCredits: 2 },
      ['r: a → X 3, X 2', 's: b → X 4'],
    ],
    [
      'sending courses',
      { over: { kind: 'sendingCourses', select: [{ kind: 'pattern', pattern: 'MA 1##' }] }, maximumCourses: 1 },
      ['r: a → X 3, X 2', 't: c → X 100 3'],
    ],
    [
      'credits of sending courses',
      { over: { kind: 'sendingCourses', select: [{ kind: 'subject', subject: 'MA' }] }, maximumCredits: 6 },
      ['r: a → (X 0), X 2', 's: b → X 4', 't: c → X 100 3'],
    ],
  ])('%s', (_, limit, expected) => {
    const result = under(limit);
    expect(applied(result)).toEqual(expected);
    expect(result.binding).toEqual([{ kind: 'limit', id: 'l', agreement: 'g' }]);
  });

  it('that is not reached binds nothing', () => {
    const result = under({ over: { kind: 'everything' }, maximumCredits: 12, maximumCourses: 4 });
    expect(result.totals.recognised).toBe(12);
    expect(result.binding).toEqual([]);
  });

  it('counts the awards’ own credits, before the programme’s caps', () => {
    const limits: readonly Limit[] = [{ id: 'l', over: { kind: 'everything' }, maximumCredits: 5 }];
    // 2 of 4 count under the cap; the limit sees 4 and leaves no room for 3 more.
    const result = asked([a, b], [gives('r', forA, 4), gives('s', forB, 3)], {
      terms: { limits },
      policy: { maximumTransferredCredits: 2 },
    });
    expect(result.applications).toHaveLength(1);
    expect(levelsOf(result)).toEqual([28, 0, 2, 1, 1]); // s: 3 sent − 2; r: max(0, 3 − 2) too: the smaller rule id
    expect(applied(result)).toEqual(['r: a → X 2']);
  });
});

describe('exceptions granted by a person', () => {
  const policyWaived = (clause: 'minimumGrade' | 'maximumAge' | 'electivesOnly'): Exception => ({
    kind: 'policyWaived',
    reason: 'granted by the dean',
    completion: 'a',
    clause,
  });

  it.each<[string, TransferPolicy, Exception, string]>([
    ['minimum grade', { minimumGrades: [{ scale: 'letters', value: 'C' }] }, policyWaived('minimumGrade'), 'gradeTooLow'],
    ['maximum age', { maximumAge: 'P1Y' }, policyWaived('maximumAge'), 'tooOld'],
  ])('waive the programme’s %s', (_, policy, exception, status) => {
    const held = { ...a, grade: { scale: 'letters', value: 'D' } };
    const rules = [gives('r', forA, 3)];
    const refused = asked([held], rules, { policy });
    expect(statuses(refused)).toEqual({ a: status });
    expect(becauseOf(refused, 'a').parameters).toMatchObject({ policy: true });
    expect(statuses(asked([held], rules, { policy, rest: { exceptions: [exception] } }))).toEqual({ a: 'used' });
  });

  it('waive "electives only"', () => {
    const of = [x100, needsElectives('z', 3)];
    const policy: TransferPolicy = { electivesOnly: 'transferred' };
    expect(filled(asked([a], [fills('r', forA, 3)], { of, policy }))).toEqual(['r: z 3']);
    expect(filled(asked([a], [fills('r', forA, 3)], { of, policy, rest: { exceptions: [policyWaived('electivesOnly')] } }))).toEqual([
      'r: x 3',
    ]);
  });

  it.each<['dates' | 'completedWithin' | 'evidence' | 'minimumGrade', Rule, string]>([
    ['dates', gives('r', forA, 3, { governedBy: 'completion', validity: { until: '2024-12-31' } }), 'outsideDates'],
    ['completedWithin', gives('r', forA, 3, { conditions: { completedWithin: { duration: 'P1Y', before: 'request' } } }), 'tooOld'],
    ['evidence', gives('r', forA, 3, { conditions: { evidence: { minimumHours: 90 } } }), 'evidenceMissing'],
    ['minimumGrade', gives('r', course('MA 101', { minimumGrade: { scale: 'letters', value: 'C' } }), 3), 'gradeTooLow'],
  ])('waive a rule’s %s', (condition, own, status) => {
    const exceptions: readonly Exception[] = [{ kind: 'conditionWaived', reason: 'war', completion: 'a', condition }];
    expect(statuses(asked([a], [own]))).toEqual({ a: status });
    expect(statuses(asked([a], [own], { rest: { exceptions } }))).toEqual({ a: 'used' });
  });

  it('waive a requirement: it is complete, needs nothing and is filled by nothing', () => {
    const exceptions: readonly Exception[] = [{ kind: 'requirementWaived', reason: 'professional experience', requirement: 'x' }];
    const result = asked([a], [fills('r', forA, 3)], { of: [x100, needsElectives('z', 3)], rest: { exceptions } });
    expect(stateOf(result, 'x')).toMatchObject({ complete: true, remaining: 0 });
    expect(filled(result)).toEqual(['r: z 3']);
    expect(levelsOf(result)).toEqual([0, 3, 3, 1, 0]);
  });

  it('of a node with parts, only itself: what stands below may be filled and be complete all the same', () => {
    const exceptions: readonly Exception[] = [{ kind: 'requirementWaived', reason: 'another degree', requirement: 'n' }];
    const parts: readonly Requirement[] = [x100, needsCourse('y', 'Y 100', 3)];
    const either: Requirement = { id: 'n', kind: 'atLeast', count: 1, of: parts };
    const all: Requirement = { id: 'n', kind: 'all', of: parts };
    for (const node of [either, all]) {
      const result = asked([a], [fills('r', forA, 3)], { of: [node], rest: { exceptions } });
      expect(requirementsThatAre(result, 'complete')).toEqual(['n', 'root', 'x']);
      expect(levelsOf(result)).toEqual([0, 3, 3, 1, 0]);
    }
    const outer: Requirement = { id: 'outer', kind: 'atLeast', count: 1, of: [either, needsElectives('z', 6)] };
    expect(stateOf(asked([], [], { of: [outer], rest: { exceptions } }), 'outer')).toMatchObject({ remaining: 0, complete: true });
  });
});

describe('completions themselves', () => {
  it('one of a transcript whose verification failed is never usable', () => {
    const forged = completion('a', 'MA 101', 3, { evidence: { ...a.evidence, verification: 'failed' } });
    expect(becauseOf(asked([forged], [gives('r', forA, 3)]), 'a')).toMatchObject({
      status: 'evidenceMissing',
      parameters: { verification: 'failed' },
    });
  });

  it('the policy’s age needs a date', () => {
    const { completedOn: _, ...undated } = a;
    expect(becauseOf(asked([undated], [gives('r', forA, 3)], { policy: { maximumAge: 'P5Y' } }), 'a')).toMatchObject({
      status: 'dateMissing',
      parameters: { which: 'completion', policy: true },
    });
  });
});
