import { describe, expect, it } from '@jest/globals';
import type { Completion } from '../src/evaluation/domain/index.js';
import type { Rule, Selector, Source } from '../src/rules/domain/index.js';
import { a, asked, b, c, forA, forB, forC, gives, mostSpecific, taken } from './support/asked.js';
import { applied, becauseOf, statuses } from './support/judged.js';
import { all, any, elective, named, rule } from './support/oracle/builders.js';

/** What exactly a rule means, sentence by sentence: satisfied. Dates and precedence are in a file of their own. */

describe('an application is a rule with a subset-minimal set of completions', () => {
  it('what one course satisfies is not taken with two', () => {
    expect(taken([a, b], [gives('r', any(all(forA, forB), forA), 3)])).toEqual(['r: a']);
  });

  it('so many courses, or so many credits, and none more', () => {
    const of = [forA, forB, forC];
    expect(taken([a, b, c], [gives('r', { kind: 'atLeast', courses: 2, of }, 6)])).toEqual(['r: a+b']);
    // 4 credits of three courses of 3 need two of them.
    expect(taken([a, b, c], [gives('r', { kind: 'atLeast', credits: 4, of }, 6)])).toEqual(['r: a+b']);
  });

  it('each part of an "all" takes completions of its own', () => {
    const anyOfMaths: Source = { kind: 'course', select: { kind: 'subject', subject: 'MA' } };
    expect(taken([a], [gives('r', all(forA, anyOfMaths), 6)])).toEqual([]);
    expect(taken([a, b], [gives('r', all(forA, anyOfMaths), 6)])).toEqual(['r: a+b']);
  });

  it('and a rule may be applied again to other completions', () => {
    const eachOfMaths: Source = { kind: 'course', select: { kind: 'subject', subject: 'MA' } };
    expect(taken([a, b, c], [gives('r', eachOfMaths, 3)])).toEqual(['r: a', 'r: b']);
  });
});

describe('limits, caps and choices play no part in satisfied', () => {
  // A alone gives 3; A and B give 5, and being more specific go first.
  const alone = gives('alone', forA, 3);
  const both = gives('both', all(forA, forB), 5);

  it('a limit that refuses the more specific rule’s award does not free the other rule', () => {
    const limits = [{ id: 'l', over: { kind: 'rules', rules: ['both'] }, maximumCredits: 4 }] as const;
    const result = asked([a, b], [alone, both], { terms: { precedence: 'mostSpecific', limits } });
    expect(applied(result)).toEqual([]);
    expect(statuses(result)).toEqual({ a: 'limitReached', b: 'limitReached' });
  });

  it('nor does a cap under which its credits would not count', () => {
    const open = { ...b, mooc: true };
    expect(taken([a, open], [alone, both], { ...mostSpecific, policy: { maximumMoocCredits: 0 } })).toEqual([]);
  });

  it('nor does a choice that nobody has made', () => {
    const options = [[elective('X', 2)], [elective('Y', 1)]];
    const result = asked([a, b], [alone, { ...both, outcome: { kind: 'choice', by: 'registrar', options } }], mostSpecific);
    expect(applied(result)).toEqual(['both: a+b → X 2']);
    expect(result.provisional).toBe(true);
  });
});

describe('only achieved completions satisfy', () => {
  const rules = [gives('r', forA, 3)];

  it.each([
    ['failed', 'failed'],
    ['inProgress', 'inProgress'],
    ['planned', 'inProgress'],
  ] as const)('%s does not', (outcome, status) => {
    const result = asked([{ ...a, outcome }], rules);
    expect(applied(result)).toEqual([]);
    expect(statuses(result)).toEqual({ a: status });
    expect(becauseOf(result, 'a').parameters).toEqual({ outcome });
  });

  it.each(['inProgress', 'planned'] as const)('in a what-if %s does, marked', (outcome) => {
    const result = asked([{ ...a, outcome }], rules, { rest: { whatIf: true } });
    expect(applied(result)).toEqual(['r: a → X 3']);
    expect(result.whatIf).toBe(true);
  });
});

describe('`from` is matched by provider or by platform', () => {
  const onPlatform = { ...a, provider: 'T', platform: 'A' };

  it('by the platform on which somebody else teaches', () => {
    expect(taken([onPlatform], [gives('r', forA, 3)])).toEqual(['r: a']);
  });

  it('as any member: one of the parties, as either', () => {
    const rules = [gives('r', forA, 3, { from: 'anyMember' })];
    expect(taken([onPlatform], rules, { terms: { parties: ['T', 'H'] } })).toEqual(['r: a']);
    expect(taken([onPlatform], rules, { terms: { parties: ['A', 'H'] } })).toEqual(['r: a']);
    expect(taken([onPlatform], rules, { terms: { parties: ['B', 'H'] } })).toEqual([]);
  });

  it('while a selector may ask for both', () => {
    const select: Selector = { kind: 'code', code: 'MA 101', provider: 'T', platform: 'A' };
    expect(taken([onPlatform, { ...a, id: 'own' }], [gives('r', { kind: 'course', select }, 3)])).toEqual(['r: a']);
  });
});

