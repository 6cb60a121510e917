import { describe, expect, it } from '@jest/globals';
import { applied, found, refusal, refusalsOf, type Setup } from '../../../test/support/candidates.js';
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
import type { Outcome, Rule, Selector, Source } from '../../rules/domain/index.js';
import type { Candidates } from './candidate.js';
import { findCandidates, setLimits } from './candidates.js';
import type { RevisionInForce } from './input.js';

/** docs/evaluation.md §3, sentence by sentence. */

const [a, b, c, d] = [completion('a', 'MA 101', 3), completion('b', 'MA 102', 3), completion('c', 'PH 202', 3), completion('d', 'CS 7', 3)];
const [A, B, C, D] = [course('MA 101'), course('MA 102'), course('PH 202'), course('CS 7')];
const selecting = (select: Selector): Source => ({ kind: 'course', select });
const pattern = (text: string): Source => selecting({ kind: 'pattern', pattern: text });
const mostSpecific: Setup = { terms: { precedence: 'mostSpecific' } };

/** Credit for a course named like the rule. */
const gives = (id: string, source: Source, rest: Partial<Rule> = {}): Rule => rule(id, source, [named(id.toUpperCase(), 3)], rest);
const refuses = (id: string, source: Source, rest: Partial<Rule> = {}): Rule =>
  rule(id, source, [], { outcome: { kind: 'noCredit', reason: 'level' }, ...rest });
const assesses = (id: string, source: Source): Rule => rule(id, source, [], { outcome: { kind: 'individualAssessment' } });
const outranked = (byRule: string, ...byCompletions: readonly string[]): unknown => ({
  status: 'outranked',
  parameters: { byAgreement: 'g', byRule, byCompletions },
});
const refused = { status: 'refusedByRule', parameters: { reason: 'level' } };

describe('1. refusals, under both precedences', () => {
  const under = (precedence: 'mostSpecific' | 'bestForStudent', held: readonly (typeof a)[], rules: readonly Rule[]): readonly string[] =>
    applied(found(held, rules, { terms: { precedence } }));
  const underBoth = (held: readonly (typeof a)[], rules: readonly Rule[]): readonly string[] => {
    const both = [under('mostSpecific', held, rules), under('bestForStudent', held, rules)];
    expect(both[0]).toEqual(both[1]);
    return both[0] ?? [];
  };

  it('a rule that refuses on the same set outranks', () => {
    expect(underBoth([a], [gives('x', A), refuses('q', A)])).toEqual([]);
    expect(underBoth([a], [gives('x', A), assesses('q', A)])).toEqual([]);
  });

  it('and on a larger set', () => {
    expect(underBoth([a, b], [gives('x', A), refuses('q', all(A, B))])).toEqual([]);
    expect(under('bestForStudent', [a, b, c], [gives('x', A), gives('y', C), refuses('q', all(A, B))])).toEqual(['y: c']);
  });

  it('not on a smaller one', () => {
    expect(underBoth([a, b], [gives('x', all(A, B)), refuses('q', A)])).toEqual(['x: a+b']);
  });

  it('unless the rule is more exact on S', () => {
    expect(underBoth([a], [gives('x', A), refuses('q', pattern('MA 1##'))])).toEqual(['x: a']);
    expect(underBoth([a], [gives('x', pattern('MA 1##')), refuses('q', A)])).toEqual([]);
    expect(underBoth([a], [gives('x', pattern('MA 10#')), refuses('q', pattern('MA 1##'))])).toEqual(['x: a']);
  });

  it('exactness compared over S alone, for a larger T with the selectors that match S', () => {
    // Over {a} the code of x is more exact than the pattern of q; that q names b by its code does not count.
    const rules = [gives('x', A), refuses('q', all(pattern('MA 101*'), B))];
    expect(under('bestForStudent', [a, b], rules)).toEqual(['x: a']);
  });

  it('programmes plays no part', () => {
    expect(underBoth([a], [gives('x', A, { conditions: { programmes: { only: ['BSC'] } } }), refuses('q', A)])).toEqual([]);
  });

  it('where it is satisfied', () => {
    expect(underBoth([a], [gives('x', A), refuses('q', A, { conditions: { programmes: { except: ['BSC'] } } })])).toEqual(['x: a']);
    expect(underBoth([a], [gives('x', A), refuses('q', all(A, B))])).toEqual(['x: a']);
  });

  it('is told of the completion, by the rule that refuses and by the rule it outranks', () => {
    const candidates = found([a], [gives('x', A), refuses('q', A)]);
    expect(refusalsOf(candidates, 'a')).toEqual([
      { agreement: 'g', rule: 'q', ...refused },
      { agreement: 'g', rule: 'x', status: 'outranked', parameters: { byAgreement: 'g', byRule: 'q', byCompletions: ['a'] } },
    ]);
    expect(refusal(found([a], [assesses('q', A)]), 'a')).toEqual({ status: 'needsAssessment', parameters: {} });
  });

  it('a refusal that is itself overcome, by a larger set or a more exact selector, is outranked', () => {
    expect(refusal(found([a, b], [gives('x', all(A, B)), refuses('q', A)]), 'a')).toEqual(outranked('x', 'a', 'b'));
    expect(refusal(found([a], [gives('x', A), refuses('q', pattern('MA*'))]), 'a')).toEqual(outranked('x', 'a'));
    // What is taken on {a, c} neither contains {a, b} nor lies within it.
    expect(refusal(found([a, b, c], [gives('x', all(A, C)), refuses('q', all(A, B))]), 'a')).toEqual(refused);
  });

  it('a rule that would refuse but is not satisfied is not told, one that would assess is', () => {
    expect(refusalsOf(found([a], [refuses('q', all(A, B))]), 'a')).toEqual([]);
    expect(refusal(found([a], [assesses('q', all(A, B))]), 'a')?.status).toBe('incompleteSet');
  });
});

