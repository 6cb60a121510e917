import { describe, expect, it } from '@jest/globals';
import { type CompletionStatus, completionStatuses, type EvaluationResult } from '../src/evaluation/domain/index.js';
import type { Requirement } from '../src/programmes/domain/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import { a, asked, b, c, forA, forB, forC, gives, home, mostSpecific, type Setting } from './support/asked.js';
import { asking, held } from './support/asking.js';
import { negatives } from './support/example-rules.js';
import { applied, becauseOf, levelsOf, requirementsThatAre, stateOf, statuses } from './support/judged.js';
import { agreement, all, course, elective, named, needsCourse, needsElectives, needsSubject, rule } from './support/oracle/builders.js';

/** What an evaluation answers beyond the allocation: statuses with their reasons, the negatives, and what is complete as offered. */

describe('per completion exactly one status', () => {
  const refusing: Rule = { ...gives('no', forA, 0), outcome: { kind: 'noCredit', reason: 'workload' } };
  const assessed: Rule = { ...gives('person', forA, 0), outcome: { kind: 'individualAssessment' } };
  const chosen: Rule = {
    ...gives('r', forA, 0),
    outcome: { kind: 'choice', by: 'student', options: [[elective('X', 3)], [elective('Y', 3)]] },
  };
  const graded = { ...a, grade: { scale: 'letters', value: 'D' } };
  const { completedOn: _, ...undated } = a;
  const only = (conditions: NonNullable<Rule['conditions']>): readonly Rule[] => [gives('r', forA, 3, { conditions })];

  interface Case {
    readonly status: CompletionStatus;
    readonly held?: readonly (typeof a)[];
    readonly rules: readonly Rule[];
    readonly setting?: Setting;
    readonly parameters: object;
  }

  const cases: readonly Case[] = [
    { status: 'used', rules: [gives('r', forA, 3)], parameters: {} },
    {
      status: 'alreadyRedeemed',
      rules: [gives('r', forA, 3)],
      setting: { rest: { redemptions: [{ completion: 'a', institution: 'H', programme: 'BSC' }] } },
      parameters: { redemption: 'oncePerProgramme', institution: 'H', programme: 'BSC' },
    },
    { status: 'refusedByRule', rules: [refusing], parameters: { reason: 'workload' } },
    { status: 'needsAssessment', rules: [assessed], parameters: {} },
    {
      status: 'choiceOpen',
      rules: [chosen],
      setting: { rest: { choices: [{ agreement: 'g', rule: 'r', option: 5 }] } },
      parameters: { by: 'student' },
    },
    {
      status: 'evidenceMissing',
      held: [{ ...a, hours: 80, evidence: { identityVerified: false, proctored: true, verification: 'unverified' } }],
      rules: only({ evidence: { identityVerified: true, proctored: true, verifiedTranscript: true, minimumHours: 90 } }),
      parameters: { evidence: ['identityVerified', 'verifiedTranscript', 'minimumHours'], minimumHours: 90, hours: 80 },
    },
    {
      status: 'gradeTooLow',
      held: [graded],
      rules: [gives('r', course('MA 101', { minimumGrade: { scale: 'letters', value: 'C' } }), 3)],
      parameters: { scale: 'letters', minimum: 'C', gradeScale: 'letters', grade: 'D', comparable: true },
    },
    {
      status: 'outsideDates',
      rules: [gives('r', forA, 3, { governedBy: 'completion', validity: { from: '2020-01-01', until: '2024-12-31' } })],
      parameters: { governedBy: 'completion', date: '2025-01-15', from: '2020-01-01', until: '2024-12-31' },
    },
    {
      status: 'dateMissing',
      held: [undated],
      rules: [gives('r', forA, 3, { governedBy: 'completion' })],
      parameters: { which: 'completion' },
    },
    {
      status: 'tooOld',
      rules: only({ completedWithin: { duration: 'P6M', before: 'request' } }),
      parameters: { date: '2025-01-15', earliest: '2025-09-01', duration: 'P6M', before: 'request' },
    },
    {
      status: 'programmeExcluded',
      rules: only({ programmes: { only: ['BA', 'BED'] } }),
      parameters: { programme: 'BSC', only: ['BA', 'BED'] },
    },
    { status: 'incompleteSet', rules: [gives('r', all(forA, forB), 3)], parameters: { missing: ['MA 102'], missingCourses: 1 } },
    {
      status: 'incompleteSet',
      rules: only({ alsoHolds: forB }),
      parameters: { missing: ['MA 102'], missingCourses: 1, condition: 'alsoHolds' },
    },
    {
      status: 'limitReached',
      rules: [gives('r', forA, 3)],
      setting: { terms: { limits: [{ id: 'l', over: { kind: 'everything' }, maximumCredits: 2 }] } },
      parameters: { limit: 'l' },
    },
    {
      status: 'capReached',
      rules: [gives('r', forA, 3)],
      setting: { policy: { maximumTransferredCredits: 0 } },
      parameters: { cap: 'maximumTransferredCredits' },
    },
    {
      status: 'capReached',
      held: [a, b],
      rules: [gives('r', forA, 3), rule('s', forB, [elective('X', 3, { attributes: ['Q'] })])],
      setting: {
        policy: { maximumTransferredCredits: 3 },
        of: [{ id: 'q', kind: 'credits', credits: 3, from: [{ kind: 'attribute', attribute: 'Q' }] }],
      },
      parameters: { cap: 'maximumTransferredCredits' },
    },
    {
      status: 'outranked',
      held: [
        { ...a, completedOn: '2024-01-15' },
        { ...a, id: 'again' },
      ],
      rules: [gives('r', forA, 3)],
      parameters: { betterAttempt: 'again' },
    },
    {
      status: 'notNeeded',
      held: [{ ...a, grade: { scale: 'letters', value: 'B' } }, b],
      rules: [rule('r', forA, [named('X 100', 3)]), rule('s', forB, [named('X 100', 3, { attributes: ['Lab'] })])],
      setting: { of: [{ id: 'q', kind: 'credits', credits: 3, from: [{ kind: 'attribute', attribute: 'Lab' }] }] },
      parameters: { alreadyAwarded: ['X100'] },
    },
    {
      status: 'notEvaluated',
      held: [{ ...graded, grade: { scale: 'letters', value: 'A' } }],
      rules: [gives('r', course('MA 101', { maximumGrade: { scale: 'letters', value: 'B' } }), 3)],
      parameters: { scale: 'letters', maximum: 'B', gradeScale: 'letters', grade: 'A', comparable: true },
    },
    {
      status: 'notEvaluated',
      rules: [gives('r', course('MA 101', { minimumCredits: 4 }), 3)],
      parameters: { minimumCredits: 4, credits: 3 },
    },
    {
      status: 'notEvaluated',
      held: [a, b],
      rules: only({ doesNotHold: forB }),
      parameters: { condition: 'doesNotHold', held: ['MA 102'] },
    },
    { status: 'failed', held: [{ ...a, outcome: 'failed' }], rules: [gives('r', forA, 3)], parameters: { outcome: 'failed' } },
    { status: 'inProgress', held: [{ ...a, outcome: 'planned' }], rules: [gives('r', forA, 3)], parameters: { outcome: 'planned' } },
  ];

  it.each(cases)('$status with $parameters', ({ status, held: completions = [a], rules, setting, parameters }) => {
    expect(becauseOf(asked(completions, rules, setting), 'a')).toMatchObject({ status, parameters });
  });

  it('notEvaluated and unmatched: no rule speaks of it, and whether the catalogue knows the course', () => {
    const result = asked([{ ...a, course: 'edition-7' }, b], []);
    expect(statuses(result)).toEqual({ a: 'notEvaluated', b: 'unmatched' });
    expect(becauseOf(result, 'a')).toEqual({});
  });

  it('all twenty are shown here', () => {
    const shown = new Set<CompletionStatus>([...cases.map(({ status }) => status), 'unmatched']);
    expect(completionStatuses.filter((status) => !shown.has(status))).toEqual([]);
  });

  it('the first that applies; the other rules with what became of each', () => {
    const rules = [
      gives('dated', forA, 3, { validity: { until: '2024-12-31' } }),
      gives('graded', course('MA 101', { minimumGrade: { scale: 'letters', value: 'A' } }), 3),
      gives('pair', all(forA, forB), 3),
      gives('restricted', forA, 3, { conditions: { programmes: { except: ['BSC'] } } }),
    ];
    const result = asked([graded], rules);
    const [own] = result.completions;
    expect(own?.because).toMatchObject({ rule: 'graded', status: 'gradeTooLow' });
    expect(own?.otherRules.map(({ rule: id, status }) => [id, status])).toEqual([
      ['dated', 'outsideDates'],
      ['restricted', 'programmeExcluded'],
      ['pair', 'incompleteSet'],
    ]);
  });

  it('of one that is used, why it was used so and which rules lost', () => {
    const rules = [gives('r', forA, 3), gives('s', forA, 2), gives('t', forA, 1, { validity: { until: '2024-12-31' } })];
    const [own] = asked([a], rules).completions;
    expect(own).toMatchObject({ status: 'used', because: { rule: 'r', status: 'used' } });
    expect(own?.otherRules).toMatchObject([
      { rule: 't', status: 'outsideDates' },
      { rule: 's', status: 'notNeeded', parameters: { usedElsewhere: ['a'] } },
    ]);
  });

  it('of rules that lost alike, in the order of their ids', () => {
    const rules = [gives('r', forA, 3), gives('s b', forA, 1), gives('s', forA, 2)];
    const [own] = asked([a], rules).completions;
    expect(own?.otherRules.map(({ rule: id, status }) => [id, status])).toEqual([
      ['s', 'notNeeded'],
      ['s b', 'notNeeded'],
    ]);
  });

  it('of a smaller set, the larger one it gives way to', () => {
    const limits = [{ id: 'l', over: { kind: 'rules', rules: ['both'] }, maximumCourses: 0 }] as const;
    const rules = [gives('alone', forA, 3), gives('both', all(forA, forB), 5)];
    const [own] = asked([a, b], rules, { terms: { ...mostSpecific.terms, limits } }).completions;
    expect(own?.because).toMatchObject({ rule: 'both', status: 'limitReached' });
    expect(own?.otherRules).toMatchObject([
      { rule: 'alone', status: 'outranked', parameters: { byRule: 'both', byCompletions: ['a', 'b'] } },
    ]);
  });
});

