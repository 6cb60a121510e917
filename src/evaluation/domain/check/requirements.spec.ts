import { describe, expect, it } from '@jest/globals';
import {
  applied,
  atHome,
  completion,
  electives,
  fill,
  granted,
  homeCourse,
  input,
  named,
  ofSubject,
  programme,
  rejections,
  requires,
  result,
  revision,
} from '../../../../test/support/check-fixtures.js';
import { code, course, credit, elective, exempt, noCredit, rule } from '../../../../test/support/rule-builders.js';
import type { Requirement, TransferPolicy } from '../../../programmes/domain/index.js';
import type { Award, Outcome } from '../../../rules/domain/index.js';
import type { EvaluationInput, Exception, HomeCourse } from '../input.js';
import type { AwardResult, BindingConstraint, EvaluationResult, Fill, HomeCourseResult, RequirementResult } from '../result.js';
import type { ViolationCode } from './index.js';

const filling: readonly ViolationCode[] = [
  'unknownRequirement',
  'fill',
  'filledTwice',
  'electivesOnly',
  'notShared',
  'waivedRequirement',
  'homeCourse',
  'counted',
  'transferCap',
  'moocCap',
  'passFailCap',
  'passFailHomeCourses',
  'fillCredits',
  'overfilled',
  'requirementTransfer',
  'surplus',
];

interface Case {
  readonly policy?: TransferPolicy;
  readonly exceptions?: readonly Exception[];
  readonly whatIf?: boolean;
  /** The completions are MOOCs, and the awards say so. */
  readonly mooc?: boolean;
  readonly home?: readonly (readonly [HomeCourse, HomeCourseResult])[];
}

/** Each award is that of a rule of its own, on a completion of its own: c1, c2, … */
function situation(
  requirements: readonly Requirement[],
  awards: readonly (readonly [Award, Partial<AwardResult>])[],
  rest: Case = {},
): readonly [EvaluationInput, EvaluationResult] {
  const { policy = {}, exceptions = [], whatIf = false, mooc = false, home = [] } = rest;
  const ids = awards.map((_, index) => String(index + 1));
  const held = ids.map((id) => completion(`c${id}`, `SENT ${id}`, { mooc }));
  const rules = awards.map(([award], index) => rule(`r${ids[index] ?? ''}`, code(`SENT ${ids[index] ?? ''}`), credit(award)));
  const given = input(held, [revision('a', rules)], {
    programme: programme(requires(...requirements), policy),
    homeRecord: home.map(([one]) => one),
    exceptions,
    whatIf,
  });
  const applications = awards.map(([award, own], index) =>
    applied(`r${ids[index] ?? ''}`, [`c${ids[index] ?? ''}`], { awards: [granted(award, [], { mooc, ...own })] }),
  );
  return [given, result({ whatIf, applications, homeCourses: home.map(([, own]) => own) })];
}

function judged(...args: Parameters<typeof situation>): readonly ViolationCode[] {
  return rejections(...situation(...args), filling);
}

const x100 = course('X 100', 3);
const filled = (...fills: Fill[]): Partial<AwardResult> => ({ fills });