describe('2. mostSpecific, same set', () => {
  const level: Source = selecting({ kind: 'subject', subject: 'MA', level: 100 });
  const subject: Source = selecting({ kind: 'subject', subject: 'MA' });
  const field: Source = selecting({ kind: 'field', isced: '05' });
  const held = { ...a, isced: '0541' };
  /** From the most exact to the least. */
  const ladder: readonly Source[] = [A, pattern('MA 1##'), pattern('M*'), level, subject, field];

  it('another rule that is satisfied on S and more exact outranks', () => {
    for (const [position, exact] of ladder.entries()) {
      for (const vague of ladder.slice(position + 1)) {
        const rules = [gives('vague', vague), gives('exact', exact)];
        expect(applied(found([held], rules, mostSpecific))).toEqual(['exact: a']);
        expect(refusal(found([held], rules, mostSpecific), 'a')).toEqual(outranked('exact', 'a'));
        expect(applied(found([held], rules))).toEqual(['exact: a', 'vague: a']); // bestForStudent
      }
    }
  });

  it('of the selectors that match a completion the most exact counts', () => {
    expect(applied(found([a], [gives('x', any(field, subject, A)), gives('y', pattern('MA 1##'))], mostSpecific))).toEqual(['x: a']);
  });

  it('sorted least exact first and compared lexicographically', () => {
    // a by code and b by subject against both by pattern: the least exact decides.
    const rules = [
      gives('x', all(A, selecting({ kind: 'subject', subject: 'MA' }))),
      gives('y', all(pattern('MA 101'), pattern('MA 102'))),
    ];
    expect(applied(found([a, b], rules, mostSpecific))).toEqual(['y: a+b']);
  });

  it('on equal exactness only the rule restricted to programmes is more exact', () => {
    const only = { conditions: { programmes: { only: ['BSC'] } } };
    expect(applied(found([a], [gives('x', A), gives('y', A, only)], mostSpecific))).toEqual(['y: a']);
    expect(applied(found([a], [gives('x', A, only), gives('y', A, only)], mostSpecific))).toEqual(['x: a', 'y: a']);
    expect(
      applied(found([a], [gives('x', A), gives('y', A, { conditions: { programmes: { except: ['X'] } } })], mostSpecific)),
    ).toHaveLength(2);
  });

  it('whatever it gives, be it nothing', () => {
    expect(applied(found([a], [gives('x', pattern('MA*')), refuses('q', A)], mostSpecific))).toEqual([]);
  });
});

