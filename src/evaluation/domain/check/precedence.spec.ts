import { describe, expect, it } from '@jest/globals';
import { applied, completion, input, rejections, result, revision } from '../../../../test/support/check-fixtures.js';
import { all, any, code, credit, elective, noCredit, rule } from '../../../../test/support/rule-builders.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { Rule, Source } from '../../../rules/domain/index.js';
import type { Completion, RevisionInForce } from '../input.js';
import type { ConflictResult } from '../result.js';
import type { ViolationCode } from './index.js';

const three = credit(elective('MATH', 100, 'MATH 1st', 3));
const four = credit(elective('MATH', 100, 'MATH 1st', 4));
const subject = (text: string, level?: number): Source => ({
  kind: 'course',
  select: { kind: 'subject', subject: text, ...(level === undefined ? {} : { level }) },
});
const pattern = (text: string): Source => ({ kind: 'course', select: { kind: 'pattern', pattern: text } });
const atLeast = (least: { readonly courses?: number; readonly credits?: number }, ...of: Source[]): Source => ({
  kind: 'atLeast',
  ...least,
  of,
});

/** c1, c2, … are MATH 101, MATH 102, …, each of 3 credits unless said otherwise. */
const courses = (...credits: number[]): readonly Completion[] =>
  credits.map((amount, index) => completion(`c${String(index + 1)}`, `MATH ${String(101 + index)}`, { credits: amount }));
const math = (number: number): Source => code(`MATH ${String(100 + number)}`);

/** The codes about sets and precedence of rules applied as `[rule, ids]`, each under agreement `a` or as named. */
function judged(
  completions: readonly Completion[],
  agreements: readonly RevisionInForce[],
  taken: readonly (readonly [rule: string, ids: readonly string[], agreement?: string])[],
): readonly ViolationCode[] {
  const applications = taken.map(([id, ids, agreement = 'a']) => applied(id, ids, { agreement }));
  const asked: readonly ViolationCode[] = ['notASet', 'heldCondition', 'refused', 'lessExact', 'outranked', 'annex', 'undecided'];
  return rejections(input(completions, agreements), result({ applications }), asked);
}

