import { describe, expect, it } from '@jest/globals';
import { applied, found, refusal, settled, type Setup } from '../../../test/support/candidates.js';
import {
  agreement,
  all,
  any,
  completion,
  course,
  elective,
  input,
  named,
  needsElectives,
  programme,
  rule,
} from '../../../test/support/oracle/builders.js';
import type { Conditions, CourseSource, Outcome, Rule, Selector, Source } from '../../rules/domain/index.js';
import { findCandidates, setLimits } from './candidates.js';
import type { EvaluationInput, HomeCourse } from './input.js';
import { TooManySets, type SetLimits } from './satisfied.js';

/** docs/evaluation.md §2: on which sets a rule is satisfied, and its applications. */

const x = [elective('X', 3)];
const [a, b, c] = [completion('a', 'MA 101', 3), completion('b', 'MA 102', 3), completion('c', 'PH 202', 3)];
const conditional = (conditions: Conditions, source: Source = course('MA 101')): Rule => rule('r', source, x, { conditions });

describe('governedBy request or admission: that date exists and lies within validity', () => {
  const governed = (governedBy: 'request' | 'admission', validity: Rule['validity'], setup: Setup = {}): unknown => {
    const candidates = found([a], [rule('r', course('MA 101'), x, { governedBy, validity })], setup);
    expect(settled(candidates, 'a')).toBeUndefined();
    return refusal(candidates, 'a') ?? applied(candidates);
  };

  it('the request’s', () => {
    expect(governed('request', { from: '2026-03-01', until: '2026-03-01' })).toEqual(['r: a']);
    const parameters = { governedBy: 'request', date: '2026-03-01', until: '2026-02-28' };
    expect(governed('request', { until: '2026-02-28' })).toEqual({ status: 'outsideDates', parameters });
  });

  it('the admission’s', () => {
    expect(governed('admission', { from: '2024-09-01', until: '2024-09-01' })).toEqual(['r: a']);
    expect(governed('admission', { from: '2024-09-02' })).toMatchObject({ status: 'outsideDates' });
    expect(governed('admission', {}, { admitted: false })).toEqual({ status: 'dateMissing', parameters: { which: 'admission' } });
  });

  it('the dates exception is no exception from these', () => {
    const exceptions = [{ kind: 'conditionWaived' as const, reason: 'illness', completion: 'a', condition: 'dates' as const }];
    expect(governed('request', { until: '2026-02-28' }, { rest: { exceptions } })).toMatchObject({ status: 'outsideDates' });
  });
});

describe('programmes', () => {
  const restricted = (programmes: NonNullable<Conditions['programmes']>): unknown => {
    const candidates = found([a], [conditional({ programmes })]);
    return refusal(candidates, 'a') ?? applied(candidates);
  };

  it('the programme’s code is among only', () => {
    expect(restricted({ only: ['X', 'BSC'] })).toEqual(['r: a']);
    expect(restricted({ only: ['bsc'] })).toEqual({ status: 'programmeExcluded', parameters: { programme: 'BSC', only: ['bsc'] } });
  });

  it('and not among except', () => {
    expect(restricted({ except: ['X'] })).toEqual(['r: a']);
    expect(restricted({ only: ['BSC'], except: ['BSC'] })).toEqual({
      status: 'programmeExcluded',
      parameters: { programme: 'BSC', only: ['BSC'], except: ['BSC'] },
    });
  });
});