describe('3. mostSpecific, larger set', () => {
  const larger = ({ applications }: Candidates): Readonly<Record<string, readonly (readonly number[])[]>> =>
    Object.fromEntries(applications.map(({ rule: { id }, givesWayTo }) => [id, givesWayTo]));

  it('a rule gives way to another that is satisfied on a larger set', () => {
    const candidates = found([a, b], [gives('x', A), gives('y', all(A, B))], mostSpecific);
    expect(applied(candidates)).toEqual(['y: a+b']);
    expect(refusal(candidates, 'a')).toEqual(outranked('y', 'a', 'b'));
    expect(refusalsOf(candidates, 'b')).toEqual([]);
  });

  it('unless something that is taken breaks that set', () => {
    // Held A, B, C; A → x; A and B → y; B and C → z: when z is taken, x is free again.
    const candidates = found([a, b, c], [gives('x', A), gives('y', all(A, B)), gives('z', all(B, C))], mostSpecific);
    expect(applied(candidates)).toEqual(['x: a', 'y: a+b', 'z: b+c']);
    expect(larger(candidates)).toEqual({ x: [[0, 1]], y: [], z: [] });
  });

  it('not by a set that is a proper subset of it', () => {
    // What takes b alone lies within {a, b}: it breaks nothing.
    expect(applied(found([a, b], [gives('x', A), gives('w', B), gives('y', all(A, B))], mostSpecific))).toEqual(['y: a+b']);
  });

  it('by an application of any agreement', () => {
    const other = agreement('h', [gives('z', all(B, C))]);
    const both = input(
      [a, b, c],
      [agreement('g', [gives('x', A), gives('y', all(A, B))], { precedence: 'mostSpecific' }), other],
      programme(needsElectives('e', 3)),
    );
    expect(applied(findCandidates(both))).toEqual(['x: a', 'y: a+b', 'z: b+c']);
  });

  it('for every such set', () => {
    const rules = [gives('x', A), gives('y', all(A, B)), gives('z', all(A, C)), gives('b', all(B, D)), gives('c', all(C, D))];
    // {a, b} can be broken by b+d, {a, c} by c+d, but d is there once only: that is for the allocation to find out.
    expect(larger(found([a, b, c, d], rules, mostSpecific))['x']).toEqual([
      [0, 1],
      [0, 2],
    ]);
    // Nothing breaks {a, c} any more.
    expect(applied(found([a, b, c, d], rules.slice(0, 4), mostSpecific))).toEqual(['b: b+d', 'y: a+b', 'z: a+c']);
  });

  it('what can never be taken breaks nothing', () => {
    // z on {b, c} breaks {a, b}, which frees x, until q's {b, c, d} keeps z from ever being taken. (By 1 it does not: z is more exact.)
    const rules = [gives('x', A), gives('y', all(A, B)), gives('z', all(B, C))];
    const q = refuses('q', all(pattern('MA 102*'), pattern('PH*'), pattern('CS*')));
    expect(applied(found([a, b, c, d], rules, mostSpecific))).toEqual(['x: a', 'y: a+b', 'z: b+c']);
    expect(applied(found([a, b, c, d], [...rules, q], mostSpecific))).toEqual(['y: a+b']);
  });

  it('each set once, sets within sets each for itself, and none of the rule itself', () => {
    const pairs: Source = any(A, all(A, B));
    const rules = [
      gives('x', pairs),
      gives('y1', all(A, B)),
      gives('y2', all(A, B)),
      gives('z', all(A, B, C)),
      gives('f', all(B, D)),
      gives('h', all(C, D)),
    ];
    const candidates = found([a, b, c, d], rules, mostSpecific);
    expect(larger(candidates)['x']).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
    expect(larger(candidates)['z']).toEqual([]);
  });

  it('rules that refuse on the larger set count too', () => {
    // x is more exact than q and not refused by it, but q is satisfied on the larger set.
    const rules = [gives('x', A), refuses('q', all(pattern('MA 101*'), pattern('MA 102*')))];
    expect(applied(found([a, b], rules))).toEqual(['x: a']);
    expect(applied(found([a, b], rules, mostSpecific))).toEqual([]);
    expect(refusalsOf(found([a, b], rules, mostSpecific), 'a').map(({ rule: id, status }) => [id, status])).toEqual([
      ['q', 'refusedByRule'],
      ['x', 'outranked'],
    ]);
  });

  it('does not hold under bestForStudent', () => {
    expect(larger(found([a, b], [gives('x', A), gives('y', all(A, B))]))).toEqual({ x: [], y: [] });
  });
});

