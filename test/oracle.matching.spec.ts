import { describe, expect, it } from '@jest/globals';
import type { Completion, EvaluationInput } from '../src/evaluation/domain/index.js';
import type { Award, Rule, Selector, Source } from '../src/rules/domain/index.js';
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
  requires,
  rule,
} from './support/oracle/builders.js';
import { oracle } from './support/oracle/oracle.js';

/**
 * The oracle's own proof for §1 to §4 of docs/evaluation.md: cases small enough to compute by hand. Each takes electives without end, so
 * that whatever may be applied is.
 */

const endless = programme(requires(needsElectives('e', 100)));

/** `rule: completions` of what the oracle takes. */
function taken(of: EvaluationInput): readonly string[] {
  return oracle(of).applications.map(({ rule: id, completions }) => `${id}: ${completions.join('+')}`);
}

/** Taken when these rules stand in one agreement. */
function takenBy(completions: readonly Completion[], rules: readonly Rule[], rest: Partial<EvaluationInput> = {}): readonly string[] {
  return taken(input(completions, [agreement('g', rules)], endless, rest));
}

const grade = (value: string, scale = 'letters'): { readonly grade: { readonly scale: string; readonly value: string } } => ({
  grade: { scale, value },
});
const x = [named('X 100', 3)];

describe('§1 usable completions', () => {
  const first = completion('c1', 'MA 101', 3, grade('C'));
  const second = completion('c2', 'ma101', 3, grade('B'));
  const single = rule('r', course('MA 101'), x);

  it('takes the attempt with the best grade, not the first', () => {
    expect(takenBy([first, second], [single])).toEqual(['r: c2']); // B over C
  });

  it('takes the latest date where grades are equal, then the smallest id', () => {
    const late = completion('c3', 'MA 101', 3, { ...grade('B'), completedOn: '2026-02-28' });
    expect(takenBy([first, second, late], [single])).toEqual(['r: c3']); // B on 2026-02-28 over B on 2025-01-15
    const undated = (id: string): Completion => completion(id, 'MA 101', 3);
    expect(takenBy([undated('c5'), undated('c4')], [single])).toEqual(['r: c4']);
  });

  it('takes both attempts where the rule names the code twice, or the course is repeatable', () => {
    expect(takenBy([first, second], [rule('r', all(course('MA 101'), course('MA101')), x)])).toEqual(['r: c1+c2']);
    const again = [first, second].map((attempt) => ({ ...attempt, repeatable: true }));
    expect(takenBy(again, [rule('r', course('MA 101'), [elective('X', 3)])])).toEqual(['r: c1', 'r: c2']);
  });

  it('counts what is under way in a what-if only', () => {
    const planned = completion('c1', 'MA 101', 3, { outcome: 'planned' });
    expect(takenBy([planned], [single])).toEqual([]);
    expect(takenBy([planned], [single], { whatIf: true })).toEqual(['r: c1']);
  });

  it('leaves out grades below the policy and learning before the oldest day it takes, unless waived', () => {
    const old = completion('c1', 'MA 101', 3, { ...grade('D'), completedOn: '2021-02-28' });
    // P5Y before 2026-03-01 is 2021-03-01, a day later than 2021-02-28; a D is below C.
    const strict = programme(endless.requirements, { minimumGrades: [{ scale: 'letters', value: 'C' }], maximumAge: 'P5Y' });
    const waived = (['minimumGrade', 'maximumAge'] as const).map((clause) => ({
      kind: 'policyWaived' as const,
      reason: 'ill',
      completion: 'c1',
      clause,
    }));
    const of = (exceptions: typeof waived): EvaluationInput => input([old], [agreement('g', [single])], strict, { exceptions });
    expect([[], waived.slice(0, 1), waived.slice(1), waived].map((exceptions) => taken(of(exceptions)))).toEqual([[], [], [], ['r: c1']]);
  });

  it('knows three redemption policies', () => {
    const entries = [
      { completion: 'c1', institution: 'Z', programme: 'BSC' },
      { completion: 'c1', institution: 'H', programme: 'OTHER' },
      { completion: 'c1', institution: 'H', programme: 'BSC' },
    ];
    const usable = (redemption: 'oncePerProgramme' | 'oncePerInstitution' | 'once'): readonly boolean[] =>
      entries.map(
        (entry) => taken(input([first], [agreement('g', [single], { redemption })], endless, { redemptions: [entry] })).length > 0,
      );
    expect(usable('oncePerProgramme')).toEqual([true, true, false]);
    expect(usable('oncePerInstitution')).toEqual([true, false, false]);
    expect(usable('once')).toEqual([false, false, false]);
  });
});