describe('the sets of a source', () => {
  const isSet = (source: Source, completions: readonly Completion[], ...ids: string[]): boolean =>
    judged(completions, [revision('a', [rule('r', source, three)])], [['r', ids]]).length === 0;

  it('are single completions of a course, and those of each part of any', () => {
    const held = courses(3, 3, 3);
    const nested = any(math(1), all(math(2), math(3)));
    expect(isSet(any(math(1), math(2)), held, 'c2')).toBe(true);
    expect(isSet(any(math(1), math(2)), held, 'c1', 'c2')).toBe(false);
    expect(isSet(nested, held, 'c1')).toBe(true);
    expect(isSet(nested, held, 'c2', 'c3')).toBe(true);
    expect(isSet(nested, held, 'c2')).toBe(false);
    expect(isSet(nested, held, 'c1', 'c2', 'c3')).toBe(false);
  });

  it('leave out what another part of any makes superfluous', () => {
    const held = courses(3, 3, 3);
    expect(isSet(any(math(1), atLeast({ courses: 2 }, subject('MATH'))), held, 'c2', 'c3')).toBe(true);
    expect(isSet(any(math(1), atLeast({ courses: 2 }, subject('MATH'))), held, 'c1', 'c2')).toBe(false);
  });

  it('of an atLeast of one course inside another, or in an all of one part, are no more work than single completions', () => {
    // Nine completions of one credit: every set of nine credits is all of them, and there are 21,147 ways to split nine things into parts.
    const held = courses(...new Array<number>(9).fill(1));
    const one = atLeast({ courses: 1 }, subject('MATH'));
    for (const part of [one, all(one), any(one, all(one)), atLeast({ courses: 1 }, all(math(1), math(2)), one)]) {
      const nested = atLeast({ credits: 9 }, part, subject('MATH'));
      expect(isSet(nested, held, ...held.map(({ id }) => id))).toBe(true);
      expect(isSet(nested, held, ...held.slice(1).map(({ id }) => id))).toBe(false);
    }
  });

  it('give every part of all completions of its own', () => {
    const held = courses(3, 3, 3);
    const both = all(subject('MATH'), math(1));
    expect(isSet(both, held, 'c1', 'c2')).toBe(true);
    expect(isSet(both, held, 'c2', 'c3')).toBe(false);
    expect(isSet(both, held, 'c1')).toBe(false);
    expect(isSet(both, held, 'c1', 'c2', 'c3')).toBe(false);
    // c1 alone fits two of the three parts.
    expect(isSet(all(math(1), math(1), subject('MATH')), held, 'c1', 'c2', 'c3')).toBe(false);
  });

  it('nest all in all and any', () => {
    const held = courses(3, 3, 3, 3);
    const source = all(math(1), any(math(1), all(math(2), math(3))));
    expect(isSet(source, held, 'c1', 'c2', 'c3')).toBe(true);
    expect(isSet(source, held, 'c1', 'c2')).toBe(false);
    expect(isSet(source, held, 'c2', 'c3', 'c4')).toBe(false);
    expect(isSet(all(math(1), all(math(2), math(5))), held, 'c1', 'c2')).toBe(false);
    expect(isSet(any(all(math(1), math(2)), any(all(math(3), math(4)))), held, 'c3', 'c4')).toBe(true);
  });

  it('hold just as many courses or credits as are wanted', () => {
    const held = courses(3, 3, 4, 1);
    expect(isSet(atLeast({ courses: 2 }, subject('MATH')), held, 'c1', 'c4')).toBe(true);
    expect(isSet(atLeast({ courses: 2 }, subject('MATH')), held, 'c1', 'c2', 'c4')).toBe(false);
    // 3 + 4 = 7; 3 + 3 + 1 = 7; of 3 + 4 + 1 the 1 is not needed.
    expect(isSet(atLeast({ credits: 7 }, subject('MATH')), held, 'c1', 'c3')).toBe(true);
    expect(isSet(atLeast({ credits: 7 }, subject('MATH')), held, 'c1', 'c2', 'c4')).toBe(true);
    expect(isSet(atLeast({ credits: 7 }, subject('MATH')), held, 'c1', 'c3', 'c4')).toBe(false);
    expect(isSet(atLeast({ credits: 7 }, subject('MATH')), held, 'c1', 'c2')).toBe(false);
    expect(isSet(atLeast({ courses: 3, credits: 7 }, subject('MATH')), held, 'c1', 'c3', 'c4')).toBe(true);
    expect(isSet(atLeast({ courses: 2 }, math(1), math(2)), held, 'c1', 'c3')).toBe(false);
  });

  it('of atLeast are unions, where a larger set of a part may be what reaches the credits', () => {
    const held = courses(3, 3, 3, 3);
    // The least sets of the part are c1 with one of c2 and c3: 6 credits. Only {c1, c2, c3} has 9.
    const source = atLeast({ credits: 9 }, all(math(1), atLeast({ courses: 1 }, math(2), math(3))));
    expect(isSet(source, held, 'c1', 'c2', 'c3')).toBe(true);
    expect(isSet(source, held, 'c1', 'c2')).toBe(false);
    // A part may contribute several sets.
    const pairs = atLeast({ courses: 4 }, all(subject('MATH'), subject('MATH')));
    expect(isSet(pairs, held, 'c1', 'c2', 'c3', 'c4')).toBe(true);
    expect(isSet(pairs, held, 'c1', 'c2')).toBe(false);
    expect(isSet(atLeast({ courses: 2 }, all(math(1), math(2)), any(all(math(3), math(4)))), held, 'c3', 'c4')).toBe(true);
  });
});