describe('per completion, why a smaller set gave way', () => {
  it('to a larger one that something else might have broken, and did not', () => {
    // y is on A and B, and may give no credit; z on B and C would break it, but C may not be consumed.
    const limits = [
      { id: 'no-y', over: { kind: 'rules', rules: ['y'] }, maximumCredits: 0 },
      { id: 'no-c', over: { kind: 'sendingCourses', select: [{ kind: 'code', code: 'PH 202' }] }, maximumCourses: 0 },
    ] as const;
    const rules = [gives('x', forA, 3), gives('y', all(forA, forB), 5), gives('z', all(forB, forC), 5)];
    const result = asked([a, b, c], rules, { terms: { ...mostSpecific.terms, limits } });
    expect(applied(result)).toEqual([]);
    const [own] = result.completions;
    expect(own?.because).toMatchObject({ rule: 'y', status: 'limitReached' });
    expect(own?.otherRules).toMatchObject([
      { rule: 'x', status: 'outranked', parameters: { byAgreement: 'g', byCompletions: ['a', 'b'] } },
    ]);
  });
});

describe('four different negatives, never merged', () => {
  const of: readonly Requirement[] = [
    { id: 'analysis', kind: 'course', codes: ['MATH 400'], credits: 3 },
    { id: 'software', kind: 'course', codes: ['CPSC 310'], credits: 4 },
    { id: 'electives', kind: 'freeElectives', credits: 30 },
  ];
  const result = (): EvaluationResult =>
    asking(negatives, [held('ABST 1102'), held('ANTH 1180'), held('HIST 1111', 3, { course: 'hist-1111' }), held('ENGL 1123')], { of });

  it('no credit: a rule says so, with its reason', () => {
    expect(becauseOf(result(), 'ABST1102')).toMatchObject({
      status: 'refusedByRule',
      rule: 'abst-1102',
      parameters: { reason: 'noDegreeCredit' },
    });
  });

  it('not evaluated: no rule', () => {
    expect(statuses(result())).toMatchObject({ HIST1111: 'notEvaluated', ENGL1123: 'used' });
  });

  it('individual assessment: a person decides', () => {
    expect(becauseOf(result(), 'ANTH1180')).toMatchObject({ status: 'needsAssessment', rule: 'anth-1180' });
  });

  it('take after transfer, and no articulation: statements about receiving courses', () => {
    expect(stateOf(result(), 'analysis').statements).toEqual([
      { agreement: 'g', target: 'MATH 400', kind: 'takeAfterTransfer', reason: { en: 'Taught in the final year only.' } },
    ]);
    expect(stateOf(result(), 'software').statements).toEqual([{ agreement: 'g', target: 'CPSC 310', kind: 'noArticulation' }]);
    expect(levelsOf(result())).toEqual([34, 0, 3, 1, 0]); // 37 − 3 of ENGL 1123; refused and unassessed courses count nothing
  });
});