describe('what fills a requirement', () => {
  /** Whether an award of 3 credits may fill the requirement `q`, a named course with its credits, another with 1. */
  const fits = (requirement: Requirement, award: Award, rest: Case = {}): boolean => {
    const counted = award.effect === 'credit' && award.credits.kind === 'fixed' ? award.credits.credits : 0;
    return (
      judged([requirement], [[award, filled(fill('q', requirement.kind === 'course' ? counted : Math.min(1, counted)))]], rest).length === 0
    );
  };
  const second = elective('X', 200, 'X 2nd', 3);
  const unnamed: Award = { ...x100, target: { kind: 'elective' } };
  const from = (...matches: (Requirement & { kind: 'credits' })['from'][number][]): Requirement => ({
    id: 'q',
    kind: 'credits',
    credits: 6,
    from: matches,
  });

  it('is a named course with one of its codes, whatever the effect', () => {
    const either: Requirement = { id: 'q', kind: 'course', codes: ['Y 100', 'x100'], credits: 3 };
    for (const award of [x100, exempt('X 100'), { ...x100, effect: 'waiver' as const }]) expect(fits(either, award)).toBe(true);
    expect(fits(either, course('X 101', 3))).toBe(false);
    expect(fits(either, second)).toBe(false);
  });

  it('is credit that matches a credit requirement', () => {
    expect(fits(from({ kind: 'code', pattern: 'X 1##' }), x100)).toBe(true);
    expect(fits(from({ kind: 'code', pattern: 'X 2##' }), second)).toBe(false);
    expect(fits(from({ kind: 'subject', subject: 'x' }), x100)).toBe(true);
    expect(fits(from({ kind: 'subject', subject: 'X' }), second)).toBe(true);
    expect(fits(from({ kind: 'subject', subject: 'X' }), unnamed)).toBe(false);
    expect(fits(from({ kind: 'subject', subject: 'X', minimumLevel: 200 }), second)).toBe(true);
    expect(fits(from({ kind: 'subject', subject: 'X', minimumLevel: 200 }), x100)).toBe(false);
    expect(fits(from({ kind: 'subject', subject: 'X', minimumLevel: 0 }), { ...x100, target: { kind: 'elective', subject: 'X' } })).toBe(
      false,
    );
    expect(fits(from({ kind: 'attribute', attribute: 'Q' }), { ...x100, attributes: ['Q'] })).toBe(true);
    expect(fits(from({ kind: 'attribute', attribute: 'Q' }), x100)).toBe(false);
    expect(fits(from({ kind: 'code', pattern: 'Y*' }, { kind: 'code', pattern: 'X*' }), x100)).toBe(true);
    expect(fits(from({ kind: 'code', pattern: '*' }), exempt('X 100'))).toBe(false);
    expect(fits(from({ kind: 'code', pattern: '*' }), course('X 100', 0))).toBe(false);
  });

  it('is any credit for free electives, and nothing for a node with parts', () => {
    expect(fits(electives('q', 6), unnamed)).toBe(true);
    expect(fits(electives('q', 6), exempt('X 100'))).toBe(false);
    expect(judged([named('q', 'X 100')], [[x100, filled(fill('root', 3))]])).toEqual(['unknownRequirement']);
  });

  it('is no transferred award for a named course where the policy wants electives only', () => {
    const waived: Exception = { kind: 'policyWaived', completion: 'c1', clause: 'electivesOnly', reason: 'granted' };
    const only = (electivesOnly: 'transferred' | 'mooc', rest: Case = {}): readonly ViolationCode[] =>
      judged([named('q', 'X 100')], [[x100, filled(fill('q', 3))]], { policy: { electivesOnly }, ...rest });
    expect(only('transferred')).toEqual(['electivesOnly']);
    expect(only('transferred', { exceptions: [waived] })).toEqual([]);
    expect(only('mooc')).toEqual([]);
    expect(only('mooc', { mooc: true })).toEqual(['electivesOnly']);
    expect(fits(electives('q', 6), x100, { policy: { electivesOnly: 'transferred' } })).toBe(true);
    const home = [[homeCourse('h1', 'X 100'), atHome('h1', 3, [fill('q', 3)])]] as const;
    expect(judged([named('q', 'X 100')], [], { policy: { electivesOnly: 'transferred' }, home })).toEqual([]);
  });

  it('is nothing where it is waived', () => {
    const waived: Exception = { kind: 'requirementWaived', requirement: 'q', reason: 'granted' };
    expect(judged([named('q', 'X 100')], [[x100, filled(fill('q', 3))]], { exceptions: [waived] })).toEqual(['waivedRequirement']);
  });

  it('fills a named course once, and one requirement unless they share', () => {
    const twice: readonly (readonly [Award, Partial<AwardResult>])[] = [
      [x100, filled(fill('q', 3))],
      [course('Y 100', 3), filled(fill('q', 3))],
    ];
    expect(judged([{ id: 'q', kind: 'course', codes: ['X 100', 'Y 100'], credits: 3 }], twice)).toEqual(['filledTwice']);
    const both = [[x100, filled(fill('q', 3), fill('s', 3))]] as const;
    expect(judged([named('q', 'X 100'), electives('s', 6)], both)).toEqual(['notShared']);
    expect(judged([named('q', 'X 100', 3, { sharesWith: ['s'] }), electives('s', 6)], both)).toEqual([]);
    expect(judged([named('q', 'X 100'), electives('s', 6, { sharesWith: ['q'] })], both)).toEqual([]);
    expect(rejections(...situation([electives('s', 6)], [[x100, filled(fill('s', 1), fill('s', 1))]]), ['order'])).toEqual(['order']);
  });

  it('is a home course once it is done, in a what-if also under way', () => {
    const underWay = homeCourse('h1', 'X 100', { status: 'underWay' });
    const home = [[underWay, atHome('h1', 3, [fill('q', 3)])]] as const;
    expect(judged([named('q', 'X 100')], [], { home })).toEqual(['homeCourse']);
    expect(judged([named('q', 'X 100')], [], { home, whatIf: true })).toEqual([]);
    expect(judged([named('q', 'X 100')], [], { home: [[underWay, atHome('h1', 0)]] })).toEqual([]);
  });
});