describe('refusals', () => {
  const refused = (credited: Source, refusing: Source, ids: readonly string[], rest: Partial<Rule> = {}): readonly ViolationCode[] => {
    const rules = [rule('credit', credited, three), rule('refusal', refusing, noCredit(), rest)];
    return judged(courses(3, 3), [revision('a', rules)], [['credit', ids]]);
  };

  it('outrank on the same set and on subsets, under both precedences', () => {
    expect(refused(math(1), math(1), ['c1'])).toEqual(['refused']);
    expect(refused(math(1), all(math(1), math(2)), ['c1'])).toEqual(['refused']);
    expect(refused(all(math(1), math(2)), math(1), ['c1', 'c2'])).toEqual([]);
    expect(refused(math(1), math(2), ['c1'])).toEqual([]);
    expect(refused(math(1), all(math(1), math(3)), ['c1'])).toEqual([]);
    const assessed = [rule('credit', math(1), three), rule('person', math(1), { kind: 'individualAssessment' })];
    expect(judged(courses(3), [revision('a', assessed, { precedence: 'mostSpecific' })], [['credit', ['c1']]])).toEqual(['refused']);
  });

  it('give way to a more exact rule, programmes playing no part', () => {
    expect(refused(math(1), subject('MATH'), ['c1'])).toEqual([]);
    expect(refused(math(1), pattern('MATH 1##'), ['c1'])).toEqual([]);
    expect(refused(subject('MATH'), math(1), ['c1'])).toEqual(['refused']);
    expect(refused(math(1), all(subject('MATH'), math(2)), ['c1'])).toEqual([]);
    const restricted = [
      rule('credit', math(1), three, { conditions: { programmes: { only: ['BSC'] } } }),
      rule('refusal', math(1), noCredit()),
    ];
    expect(judged(courses(3), [revision('a', restricted)], [['credit', ['c1']]])).toEqual(['refused']);
  });

  it('have to be satisfied', () => {
    expect(refused(math(1), math(1), ['c1'], { to: 'sfu' })).toEqual([]);
    expect(refused(math(1), math(1), ['c1'], { conditions: { alsoHolds: math(3) } })).toEqual([]);
    expect(refused(math(1), math(1), ['c1'], { conditions: { alsoHolds: math(2) } })).toEqual(['refused']);
    expect(refused(math(1), all(math(1), subject('MATH')), ['c1'], { conditions: { doesNotHold: math(2) } })).toEqual(['refused']);
  });
});