describe('complete, and complete as far as these agreements offer', () => {
  const x = needsCourse('x', 'X 100', 3);
  const notOffered = needsCourse('y', 'Y 100', 3);
  const rules = [rule('r', forA, [named('X 100', 3)])];

  it('what no agreement offers is excused and named', () => {
    const result = asked([a], rules, { of: [x, notOffered] });
    expect(requirementsThatAre(result, 'complete')).toEqual(['x']);
    expect(requirementsThatAre(result, 'completeAsOffered')).toEqual(['root', 'x', 'y']);
    expect(stateOf(result, 'x').offered).toBe(true);
    expect(stateOf(result, 'y')).toMatchObject({ offered: false, remaining: 3, complete: false });
  });

  it('what is offered and not earned is not', () => {
    const result = asked([], rules, { of: [x, notOffered] });
    expect(requirementsThatAre(result, 'completeAsOffered')).toEqual(['y']);
  });

  it('offered is what some rule in force awards, whoever may use it', () => {
    const others = [
      rule('r', forA, [named('X 100', 3)], { from: 'B', conditions: { programmes: { only: ['MSC'] } }, validity: { until: '1999-12-31' } }),
    ];
    const parties = { terms: { parties: ['A', 'B', 'H', 'Z'] } };
    expect(stateOf(asked([], others, { of: [x], ...parties }), 'x').offered).toBe(true);
    const elsewhere = [rule('r', forA, [named('X 100', 3)], { to: 'Z' })];
    expect(stateOf(asked([], elsewhere, { of: [x], ...parties }), 'x').offered).toBe(false);
    const anywhere = [rule('r', forA, [named('X 100', 3)], { to: 'anyMember' })];
    expect(stateOf(asked([], anywhere, { of: [x] }), 'x').offered).toBe(true);
    const option: Rule = {
      ...rule('r', forA, []),
      outcome: { kind: 'choice', by: 'best', options: [[elective('Z', 1)], [named('X 100', 3)]] },
    };
    expect(stateOf(asked([], [option], { of: [x] }), 'x').offered).toBe(true);
  });

  it('an exemption offers a named course only; converted credit offers any', () => {
    const of = [x, needsElectives('z', 3)];
    const exempting = asked([], [rule('r', forA, [named('X 100', 0, { effect: 'exemption' })])], { of });
    expect([stateOf(exempting, 'x').offered, stateOf(exempting, 'z').offered]).toEqual([true, false]);
    const converting = asked([], [rule('r', forA, [elective('Y', 0, { credits: { kind: 'converted' } })])], { of });
    expect([stateOf(converting, 'x').offered, stateOf(converting, 'z').offered]).toEqual([false, true]);
  });

  it('of "n of" so many parts, each complete or excused', () => {
    const of = (count: number): readonly Requirement[] => [
      { id: 'n', kind: 'atLeast', count, of: [x, notOffered, needsSubject('s', 'X', 3)] },
    ];
    const as = (count: number) => stateOf(asked([a], rules, { of: of(count) }), 'n');
    expect(as(1)).toMatchObject({ complete: true, completeAsOffered: true });
    expect(as(2)).toMatchObject({ complete: false, completeAsOffered: true, remaining: 3 }); // x, and y which nobody offers
    expect(as(3)).toMatchObject({ complete: false, completeAsOffered: false });
  });

  it('statements of every agreement stand at the requirement that names the course', () => {
    const statements = [{ target: 'y100', kind: 'individualAssessment' }] as const;
    const besides = [agreement('b', [], { statements })];
    const result = asked([], rules, {
      of: [x, notOffered],
      besides,
      terms: { statements: [{ target: 'Y 100', kind: 'takeAfterTransfer' }] },
    });
    expect(stateOf(result, 'y').statements).toEqual([
      { agreement: 'b', target: 'y100', kind: 'individualAssessment' },
      { agreement: 'g', target: 'Y 100', kind: 'takeAfterTransfer' },
    ]);
  });
});