describe('what counts', () => {
  const two = (first: number, second: number): readonly (readonly [Award, Partial<AwardResult>])[] => [
    [x100, { counted: first }],
    [course('Y 100', 3), { counted: second }],
  ];

  it('keeps to the caps on what transfers', () => {
    for (const policy of [{ maximumTransferredCredits: 5 }, { maximumTransferredShare: '1/24' }, { residencyCredits: 115 }]) {
      // 120 · 1/24 = 5; 120 - 115 = 5.
      expect(judged([], two(3, 2), { policy })).toEqual([]);
      expect(judged([], two(3, 2.001), { policy })).toEqual(['transferCap']);
    }
    expect(judged([], two(0, 0.001), { policy: { residencyCredits: 121 } })).toEqual(['transferCap']);
    // 120 · 0.0000001 is less than a thousandth.
    expect(judged([], two(0, 0.001), { policy: { maximumTransferredShare: '0.0000001' } })).toEqual(['transferCap']);
  });

  it('keeps to the caps on MOOCs and on pass/fail', () => {
    expect(judged([], two(3, 2), { mooc: true, policy: { maximumMoocCredits: 5 } })).toEqual([]);
    expect(judged([], two(3, 3), { mooc: true, policy: { maximumMoocCredits: 5 } })).toEqual(['moocCap']);
    expect(judged([], two(3, 3), { policy: { maximumMoocCredits: 5 } })).toEqual([]);
    const home = [[homeCourse('h1', 'Z 100', { passFail: true }), atHome('h1', 3)]] as const;
    expect(judged([], two(3, 2), { home, policy: { passFail: { maximumCredits: 8 } } })).toEqual([]);
    expect(judged([], two(3, 3), { home, policy: { passFail: { maximumCredits: 8 } } })).toEqual(['passFailCap']);
  });

  it('keeps to the number of pass/fail home courses', () => {
    const policy = { passFail: { maximumHomeCourses: 1 } };
    const courses = (second: HomeCourseResult): Case['home'] => [
      [homeCourse('h1', 'X 100', { passFail: true }), atHome('h1', 3)],
      [homeCourse('h2', 'Y 100', { passFail: true }), second],
      [homeCourse('h3', 'Z 100'), atHome('h3', 3)],
    ];
    expect(judged([], [], { policy, home: courses(atHome('h2', 0)) ?? [] })).toEqual([]);
    expect(judged([], [], { policy, home: courses(atHome('h2', 1)) ?? [] })).toEqual(['passFailHomeCourses']);
    expect(judged([named('q', 'Y 100')], [], { policy, home: courses(atHome('h2', 0, [fill('q', 0)])) ?? [] })).toEqual([
      'passFailHomeCourses',
    ]);
  });

  it('keeps to what the node lets transferred awards do', () => {
    const node = (transfer: { maximumCourses?: number; maximumCredits?: number }): Requirement => ({
      id: 'node',
      kind: 'all',
      transfer,
      of: [named('q', 'X 100', 3, { sharesWith: ['s'] }), electives('s', 6, { sharesWith: ['q'] })],
    });
    const both: readonly (readonly [Award, Partial<AwardResult>])[] = [
      [x100, filled(fill('q', 3), fill('s', 2))],
      [course('Y 100', 3), filled(fill('s', 1))],
    ];
    // Three fills; 2 + 1 in electives, the named course apart.
    expect(judged([node({ maximumCourses: 3, maximumCredits: 3 })], both)).toEqual([]);
    expect(judged([node({ maximumCourses: 2 })], both)).toEqual(['requirementTransfer']);
    expect(judged([node({ maximumCredits: 2.999 })], both)).toEqual(['requirementTransfer']);
    const home = [[homeCourse('h1', 'X 100'), atHome('h1', 3, [fill('q', 3)])]] as const;
    expect(judged([node({ maximumCourses: 0 })], [], { home })).toEqual([]);
    expect(judged([electives('s', 6, { transfer: { maximumCredits: 1 } })], [[x100, filled(fill('s', 2))]])).toEqual([
      'requirementTransfer',
    ]);
  });
});