describe('patterns and codes ignore case and spacing', () => {
  it.each<[string, Selector]>([
    ['ma101', { kind: 'code', code: 'MA 101' }],
    ['MA  101', { kind: 'code', code: 'Ma101' }],
    ['ＭＡ１０１', { kind: 'code', code: 'MA 101' }],
    ['MA 101', { kind: 'pattern', pattern: 'ma1##' }],
    ['MA101H', { kind: 'pattern', pattern: 'M a 1 # # *' }],
    ['ma 101', { kind: 'subject', subject: 'Ma', level: 100 }],
  ])('%s is found by %j', (code, select) => {
    expect(taken([{ ...a, code }], [gives('r', { kind: 'course', select }, 3)])).toEqual(['r: a']);
  });

  it('# is one digit, * any rest, everything else itself', () => {
    const matches = (code: string, pattern: string): boolean =>
      taken([{ ...a, code }], [gives('r', { kind: 'course', select: { kind: 'pattern', pattern } }, 3)]).length === 1;
    expect(matches('MA 1011', 'MA 1##')).toBe(false);
    expect(matches('MA 10A', 'MA 1##')).toBe(false);
    expect(matches('MA 1', 'MA 1*')).toBe(true);
    expect(matches('MA.1', 'MA 1')).toBe(false);
  });
});

describe('alsoHolds and doesNotHold see all achieved completions', () => {
  const withB: Partial<Rule> = { conditions: { alsoHolds: forB } };
  const withoutB: Partial<Rule> = { conditions: { doesNotHold: forB } };

  it('consumed or not', () => {
    expect(taken([a, b], [gives('r', forA, 3, withB), gives('s', forB, 3)])).toEqual(['r: a', 's: b']);
    expect(taken([a, b], [gives('r', forA, 3, withB)])).toEqual(['r: a']);
    expect(taken([a, b], [gives('r', forA, 3, withoutB), gives('s', forB, 3)])).toEqual(['s: b']);
    expect(taken([a], [gives('r', forA, 3, withoutB)])).toEqual(['r: a']);
  });

  it('achieved ones only', () => {
    expect(taken([a, { ...b, outcome: 'failed' }], [gives('r', forA, 3, withB)])).toEqual([]);
    expect(taken([a, { ...b, outcome: 'inProgress' }], [gives('r', forA, 3, withoutB)])).toEqual(['r: a']);
  });

  it('whatever of them is too old, redeemed or outside dates for a rule', () => {
    const old = { ...b, completedOn: '1999-01-01' };
    expect(taken([a, old], [gives('r', forA, 3, withB)], { policy: { maximumAge: 'P5Y' } })).toEqual(['r: a']);
    const redemptions = [{ completion: 'b', institution: 'H', programme: 'BSC' }];
    expect(taken([a, b], [gives('r', forA, 3, withB)], { rest: { redemptions } })).toEqual(['r: a']);
  });

  it('except the application’s own', () => {
    expect(taken([a], [gives('r', forA, 3, { conditions: { alsoHolds: forA } })])).toEqual([]);
    expect(taken([a], [gives('r', forA, 3, { conditions: { doesNotHold: forA } })])).toEqual(['r: a']);
  });

  it('never awards; what is held at the receiving institution stands on the home record', () => {
    const atHome: Source = { kind: 'course', select: { kind: 'code', code: 'X 100', provider: 'H' } };
    const rules = [rule('first', forB, [named('X 100', 3)]), gives('second', forA, 3, { conditions: { alsoHolds: atHome } })];
    expect(taken([a, b], rules)).toEqual(['first: b']);
    const homeRecord = [{ id: 'h', code: 'X 100', credits: 3, status: 'done', passFail: false, attributes: [] }] as const;
    // X 100 is on the home record now: it cannot be awarded again, and is held.
    expect(taken([a, b], rules, { rest: { homeRecord } })).toEqual(['second: a']);
  });
});

describe('repeats', () => {
  const letter = (value: string): Pick<Completion, 'grade'> => ({ grade: { scale: 'letters', value } });
  const spring = { ...a, id: 'spring', completedOn: '2024-05-15', ...letter('B') };
  const autumn = { ...a, id: 'autumn', code: 'ma101', completedOn: '2024-12-15', ...letter('C') };
  const single = gives('r', forA, 3);

  it('attempts at one course are one usable completion, the best grade', () => {
    const result = asked([spring, autumn], [single]);
    expect(applied(result)).toEqual(['r: spring → X 3']);
    expect(becauseOf(result, 'autumn')).toMatchObject({ status: 'outranked', parameters: { betterAttempt: 'spring' } });
  });

  it('of equal grades the latest; of grades that do not compare the latest too', () => {
    expect(taken([{ ...spring, ...letter('C') }, autumn], [single])).toEqual(['r: autumn']);
    expect(taken([{ ...spring, grade: { scale: 'marks', value: '1' } }, autumn], [single])).toEqual(['r: autumn']);
  });

  it('a failed attempt is none', () => {
    expect(taken([{ ...spring, outcome: 'failed' }, autumn], [single])).toEqual(['r: autumn']);
  });

  it('unless the course is repeatable', () => {
    const again = [spring, autumn].map((attempt) => ({ ...attempt, repeatable: true }));
    expect(taken(again, [single])).toEqual(['r: autumn', 'r: spring']);
  });

  it('or the rule names it twice', () => {
    expect(taken([spring, autumn], [gives('r', all(forA, forA), 6)])).toEqual(['r: autumn+spring']);
  });
});
