import { describe, expect, it } from '@jest/globals';
import { check, evaluate, type EvaluationResult, objectiveLevels } from '../src/evaluation/domain/index.js';
import { canonicalJson } from '../src/kernel/index.js';
import type { Requirement } from '../src/programmes/domain/index.js';
import type { Award, Rule } from '../src/rules/domain/index.js';
import { a, asked, b, c, forA, forB, forC, gives, home, inputOf } from './support/asked.js';
import { applied, filled, levelsOf, requirementsThatAre, stateOf } from './support/judged.js';
import {
  all,
  any,
  completion,
  course,
  elective,
  named,
  needsCourse,
  needsElectives,
  needsSubject,
  rule,
} from './support/oracle/builders.js';

/** The objective, level by level; each test holds two answers apart that are equal on all levels before. */

const atLeast = (id: string, count: number, ...of: readonly Requirement[]): Requirement => ({ id, kind: 'atLeast', count, of });
const part = (id: string, ...of: readonly Requirement[]): Requirement => ({ id, kind: 'all', of });
const fills = (id: string, source: Rule['source'], ...awards: readonly Award[]): Rule => rule(id, source, awards);

describe('1 least remaining study', () => {
  it('a credit requirement counts by its missing credits, a named course by its own', () => {
    const of = [needsCourse('x', 'X 100', 4), needsSubject('y', 'Y', 10)];
    expect(levelsOf(asked([], [], { of }))).toEqual([14, 0, 0, 0, 0]);
    // Both rules use A: X 100 takes 4 off, though its credits are 1; Y takes 3 off and would recognise more.
    const result = asked([a], [fills('r', forA, named('X 100', 1)), fills('s', forA, elective('Y', 3))], { of });
    expect(applied(result)).toEqual(['r: a → X 100 1']);
    expect(levelsOf(result)).toEqual([10, 1, 1, 1, 2]);
  });

  it('"n of" counts by the cheapest open ones', () => {
    const of = [atLeast('n', 2, needsCourse('x1', 'X 1', 5), needsCourse('x2', 'X 2', 3), needsCourse('x3', 'X 3', 4))];
    expect(stateOf(asked([], [], { of }), 'n')).toMatchObject({ remaining: 7, complete: false }); // 3 + 4
    // X 1 done: one more is wanted, the cheapest is 3.
    expect(stateOf(asked([a], [fills('r', forA, named('X 1', 5))], { of }), 'n')).toMatchObject({ remaining: 3, complete: false });
    // X 2 done: 4 are left; X 1, worth more, would leave 3.
    const either = [fills('r', forA, named('X 1', 3)), fills('s', forA, named('X 2', 3))];
    expect(applied(asked([a], either, { of }))).toEqual(['r: a → X 1 3']);
  });

  it('nothing counts beyond a requirement’s need', () => {
    const result = asked([a, b], [gives('r', forA, 5), gives('s', forB, 5)], {
      of: [needsSubject('x', 'X', 6), needsSubject('y', 'Y', 4)],
    });
    expect(stateOf(result, 'x')).toMatchObject({ remaining: 0 });
    expect(levelsOf(result)).toEqual([4, 1, 10, 2, 0]); // 10 for 6: the 4 of y remain
  });

  it('a series is taken in its entirety: an "all" among the parts', () => {
    const series = (id: string, ...codes: readonly string[]) => part(id, ...codes.map((code) => needsCourse(`${id} ${code}`, code, 4)));
    const of = [atLeast('one series', 1, series('physics', 'P 1', 'P 2', 'P 3'), series('honours', 'H 1', 'H 2'))];
    // Two of three and none of two: one course is missing. One of two as well: still one.
    const rules = [fills('r', forA, named('P 1', 4)), fills('s', forB, named('P 2', 4)), fills('t', forC, named('H 1', 4))];
    const two = asked([a, b], rules, { of });
    expect(stateOf(two, 'one series')).toMatchObject({ remaining: 4, complete: false });
    expect(stateOf(two, 'physics')).toMatchObject({ remaining: 4 });
    const three = asked([a, b, c], rules, { of });
    expect(stateOf(three, 'one series')).toMatchObject({ remaining: 4, complete: false }); // not 0 for three courses of two series
    expect(stateOf(three, 'honours')).toMatchObject({ remaining: 4 });
  });

  it('n from each of at least k sections: an "atLeast" of k over sections that are each an "atLeast" of n', () => {
    const section = (id: string) => atLeast(id, 2, ...['1', '2', '3'].map((number) => needsCourse(`${id}${number}`, `${id} ${number}`, 3)));
    const of = [atLeast('breadth', 2, section('A'), section('B'), section('C'))];
    const d = completion('d', 'MA 103', 3);
    const rules = [
      fills('r', forA, named('A 1', 3)),
      fills('s', forB, named('A 2', 3)),
      fills('t', forC, named('B 3', 3)),
      fills('u', course('MA 103'), named('A 3', 3), named('C 1', 3)),
    ];
    // Section A is complete by two; B lacks one; C lacks two. The two cheapest: A 0, B 3.
    const three = asked([a, b, c], rules, { of });
    expect(['A', 'B', 'C', 'breadth'].map((id) => stateOf(three, id).remaining)).toEqual([0, 3, 6, 3]);
    // A third course of A and one of C change nothing: two sections are wanted.
    const four = asked([a, b, c, d], rules, { of });
    expect(['A', 'B', 'C', 'breadth'].map((id) => stateOf(four, id).remaining)).toEqual([0, 3, 3, 3]);
    const homeRecord = [home('h', 'B 1', 3)];
    expect(stateOf(asked([a, b, c], rules, { of, rest: { homeRecord } }), 'breadth')).toMatchObject({ remaining: 0, complete: true });
  });
});