describe('alsoHolds has a set, and doesNotHold has none', () => {
  const holding = (conditions: Conditions, held: readonly (typeof a)[], setup: Setup = {}, source?: Source): unknown => {
    const candidates = found(held, [conditional(conditions, source)], setup);
    return refusal(candidates, 'a') ?? applied(candidates);
  };
  const lacking = (...missing: readonly string[]): unknown => ({
    status: 'incompleteSet',
    parameters: { missing, missingCourses: 1, condition: 'alsoHolds' },
  });
  const notHolding = (...held: readonly string[]): unknown => ({ status: 'notEvaluated', parameters: { condition: 'doesNotHold', held } });
  const also = (source: Source): Conditions => ({ alsoHolds: source });
  const without = (source: Source): Conditions => ({ doesNotHold: source });

  it('looked at, not consumed', () => {
    expect(holding(also(course('MA 102')), [a, b])).toEqual(['r: a']);
    expect(holding(also(course('MA 102')), [a, c])).toEqual(lacking('MA 102'));
    expect(holding(without(course('MA 102')), [a, b])).toEqual(notHolding('MA 102'));
    expect(holding(without(course('MA 102')), [a, c])).toEqual(['r: a']);
  });

  it('among all completions that are not in S', () => {
    expect(holding(also(any(course('MA 101'), course('MA 102'))), [a])).toEqual(lacking('MA 101'));
    expect(holding(without(course('MA 101')), [a])).toEqual(['r: a']);
    // Each for the other: two of the code, held apart.
    const again = completion('a2', 'MA 101', 3, { repeatable: true });
    expect(holding(also(course('MA 101')), [a, again])).toEqual(['r: a', 'r: a2']);
  });

  it('that count', () => {
    expect(holding(also(course('MA 102')), [a, { ...b, outcome: 'failed' }])).toEqual(lacking('MA 102'));
    expect(holding(also(course('MA 102')), [a, { ...b, outcome: 'planned' }], { rest: { whatIf: true } })).toEqual(['r: a']);
  });

  it('looked at by selector, grade and credits', () => {
    const graded = { ...b, grade: { scale: 'letters', value: 'D' } };
    const demanding = (value: string): Conditions =>
      also(course('MA 102', { minimumGrade: { scale: 'letters', value }, minimumCredits: 3 }));
    expect(holding(demanding('D'), [a, graded])).toEqual(['r: a']);
    // It is held, so it is not named as missing.
    const unsuitable = {
      status: 'incompleteSet',
      parameters: { missing: [], missingCourses: 1, unsuitable: ['b'], condition: 'alsoHolds' },
    };
    expect(holding(demanding('C'), [a, graded])).toEqual(unsuitable);
    expect(holding(demanding('D'), [a, { ...graded, credits: 2.5 }])).toEqual(unsuitable);
    const both = also(all(course('MA 102'), { kind: 'course', select: { kind: 'subject', subject: 'PH', level: 200 } }));
    expect(holding(both, [a, b, c])).toEqual(['r: a']);
    expect(holding(both, [a, b])).toEqual(lacking('PH 200'));
  });

  it('alone: redemption, policy, dates and evidence play no part', () => {
    const used = { completion: 'b', institution: 'H', programme: 'BSC' };
    const bare = { identityVerified: false, proctored: false, verification: 'failed' as const };
    const old = { ...b, completedOn: '1990-01-01', evidence: bare };
    const strict: Conditions = {
      ...also(course('MA 102')),
      evidence: { proctored: true },
      completedWithin: { duration: 'P5Y', before: 'request' },
    };
    expect(holding(strict, [a, old], { policy: { maximumAge: 'P5Y' }, rest: { redemptions: [used] } })).toEqual(['r: a']);
  });

  it('every attempt is seen', () => {
    const attempts = [b, { ...b, id: 'b2', completedOn: '2025-02-01' }];
    expect(holding(also(all(course('MA 102'), course('ma102'))), [a, ...attempts])).toEqual(['r: a']);
  });

  it('credits count in each completion’s own system', () => {
    const six: Conditions = also({ kind: 'atLeast', credits: 6, of: [course('MA 102'), course('PH 202')] });
    expect(holding(six, [a, b, { ...c, creditSystem: 'S' }])).toEqual(['r: a']);
    expect(holding(six, [a, b])).toEqual({
      status: 'incompleteSet',
      parameters: { missing: ['PH 202'], missingCourses: 0, missingCredits: 3, condition: 'alsoHolds' },
    });
  });

  it('a selector that names no provider and no platform means the rule’s from', () => {
    const elsewhere = { ...b, provider: 'B', platform: 'P' };
    expect(holding(also(course('MA 102')), [a, elsewhere])).toEqual(lacking('MA 102'));
    const at = (place: { provider?: string; platform?: string }): Conditions =>
      also({ kind: 'course', select: { kind: 'code', code: 'MA 102', ...place } });
    expect([holding(at({ provider: 'B' }), [a, elsewhere]), holding(at({ platform: 'P' }), [a, elsewhere])]).toEqual([['r: a'], ['r: a']]);
    expect(holding(at({ provider: 'A' }), [a, elsewhere])).toEqual(lacking('MA 102'));
  });

  describe('one whose provider is the receiving institution looks at the home record', () => {
    const home = (rest: Partial<HomeCourse> = {}): HomeCourse => {
      return { id: 'h', code: 'X 200', credits: 4, status: 'done', passFail: true, attributes: [], ...rest };
    };
    const demand = (rest: Partial<CourseSource> = {}, select: Selector = { kind: 'code', code: 'x200' }): Conditions =>
      also({ kind: 'course', ...rest, select: { ...select, provider: 'H' } });
    const seen = (record: readonly HomeCourse[], conditions: Conditions = demand(), whatIf = false): boolean =>
      Array.isArray(holding(conditions, [a], { rest: { homeRecord: record, whatIf } }));

    it('done; in a what-if also under way', () => {
      expect([seen([home()]), seen([]), seen([home({ code: 'X 201' })])]).toEqual([true, false, false]);
      expect([seen([home({ status: 'underWay' })]), seen([home({ status: 'underWay' })], demand(), true)]).toEqual([false, true]);
    });

    it('no grades: a minimum grade is met', () => {
      expect(
        seen([home()], demand({ minimumGrade: { scale: 'letters', value: 'A' }, maximumGrade: { scale: 'letters', value: 'F' } })),
      ).toBe(true);
    });

    it('by code, pattern or subject and by credits; it has neither platform nor field', () => {
      expect(seen([home()], demand({}, { kind: 'pattern', pattern: 'X 2##' }))).toBe(true);
      expect(seen([home()], demand({}, { kind: 'subject', subject: 'X', level: 200 }))).toBe(true);
      expect(seen([home()], demand({}, { kind: 'field', isced: '' }))).toBe(false);
      expect(seen([home()], demand({}, { kind: 'code', code: 'X 200', platform: 'P' }))).toBe(false);
      expect([seen([home()], demand({ minimumCredits: 4 })), seen([home()], demand({ minimumCredits: 4.001 }))]).toEqual([true, false]);
    });

    it('and not at completions', () => {
      expect(holding(demand(), [a, completion('h', 'X 200', 3, { provider: 'H' })])).toEqual(lacking('x200'));
    });

    it('several of them, beside completions', () => {
      const both = also(all(course('MA 102'), any({ kind: 'course', select: { kind: 'pattern', pattern: 'X*', provider: 'H' } })));
      const record = [home({ id: 'z' }), home({ id: 'y', code: 'Y 1' })];
      expect(holding(both, [a, b], { rest: { homeRecord: record } })).toEqual(['r: a']);
    });
  });

  it('looked at for each set by itself', () => {
    // On {a} MA 102 is held besides; on {b} it is the application's own.
    const either = any(course('MA 101'), course('MA 102'));
    const candidates = found([a, b], [conditional(also(course('MA 102')), either)]);
    expect(applied(candidates)).toEqual(['r: a']);
    expect(refusal(candidates, 'b')).toEqual(lacking('MA 102'));
  });
});