describe('§2 when a rule is satisfied', () => {
  const [a, b, c] = [completion('a', 'MA 101', 3), completion('b', 'MA 102', 3), completion('c', 'PH 202', 3)];

  it('matches selectors', () => {
    const matches = (select: Selector, of = completion('a', 'MA 128A', 3, { isced: '0541', eqfLevel: 6, platform: 'P' })): boolean =>
      takenBy([of], [rule('r', { kind: 'course', select }, x)]).length > 0;
    expect(matches({ kind: 'code', code: 'ma128a' })).toBe(true);
    expect(matches({ kind: 'pattern', pattern: 'MA 1##*' })).toBe(true);
    expect(matches({ kind: 'pattern', pattern: 'MA 1##' })).toBe(false); // the A is left over
    expect(matches({ kind: 'subject', subject: 'ma', level: 100 })).toBe(true); // 128 → 100
    expect(matches({ kind: 'subject', subject: 'MA', level: 200 })).toBe(false);
    expect(matches({ kind: 'field', isced: '054', minimumEqf: 6 })).toBe(true);
    expect(matches({ kind: 'field', isced: '054', minimumEqf: 7 })).toBe(false);
    expect(matches({ kind: 'code', code: 'MA 128A', platform: 'P' })).toBe(true);
    expect(matches({ kind: 'code', code: 'MA 128A', provider: 'B' })).toBe(false);
  });

  it('combines parts into subset-minimal sets of different completions', () => {
    const sets = (source: Source): readonly string[] =>
      [[a, b, c], [a, b], [a, c], [b, c], [a], [b]]
        .map((held) => takenBy(held, [rule('r', source, [elective('X', 3)])]).join(' '))
        .map((text) => text.replaceAll('r: ', ''));
    expect(sets(all(course('MA 101'), course('MA 102')))).toEqual(['a+b', 'a+b', '', '', '', '']);
    expect(sets(any(all(course('MA 101'), course('MA 102')), course('MA 101')))).toEqual(['a', 'a', 'a', '', 'a', '']);
    // 2 of 3, each once: with three held there are ab, ac and bc; the smallest is taken, one application only since they overlap.
    const two: Source = { kind: 'atLeast', courses: 2, of: [course('MA 101'), course('MA 102'), course('PH 202')] };
    expect(sets(two)).toEqual(['a+b', 'a+b', 'a+c', 'b+c', '', '']);
    // 4 credits at 3 each need two of them.
    expect(sets({ ...two, courses: 0, credits: 4 })).toEqual(['a+b', 'a+b', 'a+c', 'b+c', '', '']);
    // Both parts match MA 101 alone: one completion cannot be two.
    expect(sets(all(course('MA 101'), { kind: 'course', select: { kind: 'subject', subject: 'MA' } }))).toEqual([
      'a+b',
      'a+b',
      '',
      '',
      '',
      '',
    ]);
  });

  it('keeps larger sets of a part when the whole asks for them', () => {
    // 9 credits from "101 and one at least of 102, 202": 101+102 are 6, only all three are 9.
    const inner = all(course('MA 101'), { kind: 'atLeast', courses: 1, of: [course('MA 102'), course('PH 202')] });
    expect(takenBy([a, b, c], [rule('r', { kind: 'atLeast', credits: 9, of: [inner] }, x)])).toEqual(['r: a+b+c']);
  });

  it('compares grades on one scale, by a table, or not at all', () => {
    const demand = course('MA 101', { minimumGrade: { scale: 'letters', value: 'C' }, maximumGrade: { scale: 'letters', value: 'B' } });
    const table = { from: 'marks', to: 'letters', method: 'pairs', pairs: [{ from: '2', to: 'B' }] } as const;
    const passes = (value: string, scale?: string): boolean =>
      taken(
        input(
          [completion('a', 'MA 101', 3, grade(value, scale))],
          [agreement('g', [rule('r', demand, x)], { gradeTables: [table] })],
          endless,
        ),
      ).length > 0;
    expect(['F', 'D', 'C', 'B', 'A'].map((value) => passes(value))).toEqual([false, false, true, true, false]);
    expect(['1', '2', '3'].map((value) => passes(value, 'marks'))).toEqual([false, true, false]);
  });

  it('reads grades by distribution', () => {
    // marks: 1 on [0, 0.2], 2 on [0.2, 0.5], 3 on [0.5, 1]; letters: A [0, 0.2], B [0.2, 0.5], C [0.5, 0.8], D [0.8, 1].
    const least = (choose: 'minimum' | 'mean' | 'maximum'): readonly (string | undefined)[] =>
      ['1', '2', '3'].map((value) =>
        ['A', 'B', 'C', 'D'].find((letter) => {
          const source = course('MA 101', { minimumGrade: { scale: 'letters', value: letter } });
          const gradeTables = [{ from: 'marks', to: 'letters', method: 'distribution', choose }] as const;
          const held = completion('a', 'MA 101', 3, grade(value, 'marks'));
          return taken(input([held], [agreement('g', [rule('r', source, x)], { gradeTables })], endless)).length > 0;
        }),
      );
    expect(least('maximum')).toEqual(['A', 'B', 'C']);
    expect(least('minimum')).toEqual(['A', 'B', 'D']);
    expect(least('mean')).toEqual(['A', 'B', 'C']); // 0.75 lies in C
  });

  it('holds dates, both bounds inclusive, and evidence against each completion', () => {
    const dated = (rest: Partial<Rule>): boolean => takenBy([a], [rule('r', course('MA 101'), x, rest)]).length > 0;
    expect(dated({ governedBy: 'completion', validity: { until: '2025-01-15' } })).toBe(true);
    expect(dated({ governedBy: 'completion', validity: { until: '2025-01-14' } })).toBe(false);
    expect(dated({ governedBy: 'enrolment' })).toBe(false); // no date of enrolment
    expect(dated({ governedBy: 'admission', validity: { from: '2024-09-02' } })).toBe(false);
    // P13M15D before 2026-03-01: 13 months before is 2025-02-01, 15 days before that 2025-01-17, later than 2025-01-15; with P13M17D it is that day.
    expect(dated({ conditions: { completedWithin: { duration: 'P13M15D', before: 'request' } } })).toBe(false);
    expect(dated({ conditions: { completedWithin: { duration: 'P13M17D', before: 'request' } } })).toBe(true);
    expect(dated({ conditions: { evidence: { minimumHours: 90 } } })).toBe(false); // hours not stated
    expect(dated({ conditions: { programmes: { only: ['BA'] } } })).toBe(false);
  });

  it('looks at other completions and at the home record', () => {
    const withCondition = (conditions: Rule['conditions'], rest: Partial<EvaluationInput> = {}): boolean =>
      takenBy([a, { ...b, outcome: 'failed' }, c], [rule('r', course('MA 101'), x, { conditions: conditions ?? {} })], rest).length > 0;
    expect(withCondition({ alsoHolds: course('PH 202') })).toBe(true);
    expect(withCondition({ alsoHolds: course('MA 102') })).toBe(false); // failed
    expect(withCondition({ alsoHolds: course('MA 101') })).toBe(false); // its own does not count
    expect(withCondition({ doesNotHold: course('PH 202') })).toBe(false);
    const atHome: Source = { kind: 'course', select: { kind: 'code', code: 'X 200', provider: 'H' } };
    const home = { id: 'h', code: 'x200', credits: 3, status: 'done', passFail: false, attributes: [] } as const;
    expect(withCondition({ alsoHolds: atHome })).toBe(false);
    expect(withCondition({ alsoHolds: atHome }, { homeRecord: [home] })).toBe(true);
    expect(withCondition({ alsoHolds: atHome }, { homeRecord: [{ ...home, status: 'underWay' }] })).toBe(false);
  });
});