describe('4. between agreements', () => {
  const evaluate = (...agreements: readonly RevisionInForce[]): Candidates =>
    findCandidates(input([a, b, c], agreements, programme(needsElectives('e', 3))));
  const framework = agreement('frame', [gives('x', A), gives('y', all(B, C)), gives('z', C)]);

  it('an annex outranks its framework on any shared completion', () => {
    const candidates = evaluate(framework, agreement('annex', [gives('w', B)], { annexTo: 'frame' }));
    expect(applied(candidates)).toEqual(['w: b', 'x: a', 'z: c']);
    expect(refusal(candidates, 'b')).toEqual({
      status: 'outranked',
      parameters: { byAgreement: 'annex', byRule: 'w', byCompletions: ['b'] },
    });
  });

  it('with any rule that is satisfied', () => {
    expect(applied(evaluate(framework, agreement('annex', [refuses('q', B)], { annexTo: 'frame' })))).toEqual(['x: a', 'z: c']);
    expect(applied(evaluate(framework, agreement('annex', [gives('w', all(B, D))], { annexTo: 'frame' })))).toEqual([
      'x: a',
      'y: b+c',
      'z: c',
    ]);
  });

  it('and no other agreement', () => {
    expect(applied(evaluate(framework, agreement('annex', [gives('w', B)], { annexTo: 'other' })))).toHaveLength(4);
    const chain = evaluate(
      framework,
      agreement('annex', [gives('v', D)], { annexTo: 'frame' }),
      agreement('deeper', [gives('w', B)], { annexTo: 'annex' }),
    );
    expect(applied(chain)).toEqual(['w: b', 'x: a', 'y: b+c', 'z: c']);
  });
});