describe('2 most requirements completed', () => {
  it('of the same remaining study the one that completes more', () => {
    // 3 of the 6 in y, or 3 of the 3 in z: 6 remain either way; only z is complete then.
    const result = asked([a], [gives('r', forA, 3)], { of: [needsSubject('y', 'X', 6), needsElectives('z', 3)] });
    expect(filled(result)).toEqual(['r: z 3']);
    expect(levelsOf(result)).toEqual([6, 1, 3, 1, 0]);
  });

  it('counts all nodes of the tree', () => {
    const result = asked([a], [gives('r', forA, 3)], { of: [part('outer', part('inner', needsSubject('x', 'X', 3)))] });
    expect(requirementsThatAre(result, 'complete')).toEqual(['inner', 'outer', 'root', 'x']);
    expect(levelsOf(result)).toEqual([0, 4, 3, 1, 0]);
  });
});

describe('3 most recognised credits', () => {
  it('those without a home in the programme included', () => {
    const result = asked([a, b], [gives('r', forA, 3), fills('s', forB, elective('Y', 4))], { of: [needsSubject('x', 'X', 3)] });
    expect(levelsOf(result)).toEqual([0, 2, 7, 2, 0]);
    expect(result.totals).toEqual({ recognised: 7, unplaced: 4, capped: 0, wasted: 0 });
  });
});

describe('4 fewest completions consumed', () => {
  it('of the same recognition the one that leaves more for other uses', () => {
    const result = asked([a, b], [gives('r', all(forA, forB), 3), gives('s', forB, 3)]);
    expect(applied(result)).toEqual(['s: b → X 3']);
  });

  it('nothing is consumed for nothing', () => {
    expect(applied(asked([a], [gives('r', forA, 0)]))).toEqual([]);
  });
});

describe('5 least loss', () => {
  it('Σ max(0, converted sent credits − recognised credits) over what is consumed', () => {
    const large = { ...a, id: 'large', credits: 5 };
    const small = { ...b, id: 'small', credits: 3 };
    const result = asked([large, small], [fills('r', any(forA, forB), named('X 100', 3))], { of: [needsCourse('x', 'X 100', 3)] });
    expect(applied(result)).toEqual(['r: small → X 100 3']); // 3 − 3, not 5 − 3
    expect(levelsOf(result)).toEqual([0, 2, 3, 1, 0]);
    const both = asked([large, small], [gives('r', forA, 3), gives('s', forB, 4)]);
    expect(levelsOf(both)).toEqual([23, 0, 7, 2, 2]); // (5 − 3) + max(0, 3 − 4)
    expect(both.totals.wasted).toBe(2);
  });
});