describe('surplus', () => {
  const [policy, big] = [{ surplusToElectives: true }, course('X 100', 5)];
  const surplus = (
    requirements: readonly Requirement[],
    fills: readonly Fill[],
    rest: Case = { policy },
    counted = 5,
  ): readonly ViolationCode[] => judged(requirements, [[big, { fills, counted }]], rest);
  const free = electives('z', 6);

  it('of a named course is at most what its credits are more than the requirement’s', () => {
    expect(surplus([named('q', 'X 100'), free], [fill('q', 3), fill('z', 2, true)])).toEqual([]);
    expect(surplus([named('q', 'X 100'), free], [fill('q', 3), fill('z', 2.001, true)])).toEqual(['surplus']);
    expect(surplus([named('q', 'X 100'), free], [fill('q', 1), fill('z', 1, true)], { policy }, 1)).toEqual([]);
    expect(surplus([named('q', 'X 100'), free], [fill('q', 1), fill('z', 2, true)], { policy }, 1)).toEqual(['surplus']);
    expect(surplus([named('q', 'X 100'), free], [fill('q', 3), fill('z', 0, true)])).toEqual(['surplus']);
    expect(surplus([named('q', 'X 100'), free], [fill('q', 3), fill('z', 2, true)], {})).toEqual(['surplus']);
    expect(surplus([named('q', 'X 100', 6), free], [fill('q', 5), fill('z', 1, true)])).toEqual(['surplus']);
  });

  it('of a credit requirement is what does not count there, once it is complete', () => {
    expect(surplus([ofSubject('q', 'X', 3), free], [fill('q', 3), fill('z', 2, true)])).toEqual([]);
    expect(surplus([ofSubject('q', 'X', 3), free], [fill('q', 3), fill('z', 3, true)])).toEqual(['surplus']);
    expect(surplus([ofSubject('q', 'X', 4), free], [fill('q', 3), fill('z', 2, true)])).toEqual(['surplus']);
  });

  it('goes to one requirement of free electives, of an award that fills one other', () => {
    expect(surplus([electives('q', 3), free], [fill('q', 3), fill('z', 2, true)])).toEqual(['surplus']);
    expect(surplus([free], [fill('z', 2, true)])).toEqual(['surplus']);
    expect(surplus([named('q', 'X 100'), free, electives('zz', 6)], [fill('q', 3), fill('z', 1, true), fill('zz', 1, true)])).toEqual([
      'surplus',
    ]);
    expect(surplus([named('q', 'X 100'), ofSubject('x', 'X', 6)], [fill('q', 3), fill('x', 2, true)])).toEqual(['surplus']);
    const sharing = [named('q', 'X 100', 3, { sharesWith: ['s'] }), ofSubject('s', 'X', 3), free];
    expect(surplus(sharing, [fill('q', 3), fill('s', 3), fill('z', 2, true)])).toEqual(['surplus']);
    expect(surplus([named('q', 'X 100'), electives('z', 1)], [fill('q', 3), fill('z', 2, true)])).toEqual(['overfilled']);
    expect(
      surplus(
        [named('q', 'X 100'), electives('z', 6, { transfer: { maximumCourses: 0, maximumCredits: 1 } })],
        [fill('q', 3), fill('z', 2, true)],
      ),
    ).toEqual(['requirementTransfer']);
  });
});