describe('§3 precedence', () => {
  const held = [completion('a', 'MA 101', 3), completion('b', 'MA 102', 3), completion('c', 'PH 202', 3)];
  const [ma101, ma102, ph202] = [course('MA 101'), course('MA 102'), course('PH 202')];
  const wants = (id: string, source: Source, credits: number, rest: Partial<Rule> = {}): Rule =>
    rule(id, source, [elective('X', credits)], rest);
  const specific = (rules: readonly Rule[], completions = held): readonly string[] =>
    taken(input(completions, [agreement('g', rules, { precedence: 'mostSpecific' })], endless));

  it('frees a smaller set when something outside it has broken the larger one', () => {
    // Held A, B, C; A → X; A&B → Y; B&C → Z. Z (9) and then A → X (3) are 12, Y alone would be 5.
    const rules = [wants('x', ma101, 3), wants('y', all(ma101, ma102), 5), wants('z', all(ma102, ph202), 9)];
    expect(specific(rules)).toEqual(['x: a', 'z: b+c']);
    // With Z worth 1, X + Z = 4 are less than Y = 5; X + Y would overlap, and X alone is barred by Y.
    expect(specific([...rules.slice(0, 2), wants('z', all(ma102, ph202), 1)])).toEqual(['y: a+b']);
    // Without Z nothing but Y may be taken, though X gives more.
    expect(specific([wants('x', ma101, 9), wants('y', all(ma101, ma102), 5)])).toEqual(['y: a+b']);
  });

  it('prefers the more exact selector on one set, then the restricted rule', () => {
    const pattern = (id: string, text: string): Rule => wants(id, { kind: 'course', select: { kind: 'pattern', pattern: text } }, 9);
    const [held101] = held.map((own) => [own]);
    expect(specific([wants('code', ma101, 1), pattern('p', 'MA 10#')], held101)).toEqual(['code: a']);
    expect(
      specific(
        [
          pattern('p1', 'MA 1##'),
          { ...pattern('p2', 'MA 10#'), ...wants('p2', { kind: 'course', select: { kind: 'pattern', pattern: 'MA 10#' } }, 1) },
        ],
        held101,
      ),
    ).toEqual(['p2: a']); // 5 literal characters over 4
    expect(specific([wants('all', ma101, 9), wants('only', ma101, 1, { conditions: { programmes: { only: ['BSC'] } } })], held101)).toEqual(
      ['only: a'],
    );
  });

  it('refuses subsets of a refused set, except to a more exact rule', () => {
    const refusal = (source: Source): Rule => ({ ...wants('no', source, 0), outcome: { kind: 'noCredit', reason: 'level' } });
    const vague: Source = { kind: 'course', select: { kind: 'subject', subject: 'MA' } };
    expect(takenBy(held, [wants('x', ma101, 3), refusal(ma101)])).toEqual([]);
    expect(takenBy(held, [wants('x', ma101, 3), refusal(vague)])).toEqual(['x: a']); // code before subject
    expect(takenBy(held, [wants('x', ma101, 3), refusal(all(ma101, ma102))])).toEqual([]); // {a} lies in the refused {a, b}
    expect(takenBy(held, [wants('x', all(ma101, ma102), 3), refusal(ma101)])).toEqual(['x: a+b']); // a proper superset
  });

  it('lets an annex go before its framework on any shared completion', () => {
    const framework = agreement('g', [wants('x', all(ma101, ma102), 9), wants('y', ph202, 3)]);
    const annex = agreement('h', [wants('z', ma102, 1)], { annexTo: 'g' });
    expect(taken(input(held, [framework, annex], endless))).toEqual(['y: c', 'z: b']);
  });
});