describe('an application', () => {
  const options = [[named('X 1', 3)], [named('X 2', 3)]];
  const choosing = (by: 'student' | 'registrar' | 'best', option?: number): unknown => {
    const choices = option === undefined ? [] : [{ agreement: 'g', rule: 'r', option }];
    const outcome: Outcome = { kind: 'choice', by, options };
    const { applications } = found([a], [rule('r', course('MA 101'), [], { outcome })], { rest: { choices } });
    return applications.map(({ choice, awards }) => [choice, awards[0]?.award]);
  };
  const option = (index: number, made: boolean, provisional: boolean): unknown => [
    { option: index, made, provisional },
    options[index]?.[0],
  ];

  it('choice: the option chosen for it', () => {
    expect(choosing('student', 1)).toEqual([option(1, true, false)]);
    expect(choosing('registrar', 0)).toEqual([option(0, true, false)]);
  });

  it('by best: each option is an application of its own, whatever was chosen', () => {
    expect(choosing('best')).toEqual([option(0, false, false), option(1, false, false)]);
    expect(choosing('best', 1)).toEqual(choosing('best'));
  });

  it('by student or registrar with nothing chosen: each option, provisional', () => {
    expect(choosing('student')).toEqual([option(0, false, true), option(1, false, true)]);
    expect(choosing('registrar')).toEqual(choosing('student'));
  });

  it('none where the option chosen does not exist: the choice is open', () => {
    const outcome: Outcome = { kind: 'choice', by: 'student', options };
    const choices = [{ agreement: 'g', rule: 'r', option: 2 }];
    const candidates = found([a], [rule('r', course('MA 101'), [], { outcome })], { rest: { choices } });
    expect([applied(candidates), refusal(candidates, 'a')]).toEqual([[], { status: 'choiceOpen', parameters: { by: 'student' } }]);
  });

  it('of several choices for one rule the smallest option counts; those of other rules do not', () => {
    const outcome: Outcome = { kind: 'choice', by: 'student', options };
    const made = [1, 0, 1].map((index) => ({ agreement: 'g', rule: 'r', option: index }));
    const others = [
      { agreement: 'g', rule: 'q', option: 1 },
      { agreement: 'f', rule: 'r', option: 1 },
    ];
    for (const choices of [[...made, ...others], [...others, ...made].reverse()]) {
      expect(applied(found([a], [rule('r', course('MA 101'), [], { outcome })], { rest: { choices } }))).toEqual(['r/0: a']);
    }
  });

  it('a rule may be applied several times: each of its sets is one', () => {
    const pattern: Source = { kind: 'course', select: { kind: 'pattern', pattern: 'MA 1##' } };
    expect(applied(found([b, a, c], [rule('r', pattern, x)]))).toEqual(['r: a', 'r: b']);
  });

  it('none on the empty set', () => {
    expect(applied(found([a], [rule('r', { kind: 'atLeast', of: [course('MA 101')] }, x)]))).toEqual([]);
  });
});