describe('requirements', () => {
  const codes: readonly ViolationCode[] = ['remaining', 'complete', 'offered'];
  const standing = (
    requirement: string,
    remaining: number,
    complete: boolean,
    rest: Partial<RequirementResult> = {},
  ): RequirementResult => ({
    requirement,
    remaining,
    complete,
    completeAsOffered: complete,
    statements: [],
    ...rest,
  });

  it('remain by the cheapest open parts, and nothing where waived', () => {
    const requirements: readonly Requirement[] = [
      { id: 'two', kind: 'atLeast', count: 2, of: [named('a', 'A 1', 4), named('b', 'B 1', 2), named('c', 'C 1', 3)] },
      { id: 'waived', kind: 'all', of: [named('d', 'D 1', 5)] },
    ];
    const exceptions: readonly Exception[] = [{ kind: 'requirementWaived', requirement: 'waived', reason: 'granted' }];
    const [given, stated] = situation(requirements, [[course('A 1', 4), filled(fill('a', 4))]], { exceptions });
    const own = { offered: false, open: true, completeAsOffered: true };
    const all = [
      standing('a', 0, true, { offered: true, open: false }),
      standing('b', 2, false, own),
      standing('c', 3, false, own),
      standing('d', 5, false, { ...own, open: false }),
      // Of 0, 2 and 3 the two smallest, and nothing for what is waived.
      standing('root', 2, false, { completeAsOffered: true }),
      standing('two', 2, false, { completeAsOffered: true }),
      standing('waived', 0, true),
    ];
    expect(rejections(given, { ...stated, requirements: all }, codes)).toEqual([]);
    for (const [index, one] of all.entries()) {
      const changed = all.map((other, at) => (at === index ? { ...one, remaining: one.remaining + 1 } : other));
      expect(rejections(given, { ...stated, requirements: changed }, codes)).toEqual(['remaining']);
    }
  });

  it.each<[string, Requirement, Outcome, Partial<Parameters<typeof rule>[3]>, boolean]>([
    ['an award that could fill it', named('q', 'X 100'), credit(x100), {}, true],
    ['another award', named('q', 'X 100'), credit(course('Y 100', 3)), {}, false],
    ['an option of a choice', named('q', 'X 100'), { kind: 'choice', by: 'best', options: [[course('Y 100', 3)], [x100]] }, {}, true],
    ['a refusal', named('q', 'X 100'), noCredit(), {}, false],
    ['a rule nobody here can use', named('q', 'X 100'), credit(x100), { from: 'sfu', conditions: { programmes: { only: ['BA'] } } }, true],
    ['a rule of another institution', named('q', 'X 100'), credit(x100), { to: 'sfu' }, false],
    ['an exemption', electives('q', 3), credit(exempt('X 100')), {}, false],
    ['credit yet to be converted', electives('q', 3), credit({ ...x100, credits: { kind: 'converted' } }), {}, true],
    ['converted credit cut to nothing', electives('q', 3), credit({ ...x100, credits: { kind: 'converted', maximum: 0 } }), {}, false],
  ])('are offered by %s or not', (_, requirement, outcome, rest, offered) => {
    const given = input([], [revision('a', [rule('r', code('SENT 1'), outcome, rest)])], { programme: programme(requirement) });
    const stated = (value: boolean): EvaluationResult =>
      result({ requirements: [standing('q', 3, false, { offered: value, open: true, completeAsOffered: !value })] });
    expect(rejections(given, stated(offered), codes)).toEqual([]);
    expect(rejections(given, stated(!offered), codes)).toEqual(['offered']);
  });
});