describe('totals and provenance', () => {
  it('recognised, of these without a home, capped, wasted', () => {
    const rules = [rule('r', forA, [named('X 100', 3)]), rule('s', forB, [elective('Y', 5)])];
    const result = asked([{ ...a, credits: 4 }, b], rules, {
      of: [needsCourse('x', 'X 100', 2)],
      policy: { maximumTransferredCredits: 7 },
    });
    // 7 of 8 count. r: 3 or 2 of 4 sent, s: 5 or 4 of 3 sent: the loss is least with 3 and 4. X 100 takes 2 of 3; 1 + 4 have no home.
    expect(applied(result)).toEqual(['r: a → X 100 3', 's: b → Y 4']);
    expect(result.totals).toEqual({ recognised: 7, unplaced: 5, capped: 1, wasted: 1 });
  });

  it('an agreement that rests on one party’s word is named where it gave credit', () => {
    const attested = [{ ...agreement('b', [gives('s', forB, 3)]), attestedBy: 'H' }];
    expect(asked([b], [], { besides: attested }).attested).toEqual(['b']);
    expect(asked([a], [gives('r', forA, 3)], { besides: attested }).attested).toEqual([]);
  });

  it('home courses are listed with what they fill', () => {
    const result = asked([], [], { of: [needsCourse('x', 'X 100', 3)], rest: { homeRecord: [home('h', 'X 100', 4)] } });
    expect(result.homeCourses).toEqual([{ homeCourse: 'h', counted: 4, fills: [{ requirement: 'x', credits: 3, surplus: false }] }]);
  });
});