describe('two satisfied rules of one agreement on the same set with different outcomes are a conflict', () => {
  const conflicts = (rules: readonly Rule[], setup: Setup = mostSpecific, held = [a, b, c]): unknown =>
    found(held, rules, setup).conflicts.map(({ agreement: id, rules: pair, set }) => [id, pair.join(' '), set]);
  const same: Outcome = { kind: 'credit', awards: [elective('X', 3)] };

  it('both admissible by 1, 2 and 4', () => {
    expect(conflicts([gives('x', A), gives('y', A)])).toEqual([['g', 'x y', [0]]]);
    expect(conflicts([gives('x', A), gives('y', pattern('MA 1##'))])).toEqual([]); // 2
    expect(conflicts([gives('x', A), gives('y', A), refuses('q', A)])).toEqual([]); // 1
    expect(conflicts([gives('x', A), refuses('q', pattern('MA*'))])).toEqual([]);
  });

  it('with different outcomes', () => {
    expect(conflicts([gives('x', A, { outcome: same }), gives('y', A, { outcome: { ...same } })])).toEqual([]);
    expect(
      conflicts([gives('x', A, { outcome: same }), gives('y', A, { outcome: { kind: 'choice', by: 'best', options: [same.awards] } })]),
    ).toHaveLength(1);
  });

  it('under bestForStudent too', () => {
    expect(conflicts([gives('x', A), gives('y', pattern('MA 1##'))], {})).toEqual([['g', 'x y', [0]]]);
  });

  it('the same rules once, with the first set they share', () => {
    const either: Source = any(all(A, C), B);
    expect(conflicts([gives('z', either), gives('x', either), gives('y', either)])).toEqual([['g', 'x y z', [0, 2]]]);
    expect(conflicts([gives('z', B), gives('x', either), gives('y', either)])).toEqual([
      ['g', 'x y', [0, 2]],
      ['g', 'x y z', [1]],
    ]);
  });

  it('of a thousand rules, in one', () => {
    const rules = Array.from({ length: 1000 }, (_, index) => gives(`r${String(index)}`, A));
    expect(found([a, b, c], rules, mostSpecific).conflicts.map((conflict) => conflict.rules.length)).toEqual([1000]);
  });

  it('also where a larger set goes first', () => {
    expect(conflicts([gives('x', A), gives('y', A), gives('z', all(A, B))])).toEqual([['g', 'x y', [0]]]);
  });
});

describe('a rule with more sets than are looked for', () => {
  // Of the two completions that the wide rule takes on its own, only the set of the first is looked for.
  const one: Setup = { perRule: 1 };
  const oneMostSpecific: Setup = { ...one, ...mostSpecific };
  const either = any(A, B);
  const twoOf = (...of: Source[]): Source => ({ kind: 'atLeast', courses: 2, of });

  it('refuses on the others too, where it does, and only there', () => {
    expect(applied(found([a, b], [gives('x', B), refuses('q', either)], one))).toEqual([]);
    expect(applied(found([a, b], [gives('x', B), refuses('q', pattern('MA*'))], one))).toEqual(['x: b']); // more exact
    expect(applied(found([a, b, c], [gives('x', C), refuses('q', either)], one))).toEqual(['x: c']);
  });

  it('goes first on the others too, where it is more exact', () => {
    expect(applied(found([a, b], [gives('w', either), gives('x', pattern('MA*'))], oneMostSpecific))).toEqual(['w: a']);
    expect(applied(found([a, b], [gives('w', pattern('MA*')), gives('x', B)], oneMostSpecific))).toEqual(['w: a', 'x: b']);
    expect(applied(found([a, b], [gives('w', either), gives('x', pattern('MA*'))], one))).toEqual(['w: a', 'x: a']);
  });

  it('is taken to have a larger set wherever it may have one', () => {
    const rules = [gives('w', twoOf(A, B, C)), gives('x', C), gives('y', D)];
    expect(applied(found([a, b, c, d], rules, oneMostSpecific))).toEqual(['w: a+b', 'y: d']);
    expect(applied(found([a, b, c, d], rules, one))).toEqual(['w: a+b', 'x: c', 'y: d']);
  });

  it('claims whatever it may take from the agreement that it is an annex to', () => {
    const agreements = [agreement('g', [gives('x', B)]), agreement('h', [gives('w', either)], { annexTo: 'g' })];
    const full = input([a, b], agreements, programme(needsElectives('e', 30)));
    expect(applied(findCandidates(full, { ...setLimits, perRule: 1 }))).toEqual(['w: a']);
  });

  it('is said to be cut short', () => {
    expect(found([a, b], [gives('w', either)], one).complete).toBe(false);
    expect(found([a], [gives('w', either)], one).complete).toBe(true);
  });
});