describe('what is missing of a set', () => {
  it('is told of the completions that are there', () => {
    const candidates = found([a], [rule('r', all(course('MA 101'), course('MA 102'), course('PH 202')), x)]);
    expect(refusal(candidates, 'a')).toEqual({ status: 'incompleteSet', parameters: { missing: ['MA 102', 'PH 202'], missingCourses: 2 } });
  });

  it('nothing: the rule does without this completion', () => {
    const either = any(course('MA 101'), all(course('MA 101'), course('MA 102')));
    expect(refusal(found([a, b], [rule('r', either, x)]), 'b')).toEqual({ status: 'notNeeded', parameters: {} });
  });

  it('nothing, in whatever order the rule lists the one that it does with and the one that it does without', () => {
    const held = [a, completion('b', 'MA 102', 4.5), completion('c', 'PH 202', 6)];
    const lists = [
      [course('MA 101'), course('MA 102')],
      [course('MA 102'), course('MA 101')],
    ];
    for (const of of lists) {
      // 6 + 4.5 is enough, 6 + 3 is not.
      const source: Source = { kind: 'atLeast', credits: 10.5, of: [all(course('PH 202'), { kind: 'atLeast', courses: 1, of })] };
      const candidates = found(held, [rule('r', source, x)]);
      expect([applied(candidates), refusal(candidates, 'a')]).toEqual([['r: b+c'], { status: 'notNeeded', parameters: {} }]);
    }
  });
});