describe('§4 awards', () => {
  const converted: Award = named('X 100', 0, { credits: { kind: 'converted' } });
  const creditsOf = (of: EvaluationInput): readonly number[] =>
    oracle(of).applications.flatMap(({ awards }) => awards.map(({ credits }) => credits));

  it('converts by the first method that can be computed', () => {
    const of = (
      rest: Partial<Completion>,
      conversions: EvaluationInput['agreements'][number]['terms']['conversions'] = [],
    ): number | undefined =>
      creditsOf(
        input([completion('a', 'MA 101', 3, rest)], [agreement('g', [rule('r', course('MA 101'), [converted])], { conversions })], endless),
      )[0];
    const pair = { from: 'S', to: 'H' } as const;
    expect(of({})).toBe(3); // the same system
    expect(of({ creditSystem: 'S' })).toBe(6); // 3 × 60 / 30 a year
    expect(of({ creditSystem: 'W' })).toBe(1.8); // 3 × 16.5 h / 27.5 h
    expect(of({ creditSystem: 'W', hours: 55 })).toBe(2); // 55 h / 27.5 h
    expect(of({ creditSystem: 'N' })).toBe(undefined); // nothing known: 0, and an award of 0 is not worth a completion
    expect(of({ creditSystem: 'S' }, [{ ...pair, method: 'hours' }])).toBe(4.909); // 3 × 45 / 27.5 = 4.9090…
    expect(of({ creditSystem: 'S' }, [{ ...pair, method: 'hours', rounding: { mode: 'halfUp', step: 0.5 } }])).toBe(5);
    expect(of({ creditSystem: 'S' }, [{ ...pair, method: 'hours', rounding: { mode: 'down', step: 0.5 } }])).toBe(4.5);
    const rows = [{ atLeast: 4, credits: 1 }, { atLeast: 8, credits: 2 }]; // prettier-ignore
    const table = { ...pair, method: 'table', unit: 'weeks', rows } as const;
    expect([3, 4, 7, 8].map((weeks) => of({ creditSystem: 'S', weeks }, [table]))).toEqual([undefined, 1, 1, 2]);
    expect(of({ creditSystem: 'S' }, [table])).toBe(6); // no weeks: the next that can be computed, by year
    expect(of({ creditSystem: 'S' }, [table, { ...pair, method: 'pinned', factor: '5/3' }])).toBe(5); // 3 × 5/3
  });

  it('rounds the sum once and splits it by largest remainder', () => {
    const two = [completion('a', 'MA 101', 1, { creditSystem: 'S' }), completion('b', 'MA 102', 1, { creditSystem: 'S' })];
    const third = { from: 'S', to: 'H', method: 'pinned', factor: '10/3', rounding: { mode: 'halfUp', step: 0.5 } } as const;
    const both = (
      awards: readonly Award[],
      known: readonly { readonly code: string; readonly credits: number }[] = [],
    ): readonly number[] =>
      creditsOf(
        input(
          two,
          [agreement('g', [rule('r', all(course('MA 101'), course('MA 102')), awards)], { conversions: [third] }, known)],
          endless,
        ),
      );
    const other: Award = { ...converted, target: { kind: 'course', code: 'Y 100' } };
    // 10/3 + 10/3 = 6.67 → 6.5, 13 steps of 0.5.
    expect(both([converted])).toEqual([6.5]);
    expect(both([converted, other])).toEqual([3.5, 3]); // 6½ steps each: the earlier takes the odd one
    expect(both([converted, other], [{ code: 'X 100', credits: 1 }, { code: 'y100', credits: 3 }])).toEqual([1.5, 5]); // prettier-ignore
    // weights 1 : 3 of 13 steps: 3.25 and 9.75; the remainder 0.75 is larger: 3 and 10 steps
    expect(both([named('X 200', 2.25), converted, other])).toEqual([2.25, 2.25, 2]); // 4.25 left: 8 steps, 4 each, 0.25 with the first
    expect(both([named('X 200', 7), converted])).toEqual([7, 0]); // nothing is left
    expect(both([{ ...converted, credits: { kind: 'converted', maximum: 2 } }, other])).toEqual([2, 3]); // cut after the split
    expect(both([converted, named('Y 100', 4, { effect: 'exemption' })])).toEqual([6.5, 0]);
  });
});