describe('totals and binding constraints', () => {
  it('count shared credits once, and surplus', () => {
    const requirements = [
      electives('s', 2, { sharesWith: ['t'] }),
      electives('t', 1, { sharesWith: ['s'] }),
      named('q', 'X 100', 2),
      electives('z', 1),
    ];
    const [given, stated] = situation(
      requirements,
      [
        [x100, { counted: 3, fills: [fill('q', 2), fill('z', 1, true)] }],
        [course('Y 100', 3), { counted: 2.5, fills: [fill('s', 2), fill('t', 1)] }],
      ],
      { policy: { surplusToElectives: true } },
    );
    // Recognised 3 + 2.5; unplaced (3 - 2 - 1) + (2.5 - 2); capped 3 - 2.5.
    const totals = { recognised: 5.5, unplaced: 0.5, capped: 0.5, wasted: 0 };
    expect(rejections(given, { ...stated, totals }, ['totals'])).toEqual([]);
    expect(rejections(given, { ...stated, totals: { ...totals, unplaced: 1 } }, ['totals'])).toEqual(['totals']);
  });

  it('are those that are reached', () => {
    const policy = {
      maximumTransferredCredits: 3,
      residencyCredits: 117,
      maximumMoocCredits: 3,
      passFail: { maximumCredits: 3, maximumHomeCourses: 0 },
    };
    const [given, stated] = situation(
      [electives('q', 3, { transfer: { maximumCourses: 1 } }), electives('z', 3)],
      [[x100, { counted: 3 }]],
      { policy, mooc: true },
    );
    const limits = [{ id: 'l', over: { kind: 'everything' as const }, maximumCourses: 1 }];
    const limited = { ...given, agreements: given.agreements.map((one) => ({ ...one, terms: { ...one.terms, limits } })) };
    const binding: readonly BindingConstraint[] = [
      { kind: 'maximumTransferredCredits' },
      { kind: 'residencyCredits' },
      { kind: 'maximumMoocCredits' },
      { kind: 'passFail' },
      { kind: 'requirementTransfer', id: 'q' },
      { kind: 'limit', id: 'l', agreement: 'a' },
    ];
    const totals = { ...stated.totals, capped: 1 };
    expect(rejections(limited, { ...stated, binding, totals }, ['binding', 'order'])).toEqual([]);
    expect(rejections(limited, { ...stated, binding: [...binding, ...binding] }, ['binding', 'order'])).toEqual(['order']);
    for (const other of [
      { kind: 'requirementTransfer', id: 'z' },
      { kind: 'limit', id: 'l' },
      { kind: 'limit', agreement: 'a' },
    ] as const) {
      expect(rejections(limited, { ...stated, binding: [other] }, ['binding'])).toEqual(['binding']);
    }
    const [less, statedLess] = situation([], [[x100, { counted: 2 }]], { policy: { ...policy, passFail: {} }, mooc: true });
    for (const one of binding.slice(0, 4)) expect(rejections(less, { ...statedLess, binding: [one] }, ['binding'])).toEqual(['binding']);
    expect(rejections(limited, { ...stated, binding: binding.slice(5), totals }, ['binding'])).toEqual(['binding']);
    expect(rejections(limited, { ...stated, totals, optimal: false, provenLevels: 2 }, ['binding'])).toEqual([]);
  });
});