describe('the number of sets is limited', () => {
  const every: Source = { kind: 'atLeast', courses: 2, of: [{ kind: 'course', select: { kind: 'pattern', pattern: '*' } }] };
  const held = Array.from({ length: 6 }, (_, index) => completion(`c${String(index)}`, `MA ${String(index)}`, 3));
  const of = (...ids: readonly string[]) =>
    input(
      held,
      [
        agreement(
          'g',
          ids.map((id) => rule(id, every, x)),
        ),
      ],
      programme(needsElectives('e', 3)),
    );

  it('per rule, and in all, rule by rule in the order of their ids', () => {
    const count = (perRule: number, inAll: number): unknown => {
      const { applications, complete } = findCandidates(of('s', 'r'), { ...setLimits, perRule, inAll, steps: 1_000 });
      return [
        complete,
        applications.filter(({ rule: { id } }) => id === 'r').length,
        applications.filter(({ rule: { id } }) => id === 's').length,
      ];
    };
    expect(count(15, 30)).toEqual([true, 15, 15]); // 6 · 5 / 2 = 15 pairs
    expect(count(14, 30)).toEqual([false, 14, 14]);
    expect(count(15, 20)).toEqual([false, 15, 5]);
    expect(count(15, 15)).toEqual([false, 15, 0]);
  });

  it('and so is the work; what could not be told is not held', () => {
    const limits = { ...setLimits, perRule: 15, inAll: 15, steps: 5 };
    expect(findCandidates(of('r'), limits).complete).toBe(false);
    const conditions: Conditions = { alsoHolds: { ...every, courses: 5 } };
    const conditional = rule('r', course('MA 0'), x, { conditions });
    const told = input(held, [agreement('g', [conditional])], programme(needsElectives('e', 3)));
    expect(findCandidates(told, limits)).toMatchObject({ complete: false, applications: [] });
    expect(findCandidates(told)).toMatchObject({ complete: true, applications: [{}] });
  });

  it('nor is it not held: whoever must not hold it gets nothing, and a refusal of those who hold it stands', () => {
    const limits = { ...setLimits, steps: 1 };
    const applied = (conditions: Conditions, ...others: readonly Rule[]): unknown => {
      const conditional = rule('r', course('MA 0'), x, { conditions });
      const asked = input(held, [agreement('g', [...others, conditional])], programme(needsElectives('e', 3)));
      const { applications, complete } = findCandidates(asked, limits);
      return [complete, ...applications.map(({ rule: { id } }) => id)];
    };
    const five: Source = { ...every, courses: 5 };
    expect(applied({ doesNotHold: five })).toEqual([false]);
    const refusing = rule('q', course('MA 0'), x, { conditions: { alsoHolds: five }, outcome: { kind: 'noCredit', reason: 'other' } });
    expect(applied({}, refusing)).toEqual([false]);
  });

  it('and every option of a choice counts, for sets as for the larger ones', () => {
    const options = Array.from({ length: 5 }, (_, index) => [elective(`X${String(index)}`, 3)]);
    const chosen = rule('r', every, [], { outcome: { kind: 'choice', by: 'best', options } });
    const asked = (...others: readonly Rule[]): EvaluationInput =>
      input(held, [agreement('g', [...others, chosen], { precedence: 'mostSpecific' })], programme(needsElectives('e', 3)));
    const count = (limits: Partial<SetLimits>, ...others: readonly Rule[]): unknown => {
      const { applications, complete } = findCandidates(asked(...others), { ...setLimits, ...limits });
      return [complete, applications.length];
    };
    // 15 pairs, in 5 ways each.
    expect(count({ inAll: 75 })).toEqual([true, 75]);
    expect(count({ inAll: 74 })).toEqual([false, 70]);
    // Each pair gives way to 4 of 20 threes: 75 · 4 rows of 75 + 20 applications. One row too many leaves the last pair out.
    const three = rule('s', { ...every, courses: 3 }, [elective('Y', 3)]);
    expect(count({ givingWay: 75 * 4 * 95 }, three)).toEqual([true, 95]);
    expect(count({ givingWay: 75 * 4 * 95 - 1 }, three)).toEqual([false, 90]);
  });

  it('or none are wanted beyond it', () => {
    const refusing = { ...setLimits, perRule: 15, inAll: 30, beyond: 'refused' } as const;
    expect(findCandidates(of('s', 'r'), refusing).complete).toBe(true);
    expect(() => findCandidates(of('s', 'r'), { ...refusing, inAll: 29 })).toThrow(TooManySets);
    expect(() => findCandidates(of('s', 'r'), { ...refusing, perRule: 14 })).toThrow(TooManySets);
  });

  it('under mostSpecific also by the larger sets that smaller ones give way to: a thousand of them ran out of memory', () => {
    // Of three completions s takes each two, r all: each of the 3 sets of s gives way to one set, which makes 3 rows of 4 sets.
    const three = input(
      held.slice(0, 3),
      [agreement('g', [rule('r', { ...every, courses: 3 }, x), rule('s', every, x)], { precedence: 'mostSpecific' })],
      programme(needsElectives('e', 3)),
    );
    const applied = (givingWay: number): unknown => {
      const { applications, complete } = findCandidates(three, { ...setLimits, givingWay });
      return [complete, ...applications.map(({ rule: { id } }) => id)];
    };
    expect(applied(12)).toEqual([true, 'r']);
    expect(applied(11)).toEqual([false, 'r']);
    expect(() => findCandidates(three, { ...setLimits, givingWay: 11, beyond: 'refused' })).toThrow(TooManySets);
  });
});