describe('mostSpecific', () => {
  const specific: Partial<AgreementTerms> = { precedence: 'mostSpecific' };

  it('bars a less exact rule on the same set', () => {
    const order: readonly Source[] = [math(1), pattern('MATH 10#'), pattern('MATH 1##'), subject('MATH', 100), subject('MATH')];
    for (const [index, exact] of order.entries()) {
      for (const vague of order.slice(index + 1)) {
        const rules = [rule('exact', exact, three), rule('vague', vague, four)];
        expect(judged(courses(3), [revision('a', rules, specific)], [['vague', ['c1']]])).toEqual(['lessExact']);
        expect(judged(courses(3), [revision('a', rules, specific)], [['exact', ['c1']]])).toEqual([]);
        expect(judged(courses(3), [revision('a', rules)], [['vague', ['c1']]])).toEqual([]);
      }
    }
    const field: Source = { kind: 'course', select: { kind: 'field', isced: '05' } };
    const rules = [rule('subject', subject('MATH'), three), rule('field', field, three)];
    expect(judged([completion('c1', 'MATH 101', { isced: '0541' })], [revision('a', rules, specific)], [['field', ['c1']]])).toEqual([
      'lessExact',
    ]);
  });

  it('compares the least exact completions first, then programmes', () => {
    const rules = [rule('mixed', all(math(1), subject('MATH')), three), rule('exact', all(math(1), math(2)), three)];
    expect(judged(courses(3, 3), [revision('a', rules, specific)], [['mixed', ['c1', 'c2']]])).toEqual(['lessExact']);
    const only = { conditions: { programmes: { only: ['BSC'] } } };
    const equal = [rule('general', math(1), three), rule('restricted', math(1), three, only), rule('too', math(1), three, only)];
    expect(judged(courses(3), [revision('a', equal, specific)], [['general', ['c1']]])).toEqual(['lessExact']);
    expect(judged(courses(3), [revision('a', equal, specific)], [['restricted', ['c1']]])).toEqual([]);
  });

  const chain = [rule('ab', all(math(1), math(2)), three), rule('bc', all(math(2), math(3)), three), rule('a', math(1), three)];

  it('bars a rule on a smaller set until the larger set is broken', () => {
    const held = courses(3, 3, 3);
    expect(judged(held, [revision('a', chain, specific)], [['a', ['c1']]])).toEqual(['outranked']);
    expect(judged(held, [revision('a', chain)], [['a', ['c1']]])).toEqual([]);
    // bc consumes c2 of {c1, c2}, and {c2, c3} is no subset of that.
    expect(
      judged(
        held,
        [revision('a', chain, specific)],
        [
          ['a', ['c1']],
          ['bc', ['c2', 'c3']],
        ],
      ),
    ).toEqual([]);
    expect(judged(held, [revision('a', chain, specific)], [['ab', ['c1', 'c2']]])).toEqual([]);
  });

  it('is not broken by an application on a part of the larger set, of whatever agreement', () => {
    const held = courses(3, 3, 3);
    const framework = revision('f', [rule('b', math(2), three), rule('b-c', all(math(2), math(3)), three)]);
    const agreements = [revision('a', chain.slice(0, 1).concat(chain.slice(2)), specific), framework];
    expect(
      judged(held, agreements, [
        ['a', ['c1']],
        ['b', ['c2'], 'f'],
      ]),
    ).toEqual(['outranked']);
    expect(
      judged(held, agreements, [
        ['a', ['c1']],
        ['b-c', ['c2', 'c3'], 'f'],
      ]),
    ).toEqual([]);
  });

  it('looks for any larger set, by number or credits', () => {
    const one = rule('one', math(1), three);
    const count = (least: { courses?: number; credits?: number }, rest: Partial<Rule> = {}): readonly Rule[] => [
      one,
      rule('many', atLeast(least, subject('MATH')), three, rest),
    ];
    const outranked = (held: readonly Completion[], rules: readonly Rule[]): readonly ViolationCode[] =>
      judged(held, [revision('a', rules, specific)], [['one', ['c1']]]);
    expect(outranked(courses(3, 3, 3), count({ courses: 3 }))).toEqual(['outranked']);
    expect(outranked(courses(3, 3), count({ courses: 3 }))).toEqual([]);
    expect(outranked(courses(3, 3, 3), count({ courses: 3 }, { to: 'sfu' }))).toEqual([]);
    // 1 is in no least set of 9 out of threes, nor of 5 out of 3 and 4: 1 + 3 + 4 has no need of it.
    expect(outranked(courses(1, 3, 3, 3, 3), count({ credits: 9 }))).toEqual([]);
    expect(outranked(courses(1, 3, 3, 3, 3), count({ credits: 7 }))).toEqual(['outranked']);
    expect(outranked(courses(1, 4, 3), count({ credits: 7 }))).toEqual([]);
    expect(outranked(courses(3, 3, 3), count({ courses: 2 }, { conditions: { alsoHolds: math(3) } }))).toEqual(['outranked']);
    expect(outranked(courses(3, 3), count({ courses: 2 }, { conditions: { alsoHolds: math(2) } }))).toEqual([]);
    expect(outranked(courses(3, 3), [one, rule('either', any(all(math(1), math(2)), math(3)), three)])).toEqual(['outranked']);
    expect(outranked(courses(3, 3), [one, rule('nested', all(math(2), all(math(1), math(2))), three)])).toEqual([]);
    expect(outranked(courses(3, 3, 3), [one, rule('nested', all(math(3), all(math(1), math(2))), three)])).toEqual(['outranked']);
    expect(outranked(courses(3, 3), [one, rule('nested', atLeast({ courses: 2 }, all(math(2), math(3)), math(1)), three)])).toEqual([]);
  });

  it('finds larger sets among what nothing else consumes', () => {
    const rules = [rule('pair', all(subject('MATH'), subject('MATH')), three), rule('one', subject('MATH'), three)];
    const taken = [
      ['one', ['c3']],
      ['pair', ['c1', 'c2']],
    ] as const;
    expect(judged(courses(3, 3, 3), [revision('a', rules, specific)], taken)).toEqual([]);
    expect(judged(courses(3, 3, 3, 3), [revision('a', rules, specific)], taken)).toEqual(['outranked']);
  });

  it('says when there is too much to look at', () => {
    const held = courses(1, ...new Array<number>(23).fill(3));
    const rules = [rule('one', math(1), three), rule('pairs', atLeast({ credits: 31 }, all(subject('MATH'), subject('MATH'))), three)];
    expect(judged(held, [revision('a', rules, specific)], [['one', ['c1']]])).toEqual(['undecided']);
  });
});