describe('6 the order makes the answer unique', () => {
  const same = (id: string): Rule => fills(id, any(forB, forA), named('X 100', 3));

  it('the smaller rule, then the smaller completion', () => {
    expect(applied(asked([b, a], [same('s'), same('r')]))).toEqual(['r: a → X 100 3']);
  });

  it('then the smaller option', () => {
    const option = [named('X 100', 3)];
    const choice: Rule = { ...same('r'), outcome: { kind: 'choice', by: 'best', options: [option, option] } };
    expect(asked([a], [choice]).applications[0]?.choice).toEqual({ option: 0, made: false });
  });

  it('then the smaller requirement', () => {
    const of = [needsSubject('q2', 'X', 3), needsSubject('q1', 'X', 3)];
    expect(filled(asked([a], [same('r')], { of }))).toEqual(['r: q1 3']);
  });

  it('a list that goes on is before its own beginning', () => {
    // Nothing more is earned by standing in q as well, in which 0 counts: X 100 fills it all the same for the pair's sake.
    const of = [needsSubject('q', 'X', 3)];
    const result = asked([a, b], [gives('r', forA, 3), gives('s', forB, 3)], { of });
    expect(filled(result)).toEqual(['r: q 3', 's: q 0']);
  });

  it('amounts still open are the largest possible, one after the other', () => {
    const result = asked([a, b], [gives('r', forA, 3), gives('s', forB, 3)], { policy: { maximumTransferredCredits: 4 } });
    expect(applied(result)).toEqual(['r: a → X 3', 's: b → X 1']);
  });

  it('the same input gives the same bytes, whatever the order of its lists', () => {
    const input = inputOf([a, b, c], [same('s'), same('r'), gives('t', forC, 2)], {
      rest: { homeRecord: [home('h', 'Y 1', 3), home('g', 'Y 2', 3)] },
    });
    const bytes = canonicalJson(evaluate(input));
    const turned = { ...input, completions: [...input.completions].reverse(), homeRecord: [...input.homeRecord].reverse() };
    expect(canonicalJson(evaluate(structuredClone(input)))).toBe(bytes);
    expect(canonicalJson(evaluate(turned))).toBe(bytes);
  });
});

/** What a result claims is true of the best answer. */
function expectTrueClaims(result: EvaluationResult, best: EvaluationResult): void {
  const { provenLevels, bound } = result;
  expect(result.optimal).toBe(provenLevels === 6);
  expect(levelsOf(result).slice(0, provenLevels)).toEqual(levelsOf(best).slice(0, provenLevels));
  if (bound === undefined) return;
  expect(bound.level).toBe(objectiveLevels[provenLevels]);
  const sign = bound.level === 'requirementsCompleted' || bound.level === 'recognisedCredits' ? -1 : 1; // most first, or least first
  expect(sign * bound.value).toBeLessThanOrEqual(sign * (levelsOf(best)[provenLevels] ?? NaN));
}

describe('the answer is exact, or says how far it is proven', () => {
  // Ten courses, each wanted by two rules; two subjects of 7 credits, and a cap.
  const held = Array.from({ length: 10 }, (_, index) => completion(`c${String(index)}`, `MA ${String(100 + index)}`, 3));
  const rules = held.flatMap(({ id, code }, index) => [
    fills(`x ${id}`, course(code), elective('X', 2 + (index % 3))),
    fills(`y ${id}`, all(course(code), course(held[(index + 1) % held.length]?.code ?? '')), elective('Y', 5)),
  ]);
  const input = inputOf(held, rules, {
    of: [needsSubject('x', 'X', 7), needsSubject('y', 'Y', 7)],
    policy: { maximumTransferredCredits: 12 },
  });
  const exact = evaluate(input);

  it('with enough work', () => {
    expect(exact).toMatchObject({ optimal: true, provenLevels: 6 });
    expect(exact).not.toHaveProperty('bound');
    expect(exact.work.spent).toBeLessThan(exact.work.budget);
  });

  it.each([0, 1, 10, 100, 1000, 5000, 20_000])(
    'with %d units the best found, the levels proven and the bound of the next',
    (workBudget) => {
      const result = evaluate(input, { workBudget });
      expect(check(input, result)).toEqual([]);
      expect(result.work.budget).toBe(workBudget);
      expectTrueClaims(result, exact);
    },
  );

  it('with none it takes nothing and knows nothing', () => {
    const result = evaluate(input, { workBudget: 0 });
    expect(result).toMatchObject({ optimal: false, provenLevels: 0, bound: { level: 'remainingStudy' } });
  });
});