describe('annexes', () => {
  const framework = revision('a', [rule('r', math(1), three)]);
  const annex = (source: Source, rest: Partial<Rule> = {}, annexTo = 'a'): RevisionInForce =>
    revision('x', [rule('s', source, noCredit(), rest)], { annexTo });

  it('outrank their framework on any shared completion', () => {
    const barred = (other: RevisionInForce): readonly ViolationCode[] => judged(courses(3, 3), [framework, other], [['r', ['c1']]]);
    expect(barred(annex(math(1)))).toEqual(['annex']);
    expect(barred(annex(all(math(1), math(2))))).toEqual(['annex']);
    expect(barred(annex(math(2)))).toEqual([]);
    expect(barred(annex(math(1), { to: 'sfu' }))).toEqual([]);
    expect(barred(annex(math(1), {}, 'b'))).toEqual([]);
    expect(barred(annex(math(1), { conditions: { alsoHolds: math(3) } }))).toEqual([]);
  });
});

describe('conflicts', () => {
  const rejected = (
    rules: readonly Rule[],
    conflicts: readonly ConflictResult[],
    terms: Partial<AgreementTerms> = {},
  ): readonly ViolationCode[] =>
    rejections(input(courses(3, 3), [revision('a', rules, terms)]), result({ conflicts }), ['conflict', 'order', 'undecided']);
  const same = [rule('r', math(1), three), rule('s', math(1), four)];
  const stated: ConflictResult = { agreement: 'a', rules: ['r', 's'], completions: ['c1'] };

  it('are rules with different outcomes and no order between them, on one set', () => {
    expect(rejected(same, [stated])).toEqual([]);
    expect(rejected(same, [])).toEqual(['conflict']);
    expect(rejected(same, [stated, stated])).toEqual(['order']);
    expect(rejected([rule('r', math(1), three), rule('s', math(1), three)], [])).toEqual([]);
    expect(rejected([rule('r', math(1), three), rule('s', math(1), three)], [stated])).toEqual(['conflict']);
    expect(rejected([rule('r', math(1), three), rule('s', math(2), four)], [])).toEqual([]);
    expect(rejected([rule('r', math(1), three), rule('s', all(math(1), math(2)), four)], [])).toEqual([]);
  });

  it('are admissible under the precedence', () => {
    const ordered = [rule('r', math(1), three), rule('s', subject('MATH'), four)];
    expect(rejected(ordered, [stated])).toEqual([]);
    expect(rejected(ordered, [], { precedence: 'mostSpecific' })).toEqual([]);
    expect(rejected(ordered, [stated], { precedence: 'mostSpecific' })).toEqual(['conflict']);
    expect(rejected([...same, rule('t', math(1), noCredit())], [])).toEqual([]);
    expect(rejected([rule('r', math(1), three), rule('s', math(1), noCredit())], [stated])).toEqual(['conflict']);
    expect(rejected([rule('r', math(1), three), rule('s', math(1), four, { to: 'sfu' })], [])).toEqual([]);
    expect(rejected([rule('r', math(1), three), rule('s', math(1), four, { conditions: { alsoHolds: math(3) } })], [])).toEqual([]);
  });

  it('are found on sets of several', () => {
    const pairs = [rule('r', all(subject('MATH'), math(2)), three), rule('s', atLeast({ courses: 2 }, subject('MATH')), four)];
    expect(rejected(pairs, [])).toEqual(['conflict']);
    expect(rejected(pairs, [{ ...stated, completions: ['c1', 'c2'] }])).toEqual([]);
  });

  it('name rules and completions that exist, each once', () => {
    for (const faulty of [
      { ...stated, agreement: 'b' },
      { ...stated, rules: ['r'] },
      { ...stated, rules: ['r', 'x'] },
      { ...stated, rules: ['r', 's', 's'] },
      { ...stated, completions: [] },
      { ...stated, completions: ['c1', 'c9'] },
      { ...stated, completions: ['c1', 'c1'] },
      { ...stated, completions: ['c2'] },
    ]) {
      expect(rejected(same, [faulty])).toEqual(['conflict']);
    }
  });
});
